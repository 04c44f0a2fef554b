"""Rows: what the tables hold of a notice, as plain dicts keyed by column."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..folding import fold_name
from ..notice import Notice
from ..party import Party
from ..span import Evidence
from ..task import Deadline, Item, Section, Task
from .bigrams import search_key

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Holder:
    """A task's or an item's own row, and the rows that hang on it."""

    row: Row
    parties: list[Row]
    deadlines: list[Row]
    items: list[Holder] = field(default_factory=list)


def task_rows(notice: Notice) -> Iterator[Holder]:
    """The notice's tasks in order, each with its items; ids of versions, tasks and items are left to the
    store."""
    section_of = _sections(notice.sections)
    for ordinal, task in enumerate(notice.tasks):
        yield _task(notice.source.text, task, ordinal, section_of(task))


def label_key(notice: Notice) -> str:
    """What a person may name a notice by, folded: number, title, file name, issuer, one a line."""
    parts = (notice.document_number, notice.title, notice.source.name, notice.issuer)
    return "\n".join(fold_name(part or "") for part in parts)


def _sections(sections: tuple[Section, ...]) -> Any:
    """A function from a task to the section it stands under: the nearest before it whose path begins its
    own."""
    starts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    found: defaultdict[tuple[str, ...], list[Section]] = defaultdict(list)
    for section in sorted(sections, key=lambda section: section.span):
        starts[section.path].append(section.span.start)
        found[section.path].append(section)

    def section_of(task: Task) -> Section | None:
        for length in range(len(task.path), 0, -1):
            path = task.path[:length]
            at = bisect_right(starts[path], task.span.start) if path in starts else 0
            if at:
                return found[path][at - 1]
        return None

    return section_of


def _task(text: str, task: Task, ordinal: int, section: Section | None) -> Holder:
    body = task.span.of(text)
    items = [
        _item(text, kind, place, item)
        for kind, group in (("target", task.targets), ("measure", task.measures))
        for place, item in enumerate(group)
    ]
    deadlines = [_deadline(deadline) for deadline in task.deadlines]
    if section and not deadlines and not any(item.deadlines for item in items):
        deadlines = [_deadline(d, Evidence.INHERITED) for d in section.deadlines]
    row: Row = {
        "ordinal": ordinal,
        "number": task.number,
        "marker": task.marker,
        "path": json.dumps(task.path, ensure_ascii=False),
        "section": section.title if section else None,
        "span_start": task.span.start,
        "span_end": task.span.end,
        "text_start": task.text_span.start,
        "text_end": task.text_span.end,
        "body": body,
        "body_key": search_key(body),
        "statement_key": search_key(task.text_span.of(text)),
    }
    return Holder(row, [_party(party) for party in task.parties], deadlines, items)


def _item(text: str, kind: str, ordinal: int, item: Item) -> Holder:
    row: Row = {
        "kind": kind,
        "ordinal": ordinal,
        "marker": item.marker,
        "evidence": item.evidence.value,
        "span_start": item.span.start,
        "span_end": item.span.end,
        "text": item.text_span.of(text),
    }
    return Holder(row, [_party(p) for p in item.parties], [_deadline(d) for d in item.deadlines])


def _party(party: Party) -> Row:
    return {
        "text": party.text,
        "folded": fold_name(party.text),
        "unit": party.unit,
        "role": party.role.value,
        "kind": party.kind.value,
        "evidence": party.evidence.value,
        "span_start": party.span.start,
        "span_end": party.span.end,
    }


def _deadline(deadline: Deadline, evidence: Evidence | None = None) -> Row:
    return {
        "text": deadline.text,
        "start_on": deadline.start,
        "due_on": deadline.due,
        "recurrence": deadline.recurrence,
        "evidence": (evidence or deadline.evidence).value,
        "span_start": deadline.span.start,
        "span_end": deadline.span.end,
    }
