"""任务书: a form for each task of a unit, of one unit or of each; plans that were entered stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...model import Role
from ...model.errors import UsageError
from ...model.progress.state import PieceState, Report, state_on
from ...model.progress.tracked import TrackedTask, part_number, tracked_tasks
from ...model.registry import reading
from ...output.checklist import Checklist, ChecklistRow
from ...output.official.document import OfficialDocument
from ...output.official.task_book import BookWords, Plan, task_book
from ...output.points import printed
from ..corpus import directory
from ..unit_lists import named
from .duty_lists import for_each_unit
from .job import Job, Prepared

#: Later than any entry: without ``--as-of`` all plans count.
_LAST_DAY = "9999-12-31"


class _Planned(NamedTuple):
    """Plans about a task, or about a piece of it that has a marker and units of its own."""

    marker: str
    owners: tuple[str, ...]
    plans: Mapping[str, Report]


#: Task, its markers in a row → what is planned for it and its pieces.
_Plans = dict[str, list[_Planned]]


def documents(job: Job) -> Iterator[Prepared]:
    """A book for each unit asked for; none where no task was found. Raises UsageError without a unit."""
    if not job.unit and not job.options.all:
        raise UsageError("任务书是给一个单位的", remedy="请用 --unit 单位，或 --all")
    notice = job.notice()
    words = BookWords(job.templates)
    plans = _plans(job)

    def made(checklist: Checklist) -> OfficialDocument:
        return task_book(
            checklist,
            [_plan(row, plans, checklist.unit) for row in checklist.rows],
            words,
            job.frame,
            section=part_number(job.options.section or ""),
            source=printed(notice.title or notice.name),
            number=notice.document_number or "",
        )

    yield from for_each_unit(job, words.file_name, made)


def _plans(job: Job) -> _Plans:
    """The plans that stand, for the tasks that have any."""
    notice = job.notice().id
    day = job.day() if job.options.as_of else _LAST_DAY
    with reading(job.target) as reader:
        state = state_on(reader, day, notices=[notice])
        if not any(one.plans for one in state.values()):
            return {}
        tasks = tracked_tasks(reader, notice=str(notice))
    return {printed("".join(task.path)): list(_states(task, notice, state)) for task in tasks}


def _states(
    task: TrackedTask, notice: int, state: dict[tuple[int, str, str], PieceState]
) -> Iterator[_Planned]:
    pieces = [("", "", ()), *((piece.item, piece.marker, piece.parties) for piece in task.pieces)]
    for item, marker, owners in pieces:
        found = state.get((notice, task.key, item))
        if found is not None and found.plans:
            yield _Planned(marker, tuple(owner.text for owner in owners), found.plans)


def _plan(row: ChecklistRow, plans: _Plans, unit: str) -> Plan:
    """What is laid down for a row: the unit's own words, else the office's; of pieces with their marker.

    The office's words on a piece are for those who answer for the piece, and for who leads the task.
    """
    means = named(unit, directory())
    told: list[tuple[str, Report]] = []
    for one in plans.get(row.source, ()):
        own = next((report for name, report in one.plans.items() if name and means(name)), None)
        concerned = not one.marker or row.role is Role.LEAD or any(map(means, one.owners))
        if found := own or (one.plans.get("") if concerned else None):
            told.append((one.marker, found))

    def field(name: str) -> str:
        texts = [(marker, printed(report.text(name))) for marker, report in told]
        return "；".join(dict.fromkeys(f"{marker}{text}" for marker, text in texts if text))

    return Plan(field("standard"), field("office"), field("person"))
