"""Writing: a ledger as an .xlsx file that an officer likes to work in (XlsxWriter)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from math import ceil
from typing import Any

from ..text import widths
from .columns import BY_KEY, COLUMNS, END, KEY, OFFICE_PARTS, Column, Part, Sort, hint
from .explanations import write_explanations
from .rows import LedgerRow
from .ticket import SHEET, Ticket, row_ticket
from .values import shown

LEDGER = "督查台账"
#: Rows above the first row of the ledger: title, what it is of, heads.
HEAD_ROW = 2
#: Colour of the cell and of the words, by the light's name; the words stay, so that print in black tells too.
LIGHTS: Mapping[str, tuple[str, str]] = {
    "red": ("#FFC7CE", "#9C0006"),
    "yellow": ("#FFEB9C", "#7F6000"),
    "blue": ("#DDEBF7", "#1F4E78"),
    "grey": ("#EDEDED", "#595959"),
    "done": ("#C6EFCE", "#006100"),
    "suspended": ("#E4DFEC", "#403151"),
}
_FONT = "宋体"
_SIZE = 10
_LINE = 13.5
_LOWEST, _HIGHEST = 30.0, 400.0
_FIXED_GROUND, _HEAD_GROUND, _OFFICE_GROUND = "#F2F2F2", "#D9E1F2", "#FCE4D6"
#: The widest window leaves room to work beside the columns that stay when scrolling.
_FROZEN = "targets"
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 – no time of the clock stands in the file
_PROTECTION = {
    "autofilter": True, "format_columns": True, "format_rows": True, "select_locked_cells": True,
    "select_unlocked_cells": True,
}  # fmt: skip


def write_ledger(rows: Sequence[LedgerRow], ticket: Ticket, *, title: str, about: str) -> bytes:
    """The file: the ledger, the page of explanations, and the ticket on a hidden sheet.

    ``title`` and ``about`` stand above the table; ``ticket.rows`` is filled in here. The same rows give the
    same bytes.
    """
    from xlsxwriter import Workbook

    told = io.BytesIO()
    book = Workbook(told, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": _MADE, "author": "", "comments": ""})
    looks = _Looks(book, ticket.role)
    sheet = book.add_worksheet(LEDGER)
    _set_up(sheet, looks, title, about, rows)
    tickets = {}
    for at, row in enumerate(rows):
        cells = {key: shown(text) for key, text in row.cells.items() if text}
        cells[f"{Part.FIXED}.{KEY}"] = cells[f"{Part.FIXED}.{END}"] = row.key.text()
        tickets[row.key] = row_ticket(cells)
        _write_row(sheet, HEAD_ROW + 1 + at, row, cells, looks)
    write_explanations(book.add_worksheet("填写说明"), looks.page())
    hidden = book.add_worksheet(SHEET)
    hidden.very_hidden()
    hidden.protect()
    for at, line in enumerate(replace(ticket, sheet=LEDGER, rows=tickets).lines()):
        for column, text in enumerate(line):
            hidden.write_string(at, column, text)
    book.close()
    return told.getvalue()


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: Any, role: str) -> None:
        self._book = book
        self._role = role
        self.cell = cache(self._cell)
        self.light = cache(self._light)

    def unlocked(self, column: Column) -> bool:
        """Whether the column may be filled in by the ledger's role."""
        return not column.fixed and (column.part not in OFFICE_PARTS or self._role == "office")

    def made(self, **told: Any) -> Any:
        """A format in the ledger's font."""
        return self._book.add_format({"font_name": _FONT, "font_size": _SIZE, **told})

    def _cell(self, column: Column, number: bool) -> Any:
        told: dict[str, Any] = {
            "text_wrap": True,
            "valign": "vcenter",
            "border": 1,
            "border_color": "#A6A6A6",
        }
        if column.sort is not Sort.TEXT or column.name in ("serial", "unit", "person"):
            told["align"] = "center"
        if column.sort is Sort.DAY:
            told["num_format"] = "yyyy-mm-dd"
        elif not number and column.sort is not Sort.PERCENT:
            told["num_format"] = "@"
        if self.unlocked(column):
            told["locked"] = False
        else:
            told["bg_color"] = _FIXED_GROUND
        return self.made(**told)

    def _light(self, name: str) -> Any:
        ground, ink = LIGHTS.get(name, (_FIXED_GROUND, "#000000"))
        told = {
            "align": "center",
            "valign": "vcenter",
            "border": 1,
            "border_color": "#A6A6A6",
            "text_wrap": True,
        }
        return self.made(**told, bg_color=ground, font_color=ink, bold=True, num_format="@")

    def head(self, column: Column) -> Any:
        """The head cell of a column."""
        ground = _OFFICE_GROUND if column.part in OFFICE_PARTS else _HEAD_GROUND
        return self.made(
            bold=True, text_wrap=True, align="center", valign="vcenter", border=1,
            bg_color=_FIXED_GROUND if column.fixed else ground,
        )  # fmt: skip

    def page(self) -> Mapping[str, Any]:
        """Formats of the page of explanations."""
        return {
            "title": self.made(bold=True, font_size=16),
            "head": self.made(bold=True, border=1, bg_color=_HEAD_GROUND, align="center"),
            "text": self.made(text_wrap=True, valign="vcenter", border=1),
            "line": self.made(text_wrap=True, valign="top"),
            **{name: self.light(name) for name in LIGHTS},
        }


