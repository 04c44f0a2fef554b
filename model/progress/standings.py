"""Standings: where tasks and their milestones stand on a day, by the unit's word and the office's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import TypeAlias

from ..collector import collector_paused
from ..registry.reader import Reader
from ..units import UnitDirectory
from .clock import days_between, due_in_force, stopped_on, time_share
from .lights import GRAVEST, Light, LightRule, Seen, light_of
from .milestones import Milestone
from .sides import side_of
from .state import Key, PieceState, Report, UnitState, state_on
from .tracked import TrackedTask, tracked_tasks


@dataclass(frozen=True, slots=True)
class Standing:
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
    #: Value reached, by the office's word, else by the unit's.
    value: str
    #: Newest report, its review, and what was found on the spot.
    status: Report | None
    accepted: bool | None
    returned: str
    verification: Report | None
    #: Units that have reported, by name; ``""``: the office for all.
    units: tuple[tuple[str, UnitState], ...] = ()
    proofs: tuple[Report, ...] = ()
    plans: tuple[tuple[str, Report], ...] = ()


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """A task on the day: the gravest light of its open milestones; done once all of them are."""

    task: TrackedTask
    day: str
    milestones: tuple[Standing, ...]
    reported: Light
    verified: Light
    #: Completion rate of the task: as told of the whole, else the share of milestones that are done.
    percent: Decimal
    time_share: Decimal
    #: Value reached by the task as a whole, by the office's word, else by the unit's.
    value: str
    #: What stops the clock of the whole task on the day.
    stopped: str
    #: Changed target in force, newest last.
    changes: tuple[Report, ...]

    @property
    def done(self) -> bool:
        """Whether every milestone is done by the office's word."""
        return bool(self.milestones) and all(one.done for one in self.milestones)

    @property
    def silent(self) -> bool:
        """Whether nobody has reported anything."""
        return all(one.status is None and one.verification is None for one in self.milestones)


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
) -> tuple[TaskStanding, ...]:
    """Where the tasks of :func:`~duban.model.progress.tracked.tracked_tasks` stand on ``day`` (ISO).

    Raises the kinds of RegistryError.
    """
    with collector_paused():
        tasks = tracked_tasks(
            reader, notice=notice, unit=unit, section=section, year=year, directory=directory
        )
        narrow = notice or unit or year
        state = state_on(reader, day, notices={task.notice_id for task in tasks} if narrow else None)
        return standings_of(tasks, state, day, rule or LightRule())


def standings_of(
    tasks: Iterable[TrackedTask], state: dict[Key, PieceState], day: str, rule: LightRule
) -> tuple[TaskStanding, ...]:
    """The tasks on the day, from the state of their pieces."""
    return tuple(_task(task, state, day, rule) for task in tasks)


_NOTHING, _SILENT = PieceState(), UnitState()
#: State of the piece and of the task, the day, first and last day of the piece.
_About: TypeAlias = tuple[PieceState, PieceState, str, tuple[str, str]]


def _task(task: TrackedTask, state: dict[Key, PieceState], day: str, rule: LightRule) -> TaskStanding:
    whole = state.get((task.notice_id, task.key, ""), _NOTHING)
    spans = _spans(task)
    found = []
    for stone in task.milestones:
        piece = state.get((task.notice_id, task.key, stone.item), _NOTHING) if stone.item else whole
        if piece is _NOTHING and whole is _NOTHING:
            found.append(_untouched(stone, day, spans[stone.item], rule))
        else:
            found.append(_standing(task, stone, (piece, whole, day, spans[stone.item]), rule))
    stones = tuple(found)
    general = whole.units.get("", {})
    percent = side_of(general, task.parties, office=True).percent if general else None
    if percent is None and general:
        percent = side_of(general, task.parties, office=False).percent
    if percent is None:
        percent = Decimal(sum(one.done for one in stones) * 100) / len(stones) if stones else Decimal(0)
    last = max((one.due for one in stones), default=day)
    return TaskStanding(
        task=task,
        day=day,
        milestones=stones,
        reported=_gravest([one.reported for one in stones]),
        verified=_gravest(
            [one.verified for one in stones if not one.done] or [one.verified for one in stones]
        ),
        percent=percent,
        time_share=time_share(task.since, last, day) if stones else Decimal(0),
        value=_value(general),
        stopped=stopped_on(whole, day),
        changes=tuple(whole.changes),
    )


