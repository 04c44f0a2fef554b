"""责任清单 of units: each unit's tasks as a table, covered by a notice or on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from ...model.errors import TemplateError
from ...model.party import Role
from ..checklist import Checklist, ChecklistRow, NoticeLabel, Partner, bracketed, notices, totals
from ..sources import own, shipped
from ..wording import Value, Wording
from .agreements import Agreement, Parts, Rows, Said, Same
from .document import Attachment, OfficialDocument, Table, day_text
from .tasks import DUTIES_FILE, DUTY_BLOCKS, SAID_TOTAL, Frame, framed

WORDING_FILE = "checklist.j2"
#: Lists had a layout of their own in this file.
_FORMER_LAYOUT = "checklist.toml"

#: All columns in order, left to right.
COLUMNS = ("seq", "task", "role", "targets", "measures", "deadlines", "partners", "source")
#: Columns left out when no row of the list has anything in them.
OPTIONAL = ("targets", "measures", "deadlines", "partners")
#: Columns whose few words stand in the middle of the cell.
CENTRED = ("seq", "role", "deadlines", "source")

_LIST = frozenset(("unit", "year", "total", "lead", "responsible", "cooperating", "via"))
#: Every block of a list's wording.
BLOCKS = MappingProxyType(
    {
        "file_name": frozenset(("unit", "year")),
        **dict.fromkeys(("title", "summary", "closing", "empty"), _LIST),
        "notice": frozenset(("mark", "many", "notice", "document_number")),
        "made_on": frozenset(("date",)),
        **dict.fromkeys(("via", "possible"), frozenset(("group",))),
        **dict.fromkeys(("inherited", "none", "dated_items"), frozenset[str]()),
        "history": frozenset(("badge",)),
        "partners": frozenset(("role", "names")),
        "section": frozenset(("mark", "many", "section")),
        "source": frozenset(("mark", "many", "number", "path")),
        **{f"role_{name}": frozenset[str]() for name in ("lead", "responsible", "cooperating")},
        **{f"head_{name}": frozenset[str]() for name in COLUMNS},
    }
)


class ListWords:
    """The wording of lists, read once; ``templates`` is a folder with an office's own files."""

    def __init__(self, templates: str | PathLike[str] | None = None) -> None:
        """Read and check the templates; raises :class:`~duban.model.errors.TemplateError`."""
        folder = None if templates is None else Path(templates)
        if folder is not None and own(folder, _FORMER_LAYOUT) is not None:
            raise TemplateError(
                f"清单的版式已并入公文版式，不再读 {_FORMER_LAYOUT}",
                place=str(folder / _FORMER_LAYOUT),
                remedy="把要改的项写进 official.toml（见 docs/documents.md），删去这个文件",
            )
        self.words = Wording(shipped(WORDING_FILE), own(folder, WORDING_FILE), BLOCKS)
        self.cover = Wording(shipped(DUTIES_FILE), own(folder, DUTIES_FILE), DUTY_BLOCKS)

    def file_name(self, checklist: Checklist) -> str:
        """What the wording calls the file of a list; not yet made safe."""
        return self.words.say("file_name", unit=checklist.unit, year=checklist.year)


def bare_lists(checklists: Sequence[Checklist], words: ListWords) -> OfficialDocument:
    """The lists on their own, each beginning on a new page."""
    sheets = tuple(_sheet(one, words.words) for one in checklists)
    return OfficialDocument(title=sheets[0].title if sheets else "", attachments=sheets, bare=True)


def covered_list(
    checklist: Checklist,
    words: ListWords,
    frame: Frame,
    *,
    section: str = "",
    source: str = "",
    number: str = "",
) -> OfficialDocument:
    """The list of a unit with the notice that sends it out; to the unit, where no addressee is given."""
    about = _values(checklist) | {"section": section, "source": bracketed(source), "number": number}
    return framed(
        frame,
        title=words.cover.say("title", **about),
        text=words.cover.say("opening", **about),
        addressees=(checklist.unit,),
        attachments=(_sheet(checklist, words.words),),
        agreements=_agreements(checklist, words.words, (bracketed(source),)),
    )


def _agreements(checklist: Checklist, words: Wording, source: tuple[str, ...]) -> tuple[Agreement, ...]:
    """The total and the counts by role, as the cover, the list's head and its rows have them."""
    quoted = (*source, *(bracketed(label.title) for label in notices(checklist.rows)))
    at = columns_of(checklist.rows).index("role")
    roles = {role: words.say(f"role_{role}") for role in Role}
    counts = (
        Same(
            f"{word}任务数",
            (Said(rf"{re.escape(word)}(\d+)项", quoted=quoted), Rows(0, at, re.escape(word))),
        )
        for word in roles.values()
    )
    either = "|".join(map(re.escape, roles.values()))
    return (
        Same("任务数", (Said(SAID_TOTAL, quoted=quoted), Rows())),
        Parts("任务数", SAID_TOTAL, rf"(?:{either})(\d+)项", quoted),
        *counts,
    )


