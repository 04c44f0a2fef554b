"""督查台账: the milestones of a notice's tasks, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.supervision_ledger import supervision_ledger
from .followed import Followed, document_of
from .job import Job, Prepared


def documents(job: Job) -> Iterator[Prepared]:
    """The document; none where no task was found."""

    def made(found: Followed, _: bool) -> OfficialDocument:
        return supervision_ledger(
            found.standings,
            found.state,
            found.subject,
            frame=job.frame,
            templates=job.templates,
        )

    return document_of(job, "督查台账", made)
