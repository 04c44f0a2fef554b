"""Returned: a ledger that came back, its rows known again by their keys, and what does not fit in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...model.errors import ClassifiedError, LedgerFileError
from ...model.progress.classified import refuse_marked_document
from ...model.workbooks import cell_address, column_index
from .columns import BY_KEY, COLUMNS, END, FIXED, KEY, Part
from .findings import Note, Place
from .rows import RowKey, check_code, row_key
from .sheets import Cell, Sheet, Workbook, read_workbook
from .ticket import SHEET, RowTicket, Ticket, ticket_of
from .values import plain

_KEY, _END = f"{Part.FIXED}.{KEY}", f"{Part.FIXED}.{END}"
#: Heads are looked for in the first rows; somebody may have put rows above them.
_FIRST_ROWS = 30
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_HEADS = {"".join(column.head.split()): column for column in COLUMNS}
_LOST = "请用原来导出的文件填写，或重新导出"


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row of the file: its place from 0, its key, its entry cells by column key (blank ones left out)."""

    at: int
    key: RowKey
    ticket: RowTicket
    cells: Mapping[str, Cell]


@dataclass(slots=True)
class Returned:
    """What a file brought back. ``columns`` tells the place of each column, by key, from 0."""

    label: str
    ticket: Ticket
    sheet: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[ReturnedRow] = field(default_factory=list)
    hidden: frozenset[int] = frozenset()
    faults: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)

    def place(self, row: ReturnedRow | int, key: str) -> Place:
        """The cell of a row and column."""
        at = row if isinstance(row, int) else row.at
        address = cell_address(at, self.columns[key]) if key in self.columns else f"第 {at + 1} 行"
        return Place(self.label, self.sheet, address, BY_KEY[key].head)


def read_returned(raw: bytes, label: str) -> Returned:
    """The rows of a file that :func:`.writing.write_ledger` made and somebody filled in.

    Faults of single cells and rows are collected. Raises LedgerFileError where the file is none of ours, and
    the errors of :func:`.sheets.read_workbook`.
    """
    book = read_workbook(raw, label)
    returned = Returned(label, _ticket(book, label))
    found = [(sheet, at) for sheet in book.sheets if sheet.name != SHEET for at in _head_rows(sheet)]
    if not found:
        raise LedgerFileError("没有台账的表头", place=label, remedy=_LOST)
    for sheet, at in found[1:]:
        words = "台账不止一份（复制的工作表或表头？），请只留一份"
        returned.faults.append(Note(Place(label, sheet.name, cell_address(at, 0)), words))
    sheet, head = found[0]
    returned.sheet = sheet.name
    if sheet.name != returned.ticket.sheet:
        words = f"工作表原名“{returned.ticket.sheet}”，已照读"
        returned.remarks.append(Note(Place(label, sheet.name), words))
    returned.hidden = frozenset(sheet.hidden)
    if _find_columns(returned, sheet, head):
        _tell_merged(returned, sheet, head)
        _read_rows(returned, sheet, head)
    returned.faults += _marked(book, returned)
    return returned


def _ticket(book: Workbook, label: str) -> Ticket:
    sheet = next((sheet for sheet in book.sheets if sheet.name == SHEET), None)
    if sheet is None:
        raise LedgerFileError(f"缺少隐藏的工作表 {SHEET}，无法核对", place=label, remedy=_LOST)
    lines = [
        (plain(row.get(0)), plain(row.get(1)), plain(row.get(2))) for _, row in sorted(sheet.rows.items())
    ]
    ticket = ticket_of(lines)
    if isinstance(ticket, Ticket):
        return ticket
    at, words = ticket
    raise LedgerFileError(words, place=f"{label} {SHEET}!{cell_address(at, 0)}", remedy=_LOST)


def _marked(book: Workbook, returned: Returned) -> Iterator[Note]:
    """Marks of secrecy anywhere in the file, but for what the notice itself says in fixed cells."""
    words = "标有密级（秘密、机密、绝密），全部内容不予保存；涉密材料请线下报送"
    label = returned.label
    codes = {row.at: frozenset(row.ticket.fixed) for row in returned.rows}
    fixed = {place for key, place in returned.columns.items() if BY_KEY[key].fixed}
    for sheet in book.sheets:
        for at, row in sheet.rows.items():
            for column, cell in row.items():
                if not _is_marked(cell.text):
                    continue
                exported = sheet.name == returned.sheet and column in fixed
                if not (exported and check_code(plain(cell)) in codes.get(at, ())):
                    yield Note(Place(label, sheet.name, cell_address(at, column)), words, classified=True)
        if _is_marked(sheet.name):
            yield Note(Place(label, "工作表名"), words, classified=True)
    for name, text in book.aside:
        if _is_marked(text):
            yield Note(Place(label, name), words, classified=True)


def _is_marked(text: str) -> bool:
    try:
        refuse_marked_document(text, "")
    except ClassifiedError:
        return True
    return False


def _head_rows(sheet: Sheet) -> Iterator[int]:
    """Rows that hold the head of the key column, or most of the other heads."""
    for at in sorted(sheet.rows)[:_FIRST_ROWS]:
        heads = {"".join(plain(cell).split()) for cell in sheet.rows[at].values()}
        if len(heads & _HEADS.keys()) > len(_HEADS) // 2:
            yield at


