"""Spreadsheets (.xlsx, .xlsm): task tables as rows of what the cells show; nothing in them is run."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ...model import Source
from ...model.errors import DamagedError, InflatedError
from ...model.packages import Package, entry_names
from ..patterns import pattern
from .builder import TextBuilder
from .lines import add_lines
from .number_text import shown_number
from .registry import Reader, ReadOptions
from .task_tables import table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_REFERENCE = pattern(r"([A-Z]{1,3})([0-9]{1,7})$")
#: A year's ledger has some ten thousand cells.
MOST_CELLS = 1_000_000
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_VALUES = {"b": {"1": "TRUE", "0": "FALSE"}}

Cells = dict[int, dict[int, str]]


def sniff(raw: bytes) -> bool:
    """Whether these bytes are a package with a workbook part."""
    return _WORKBOOK in entry_names(raw)


def read(raw: bytes, name: str, _: ReadOptions) -> Source:
    """The sheets of a workbook in their order, hidden ones aside; pieces tell sheet, row and column, from 0.

    A merged cell stands once, where it begins. Raises the errors of :class:`Package`, EmptyError, and
    InflatedError beyond ``MOST_CELLS``.
    """
    package = Package(raw, name)
    workbook = package.xml(_WORKBOOK)
    targets = _relations(package)
    strings = _strings(package, targets)
    formats, dates_1904 = _formats(package, targets), _dates_1904(workbook)
    builder, left = TextBuilder(), MOST_CELLS
    hidden = []
    for sheet in workbook.iter(S + "sheet"):
        part = targets.get(sheet.get(_ID, ""))
        if part is None or "worksheets/" not in part:
            continue  # a chart has no cells
        cells = _cells(package.xml(part), strings, formats, name, left, dates_1904=dates_1904)
        left -= sum(map(len, cells.values()))
        title = sheet.get("name", "")
        if sheet.get("state", "visible") == "visible":
            _add(builder, cells, title, aside=False)
        else:
            hidden.append((title, cells))
    for title, cells in hidden:
        _add(builder, cells, title, aside=True)
    return builder.source(name, "xlsx", raw)


def _add(builder: TextBuilder, cells: Cells, title: str, *, aside: bool) -> None:
    rows = []
    for number, row in sorted(cells.items()):
        if not row:
            continue
        rows.append((number, [row.get(column, "") for column in range(max(row) + 1)]))
    add_lines(builder, table_lines(rows), title, aside=aside)


def _relations(package: Package) -> dict[str, str]:
    """Relationship id to part, and ``type:`` kind to part; what leads out of the package is left out."""
    found: dict[str, str] = {}
    file = "xl/_rels/workbook.xml.rels"
    if file not in package:
        raise DamagedError(
            f"文件不完整，缺少 {file}", place=package.label, remedy="请在 Excel 里打开后另存一份再读"
        )
    for relation in package.xml(file).iter(_RELATION):
        target = posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))[1:]
        if relation.get("TargetMode") != "External" and target in package:
            found[relation.get("Id", "")] = target
            found["type:" + relation.get("Type", "").rsplit("/", 1)[-1]] = target
    return found


def _strings(package: Package, targets: dict[str, str]) -> list[str]:
    part = targets.get("type:sharedStrings")
    if part is None:
        return []
    return [_rich(item) for item in package.xml(part).iterchildren(S + "si")]


def _rich(item: _Element) -> str:
    """The text of a string and its runs, without phonetic guides."""
    found = []
    for child in item:
        if child.tag == S + "t":
            found.append(child.text or "")
        elif child.tag == S + "r":
            found += [text.text or "" for text in child.iterchildren(S + "t")]
    return "".join(found)


def _formats(package: Package, targets: dict[str, str]) -> list[str | int]:
    """For each cell style its number format: a code, or the number of a built-in one."""
    part = targets.get("type:styles")
    if part is None:
        return []
    root = package.xml(part)
    codes = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(S + "numFmt")}
    styles = root.find(S + "cellXfs")
    found: list[str | int] = []
    for style in () if styles is None else styles:
        number = style.get("numFmtId", "0")
        found.append(codes.get(number) or (int(number) if number.isdecimal() else 0))
    return found


def _dates_1904(workbook: _Element) -> bool:
    settings = workbook.find(S + "workbookPr")
    return settings is not None and settings.get("date1904") in ("1", "true")


def _cells(
    root: _Element, strings: list[str], formats: list[str | int], name: str, left: int, *, dates_1904: bool
) -> Cells:
    """Row and column, from 0, to what the cell shows; empty cells are left out."""
    cells: Cells = {}
    next_row, made = 0, 0
    for row in root.iter(S + "row"):
        told = row.get("r", "")
        number = int(told) - 1 if told.isdecimal() and 0 < int(told) <= _MOST_ROWS else next_row
        next_row = number + 1
        next_column = 0
        for cell in row.iterchildren(S + "c"):
            reference = _REFERENCE.match(cell.get("r", ""))
            column = _column(reference[1]) if reference else next_column
            next_column = column + 1
            text = _shown(cell, strings, formats, dates_1904=dates_1904)
            if text and column < _MOST_COLUMNS:
                cells.setdefault(number, {})[column] = text
                made += 1
                if made > left:
                    raise InflatedError(
                        f"表格超过 {MOST_CELLS} 个单元格", place=name, remedy="请只留下任务表后另存"
                    )
    _drop_covered(root, cells)
    return cells


def _drop_covered(root: _Element, cells: Cells) -> None:
    """Merged cells show what stands in their first one."""
    for merged in root.iter(S + "mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        begin, end = _REFERENCE.match(first), _REFERENCE.match(last)
        if begin is None or end is None:
            continue
        left, right = _column(begin[1]), _column(end[1])
        top, bottom = int(begin[2]) - 1, int(end[2]) - 1
        covered = (
            range(top, bottom + 1) if bottom - top < len(cells) else [r for r in cells if top <= r <= bottom]
        )
        for row in covered:
            for column in [c for c in cells.get(row, ()) if left <= c <= right and (row, c) != (top, left)]:
                del cells[row][column]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shown(cell: _Element, strings: list[str], formats: list[str | int], *, dates_1904: bool) -> str:
    """What a cell shows: a string, or a number in its format; the stored result of a formula."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        return "" if inline is None else _rich(inline)
    value = cell.find(S + "v")
    text = "" if value is None else value.text or ""
    if kind == "s":
        index = int(text) if text.isdecimal() else -1
        return strings[index] if 0 <= index < len(strings) else ""
    if kind in _VALUES:
        return _VALUES[kind].get(text, text)
    if kind != "n" or not text:
        return text
    style = cell.get("s", "0")
    index = int(style) if style.isdecimal() else 0
    return shown_number(text, formats[index] if index < len(formats) else 0, dates_1904=dates_1904)


READER = Reader("xlsx", "Excel 表格", (".xlsx", ".xlsm"), sniff, read, isolated=True)
