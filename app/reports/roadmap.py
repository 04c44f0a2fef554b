"""路线图: chains of nodes by part and by task, of a notice, a part or units."""

from __future__ import annotations

from collections.abc import Iterator

from ...output.official.plan import roadmap_document
from .job import Job, Prepared
from .plan import plans


def documents(job: Job) -> Iterator[Prepared]:
    """The roadmaps; none where no task was found."""
    return plans("路线图", job, roadmap_document)
