"""Sheets of tasks: the header row told by its words, and rows as the parser reads them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from ..page import without_blanks
from ..tables import heads_due, heads_units, is_content_head, is_number_head
from .lines import SPANNED_CELL, Line, row_of

#: A longer cell is no head of a column; a header stands in the first rows.
_LONGEST_HEAD, _HEADER_ROWS = 20, 40
#: Fewer heads in a printed line are no row of heads.
_FEWEST_HEADS = 3


def is_header(cells: Sequence[str]) -> bool:
    """Whether these cells head columns of tasks: units with content, or a number with content."""
    heads = [without_blanks(cell) for cell in cells if cell.strip()]
    if len(heads) < 2 or any(len(head) > _LONGEST_HEAD for head in heads):
        return False
    if not any(is_content_head(head) for head in heads):
        return False
    return any(heads_units(head) or is_number_head(head) or heads_due(head) for head in heads)


def is_head_line(words: Sequence[str]) -> bool:
    """Whether the words of a printed line head columns; in prose two such words may stand side by side."""
    return len(words) >= _FEWEST_HEADS and is_header(words)


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the header among the first rows; None where there is none."""
    return next((index for index, row in enumerate(rows[:_HEADER_ROWS]) if is_header(row)), None)


def table_lines(
    rows: Sequence[tuple[int, Sequence[str]]], spanned: Set[tuple[int, int]] = frozenset()
) -> list[Line]:
    """The rows of a sheet, each with its index in the file, as lines: those above the header, and
    behind the last row of several cells, that hold one cell are prose; all others are rows under the header's
    columns. Empty rows are left out. ``spanned``
    are rows and columns of cells that a merged one above spans."""
    header = header_row([cells for _, cells in rows])
    width = _width([cells for _, cells in rows])
    last = max((at for at, (_, cells) in enumerate(rows) if _filled(cells) > 1), default=-1)
    lines: list[Line] = []
    for index, (number, cells) in enumerate(rows):
        filled = [at for at, cell in enumerate(cells) if cell.strip()]
        if not filled:
            continue
        if len(filled) == 1 and (header is None or index < header or (index > last and filled[0] == 0)):
            lines += [
                [(words, (number, filled[0]), False)]
                for words in cells[filled[0]].splitlines()
                if words.strip()
            ]
            continue
        padded = [*cells[:width], *[""] * (width - len(cells))]
        line = [
            SPANNED_CELL if (number, at) in spanned else _cell(cell, number, at)
            for at, cell in enumerate(padded)
        ]
        lines.append(row_of(line, (number, 0)))
    return lines


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _cell(cell: str, row: int, column: int) -> Line:
    """A cell's lines parted by blanks."""
    line: Line = []
    for words in cell.splitlines():
        if words.strip():
            if line:
                line.append((" ", (row, column), True))
            line.append((words.strip(" \t"), (row, column), False))
    return line


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Columns up to the last that holds anything."""
    return max((at + 1 for row in rows for at, cell in enumerate(row) if cell.strip()), default=0)
