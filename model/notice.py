"""Source and Notice: the file as it came, and everything that was read from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .diagnostic import Diagnostic, Severity
from .party import Party
from .place import Piece
from .scoring import Scoring
from .span import Span
from .task import Item, Section, Task

SCHEMA = "duban.notice/1"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, never normalised, and what is needed to give its bytes back.

    ``name`` is a label for people, never a path to open.
    """

    name: str
    #: ``txt`` for plain text, else the reader's format: ``docx``, ``pdf`` …
    format: str
    #: Hex SHA-256 of the file's bytes.
    sha256: str
    #: Python codec name; for a text file, ``rebuild`` encodes with it.
    encoding: str
    text: str = field(repr=False)
    #: Byte-order mark that preceded the text, not part of ``text``.
    bom: bytes = b""
    #: ``(character index, original bytes)`` for characters whose bytes the codec writes differently.
    irregular: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
    #: Where the text stands in a file that is no plain text, see :class:`Piece`; empty for plain text.
    pieces: tuple[Piece, ...] = field(default=(), repr=False)
    #: Places in the text of empty cells that a merged cell above spans, in order; not in the record, whose
    #: tasks tell what follows.
    spanned: tuple[int, ...] = field(default=(), repr=False, compare=False)
    #: The file's bytes, kept where the text alone does not give them back; never in the record.
    raw: bytes = field(default=b"", repr=False, compare=False)

    @property
    def characters(self) -> int:
        """Length of the text in code points."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A unit of the list of assessed units that some notices append (附件: …名单)."""

    text: str
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """A unit that the prose of a task works with (会同省财政厅印发…). Perhaps a cooperating one: a person
    decides; it is no party."""

    #: Path of the task.
    path: tuple[str, ...]
    text: str
    span: Span
    #: The word that joins it: 会同, 联合, 配合.
    word: str
    #: Identifier in a unit directory; None where none knows the name.
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One of several notices that a file holds: its stretch of the text, and its own front matter."""

    span: Span
    title: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    #: ISO date.
    issued_on: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A parsed notice. ``source`` carries the text that every span counts in."""

    source: Source
    title: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    #: ISO date.
    issued_on: str | None = None
    year: int | None = None
    addressees: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    roster: tuple[RosterEntry, ...] = ()
    #: The notices of a file that holds several, the first included; empty where it holds one.
    documents: tuple[Document, ...] = ()
    unparsed: tuple[Span, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    #: None where the notice says nothing about scoring.
    scoring: Scoring | None = None

    @property
    def needs_person(self) -> bool:
        """Whether an error-level diagnostic asks for a person's decision (exit status 1)."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    def parties(self) -> tuple[Party, ...]:
        """Every quoted party mention of the tasks and items, in reading order."""
        holders: list[Task | Item] = []
        for task in self.tasks:
            holders += (task, *task.targets, *task.measures)
        mentions = [party for holder in holders for clause in holder.assignments for party in clause.parties]
        return tuple(sorted(mentions, key=lambda party: party.span))
