"""Scoring rules that a notice tells: read with exact spans, and for 2018 equal to the pack."""

from __future__ import annotations

from decimal import Decimal

import pytest
from duban.extract import parse_text
from duban.model import Span
from duban.model.border import notice_from_dict, notice_to_dict
from duban.model.scoring import Scoring, Term
from duban.score.decimals import percentage
from duban.score.pack import RulePack
from duban.score.pack_file import load_pack
from hypothesis import given
from hypothesis import strategies as st
from notices_at_hand import ROOT, SHARED, liaoning, skip_without

PACK = ROOT / "corpus" / "rules" / "liaoning-2018.toml"


def read(text: str) -> Scoring:
    """What a text tells; the words 加分 or 扣分, without which no notice speaks of scoring, are added."""
    found = parse_text(f"{text}\n附加分扣分说明").scoring
    assert found is not None
    return found


def shown(text: str) -> list[str]:
    """Items as ``+0.2≤0.4 words``."""
    rows = []
    for item in read(text).items:
        sign = "+" if item.kind == "bonus" else "-"
        upper = f"–{item.upper}" if item.upper else ""
        cap = f"≤{item.cap}" if item.cap else ""
        share = "÷" if item.mode == "proportional" else ""
        rows.append(f"{sign}{item.value}{upper}{cap}{share} {item.variant or item.text}")
    return rows


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("获得表彰的每次加0.2分,累计不超过0.4分。", ["+0.2≤0.4 获得表彰的"]),
        ("获得表彰的，每次加2分，最多不超过4分。", ["+2≤4 获得表彰的"]),
        ("迟报的每次扣0.5分；漏报的每次扣1分，扣完为止。", ["-0.5 迟报的", "-1 漏报的"]),
        ("争取资金最多的部门加2分,其他部门按比例加分。", ["+2÷ 争取资金最多的部门"]),
        ("成效显著的加0.1-0.2分。", ["+0.1–0.2 成效显著的"]),
        ("发生较大、重大事故的分别减1分、2分。", ["-1 较大", "-2 重大"]),
        ("列全市前三名的分别奖10分、5分、3分。", ["+10 第1名", "+5 第2名", "+3 第3名"]),
        ("被省、市通报批评的分别扣5分、3分。", ["-5 省", "-3 市"]),
        ("经验在省、市县推广的，分别加5分、3分、2分。", ["+5 省", "+3 市", "+2 县"]),
        (
            "资料完整、数据准确、报送及时，分别加3分、2分。",
            ["+3 资料完整、数据准确、报送及时", "+2 资料完整、数据准确、报送及时"],
        ),
        ("获省、市表彰的，分别给予企业5分或1分的信用加分。", ["+5 省", "+1 市"]),
        ("第九条 弄虚作假的，每次扣10分。", ["-10 弄虚作假的"]),
        ("methods: '存在超编进人的，每例扣0.5分',", ["-0.5 存在超编进人的"]),
        ("排名第1名、第2名的分别计2分、1分，以后每退1名扣0.1分。", ["-0.1 以后每退1名"]),
        ("查看会议记录（3分，少一次扣1分）。", ["-1 少一次"]),
        ("不低于20%的，得1分；每低1%，扣0.1分。", ["-0.1 每低1%"]),
        ("每增加1名，加0.05分，加分不超过0.5分。", ["+0.05≤0.5 每增加1名"]),
        ("2.按月报送得5分， 每少一次扣0.5分，扣完为止。", ["-0.5 每少一次"]),
    ],
)
def test_items(text: str, items: list[str]) -> None:
    assert shown(text) == items


@pytest.mark.parametrize(
    ("text", "criteria"),
    [
        ("成立领导小组（1分）；扣分见附件。", [("points", ("1",))]),
        ("年内查处10例以上，否则按完成比例得分（15分）。", [("proportion", ()), ("points", ("15",))]),
        ("出现不配合现象不得分，扣完为止。", [("zero", ()), ("exhaust", ())]),
        (
            "排名1-3名的依次赋予60分、57分、54分，计算得分。不得分。",
            [("rank", ("1", "3", "60", "57", "54")), ("zero", ())],
        ),
        ("采用功效系数法计分，不得分的除外。", [("method", ()), ("zero", ())]),
        ("得分90分以上为优秀，优秀等次为90分及以上。得5分。", [("band", ("90",)), ("points", ("5",))]),
    ],
)
def test_criteria(text: str, criteria: list[tuple[str, tuple[str, ...]]]) -> None:
    found = [(c.kind, c.values) for c in read(text).criteria]
    for criterion in criteria:
        assert criterion in found, found


def test_a_formula_is_a_tree() -> None:
    text = "综合得分=工作×60%+评价(领导×0.5+群众×50%)×40%+加减分。"
    formula = read(text).formulas[0]
    assert formula.result == "综合得分"
    assert [(term.name, term.weight) for term in formula.terms] == [
        ("工作", "60%"),
        ("评价", "40%"),
        ("加减分", None),
    ]
    assert [(term.name, term.weight) for term in formula.terms[1].terms] == [("领导", "0.5"), ("群众", "50%")]
    assert formula.span.of(text) == text[:-1]


