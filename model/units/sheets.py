"""Sheets: an office's unit list from a spreadsheet (.xlsx, .csv) with header words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import UnitFileError
from ..reasons import system_reason

#: Header words of each column; the first is the one that messages name.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("名称", "单位", "单位名称", "name"),
    "id": ("编号", "代码", "id"),
    "full": ("全称", "full"),
    "std_abbr": ("规范简称", "简称", "std_abbr"),
    "informal": ("俗称", "别称", "其他名称", "informal", "names"),
    "typo": ("误写", "typo"),
    "level": ("层级", "级别", "level"),
    "kind": ("类别", "类型", "性质", "kind"),
    "since": ("启用日期", "起", "since"),
    "until": ("停用日期", "止", "until"),
    "source": ("来源", "依据", "source"),
}
_LEVELS = {
    "中央": "central", "省": "province", "省级": "province", "市": "city", "市级": "city", "县": "county",
    "县级": "county", "区": "county",
}  # fmt: skip
_KINDS = {
    "政府": "government", "部门": "department", "垂管": "vertical", "中央垂管": "vertical",
    "企业": "enterprise", "党委": "party", "党委机构": "party", "群团": "mass", "事业单位": "institution",
    "事业": "institution", "其他": "other",
}  # fmt: skip
_LISTED = ("full", "std_abbr", "informal", "typo")
_SEPARATOR = re.compile(r"[、,，;；\n]")
#: The header stands in one of the first rows; above it there may be a title.
_FIRST_ROWS = 10
#: A longer sheet is no list of units.
_MOST_ROWS = 20_000


def data_of_sheet(path: Path) -> dict[str, Any]:
    """The rows of the first sheet as ``{"region": …, "unit": […]}``; a unit's row number is in ``_row``.

    The file's name is the region's id, where the ids have none; without an 编号 column the name is the id.
    Raises UnitFileError that names the row.
    """
    rows = list(_rows(path))
    for index, (_, cells) in enumerate(rows[:_FIRST_ROWS]):
        columns = _columns(cells)
        if "name" in columns and "level" in columns:
            region = path.stem
            units = [
                _unit(path, number, row, columns, region) for number, row in rows[index + 1 :] if any(row)
            ]
            return {"region": {"id": region}, "unit": units}
    raise UnitFileError(
        f"前 {_FIRST_ROWS} 行里没有表头",
        place=str(path),
        remedy="表头至少要有“名称”和“层级”两列；可写 " + "、".join(words[0] for words in COLUMNS.values()),
    )


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        for key, words in COLUMNS.items():
            if cell.lower() in words:
                found.setdefault(key, index)
    return found


def _unit(
    path: Path, number: int, row: Sequence[str], columns: dict[str, int], region: str
) -> dict[str, Any]:
    told = {key: row[index] for key, index in columns.items() if index < len(row) and row[index]}
    place = f"{path}，第 {number} 行"
    if "name" not in told:
        raise UnitFileError("没有写名称", place=place, remedy="请补上名称，或删去这一行")
    unit: dict[str, Any] = {"_row": number, **told}
    unit_id = told.get("id", told["name"])
    unit["id"] = unit_id if "/" in unit_id else f"{region}/{unit_id}"
    for key, words in (("level", _LEVELS), ("kind", _KINDS)):
        if key in told:
            value = words.get(told[key], told[key])
            if value not in words.values():
                raise UnitFileError(
                    f"{COLUMNS[key][0]}不能是“{told[key]}”", place=place, remedy=f"可写 {'、'.join(words)}"
                )
            unit[key] = value
    if "level" not in unit:
        raise UnitFileError("没有写层级", place=place, remedy=f"可写 {'、'.join(_LEVELS)}")
    for key in _LISTED:
        if key in told:
            unit[key] = [part.strip() for part in _SEPARATOR.split(told[key]) if part.strip()]
    return unit


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Row number from 1 and the cells as trimmed text."""
    try:
        rows = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
        for number, row in enumerate(rows, 1):
            if number > _MOST_ROWS:
                raise UnitFileError(f"超过 {_MOST_ROWS} 行", place=str(path), remedy="这不像单位名录")
            yield number, row
    except OSError as error:
        raise UnitFileError(
            f"读不了（{system_reason(error)}）", place=str(path), remedy="请检查路径和权限"
        ) from error


def _csv(path: Path) -> Iterator[list[str]]:
    import csv

    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):  # what Excel writes: UTF-8 with a mark, or GBK
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnitFileError("不是 UTF-8 或 GB18030 编码", place=str(path), remedy="请另存为 UTF-8 的 CSV")
    try:
        for row in csv.reader(text.splitlines(keepends=True), strict=True):
            yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise UnitFileError("不是正确的 CSV", place=str(path), remedy="请另存一份") from error


def _xlsx(path: Path) -> Iterator[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnitFileError(
            "不是 .xlsx 文件，或已损坏", place=str(path), remedy="请用 Excel 或 WPS 另存一份"
        ) from error
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(cell) for cell in row]
    finally:
        book.close()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "strftime"):  # a date cell
        return str(cell)[:10]
    return str(cell).strip()
