"""任务清单: the tasks of a notice as an official document, whole or of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ..checklist import bracketed
from ..sources import own, shipped
from ..wording import Wording
from .document import Attachment, Head, Imprint, OfficialDocument, Signature, Table

WORDING_FILE = "official/tasks.j2"
_ABOUT = frozenset(("unit", "section", "year", "total", "source", "number"))
COLUMNS = ("number", "task", "lead", "others", "deadlines")
BLOCKS = MappingProxyType(
    dict.fromkeys(("title", "opening", "attachment"), _ABOUT)
    | {f"head_{name}": frozenset[str]() for name in COLUMNS}
)
#: Column widths as shares of the type area.
_SHARES = (7.0, 62.0, 18.0, 33.0, 16.0)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as the registry has it; names and deadlines in the notice's own words."""

    number: str
    section: str
    task: str
    leads: tuple[str, ...]
    others: tuple[str, ...]
    deadlines: tuple[str, ...]

    def cells(self) -> tuple[str, ...]:
        """The row's texts, left to right."""
        return (
            self.number,
            self.task,
            "、".join(self.leads),
            "、".join(self.others),
            "、".join(self.deadlines),
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What the office adds: head, addressees, signature, imprint. All may be left out."""

    head: Head | None = None
    addressees: tuple[str, ...] = ()
    signature: Signature | None = None
    imprint: Imprint | None = None
    note: str = ""


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
    """The document; ``source`` and ``number`` are the notice's title and 文号.

    ``unit`` and ``section`` say what the rows are of, where they are not the whole.

    Raises :class:`~duban.model.errors.TemplateError`.
    """
    frame = frame or Frame()
    words = Wording(shipped(WORDING_FILE), own(templates, WORDING_FILE), BLOCKS)
    about = {
        "unit": unit,
        "section": section,
        "year": year,
        "total": len(rows),
        "source": bracketed(source),
        "number": number,
    }
    table = Table(
        tuple(words.say(f"head_{name}") for name in COLUMNS), tuple(row.cells() for row in rows), _SHARES
    )
    return OfficialDocument(
        title=words.say("title", **about),
        text=tuple(words.say("opening", **about).splitlines()),
        addressees=frame.addressees,
        head=frame.head,
        signature=frame.signature,
        note=frame.note,
        attachments=(Attachment(words.say("attachment", **about), (table,)),),
        imprint=frame.imprint,
    )
