"""年底绩效对账: a notice's promises against results, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.reconciliation import reconciliation
from .followed import Followed, document_of
from .job import Job, Prepared
from .series import reply_by


def documents(job: Job) -> Iterator[Prepared]:
    """The document; none where no task was found."""

    def made(found: Followed, _: bool) -> OfficialDocument:
        return reconciliation(
            found.standings,
            found.state,
            found.subject,
            reply_by=reply_by(job),
            frame=job.frame,
            templates=job.templates,
        )

    return document_of(job, "年底绩效对账", made)
