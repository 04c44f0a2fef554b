"""The tasks of a notice as the registry has them, ready for the tables of official documents."""

from __future__ import annotations

from typing import Any

from ...model.progress.tracked import part_number
from ...model.registry import NoticeRow, record_of, tasks_of_unit, text_of
from ...output.official.tasks import TaskRow
from ...output.points import printed
from ..corpus import directory


def task_rows(
    target: str, notice: NoticeRow, unit: str | None = None, section: str | None = None
) -> tuple[TaskRow, ...]:
    """The notice's tasks in its order; those of one unit or of one part.

    ``section`` is the number of a part of the notice as it stands there, 四.
    """
    record = record_of(target, notice.id)
    text = text_of(target, notice.id)
    paths = None
    if unit is not None:
        duties = tasks_of_unit(target, unit, directory(), notice=str(notice.id))
        paths = {(duty.number, tuple(duty.path)) for duty in duties}
    titles = {tuple(one["path"]): printed(f"{one['marker']}{one['title']}") for one in record["sections"]}
    rows: list[TaskRow] = []
    for task in record["tasks"]:
        path = tuple(task["path"])
        if paths is not None and (task["number"], path) not in paths:
            continue
        if section is not None and (len(path) < 2 or part_number(path[0]) != part_number(section)):
            continue
        start, end = task["text_span"]
        rows.append(
            TaskRow(
                number=str(task["number"] or len(rows) + 1),
                section=titles.get(path[:-1], "") or (printed(path[0]) if len(path) > 1 else ""),
                task=printed(text[start:end].strip()),
                leads=_names(task, "lead"),
                responsible=_names(task, "responsible"),
                cooperating=_names(task, "cooperating"),
                deadlines=tuple(dict.fromkeys(printed(d["text"]) for d in task["deadlines"])),
                targets=_quoted(text, task["targets"]),
                measures=_quoted(text, task["measures"]),
                last_of_items=_last(task),
            )
        )
    return tuple(rows)


def _names(task: dict[str, Any], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(printed(p["text"]) for p in task["parties"] if p["role"] == role))


def _quoted(text: str, items: list[dict[str, Any]]) -> tuple[str, ...]:
    """Targets or measures as the notice has them, marker and clause included."""
    return tuple(printed(text[item["span"][0] : item["span"][1]].strip()) for item in items)


def _last(task: dict[str, Any]) -> str:
    """The words of the deadline of a target or measure that comes last; of those without a day the first."""
    found = [d for item in (*task["targets"], *task["measures"]) for d in item["deadlines"]]
    if not found:
        return ""
    last = max(found, key=lambda deadline: deadline["due"] or "")
    return printed(last["text"])
