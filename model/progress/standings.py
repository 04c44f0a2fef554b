"""Standings: where tasks and their milestones stand on a day, by the unit's word and the office's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from ..collector import collector_paused
from ..folding import fold_name
from ..registry.reader import Reader
from ..units import UnitDirectory
from .clock import days_between, due_in_force, stopped_on, time_share
from .lights import UNREPORTED, Light, LightRule, Seen, gravest, light_of
from .milestones import Milestone
from .quarters import kept_pace, over_the_year
from .sides import side_of
from .state import Key, PieceState, Report, UnitState, state_on
from .tracked import TrackedTask, tracked_tasks
from .voices import UNKNOWN, Names, Voices, voices_of


class Standing(NamedTuple):
    """One milestone on the day.

    ``reported`` is the light by what units say of themselves, ``verified`` that by what the office accepted
    or found on the spot; ``reason`` says why the latter.
    """

    milestone: Milestone
    #: Day in force: the milestone's, moved by an approved change and by a clock that stood.
    due: str
    reported: Light
    verified: Light
    reason: str
    #: Whether it is done by the office's word, in time or late.
    done: bool
    #: Days to ``due``; negative: passed.
    days_left: int
    #: Days since ``due`` while it is not done by the office's word; else 0.
    days_late: int
    #: Completion rate by the office's word, else by the unit's, in points of a hundred.
    percent: Decimal | None
    #: Share of the time that has passed, in points of a hundred.
    time_share: Decimal
    #: Why the office returned it; empty where it did not.
    returned: str
    #: What is said of it, by unit; ``""``: the office for all.
    said: Mapping[str, UnitState]
    #: Whether all that is missing is the office's review: by the units' word it is done.
    waiting: bool
    #: Members of a group that answers for it who have not reported, while others have.
    absent: tuple[str, ...] = ()

    @property
    def unreported(self) -> bool:
        """Whether it is a quarter that the office supplied and that passed in silence, which by the office's
        rule is not late."""
        return self.verified is Light.YELLOW and self.reason.startswith(UNREPORTED)

    @property
    def units(self) -> tuple[tuple[str, UnitState], ...]:
        """``said``, the units in order."""
        return tuple(sorted(self.said.items()))

    @property
    def newest(self) -> UnitState:
        """What the unit says that spoke last; nothing where none did."""
        return max(self.said.values(), key=attrgetter("newest"), default=_SILENT)

    @property
    def value(self) -> str:
        """Value reached, by the office's word, else by the unit's; each unit's where several report."""
        return _value(self.said)


class TaskStanding(NamedTuple):
    """A task on the day: the gravest light of its open milestones; done once all of them are."""

    task: TrackedTask
    day: str
    milestones: tuple[Standing, ...]
    reported: Light
    verified: Light
    #: Completion rate of the task: as told of the whole, else the mean of its milestones'.
    percent: Decimal
    #: What is entered about the task as a whole.
    whole: PieceState

    @property
    def time_share(self) -> Decimal:
        """Share of the time up to the last milestone that has passed, in points of a hundred."""
        if not self.milestones:
            return Decimal(0)
        return time_share(self.task.since, max(one.due for one in self.milestones), self.day)

    @property
    def value(self) -> str:
        """Value reached by the task as a whole, by the office's word, else by the unit's."""
        return _value(self.whole.units.get("", {}))

    @property
    def stopped(self) -> str:
        """What stops the clock of the whole task on the day."""
        return stopped_on(self.whole, self.day)

    @property
    def changes(self) -> tuple[Report, ...]:
        """Changed targets in force, the newest last."""
        return tuple(self.whole.changes)

    @property
    def done(self) -> bool:
        """Whether every milestone is done by the office's word."""
        return bool(self.milestones) and all(one.done for one in self.milestones)

    @property
    def silent(self) -> bool:
        """Whether nobody has reported anything."""
        return not any(
            state.status or state.verification for one in self.milestones for state in one.said.values()
        )


def task_standings(
    reader: Reader,
    day: str,
    *,
    notice: str | None = None,
    unit: str | None = None,
    section: str | None = None,
    year: int | None = None,
    rule: LightRule | None = None,
    directory: UnitDirectory | None = None,
    names: Names = UNKNOWN,
) -> tuple[TaskStanding, ...]:
    """Where the tasks of :func:`~duban.model.progress.tracked.tracked_tasks` stand on ``day`` (ISO).

    ``names`` tells for whom units report that the notice calls otherwise, or means by a group.
    Plans and evidence, which no light depends on, are not in their states.

    Raises the kinds of RegistryError.
    """
    with collector_paused():
        tasks = tracked_tasks(
            reader, notice=notice, unit=unit, section=section, year=year, directory=directory
        )
        narrow = notice or unit or year
        notices = {task.notice_id for task in tasks} if narrow else None
        state = state_on(reader, day, notices=notices, beside=False)
        return standings_of(tasks, state, day, rule or LightRule(), names)


