"""Each finding is made on a text that is broken in one place, and not on the same text repaired."""

from __future__ import annotations

import re

import pytest
from duban.extract import brackets, checks, outline, parse_bytes, parse_text
from duban.extract.checks import CATALOGUE, MOST_ALIKE
from duban.model import Notice, Severity
from duban.model.errors import DubanError
from notices_at_hand import ROOT

#: A notice in which there is nothing to find.
GOOD = """雁汀市人民政府关于印发重点工作方案的通知
雁政发〔2021〕8号
各县（市、区）人民政府，市政府各部门：
现将方案印发给你们，请认真贯彻执行。
雁汀市人民政府
2021年4月27日
重点工作方案
一、抓好落实（2项）
1.建成水库。（责任单位：市水务局）
2.办好学校。（责任单位：市教育局、市财政局）
年度目标：①招生。（市教育局）②建楼。（市财政局）
"""
SECOND = """雁汀市人民政府办公室关于印发整治方案的通知
雁政办发〔2022〕9号
一、整治
1.拆违。6月底前完成。（责任单位：市城管局）
雁汀市人民政府办公室
2022年3月4日
"""
ROSTER = "附件\n责任单位名单\n市水务局、市教育局、市财政局。\n"
TABLE = "序号 | 指标名称 | 考核对象 |\n1 | 建成水库。 | 市水务局 |\n2 | 办好学校。 | 市教育局 |\n"
TEN = "".join(f"{number}.办好第{number}件实事。（责任单位：市教育局）\n" for number in range(1, 11))
TENTH = "".join(f"{mark}办好。（市教育局）" for mark in "①②③④⑤⑥⑦⑧⑨⑩")


def without(*words: str) -> str:
    """The good notice without some of its words."""
    text = GOOD
    for word in words:
        assert word in text
        text = text.replace(word, "")
    return text


