"""任务清单 and the whole 责任清单: the tasks of a notice as an official document, whole or of one part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ..checklist import bracketed
from ..sources import own, shipped
from ..wording import Value, Wording
from .agreements import Agreement, Rows, Said, Same
from .document import Attachment, Head, Imprint, OfficialDocument, Signature, Table

WORDING_FILE = "official/tasks.j2"
DUTIES_FILE = "official/duties.j2"
_ABOUT = frozenset(("unit", "section", "year", "total", "source", "number"))
_ROLES = frozenset(("lead", "responsible", "cooperating", "via"))
#: All columns, left to right; 任务清单 leaves out what is to be reached and how.
DUTY_COLUMNS = (
    "number", "task", "targets", "measures", "lead", "responsible", "cooperating", "deadlines",
)  # fmt: skip
COLUMNS = tuple(name for name in DUTY_COLUMNS if name not in ("targets", "measures"))
#: Columns that stand there even where they are empty.
_ALWAYS = ("number", "task", "responsible")
BLOCKS = MappingProxyType(
    dict.fromkeys(("title", "opening", "attachment"), _ABOUT)
    | {f"head_{name}": frozenset[str]() for name in COLUMNS}
    | {"none": frozenset[str]()}
)
DUTY_BLOCKS = MappingProxyType(
    dict.fromkeys(("title", "opening", "attachment"), _ABOUT | _ROLES)
    | {f"head_{name}": frozenset[str]() for name in DUTY_COLUMNS}
    | dict.fromkeys(("none", "dated_items"), frozenset[str]())
)
#: 共83项, wherever it is said.
SAID_TOTAL = r"共(\d+)项"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as the registry has it; names and deadlines in the notice's own words."""

    number: str
    #: Heading of the part that holds the task, marker included.
    section: str
    task: str
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    #: The task's own.
    deadlines: tuple[str, ...]
    cooperating: tuple[str, ...] = ()
    #: Targets and measures as they stand in the notice: marker, words, and the clause that names who does it.
    targets: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    #: The deadline of the target or measure that is due last; empty where none has one.
    last_of_items: str = ""

    def cells(self) -> dict[str, str]:
        """The row's texts by column; targets and measures a line each."""
        return {
            "number": self.number,
            "task": self.task,
            "targets": "\n".join(self.targets),
            "measures": "\n".join(self.measures),
            "lead": "、".join(self.leads),
            "responsible": "、".join(self.responsible),
            "cooperating": "、".join(self.cooperating),
            "deadlines": "、".join(self.deadlines),
        }


@dataclass(frozen=True, slots=True)
class Frame:
    """What the office adds: head, addressees, signature, imprint. All may be left out."""

    head: Head | None = None
    addressees: tuple[str, ...] = ()
    signature: Signature | None = None
    imprint: Imprint | None = None
    note: str = ""


def framed(
    frame: Frame,
    *,
    title: str,
    text: str,
    addressees: tuple[str, ...] = (),
    attachments: tuple[Attachment, ...] = (),
    agreements: tuple[Agreement, ...] = (),
) -> OfficialDocument:
    """A document in its frame; each line of ``text`` is a paragraph, ``addressees`` are those of default."""
    return OfficialDocument(
        title=title,
        text=tuple(text.splitlines()),
        addressees=frame.addressees or addressees,
        head=frame.head,
        signature=frame.signature,
        note=frame.note,
        attachments=attachments,
        imprint=frame.imprint,
        agreements=agreements,
    )


def task_list(
    rows: Sequence[TaskRow],
    *,
    source: str,
    number: str = "",
    year: int | None = None,
    unit: str = "",
    section: str = "",
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """任务清单; ``source`` and ``number`` are the notice's title and 文号.

    ``unit`` and ``section`` say what the rows are of, where they are not the whole. Where a task has no
    deadline of its own, that of its target or measure due last stands there.

    Raises :class:`~duban.model.errors.TemplateError`.
    """
    words = Wording(shipped(WORDING_FILE), own(templates, WORDING_FILE), BLOCKS)
    about: dict[str, Value] = {"unit": unit, "section": section, "year": year, "total": len(rows)}
    about |= {"source": bracketed(source), "number": number}
    table = _table(rows, words, COLUMNS, {id(row): row.last_of_items for row in rows})
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text=words.say("opening", **about),
        attachments=(Attachment(words.say("attachment", **about), (table,)),),
        agreements=(Same("任务数", (Said(SAID_TOTAL, quoted=(bracketed(source),)), Rows())),),
    )


def duty_list(
    rows: Sequence[TaskRow],
    *,
    source: str,
    number: str = "",
    year: int | None = None,
    section: str = "",
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """The whole 责任清单: every task with its targets, measures and units by role; lying where it has those.

    Raises :class:`~duban.model.errors.TemplateError`.
    """
    words = Wording(shipped(DUTIES_FILE), own(templates, DUTIES_FILE), DUTY_BLOCKS)
    about: dict[str, Value] = {"unit": "", "section": section, "year": year, "total": len(rows)}
    about |= {"source": bracketed(source), "number": number} | dict.fromkeys(_ROLES, 0)
    dated = words.say("dated_items")
    table = _table(rows, words, DUTY_COLUMNS, {id(row): dated for row in rows if row.last_of_items})
    lying = any(row.targets or row.measures for row in rows)
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text=words.say("opening", **about),
        attachments=(Attachment(words.say("attachment", **about), (table,), landscape=lying),),
        agreements=(Same("任务数", (Said(SAID_TOTAL, quoted=(bracketed(source),)), Rows())),),
    )


def _table(
    rows: Sequence[TaskRow], words: Wording, columns: Sequence[str], undated: Mapping[int, str]
) -> Table:
    """The rows under the headings of their parts; columns that nothing stands in are left out.

    ``undated`` says by the row's id what to put where it has no deadline of its own.
    """
    cells = []
    for row in rows:
        texts = row.cells()
        texts["deadlines"] = texts["deadlines"] or undated.get(id(row), "")
        cells.append(texts)
    shown = [name for name in columns if name in _ALWAYS or any(texts[name] for texts in cells)]
    none = words.say("none")
    made: list[tuple[str, ...]] = []
    above = ""
    for row, texts in zip(rows, cells, strict=True):
        if row.section and row.section != above:
            made.append((row.section,))
        above = row.section
        made.append(tuple([texts[name] or none for name in shown]))
    centred = tuple(at for at, name in enumerate(shown) if name in ("number", "deadlines"))
    return Table(tuple(words.say(f"head_{name}") for name in shown), tuple(made), centred=centred)
