"""Scoring tables: rows, groups and sentences with marks of their own, and the rules that belong to each."""

from __future__ import annotations

import pytest
from duban.extract import parse_text
from duban.model.border import notice_from_dict, notice_to_dict
from duban.model.scoring import Scoring
from notices_at_hand import SHARED, skip_without

#: How a level is drawn.
_SIGNS = {"total": "=", "group": "▸", "row": "", "piece": "·"}


def scoring(text: str) -> Scoring:
    found = parse_text(text).scoring
    assert found is not None
    return found


def drawn(text: str) -> list[str]:
    """The tree of indicators: ``▸八字 20`` a group, ``防汛 5`` a row, ``·巡查 3`` a sentence; behind it what
    belongs to it: ``-0.5`` and ``+2`` items, other criteria by their kind. ``?`` belongs to nothing."""
    found = scoring(text)
    rows: list[str] = []
    held: dict[int | None, list[str]] = {}
    for item in found.items:
        sign = "+" if item.kind == "bonus" else "-"
        held.setdefault(item.indicator, []).append(f"{sign}{item.value}{item.variant}")
    for criterion in found.criteria:
        if criterion.kind != "points":
            held.setdefault(criterion.indicator, []).append(criterion.kind)
    for index, indicator in enumerate(found.indicators):
        depth, parent = 0, indicator.parent
        while parent is not None:
            depth, parent = depth + 1, found.indicators[parent].parent
        words = [
            _SIGNS[indicator.level] + indicator.name,
            indicator.full or "",
            indicator.nature,
            *held.get(index, []),
        ]
        rows.append("  " * depth + " ".join(word for word in words if word))
    return [*rows, *(f"? {words}" for words in held.get(None, []))]


TABLE = """序号 | 考核项目 | 各项分值 | 考核内容 | 评分标准 | 说明 |
| 总分 | 30 | | | |
一、 | 通用项目 | 12 | | | |
1 | 组织领导 | 5 | 健全机构 | 1.设专班（2分）；明确人员（1分） 2.季度研究（2分，少一次扣0.5分，扣完为止） | |
2 | 防汛 | 7 | 巡查值守 | 按要求报送得4分，每迟一次扣0.2分，参加演练（3分）；未到场的不得分。 | |
二、 | 部门项目 | 18 | | | |
3 | 甲局 | 10 | 管网改造 | 完成20公里；否则按完成比例得分（10分）。 | |
8 | 水质监测 | 1.断面达标（8分） | |
"""


def test_rows_groups_and_sentences() -> None:
    assert drawn(TABLE) == [
        "=总分 30",
        "▸通用项目 12",
        "  组织领导 5",
        "    ·设专班 2",
        "    ·明确人员 1",
        "    ·季度研究 2 -0.5 exhaust",
        "  防汛 7",
        "    ·按要求报送 4 -0.2",
        "    ·参加演练 3 zero",
        "▸部门项目 18",
        "  ▸甲局",
        "    管网改造 10",
        "      ·完成20公里 10 proportion",
        "    水质监测 8",
        "      ·断面达标 8",
    ]


def test_reasons_with_marks() -> None:
    text = """原因 | 企业扣分值 | 负责人扣分值 | 依据 |
擅自停水的 | 10 | 5 | 条例第一条 |
不公示收费的 | 3分 | | 条例第二条 |
合计 | 见上 | | |
"""
    assert drawn(text) == ["? -10企业", "? -5负责人", "? -3企业"]
    for item in scoring(text).items:
        assert item.span.of(text).startswith(item.text)
        assert item.value in item.span.of(text)


def test_levels_of_indicators() -> None:
    text = """一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标说明 |
一、质量 | （一）安全 | 1.事故起数 | 定量 | 计算方法：起数/次数 |
2.整改率 | 定量 | 计算方法：整改/发现 |
（二）服务 | 3.制度建设 | 定性 | 查阅资料 |
二、效率 | （三）成本 | 4.单位能耗 | 定量 | 计算方法：能耗/产值 |
"""
    assert drawn(text) == [
        "▸质量",
        "  ▸安全",
        "    事故起数 定量",
        "    整改率 定量",
        "  ▸服务",
        "    制度建设 定性",
        "▸效率",
        "  ▸成本",
        "    单位能耗 定量",
    ]