def standings_of(
    tasks: Iterable[TrackedTask],
    state: Mapping[Key, PieceState],
    day: str,
    rule: LightRule,
    names: Names = UNKNOWN,
) -> tuple[TaskStanding, ...]:
    """The tasks on the day, from the state of their pieces."""
    on = _On(day, rule, names)
    return tuple([_task(task, state, on) for task in tasks])


_NOTHING, _SILENT = PieceState(), UnitState()
_HUNDRED = Decimal(100)
#: First and last day of a piece.
_Span: TypeAlias = tuple[str, str]
#: What units say together, and what the office holds of it.
_Sides: TypeAlias = tuple[Seen, Seen]


class _On(NamedTuple):
    """The day, and by what it is judged."""

    day: str
    rule: LightRule
    names: Names


def _task(task: TrackedTask, state: Mapping[Key, PieceState], on: _On) -> TaskStanding:
    if task.member:
        state = _own_words(task, state)
    whole = state.get((task.notice_id, task.key, ""), _NOTHING)
    dated = task.milestones and not task.milestones[0].supplied
    stones, told = (_dated if dated else _by_quarter)(task, state, on)
    percent = None
    if told is not None:
        claimed, held = told
        percent = held.percent if held.percent is not None else claimed.percent
    if percent is None:
        percent = _mean(stones)
    reported = gravest([one.reported for one in stones])
    verified = gravest([one.verified for one in stones if not one.done] or [one.verified for one in stones])
    return TaskStanding(task, on.day, stones, reported, verified, percent, whole)


def _dated(
    task: TrackedTask, state: Mapping[Key, PieceState], on: _On
) -> tuple[tuple[Standing, ...], _Sides | None]:
    """The milestones that the notice names, and what is told of the task as a whole."""
    day, rule, names = on
    whole = state.get((task.notice_id, task.key, ""), _NOTHING)
    spans = _spans(task)
    found = []
    # Most milestones of a piece follow from the same reports.
    known: dict[tuple[int, str], _Sides] = {}
    for stone in task.milestones:
        item = stone.item
        piece = state.get((task.notice_id, task.key, item), _NOTHING) if item else whole
        said, start, last = _said(stone, piece, whole, spans[item])
        sides = known.get((id(said), item))
        if sides is None:
            sides = known[id(said), item] = _sides(said, task, item, names)
        stopped = stopped_on(piece, day) or stopped_on(whole, day)
        due = due_in_force(stone, piece, whole, day)
        # A postponed day, or a clock that stood, leaves more time than the notice gave.
        share = time_share(start, max(last, due), day)
        found.append(_standing(stone, said, sides, (day, due, share, stopped), rule))
    general = whole.units.get("")
    if not general:
        return tuple(found), None
    # The rate does not depend on who answers.
    of_general = (sides for (said, _), sides in known.items() if said == id(general))
    return tuple(found), next(of_general, None) or _sides(general, task, "", names)


def _by_quarter(
    task: TrackedTask, state: Mapping[Key, PieceState], on: _On
) -> tuple[tuple[Standing, ...], _Sides | None]:
    """The milestones that the office supplied, and what is told of the task on any of them."""
    if not task.milestones:
        return (), None
    day, rule, names = on
    whole = state.get((task.notice_id, task.key, ""), _NOTHING)
    stopped = stopped_on(whole, day)
    *quarters, end = ((stone, due_in_force(stone, whole, whole, day)) for stone in task.milestones)
    last = max([end[1], *(due for _, due in quarters)])
    said = over_the_year(whole, [stone.due for stone, _ in quarters])
    sides = _sides(said, task, "", names)
    share = time_share(task.since, last, day)
    found = []
    for stone, due in quarters:
        own = whole.units.get(stone.due, _NONE)
        seen = sides
        if said:
            pace = partial(kept_pace, due=due, since=task.since, last=last, rule=rule)
            told_from = stone.start or ""
            of_own = _sides(own, task, "", names)
            claimed, held = (
                _of_quarter(
                    pace(mine),
                    pace(year, told_from=told_from) if due < day else None,
                    year if not own else mine,
                )
                for mine, year in zip(of_own, sides, strict=True)
            )
            seen = claimed, held
        passed = share
        if (stone.start or "") > day and not own:  # not begun: it cannot be behind, whatever the task is
            seen, passed = (seen[0]._replace(returned=""), seen[1]._replace(returned="")), Decimal(0)
        found.append(_standing(stone, own or said, seen, (day, due, passed, stopped), rule, between=True))
    found.append(_standing(end[0], said, sides, (day, end[1], share, stopped), rule))
    return tuple(found), sides if said else None


def _of_quarter(own: Seen, later: Seen | None, otherwise: Seen) -> Seen:
    """What counts for a quarter: its own report where it kept pace, else a later one, else ``otherwise``."""
    if own.done or later is None or not later.done:
        return own if own.done else otherwise
    return later


def _mean(stones: tuple[Standing, ...]) -> Decimal:
    """The mean of what the milestones have reached. What was returned adds nothing, but one that stands alone
    is told with its task's light."""
    if not stones:
        return Decimal(0)
    several = len(stones) > 1
    reached = [
        _HUNDRED if one.done else Decimal(0) if several and one.returned else min(one.percent or 0, _HUNDRED)
        for one in stones
    ]
    return Decimal(sum(reached)) / len(stones)


