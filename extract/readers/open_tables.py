"""Open tables of a PDF: those whose cells no ruled lines close, found by pdfplumber where the text lines up.

Three-line tables, tables with level rules only, sheets without borders. A page is looked at only where
a row of heads (序号 任务 责任单位 …) stands outside closed tables, or where such a table ran to the end of
the page before: pdfplumber takes some fifty times as long for a page as pdfium. It tells where columns begin
and which rows are ruled; the letters come from pdfium, as everywhere.
"""

from __future__ import annotations

import io
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from ..page import without_blanks
from ..patterns import pattern
from ..tables import is_number_head
from .boxes import Box, Sheet
from .furniture import is_page_mark
from .grid import Cell, Grid
from .task_tables import is_header

#: Fewer heads are no row of heads: in prose two such words may stand side by side.
_FEWEST_HEADS = 3
#: The number of a row.
_NUMBER = pattern(
    r"(?:\d{1,4}[.．、]?|[一二三四五六七八九十百]{1,4}、?|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)])$"
)
#: A table ends where the next line is farther than so many usual steps.
_WIDEST_STEP = 2.5
#: Words reach over a border when they do so by more, in points.
_OVER = 1.0
#: A border is one although words reach over it in this share of the lines that have several words.
_ODD_LINES = 0.1
#: A page of more words is no table that somebody reads.
_MOST_WORDS = 5_000
#: So many tables are looked for on a page.
_MOST_TABLES = 10
#: A running header has no more lines.
_HEADER_LINES = 3
#: What the table settings of pdfplumber call its ways to find lines.
_BY_TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}


class _Word(NamedTuple):
    text: str
    box: Box

    @property
    def middle(self) -> float:
        return (self.box.left + self.box.right) / 2


class _TextLine(NamedTuple):
    """Words side by side, from left to right."""

    words: list[_Word]
    top: float
    bottom: float

    def reaches_over(self, border: float) -> bool:
        """Whether a word stands on both sides of a border."""
        return any(word.box.left < border - _OVER and word.box.right > border + _OVER for word in self.words)

    def in_column(self, left: float, right: float) -> list[_Word]:
        """The words whose middle stands between two borders."""
        return [word for word in self.words if left <= word.middle < right]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: their borders, and whether the first holds the rows' numbers."""

    borders: tuple[float, ...]
    numbered: bool

    def fit(self, line: _TextLine) -> bool:
        """Whether no word of a line reaches from column to column."""
        return not any(line.reaches_over(border) for border in self.borders[1:-1])

    def goes_on(self, line: _TextLine) -> bool:
        """Whether a line may be the first of a row, or of the rest of one."""
        number = self.number(line)
        return self.fit(line) and (not self.numbered or number is None or _is_number(number))

    def number(self, line: _TextLine) -> str | None:
        """The words of a line in the first column; None where it is empty."""
        return "".join(word.text for word in line.in_column(*self.borders[:2])) or None


class _Band(NamedTuple):
    """A row of the table: its lines, and whether it is one cell over all columns."""

    lines: list[_TextLine]
    whole: bool


class OpenTables:
    """The open tables of a file's pages, asked for one page after the other."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._document: Any = None
        #: The columns of a table that ran to the end of a page, and that page's index.
        self._columns: _Columns | None = None
        self._page = -1
        #: Whether below a row of heads on the last page asked for no table was found.
        self.missed = False

    def find(self, index: int, sheet: Sheet) -> list[Grid]:
        """The open tables of a page, from top to bottom; none on most pages. One that goes on from the page
        before has the columns that it had there."""
        heads = [line.box.top for line in sheet.lines if _is_head(line.text.split())][:_MOST_TABLES]
        before = self._columns if self._page == index - 1 else None
        self._columns, self._page = None, index
        self.missed = False
        if not heads and before is None:
            return []
        page: Any = None
        found: list[Grid] = []
        try:
            page = self._plumbed(index, sheet)
            if page is not None:
                found = self._find(page, sheet, heads, before)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises anything on damaged pages, which pdfium could read
            found = []
        finally:
            if page is not None:
                page.close()  # it keeps all that it found
        self.missed = len(found) < len(heads)
        return found

    def _find(self, page: Any, sheet: Sheet, heads: Sequence[float], before: _Columns | None) -> list[Grid]:
        """The table that goes on from the page before, above the first head, and one below each head."""
        lines = _lines(page, sheet)
        found: list[Grid] = []
        tops = [*([] if before is None else [0.0]), *heads, sheet.height]
        for top, bottom in pairwise(tops):
            part = _between(lines, sheet, top, bottom)
            grid, self._columns = _table(page, part, before, alone=not heads)
            if grid is not None:
                found.append(grid)
                before = None
        return found

    def _plumbed(self, index: int, sheet: Sheet) -> Any:
        """pdfplumber's page; None where it sees the page another way round than we do."""
        import pdfplumber

        if self._document is None:  # never closed: it would read all pages first; what it holds is in memory
            self._document = pdfplumber.open(io.BytesIO(self._raw))
        page = self._document.pages[index]
        same = abs(page.width - sheet.width) < 1 and abs(page.height - sheet.height) < 1
        return page if same and not page.rotation and page.bbox[:2] == (0, 0) else None


