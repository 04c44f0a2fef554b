"""中期评估通报: classes and pace of a notice's tasks, whole, of one unit or of one part."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.midterm_notice import midterm_notice
from .followed import Followed, document_of
from .job import Job, Prepared
from .series import reply_by


def documents(job: Job) -> Iterator[Prepared]:
    """The document; none where no task was found."""

    def made(found: Followed, _: bool) -> OfficialDocument:
        return midterm_notice(
            found.standings,
            found.subject,
            found.rule,
            reply_by=reply_by(job),
            frame=job.frame,
            templates=job.templates,
        )

    return document_of(job, "中期评估通报", made)
