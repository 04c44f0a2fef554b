"""Lines of a text with the place of each stretch, and rows of tables put together from their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..patterns import pattern
from .builder import Stretch, TextBuilder

Line = list[Stretch]
#: What parts the cells of a row, and what ends it: the form in which the parser reads tables.
BAR, LAST_BAR = " | ", " |"

#: A cell that is empty because a merged cell further up spans it: a stretch of no letters from nowhere.
SPANNED_CELL: Line = [("", (), True)]


#: Characters that no page shows: places where a word may be broken, marks of writing direction.
INVISIBLE = pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_INVISIBLE_HEADS = (
    b"\xc2\xad",
    b"\xe2\x80\x8b",
    b"\xe2\x80\x8c",
    b"\xe2\x80\x8d",
    b"\xe2\x80\x8e",
    b"\xe2\x81\xa0",
    b"\xef\xbb\xbf",
)
#: Raised figures.
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def without_invisible(data: bytes) -> bytes:
    """XML in UTF-8 without such characters: seldom there, and cheaper to look for than in each text."""
    if b"\0" in data or not any(mark in data for mark in _INVISIBLE_HEADS):
        return data
    head = data[:200].partition(b"?>")[0].lower()
    if b"encoding" in head and b"utf-8" not in head:  # in GB18030 the same bytes are letters
        return data
    return INVISIBLE.sub("", data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def as_power(line: Line, text: str) -> str:
    """Raised digits behind a figure as such, so that 10⁴ is not read as 104; else the text itself."""
    behind = line[-1][0][-1:] if line else ""
    return text.translate(POWERS) if behind.isdigit() and text.isdecimal() and text.isascii() else text


def one_line(lines: Iterable[Line]) -> Line:
    """The lines of a cell as one, parted by blanks; line breaks inside them become blanks too."""
    lines = list(lines)
    if len(lines) == 1 and len(lines[0]) == 1:
        if lines[0] is SPANNED_CELL:
            return SPANNED_CELL
        text = lines[0][0][0]
        if "\n" not in text and "\r" not in text:
            return lines[0] if text.strip() else []
    joined: Line = []
    for line in lines:
        if not any(text.strip() for text, _, _ in line):
            continue
        if joined:
            joined.append((" ", joined[-1][1], True))
        for text, where, generated in line:
            if "\n" in text or "\r" in text:
                joined.append((" ".join(text.splitlines()) if text.strip() else " ", where, True))
            else:
                joined.append((text, where, generated))
    return joined


def lines_of_rows(rows: Iterable[Sequence[Iterable[Line]]], where: tuple[int, ...]) -> list[Line]:
    """The lines of a table, given the lines of each cell of each row; ``where`` as in :func:`row_of`.

    A table of one column is a frame around prose, whose lines stay.
    """
    rows = list(rows)
    if max(map(len, rows), default=0) <= 1:
        return [line for row in rows for cell in row for line in cell if line is not SPANNED_CELL]
    return [row_of([one_line(cell) for cell in row], where) for row in rows if row]


def row_of(cells: Sequence[Line], where: tuple[int, ...]) -> Line:
    """A row: cells parted and closed by bars. ``where`` is the place of bars before which nothing stands."""
    row: Line = []
    for index, cell in enumerate(cells):
        if index:
            row.append((BAR, where, True))
        row += cell
        if cell and cell is not SPANNED_CELL:
            where = cell[-1][1]
    row.append((LAST_BAR, where, True))
    return row


def add_lines(builder: TextBuilder, lines: Iterable[Line], part: str, *, aside: bool = False) -> None:
    """Append lines, each with its line end."""
    builder.add_lines(lines, part, aside=aside)
