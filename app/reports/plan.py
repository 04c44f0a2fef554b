"""Tasks with their nodes for 时间表 and 路线图, as the registry has them now."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...model.errors import UsageError
from ...model.party import Role
from ...model.progress.identity import PIECE_WORDS
from ...model.progress.milestones import Milestone
from ...model.progress.tracked import Owner, TrackedTask, part_number, tracked_tasks
from ...model.registry import NoticeRow, reading, units_in
from ...output.official.document import OfficialDocument
from ...output.official.plan import PlanNode, PlanOf, PlanTask
from ...output.points import printed
from ..corpus import directory
from .job import Job, Prepared
from .pictures import drawn


def plans(kind: str, job: Job, build: Callable[..., OfficialDocument]) -> Iterator[Prepared]:
    """The documents of a kind: of the whole notice, of one part or unit, with --all one for each unit."""
    notice = job.notice()
    for unit in _units(job, notice):
        if made := _document(job, notice, unit, build):
            yield drawn(f"{kind}{'-' if unit else ''}{printed(unit)}", made)


def _units(job: Job, notice: NoticeRow) -> list[str]:
    if not job.options.all:
        return [job.unit]
    return [load.name for load in units_in(job.target, directory(), notice=str(notice.id))]


def _document(
    job: Job, notice: NoticeRow, unit: str, build: Callable[..., OfficialDocument]
) -> Callable[[bool], OfficialDocument] | None:
    """What makes the document, asking the registry each time; None where there is no task."""
    section = job.options.section

    def tasks() -> tuple[TrackedTask, ...]:
        with reading(job.target) as reader:
            return tracked_tasks(
                reader, notice=str(notice.id), unit=unit or None, section=section, directory=directory()
            )

    def made(pictures: bool) -> OfficialDocument:
        found = tasks()
        years = {task.year for task in found if task.year}
        if not years:
            raise UsageError("通知和任务都没有写明年度，排不出节点", place=notice.name)
        of = PlanOf(
            printed(notice.title or notice.name),
            min(years),
            notice.document_number or "",
            printed(unit),
            part_number(section or ""),
        )
        rows = [plan_task(task, at) for at, task in enumerate(found, 1)]
        return build(rows, of, frame=job.frame, templates=job.templates, pictures=pictures)

    return made if tasks() else None


def plan_task(task: TrackedTask, at: int) -> PlanTask:
    """The task as the plan shows it; ``at`` is its place, for one without number."""
    part = f"{task.path[0]}{printed(task.section or '')}" if len(task.path) > 1 else ""
    return PlanTask(
        str(task.number or at),
        part,
        printed(task.text.strip()),
        _leading(task.parties),
        tuple(_node(stone, task) for stone in task.milestones),
    )


def _leading(parties: tuple[Owner, ...]) -> tuple[str, ...]:
    """Who leads; where nobody does, who is responsible."""
    leads = [party for party in parties if party.role is Role.LEAD]
    chosen = leads or [party for party in parties if party.answers]
    return tuple(dict.fromkeys(printed(party.text) for party in chosen))


def _node(stone: Milestone, task: TrackedTask) -> PlanNode:
    what = ""
    if stone.item:
        kind, _, place = stone.item.partition(":")
        what = f"{PIECE_WORDS[kind]}{task.piece(stone.item).marker or place}"
    return PlanNode(stone.due, what, printed(stone.basis), stone.period, stone.supplied)
