"""For whom a unit reports that the notice calls otherwise, or means only by a group; one case one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from duban.model import Deadline, PartyKind, Span, Task
from duban.model.progress.identity import Identity
from duban.model.progress.lights import Light, LightRule
from duban.model.progress.log import Draft, append
from duban.model.progress.records import Review, Status
from duban.model.progress.standings import Standing, task_standings
from duban.model.progress.summary import Class, class_of, reminders
from duban.model.progress.voices import UNKNOWN, Names
from duban.model.registry import open_registry, reading
from duban.model.units import UnitDirectory
from duban.model.units.records import GroupEntry, Lineage, UnitEntry, UnitName
from duban.output.ledger.sources import Asked, draw
from notice_builder import build, raw_of

#: Task 1: one unit. Task 2: a group of three. Task 3: one that leads, one that helps. Due at the end of June.
LAYOUT = """
1.减税。(责任:省工业委)
2.春耕。(责任:各市人民政府)
3.修路。(牵头:省工业委,配合:省财政厅)
4.造林。(责任:各市人民政府,各县)
5.防汛。(责任:各市人民政府,各县,有关部门)
6.助学。(责任:各市人民政府,省财政厅)
7.育苗。(牵头:省工业委,配合:各市人民政府)
"""


def entry(key: str, *names: str) -> UnitEntry:
    return UnitEntry(f"x/{key}", names[0], "province", tuple(map(UnitName, names)))


UNITS = [
    entry("old", "省工业委", "省工业委员会"),
    entry("new", "省工业厅"),
    entry("money", "省财政厅"),
    entry("d", "丁县人民政府", "丁县"),
    *(entry(f"c{n}", f"{name}市人民政府", f"{name}市") for n, name in enumerate("甲乙丙")),
]
MEMBERS = ("x/c0", "x/c1", "x/c2")


def directory(**group: object) -> UnitDirectory:
    counties = GroupEntry("x/counties", ("各县",), ("x/d",), size=1)
    cities = GroupEntry("x/cities", ("各市人民政府",), MEMBERS, **{"size": 3, "marks": ("辽",), **group})  # type: ignore[arg-type]
    lineage = [Lineage("x/old", "x/new", "rename", "2021-05-01", confirmed=True)]
    return UnitDirectory.of(UNITS, [cities, counties], {"x": ()}, lineage=lineage)


def _grouped(task: Task) -> Task:
    """With its groups told as such, as a notice's record has them."""
    groups = ("各市人民政府", "各县", "有关部门")
    parties = (replace(one, kind=PartyKind.GROUP) if one.text in groups else one for one in task.parties)
    return replace(task, parties=tuple(parties))


def filled(path: Path) -> None:
    june = Deadline(Span(0, 1), "6月底前", None, "2021-06-30")
    notice = build(LAYOUT, document_number="辽政发〔2021〕6号", year=2021, issued_on="2021-01-01")
    first, second, *others = (replace(task, deadlines=(june,)) for task in notice.tasks)
    one = replace(first.parties[0], unit="x/old")
    many = replace(second.parties[0], kind=PartyKind.GROUP, unit=None)
    tasks = (replace(first, parties=(one,)), replace(second, parties=(many,)), *map(_grouped, others))
    with open_registry(path) as registry:
        registry.ingest(replace(notice, tasks=tasks), raw_of(notice))


def enter(path: Path, task: str, *steps: str) -> None:
    """``甲市50`` a unit's report on the end of June, accepted; ``甲市50?`` one that nobody has looked at."""
    with open_registry(path) as registry:
        for step in steps:
            unit = step.rstrip("0123456789?")
            percent = step.removeprefix(unit).rstrip("?")
            about = Identity(1, task)
            record = Status("办了", percent=percent, due="2021-06-30", unit=unit)
            [made] = append(registry, [Draft(about, record, "张三", "2021-06-20")])
            if not step.endswith("?"):
                append(registry, [Draft(about, Review(made.number, accepted=True), "李四", "2021-06-21")])


def stone(path: Path, task: int, day: str, names: Names = UNKNOWN) -> Standing:
    with reading(path) as reader:
        [found] = task_standings(reader, day, names=names)[task - 1].milestones
    return found


@pytest.mark.parametrize(
    ("unit", "light"),
    [
        ("省工业委", "done 按期完成"),
        ("省工业委员会", "done 按期完成"),  # another name of it
        ("省工业厅", "done 按期完成"),  # what became of it
        ("省财政厅", "red 逾期1天"),
        ("省工业局", "red 逾期1天"),  # nobody
    ],
)
def test_a_unit_speaks_under_each_of_its_names(tmp_path: Path, unit: str, light: str) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "1", f"{unit}100")
    found = stone(tmp_path / "r.db", 1, "2021-07-01", Names(directory))
    assert f"{found.verified} {found.reason}" == light