@pytest.mark.parametrize(
    "text", ["综合得分=见附件", "得分=甲×(乙×50%", "得分=甲+乙", "得分=×50%", "得分=" + "(" * 50]
)
def test_what_is_no_formula(text: str) -> None:
    scoring = parse_text(f"{text}。扣完为止。").scoring
    assert scoring is not None
    assert scoring.formulas == ()


def test_caps_weights_and_the_most_tasks() -> None:
    found = read(
        "实行考核、评价相结合的方式,权重分别占70%、30%。以上所有加分项,累计不超过3分。任务最多的牵头部门和责任部门分别加5分和3分。"
    )
    assert [(w.name, w.value) for w in found.weights] == [("考核", "70%"), ("评价", "30%")]
    assert [(c.kind, c.value) for c in found.caps] == [("bonus", "3")]
    assert [(b.name, b.value) for b in found.task_bonus] == [("牵头部门", "5"), ("责任部门", "3")]
    assert found.items == ()


@pytest.mark.parametrize(
    "text", ["提高满意度得分。", "新增2分馆。", "一、推进加分项改革。(责任单位:省教育厅)"]
)
def test_a_notice_without_marks_has_no_scoring(text: str) -> None:
    assert parse_text(text).scoring is None
    assert notice_to_dict(parse_text(text))["scoring"] is None


def pack() -> RulePack:
    loaded = load_pack(PACK.read_text(encoding="utf-8"), PACK.name)
    return loaded.under(loaded.chosen())


def test_the_2018_notice_and_its_pack_tell_the_same() -> None:
    text, rules = liaoning(2018), pack()
    found = read(text)
    items = [i for i in found.items if i.kind == "bonus"], [i for i in found.items if i.kind == "deduction"]
    assert [len(part) for part in items] == [12, 11]
    for item, rule in zip(found.items, rules.items, strict=True):
        assert (item.kind, Decimal(item.upper or item.value), item.variant) == (
            rule.kind,
            rule.each,
            rule.variant,
        )
        assert item.mode == rule.mode
        expected = rule.cap if item.mode == "each" else None
        assert (None if item.cap is None else Decimal(item.cap)) == expected
        assert rule.clause.span is not None
        assert item.span.overlaps(Span(*rule.clause.span))
        assert rule.clause.quote.startswith(text[item.span.start : item.span.end][-12:]) or (
            text[item.span.end - 4 : item.span.end] in rule.clause.quote
        )
    assert [(c.kind, Decimal(c.value)) for c in found.caps] == [("bonus", 3)]
    bonus = [(b.role, b.value) for b in rules.task_bonus]
    assert bonus == [("lead", 5), ("responsible", 3)]
    assert [Decimal(b.value) for b in found.task_bonus] == [value for _, value in bonus]
    assert [w.value for w in found.weights] == ["75%", "15%", "10%", "70%", "30%", "90%", "10%"]
    assert all(text[w.span.start : w.span.end] == w.value for w in found.weights)


def test_the_2018_formulas_are_the_parts_of_the_pack() -> None:
    text, rules = liaoning(2018), pack()
    for formula, track in zip(read(text).formulas, ("city", "department"), strict=True):
        assert text[formula.span.start : formula.span.end].startswith(formula.result + "=")
        assert text[formula.span.start : formula.span.end].endswith("+加减分")
        assert _shares(formula.terms) == [
            (
                p.weight,
                [(c.weight) for c in rules.children(track, p.key)]
                if track == "city" or p.key != "personal"
                else [],
            )
            for p in rules.children(track, "total")
        ]


def _shares(terms: tuple[Term, ...]) -> list[tuple[Decimal, list[Decimal]]]:
    return [
        (percentage(t.weight), [percentage(i.weight) for i in t.terms if i.weight]) for t in terms if t.weight
    ]


def test_spans_quote_and_the_border_keeps_all() -> None:
    for text in (liaoning(2018), liaoning(2021)):
        notice = parse_text(text)
        assert notice_from_dict(notice_to_dict(notice), text).scoring == notice.scoring
    assert parse_text(liaoning(2021)).scoring is None


@pytest.mark.parametrize("number", range(61, 66))
def test_real_scoring_tables(number: int) -> None:
    skip_without(SHARED, "the shared notices")
    text = next((SHARED / "notices").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    found = read(text)
    assert len(found.items) >= 6
    for item in found.items:
        quoted = item.span.of(text)
        assert quoted.startswith(item.text)
        assert item.value in quoted
        assert "\n" not in quoted
    for criterion in found.criteria:
        assert criterion.span.of(text) == criterion.text


@given(st.text(alphabet="每次加减扣得分0.1、，；。（）%=×+权重占最多的和按比例优秀前名第\n|", max_size=120))
def test_never_raises_and_spans_are_inside(text: str) -> None:
    scoring = parse_text(text).scoring
    if scoring is None:
        return
    for entry in (*scoring.weights, *scoring.items, *scoring.caps, *scoring.criteria, *scoring.formulas):
        assert 0 <= entry.span.start < entry.span.end <= len(text)
