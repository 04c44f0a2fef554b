"""Sides: what units say of a milestone together, and what the office holds of it."""

from __future__ import annotations

from collections.abc import Mapping

from .lights import Seen
from .state import UnitState
from .voices import Voices

_ANYBODY = Voices(())


def side_of(units: Mapping[str, UnitState], voices: Voices = _ANYBODY, *, office: bool) -> Seen:
    """What the units say together, or what the office holds of it.

    The office's own word (unit ``""``) decides alone while it is the newest. Else the slowest of those who
    reported counts, and it is done only when somebody who answers for it says so; who only helps counts where
    nobody else has reported. A group whose members are known is heard once all of them are.
    """
    if not units:
        return Seen()
    if len(units) == 1:
        [(unit, state)] = units.items()
        seen = _of_unit(state, office=office)
        if not unit or not seen.done_on or voices.answers(unit):
            return seen
        return _of_group({unit: seen}, seen, voices, office=office)
    general = units.get("")
    if general is not None and all(general.newest >= state.newest for state in units.values()):
        return _of_unit(general, office=office)
    said = {unit: _of_unit(state, office=office) for unit, state in units.items() if unit}
    said = {unit: one for unit, one in said.items() if not voices.helps(unit)} or said
    percents = [one.percent for one in said.values() if one.percent is not None]
    seen = Seen(
        done=all(one.done for one in said.values()),
        done_on=max((one.done_on for one in said.values()), default=""),
        percent=min(percents, default=None),
        returned="；".join(one.returned for one in said.values() if one.returned),
    )
    heard = [unit for unit, one in said.items() if one.done_on]
    return seen if any(map(voices.answers, heard)) else _of_group(said, seen, voices, office=office)


def _of_group(said: Mapping[str, Seen], seen: Seen, voices: Voices, *, office: bool) -> Seen:
    """What is said where nobody who answers himself has spoken."""
    told = voices.missing(unit for unit, one in said.items() if one.done_on)
    if told is None:
        return seen._replace(done=False)
    left, members = told
    if not left:
        return seen if voices.all_known else seen._replace(done=False)
    heard = f"{members}个成员单位已{'核定' if office else '报'}{members - len(left)}个"
    return Seen(returned=seen.returned, absent=left, heard=heard)


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
