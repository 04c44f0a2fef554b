"""Section, Task, Item and what their sentences say: quantities and deadlines."""

from __future__ import annotations

from dataclasses import dataclass

from .party import Assignment, Party
from .span import Evidence, Span


@dataclass(frozen=True, slots=True)
class Share:
    """A party's part of an allocated quantity (其中,沈阳4.7万亩): the party as written, a decimal string."""

    span: Span
    party: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A target that can be measured. Values are decimal strings as written, never floats."""

    span: Span
    metric: str
    #: One of ``>= <= = > < ~ range``.
    comparator: str
    value: str
    upper: str | None = None
    unit: str = ""
    baseline: str | None = None
    #: ``up``, ``down``, ``hold`` or None.
    direction: str | None = None
    #: Who has which part of it, where the text allocates it.
    shares: tuple[Share, ...] = ()
    #: The words only strive for it (力争, 争取): not a promise.
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point or stretch of time by which something is due.

    ``start`` and ``due`` are ISO dates, both inclusive; ``due`` is None for 持续推进 and for what recurs.
    A year that is not written is the notice's (``evidence`` derived), never the clock's.
    """

    span: Span
    text: str
    start: str | None = None
    due: str | None = None
    #: ``monthly``, ``quarterly``, ``half-yearly``, ``yearly``, ``weekly``, ``ongoing`` or None.
    recurrence: str | None = None
    evidence: Evidence = Evidence.QUOTED


@dataclass(frozen=True, slots=True)
class Item:
    """A target (年度目标) or measure (落实措施) of a task.

    ``text_span`` is the wording without marker and without the clause that closes it.
    ``parties`` are the effective ones: the item's own, else the task's (evidence inherited).
    """

    marker: str
    span: Span
    text_span: Span
    evidence: Evidence = Evidence.QUOTED
    assignments: tuple[Assignment, ...] = ()
    parties: tuple[Party, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """The lowest numbered item that owns an assignment or shares one; in a table, a row.

    ``path`` are the markers from the section down, this task's own last. ``span`` is the whole task,
    ``text_span`` its statement: after the marker, its own closing clause left out.
    """

    number: int | None
    marker: str
    path: tuple[str, ...]
    span: Span
    text_span: Span
    assignments: tuple[Assignment, ...] = ()
    parties: tuple[Party, ...] = ()
    targets: tuple[Item, ...] = ()
    measures: tuple[Item, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a part that holds tasks. ``span`` is the heading's title, marker and count left out."""

    marker: str
    title: str
    path: tuple[str, ...]
    span: Span
    #: The count that the heading declares, ``(16项)``; None where it declares none.
    declared_tasks: int | None = None
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
