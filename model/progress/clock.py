"""Clock: the day that a milestone is due in force, what stops the clock, how much of the time has passed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from .milestones import Milestone
from .state import PieceState

_HUNDRED = Decimal(100)


def stopped_on(piece: PieceState, day: str) -> str:
    """Why the clock stands on the day; empty where it runs."""
    if not piece.stops:
        return ""
    return "；".join(
        stop.text("reason")
        for since, stop in sorted(piece.stops.items())
        if since <= day and (stop.fields.get("until") or day) >= day
    )


def due_in_force(stone: Milestone, piece: PieceState, whole: PieceState, day: str) -> str:
    """The milestone's day, as an approved change moved it, and later by the days on which the clock stood."""
    moved = piece.moved.get(stone.due) or whole.moved.get(stone.due)
    due = str(moved.fields["moved_to"]) if moved else stone.due
    if not (piece.stops or whole.stops):
        return due
    stood: set[int] = set()
    last = ordinal(due)
    for since, stop in sorted({**whole.stops, **piece.stops}.items()):
        begin, end = ordinal(since), min(ordinal(stop.fields.get("until") or day), ordinal(day))
        if begin <= last + len(stood):
            stood.update(range(begin, end + 1))
    return date.fromordinal(last + len(stood)).isoformat() if stood else due


@lru_cache(maxsize=4096)
def ordinal(day: str) -> int:
    """An ISO day as a number of days."""
    return date.fromisoformat(day).toordinal()


def days_between(day: str, other: str) -> int:
    """Days from one to the other; negative where the other is earlier."""
    return ordinal(other) - ordinal(day)


@lru_cache(maxsize=65536)
def time_share(start: str, due: str, day: str) -> Decimal:
    """Share of the days from start to due, both counted, that have passed by the end of the day."""
    whole = ordinal(due) - ordinal(start) + 1
    passed = ordinal(day) - ordinal(start) + 1
    if whole <= 0:
        return _HUNDRED if passed > 0 else Decimal(0)
    return min(max(Decimal(passed * 100) / whole, Decimal(0)), _HUNDRED)
