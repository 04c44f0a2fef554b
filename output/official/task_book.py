"""任务书: what one unit has to reach, how, by when and with whom, a form for each task, to be signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ...model.party import Role
from ..checklist import Checklist, ChecklistRow, bracketed, totals
from ..sources import own, shipped
from ..wording import Value, Wording
from .agreements import Agreement, Parts, Said, Same, Tables
from .document import Attachment, OfficialDocument, Table
from .duties import ListWords, role_words
from .tasks import SAID_TOTAL, Frame, framed

WORDING_FILE = "official/task_book.j2"
_LIST = frozenset(("unit", "year", "total", "lead", "responsible", "cooperating", "via"))
_LABELS = (
    *("task", "role", "deadlines", "targets", "measures", "lead", "responsible", "cooperating"),
    *("standard", "office", "person"),
)
_SIGNS = ("head", "unit", "office", "head_of_unit", "head_of_office", "date", "day")
BLOCKS = MappingProxyType(
    {
        "file_name": frozenset(("unit", "year")),
        **dict.fromkeys(("title", "opening", "book"), _LIST | {"section", "source", "number"}),
        "task_head": frozenset(("seq", "number", "path")),
        **{f"label_{name}": frozenset[str]() for name in _LABELS},
        **{f"sign_{name}": frozenset[str]() for name in _SIGNS},
        **dict.fromkeys(("dated_items", "none"), frozenset[str]()),
    }
)
#: Label, value, label, value.
_SHARES = (24.0, 54.0, 24.0, 54.0)
_LABEL_COLUMNS = (0, 2)
#: Room for a seal or a signature: blank lines.
_ROOM = "\n\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the unit has laid down for a task; blank where nothing was entered."""

    standard: str = ""
    office: str = ""
    person: str = ""


class BookWords:
    """The wording of task books, read once; ``templates`` is a folder with an office's own files."""

    def __init__(self, templates: Path | None = None) -> None:
        """Read and check the templates; raises :class:`~duban.model.errors.TemplateError`."""
        self.lists = ListWords(templates)
        self.words = Wording(shipped(WORDING_FILE), own(templates, WORDING_FILE), BLOCKS)

    def file_name(self, checklist: Checklist) -> str:
        """What the wording calls the file of a unit; not yet made safe."""
        return self.words.say("file_name", unit=checklist.unit, year=checklist.year)


def task_book(
    checklist: Checklist,
    plans: Sequence[Plan],
    words: BookWords,
    frame: Frame,
    *,
    section: str = "",
    source: str = "",
    number: str = "",
) -> OfficialDocument:
    """The task book of a unit with the notice that sends it out; ``plans`` has one for each row."""
    say = words.words.say
    about: dict[str, Value] = {"unit": checklist.unit, "year": checklist.year, "section": section}
    about |= totals(checklist)._asdict() | {"source": bracketed(source), "number": number}
    blocks: list[str | Table] = []
    above = ""
    for row, plan in zip(checklist.rows, plans, strict=True):
        if row.section and row.section != above:
            blocks.append(row.section)
        above = row.section
        blocks.append(_form(checklist.unit, row, plan, words))
    blocks.append(_signatures(words.words))
    return framed(
        frame,
        title=say("title", **about),
        text=say("opening", **about),
        addressees=(checklist.unit,),
        attachments=(Attachment(say("book", **about), tuple(blocks)),),
        agreements=_agreements(words, (bracketed(source), *(row.section for row in checklist.rows))),
    )


def _agreements(words: BookWords, quoted: tuple[str, ...]) -> tuple[Agreement, ...]:
    """The total and the forms; the counts by role sum to the total."""
    head = words.words.say("task_head", seq=1, number=1, path="").partition("1")[0]
    either = "|".join(re.escape(words.lists.words.say(f"role_{role}")) for role in Role)
    return (
        Same("任务数", (Said(SAID_TOTAL, quoted=quoted), Tables(rf"{re.escape(head)}\d"))),
        Parts("任务数", SAID_TOTAL, rf"(?:{either})(\d+)项", quoted),
    )


def _form(unit: str, row: ChecklistRow, plan: Plan, words: BookWords) -> Table:
    say = words.words.say
    none = say("none")
    label = {name: say(f"label_{name}") for name in _LABELS}
    deadlines = "、".join(row.deadlines) or (say("dated_items") if row.dated_items else none)
    by_role = {role: "、".join(_names(unit, row, role)) for role in Role}
    rows: list[tuple[str, ...]] = [
        (label["task"], row.task),
        (label["role"], role_words(row, words.lists.words), label["deadlines"], deadlines),
    ]
    for name, texts in (("targets", row.targets), ("measures", row.measures)):
        if texts:
            rows.append((label[name], "\n".join(texts)))
    if by_role[Role.LEAD] or by_role[Role.COOPERATING]:
        leads, helpers = by_role[Role.LEAD] or none, by_role[Role.COOPERATING] or none
        rows.append((label["lead"], leads, label["cooperating"], helpers))
    if by_role[Role.RESPONSIBLE]:
        rows.append((label["responsible"], by_role[Role.RESPONSIBLE]))
    rows += [
        (label["standard"], plan.standard),
        (label["office"], plan.office, label["person"], plan.person),
    ]
    head = say("task_head", seq=row.seq, number=row.number, path=row.source)
    return Table((head,), tuple(rows), _SHARES, centred=(), labels=_LABEL_COLUMNS)


def _names(unit: str, row: ChecklistRow, role: Role) -> Iterator[str]:
    """Who has this role in the task: the unit itself, or the group through which it answers, comes first."""
    if row.role is role:
        yield unit if row.via is None else row.via
    yield from dict.fromkeys(name for of, name in row.partners if of == role)


def _signatures(words: Wording) -> Table:
    say = words.say
    return Table(
        (say("sign_head"),),
        (
            (say("sign_unit"), _ROOM, say("sign_office"), _ROOM),
            (say("sign_head_of_unit"), _ROOM, say("sign_head_of_office"), _ROOM),
            (say("sign_date"), say("sign_day"), say("sign_date"), say("sign_day")),
        ),
        _SHARES,
        centred=(1, 3),
        labels=_LABEL_COLUMNS,
    )
