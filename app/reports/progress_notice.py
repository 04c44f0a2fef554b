"""督查通报: where the tasks of a notice stand, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.progress_notice import progress_notice
from .followed import followed
from .job import Job, Prepared
from .series import pictured, reply_by, series


def documents(job: Job) -> Iterator[Prepared]:
    """The notice; none where no task was found."""

    def read(pictures: bool) -> dict[str, OfficialDocument]:
        found = followed(job)
        if not found.standings:
            return {}
        made = progress_notice(
            found.standings,
            found.subject,
            found.rule,
            reply_by=reply_by(job),
            frame=job.frame,
            templates=job.templates,
            pictures=pictures,
        )
        return {f"督查通报{'-' if job.unit else ''}{job.unit}": made}

    return series(job, pictured(read))