@pytest.mark.parametrize(
    ("steps", "group", "light"),
    [
        ("", {}, "red 逾期1天 —"),
        ("甲市100", {}, "red 逾期1天，3个成员单位已核定1个 乙市人民政府、丙市人民政府"),
        ("甲市100 乙市人民政府100", {}, "red 逾期1天，3个成员单位已核定2个 丙市人民政府"),
        ("甲市100?", {}, "red 逾期1天，3个成员单位已报1个 乙市人民政府、丙市人民政府"),
        ("甲市100 乙市100 丙市100", {}, "done 按期完成 —"),
        ("甲市100 乙市100 丙市60", {}, "red 逾期1天 —"),
        ("甲市100 乙市100 丙市100?", {}, "red 逾期1天，3个成员单位已核定2个，自报已完成，待审核 —"),
        ("各市人民政府100", {}, "done 按期完成 —"),
        # who the members are is not known for sure: nobody is told to be missing
        ("甲市100 乙市100 丙市100", {"certain": False}, "red 逾期1天 —"),
        ("甲市100 乙市100 丙市100", {"marks": ("吉",)}, "red 逾期1天 —"),
        ("甲市100 乙市100 丙市100", {"size": 4}, "red 逾期1天 —"),
    ],
)
def test_a_group_has_done_it_once_each_member_has(
    tmp_path: Path, steps: str, group: dict[str, object], light: str
) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "2", *steps.split())
    found = stone(tmp_path / "r.db", 2, "2021-07-01", Names(lambda: directory(**group)))
    assert f"{found.verified} {found.reason} {'、'.join(found.absent) or '—'}" == light


@pytest.mark.parametrize(
    ("steps", "light"),
    [
        ("省财政厅60", "red 逾期1天 60"),
        ("省工业委100 省财政厅60", "done 按期完成 100"),
        ("省工业委90 省财政厅100", "red 逾期1天 90"),
    ],
)
def test_who_only_helps_neither_finishes_nor_holds_up(tmp_path: Path, steps: str, light: str) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "3", *steps.split())
    found = stone(tmp_path / "r.db", 3, "2021-07-01", Names(directory))
    assert f"{found.verified} {found.reason} {found.percent}" == light


def test_a_member_of_a_group_that_only_helps_holds_nothing_up(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "7", "省工业委100", "甲市60")
    assert stone(tmp_path / "r.db", 7, "2021-07-01", Names(directory)).verified is Light.DONE


@pytest.mark.parametrize(
    ("steps", "light"),
    [
        ("丁县100", "red 逾期1天，4个成员单位已核定1个"),
        ("甲市100 乙市100 丙市100 丁县100", "done 按期完成"),
    ],
)
def test_several_groups_are_heard_together(tmp_path: Path, steps: str, light: str) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "4", *steps.split())
    found = stone(tmp_path / "r.db", 4, "2021-07-01", Names(directory))
    assert f"{found.verified} {found.reason}" == light
    enter(tmp_path / "r.db", "5", *steps.split())
    open_too = stone(tmp_path / "r.db", 5, "2021-07-01", Names(directory))
    assert open_too.verified is Light.RED, "有关部门: nobody knows who they are"


def test_those_who_are_silent_are_chased_and_one_of_a_group_is_no_lead(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "2", "甲市90")
    with reading(tmp_path / "r.db") as reader:
        early = task_standings(reader, "2021-01-20", names=Names(directory))[1]
        late = task_standings(reader, "2021-07-03", names=Names(directory))[1]
    assert class_of(early) is not Class.AHEAD
    assert [one.units for one in reminders([late])] == [("乙市人民政府", "丙市人民政府")]
    enter(tmp_path / "r.db", "6", "甲市90")
    with reading(tmp_path / "r.db") as reader:
        mixed = task_standings(reader, "2021-07-03", names=Names(directory))[5]
    assert [one.units for one in reminders([mixed])] == [("省财政厅", "乙市人民政府", "丙市人民政府")]


def test_a_member_that_is_asked_for_has_its_own_lights(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "2", "甲市100", "乙市人民政府40")
    known, names = directory(), Names(directory)
    with reading(tmp_path / "r.db") as reader:
        told = {
            unit: task_standings(reader, "2021-07-01", unit=unit, directory=known, names=names)[0].milestones[
                0
            ]
            for unit in ("甲市人民政府", "乙市", "丙市人民政府")
        }
    assert [f"{one.verified} {one.percent}" for one in told.values()] == ["done 100", "red 40", "red None"]


def test_the_unit_that_took_over_fills_in_the_rows_of_the_one_that_the_notice_names(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    enter(tmp_path / "r.db", "1", "省工业委60")
    with reading(tmp_path / "r.db") as reader:
        drawn = draw(reader, Asked(unit="省工业厅", as_of="2021-07-01"), directory(), LightRule())
    assert (drawn.unit, {row.key.unit for row in drawn.rows}) == ("省工业厅", {"省工业委"})
    assert drawn.rows[0].cells["status.percent"] == "60"
