"""扣分告知: a letter to each unit that lost marks, or to the one asked for."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.errors import UsageError
from ...output.official.deduction_letter import deduction_letter, letters
from ...output.official.document import OfficialDocument
from ...output.official.kind import full_width
from .appraisals import appraisal
from .job import Job, Prepared
from .series import reply_by, series


def documents(job: Job) -> Iterator[Prepared]:
    """The letters, by rank; none where nothing was taken off. Raises UsageError for an unknown unit."""
    if bool(job.unit) == job.options.all:
        raise UsageError("要写给哪个单位", remedy="请用 --unit 写单位，或用 --all 每个单位一份")

    def read() -> dict[str, OfficialDocument]:
        found = appraisal(job)
        known = [unit.unit for track in found.tracks for unit in track.units]
        wanted = full_width(job.unit)
        if wanted and wanted not in known:
            raise UsageError(f"考评里没有单位“{job.unit}”", remedy=f"可写 {'、'.join(known)}")
        return {
            f"扣分告知-{unit.unit}": deduction_letter(
                found, track, unit, reply_by=reply_by(job), frame=job.frame, templates=job.templates
            )
            for track, unit in letters(found)
            if wanted in ("", unit.unit)
        }

    return series(job, read)