def _is_head(words: Sequence[str]) -> bool:
    return len(words) >= _FEWEST_HEADS and is_header(words)


def _table(
    page: Any, lines: list[_TextLine], before: _Columns | None, *, alone: bool
) -> tuple[Grid | None, _Columns | None]:
    """The table that begins with the first of these lines, and its columns where it runs to the last.

    ``before``: the columns of a table that may go on here; ``alone``: nothing else tells a table on the page.
    """
    headed = bool(lines) and _is_head([word.text for word in lines[0].words])
    if before is not None and not headed:  # a running header stands above what goes on
        first = (at for at, line in enumerate(lines[:_HEADER_LINES]) if before.goes_on(line))
        lines = lines[next(first, 0) :]
        if not alone and not any(_is_number(before.number(line)) for line in lines):
            return None, None
    columns = before if before is not None and lines and before.fit(lines[0]) else None
    if columns is None and headed:
        columns = _columns(page, lines)
    if columns is None:
        return None, None
    bands, ends = _bands(page, lines, columns, headed=headed, goes_on=columns is before)
    if len(bands) < 1 + headed:
        return None, None
    return _grid(bands, columns), columns if ends else None


def _between(lines: Sequence[_TextLine], sheet: Sheet, top: float, bottom: float) -> list[_TextLine]:
    """The lines from one height to another, or to a closed table above it."""
    bottom = min([bottom, *(table.box.top for table in sheet.tables if table.box.top > top)])
    return [line for line in lines if top <= (line.top + line.bottom) / 2 < bottom]


def _lines(page: Any, sheet: Sheet) -> list[_TextLine]:
    """The lines of a page; page marks are left out."""
    marks = [line.box for line in sheet.lines if is_page_mark(line, sheet)]
    found: list[_TextLine] = []
    words = [
        _Word(word["text"], Box(word["x0"], word["top"], word["x1"], word["bottom"]))
        for word in page.extract_words()
    ]
    if len(words) > _MOST_WORDS:
        return []
    for word in sorted(words, key=lambda word: (word.box.top + word.box.bottom, word.box.left)):
        height = (word.box.top + word.box.bottom) / 2
        if any(mark.top <= height <= mark.bottom for mark in marks):
            continue
        if found and found[-1].top <= height <= found[-1].bottom:
            found[-1].words.append(word)
        else:
            found.append(_TextLine([word], word.box.top, word.box.bottom))
    for line in found:
        line.words.sort(key=lambda word: word.box.left)
    return found


def _columns(page: Any, lines: Sequence[_TextLine]) -> _Columns | None:
    """The columns below a line of heads: between two heads, where text lines up and is not reached over."""
    heads = lines[0].words
    several = [line for line in lines if len(line.words) > 1]
    # a line of one word may be prose below, which lines up with nothing
    heights = [(line.top - 1, line.bottom + 1) for line in several]
    part = page.filter(lambda shape: any(top <= shape["top"] <= bottom for top, bottom in heights))
    table = part.find_table(_BY_TEXT | {"min_words_vertical": min(3, len(several))})
    if table is None:
        return None
    edges = sorted({edge for cell in table.cells for edge in (cell[0], cell[2])})
    borders = [0.0]
    for left, right in pairwise(heads):
        over = {
            edge: sum(line.reaches_over(edge) for line in several)
            for edge in edges
            if left.middle < edge < right.middle and not lines[0].reaches_over(edge)
        }
        if not over or min(over.values()) > _ODD_LINES * len(several):
            return None
        borders.append(max(edge for edge, count in over.items() if count == min(over.values())))
    return _Columns((*borders, float(page.width)), is_number_head(without_blanks(heads[0].text)))


