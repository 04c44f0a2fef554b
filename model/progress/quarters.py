"""Quarters that the office supplied (系统补设): on these days it looks at work that the notice does not date.

A rate below 100 that is told on such a day is of the whole task up to then; 100 says that the quarter's part
is done. None of them but the year's end is a day by which the notice wants anything finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .clock import time_share
from .lights import LightRule, Seen
from .state import PieceState, Report, UnitState


def over_the_year(piece: PieceState, quarters: Iterable[str]) -> dict[str, UnitState]:
    """By unit the newest that is told of the piece as a whole or on any of its days; ``quarters`` are those
    days but the last."""
    before = frozenset(quarters)
    found: dict[str, UnitState] = {}
    for due in sorted(piece.units):
        for unit, state in piece.units[due].items():
            _merge(found.setdefault(unit, UnitState()), state, due in before)
    return found


def kept_pace(seen: Seen, due: str, *, since: str, last: str, rule: LightRule, told_from: str = "") -> Seen:
    """A side's view of a quarter: met by a report, made on ``told_from`` or later, that was not behind the
    time from ``since`` to ``last`` when it was made. Nothing is late on such a day."""
    on = min(seen.done_on, due)
    if seen.done:
        return seen._replace(done_on=on)
    if seen.returned or not on or seen.done_on < told_from:
        return seen
    if seen.percent is not None and time_share(since, last, on) - seen.percent >= rule.behind_points:
        return seen
    return seen._replace(done=True, done_on=on)


def _merge(found: UnitState, state: UnitState, quarter: bool) -> None:
    """Take up in ``found`` what is newer in ``state``."""
    if state.status is not None and _newer(state.status, found.status):
        found.status, found.review = _whole(state.status, quarter), state.review
    if state.accepted is not None and _newer(state.accepted, found.accepted):
        same = found.status is not None and found.status.number == state.accepted.number
        found.accepted = found.status if same else _whole(state.accepted, quarter)
        found.accepted_at = state.accepted_at
    if state.verification is not None and _newer(state.verification, found.verification):
        found.verification = _whole(state.verification, quarter)
    found.newest = max(found.newest, state.newest)


def _newer(report: Report, than: Report | None) -> bool:
    return than is None or report.number > than.number


def _whole(report: Report, quarter: bool) -> Report:
    """A report as one of the whole task: that a quarter's part is done tells no rate of it."""
    if not (quarter and report.done):
        return report
    fields: Mapping[str, object] = {
        name: value for name, value in report.fields.items() if name not in ("percent", "completed_on")
    }
    return report._replace(fields=fields)