def test_a_row_that_is_short_at_its_end_is_read_from_the_left() -> None:
    text = "序号 | 项目 | 分值 | 标准 | 备注 |\n1 | 值守 | 6 | 每缺一次扣1分\n"
    assert drawn(text) == ["值守 6 -1"]


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        (
            "①人均面积达标的，得2分；每低1%，扣0.1分。②绿地达标的，得1分。",
            ["·人均面积达标的 2 -0.1", "·绿地达标的 1"],
        ),
        ("methods: '占比不低于10%的，得1分；每低1%，扣0.1分。',", ["·占比不低于10%的 1 -0.1"]),
        ("3.5公里管网建成的得2分，不得分。", ["·3.5公里管网建成的 2 zero"]),
        ("APP登记情况:按时登记的得2分，不得分。", ["·APP登记情况:按时登记的 2 zero"]),
        ("得5分，不得分。", ["? zero"]),
        ("水质达标率*15分，扣完为止。", ["? proportion", "? exhaust"]),
        ("基准分均为100分，每次扣2分。", ["? -2", "? base"]),
        (
            "95分以上的为A级，94分-85分（含85分）之间的为B级，70分以下的为C级，每次扣1分。",
            ["? -1", "? band", "? band", "? band"],
        ),
        ("水库全部达标得15分；又恶化的得0分，扣完为止。", ["·水库全部达标 15 zero exhaust"]),
    ],
)  # fmt: skip
def test_lines_outside_of_tables(line: str, tree: list[str]) -> None:
    assert drawn(line) == tree


@pytest.mark.parametrize(
    "table",
    ["序号 | 指标名称 | 考核对象 |\n1 | 增长6% | 省财政厅 |", "项目 | 类型 | 说明 |\n道路 | 甲 | 乙 |"],
)
def test_other_tables_are_none(table: str) -> None:
    assert parse_text(table).scoring is None


def test_yearly_cap() -> None:
    caps = scoring("企业每个周期信用加分最多不超过10分，获奖的每次加1分。").caps
    assert [(cap.kind, cap.value) for cap in caps] == [("bonus", "10")]


def test_the_border_keeps_indicators_and_older_records_have_none() -> None:
    notice = parse_text(TABLE)
    record = notice_to_dict(notice)
    assert notice_from_dict(record, TABLE).scoring == notice.scoring
    for old in (record["scoring"]["items"], record["scoring"]["criteria"]):
        for row in old:
            del row["indicator"]
    del record["scoring"]["indicators"]
    read = notice_from_dict(record, TABLE).scoring
    assert read is not None
    assert read.indicators == ()


@pytest.mark.parametrize("number", range(61, 68))
def test_real_scoring_texts(number: int) -> None:
    """Laws that hold on every one of them: spans quote, and marks with words in front belong to something."""
    skip_without(SHARED, "the shared notices")
    text = next((SHARED / "notices").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    found = scoring(text)
    assert found.items or found.indicators
    for indicator in found.indicators:
        assert indicator.span.of(text) == indicator.name
        assert indicator.name.strip() == indicator.name != ""
    for index, indicator in enumerate(found.indicators):
        assert indicator.parent is None or indicator.parent != index
    for criterion in found.criteria:
        if criterion.kind == "points":
            assert criterion.indicator is not None
            assert found.indicators[criterion.indicator].full is not None


@pytest.mark.parametrize(
    ("number", "items", "levels"),
    [
        (61, 13, {"total": 1, "group": 5, "row": 41, "piece": 110}),
        (66, 80, {}),
        (67, 0, {"group": 18, "row": 55}),
    ],
)
def test_counts_of_real_texts(number: int, items: int, levels: dict[str, int]) -> None:
    """Rows and marks as a script of another kind (lines that match a pattern) counts them in the files."""
    skip_without(SHARED, "the shared notices")
    text = next((SHARED / "notices").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    found = scoring(text)
    assert len(found.items) == items
    kinds = [indicator.level for indicator in found.indicators]
    assert {level: kinds.count(level) for level in levels} == levels
