"""Cells: a list's rows as the paragraphs that stand in each column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model.party import Role
from .checklist import Checklist, ChecklistRow, NoticeLabel, Partner, notices
from .wording import Wording

#: All columns in order, left to right.
COLUMNS = ("seq", "task", "role", "targets", "measures", "deadlines", "partners", "source")
#: Columns left out when no row of the list has anything in them: the notice knows no such part.
OPTIONAL = ("targets", "measures")
#: Columns that share the width which the others leave, by the amount of text in them.
FLEXIBLE = ("task", "targets", "measures", "partners")

Cell = tuple[str, ...]


class Cells(NamedTuple):
    """One table row: paragraphs by column name; ``section`` is the new heading above it, if any."""

    cells: Mapping[str, Cell]
    section: str


def columns_of(rows: Sequence[ChecklistRow]) -> tuple[str, ...]:
    """The columns that these rows need; all of them when there are no rows."""
    used = {name for name in OPTIONAL if any(getattr(row, name) for row in rows)}
    return tuple(name for name in COLUMNS if name not in OPTIONAL or name in used or not rows)


def cells_of(checklist: Checklist, wording: Wording) -> Iterator[Cells]:
    """The rows of a list in order, put into words."""
    labels = notices(checklist.rows)
    many = len(labels) > 1
    marks = {label: mark_of(position) for position, label in enumerate(labels)}
    none = (wording.say("none"),)
    shared: dict[tuple[Partner, ...], Cell] = {}
    above: tuple[str, str] | None = None
    for row in checklist.rows:
        mark = marks[NoticeLabel(row.notice, row.document_number)]
        section = ""
        if (mark, row.section) != above:
            above = (mark, row.section)
            if row.section:
                section = wording.say("section", mark=mark, many=many, section=row.section)
        partners = shared.get(row.partners)
        if partners is None:
            partners = shared[row.partners] = _partners(row, wording) or none
        yield Cells(
            {
                "seq": (str(row.seq),),
                "task": (row.task,),
                "role": _role(row, wording),
                "targets": row.targets or none,
                "measures": row.measures or none,
                "deadlines": ("、".join(dict.fromkeys(row.deadlines)),) if row.deadlines else none,
                "partners": partners,
                "source": (wording.say("source", mark=mark, many=many, number=row.number, path=row.source),),
            },
            section,
        )


def mark_of(position: int) -> str:
    """Mark of the notice at a position (from 0) when a list draws on several: 一, 二, … 十, 11."""
    return "一二三四五六七八九十"[position] if position < 10 else str(position + 1)


def _role(row: ChecklistRow, wording: Wording) -> Cell:
    lines = [wording.say(f"role_{row.role}")]
    if row.via is not None:
        lines.append(wording.say("via", group=row.via))
    if row.possible:
        lines.append(wording.say("possible", group=row.via))
    if row.history is not None:
        lines.append(wording.say("history", badge=row.history))
    if row.inherited:
        lines.append(wording.say("inherited"))
    return tuple(lines)


def _partners(row: ChecklistRow, wording: Wording) -> Cell:
    """One paragraph for each role that occurs, leads first."""
    lines = []
    for role in Role:
        names = dict.fromkeys(name for of, name in row.partners if of == role)
        if names:
            lines.append(wording.say("partners", role=wording.say(f"role_{role}"), names="、".join(names)))
    return tuple(lines)
