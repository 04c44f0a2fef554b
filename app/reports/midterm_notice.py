"""中期评估通报: classes and pace of the tasks of a notice, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.midterm_notice import midterm_notice
from .followed import followed
from .job import Job, Prepared
from .series import reply_by, series


def documents(job: Job) -> Iterator[Prepared]:
    """The notice; none where no task was found."""

    def read() -> dict[str, OfficialDocument]:
        found = followed(job)
        if not found.standings:
            return {}
        made = midterm_notice(
            found.standings,
            found.subject,
            found.rule,
            reply_by=reply_by(job),
            frame=job.frame,
            templates=job.templates,
        )
        return {f"中期评估通报{'-' if job.unit else ''}{job.unit}": made}

    return series(job, read)
