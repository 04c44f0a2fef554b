"""年底绩效对账: promises of a notice against results, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.reconciliation import reconciliation
from .followed import followed
from .job import Job, Prepared
from .series import reply_by, series


def documents(job: Job) -> Iterator[Prepared]:
    """The notice; none where no task was found."""

    def read() -> dict[str, OfficialDocument]:
        found = followed(job)
        if not found.standings:
            return {}
        made = reconciliation(
            found.standings,
            found.state,
            found.subject,
            reply_by=reply_by(job),
            frame=job.frame,
            templates=job.templates,
        )
        return {f"年底绩效对账{'-' if job.unit else ''}{job.unit}": made}

    return series(job, read)
