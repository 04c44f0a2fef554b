"""Entering: what a returned ledger is compared with, who enters it, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...model.progress.identity import Identity
from ...model.progress.records import Record
from ...model.progress.state import Key, PieceState
from .findings import Change, Conflict, Note, Place
from .rows import RowKey

State = dict[Key, PieceState]
#: Part and row of what was undone: number of the newest undoing.
Undone = Mapping[tuple[str, RowKey], int]


@dataclass(frozen=True, slots=True)
class Today:
    """The registry as it is: ``state`` takes up what the files before this one enter, ``last`` is the number
    of its last entry. ``places`` are the milestones there are (notice, task, piece, day)."""

    state: State
    last: int
    places: frozenset[tuple[int, str, str, str]]

    def after(self, count: int) -> Today:
        """The same, once so many records were taken up."""
        return replace(self, last=self.last + count)


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters for which role on which day; ``force``: also over what the registry took up since."""

    who: str
    on: str
    office: bool = False
    force: bool = False


@dataclass(slots=True)
class Outcome:
    """What comes of a file: records to be entered in order, and what is to be told."""

    records: list[tuple[Identity, Record]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Said:
    """A changed cell: where, in which row of the sheet, and its value."""

    place: Place
    at: int
    text: str


#: Changed cells of one record, by its field.
Group = dict[str, Said]
