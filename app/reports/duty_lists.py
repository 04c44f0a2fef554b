"""责任清单: the whole list of a notice, of one part, of a unit, or one for every unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

from ...model.errors import ProofError
from ...model.progress.tracked import part_number
from ...output.checklist import Checklist
from ...output.official.document import OfficialDocument
from ...output.official.duties import ListWords, covered_list
from ...output.official.tasks import duty_list
from ...output.points import printed
from ..unit_lists import list_of_unit, lists_of_all
from .job import Job, Prepared
from .task_rows import task_rows


def documents(job: Job) -> Iterator[Prepared]:
    """The lists; none where no task was found."""
    if job.unit or job.options.all:
        yield from _of_units(job)
        return
    notice, section = job.notice(), job.options.section

    def made() -> OfficialDocument:
        return duty_list(
            task_rows(job.target, notice, section=section),
            source=printed(notice.title or notice.name),
            number=notice.document_number or "",
            year=notice.year,
            section=part_number(section or ""),
            frame=job.frame,
            templates=job.templates,
        )

    if task_rows(job.target, notice, section=section):
        yield Prepared("责任清单", made(), made)


def _of_units(job: Job) -> Iterator[Prepared]:
    notice = job.notice()
    words = ListWords(job.templates)

    def made(checklist: Checklist) -> OfficialDocument:
        return covered_list(
            checklist,
            words,
            job.frame,
            section=part_number(job.options.section or ""),
            source=printed(notice.title or notice.name),
            number=notice.document_number or "",
        )

    yield from for_each_unit(job, words.file_name, made)


def for_each_unit(
    job: Job, name: Callable[[Checklist], str], made: Callable[[Checklist], OfficialDocument]
) -> Iterator[Prepared]:
    """A document for each unit asked for; for the proof the registry is asked again, once for all of them."""

    @cache
    def asked_again() -> dict[str, Checklist]:
        return {one.unit: one for one in unit_lists(job)}

    def again(unit: str) -> OfficialDocument:
        found = asked_again().get(unit)
        if found is None:
            raise ProofError(f"登记库里不再有{unit}的任务", place=unit, remedy="登记库刚被改动，请重新生成")
        return made(found)

    for checklist in unit_lists(job):
        yield Prepared(name(checklist), made(checklist), partial(again, checklist.unit))


def unit_lists(job: Job) -> list[Checklist]:
    """The lists of the units asked for, those of one part only where ``--section`` says so; none is empty."""
    notice = str(job.notice().id)
    found = (
        lists_of_all(job.target, notice=notice, words=printed)
        if job.options.all
        else [list_of_unit(job.target, job.unit, notice=notice, words=printed)]
    )
    section = job.options.section
    if section is not None:
        found = [_part(one, section) for one in found]
    return [one for one in found if one.rows]


def _part(checklist: Checklist, section: str) -> Checklist:
    """The rows of one part of the notice, numbered anew."""
    rows = [row for row in checklist.rows if row.part and part_number(row.part) == part_number(section)]
    return replace(checklist, rows=tuple(replace(row, seq=at) for at, row in enumerate(rows, 1)))
