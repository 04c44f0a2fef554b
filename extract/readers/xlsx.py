"""Spreadsheets (.xlsx, .xlsm): task tables as rows of what the cells show; nothing in them is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Source
from ...model.cell_numbers import format_code, serial_day, shown_number
from ...model.errors import InflatedError
from ...model.packages import Package, entry_names
from ...model.workbooks import (
    REFERENCE,
    S,
    column_index,
    dates_1904,
    number_formats,
    relations,
    rich_text,
    shared_strings,
    unescaped,
)
from .builder import TextBuilder
from .lines import INVISIBLE, add_lines
from .number_formats import chinese_digits
from .registry import Reader, ReadOptions
from .task_tables import table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
#: A year's ledger has some ten thousand cells.
MOST_CELLS = 1_000_000
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_TRUE = frozenset(("1", "true"))
_VALUES = {"b": {"1": "TRUE", "0": "FALSE"}}

Cells = dict[int, dict[int, str]]


def sniff(raw: bytes) -> bool:
    """Whether these bytes are a package with a workbook part."""
    return _WORKBOOK in entry_names(raw)


def read(raw: bytes, name: str, _: ReadOptions) -> Source:
    """The sheets of a workbook in their order; hidden sheets, rows and columns aside. Pieces tell sheet, row
    and column, from 0.

    A merged cell stands once, where it begins. Raises the errors of :class:`Package`, EmptyError, and
    InflatedError beyond ``MOST_CELLS``.
    """
    package = Package(raw, name)
    workbook = package.xml(_WORKBOOK)
    targets = relations(package)
    strings = shared_strings(package, targets)
    formats, from_1904 = number_formats(package, targets), dates_1904(workbook)
    builder, left = TextBuilder(), MOST_CELLS
    hidden = []
    for sheet in workbook.iter(S + "sheet"):
        part = targets.get(sheet.get(_ID, ""))
        if part is None or "worksheets/" not in part:
            continue  # a chart has no cells
        root = package.xml(part)
        cells = _cells(root, strings, formats, name, left, dates_1904=from_1904)
        spanned = _drop_covered(root, cells)
        left -= sum(map(len, cells.values()))
        title = sheet.get("name", "")
        if sheet.get("state", "visible") == "visible":
            unseen = _take_unseen(root, cells)
            _add(builder, cells, title, spanned)
            hidden.append((title, unseen))
        else:
            hidden.append((title, cells))
    for title, cells in hidden:
        _add(builder, cells, title, set(), aside=True)
    return builder.source(name, "xlsx", raw)


def _add(
    builder: TextBuilder, cells: Cells, title: str, spanned: set[tuple[int, int]], *, aside: bool = False
) -> None:
    rows = []
    for number, row in sorted(cells.items()):
        if not row:
            continue
        rows.append((number, [row.get(column, "") for column in range(max(row) + 1)]))
    add_lines(builder, table_lines(rows, spanned), title, aside=aside)


def _cells(
    root: _Element, strings: list[str], formats: list[str | int], name: str, left: int, *, dates_1904: bool
) -> Cells:
    """Row and column, from 0, to what the cell shows; empty cells are left out."""
    cells: Cells = {}
    made = 0
    for number, row in _numbered_rows(root):
        next_column = 0
        for cell in row.iterchildren(S + "c"):
            reference = REFERENCE.match(cell.get("r", ""))
            column = column_index(reference[1]) if reference else next_column
            next_column = column + 1
            text = INVISIBLE.sub("", _shown(cell, strings, formats, dates_1904=dates_1904))
            if text and column < _MOST_COLUMNS:
                cells.setdefault(number, {})[column] = text
                made += 1
                if made > left:
                    raise InflatedError(
                        f"表格超过 {MOST_CELLS} 个单元格", place=name, remedy="请只留下任务表后另存"
                    )
    return cells


def _take_unseen(root: _Element, cells: Cells) -> Cells:
    """Takes the cells of hidden rows and columns, also of rows that a filter hides, out of ``cells``."""
    rows = {index for index, row in _numbered_rows(root) if row.get("hidden") in _TRUE}
    columns: set[int] = set()
    for column in root.iter(S + "col"):
        first, last = column.get("min", ""), column.get("max", "")
        if column.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
            columns.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
    unseen = {index: cells.pop(index) for index in sorted(rows & cells.keys())}
    if columns:
        for index, row in cells.items():
            taken = {column: row.pop(column) for column in sorted(columns & row.keys())}
            if taken:
                unseen[index] = taken
    return unseen


def _numbered_rows(root: _Element) -> Iterator[tuple[int, _Element]]:
    """The rows of a sheet with their places from 0; one that does not tell its own follows the one before."""
    following = 0
    for row in root.iter(S + "row"):
        told = row.get("r", "")
        number = int(told) - 1 if told.isdecimal() and 0 < int(told) <= _MOST_ROWS else following
        following = number + 1
        yield number, row


def _drop_covered(root: _Element, cells: Cells) -> set[tuple[int, int]]:
    """Merged cells show what stands in their first one; the places below it in rows that hold anything."""
    spanned: set[tuple[int, int]] = set()
    for merged in root.iter(S + "mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        begin, end = REFERENCE.match(first), REFERENCE.match(last)
        if begin is None or end is None:
            continue
        left, right = column_index(begin[1]), column_index(end[1])
        top, bottom = int(begin[2]) - 1, int(end[2]) - 1
        covered = (
            range(top, bottom + 1) if bottom - top < len(cells) else [r for r in cells if top <= r <= bottom]
        )
        spanned.update((row, left) for row in covered if row > top and row in cells)
        for row in covered:
            for column in [c for c in cells.get(row, ()) if left <= c <= right and (row, c) != (top, left)]:
                del cells[row][column]
    return spanned


def _shown(cell: _Element, strings: list[str], formats: list[str | int], *, dates_1904: bool) -> str:
    """What a cell shows: a string, or a number in its format; the stored result of a formula."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        return "" if inline is None else rich_text(inline)
    value = cell.find(S + "v")
    text = "" if value is None else value.text or ""
    if kind == "s":
        index = int(text) if text.isdecimal() else -1
        return strings[index] if 0 <= index < len(strings) else ""
    if kind in _VALUES:
        return _VALUES[kind].get(text, text)
    if kind == "d":  # as Strict files have days
        text = serial_day(text, dates_1904=dates_1904)
    elif kind != "n" or not text:
        return unescaped(text)
    style = cell.get("s", "0")
    index = int(style) if style.isdecimal() else 0
    form = formats[index] if index < len(formats) else 0
    shown = shown_number(text, form, dates_1904=dates_1904)
    return chinese_digits(shown, format_code(form)) if "DBNum" in format_code(form) else shown


READER = Reader("xlsx", "Excel 表格", (".xlsx", ".xlsm"), sniff, read, isolated=True)
