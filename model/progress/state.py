"""State: what the entries up to a day say of each piece of a task, newest first, undone ones left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from ..registry.failures import intact
from ..registry.reader import Reader
from .entries import Entry, row_of
from .records import is_done

#: Opens an entry's JSON; ``json.loads`` looks at each text for byte order marks and trailing words first.
_opened = json.JSONDecoder().raw_decode
_decimal = lru_cache(maxsize=1024)(Decimal)
#: Kinds that say where a piece stands, and those that say more about it.
_TELLING = ("status", "review", "verification", "stop", "change", "undo")
_KINDS = ("plan", "proof", *_TELLING)


class Report(NamedTuple):
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
        return _decimal(told) if told else None

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
    #: Number of the newest entry.
    newest: int = 0

    @property
    def counts(self) -> Report | None:
        """The report that counts: found on the spot unless a later one was accepted, else accepted, else as
        the unit tells it."""
        found, accepted = self.verification, self.accepted
        if found is not None and (accepted is None or self.accepted_at < found.number):
            return found
        return accepted or self.status


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

    def evidence(self, due: str) -> tuple[Report, ...]:
        """Evidence for the milestone of a day, then for the piece as a whole."""
        return (*self.proofs.get(due, ()), *self.proofs.get("", ()))


#: Later than any day that is entered.
_LAST_DAY = "9999-12-31"
#: Notice, task and piece of an entry.
Key = tuple[int, str, str]


def state_on(
    reader: Reader,
    day: str,
    *,
    notices: Iterable[int] | None = None,
    last: int | None = None,
    withdrawn: bool = True,
    beside: bool = True,
) -> dict[Key, PieceState]:
    """The state of every piece that has entries made up to ``day`` (ISO, inclusive).

    What is undone later than that still stands on the day; without ``withdrawn`` it does not: nothing that is
    known to be wrong goes into a document. ``notices`` are ids; None for all. ``last`` is the number of the
    newest entry that counts; None for all. Without ``beside`` what no light depends on, plans and evidence,
    is left out.
    """
    until = "e.made_on <= :day" if withdrawn else "(e.made_on <= :day OR e.kind = 'undo')"
    listed = ", ".join(f"'{kind}'" for kind in (_KINDS if beside else _TELLING))
    which = "" if notices is None else f" AND e.notice_id IN ({', '.join(map(str, notices)) or 'NULL'})"
    with intact(reader.place):
        newest, number = reader.rows(
            "SELECT (SELECT max(made_on) FROM progress_entry), (SELECT max(number) FROM progress_entry)"
        )[0]
        # What was superseded or undone since counts only on an earlier day, or up to an earlier entry.
        today = newest is None or (newest <= day and (last is None or last >= number))
        if last is not None:
            which += f" AND e.number <= {int(last)}"
        source = (
            "progress_current c JOIN progress_entry e ON e.number = c.number" if today else "progress_entry e"
        )
        rows = reader.rows(
            "SELECT e.number, e.kind, e.notice_id, e.task, e.piece, e.who, e.made_on, e.after, e.undoes"
            f" FROM {source} WHERE {until} AND e.kind IN ({listed}){which} ORDER BY e.number DESC",
            day=day,
        )
        return _folded(rows, day)


def numbers_needed(entries: Iterable[Entry]) -> set[int]:
    """Numbers of the entries that the state on the newest day follows from; ``entries`` in any order."""
    found: set[int] = set()
    undone: set[int] = set()
    telling = (entry for entry in entries if entry.kind in _KINDS)
    newest_first = sorted(telling, key=attrgetter("number"), reverse=True)
    for entry in newest_first:
        if entry.undoes is not None:
            undone.add(entry.undoes)
        elif entry.kind == "change" and entry.number not in undone:
            found.add(entry.number)  # an older one counts until the newer is in force
    for state in _folded(map(row_of, newest_first), _LAST_DAY).values():
        reports = [*state.plans.values(), *state.stops.values()]
        for proofs in state.proofs.values():
            reports += proofs
        for by_unit in state.units.values():
            for of_unit in by_unit.values():
                found.update((of_unit.accepted_at,) if of_unit.accepted_at else ())
                told = (of_unit.status, of_unit.review, of_unit.accepted, of_unit.verification)
                reports += [report for report in told if report is not None]
        found.update(report.number for report in reports)
    return found


def _folded(rows: Iterable[Sequence[Any]], day: str) -> dict[Key, PieceState]:
    """The state from the entries, the newest first: what takes another's place, undoes or reviews it is met
    before it, and what is superseded need not be opened."""
    found: dict[Key, PieceState] = {}
    undone: set[int] = set()
    reviews: dict[int, Report] = {}
    for number, kind, notice, task, piece, who, made_on, after, undoes in rows:
        if undoes is not None:
            undone.add(undoes)
            continue
        if number in undone:
            continue
        key = (notice, task, piece)
        state = found.get(key)
        if state is None:
            state = found[key] = PieceState()
        if kind in {"status", "verification"}:
            whole = '"due":' not in after and '"unit":' not in after
            fields = None if whole else _opened(after)[0]
            by_unit = state.units.setdefault(fields.get("due") or "" if fields else "", {})
            unit = fields.get("unit") or "" if fields else ""
            of_unit = by_unit.get(unit)
            if of_unit is None:
                of_unit = by_unit[unit] = UnitState()
            review = reviews.get(number)
            accepts = of_unit.accepted is None and review is not None and review.fields["accepted"]
            if kind == "verification":
                if of_unit.verification is None:
                    of_unit.verification = Report(number, kind, who, made_on, fields or _opened(after)[0])
                    of_unit.newest = max(of_unit.newest, number)
            elif of_unit.status is None or accepts:
                report = Report(number, kind, who, made_on, fields or _opened(after)[0])
                if of_unit.status is None:
                    of_unit.status, of_unit.review = report, review
                    of_unit.newest = max(of_unit.newest, number, review.number if review else 0)
                if accepts and review is not None:
                    of_unit.accepted, of_unit.accepted_at = report, review.number
            continue
        report = Report(number, kind, who, made_on, _opened(after)[0])
        fields = report.fields
        if kind == "review":
            reviews.setdefault(fields["of"], report)
        elif kind == "plan":
            state.plans.setdefault(fields.get("unit") or "", report)
        elif kind == "proof":
            state.proofs.setdefault(fields.get("due") or "", []).insert(0, report)
        elif kind == "stop":
            state.stops.setdefault(fields["since"], report)
        elif fields["effective_on"] > day:
            pass  # a change that is not in force yet
        elif fields.get("moved_from"):
            state.moved.setdefault(fields["moved_from"], report)
        else:
            state.changes.insert(0, report)
    return found
