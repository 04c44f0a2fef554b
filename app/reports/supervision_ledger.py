"""督查台账: the milestones of a notice's tasks, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.supervision_ledger import supervision_ledger
from .followed import followed
from .job import Job, Prepared
from .series import series


def documents(job: Job) -> Iterator[Prepared]:
    """The ledger; none where no task was found."""

    def read() -> dict[str, OfficialDocument]:
        found = followed(job)
        if not found.standings:
            return {}
        name = f"督查台账{'-' if job.unit else ''}{job.unit}"
        return {
            name: supervision_ledger(
                found.standings, found.state, found.subject, frame=job.frame, templates=job.templates
            )
        }

    return series(job, read)
