"""What reports on progress are made from: one notice's tasks as they stand on ``--as-of``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...model.progress.lights import LightRule, read_light_rule
from ...model.progress.standings import TaskStanding, standings_of
from ...model.progress.state import Key, PieceState, state_on
from ...model.progress.tracked import part_number, tracked_tasks
from ...model.progress.voices import Names
from ...model.registry import reading
from ...output.official.document import OfficialDocument
from ...output.official.progress import Subject
from ..corpus import directory
from .job import Job, Prepared
from .series import pictured, series


@dataclass(frozen=True, slots=True)
class Followed:
    """The tasks asked for, where they stand, and what the document is about."""

    standings: tuple[TaskStanding, ...]
    #: What the entries say of each piece, those without milestones too.
    state: Mapping[Key, PieceState]
    subject: Subject
    rule: LightRule


def followed(job: Job) -> Followed:
    """The tasks of ``--notice``, limited by ``--unit`` and ``--section``, on ``--as-of``.

    Raises UsageError, ProgressError for a rule of lights that cannot be read, the kinds of RegistryError.
    """
    day, notice = job.day(), job.notice()
    named = job.options.light_rule
    rule = read_light_rule(Path(named) if named else None)
    section = job.options.section
    with reading(job.target) as reader:
        tasks = tracked_tasks(
            reader, notice=str(notice.id), unit=job.unit or None, section=section, directory=directory()
        )
        state = state_on(reader, day, notices=(notice.id,), withdrawn=False)
    standings = standings_of(tasks, state, day, rule, Names(directory))
    subject = Subject(
        source=notice.title or notice.name,
        number=notice.document_number or "",
        year=notice.year,
        day=day,
        unit=job.unit,
        section=part_number(section) if section else "",
    )
    return Followed(standings, state, subject, rule)


def document_of(
    job: Job, kind: str, made: Callable[[Followed, bool], OfficialDocument]
) -> Iterator[Prepared]:
    """The one document of a kind about what is followed; none where no task was found.

    ``made`` is asked with pictures where this machine can draw them.
    """

    def read(pictures: bool) -> dict[str, OfficialDocument]:
        found = followed(job)
        return (
            {f"{kind}{'-' if job.unit else ''}{job.unit}": made(found, pictures)} if found.standings else {}
        )

    return series(job, pictured(read))
