"""Sheets: what stands in the cells of a returned workbook, with kind and place; nothing in it is run.

openpyxl would lose x005F_ from texts, and in its quick mode tells neither merged cells nor hidden rows; it is
the second opinion in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from ...model.cell_numbers import first_day, format_code, is_date, is_share, shown_number
from ...model.errors import EncryptedError, InflatedError, LedgerFileError
from ...model.packages import Package, is_package
from ...model.workbooks import (
    S,
    column_index,
    dates_1904,
    number_formats,
    relations,
    rich_text,
    shared_strings,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_C, _F, _V, _IS = (S + name for name in ("c", "f", "v", "is"))
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Codes in headers and footers: place, font, size, colour, page number (ECMA-376-1 §18.3.1.46).
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z])')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: Formats that show a number as it is stored, with or without grouping and decimals.
_PLAIN = re.compile(r"(General|@|(#,##)?0(\.0+)?|#)?")
#: Padding, filling and colours say nothing about the number.
_LOOKS = re.compile(r"_.|\*.|\[[A-Za-z]+[0-9]*\]")
_MOST_CELLS, _MOST_ROWS, _MOST_COLUMNS = 1_000_000, 200_000, 1_000
_LARGEST_DAY = 2_958_465
_REMEDY = "请在导出的 .xlsx 文件里填写，存成 .xlsx 后再导入"


class Kind(Enum):
    """How a cell holds its value."""

    TEXT = auto()
    NUMBER = auto()
    #: A number shown as hundredths; the text is what is shown, without the sign.
    SHARE = auto()
    #: A number shown as a day; the text is the ISO day, or day and time.
    DAY = auto()
    #: A number whose format shows something else (a unit, a currency); the text is the number.
    STYLED = auto()
    BOOLEAN = auto()
    ERROR = auto()
    FORMULA = auto()


class Cell(NamedTuple):
    """A cell that is not empty."""

    kind: Kind
    text: str


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by row and column from 0, its merged ranges (B2:C3) and hidden rows."""

    name: str
    visible: bool
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets, and texts that stand outside of cells (headers, notes, drawings) by the part's name."""

    sheets: tuple[Sheet, ...]
    aside: tuple[tuple[str, str], ...]


def read_workbook(raw: bytes, label: str) -> Workbook:
    """The cells of an .xlsx file; ``label`` names it in messages.

    Raises LedgerFileError for another kind of file, or one with macros or links to other files, and the
    errors of :class:`Package`.
    """
    _check_kind(raw, label)
    package = Package(raw, label)
    _check_parts(package)
    workbook = package.xml("xl/workbook.xml")
    targets = relations(package)
    strings = [_unescaped(text) for text in shared_strings(package, targets)]
    looks = [_Look(form) for form in number_formats(package, targets)] or [_Look(0)]
    reader = _Cells(label, strings, looks, from_1904=dates_1904(workbook))
    sheets, parts = [], set()
    for told in workbook.iter(S + "sheet"):
        part = targets.get(told.get(_ID, ""), "")
        if "worksheets/" in part:
            parts.add(part)
            visible = told.get("state", "visible") == "visible"
            sheets.append(reader.sheet(package.xml(part), Sheet(told.get("name", ""), visible)))
    if not sheets:
        raise LedgerFileError("里面没有工作表", place=label, remedy=_REMEDY)
    return Workbook(tuple(sheets), (*reader.aside, *_aside(package, parts)))


def _check_kind(raw: bytes, label: str) -> None:
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise EncryptedError("文件加了打开密码", place=label, remedy="请先去掉密码再导入")
        raise LedgerFileError("是旧版 .xls 文件", place=label, remedy=_REMEDY)
    if not is_package(raw):
        raise LedgerFileError("不是 .xlsx 文件", place=label, remedy=_REMEDY)


def _check_parts(package: Package) -> None:
    names = [name.lower() for name in package.names]
    if any(name.endswith(("vbaproject.bin", ".xlm")) or "macrosheets/" in name for name in names):
        raise LedgerFileError("含有宏", place=package.label, remedy="请另存为不含宏的 .xlsx 后再导入")
    if any("externallinks/" in name or "embeddings/" in name or "connections.xml" in name for name in names):
        raise LedgerFileError(
            "链接或嵌入了别的文件", place=package.label, remedy="请断开链接、删去嵌入的对象后再导入"
        )
    if "xl/workbook.xml" not in package:
        raise LedgerFileError("不是 Excel 工作簿", place=package.label, remedy=_REMEDY)


