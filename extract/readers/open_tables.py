"""Open tables of a PDF: those whose cells no ruled lines close, found by pdfplumber where the text lines up.

Three-line tables, tables with level rules only, sheets without borders. A page is looked at only where
a row of heads (序号 任务 责任单位 …) stands outside closed tables, or where such a table ran to the end of
the page before: pdfplumber takes some fifty times as long for a page as pdfium. It tells where columns begin
and which rows are ruled; the letters come from pdfium, as everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from .boxes import Sheet
from .grid import Grid
from .open_rows import bands_of, grid_of
from .task_tables import is_head_line
from .text_columns import Columns, TextLine, columns_of, is_number, lines_of

#: So many tables are looked for on a page.
_MOST_TABLES = 10
#: A running header has no more lines.
_HEADER_LINES = 3


class OpenTables:
    """The open tables of a file's pages, asked for one page after the other."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._document: Any = None
        #: The columns of a table that ran to the end of a page, and that page's index.
        self._columns: Columns | None = None
        self._page = -1
        #: Whether below a row of heads on the last page asked for no table was found.
        self.missed = False

    def find(self, index: int, sheet: Sheet) -> list[Grid]:
        """The open tables of a page, from top to bottom; none on most pages. One that goes on from the page
        before has the columns that it had there."""
        heads = [line.box.top for line in sheet.lines if is_head_line(line.text.split())][:_MOST_TABLES]
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

    def _find(self, page: Any, sheet: Sheet, heads: Sequence[float], before: Columns | None) -> list[Grid]:
        """The table that goes on from the page before, above the first head, and one below each head."""
        lines = lines_of(page, sheet)
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


def _table(
    page: Any, lines: list[TextLine], before: Columns | None, *, alone: bool
) -> tuple[Grid | None, Columns | None]:
    """The table that begins with the first of these lines, and its columns where it runs to the last.

    ``before``: the columns of a table that may go on here; ``alone``: nothing else tells a table on the page.
    """
    headed = bool(lines) and is_head_line([word.text for word in lines[0].words])
    if before is not None and not headed:  # a running header stands above what goes on
        first = (at for at, line in enumerate(lines[:_HEADER_LINES]) if before.goes_on(line))
        lines = lines[next(first, 0) :]
        if not alone and not any(is_number(before.number(line)) for line in lines):
            return None, None
    columns = before if before is not None and lines and before.fit(lines[0]) else None
    if columns is None and headed:
        columns = columns_of(page, lines)
    if columns is None:
        return None, None
    bands, ends = bands_of(page, lines, columns, headed=headed, goes_on=columns is before)
    if len(bands) < 1 + headed:
        return None, None
    return grid_of(bands, columns), columns if ends else None


def _between(lines: Sequence[TextLine], sheet: Sheet, top: float, bottom: float) -> list[TextLine]:
    """The lines from one height to another, or to a closed table above it."""
    bottom = min([bottom, *(table.box.top for table in sheet.tables if table.box.top > top)])
    return [line for line in lines if top <= (line.top + line.bottom) / 2 < bottom]
