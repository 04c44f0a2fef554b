"""Tables case by case: bars, tabs, one cell to a line, rows that span, section rows, sums."""

from __future__ import annotations

import pytest
from duban.extract import parse_text
from short_forms import DATED, tasks

HEAD = "序号 | 工作任务 | 牵头单位 | 责任单位 |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "1 | 建库。 | 市水务局 | 市财政局 |\n", ["1 牵=市水务局 责=市财政局"]),
        (HEAD + "1 | 建库。 | 市水务局 | |\n", ["1 牵=市水务局"]),
        (
            (HEAD + "1 | 建库。 | 市水务局 | 市财政局 |\n").replace(" | ", "\t").replace(" |", ""),
            ["1 牵=市水务局 责=市财政局"],
        ),
        (
            "序号 | 指标名称 | 考核对象 |\n1 | 建库。 | 市水务局、各县人民政府 |\n",
            ["1 责=市水务局、各县人民政府*"],
        ),
        ("序号 | 改革举措 | 指导部门 |\n1 | 建库。 | 市水务局 |\n", ["1 责=市水务局"]),
        ("序 号 | 任 务 | 责 任 单 位 |\n1 | 建库。 | 市水务局 |\n", ["1 责=市水务局"]),
        # a row without number and units spans from the row above
        (
            "序号 | 任务 | 责任单位 |\n1 | 建库。 | 市水务局 |\n| 修渠。 | |\n",
            ["1 责=市水务局", "~责=市水务局"],
        ),
        # a head of two rows, whose second parts the units
        (
            "序号 | 任务 | 责任单位 | |\n | | 牵头单位 | 配合单位 |\n1 | 建库。 | 市水务局 | 市财政局 |\n",
            ["1 牵=市水务局 配=市财政局"],
        ),
        (
            "序号 | 任务 | 责任单位 | |\n1 | 建库。 | 市水务局 | |\n | | 牵头单位 | 配合单位 |\n",
            ["1 责=市水务局"],
        ),
        (
            "序号 | 任务 | 责任分工 | | 时限 |\n | | 牵头 | 配合 | |\n1 | 建库。 | 市水务局 | 市财政局 | |\n",
            ["1 牵=市水务局 配=市财政局"],
        ),
        ("序号 | 任务 | 分值 |\n1 | 建库。 | 责任单位 |\n2 | 修渠。 | 市水务局 |\n", []),
        # a rule of Markdown is no row
        ("| 序号 | 任务 | 责任单位 |\n| --- | --- | --- |\n| 1 | 建库。 | 市水务局 |\n", ["1 责=市水务局"]),
        # sums are no tasks
        ("序号 | 任务 | 责任单位 |\n1 | 建库。 | 市水务局 |\n合计 | 1项 | |\n", ["1 责=市水务局"]),
        # section rows, with bars and without
        ("序号 | 任务 | 责任单位 |\n一、水利（1项） | ||\n1 | 建库。 | 市水务局 |\n", ["一、1 责=市水务局"]),
        (
            "序号 | 任务 | 责任单位 |\n一、水利（1项）\n1 | 建库。 | 市水务局 |\n"
            "二、教育\n2 | 办学。 | 市教育局 |\n",
            ["一、1 责=市水务局", "二、2 责=市教育局"],
        ),
        ("序号 | 任务 | 责任单位 |\n一、 | 水利 | |\n1 | 建库。 | 市水务局 |\n", ["一、1 责=市水务局"]),
        # prose ends a table
        ("序号 | 任务 | 责任单位 |\n1 | 建库。 | 市水务局 |\n以上任务按季度调度。\n", ["1 责=市水务局"]),
        # … be it set with tabs, below a table of bars
        ("序号 | 任务 | 责任单位 |\n1 | 建库。 | 市水务局 |\n\t\t市政府办\t2021年\n", ["1 责=市水务局"]),
        # one cell to a line
        (
            "序号\n项目名称\n责任单位\n1\n建库\n市水务局\n2\n办学\n（含幼儿园）\n市教育局\n市财政局\n",
            ["1 责=市水务局", "2 责=市教育局、市财政局"],
        ),
        # a table without a column of units holds no tasks
        ("序号 | 指标 | 分值 |\n1 | 建库。 | 5 |\n", []),
    ],
)
def test_tables(text: str, expected: list[str]) -> None:
    assert tasks(text) == expected


