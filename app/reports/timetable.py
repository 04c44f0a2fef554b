"""时间表: months × tasks, of a notice, a part or units."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.plan import timetable_document
from .job import Job, Prepared
from .plan import plans


def documents(job: Job) -> Iterator[Prepared]:
    """The timetables; none where no task was found."""
    return plans("时间表", job, timetable_document)
