"""任务清单: the tasks of a notice, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.progress.tracked import part_number
from ...output.official.document import OfficialDocument
from ...output.official.tasks import task_list
from ...output.points import printed
from .job import Job, Prepared
from .task_rows import task_rows


def documents(job: Job) -> Iterator[Prepared]:
    """The list; none where no task was found."""
    notice = job.notice()
    section = job.options.section

    def made() -> OfficialDocument:
        return task_list(
            task_rows(job.target, notice, job.unit or None, section),
            source=printed(notice.title or notice.name),
            number=notice.document_number or "",
            year=notice.year,
            unit=job.unit,
            section=part_number(section or ""),
            frame=job.frame,
            templates=job.templates,
        )

    if task_rows(job.target, notice, job.unit or None, section):
        yield Prepared(f"任务清单{'-' if job.unit else ''}{job.unit}", made(), made)