def test_what_stands_in_tabs_below_a_table_of_bars_is_no_strange_row() -> None:
    text = "序号 | 任务 | 责任单位 |\n1 | 建库。 | 市水务局 |\n\t\t澜江市人民政府\n\t\t2021年3月5日\n"
    notice = parse_text("澜江市人民政府关于建库的通知\n" + text)
    assert "N040" not in {found.code for found in notice.diagnostics}
    assert notice.issued_on == "2021-03-05"


def test_a_table_has_its_targets_measures_and_deadlines() -> None:
    text = (
        "序号 | 工作任务 | 年度目标 | 具体措施 | 责任单位 | 完成时限 |\n"
        "1 | 建库。 | 蓄水1万方。 | 6月开工。 | 市水务局 | 2021年底 |\n"
    )
    (task,) = parse_text(DATED + text).tasks
    quoted = [item.text_span.of(DATED + text) for item in (*task.targets, *task.measures)]
    assert quoted == ["蓄水1万方。", "6月开工。"]
    assert [deadline.due for deadline in task.deadlines] == ["2021-12-31"]
    assert task.span.of(DATED + text) == text.splitlines()[1].removesuffix(" |")


ITEMS = "序号 | 任务 | 目标 | 措施 | 牵头单位 | 责任单位 | 完成时限 |\n"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # a series from one, each with the clause that closes it
        (
            "①开工。(市水务局)②完工。（市财政局、市水务局）",
            [("①", "开工。", "市水务局"), ("②", "完工。", "市财政局、市水务局")],
        ),
        # a line's end became a blank; no full stop is needed then
        ("①开工 ②完工", [("①", "开工", "市教育局"), ("②", "完工", "市教育局")]),
        # what stands before the first marker is an item of its own
        ("到年底: ①开工。", [("", "到年底:", "市教育局"), ("①", "开工。", "市教育局")]),
        # references inside a sentence are no markers, nor is a series that begins elsewhere
        ("落实①和②的要求。", [("", "落实①和②的要求。", "市教育局")]),
        ("②完工。③验收。", [("", "②完工。③验收。", "市教育局")]),
        ("开工。(市水务局)", [("", "开工。", "市水务局")]),
        # behind ⑩ the marker is lost: a clause that closes a sentence parts items
        (
            "".join(f"{marker}做。" for marker in "①②③④⑤⑥⑦⑧⑨") + "⑩开工。(市水务局)完工。(市财政局)",
            [(marker, "做。", "市教育局") for marker in "①②③④⑤⑥⑦⑧⑨"]
            + [("⑩", "开工。", "市水务局"), ("", "完工。", "市财政局")],
        ),
        ("—", []),
        ("无", []),
    ],
)
def test_items_in_a_cell(cell: str, expected: list[tuple[str, str, str]]) -> None:
    text = ITEMS + f"1 | 建库。 | {cell} | {cell} | — | 市教育局 | / |\n"
    (task,) = parse_text(text).tasks
    for items in (task.targets, task.measures):
        found = [
            (item.marker, item.text_span.of(text), "、".join(party.text for party in item.parties))
            for item in items
        ]
        assert found == expected
    # A mark for none is no unit and no deadline.
    assert [(party.role.value, party.text) for party in task.parties] == [("responsible", "市教育局")]
    assert task.deadlines == ()


@pytest.mark.parametrize(
    ("cell", "dues"),
    [
        ("6月底前、年底前", ["2021-06-30", "2021-12-31"]),
        ("3月底前；9月底前", ["2021-03-31", "2021-09-30"]),
        ("6月底前", ["2021-06-30"]),
        # words that are no dates do not part a cell
        ("年底前完成主体、附属工程", ["2021-12-31"]),
        ("见各项", []),
        ("—", []),
    ],
)
def test_the_deadlines_of_a_cell(cell: str, dues: list[str]) -> None:
    head = "序号 | 任务 | 责任单位 | 完成时限 |\n"
    (task,) = parse_text(f"{DATED}{head}1 | 建库。 | 市水务局 | {cell} |\n").tasks
    assert [deadline.due for deadline in task.deadlines] == dues