def _find_columns(returned: Returned, sheet: Sheet, head: int) -> bool:
    """Note where each column stands; whether the rows can be known by their keys."""
    faults = []
    for at, cell in sorted(sheet.rows[head].items()):
        told = "".join(plain(cell).split())
        place = Place(returned.label, sheet.name, cell_address(head, at), told)
        column = _HEADS.get(told)
        if column is None:
            faults.append(Note(place, "不认识的表头：改名的请改回，自加的列请删去"))
        elif column.key in returned.columns:
            faults.append(Note(place, "表头重复，请删去多出的一列"))
        else:
            returned.columns[column.key] = at
    missing = [column for column in COLUMNS if column.key not in returned.columns]
    faults += [
        Note(
            Place(returned.label, sheet.name, f"第 {head + 1} 行", column.head),
            "缺少这一列（删去或表头被改）",
        )
        for column in missing
    ]
    for at in sorted({at for row in sheet.rows.values() for at in row} - set(sheet.rows[head])):
        first = next((row for row in sorted(sheet.rows) if row > head and at in sheet.rows[row]), None)
        if first is not None:
            place = Place(returned.label, sheet.name, cell_address(first, at))
            faults.append(Note(place, "这一列没有表头，不知道填的是什么"))
    returned.faults += faults
    order = [returned.columns[column.key] for column in COLUMNS if column.key in returned.columns]
    if not faults and order != sorted(order):
        place = Place(returned.label, sheet.name, f"第 {head + 1} 行")
        returned.remarks.append(Note(place, "列的次序变了，已按表头读"))
    return _KEY in returned.columns and _END in returned.columns


def _tell_merged(returned: Returned, sheet: Sheet, head: int) -> None:
    for told in sheet.merged:
        match = _RANGE.fullmatch(told)
        bottom = int((match[4] or match[2]) if match else head + 1)
        if bottom > head:
            at = column_index(match[1]) if match else 0
            key = next((key for key, place in returned.columns.items() if place == at), _KEY)
            place = Place(returned.label, sheet.name, told, BY_KEY[key].head)
            returned.faults.append(Note(place, "是合并的单元格，不知道填的是哪一行，请取消合并后分别填写"))


def _read_rows(returned: Returned, sheet: Sheet, head: int) -> None:
    rows: defaultdict[RowKey, list[int]] = defaultdict(list)
    order: list[RowKey] = []
    known = list(returned.ticket.rows)
    for at in sorted(at for at in sheet.rows if at > head):
        cells = sheet.rows[at]
        key = _key_of(returned, at, cells)
        if key is None:
            continue
        rows[key].append(at)
        order.append(key)
        if len(rows[key]) > 1:
            continue
        ticket = returned.ticket.rows[key]
        _check_fixed(returned, at, cells, ticket)
        entered = {
            name: cells[place]
            for name, place in returned.columns.items()
            if place in cells and not BY_KEY[name].fixed
        }
        returned.rows.append(ReturnedRow(at, key, ticket, entered))
    for places in rows.values():
        for at in places[1:]:
            words = f"与第 {places[0] + 1} 行是同一行（复制的？），请只留一行"
            returned.faults.append(Note(returned.place(at, _KEY), words))
    _tell_order(returned, [key for key in known if key in rows], list(dict.fromkeys(order)))
    _tell_missing(returned, [key for key in known if key not in rows])


def _key_of(returned: Returned, at: int, cells: Mapping[int, Cell]) -> RowKey | None:
    """The row's key; None, and the fault noted, where it is none that was exported."""
    told, end = (plain(cells.get(returned.columns[key])) for key in (_KEY, _END))
    if not told and not end:
        filled = [place for place in sorted(cells) if plain(cells[place])]
        if filled:
            head = next((BY_KEY[k].head for k, place in returned.columns.items() if place == filled[0]), "")
            place = Place(returned.label, returned.sheet, cell_address(at, filled[0]), head)
            returned.faults.append(
                Note(place, "这一行不是导出的（自己加的？），没有行标识，不知道说的是哪一项")
            )
        return None
    if told != end:
        words = "行首、行尾的标识对不上：可能只排序或移动了一部分列，请恢复原来的行"
        returned.faults.append(Note(returned.place(at, _END if told else _KEY), words))
        return None
    key = row_key(told)
    if key is None:
        returned.faults.append(Note(returned.place(at, _KEY), "行标识被改动，认不出是哪一行"))
    elif key not in returned.ticket.rows:
        returned.faults.append(Note(returned.place(at, _KEY), "这一行不是本表导出的（从别的台账贴来？）"))
        return None
    return key


def _check_fixed(returned: Returned, at: int, cells: Mapping[int, Cell], ticket: RowTicket) -> None:
    """Fixed cells have to show what was exported."""
    for column, code in zip(FIXED, ticket.fixed, strict=False):
        if column.key not in returned.columns:
            continue  # told with the heads
        cell = cells.get(returned.columns[column.key])
        if check_code(plain(cell)) != code and column.name not in (KEY, END):
            words = f"是固定内容，不能改{_now(plain(cell))}，请恢复"
            returned.faults.append(Note(returned.place(at, column.key), words))


def _now(text: str) -> str:
    """What stands in a fixed cell; not where it may be secret."""
    line = " ".join(text.split())
    return "" if "密" in line else f"（现为“{line if len(line) <= 30 else line[:30] + '…'}”）"


def _tell_order(returned: Returned, exported: list[RowKey], found: list[RowKey]) -> None:
    if exported != found:
        words = "行的次序变了，已按行标识对应"
        returned.remarks.append(Note(Place(returned.label, returned.sheet), words))


def _tell_missing(returned: Returned, missing: list[RowKey]) -> None:
    if missing:
        listed = "；".join(key.label for key in missing[:5]) + ("……" if len(missing) > 5 else "")
        words = f"缺少导出的 {len(missing)} 行（{listed}）：登记库中的内容不因删行而删除"
        returned.remarks.append(Note(Place(returned.label, returned.sheet), words))