def _set_up(sheet: Any, looks: _Looks, title: str, about: str, rows: Sequence[LedgerRow]) -> None:
    """Heads with notes, what stays when scrolling, filter, print set-up, protection, lists and prompts."""
    last = HEAD_ROW + max(len(rows), 1)
    empty = _hidden(rows, looks)
    sheet.write_string(0, 1, title, looks.made(bold=True, font_size=16))
    sheet.write_string(1, 1, about, looks.made())
    sheet.set_row(0, 26)
    sheet.set_row(HEAD_ROW, 32)
    for at, column in enumerate(COLUMNS):
        hidden = column in empty
        sheet.set_column(at, at, column.width, None, {"hidden": hidden})
        sheet.write_string(HEAD_ROW, at, column.head, looks.head(column))
        if column.told and not hidden:
            sheet.write_comment(HEAD_ROW, at, hint(column), {"author": "duban", "x_scale": 1.6})
        if looks.unlocked(column):
            sheet.data_validation(HEAD_ROW + 1, at, last, at, _validation(column))
    frozen = next(at for at, column in enumerate(COLUMNS) if column.name == _FROZEN)
    sheet.freeze_panes(HEAD_ROW + 1, frozen)
    sheet.autofilter(HEAD_ROW, 0, last, len(COLUMNS) - 1)
    sheet.protect("", _PROTECTION)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, last, len(COLUMNS) - 1)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    sheet.set_footer("&L&8&F&C&9第 &P 页，共 &N 页")
    sheet.center_horizontally()


def _hidden(rows: Sequence[LedgerRow], looks: _Looks) -> frozenset[Column]:
    """Columns that only take up room: keys, and what nobody fills in and no row has anything in, or all of
    them the same of 填报单位, which stands in the title."""
    used = {key for row in rows for key, text in row.cells.items() if text}
    hidden = {c for c in COLUMNS if not looks.unlocked(c) and c.key not in used}
    units = {row.key.unit for row in rows}
    hidden |= {c for c in COLUMNS if c.key == f"{Part.FIXED}.unit" and len(units) == 1 and units != {""}}
    return frozenset(hidden)


def _validation(column: Column) -> dict[str, Any]:
    """What Excel lets in, with prompt and message: Excel allows 32 characters of title and 255 of text."""
    told: dict[str, Any] = {
        "input_title": column.head[:32],
        "input_message": hint(column)[:255],
        "error_title": "请核对",
        "ignore_blank": True,
    }
    match column.sort:
        case Sort.CHOICE:
            return told | {
                "validate": "list", "source": list(column.choices),
                "error_message": f"请从列表中选：{'、'.join(column.choices)}",
            }  # fmt: skip
        case Sort.PERCENT:
            # 清空 is to be let in too: asked, not refused
            return told | {
                "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1000,
                "error_type": "warning", "error_message": "请写 0 到 100 的数，如 60 表示 60%",
            }  # fmt: skip
        case Sort.DAY:
            return told | {
                "validate": "date", "criteria": "between", "minimum": date(2000, 1, 1),
                "maximum": date(2100, 12, 31), "error_type": "warning",
                "error_message": "请写日期，如 2021-06-30",
            }  # fmt: skip
        case Sort.TEXT:
            return told | {
                "validate": "length", "criteria": "<=", "value": column.most,
                "error_message": f"至多 {column.most} 字，请精简",
            }  # fmt: skip


def _write_row(sheet: Any, at: int, row: LedgerRow, cells: Mapping[str, str], looks: _Looks) -> None:
    lines = max(
        (_lines(text, BY_KEY[key].width) for key, text in cells.items() if key not in _UNSEEN), default=1
    )
    sheet.set_row(at, min(_HIGHEST, max(_LOWEST, lines * _LINE + 3)))
    for place, column in enumerate(COLUMNS):
        text = cells.get(column.key, "")
        if not text:
            sheet.write_blank(at, place, None, looks.cell(column, False))
        elif column.name in ("reported", "verified"):
            sheet.write_string(at, place, text, looks.light(row.lights[column.name == "verified"]))
        elif column.sort is Sort.DAY:
            sheet.write_datetime(at, place, date.fromisoformat(text), looks.cell(column, False))
        elif column.name == "serial" or (column.sort is Sort.PERCENT and _exact(text)):
            sheet.write_number(at, place, float(text), looks.cell(column, True))
        else:
            sheet.write_string(at, place, text, looks.cell(column, False))


_UNSEEN = frozenset((f"{Part.FIXED}.{KEY}", f"{Part.FIXED}.{END}"))


def _exact(text: str) -> bool:
    """Whether a number goes through a cell unchanged: Excel keeps 15 digits."""
    return len(text) <= 15


@cache
def _room(width: float) -> float:
    """Half characters on a line of a column, with the cell's padding taken off."""
    return max(2.0, width * 1.05 - 0.5)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column, a little too many rather than too few."""
    room = _room(width)
    return sum(max(1, ceil(long / room)) for long in widths(text))
