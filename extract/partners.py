"""Partners: units that the prose of a task works with (会同省财政厅印发…) although no clause names them.

They are suggestions, never parties: 会同 in a measure tells of a way of working, not of who answers for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..model import Item, Span, Suggested, Task
from .names import LONGEST_NAME
from .page import Page
from .patterns import pattern

if TYPE_CHECKING:
    from ..model.units import Resolver

# The words that join a unit behind them.
_WORD = pattern(r"会同|联合|配合|协同|商请")
# A name that no directory knows: an owner, then up to the first end that only bodies have. 委 ends a name,
# but not where it begins another one (省委网信办) or a longer end (委员会).
_NAME = pattern(
    r"(?:省|市|县|区|国家|国务院|中央|中国|[\u4e00-\u9fff]{2,3}[省市县区])[\u4e00-\u9fff]{0,20}?"
    r"(?:成员单位|委员会|管委会|办公室|中心|厅|局|银行|分行|海关|公司|集团|大学(?!附属)|学院|研究院|联合会|协会|科协|社科联|工商联|妇联|残联"
    r"|医院|署|办(?=[、,和与及。;共联]|$)|(?<!省)(?<!市)委(?![员托宣组网政编统外]))"
)
# What joins two names of one list.
_JOINT = pattern(r"[、,]|和|与|及|以及")


def implicit_partners(
    page: Page, tasks: Sequence[Task], resolver_at: Callable[[int], Resolver | None]
) -> list[Suggested]:
    """The units of all tasks' prose behind a joining word, in order; those left out that the same task or
    item names in its clauses. ``resolver_at`` tells what names mean at a place. Linear."""
    starts = [task.span.start for task in tasks]
    found: list[Suggested] = []
    holders: dict[int, _Named] = {}
    for word in _WORD.finditer(page.folded):
        index = bisect_right(starts, word.start()) - 1
        if index < 0 or word.end() > tasks[index].span.end:
            continue
        task = tasks[index]
        if index not in holders:
            holders[index] = _Named(task)
        named = holders[index].at(word.start())
        for span, unit in _names_from(page, word.end(), resolver_at(word.start())):
            name = span.of(page.text)
            if named is not None and name not in named[0] and (unit is None or unit not in named[1]):
                found.append(Suggested(task.path, name, span, word.group(), unit))
    return found


class _Named:
    """Names and ids of those who answer for a place of a task; made once for each task and item."""

    def __init__(self, task: Task) -> None:
        self._items = sorted((*task.targets, *task.measures), key=lambda item: item.span)
        self._starts = [item.span.start for item in self._items]
        self._task = task
        self._known: dict[int, tuple[list[Span], set[str], set[str]]] = {}

    def at(self, place: int) -> tuple[set[str], set[str]] | None:
        """Names and ids of the parties at a place; None where it is a clause's own words."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and place >= self._items[index].span.end:
            index = -1  # behind the item before: the task's own words
        if index not in self._known:
            self._known[index] = _of(self._items[index] if index >= 0 else self._task)
        clauses, names, units = self._known[index]
        clause = bisect_right(clauses, place, key=lambda span: span.start) - 1
        return None if clause >= 0 and place < clauses[clause].end else (names, units)


def _of(holder: Task | Item) -> tuple[list[Span], set[str], set[str]]:
    """The clauses of a task or item in order, and the names and ids of its parties."""
    clauses = sorted(clause.span for clause in holder.assignments)
    names = {party.text for party in holder.parties}
    return clauses, names, {party.unit for party in holder.parties if party.unit is not None}


def _names_from(page: Page, start: int, resolve: Resolver | None) -> Iterator[tuple[Span, str | None]]:
    """The list of names that begins at ``start``: the longest that the directory knows, else what looks like
    one."""
    folded = page.folded
    while True:
        known = resolve.longest_at(folded, start, LONGEST_NAME // 2) if resolve is not None else None
        if known is not None and not _bare_place(folded[start : known[0]]):
            end, unit = known[0], known[1]
        else:
            match = _NAME.match(folded, start)
            if match is None:
                return
            end, unit = match.end(), None
        yield Span(start, end), unit
        joint = _JOINT.match(folded, end)
        if joint is None:
            return
        start = joint.end()


def _bare_place(name: str) -> bool:
    """A place's name by itself (大连, 朝阳) is in prose a place or a word."""
    return len(name) < 4 and name[0] not in "省市县区"
