"""Items in a table's cell: ①…②… in one cell of targets or measures, with the clauses that close them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from ..model import Span
from .clauses import Clause
from .extents import LAST_SAFE_MARKER, lost_marker_starts
from .numerals import circled_number
from .page import trim_end
from .patterns import pattern

# Markers of items inside a cell; which ones number items, their order tells.
_MARKER = pattern(r"[①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇]\s*")
#: An item begins a cell, a line of it, or behind what ends a sentence.
_BEFORE = frozenset("。;!?)")


class CellItem(NamedTuple):
    """An item ``[start, end)`` of a cell; ``text_start`` is the first character behind its marker.

    ``recovered``: its marker was lost.
    """

    start: int
    text_start: int
    end: int
    clauses: Sequence[Clause]
    recovered: bool = False


def cell_items(folded: str, cell: Span, clauses: Sequence[Clause]) -> Iterator[CellItem]:
    """The items of a cell: one for each marker of a series ①②③ that counts from one, else the whole cell.

    What stands before the first marker is an item of its own; behind ⑩ a clause that closes a sentence parts
    items whose markers were lost. ``clauses`` are those of all tables, in order.
    """
    low = bisect_left(clauses, cell.start, key=attrgetter("start"))
    high = bisect_left(clauses, cell.end, key=attrgetter("start"))
    own = clauses[low:high]
    starts = list(_starts(folded, cell, own))
    if not starts:
        yield CellItem(cell.start, cell.start, cell.end, own)
        return
    before = trim_end(folded, cell.start, starts[0][0])
    if before > cell.start:
        yield CellItem(cell.start, cell.start, before, [c for c in own if c.start < before])
    count = len(starts)
    if count == LAST_SAFE_MARKER:
        last = [clause for clause in own if clause.start >= starts[-1][1]]
        starts += [(start, start) for start in lost_marker_starts(last, folded, cell.end)]
    ends = [start for start, _ in starts[1:]] + [cell.end]
    for at, ((start, text_start), end) in enumerate(zip(starts, ends, strict=True)):
        inside = [clause for clause in own if start <= clause.start < end]
        yield CellItem(start, text_start, trim_end(folded, text_start, end), inside, at >= count)


def _starts(folded: str, cell: Span, clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Where each item of the series begins, and where its text does."""
    awaited = 1
    for found in _MARKER.finditer(folded, cell.start, cell.end):
        if circled_number(found[0][0]) != awaited or any(c.start <= found.start() < c.end for c in clauses):
            continue
        before = trim_end(folded, cell.start, found.start())
        # A line's end inside the cell became a blank when its file was read.
        if before == cell.start or before < found.start() or folded[before - 1] in _BEFORE:
            awaited += 1
            yield found.start(), found.end()
