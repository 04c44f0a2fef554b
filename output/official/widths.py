"""Widths: how wide each column of a table is by the text in it, and how high a row will be."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..lengths import MM_PER_POINT
from ..text import widths
from .document import Table
from .settings import Settings

#: Rows looked at when widths are balanced: enough for any list, little enough for the longest.
_SAMPLE_ROWS = 100
#: One step of balancing, in millimetres.
_STEP_MM = 3.0
#: The norm that stands for the highest cell.
_POWER = 6
#: Half characters of the longest name that a column is made wide enough for, where there is room.
_LONGEST_NAMES = (22, 18, 16, 14, 12, 10, 8)
#: Share of the table that columns of names may take, by how many columns of sentences there are.
_NAMES_SHARES = (0.62, 0.7, 0.5, 0.42)
#: Half characters of a middling cell from which on a column holds sentences, and what it needs at least.
_PROSE_LENGTH, _PROSE_NEED = 44, 10
#: What is better not broken: names in a list, a number with its unit.
_PIECE = re.compile(r"[^、，。；：,;:\s（）()]+[、，。；：,;:]?")
#: A head of more characters may stand on two lines.
_HEAD_LINE = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """Column widths of a table and how text fills its cells. Lengths in millimetres."""

    #: Width of each column, left to right.
    widths: tuple[float, ...]
    line: float
    padding_across: float
    padding_down: float
    #: Width of half a Chinese character of the table's text.
    half: float
    #: What a line of each column takes, see :meth:`room`.
    rooms: tuple[int, ...] = ()

    def height(self, row: Sequence[str]) -> float:
        """Estimated height of a row: that of its highest cell."""
        rooms = self.rooms
        if len(row) < len(rooms):
            last = len(row) - 1
            rooms = (*rooms[:last], self.room(sum(self.widths[last:])))
        most = 1
        for text, room in zip(row, rooms, strict=True):
            # Most cells need no counting: not even with wide characters only are they the highest.
            if "\n" in text or len(text) * 2 > most * room:
                most = max(most, sum([-(-length // room) or 1 for length in widths(text)]))
        return most * self.line + self.padding_down

    def room(self, across: float) -> int:
        """Half characters that a line of a cell of this width takes."""
        # A line seldom fills up: punctuation may not begin one, numbers are not broken.
        return max(2, int((across - self.padding_across) / self.half) - 1)


def grid_of(table: Table, settings: Settings, across: float) -> Grid:
    """The grid of a table ``across`` millimetres wide: by its shares, or by its text where it has none."""
    padding_across, padding_down = settings.cell_margins_mm
    frame = Grid(
        (),
        line=settings.table_pitch_pt * MM_PER_POINT,
        padding_across=2 * padding_across,
        padding_down=2 * padding_down,
        half=settings.size("table") / 2 * MM_PER_POINT,
    )
    if table.shares:
        total = sum(table.shares)
        found = [across * share / total for share in table.shares]
    else:
        found = _by_text(table, frame, across)
    return replace(frame, widths=tuple(found), rooms=tuple(map(frame.room, found)))


def _by_text(table: Table, frame: Grid, across: float) -> list[float]:
    count = table.columns
    rows = [row for row in table.rows if len(row) == count]
    sample = rows[:: -(-len(rows) // _SAMPLE_ROWS) or 1]
    columns = range(count)
    cells = [[widths(row[at]) for row in sample] for at in columns]
    heads = table.head if len(table.head) == count else ("",) * count
    pieces = [max((_longest_piece(row[at]) for row in sample), default=0) for at in columns]
    longest = [max((length for cell in column for length in cell), default=0) for column in cells]
    prose = [_is_prose(column) for column in cells]
    share = _NAMES_SHARES[min(sum(prose), len(_NAMES_SHARES) - 1)]
    width: list[float] = []
    for most in _LONGEST_NAMES:
        needed = [
            max(_head_need(heads[at]), min(pieces[at], _PROSE_NEED if prose[at] else most)) for at in columns
        ]
        # A character of play: programs differ in how they count a cell's margins and space out digits.
        width = [frame.padding_across + frame.half * (need + 2) for need in needed]
        if sum(width[at] for at in columns if not prose[at]) <= across * share:
            break
    total = sum(width)
    if total > across:
        return [one * across / total for one in width]
    # A column takes no more than its longest line.
    caps = [frame.padding_across + frame.half * (length + 2) for length in longest]
    return _balanced(width, caps, cells, frame, across - total)


def _balanced(
    width: list[float], caps: list[float], cells: list[list[tuple[int, ...]]], frame: Grid, spare: float
) -> list[float]:
    """Hand out ``spare`` step by step to the column where it lowers the table most.

    A row is as high as its highest cell: a high norm of its cells' lines, smooth where they are nearly equal.
    """

    def powers(at: int, across: float) -> list[float]:
        # Fractions of lines: whole ones would hide what a small step gains.
        room = max(1.0, (across - frame.padding_across) / frame.half - 1)
        return [sum([max(1.0, length / room) for length in cell]) ** _POWER for cell in cells[at]]

    columns = range(len(width))
    held = [powers(at, width[at]) for at in columns]
    rows = [sum(of_row) for of_row in zip(*held, strict=True)]
    further = [powers(at, width[at] + _STEP_MM) for at in columns]
    while spare > 0:
        step = min(_STEP_MM, spare)
        spare -= step
        whole = _height(rows)
        after = [
            whole if width[at] >= caps[at] else _height(_exchanged(rows, held[at], further[at]))
            for at in columns
        ]
        # Of columns that gain the same, as in an empty list, the narrowest.
        _, _, chosen = min((after[at], width[at], at) for at in columns)
        width[chosen] += step
        now = powers(chosen, width[chosen])
        rows = _exchanged(rows, held[chosen], now)
        held[chosen] = now
        further[chosen] = powers(chosen, width[chosen] + _STEP_MM)
    return width


def _height(rows: Sequence[float]) -> float:
    return math.fsum([row ** (1 / _POWER) for row in rows])


def _exchanged(rows: Sequence[float], old: Sequence[float], new: Sequence[float]) -> list[float]:
    # Sums of sixth powers are not exact to the last digit.
    return [max(1.0, row - one + two) for row, one, two in zip(rows, old, new, strict=True)]


def _is_prose(cells: list[tuple[int, ...]]) -> bool:
    """Whether a column's cells are sentences rather than names and dates."""
    lengths = sorted(sum(cell) for cell in cells)
    return bool(lengths) and lengths[len(lengths) // 2] >= _PROSE_LENGTH


def _longest_piece(text: str) -> int:
    """Half characters of the longest stretch without a mark at which a line may well end."""
    return max((widths(piece)[0] for piece in _PIECE.findall(text)), default=0)


def _head_need(head: str) -> int:
    """Half characters that a head needs: on one line where it is short, else on two."""
    length = max(map(len, head.split("\n")))
    return 2 * (length if length <= _HEAD_LINE else -(-length // 2))