def _gravest(lights: Sequence[Light]) -> Light:
    return min(lights, key=GRAVEST.index, default=Light.GREY)


def _spans(task: TrackedTask) -> dict[str, tuple[str, str]]:
    """First and last day of each piece that has milestones."""
    spans: dict[str, tuple[str, str]] = {}
    for stone in task.milestones:
        start, last = spans.get(stone.item, (task.since, stone.due))
        spans[stone.item] = (min(start, stone.start or start), max(last, stone.due))
    return spans


def _untouched(stone: Milestone, day: str, span: tuple[str, str], rule: LightRule) -> Standing:
    """A milestone that no entry is about."""
    left = days_between(day, stone.due)
    share = time_share(stone.start or span[0], stone.due, day)
    light, reason = light_of(Seen(), stone.due, days_left=left, time_share=share, rule=rule)
    return Standing(
        milestone=stone,
        due=stone.due,
        reported=light,
        verified=light,
        reason=reason,
        done=False,
        days_left=left,
        days_late=max(-left, 0),
        percent=None,
        time_share=share,
        value="",
        status=None,
        accepted=None,
        returned="",
        verification=None,
    )


def _standing(task: TrackedTask, stone: Milestone, about: _About, rule: LightRule) -> Standing:
    piece, whole, day, span = about
    due = due_in_force(stone, piece, whole, day)
    left = days_between(day, due)
    stopped = stopped_on(piece, day) or stopped_on(whole, day)
    owners = task.owners(stone.item)
    units, start, last = _said(stone, piece, whole, span, due)
    # A postponed day, or a clock that stood, leaves more time than the notice gave.
    share = time_share(start, max(last, due), day)
    claimed, seen = (side_of(units, owners, office=office) for office in (False, True))
    if stopped:
        claimed, seen = replace(claimed, stopped=stopped), replace(seen, stopped=stopped)
    reported, _ = light_of(claimed, due, days_left=left, time_share=share, rule=rule)
    verified, reason = light_of(seen, due, days_left=left, time_share=share, rule=rule)
    newest = max(units.values(), key=attrgetter("newest")) if units else _SILENT
    review = newest.review
    return Standing(
        milestone=stone,
        due=due,
        reported=reported,
        verified=verified,
        reason=reason,
        done=seen.done,
        days_left=left,
        days_late=0 if seen.done or stopped else max(-left, 0),
        percent=seen.percent if seen.percent is not None else claimed.percent,
        time_share=share,
        value=_value(units),
        status=newest.status,
        accepted=None if review is None else bool(review.fields["accepted"]),
        returned=seen.returned,
        verification=newest.verification,
        units=tuple(sorted(units.items())),
        proofs=(*piece.proofs.get(stone.due, ()), *piece.proofs.get("", ())),
        plans=tuple(sorted((piece.plans or whole.plans).items())),
    )


def _said(
    stone: Milestone, piece: PieceState, whole: PieceState, span: tuple[str, str], due: str
) -> tuple[dict[str, UnitState], str, str]:
    """The reports that tell of a milestone, with the first and last day of what they are about.

    Those of its very day; a later word that the piece, or the task, as a whole is done goes before them.
    Where there are none, those of the piece, and of the task only that it is done.
    """
    own = piece.units.get(stone.due, {})
    newest = _newest(own)
    broader = [piece.units.get("", {})]
    if stone.item:
        broader.append(whole.units.get("", {}))
    for units in broader:
        if units and _newest(units) > newest and any(_claims(state) for state in units.values()):
            return units, *span
    if own:
        return own, stone.start or span[0], due
    return broader[0], *span


def _claims(state: UnitState) -> bool:
    """Whether a unit, or who looked on the spot, ever said that all is done."""
    return any(report is not None and report.done for report in (state.status, state.verification))


def _newest(units: dict[str, UnitState]) -> int:
    return max(state.newest for state in units.values()) if units else 0


def _value(units: dict[str, UnitState]) -> str:
    """Value of the report that counts; each unit's where several report."""
    if not units:
        return ""
    told = [(unit, state.counts.value) for unit, state in sorted(units.items()) if state.counts is not None]
    if len(told) == 1:
        return told[0][1]
    return "；".join(f"{unit}：{value}" if unit else value for unit, value in told)
