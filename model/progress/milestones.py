"""Milestones: the days on which a task, target or measure is looked at, from the notice's deadlines."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from ..task import Deadline, Item, Task

#: Marks a milestone that the office adds where the notice dates nothing.
SUPPLIED = "系统补设"

#: Months in a period, by recurrence of a deadline.
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
#: The end of one day, month, quarter or year, not of each or of several.
_BY_THEN = re.compile(r"[^每按—–~至\-]*(?:前|底|末)")
_PERIODS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}


class Milestone(NamedTuple):
    """A day by which a piece of a task is due.

    ``start`` and ``due`` are ISO dates, both inclusive; ``start`` is None where the text names only the end.
    ``item`` is empty for the task itself, else ``target:1``, ``measure:2``: kind and place from 1.
    ``period`` is ``month``, ``quarter``, ``half-year``, ``year``, ``week`` or ``day`` (any other stretch).
    ``basis`` are the notice's words, or SUPPLIED.
    """

    due: str
    item: str
    period: str
    start: str | None
    basis: str

    @property
    def supplied(self) -> bool:
        """Whether the notice names no day and the office's default stands in."""
        return self.basis == SUPPLIED

    @property
    def by_then(self) -> bool:
        """Whether the words tell only by when (6月底前), not in which days (6月, 3—6月, 每月10日前)."""
        return _by_then(self.basis)


def milestones(task: Task, year: int) -> tuple[Milestone, ...]:
    """The milestones of a task and its items, by day, each once; never none.

    ``year`` is the notice's: what recurs without an end is unrolled over it. A stretch of whole months that
    is no quarter, half-year or year (3—6月) has a milestone each month. A task with no dated deadline of its
    own or of its items has the four quarters' ends and 31 December, SUPPLIED.
    """
    return milestones_of(_dated(task), year)


class Dated(Protocol):
    """What milestones follow from: a :class:`~duban.model.task.Deadline`, or as the registry has it."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def start(self) -> str | None:
        """First day, ISO."""

    @property
    def due(self) -> str | None:
        """Last day, ISO."""

    @property
    def recurrence(self) -> str | None:
        """``monthly`` …"""


def milestones_of(dated: Iterable[tuple[str, Iterable[Dated]]], year: int) -> tuple[Milestone, ...]:
    """As :func:`milestones`, from the pieces of a task with the deadlines of each."""
    found: dict[tuple[str, str | None, str], Milestone] = {}
    for item, deadlines in dated:
        for deadline in deadlines:
            for start, due, period in _unrolled(deadline.start, deadline.due, deadline.recurrence, year):
                stone = Milestone(due, item, period, start, deadline.text)
                found.setdefault((item, start, due), stone)
    if len(found) > 1:
        return tuple(sorted(found.values(), key=_order))
    return tuple(found.values()) or _default(year)


@lru_cache(maxsize=1024)
def _by_then(basis: str) -> bool:
    return _BY_THEN.fullmatch(basis.strip()) is not None


def _order(stone: Milestone) -> tuple[str, tuple[str, int], str]:
    return stone.due, _place(stone.item), stone.start or ""


@lru_cache(maxsize=1024)
def _place(item: str) -> tuple[str, int]:
    """The kind of a piece and its number: the tenth behind the ninth."""
    kind, _, number = item.partition(":")
    return kind, int(number or 0)


def _dated(task: Task) -> Iterator[tuple[str, tuple[Deadline, ...]]]:
    yield "", task.deadlines
    kinds: tuple[tuple[str, tuple[Item, ...]], ...] = (("target", task.targets), ("measure", task.measures))
    for kind, items in kinds:
        for place, item in enumerate(items, 1):
            yield f"{kind}:{place}", item.deadlines


@lru_cache(maxsize=4096)
def _unrolled(
    start: str | None, due: str | None, recurrence: str | None, year: int
) -> tuple[tuple[str | None, str, str], ...]:
    """Start, due and period of each milestone of a deadline; none for what is ongoing."""
    if recurrence in _MONTHS or recurrence == "weekly":
        first = date.fromisoformat(start or f"{year}-01-01")
        last = date.fromisoformat(due or f"{max(year, first.year)}-12-31")
        step = _MONTHS.get(recurrence or "")
        return tuple(_weeks(first, last) if step is None else _steps(first, last, step))
    if due is None:
        return ()
    months = _whole_months(start, due)
    if start is not None and months is not None and _is_range(start, months):
        return tuple(_steps(date.fromisoformat(start), date.fromisoformat(due), 1))
    return ((start, due, _PERIODS.get(months or 0, "day")),)


def _is_range(start: str, months: int) -> bool:
    """Whether so many whole months are a range of months, not a period of the calendar or several years."""
    aligned = months in _PERIODS and (int(start[5:7]) - 1) % months == 0
    return not aligned and months <= 12


def _whole_months(start: str | None, due: str) -> int | None:
    """How many calendar months a deadline fills; None where it begins or ends inside one."""
    if start is None:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(due)
    if first.day != 1 or last != _month_end(last.year, last.month):
        return None
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _steps(first: date, last: date, months: int) -> Iterator[tuple[str, str, str]]:
    """The calendar's periods of so many months from the one that holds ``first``, cut to first and last."""
    index = first.year * 12 + (first.month - 1) // months * months
    while True:
        year, month = divmod(index, 12)
        begin = max(date(year, month + 1, 1), first)
        if begin > last:
            return
        end = min(_month_end(*_year_and_month(index + months - 1)), last)
        yield begin.isoformat(), end.isoformat(), _PERIODS[months]
        index += months


def _year_and_month(index: int) -> tuple[int, int]:
    """Year and month (1 to 12) of a month counted from the year 0."""
    return index // 12, index % 12 + 1


def _weeks(first: date, last: date) -> Iterator[tuple[str, str, str]]:
    """The weeks, Monday to Sunday, that touch the days, cut to them."""
    begin = first
    while begin <= last:
        end = min(begin + timedelta(6 - begin.weekday()), last)
        yield begin.isoformat(), end.isoformat(), "week"
        begin = end + timedelta(1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _default(year: int) -> tuple[Milestone, ...]:
    """The quarters of a year; the fourth is also the year's end, 31 December."""
    quarters = _steps(date(year, 1, 1), date(year, 12, 31), 3)
    return tuple(Milestone(due, "", period, start, SUPPLIED) for start, due, period in quarters)
