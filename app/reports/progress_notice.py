"""督查通报: where the tasks of a notice stand, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.progress_notice import progress_notice
from .followed import Followed, document_of
from .job import Job, Prepared
from .series import reply_by


def documents(job: Job) -> Iterator[Prepared]:
    """The document; none where no task was found."""

    def made(found: Followed, pictures: bool) -> OfficialDocument:
        return progress_notice(
            found.standings,
            found.subject,
            found.rule,
            reply_by=reply_by(job),
            frame=job.frame,
            templates=job.templates,
            pictures=pictures,
        )

    return document_of(job, "督查通报", made)
