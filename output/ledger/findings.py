"""Findings: what is told of a returned ledger, with the cell that it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A cell (or range) of a file: sheet, address (Q12) and the head above it; parts of it may be empty."""

    file: str
    sheet: str = ""
    address: str = ""
    head: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.address}" if self.sheet and self.address else self.sheet or self.address
        named = f"{self.file} {where}" if where else self.file
        return f"{named}（{self.head}）" if self.head else named


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell about a place: a fault, or a remark on how it was read."""

    place: Place
    words: str
    classified: bool = False

    def __str__(self) -> str:
        return f"{self.place}：{self.words}"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs from the registry: what stands there now, and what the file says."""

    place: Place
    row: str
    head: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that the file changed while the registry moved on: as exported, now (by whom), in the file."""

    place: Place
    row: str
    head: str
    exported: str
    now: str
    by: str
    file: str
