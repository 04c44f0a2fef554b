"""Summary: what follows from where the tasks stand: five classes, mid-term classes, whom to remind.

Classes and lights are those of real notices, facts/result-notices.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..party import PartyKind
from .clock import days_between
from .lights import GRAVEST, Light, LightRule
from .standings import Standing, TaskStanding


class Class(StrEnum):
    """The five status classes of a 督查通报."""

    DONE = "已完成"
    AHEAD = "超进度"
    ON_TIME = "达进度"
    BEHIND = "欠进度"
    OTHER = "其它"


class Outlook(StrEnum):
    """The four classes of a 中期评估."""

    EARLY = "提前实现"
    AHEAD = "快于预期"
    ON_TIME = "基本符合预期"
    BEHIND = "滞后"


@dataclass(frozen=True, slots=True)
class ClassShare:
    """A class with its tasks and their share in points of a hundred; all shares sum to 100."""

    name: str
    tasks: tuple[TaskStanding, ...]
    count: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """A task at mid-term. ``pace`` is what has to be reached on each of the days left, ``so_far`` what was on
    each day until now, both in points of a hundred; None where no day is left or has passed."""

    standing: TaskStanding
    outlook: Outlook
    days_left: int
    so_far: Decimal | None
    pace: Decimal | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A milestone to be chased (催办): why, how late, who answers for it, the leads first."""

    task: TaskStanding
    standing: Standing
    units: tuple[str, ...]
    days_late: int
    light: Light
    reason: str


def class_of(standing: TaskStanding, rule: LightRule | None = None) -> Class:
    """The class of a task.

    其它 is what has no progress to be judged: the clock stands, or nobody has reported and nothing was due by
    the notice, or a report that all is done lies with the office.
    """
    rule = rule or LightRule()
    if standing.done:
        return Class.DONE
    if standing.verified is Light.SUSPENDED or standing.stopped or not standing.milestones:
        return Class.OTHER
    if _lags(standing):
        return Class.BEHIND
    if standing.silent or any(one.waiting or one.unreported for one in _grave(standing)):
        return Class.OTHER
    if standing.percent - standing.time_share >= rule.ahead_points:
        return Class.AHEAD
    return Class.ON_TIME


def five_classes(standings: Sequence[TaskStanding], rule: LightRule | None = None) -> tuple[ClassShare, ...]:
    """All five classes, empty ones too; shares to one digit that sum to exactly 100, 0 without tasks."""
    return _classed([(class_of(one, rule).value, one) for one in standings], [one.value for one in Class])


def outlook_of(standing: TaskStanding, rule: LightRule | None = None) -> Outlook:
    """The mid-term class: done; behind (overdue, returned, or by the rule's points); ahead; on time."""
    rule = rule or LightRule()
    if standing.done:
        return Outlook.EARLY
    gap = standing.percent - standing.time_share
    if _lags(standing) or gap <= -rule.behind_points:
        return Outlook.BEHIND
    return Outlook.AHEAD if gap >= rule.ahead_points else Outlook.ON_TIME


def midterm_classes(
    standings: Sequence[TaskStanding], rule: LightRule | None = None
) -> tuple[ClassShare, ...]:
    """The four classes of a mid-term evaluation, with shares as in :func:`five_classes`."""
    return _classed([(outlook_of(one, rule).value, one) for one in standings], [one.value for one in Outlook])


def _grave(standing: TaskStanding) -> list[Standing]:
    """Its open milestones that are red or yellow."""
    return [one for one in standing.milestones if not one.done and one.verified in {Light.RED, Light.YELLOW}]


def _lags(standing: TaskStanding) -> bool:
    """Whether it is red or yellow for more than the office's own review, or a quarter of its own making that
    passed in silence."""
    return any(not (one.waiting or one.unreported) for one in _grave(standing))


def forecasts(standings: Sequence[TaskStanding], rule: LightRule | None = None) -> tuple[Forecast, ...]:
    """Each task's pace so far and the pace it needs from the day on, R12."""
    return tuple(_forecast(one, rule) for one in standings)


def _forecast(one: TaskStanding, rule: LightRule | None) -> Forecast:
    last = max((stone.due for stone in one.milestones), default=one.day)
    passed = days_between(one.task.since, one.day) if one.milestones else 0
    left = days_between(one.day, last)
    done = min(one.percent, Decimal(100))
    return Forecast(
        standing=one,
        outlook=outlook_of(one, rule),
        days_left=left,
        so_far=done / passed if passed > 0 else None,
        pace=(100 - done) / left if left > 0 else None,
    )


def reminders(standings: Iterable[TaskStanding], *, soon: bool = False) -> tuple[Reminder, ...]:
    """Milestones that are overdue or behind, and with ``soon`` those about to be due; the latest first.

    What waits for the office's review is not chased; of late quarters that the office supplied one a task is.
    """
    wanted = {Light.RED, Light.YELLOW, *((Light.BLUE,) if soon else ())}
    found = [
        Reminder(
            task=task,
            standing=stone,
            units=_answering(task, stone),
            days_late=stone.days_late,
            light=stone.verified,
            reason=stone.reason,
        )
        for task in standings
        for stone in _chased(
            [one for one in task.milestones if one.verified in wanted and not (one.done or one.waiting)]
        )
    ]
    return tuple(sorted(found, key=lambda one: (-one.days_late, one.standing.due)))


def _chased(stones: Sequence[Standing]) -> Sequence[Standing]:
    """Of supplied quarters that are overdue or behind the gravest, of these the nearest: one report settles
    them all."""
    late = [one for one in stones if one.milestone.supplied and one.verified is not Light.BLUE]
    if len(late) < 2:
        return stones
    kept = min(late, key=lambda one: (GRAVEST.index(one.verified), abs(one.days_left)))
    return [one for one in stones if one is kept or one not in late]


def _answering(task: TaskStanding, stone: Standing) -> tuple[str, ...]:
    owners = task.task.owners(stone.milestone.item) or task.task.parties
    ordered = sorted((owner for owner in owners if owner.answers), key=lambda owner: owner.role != "lead")
    if stone.absent:  # of groups those who are silent
        named = [owner.text for owner in ordered if owner.kind is PartyKind.UNIT]
        return tuple(dict.fromkeys((*named, *stone.absent)))
    return tuple(dict.fromkeys(owner.text for owner in ordered or owners))


def shares(counts: Sequence[int], digits: int = 1) -> tuple[Decimal, ...]:
    """Shares in points of a hundred that sum to exactly 100 (largest remainder); all 0 for nothing.

    Equal remainders: the larger count first, then the earlier.
    """
    total = sum(counts)
    step = Decimal(1).scaleb(-digits)
    if not total:
        return tuple(Decimal(0).quantize(step) for _ in counts)
    units = 100 * 10**digits
    whole = [count * units // total for count in counts]
    order = sorted(range(len(counts)), key=lambda at: (-(counts[at] * units % total), -counts[at], at))
    for at in order[: units - sum(whole)]:
        whole[at] += 1
    return tuple((Decimal(one) * step).quantize(step) for one in whole)


def _classed(found: Sequence[tuple[str, TaskStanding]], names: Sequence[str]) -> tuple[ClassShare, ...]:
    tasks = {name: tuple(one for said, one in found if said == name) for name in names}
    parts = shares([len(tasks[name]) for name in names])
    return tuple(
        ClassShare(name, tasks[name], len(tasks[name]), part) for name, part in zip(names, parts, strict=True)
    )
