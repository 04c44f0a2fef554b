"""Sides: what units say of a milestone together, and what the office holds of it."""

from __future__ import annotations

from collections.abc import Mapping

from ..folding import fold_name
from .lights import Seen
from .state import UnitState
from .tracked import Owner


def side_of(units: Mapping[str, UnitState], owners: tuple[Owner, ...], *, office: bool) -> Seen:
    """What the units say together, or what the office holds of it.

    The office's own word (unit ``""``) decides alone while it is the newest. Else the slowest of those who
    reported counts, and it is done only when somebody who answers for it, not only helps, says so.
    """
    if not units:
        return Seen()
    if len(units) == 1:
        [(unit, state)] = units.items()
        seen = _of_unit(state, office=office)
        return seen if not seen.done or not unit or _answers(unit, owners) else seen._replace(done=False)
    general = units.get("")
    if general is not None and all(general.newest >= state.newest for state in units.values()):
        return _of_unit(general, office=office)
    said = {unit: _of_unit(state, office=office) for unit, state in units.items() if unit}
    done = all(one.done for one in said.values()) and any(_answers(unit, owners) for unit in said)
    percents = [one.percent for one in said.values() if one.percent is not None]
    return Seen(
        done=done,
        done_on=max((one.done_on for one in said.values()), default=""),
        percent=min(percents, default=None),
        returned="；".join(one.returned for one in said.values() if one.returned),
    )


def _answers(unit: str, owners: tuple[Owner, ...]) -> bool:
    answering = [owner for owner in owners if owner.answers]
    folded = fold_name(unit)
    return not answering or any(fold_name(owner.text) == folded for owner in answering)


def _of_unit(state: UnitState, *, office: bool) -> Seen:
    """One unit's word, or what the office accepted of it; what was found on the spot goes before both until a
    later report is accepted."""
    status, found = state.status, state.verification
    if not office:
        if status is None:
            return Seen()
        return Seen(status.done, status.done_on, status.percent)
    accepted = state.accepted
    review = state.review
    returned = review.text("reason") if review is not None and not review.fields["accepted"] else ""
    if found is not None and state.accepted_at < found.number:
        if found.fields.get("percent"):
            return Seen(found.done, found.made_on, found.percent, returned)
        return Seen(returned=returned)
    if accepted is None:
        return Seen(returned=returned)
    return Seen(accepted.done, accepted.done_on, accepted.percent, returned)