def _aside(package: Package, parts: set[str]) -> Iterator[tuple[str, str]]:
    """The words of notes, drawings and properties; the cells' own parts are read otherwise."""
    known = {*parts, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"}
    for name in package.names:
        if name.endswith(".xml") and name not in known and "/theme/" not in name:
            words = "\n".join(str(text) for text in package.xml(name).itertext())
            if words.strip():
                yield name, words


def _unescaped(text: str) -> str:
    """_x000A_ is a line break (ECMA-376-1 §22.9.2.19, ST_Xstring)."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _count(text: str) -> int | None:
    """A number above 0 of few digits; None for anything else."""
    return int(text) or None if len(text) <= 9 and text.isascii() and text.isdecimal() else None


def _column(letters: str) -> int:
    """A column's place from 0; what is no column counts as far beyond all of them."""
    return (
        column_index(letters)
        if letters.isascii() and letters.isupper() and len(letters) <= 3
        else _MOST_COLUMNS
    )


class _Look:
    """What a number format makes of a number."""

    __slots__ = ("kind",)

    def __init__(self, form: str | int) -> None:
        code = format_code(form)
        if is_date(code):
            self.kind = Kind.DAY
        elif is_share(code):
            self.kind = Kind.SHARE
        else:
            self.kind = (
                Kind.NUMBER if _PLAIN.fullmatch(_LOOKS.sub("", code.partition(";")[0])) else Kind.STYLED
            )


class _Cells:
    """Reads the sheets of one workbook within its limits."""

    __slots__ = ("_from_1904", "_label", "_left", "_looks", "_strings", "aside")

    def __init__(self, label: str, strings: list[str], looks: list[_Look], *, from_1904: bool) -> None:
        self._label = label
        self._strings = [Cell(Kind.TEXT, text) if text else None for text in strings]
        self._looks = looks
        self._from_1904 = from_1904
        self._left = _MOST_CELLS
        self.aside: list[tuple[str, str]] = []

    def sheet(self, root: _Element, sheet: Sheet) -> Sheet:
        """Fill the sheet from its part."""
        next_row = 0
        for row in root.iter(S + "row"):
            number = (_count(row.get("r", "")) or next_row + 1) - 1
            next_row = number + 1
            if number >= _MOST_ROWS:
                raise self._too_large(f"超过 {_MOST_ROWS:,} 行")
            if row.get("hidden") in ("1", "true"):
                sheet.hidden.add(number)
            cells = self._row(row)
            if number in sheet.rows and cells:
                raise LedgerFileError(
                    f"行号重复：{sheet.name} 第 {number + 1} 行", place=self._label, remedy=_REMEDY
                )
            if cells:
                sheet.rows[number] = cells
        sheet.merged = [merged.get("ref", "") for merged in root.iter(S + "mergeCell")]
        for name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
            self.aside += [
                (f"{sheet.name} 的页眉页脚", _HEADER_CODE.sub("\n", text.text or ""))
                for text in root.iter(f"{S}{name}")
            ]
        return sheet

    def _row(self, row: _Element) -> dict[int, Cell]:
        cells: dict[int, Cell] = {}
        next_column = 0
        for element in row.iterchildren(_C):
            reference = element.get("r", "")
            if not len(element) and reference:
                continue  # a blank cell; most are
            column = _column(reference.rstrip("0123456789")) if reference else next_column
            next_column = column + 1
            cell = self._cell(element)
            if cell is not None:
                if column >= _MOST_COLUMNS:
                    raise self._too_large(f"超过 {_MOST_COLUMNS:,} 列")
                cells[column] = cell
        self._left -= len(cells)
        if self._left < 0:
            raise self._too_large(f"超过 {_MOST_CELLS:,} 个单元格")
        return cells

    def _too_large(self, words: str) -> InflatedError:
        return InflatedError(words, place=self._label, remedy="这不像导出的台账，请检查文件")

    def _cell(self, element: _Element) -> Cell | None:
        if len(element) == 1:
            value = element[0]
            if value.tag == _IS:
                text = _unescaped(rich_text(value))
                return Cell(Kind.TEXT, text) if text else None
        else:
            formula, found = element.find(_F), element.find(_V)
            if formula is not None:
                return Cell(Kind.FORMULA, f"={formula.text or ''}")
            if found is None:
                return None
            value = found
        kind = element.get("t", "n")
        told = value.text or ""
        if value.tag == _F:
            return Cell(Kind.FORMULA, f"={told}")
        if not told:
            return None
        if kind == "s":
            index = _count(told) if told != "0" else 0
            if index is None or index >= len(self._strings):
                return Cell(Kind.ERROR, "文本丢失")
            return self._strings[index]
        if kind == "n":
            return self._number(told, element.get("s", "0"))
        if kind == "b":
            return Cell(Kind.BOOLEAN, "TRUE" if told in ("1", "true") else "FALSE")
        if kind == "d":
            return Cell(Kind.DAY, told.removesuffix("Z").removesuffix("T00:00:00"))
        return Cell(Kind.ERROR, told) if kind == "e" else Cell(Kind.TEXT, _unescaped(told))

    def _number(self, told: str, style: str) -> Cell:
        index = _count(style) or 0
        look = self._looks[index] if index < len(self._looks) else self._looks[0]
        try:
            value = Decimal(told)
        except InvalidOperation:
            return Cell(Kind.ERROR, told)
        if not value.is_finite():
            return Cell(Kind.ERROR, told)
        if look.kind is Kind.DAY and 0 <= value <= _LARGEST_DAY:
            start = first_day(value, dates_1904=self._from_1904)
            moment = start + timedelta(days=int(value), seconds=round((value % 1) * 86_400))
            return Cell(Kind.DAY, moment.isoformat().removesuffix("T00:00:00"))
        if look.kind is Kind.SHARE:
            return Cell(Kind.SHARE, shown_number(str(value * 100), 0))
        kind = Kind.NUMBER if look.kind is Kind.DAY else look.kind
        return Cell(kind, shown_number(told, 0))
