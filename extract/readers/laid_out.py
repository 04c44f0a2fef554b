"""Laid-out pages (PDF, OFD) to a Source: furniture apart, lines to paragraphs, tables over pages to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...model import Source
from ..patterns import pattern
from .boxes import Line, Sheet
from .builder import TextBuilder
from .furniture import set_apart
from .grid import Grid
from .joiner import Column, Placed, column_of, glue, paragraphs
from .ruled import (
    SPANNED,
    Row,
    Table,
    append_rows,
    continues,
    mark_spanned,
    repeated_header,
    rows_of,
    words_of,
)

#: Trailing blanks mean nothing where more than this share of a file's lines has one.
_IDLE_BLANKS = 0.25
# What stands where a font gives its shapes no meaning: private use, and the sign for it.
_UNKNOWN = pattern("[\ue000-\uf8ff\ufffd]")
#: So many such letters on a page, and this share of its text, are told.
_FEWEST_UNKNOWN, _UNKNOWN_SHARE = 5, 0.05


class _Prose(NamedTuple):
    lines: list[Placed]


class _Tabled(NamedTuple):
    grid: Grid
    page: int
    rows: list[Row]


def source_of(sheets: Sequence[Sheet], name: str, form: str, raw: bytes) -> Source:
    """The Source of pages in order. Raises EmptyError when they hold no text.

    What is no part of the notice's text stands aside, behind it: page marks, running headers, repeated table
    headers, rotated and hidden text.
    """
    sheets = _without_idle_blanks(sheets)
    apart = set_apart(sheets)
    asides: list[Placed] = [
        Placed(line, page)
        for page, (sheet, (_, furniture)) in enumerate(zip(sheets, apart, strict=True))
        for line in (*furniture, *(line for line, _ in sheet.left_out))
    ]
    columns = _columns(sheets, [lines for lines, _ in apart])
    builder = TextBuilder()
    parts = [sheet.part for sheet in sheets]
    for block in _merged(_blocks(sheets, [lines for lines, _ in apart]), asides):
        if isinstance(block, _Prose):
            for paragraph in paragraphs(block.lines, columns):
                _add_paragraph(builder, paragraph, parts)
        else:
            for row in block.rows:
                _add_row(builder, row, parts)
    for placed in asides:
        _add(builder, placed.line, parts[placed.page], aside=True)
        builder.add("\n", parts[placed.page], generated=True, aside=True)
    for sheet in sheets:
        if sheet.pictured and not sheet.lines and not any(any(table.texts) for table in sheet.tables):
            builder.add(f"[{sheet.part}：只有图片，没有文字]\n", sheet.part, generated=True, aside=True)
        for remark in filter(None, (sheet.remark, _unknown_letters(sheet))):
            builder.add(f"[{sheet.part}：{remark}]\n", sheet.part, generated=True, aside=True)
    return builder.source(name, form, raw)


def _unknown_letters(sheet: Sheet) -> str:
    """That many letters of a page are none: its fonts do not tell what their shapes mean."""
    tabled = (line for table in sheet.tables for cell in table.texts for line in cell)
    text = "".join(line.text for line in (*sheet.lines, *tabled))
    count = len(_UNKNOWN.findall(text))
    few = count < _FEWEST_UNKNOWN or count < _UNKNOWN_SHARE * len(text)
    return "" if few else f"有 {count} 个字的字体没有说明是什么字，须对照原件"


def _without_idle_blanks(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Blanks at line ends are dropped where a producer puts one behind every line."""
    lines = [line for sheet in sheets for line in sheet.lines]
    if sum(bool(line.behind) for line in lines) <= _IDLE_BLANKS * len(lines):
        return sheets
    return [sheet._replace(lines=[line._replace(behind="") for line in sheet.lines]) for sheet in sheets]


def _columns(sheets: Sequence[Sheet], lines: Sequence[Sequence[Line]]) -> list[Column]:
    """A column for each page: pages of one width have the same."""
    widths: dict[int, list[int]] = {}
    for page, sheet in enumerate(sheets):
        widths.setdefault(round(sheet.width), []).append(page)
    found: dict[int, Column] = {}
    for width, pages in widths.items():
        column = column_of([lines[page] for page in pages], float(width))
        found.update(dict.fromkeys(pages, column))
    return [found[page] for page in range(len(sheets))]


def _blocks(sheets: Sequence[Sheet], lines: Sequence[list[Line]]) -> Iterator[_Prose | _Tabled]:
    """Prose and tables of all pages, in reading order; prose runs on over pages."""
    prose = _Prose([])
    for page, sheet in enumerate(sheets):
        tables = [table for table in sheet.tables if any(table.texts)]
        stretch: list[tuple[float, Line | Table]] = [(line.middle, line) for line in lines[page]]
        stretch += [(table.box.top, table) for table in tables]
        if tables:
            stretch.sort(key=lambda item: item[0])
        for _, item in stretch:
            if isinstance(item, Line):
                prose.lines.append(Placed(item, page))
                continue
            if prose.lines:
                yield prose
                prose = _Prose([])
            yield _Tabled(item.grid, page, rows_of(item, page))
    if prose.lines:
        yield prose


def _merged(blocks: Iterator[_Prose | _Tabled], asides: list[Placed]) -> Iterator[_Prose | _Tabled]:
    """The blocks, a table that goes on on the next page as one; its repeated header goes to ``asides``."""
    table: _Tabled | None = None
    header: list[Row] = []
    for block in blocks:
        if isinstance(block, _Prose):
            if table is not None:
                yield table
                table = None
            yield block
            continue
        if table is not None and block.page == table.page + 1 and continues(table.grid, block.grid):
            count = repeated_header(header, block.rows)
            for row in block.rows[:count]:
                asides += [Placed(part.line, part.page) for cell in row for part in cell or ()]
            mark_spanned(block.grid, block.rows, count)
            append_rows(table.rows, block.rows[count:])
            table = _Tabled(block.grid, block.page, table.rows)
            continue
        if table is not None:
            yield table
        table, header = block, [list(row) for row in block.rows[:5]]
    if table is not None:
        yield table


def _add(builder: TextBuilder, line: Line, part: str, *, aside: bool = False) -> None:
    builder.add(line.text, part, box=line.box.rounded(), aside=aside)


def _add_paragraph(builder: TextBuilder, paragraph: list[Placed], parts: Sequence[str]) -> None:
    before: Line | None = None
    for line, page in paragraph:
        if before is not None:
            builder.add(glue(before, line), parts[page], generated=not before.behind)
        _add(builder, line, parts[page])
        before = line
    builder.add("\n", parts[paragraph[-1].page], generated=True)


def _add_row(builder: TextBuilder, row: Row, parts: Sequence[str]) -> None:
    """A row as the parser's table genre has it: cells between bars, an empty one where a cell was merged."""
    if not any(words_of(cell) for cell in row):
        return
    page = next(part.page for cell in row for part in cell or ())
    for column, cell in enumerate(row, 1):
        if cell is SPANNED:
            builder.spanned.append(builder.length)
        for stretch in cell or ():
            page = stretch.page
            builder.add(stretch.before, parts[page], generated=True)
            _add(builder, stretch.line, parts[page])
        builder.add(" | " if column < len(row) else " |", parts[page], generated=True)
    builder.add("\n", parts[page], generated=True)
