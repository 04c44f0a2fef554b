"""Workbooks: the parts of an .xlsx package that every reader of cells needs (ECMA-376-1 §18)."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING

from .errors import DamagedError
from .packages import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT = S + "t"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: A character that XML cannot hold, or a line end: _x000D_ (ECMA-376-1 §22.9.2.19 ST_Xstring).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")


def relations(package: Package) -> dict[str, str]:
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


def shared_strings(package: Package, targets: dict[str, str]) -> list[str]:
    """The texts that cells point at by number."""
    part = targets.get("type:sharedStrings")
    if part is None:
        return []
    return [rich_text(item) for item in package.xml(part).iterchildren(S + "si")]


def rich_text(item: _Element) -> str:
    """The text of a string and its runs, without phonetic guides."""
    if len(item) == 1 and (only := item[0]).tag == _TEXT:
        return unescaped(only.text or "")
    found = []
    for child in item:
        if child.tag == S + "t":
            found.append(child.text or "")
        elif child.tag == S + "r":
            found += [text.text or "" for text in child.iterchildren(S + "t")]
    return unescaped("".join(found))


def unescaped(text: str) -> str:
    """A text with its escapes undone; those of control characters other than line ends and tabs are left."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    shown = code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code < 0xE000)
    return chr(code) if shown else match[0]


def number_formats(package: Package, targets: dict[str, str]) -> list[str | int]:
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


def dates_1904(workbook: _Element) -> bool:
    """Whether days are counted from 1904, as old Macintosh files do."""
    settings = workbook.find(S + "workbookPr")
    return settings is not None and settings.get("date1904") in ("1", "true")


@cache
def column_index(letters: str) -> int:
    """A column's place from 0: A is 0, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_address(row: int, column: int) -> str:
    """The address of a cell by its places from 0: ``B3`` for 2, 1."""
    letters = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return f"{letters}{row + 1}"