def put(old: str, new: str) -> str:
    """The good notice with other words in one place."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


ITEMS = "①招生。（市教育局）②建楼。（市财政局）"
NUMBER, DAY = "雁政发〔2021〕8号\n", "雁汀市人民政府\n2021年4月27日\n"
#: code: (broken, repaired).
CASES = {
    "N001": (GOOD[: GOOD.index("年度目标")].replace("责任单位", "备注"), GOOD),
    "N002": (without(NUMBER, DAY), GOOD),
    "N003": (without(NUMBER), GOOD),
    "N004": (without(NUMBER, DAY) + "2021年底前完成。\n", without(DAY) + "2021年底前完成。\n"),
    "N005": (
        f"{GOOD}雁汀市人民政府办公室2021年4月28日印发\n{SECOND}",
        f"{GOOD}雁汀市人民政府办公室2021年4月28日印发\n附件1\n重点工作清单\n3.修路。（责任单位：市交通局）\n",
    ),
    "N012": (put("（2项）", "（3项）"), GOOD),
    "N013": (f"共有11项重点任务。\n{TEN}", f"共有10项重点任务。\n{TEN}"),
    "N014": (put("2.办好", "3.办好"), GOOD),
    "N015": (f"{TEN}10.再办一件。（责任单位：市教育局）\n", f"{TEN}11.再办一件。（责任单位：市教育局）\n"),
    "N016": (GOOD + ROSTER.replace("责任", "4个责任"), GOOD + ROSTER.replace("责任", "3个责任")),
    "N021": (put(ITEMS, f"{TENTH}又办好。（市教育局）"), put(ITEMS, f"{TENTH}⑪又办好。（市教育局）")),
    "N022": (put("市水务局）", "市水务局"), GOOD),
    "N023": (put("建成水库", "建成（大型水库"), put("建成水库", "建成（大型）水库")),
    "N030": (put("招生。（市教育局）", "招生。"), GOOD),
    "N031": (
        f"一、实事\n{TEN}".replace("第5件实事。（责任单位：市教育局）", "第5件实事。"),
        f"一、实事\n{TEN}",
    ),
    "N032": (
        put("请认真贯彻执行。", "请认真贯彻执行。（市政府办公室负责）"),
        put("请认真贯彻执行。", "请认真贯彻执行。（特急）"),
    ),
    "N040": (TABLE + "3 | | 市财政局 |\n", TABLE + "3 | 建楼。 | 市财政局 |\n"),
    "N050": (GOOD + ROSTER.replace("、市财政局", "、市民政局"), GOOD + ROSTER),
    "N060": (f"{GOOD}附件\n看这里\n", f"{GOOD}附件\n看这里吧。\n"),
}


def codes(notice: Notice) -> set[str]:
    return {found.code for found in notice.diagnostics}


def test_nothing_is_found_in_a_notice_that_is_in_order() -> None:
    assert parse_text(GOOD).diagnostics == ()


def test_every_code_has_its_case() -> None:
    assert {*CASES, "N024", "N061"} == {*CATALOGUE}


@pytest.mark.parametrize("code", CASES)
def test_a_broken_text_and_its_repaired_twin(code: str) -> None:
    broken, repaired = (parse_text(text) for text in CASES[code])
    (found,) = [found for found in broken.diagnostics if found.code == code]
    assert found.severity is CATALOGUE[code][0]
    assert found.message.startswith(CATALOGUE[code][1])
    assert code not in codes(repaired)


def test_items_beyond_any_notices_number_are_not_read_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (outline, checks):
        monkeypatch.setattr(module, "MAX_ITEMS", 4)
    assert codes(parse_text(TEN[: TEN.index("5.")])) == codes(parse_text(TEN)) - {"N024"}
    (found,) = [found for found in parse_text(TEN).diagnostics if found.code == "N024"]
    assert found.span is not None
    assert found.span.of(TEN) == "5."


def test_brackets_beyond_any_notices_number_are_not_read_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (brackets, checks):
        monkeypatch.setattr(module, "MAX_GROUPS", 4)
    notice = parse_text(TEN)
    assert [len(task.parties) for task in notice.tasks] == [1] * 4
    assert "N024" in codes(notice)
    assert "N024" not in codes(parse_text(TEN[: TEN.index("4.")]))


def test_the_encoding_is_told_where_it_is_not_utf8() -> None:
    assert codes(parse_bytes(GOOD.encode("gb18030"))) == {"N061"}
    assert codes(parse_bytes(GOOD.encode())) == set()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("N012", "抓好落实"),
        ("N014", "3."),
        ("N021", "又办好。（市教育局）"),
        ("N022", "（责任单位：市水务局"),
        ("N023", "（"),
        ("N030", "①招生。"),
        ("N032", "（市政府办公室负责）"),
        ("N040", "3 | | 市财政局 |"),
        ("N050", "市财政局"),
    ],
)
def test_a_finding_points_at_its_words(code: str, words: str) -> None:
    notice = parse_text(CASES[code][0])
    (found,) = [found for found in notice.diagnostics if found.code == code]
    assert found.span is not None
    assert found.span.of(notice.source.text) == words


def test_only_errors_ask_for_a_person() -> None:
    assert not parse_text(GOOD).needs_person
    assert parse_text(CASES["N012"][0]).needs_person
    assert not parse_text(CASES["N014"][0].replace("（2项）", "")).needs_person
    assert {code for code, (severity, _) in CATALOGUE.items() if severity is Severity.ERROR} == {
        "N001",
        "N012",
    }


def test_findings_come_in_order_of_place_those_about_the_whole_first() -> None:
    found = parse_text(CASES["N014"][0].replace("市水务局）", "市水务局").replace(NUMBER, "")).diagnostics
    places = [diagnostic.span for diagnostic in found if diagnostic.span is not None]
    assert [diagnostic.span for diagnostic in found][: len(found) - len(places)] == [None]
    assert places == sorted(places)


def test_so_many_findings_of_a_kind_are_counted_and_not_listed() -> None:
    notice = parse_text("水库（\n\n" * (MOST_ALIKE + 234))
    alike = [found for found in notice.diagnostics if found.code == "N023"]
    assert len(alike) == MOST_ALIKE + 1
    assert alike[0].span is None
    assert "另有 234 处" in alike[0].message


def error_codes(kind: type[DubanError]) -> set[str]:
    return {kind.code}.union(*(error_codes(below) for below in kind.__subclasses__()))


def test_the_documentation_lists_exactly_the_codes_there_are() -> None:
    documented = re.findall(
        r"^\| ([EN]\d{3}) \|", (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(documented) == len(set(documented))
    assert set(documented) == {*CATALOGUE} | error_codes(DubanError)


def test_the_documentation_tells_each_severity() -> None:
    rows = re.findall(
        r"^\| (N\d{3}) \| (\w+) \|",
        (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert dict(rows) == {code: severity.value for code, (severity, _) in CATALOGUE.items()}
