"""考评结果通报: the results of an appraisal, all tracks in one document."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.document import OfficialDocument
from ...output.official.result_notice import result_notice
from .appraisals import appraisal
from .job import Job, Prepared
from .series import pictured, series


def documents(job: Job) -> Iterator[Prepared]:
    """The notice."""

    def read(pictures: bool) -> dict[str, OfficialDocument]:
        made = result_notice(appraisal(job), frame=job.frame, templates=job.templates, pictures=pictures)
        return {"考评结果通报": made}

    return series(job, pictured(read))