def _spans(task: TrackedTask) -> dict[str, _Span]:
    """First and last day of each piece that has milestones."""
    spans: dict[str, _Span] = {}
    for stone in task.milestones:
        start, last = spans.get(stone.item, (task.since, stone.due))
        spans[stone.item] = (min(start, stone.start or start), max(last, stone.due))
    return spans


_UNTOLD = (Seen(), Seen())


def _own_words(task: TrackedTask, state: Mapping[Key, PieceState]) -> Mapping[Key, PieceState]:
    """The state of a task without what other members of the group say of it."""
    found = {}
    for item in {"", *(stone.item for stone in task.milestones)}:
        key = task.notice_id, task.key, item
        if piece := state.get(key):
            own = {
                due: {name: one for name, one in units.items() if not name or fold_name(name) in task.member}
                for due, units in piece.units.items()
            }
            found[key] = replace(piece, units=own)
    return found


def _sides(said: Mapping[str, UnitState], task: TrackedTask, item: str, names: Names) -> _Sides:
    if not said:
        return _UNTOLD
    # Who answers matters where a unit speaks for itself.
    voices = voices_of(task, item, names) if any(said) else Voices(())
    held = side_of(said, voices, office=True)
    # Where the office accepted all that was last said, both see the same.
    agreed = all(one.status is one.accepted and one.verification is None for one in said.values())
    return (held if agreed else side_of(said, voices, office=False)), held


def _standing(
    stone: Milestone,
    said: Mapping[str, UnitState],
    sides: _Sides,
    about: tuple[str, str, Decimal, str],
    rule: LightRule,
    *,
    between: bool = False,
) -> Standing:
    """A milestone; ``about`` are day, day in force, share of the time, and what stops the clock. ``between``:
    a quarter's end that the notice does not name."""
    day, due, share, stopped = about
    claimed, seen = sides
    if stopped:
        claimed, seen = claimed._replace(stopped=stopped), seen._replace(stopped=stopped)
    if claimed.heard:
        seen = seen._replace(heard=claimed.heard)
    left = days_between(day, due)
    waiting = claimed.done and not seen.done and _unreviewed(said, done=not between)
    verified, reason = light_of(seen, due, days_left=left, time_share=share, rule=rule, between=between)
    if waiting:
        reason = "已报进展，待审核" if between else f"{reason}，自报已完成，待审核"
    reported = verified
    if claimed is not seen:
        reported, why = light_of(claimed, due, days_left=left, time_share=share, rule=rule, between=between)
        if reason.startswith(UNREPORTED) and not why.startswith(UNREPORTED):
            reason = f"自报{why}"
    return Standing(
        stone,
        due,
        reported,
        verified,
        reason,
        seen.done,
        left,
        -left if verified is Light.RED else 0,
        seen.percent if seen.percent is not None else claimed.percent,
        share,
        seen.returned,
        said,
        waiting,
        claimed.absent,
    )


def _unreviewed(said: Mapping[str, UnitState], *, done: bool) -> bool:
    """Whether each unit's newest word, with ``done`` that all is done, was accepted or is not looked at."""
    return all(
        state.status is not None
        and (state.status.done or not done)
        and (state.status is state.accepted or state.review is None)
        and (state.verification is None or state.verification.number < state.status.number)
        for state in said.values()
    )


_NONE: dict[str, UnitState] = {}


def _said(
    stone: Milestone, piece: PieceState, whole: PieceState, span: _Span
) -> tuple[dict[str, UnitState], str, str]:
    """The reports that tell of a milestone, with the first and last day of what they are about; no last day
    where that is the milestone's own.

    Those of its very day; a later word that the piece, or the task, as a whole is done goes before them.
    Where there are none, those of the piece, and of the task only that it is done.
    """
    own = piece.units.get(stone.due, _NONE)
    general = piece.units.get("", _NONE)
    over = whole.units.get("", _NONE) if stone.item else _NONE
    if own or over:
        newest = _newest(own)
        for units in (general, over):
            if units and any(map(_claims, units.values())) and _newest(units) > newest:
                return units, *span
    if own or not general:
        # what is to be done by a day has the time up to it, what is to be done in a month has the month
        return own, span[0] if stone.by_then else stone.start or span[0], ""
    return general, *span


def _claims(state: UnitState) -> bool:
    """Whether a unit, or who looked on the spot, ever said that all is done."""
    status, found = state.status, state.verification
    return (status is not None and status.done) or (found is not None and found.done)


def _newest(units: Mapping[str, UnitState]) -> int:
    newest = 0
    for state in units.values():
        newest = max(newest, state.newest)
    return newest


def _value(units: Mapping[str, UnitState]) -> str:
    """Value of the report that counts; each unit's where several report."""
    told = [(unit, state.counts.value) for unit, state in sorted(units.items()) if state.counts is not None]
    if len(told) == 1:
        return told[0][1]
    return "；".join(f"{unit}：{value}" if unit else value for unit, value in told)
