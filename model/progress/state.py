"""State: what the entries up to a day say of each piece of a task, newest first, undone ones left out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..registry.failures import intact
from ..registry.reader import Reader
from .records import is_done

#: Kinds that say where a piece stands.
_KINDS = ("plan", "status", "proof", "review", "verification", "stop", "change", "undo")


@dataclass(frozen=True, slots=True)
class Report:
    """A standing entry: its number, who made it on which day, and the fields of its record."""

    number: int
    kind: str
    who: str
    made_on: str
    fields: Mapping[str, Any]

    @property
    def value(self) -> str:
        """Value reached, as reported or found."""
        return str(self.fields.get("value", ""))

    @property
    def percent(self) -> Decimal | None:
        """Completion rate in points of a hundred; None where none was told."""
        told = self.fields.get("percent")
        return Decimal(told) if told else None

    @property
    def done(self) -> bool:
        """Whether it says that the work is done."""
        return is_done(self.fields.get("percent", ""))

    @property
    def done_on(self) -> str:
        """办结日: as told, else the day of the entry."""
        return str(self.fields.get("completed_on") or self.made_on)

    def text(self, name: str) -> str:
        """A field's words; empty where it has none."""
        return str(self.fields.get(name) or "")


@dataclass(slots=True)
class UnitState:
    """What one unit, or the office, says of one milestone or piece."""

    status: Report | None = None
    #: Newest review of ``status``.
    review: Report | None = None
    #: Newest status that was accepted, and the number of the review that did.
    accepted: Report | None = None
    accepted_at: int = 0
    verification: Report | None = None

    @property
    def newest(self) -> int:
        """Number of the newest entry."""
        return max((r.number for r in (self.status, self.review, self.verification) if r), default=0)


@dataclass(slots=True)
class PieceState:
    """What stands about a task or a piece of it.

    ``units`` has for each milestone's day (``""``: the piece as a whole) what each unit says (``""``: the
    office).
    """

    units: dict[str, dict[str, UnitState]] = field(default_factory=dict)
    plans: dict[str, Report] = field(default_factory=dict)
    proofs: dict[str, list[Report]] = field(default_factory=dict)
    #: By first day.
    stops: dict[str, Report] = field(default_factory=dict)
    #: Changed words, the newest last; postponements by the day that the notice has.
    changes: list[Report] = field(default_factory=list)
    moved: dict[str, Report] = field(default_factory=dict)


#: Notice, task and piece of an entry.
Key = tuple[int, str, str]


def state_on(reader: Reader, day: str, *, notices: Iterable[int] | None = None) -> dict[Key, PieceState]:
    """The state of every piece that has entries made up to ``day`` (ISO, inclusive).

    What is undone later than that still stands on the day. ``notices`` are ids; None for all.
    """
    listed = ", ".join(f"'{kind}'" for kind in _KINDS)
    which = "" if notices is None else f" AND notice_id IN ({', '.join(map(str, notices)) or 'NULL'})"
    with intact(reader.place):
        rows = reader.rows(
            "SELECT number, kind, notice_id, task, piece, who, made_on, after, undoes FROM progress_entry"
            f" WHERE made_on <= :day AND kind IN ({listed}){which} ORDER BY number",
            day=day,
        )
        opened = json.loads(f"[{','.join(row[7] for row in rows)}]")
    undone = {row[8] for row in rows if row[8] is not None}
    found: defaultdict[Key, PieceState] = defaultdict(PieceState)
    reported: list[tuple[UnitState, Report]] = []
    reviews: dict[int, Report] = {}
    for (number, kind, notice, task, piece, who, made_on, _, _), fields in zip(rows, opened, strict=True):
        if kind == "undo" or number in undone:
            continue
        report = Report(number, kind, who, made_on, fields)
        state = found[notice, task, piece]
        if kind in {"status", "verification"}:
            by_unit = state.units.setdefault(fields.get("due") or "", {})
            of_unit = by_unit.setdefault(fields.get("unit") or "", UnitState())
            if kind == "status":
                reported.append((of_unit, report))
            else:
                of_unit.verification = report
        elif kind == "review":
            reviews[fields["of"]] = report
        elif kind == "plan":
            state.plans[fields.get("unit") or ""] = report
        elif kind == "proof":
            state.proofs.setdefault(fields.get("due") or "", []).append(report)
        elif kind == "stop":
            state.stops[fields["since"]] = report
        elif fields.get("moved_from"):
            if fields["effective_on"] <= day:
                state.moved[fields["moved_from"]] = report
        elif fields["effective_on"] <= day:
            state.changes.append(report)
    for of_unit, status in reported:
        of_unit.status, of_unit.review = status, reviews.get(status.number)
        if of_unit.review is not None and of_unit.review.fields["accepted"]:
            of_unit.accepted, of_unit.accepted_at = status, of_unit.review.number
    return dict(found)
