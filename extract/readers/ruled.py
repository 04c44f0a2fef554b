"""Ruled tables of laid-out pages: letters go to their cells, the pages' tables become one."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import NamedTuple

from ...model.folding import fold
from ..patterns import pattern
from .boxes import Box, Line, in_reading_order
from .grid import Cell, Grid
from .joiner import MARKER, width_of_unit

# The end of a cell that is complete: a sentence, a name, a bracket; what else may go on overleaf.
_COMPLETE = pattern(r"[。;!?)\]〕】》”]$")
# The number of a row.
_ROW_NUMBER = pattern(r"(\d{1,4})[.、]?$")
#: Columns of two pages are the same when their borders differ by no more, in points.
_SAME_BORDER = 4.0
#: Rows of a header that may be repeated on each page.
_MOST_HEADER_ROWS = 5
#: A cell's text keeps this distance from its border at most.
_MOST_PADDING = 8.0


class Table(NamedTuple):
    """A ruled table of one page: its grid, and for each cell its lines."""

    grid: Grid
    texts: list[list[Line]]

    @property
    def box(self) -> Box:
        """The whole table."""
        return self.grid.box

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell at a place; None outside."""
        for index, cell in enumerate(self.grid.cells):
            box = cell.box
            if box.left <= x < box.right and box.top <= y < box.bottom:
                return index
        return None


def cut_at_cells(line: Line, boxes: Sequence[Box], tables: Sequence[Table]) -> list[Line]:
    """Puts the letters of a line, whose boxes are given, into their cells; gives back those outside."""
    outside: list[Line] = []
    start, home = 0, _home(boxes[0], tables)
    for index in range(1, len(boxes) + 1):
        # A blank belongs to what it follows: its box may reach over a border.
        if index < len(boxes) and line.text[index].isspace():
            continue
        here = _home(boxes[index], tables) if index < len(boxes) else None
        if index < len(boxes) and here == home:
            continue
        text = line.text[start:index].strip()
        if text:
            first = start + len(line.text[start:index]) - len(line.text[start:index].lstrip())
            around = boxes[first]._replace(right=boxes[first + len(text) - 1].right)
            part = Line(text, around, line.size, line.behind if index == len(boxes) else "")
            if home is None:
                outside.append(part)
            else:
                tables[home[0]].texts[home[1]].append(part)
        start, home = index, here
    return outside


def _home(box: Box, tables: Sequence[Table]) -> tuple[int, int] | None:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    for number, table in enumerate(tables):
        around = table.box
        if around.left <= x < around.right and around.top <= y < around.bottom:
            cell = table.cell_at(x, y)
            return None if cell is None else (number, cell)
    return None


class Stretch(NamedTuple):
    """A line of a cell, and what stands before it there: nothing, or a blank that parts paragraphs."""

    before: str
    line: Line
    page: int


#: A row: for each column the stretches of its cell; None where the cell began further up or left.
Row = list[list[Stretch] | None]
#: Stands in a row for a cell that begins in a row above; told by identity, and empty like others.
SPANNED: list[Stretch] = []


def rows_of(table: Table, page: int) -> list[Row]:
    """The rows of a page's table; a merged cell stands once, at its upper left corner."""
    offsets = [
        line.box.left - cell.box.left
        for cell, lines in zip(table.grid.cells, table.texts, strict=True)
        for line in lines
    ]
    padding = max(0.0, min([*offsets, _MOST_PADDING]))
    ruled: list[list[tuple[Cell, list[Line]]]] = [[] for _ in range(len(table.grid.ys) - 1)]
    for cell, lines in zip(table.grid.cells, table.texts, strict=True):
        ruled[cell.row].append((cell, lines))
    spanned = {
        (at, cell.column) for cell in table.grid.cells for at in range(cell.row + 1, cell.last_row + 1)
    }
    rows: list[Row] = []
    for at, cells in enumerate(ruled):
        for part in _numbered_parts(cells) if cells else ():
            row: Row = [SPANNED if (at, x) in spanned else None for x in range(len(table.grid.xs) - 1)]
            for cell, lines in part:
                row[cell.column] = _stretches(cell, lines, padding, page)
            rows.append(row)
    return rows