def _bands(
    page: Any, lines: Sequence[_TextLine], columns: _Columns, *, headed: bool, goes_on: bool
) -> tuple[list[_Band], bool]:
    """The rows of a table, and whether it runs to the end of the page; none where they cannot be told.
    ``goes_on``: its first row may be the rest of one on the page before.

    Rows are as they are ruled. Else a row begins where its number stands, if that is on its first line.
    """
    near = _near(lines)
    rules = _rules(page, near, columns)
    ruled = _ruled_bands(near, rules, columns)
    if ruled is not None:
        bands, ends = ruled, not any(band.whole for band in ruled[-1:])
    elif columns.numbered:
        bands, ends = _numbered_bands(near, rules, columns, headed=headed, goes_on=goes_on)
    else:
        return [], False
    return bands, ends and bands[-1].lines[-1] is lines[-1]


def _near(lines: Sequence[_TextLine]) -> list[_TextLine]:
    """The lines down to the first gap that is too wide for a table."""
    steps = [below.top - above.top for above, below in pairwise(lines)]
    widest = _WIDEST_STEP * median(steps) if steps else 0.0
    return list(lines[: next((at for at, step in enumerate(steps, 1) if step > widest), len(lines))])


def _rules(page: Any, lines: Sequence[_TextLine], columns: _Columns) -> list[float]:
    """The heights of the rules that run over the columns, from top to bottom."""
    part = page.crop((0, max(0, lines[0].top - 20), page.width, min(page.height, lines[-1].bottom + 20)))
    settings = {
        "vertical_strategy": "explicit",
        "explicit_vertical_lines": list(columns.borders[1:-1]),
        "horizontal_strategy": "lines",
    }
    table = part.find_table(settings)
    return [] if table is None else sorted({edge for cell in table.cells for edge in (cell[1], cell[3])})


def _ruled_bands(lines: Sequence[_TextLine], rules: Sequence[float], columns: _Columns) -> list[_Band] | None:
    """The rows between rules; None where a rule does not stand for each row."""
    bands: list[_Band] = []
    last = -1
    for line in lines:
        place = bisect(rules, (line.top + line.bottom) / 2)
        whole = not columns.fit(line)
        if place == len(rules) and whole:  # below the last rule begins something else
            break
        if place == last:
            bands[-1] = _Band([*bands[-1].lines, line], bands[-1].whole or whole)
        else:
            bands.append(_Band([line], whole))
        last = place
    numbers = [sum(_is_number(columns.number(line)) for line in band.lines) for band in bands]
    return bands if len(rules) > 2 and len(bands) > 2 and max(numbers) <= 1 else None


def _numbered_bands(
    lines: Sequence[_TextLine],
    rules: Sequence[float],
    columns: _Columns,
    *,
    headed: bool,
    goes_on: bool,
) -> tuple[list[_Band], bool]:
    """The rows by their numbers, and whether nothing ends them; none where those do not stand on first lines.

    A line over several columns is a row of its own where numbers go on below it, else the end.
    """
    bands = [_Band([lines[0]], whole=False)] if headed else []
    whole: list[_TextLine] = []
    first = lines[headed].bottom if len(lines) > headed else 0.0
    end = next((rule for rule in rules if rule >= first), None)  # a rule below the first row closes the table
    for line in lines[headed:]:
        if end is not None and line.top >= end:
            return bands, False
        number = columns.number(line)
        if not columns.goes_on(line):
            whole.append(line)
        elif number is not None:
            bands += [_Band([one], whole=True) for one in whole]
            whole = []
            bands.append(_Band([line], whole=False))
        elif whole:
            break
        elif len(bands) > headed:
            bands[-1].lines.append(line)
        elif not goes_on:
            return [], False
        else:
            bands.append(_Band([line], whole=False))
    return bands, not whole


def _is_number(words: str | None) -> bool:
    return words is not None and _NUMBER.match(words) is not None


def _grid(bands: Sequence[_Band], columns: _Columns) -> Grid:
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
