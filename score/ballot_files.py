"""Ballots from Excel: units down, evaluators across; every fault is named by its cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..model.errors import BallotError
from .ballots import Ballot, BallotRules, ballot_faults
from .decimals import number

#: Words of a cell whose evaluator does not judge the unit.
RECUSED = frozenset(("回避", "—", "/"))
#: Words of the first cell that tell that marks are scores, not ranks.
_SCORES = ("得分", "评分", "分数")
#: Words of a heading above the units.
_HEADS = ("单位", "对象", "部门")
_MOST_ROWS, _MOST_COLUMNS = 2000, 500


def read_ballots(
    raw: bytes, place: str, part: str, units: Sequence[str] | None = None, rules: BallotRules | None = None
) -> tuple[list[Ballot], list[str]]:
    """The valid ballots of a workbook's first sheet, and the faults of the others, each with its cell.

    Row 1 names the evaluators from column B on, column A the units from row 2 on; the corner may say 得分
    where the marks are scores, else they are ranks. An empty column is an evaluator without a ballot and is
    told as such. ``units``: who must be judged; default those of column A.
    Raises BallotError where the file is no such table at all.
    """
    rows = _rows(raw, place)
    head = [_word(cell) for cell in rows[0]]
    voters = [(column, voter) for column, voter in enumerate(head) if column > 0 and voter]
    names = [(row, _word(cells[0])) for row, cells in enumerate(rows) if row > 0 and _word(cells[0])]
    if not voters or not names:
        raise BallotError(
            "没有评价人或考评对象", place=place, remedy="第1行写评价人，A列写考评对象，从第2行起"
        )
    faults = [f"{place}!{_cell(0, c)}: 评价人“{v}”写了两次" for c, v in voters if head.count(v) > 1]
    listed = [name for _, name in names]
    faults += [f"{place}!{_cell(r, 0)}: “{n}”写了两次" for r, n in names if listed.count(n) > 1]
    if faults:
        return [], faults
    kind = "scores" if any(word in head[0] for word in _SCORES) else "ranks"
    ballots = []
    for column, voter in voters:
        ballot, wrong = _ballot(rows, names, column, head=(voter, part, kind), place=place)
        if ballot is not None and not wrong:
            wrong = ballot_faults(ballot, listed if units is None else units, rules or BallotRules())
        if ballot is not None and not wrong:
            ballots.append(ballot)
        faults += wrong
    return ballots, faults


def read_superiors(raw: bytes, place: str) -> dict[str, str]:
    """Who is whose superior (分管领导): column A the units, column B the evaluators, on the sheet whose name
    has 分管 in it; empty where there is none. Raises BallotError for no workbook, and for a unit twice."""
    found: dict[str, str] = {}
    for line, cells in enumerate(_rows(raw, place, "分管"), start=1):
        unit, superior = (_word(cell) for cell in (*cells, None, None)[:2])
        if not unit or not superior or (line == 1 and any(word in unit for word in _HEADS)):
            continue
        if found.setdefault(unit, superior) != superior:
            raise BallotError(f"“{unit}”有两位分管领导", place=f"{place} 分管!A{line}", remedy="请只写一位")
    return found


def _ballot(
    rows: list[list[Any]],
    names: list[tuple[int, str]],
    column: int,
    *,
    head: tuple[str, str, str],
    place: str,
) -> tuple[Ballot | None, list[str]]:
    voter, part, kind = head
    marks: dict[str, Decimal] = {}
    places: dict[str, str] = {}
    recused: set[str] = set()
    faults: list[str] = []
    blank: list[str] = []
    for row, unit in names:
        value = rows[row][column] if column < len(rows[row]) else None
        cell = f"{place}!{_cell(row, column)}"
        if value is None or _word(value) == "":
            blank.append(f"{cell}: 空着（{voter}对{unit}）")
        elif _word(value) in RECUSED:
            recused.add(unit)
        else:
            try:
                marks[unit] = _number(value)
                places[unit] = cell
            except ValueError:
                faults.append(f"{cell}: 不是数：“{_word(value)}”")
    if not marks and not faults:
        return None, [f"{place}!{_cell(0, column)}: {voter}没有交票，不计入平均"]
    return Ballot(part, voter, kind, marks, frozenset(recused), places), faults + blank


def _rows(raw: bytes, place: str, named: str = "") -> list[list[Any]]:
    """The cells of the first sheet, or of that with ``named`` in its name, none where there is none."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise BallotError("不是 Excel 工作簿（.xlsx）", place=place, remedy="请另存为 .xlsx") from None
    try:
        sheet = next((sheet for sheet in book.worksheets if named in sheet.title), None)
        rows = [] if sheet is None else [
            list(row) for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
        ]  # fmt: skip
    finally:
        book.close()
    if not rows and not named:
        raise BallotError("工作表是空的", place=place, remedy="第1行写评价人，A列写考评对象")
    return rows


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _number(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueError("a truth value is no mark")
    if isinstance(value, float):  # Excel keeps every number as a double; its shortest form is what was typed
        return number(repr(value))
    return number(value if isinstance(value, int) else _word(value))


def _cell(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column + 1)}{row + 1}"