def _numbered_parts(cells: list[tuple[Cell, list[Line]]]) -> list[list[tuple[Cell, list[Line]]]]:
    """A ruled row as the rows that it holds, where no rules part these: numbers stand one below the other in
    the first cell, and another cell begins a line beside each. Else the row as it is."""
    first, numbers = cells[0]
    numbers = in_reading_order(numbers)
    told = [_ROW_NUMBER.match(fold(line.text)) for line in numbers]
    found = [int(match[1]) for match in told if match is not None]
    if first.column or len(found) < 2 or found != list(range(found[0], found[0] + len(numbers))):
        return [cells]
    tops = [line.box.top - line.size / 2 for line in numbers]
    parts: list[list[tuple[Cell, list[Line]]]] = [[(first, [line])] for line in numbers]
    beside = [False] * len(numbers)
    for cell, lines in cells[1:]:
        shares: list[list[Line]] = [[] for _ in numbers]
        for line in lines:
            at = bisect(tops, line.box.top) - 1
            if at < 0:
                return [cells]
            shares[at].append(line)
            beside[at] = beside[at] or numbers[at].beside(line)
        for part, share in zip(parts, shares, strict=True):
            part.append((cell, share))
    return parts if all(beside) else [cells]


def _stretches(cell: Cell, lines: list[Line], padding: float, page: int) -> list[Stretch]:
    found: list[Stretch] = []
    room = cell.box.right - cell.box.left - 2 * padding
    for line in in_reading_order(lines):
        before = ""
        if found:
            last = found[-1].line
            wide = last.box.right - last.box.left
            fits = wide + width_of_unit(line) + 0.2 * line.size <= room
            in_words = last.behind and last.text[-1].isascii() and line.text[0].isascii()
            if in_words or (fits and not _opens(found)):
                before = " "
        found.append(Stretch(before, line, page))
    return found


def _opens(stretches: list[Stretch]) -> bool:
    """Whether a bracket is open, or a list goes on."""
    words = fold("".join(stretch.line.text for stretch in stretches))
    return words.count("(") > words.count(")") or words.endswith(("、", ","))


def words_of(cell: list[Stretch] | None) -> str:
    """The text of a cell."""
    return "".join(stretch.before + stretch.line.text for stretch in cell or ())


def continues(above: Grid, below: Grid) -> bool:
    """Whether two tables have the same columns, so that one may go on in the other."""
    return len(above.xs) == len(below.xs) and all(
        abs(a - b) <= _SAME_BORDER for a, b in zip(above.xs, below.xs, strict=True)
    )


def repeated_header(first: list[Row], rows: list[Row]) -> int:
    """How many rows at the head of ``rows`` repeat the head of the table's first page."""
    count = 0
    for mine, theirs in zip(first[:_MOST_HEADER_ROWS], rows, strict=False):
        words = [_bare(cell) for cell in mine]
        if words != [_bare(cell) for cell in theirs] or not any(words):
            break
        count += 1
    return count


def mark_spanned(grid: Grid, rows: list[Row], first: int) -> None:
    """In a page's first row behind the header, the cells that go on from the page before: they hold nothing,
    and span more rows than this."""
    if len(rows) != len(grid.ys) - 1 or first >= len(rows):  # rows that no rules part
        return
    for cell in grid.cells:
        if cell.row == first < cell.last_row and not words_of(rows[first][cell.column]):
            rows[first][cell.column] = SPANNED


def _bare(cell: list[Stretch] | None) -> str:
    return "".join(words_of(cell).split())


def append_rows(rows: list[Row], more: list[Row]) -> None:
    """Adds the rows of the next page; one that goes on from the page before is joined to its first part."""
    if rows and more and _goes_on(rows, more[0]):
        last = rows[-1]
        for column, cell in enumerate(more[0]):
            if cell:
                last[column] = (last[column] or []) + cell
        more = more[1:]
    rows.extend(more)


def _is_heading(row: Row) -> bool:
    """Whether a row holds nothing but its first cell, which heads the rows below."""
    return bool(row[0]) and not any(row[1:])


def _goes_on(rows: list[Row], row: Row) -> bool:
    """Whether a page's first row is the rest of the last row: its first cell is empty where others have a
    number, and each cell that holds something goes on from one that was not complete."""
    last = rows[-1]
    filled = [column for column, cell in enumerate(row) if cell]
    if filled == [0] and _is_heading(row) and _is_heading(last):
        words = fold(words_of(last[0]))
        return not _COMPLETE.search(words) and not MARKER.match(fold(words_of(row[0])))
    if not filled or row[0] or not last[0]:
        return False
    for column in filled:
        above = last[column]
        if not above or (_COMPLETE.search(fold(words_of(above))) and not _opens(above)):
            return False
    return True
