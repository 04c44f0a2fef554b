"""History of units: what is confirmed, what a split may do, and what a search for an old name finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from duban.model.registry import Query, open_registry, search, tasks_of_unit
from duban.model.units import Lineage, UnitDirectory, UnitEntry, UnitName
from hypothesis import given
from hypothesis import strategies as st
from notice_builder import build, raw_of

#: The pairs that the lists of 2018 and 2021 show, or a known day proves (read from the notices).
CONFIRMED = {
    ("省环保厅", "省生态环境厅"),
    ("省国土资源厅", "省自然资源厅"),
    ("省林业厅", "省林草局"),
    ("省工业和信息化委", "省工业和信息化厅"),
    ("省文化厅", "省文化和旅游厅"),
    ("省旅游发展委", "省文化和旅游厅"),
    ("省政府金融办", "省金融监管局"),
    ("省地税局", "省税务局"),
    ("省国税局", "省税务局"),
    ("省信访局", "省委省政府信访局"),
    ("辽宁银监局", "辽宁银保监局"),
    ("辽宁保监局", "辽宁银保监局"),
    ("大连银监局", "大连银保监局"),
    ("大连保监局", "大连银保监局"),
}


def test_only_what_the_notices_show_is_confirmed(liaoning: UnitDirectory) -> None:
    def name(unit: str | None) -> str:
        return liaoning.units[unit or ""].name

    confirmed = {(name(s.predecessor), name(s.successor)) for s in liaoning.lineage if s.confirmed}
    assert confirmed == CONFIRMED
    assert all(not step.confirmed for step in liaoning.lineage if step.kind == "split")
    assert all(step.source for step in liaoning.lineage)


def relations(directory: UnitDirectory, name: str) -> dict[str, str]:
    unit = directory.resolve(name)
    assert unit
    return {directory.units[r.unit].name: r.badge(name) for r in directory.relations_of(unit)}


@pytest.mark.parametrize(
    ("name", "badges"),
    [
        ("省环保厅", {"省生态环境厅": "原省环保厅"}),
        ("省生态环境厅", {"省环保厅": "现省生态环境厅"}),
        ("省地税局", {"省税务局": "原省地税局"}),
        ("省税务局", {"省地税局": "现省税务局", "省国税局": "现省税务局"}),
        ("省农委", {"省农业农村厅": "原省农委（待确认）"}),
        (
            "省海洋渔业厅",
            {
                "省农业农村厅": "原省海洋渔业厅部分职责（待确认）",
                "省自然资源厅": "原省海洋渔业厅部分职责（待确认）",
            },
        ),
        (
            "辽宁银监局",
            {"辽宁银保监局": "原辽宁银监局", "国家金融监督管理总局辽宁监管局": "原辽宁银监局（待确认）"},
        ),
        ("省财政厅", {}),
    ],
)
def test_badges(liaoning: UnitDirectory, name: str, badges: dict[str, str]) -> None:
    assert relations(liaoning, name) == badges


STEPS = st.lists(
    st.builds(
        lambda a, b, kind, sure: Lineage(f"x/{a}", f"x/{b}", kind, confirmed=sure and kind != "split"),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from(("rename", "merge", "split", "transfer")),
        st.booleans(),
    ),
    max_size=10,
)


@given(STEPS)
def test_relations_are_the_paths_of_the_lineage(steps: list[Lineage]) -> None:
    """Against a closure that repeats until nothing changes; certain just where a certain path is."""
    units = [UnitEntry(f"x/{n}", f"单位{n}", "province", (UnitName(f"单位{n}"),)) for n in range(6)]
    directory = UnitDirectory.of(units, lineage=steps)

    def closure(of: list[tuple[str, str]]) -> set[tuple[str, str]]:
        reached = set(of)
        while longer := {(a, d) for a, b in reached for c, d in of if b == c} - reached:
            reached |= longer
        return {(a, b) for a, b in reached if a != b}

    kept = {(s.predecessor, s.successor): s for s in steps}.values()
    every = closure([(s.predecessor, str(s.successor)) for s in kept if s.kind != "transfer"])
    sure = closure([(s.predecessor, str(s.successor)) for s in kept if s.certain])
    for unit in units:
        later = {r.unit: r.certain for r in directory.relations_of(unit.id) if r.later}
        earlier = {r.unit: r.certain for r in directory.relations_of(unit.id) if not r.later}
        assert later == {b: (a, b) in sure for a, b in every if a == unit.id}
        assert earlier == {a: (a, b) in sure for a, b in every if b == unit.id}


NOTICES = (
    build(
        """
        1.监管。(责任:省市场监管局)
        2.治理。(责任:省生态环境厅)
        3.养殖。(责任:省农业农村厅)
        4.税收。(责任:省税务局)
        """,
        name="b.txt",
        document_number="辽政发〔2021〕9号",
        issued_on="2021-04-27",
    ),
    build(
        """
        1.执法。(责任:省工商局)
        2.督察。(责任:省环保厅)
        3.捕捞。(责任:省海洋渔业厅)
        4.价格。(责任:省政府各部门)
        """,
        name="a.txt",
        document_number="辽政办发〔2018〕10号",
        year=2018,
        issued_on="2018-03-09",
    ),
)


@pytest.fixture(params=[True, False], ids=["resolved", "by name"])
def registry(request: pytest.FixtureRequest, tmp_path: Path, liaoning: UnitDirectory) -> str:
    """Both notices, with units that the directory resolved, and with names that nobody has."""
    from dataclasses import replace

    target = str(tmp_path / "r.db")
    with open_registry(target) as opened:
        for notice in NOTICES:
            tasks = tuple(
                replace(
                    task,
                    parties=tuple(
                        replace(party, unit=liaoning.resolve(party.text)) for party in task.parties
                    ),
                )
                for task in notice.tasks
            )
            opened.ingest(replace(notice, tasks=tasks) if request.param else notice, raw_of(notice))
    return target


def found(registry: str, liaoning: UnitDirectory, unit: str, *, exact: bool = False) -> dict[str, str]:
    """``2021/1``: the badges of the matches; ? where it is only possible."""
    hits = search(registry, Query(unit=unit, exact=exact), liaoning)
    told = {}
    for hit in hits:
        assert hit.why, "no hit without a reason"
        why = [match.to_dict() for match in hit.why]
        badge = "".join(str(match.get("history", {}).get("badge", "")) for match in why)
        possible = all(match.get("possible") for match in why)
        told[f"{hit.year}/{hit.number}"] = badge + ("?" if possible else "")
    return told


@pytest.mark.parametrize(
    ("unit", "hits"),
    [
        ("省环保厅", {"2018/2": "", "2021/2": "原省环保厅", "2018/4": ""}),
        ("省环境保护厅", {"2018/2": "", "2021/2": "原省环境保护厅", "2018/4": ""}),
        ("liaoning/environmental-protection", {"2018/2": "", "2021/2": "原省环保厅", "2018/4": ""}),
        ("省生态环境厅", {"2021/2": "", "2018/2": "现省生态环境厅", "2018/4": "现省生态环境厅"}),
        ("省地税局", {"2021/4": "原省地税局", "2018/4": ""}),
        ("省工商局", {"2018/1": "", "2021/1": "原省工商局（待确认）?", "2018/4": ""}),
        ("省海洋渔业厅", {"2018/3": "", "2021/3": "原省海洋渔业厅部分职责（待确认）?", "2018/4": ""}),
        (
            "省农业农村厅",
            {
                "2021/3": "",
                "2018/3": "现省农业农村厅部分职责（待确认）?",
                "2018/4": "现省农业农村厅（待确认）?",
            },
        ),
        ("省质监局", {"2021/1": "原省质监局（待确认）?", "2018/4": ""}),
    ],
)
def test_a_search_finds_the_units_before_and_after(
    registry: str, liaoning: UnitDirectory, unit: str, hits: dict[str, str]
) -> None:
    assert found(registry, liaoning, unit) == hits
    exact = found(registry, liaoning, unit, exact=True)
    assert all(not badge for badge in exact.values())
    assert exact.keys() <= hits.keys()


def test_what_is_named_comes_before_what_is_related(registry: str, liaoning: UnitDirectory) -> None:
    hits = search(registry, Query(unit="省海洋渔业厅"), liaoning)
    assert [f"{hit.year}/{hit.number}" for hit in hits] == ["2018/3", "2018/4", "2021/3"]


def test_a_list_has_what_is_certain_only(registry: str, liaoning: UnitDirectory) -> None:
    def listed(unit: str, **how: bool) -> list[tuple[int | None, int | None, str | None]]:
        return [(d.year, d.number, d.history) for d in tasks_of_unit(registry, unit, liaoning, **how)]

    assert listed("省环保厅") == [(2021, 2, "原省环保厅"), (2018, 2, None), (2018, 4, None)]
    assert listed("省环保厅", history=False) == [(2018, 2, None), (2018, 4, None)]
    assert listed("省工商局", groups=False) == [(2018, 1, None)]
    assert listed("省农业农村厅") == [(2021, 3, None)]
