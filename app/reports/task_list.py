"""任务清单: the tasks of a notice, whole, of one unit or of one part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...model.folding import plain_radicals
from ...model.registry import NoticeRow, record_of, tasks_of_unit, text_of
from ...output.official.document import OfficialDocument
from ...output.official.tasks import TaskRow, task_list
from ..corpus import directory
from .job import Job, Prepared

#: What may stand about the number of a part: 四、 （四） 第四部分.
_PART = re.compile(r"[\s（()）、.．]|^第|部分$")


def documents(job: Job) -> Iterator[Prepared]:
    """The list; none where no task was found."""
    notice = job.notice()
    section = job.options.section

    def made() -> OfficialDocument:
        return task_list(
            task_rows(job.target, notice, job.unit or None, section),
            source=plain(notice.title or notice.name),
            number=notice.document_number or "",
            year=notice.year,
            unit=job.unit,
            section=_PART.sub("", section or ""),
            frame=job.frame,
            templates=job.templates,
        )

    if task_rows(job.target, notice, job.unit or None, section):
        yield Prepared(f"任务清单{'-' if job.unit else ''}{job.unit}", made(), made)


def task_rows(
    target: str, notice: NoticeRow, unit: str | None = None, section: str | None = None
) -> tuple[TaskRow, ...]:
    """The notice's tasks as the registry has them, in the notice's order; those of one unit or of one part.

    ``section`` is the number of a part of the notice as it stands there, 四.
    """
    record = record_of(target, notice.id)
    text = text_of(target, notice.id)
    paths = None
    if unit is not None:
        duties = tasks_of_unit(target, unit, directory(), notice=str(notice.id))
        paths = {(duty.number, tuple(duty.path)) for duty in duties}
    rows: list[TaskRow] = []
    for task in record["tasks"]:
        if paths is not None and (task["number"], tuple(task["path"])) not in paths:
            continue
        heading = task["path"][0] if len(task["path"]) > 1 else ""
        if section is not None and _PART.sub("", heading) != _PART.sub("", section):
            continue
        start, end = task["text_span"]
        rows.append(
            TaskRow(
                number=str(task["number"] or len(rows) + 1),
                section=heading,
                task=plain(text[start:end].strip()),
                leads=_names(task["parties"], lead=True),
                others=_names(task["parties"], lead=False),
                deadlines=_deadlines(task),
            )
        )
    return tuple(rows)


def plain(text: str) -> str:
    """Words without the hard line breaks and look-alike radicals of the file they came from."""
    return plain_radicals("".join(text.splitlines()))


def _names(parties: list[dict[str, Any]], *, lead: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(p["text"]) for p in parties if (p["role"] == "lead") is lead))


def _deadlines(task: dict[str, Any]) -> tuple[str, ...]:
    holders = (task, *task["targets"], *task["measures"])
    return tuple(dict.fromkeys(plain(d["text"]) for holder in holders for d in holder["deadlines"]))