def _sheet(checklist: Checklist, words: Wording) -> Attachment:
    table = list_table(checklist, words)
    blocks: list[str | Table] = [*_notes(checklist, words)]
    if checklist.rows:
        blocks.append(table)
    else:
        blocks.append(words.say("empty", **_values(checklist)))
    if closing := words.say("closing", **_values(checklist)):
        blocks += closing.splitlines()
    lying = any(getattr(row, name) for row in checklist.rows for name in ("targets", "measures"))
    title = checklist.title if checklist.title is not None else words.say("title", **_values(checklist))
    return Attachment(title, tuple(blocks), landscape=lying)


def _notes(checklist: Checklist, words: Wording) -> Iterator[str]:
    """The lines between title and table."""
    yield words.say("summary", **_values(checklist))
    labels = notices(checklist.rows)
    for position, label in enumerate(labels):
        yield words.say(
            "notice",
            mark=mark_of(position),
            many=len(labels) > 1,
            notice=bracketed(label.title),
            document_number=label.document_number,
        )
    if checklist.made_on is not None:
        yield words.say("made_on", date=day_text(checklist.made_on))


def list_table(checklist: Checklist, words: Wording) -> Table:
    """The rows of a list in order, put into words, with the headings of the notice's parts above them."""
    rows = checklist.rows
    columns = columns_of(rows)
    labels = notices(rows)
    many = len(labels) > 1
    marks = {label: mark_of(position) for position, label in enumerate(labels)}
    shared: dict[tuple[Partner, ...], str] = {}
    above: tuple[str, str] | None = None
    made: list[tuple[str, ...]] = []
    for row in rows:
        mark = marks[NoticeLabel(row.notice, row.document_number)]
        if (mark, row.section) != above:
            above = (mark, row.section)
            if row.section:
                made.append((words.say("section", mark=mark, many=many, section=row.section),))
        partners = shared.get(row.partners)
        if partners is None:
            partners = shared[row.partners] = _partners(row, words)
        cells = {
            "seq": str(row.seq),
            "task": row.task,
            "role": role_words(row, words),
            "targets": "\n".join(row.targets),
            "measures": "\n".join(row.measures),
            "deadlines": _deadlines(row, words),
            "partners": partners,
            "source": words.say("source", mark=mark, many=many, number=row.number, path=row.source),
        }
        made.append(tuple([cells[name] or words.say("none") for name in columns]))
    return Table(
        tuple(words.say(f"head_{name}") for name in columns),
        tuple(made),
        centred=tuple(at for at, name in enumerate(columns) if name in CENTRED),
    )


def columns_of(rows: Sequence[ChecklistRow]) -> tuple[str, ...]:
    """The columns that these rows need; all of them when there are no rows."""
    used = {name for name in OPTIONAL if any(getattr(row, name) for row in rows)}
    if any(row.dated_items for row in rows):
        used.add("deadlines")
    return tuple(name for name in COLUMNS if name not in OPTIONAL or name in used or not rows)


def mark_of(position: int) -> str:
    """Mark of the notice at a position (from 0) when a list draws on several: 一, 二, … 十, 11."""
    return "一二三四五六七八九十"[position] if position < 10 else str(position + 1)


def _deadlines(row: ChecklistRow, words: Wording) -> str:
    if row.deadlines:
        return "、".join(dict.fromkeys(row.deadlines))
    return words.say("dated_items") if row.dated_items else ""


def role_words(row: ChecklistRow, words: Wording) -> str:
    """What the unit is for a task, and how it comes to it: a line each."""
    lines = [words.say(f"role_{row.role}")]
    if row.via is not None:
        lines.append(words.say("via", group=row.via))
    if row.possible:
        lines.append(words.say("possible", group=row.via))
    if row.history is not None:
        lines.append(words.say("history", badge=row.history))
    if row.inherited:
        lines.append(words.say("inherited"))
    return "\n".join(lines)


def _partners(row: ChecklistRow, words: Wording) -> str:
    """One paragraph for each role that occurs, leads first."""
    lines = []
    for role in Role:
        names = dict.fromkeys(name for of, name in row.partners if of == role)
        if names:
            lines.append(words.say("partners", role=words.say(f"role_{role}"), names="、".join(names)))
    return "\n".join(lines)


def _values(checklist: Checklist) -> dict[str, Value]:
    """The variables of the blocks that speak of a list as a whole."""
    return {"unit": checklist.unit, "year": checklist.year} | totals(checklist)._asdict()
