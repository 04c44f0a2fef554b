"""催办单: a sheet for each milestone that is overdue, behind or about to be due."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.progress.summary import reminders
from ...output.official.document import OfficialDocument
from ...output.official.reminder import COLOURS, reminder_sheet, sheet_name
from .followed import followed
from .job import Job, Prepared
from .series import reply_by, series


def documents(job: Job) -> Iterator[Prepared]:
    """The sheets, the longest overdue first; of one colour where ``--sheet`` names it."""

    def read() -> dict[str, OfficialDocument]:
        found = followed(job)
        return {
            sheet_name(one): reminder_sheet(
                one, found.subject, reply_by=reply_by(job), frame=job.frame, templates=job.templates
            )
            for one in reminders(found.standings, soon=True)
            if job.options.sheet in (None, COLOURS[one.light.value])
        }

    return series(job, read)
