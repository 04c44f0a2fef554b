"""Open rows: the rows of a table that no rules close, by rules or by numbers, and the grid that they make."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from .boxes import Box
from .grid import Cell, Grid
from .text_columns import Columns, TextLine, is_number

#: Rows that lie about their numbers: at least so many, and no farther off the middle, as a share of a line's
#: height.
_FEWEST_ROWS, _UNEVEN = 2, 0.4
#: A table ends where the next line is farther than so many usual steps.
_WIDEST_STEP = 2.5


class Band(NamedTuple):
    """A row of the table: its lines, and whether it is one cell over all columns."""

    lines: list[TextLine]
    whole: bool


def bands_of(
    page: Any, lines: Sequence[TextLine], columns: Columns, *, headed: bool, goes_on: bool
) -> tuple[list[Band], bool]:
    """The rows of a table, and whether it runs to the end of the page; none where they cannot be told.
    ``goes_on``: its first row may be the rest of one on the page before.

    Rows are as they are ruled. Else a row begins where its number stands, if that is on its first line; or it
    lies evenly about its number.
    """
    near = _near(lines)
    rules = _rules(page, near, columns)
    ruled = _ruled_bands(near, rules, columns)
    if ruled is not None:
        bands, ends = ruled, not any(band.whole for band in ruled[-1:])
    elif columns.numbered:
        first = columns.number(lines[headed]) if len(lines) > headed else ""
        centred = _centred_bands(lines, columns, headed=headed) if first is None else []
        if centred:
            return centred, centred[-1].lines[-1] is lines[-1]
        bands, ends = _numbered_bands(near, rules, columns, headed=headed, goes_on=goes_on)
    else:
        return [], False
    return bands, ends and bands[-1].lines[-1] is lines[-1]


def _near(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines down to the first gap that is too wide for a table."""
    steps = [below.top - above.top for above, below in pairwise(lines)]
    widest = _WIDEST_STEP * median(steps) if steps else 0.0
    return list(lines[: next((at for at, step in enumerate(steps, 1) if step > widest), len(lines))])


def _rules(page: Any, lines: Sequence[TextLine], columns: Columns) -> list[float]:
    """The heights of the rules that run over the columns, from top to bottom."""
    part = page.crop((0, max(0, lines[0].top - 20), page.width, min(page.height, lines[-1].bottom + 20)))
    settings = {
        "vertical_strategy": "explicit",
        "explicit_vertical_lines": list(columns.borders[1:-1]),
        "horizontal_strategy": "lines",
    }
    table = part.find_table(settings)
    return [] if table is None else sorted({edge for cell in table.cells for edge in (cell[1], cell[3])})


def _ruled_bands(lines: Sequence[TextLine], rules: Sequence[float], columns: Columns) -> list[Band] | None:
    """The rows between rules; None where a rule does not stand for each row."""
    bands: list[Band] = []
    last = -1
    for line in lines:
        place = bisect(rules, (line.top + line.bottom) / 2)
        whole = not columns.fit(line)
        if place == len(rules) and whole:  # below the last rule begins something else
            break
        if place == last:
            bands[-1] = Band([*bands[-1].lines, line], bands[-1].whole or whole)
        else:
            bands.append(Band([line], whole))
        last = place
    numbers = [sum(is_number(columns.number(line)) for line in band.lines) for band in bands]
    return bands if len(rules) > 2 and len(bands) > 2 and max(numbers) <= 1 else None


def _numbered_bands(
    lines: Sequence[TextLine],
    rules: Sequence[float],
    columns: Columns,
    *,
    headed: bool,
    goes_on: bool,
) -> tuple[list[Band], bool]:
    """The rows by their numbers, and whether nothing ends them; none where those do not stand on first lines.

    A line over several columns is a row of its own where numbers go on below it, else the end.
    """
    bands = [Band([lines[0]], whole=False)] if headed else []
    whole: list[TextLine] = []
    first = lines[headed].bottom if len(lines) > headed else 0.0
    end = next((rule for rule in rules if rule >= first), None)  # a rule below the first row closes the table
    for line in lines[headed:]:
        if end is not None and line.top >= end:
            return bands, False
        number = columns.number(line)
        if not columns.goes_on(line):
            whole.append(line)
        elif number is not None:
            bands += [Band([one], whole=True) for one in whole]
            whole = []
            bands.append(Band([line], whole=False))
        elif whole:
            break
        elif len(bands) > headed:
            bands[-1].lines.append(line)
        elif not goes_on:
            return [], False
        else:
            bands.append(Band([line], whole=False))
    return bands, not whole


def _centred_bands(lines: Sequence[TextLine], columns: Columns, *, headed: bool) -> list[Band]:
    """The rows whose number stands in the middle of their height, as spreadsheets are printed; none where the
    lines of a row do not lie evenly about it. A line over several columns is a row of its own."""
    numbers = [line for line in lines[headed:] if is_number(columns.number(line)) and columns.fit(line)]
    if len(numbers) < _FEWEST_ROWS:
        return []
    rows: list[list[TextLine]] = [[] for _ in numbers]
    whole: list[TextLine] = []
    for line in lines[headed:]:
        if not columns.fit(line):
            if line.top > numbers[-1].bottom:
                break  # what stands below the table
            whole.append(line)
            continue
        middle = (line.top + line.bottom) / 2
        nearest = min(range(len(numbers)), key=lambda at: abs(_middle(numbers[at]) - middle))
        rows[nearest].append(line)
    for number, row in zip(numbers, rows, strict=True):
        middle = (row[0].top + row[-1].bottom) / 2
        if abs(middle - _middle(number)) > _UNEVEN * (number.bottom - number.top):
            return []
    found = [Band(row, whole=False) for row in rows] + [Band([line], whole=True) for line in whole]
    head = [Band([lines[0]], whole=False)] if headed else []
    return head + sorted(found, key=lambda band: band.lines[0].top)


def _middle(line: TextLine) -> float:
    return (line.top + line.bottom) / 2


def grid_of(bands: Sequence[Band], columns: Columns) -> Grid:
    """The grid of these rows. A cell is as wide as the words of its column, so that lines can be told that
    were ended on purpose."""
    inner = [(above.lines[-1].bottom + below.lines[0].top) / 2 for above, below in pairwise(bands)]
    heights = (bands[0].lines[0].top - 2, *inner, bands[-1].lines[-1].bottom + 2)
    sides = []
    for left, right in pairwise(columns.borders):
        boxes = [
            word.box
            for band in bands
            for line in band.lines
            if not band.whole
            for word in line.in_column(left, right)
        ]
        sides.append(
            (min((box.left for box in boxes), default=left), max((box.right for box in boxes), default=right))
        )
    cells: list[Cell] = []
    for row, (band, (top, bottom)) in enumerate(zip(bands, pairwise(heights), strict=True)):
        if band.whole:
            around = Box(columns.borders[0], top, columns.borders[-1], bottom)
            cells.append(Cell(row, 0, row, len(sides) - 1, around))
        else:
            cells += [
                Cell(row, at, row, at, Box(left, top, right, bottom))
                for at, (left, right) in enumerate(sides)
            ]
    return Grid(heights, columns.borders, tuple(cells))
