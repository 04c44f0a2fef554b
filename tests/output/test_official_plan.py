"""时间表 and 路线图 from plain records: every node in its month or its chain, supplied ones said to be so."""

from __future__ import annotations

import re

import pytest
from duban.output.official.compose import compose
from duban.output.official.document import OfficialDocument, Picture, Table
from duban.output.official.plan import PlanNode, PlanOf, PlanTask, roadmap_document, timetable_document
from duban.output.official.proof import prove
from duban.output.official.settings import read_settings
from hypothesis import given
from hypothesis import strategies as st

OF = PlanOf("某市重点工作方案", 2021, "某政发〔2021〕1号")
SUPPLIED = tuple(
    PlanNode(f"2021-{m:02d}-{d}", "", "系统补设", "quarter", True)
    for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))
)
WEEKS = tuple(PlanNode(f"2021-05-{d:02d}", "措施①", "每周", "week") for d in (2, 9, 16))
TASKS = (
    PlanTask(
        "1", "一、水利", "修水库。", ("市水利局",), (PlanNode("2021-06-30", "目标①", "6月底前"), *WEEKS)
    ),
    PlanTask("2", "一、水利", "修渠。", ("市水利局", "市财政局"), SUPPLIED),
    PlanTask("3", "二、交通", "修路。", ("市交通局",), (PlanNode("2022-03-31", "", "2022年3月"),)),
    PlanTask("4", "二、交通", "修桥。", ("市交通局",), ()),
)


def tables(document: OfficialDocument) -> list[Table]:
    return [block for one in document.attachments for block in one.blocks if isinstance(block, Table)]


def test_each_node_stands_in_its_month() -> None:
    made = timetable_document(TASKS, OF, pictures=False)
    prove(compose(made, read_settings()), made)
    first, second = tables(made)
    assert first.head[3:15] == tuple(f"{month}月" for month in range(1, 13))
    rows = {row[0]: row for table in (first, second) for row in table.rows}
    assert rows["1"][7] == "每周"
    assert rows["1"][8] == "30日"
    assert (rows["2"][5], rows["2"][8], rows["2"][14]) == ("31日", "30日", "31日")
    assert rows["2"][-1] == "系统补设"
    assert rows["3"][15] == "2022年3月31日"
    assert rows["4"][3:16] == ("",) * 13
    assert rows["4"][-1] == "未规定时限"
    assert any("其中1项任务通知未规定完成时限" in text for text in made.text)


def test_the_chains_are_in_order_of_time() -> None:
    made = roadmap_document(TASKS, OF, pictures=False)
    prove(compose(made, read_settings()), made)
    parts, *tasks = tables(made)
    assert parts.rows[0] == (
        "一、水利", "2", "3月31日（1项）→6月30日（2项）→9月30日（1项）→12月31日（1项）→另有1项每周推进",
    )  # fmt: skip
    chains = {row[0]: row[3] for table in tasks for row in table.rows}
    assert chains["1"] == "5月2日起至5月16日每周措施①（每周）\n→6月30日目标①（6月底前）"
    assert chains["2"].split("\n→")[0] == "3月31日（系统补设）"
    assert chains["3"] == "2022年3月31日（2022年3月）"
    assert chains["4"] == "未规定时限"


@pytest.mark.parametrize("build", [timetable_document, roadmap_document])
def test_pictures_tell_which_nodes_are_supplied(build: object) -> None:
    from duban.output.charts import fonts

    if not fonts._installed():
        pytest.skip("no chart is drawn: this machine lacks a Chinese font")
    made = build(TASKS, OF)  # type: ignore[operator]
    prove(compose(made, read_settings()), made)
    (picture,) = made.pictures
    assert "2021-03-31（系统补设）" in picture.alt
    assert "2021-06-30" in picture.alt


def test_very_many_tasks_are_drawn_by_part() -> None:
    from duban.output.charts import fonts

    if not fonts._installed():
        pytest.skip("no chart is drawn: this machine lacks a Chinese font")
    many = tuple(PlanTask(str(at), f"{'一二三'[at % 3]}、部分", "任务", (), SUPPLIED) for at in range(1, 61))
    made = timetable_document(many, OF)
    (picture,) = made.pictures
    assert isinstance(picture, Picture)
    assert picture.alt.startswith("热力图")
    assert "6月20个" in picture.alt


_NODES = st.builds(
    lambda month, day, what: PlanNode(f"2021-{month:02d}-{day:02d}", what, f"{month}月", "day"),
    st.integers(1, 12), st.integers(1, 28), st.sampled_from(["", "目标①", "措施②"]),
)  # fmt: skip


@given(st.lists(st.lists(_NODES, max_size=6), min_size=1, max_size=5))
def test_no_node_is_lost_and_none_is_made_up(nodes: list[list[PlanNode]]) -> None:
    tasks = [PlanTask(str(at), "", "任务", (), tuple(some)) for at, some in enumerate(nodes, 1)]
    by_month = tables(timetable_document(tasks, OF, pictures=False))[0]
    by_chain = tables(roadmap_document(tasks, OF, pictures=False))[0]
    for some, row, chain in zip(nodes, by_month.rows, by_chain.rows, strict=True):
        days = {node.due for node in some}
        in_months = {
            f"2021-{month:02d}-{int(day):02d}"
            for month in range(1, 13)
            for day in re.findall(r"(\d+)日", row[2 + month])
        }
        in_chain = {f"2021-{int(m):02d}-{int(d):02d}" for m, d in re.findall(r"(\d+)月(\d+)日", chain[3])}
        assert in_months == days
        assert in_chain == days
