"""Stacked tables: a table whose cells were printed one to a line (序号 / 项目名称 / 责任单位 / 1 / … / 省科技厅)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Role
from .parties import looks_like_party, role_of
from .tables import Cell, Columns, Row, Table, cell_clause, heads_units, is_content_head, is_number_head

_NUMBER = re.compile(r"\s*(\d{1,3})\s*$")
_SINGLE = re.compile(r"\s*[\u4e00-\u9fff]\s*$")
#: Longer lines are prose, not cells.
_LONGEST_CELL = 90
_MOST_HEADS = 6


def find_stacked(folded: str, lines: Sequence[tuple[int, int]]) -> list[Table]:
    """Tables with the heads number, content and units, each cell on its own line or lines. Linear."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        heads = _heads(folded, lines, index)
        if heads is None:
            index += 1
            continue
        table, index = _read(folded, lines, index, *heads)
        if table.rows:
            tables.append(table)
    return tables


def _heads(folded: str, lines: Sequence[tuple[int, int]], index: int) -> tuple[int, Role] | None:
    """How many head lines stand here, and the role of the column of units."""
    if not is_number_head(_words(folded, lines[index])):
        return None
    content = False
    for count in range(1, _MOST_HEADS):
        if index + count >= len(lines):
            return None
        head = _words(folded, lines[index + count])
        if heads_units(head):
            return (count + 1, role_of(head)) if content else None
        if not is_content_head(head):
            return None
        content = True
    return None


def _words(folded: str, line: tuple[int, int]) -> str:
    return re.sub(r"\s+", "", folded[line[0] : line[1]])


def _read(
    folded: str, lines: Sequence[tuple[int, int]], index: int, heads: int, role: Role
) -> tuple[Table, int]:
    start = lines[index][0]
    index += heads
    table = Table(start, lines[index - 1][1], Columns(3, 0, 1, ((2, role),), None, (), ()))
    while index < len(lines):
        number = _NUMBER.match(folded, *lines[index])
        if number is None:
            if _SINGLE.match(folded, *lines[index]):  # a section's name set upright, one character to a line
                index += 1
                continue
            break
        row, index = _row(folded, lines, index, int(number[1]), role)
        if row is None:
            break
        table.rows.append(row)
        table.end = row.end
    return table, index


def _row(
    folded: str, lines: Sequence[tuple[int, int]], index: int, number: int, role: Role
) -> tuple[Row | None, int]:
    """A number line, then content until the first line that is a unit, then all units that follow."""
    marker = _trimmed(folded, lines[index])
    first = index + 1
    unit = first + 1  # there is at least one line of content
    while unit < len(lines) and not looks_like_party(folded[slice(*lines[unit])].strip()):
        if lines[unit][1] - lines[unit][0] > _LONGEST_CELL or _NUMBER.match(folded, *lines[unit]):
            return None, index
        unit += 1
    last = unit
    while last < len(lines) and looks_like_party(folded[slice(*lines[last])].strip()):
        last += 1
    if unit >= len(lines):
        return None, index
    statement = Cell(_trimmed(folded, lines[first]).start, _trimmed(folded, lines[unit - 1]).end)
    units = Cell(_trimmed(folded, lines[unit]).start, _trimmed(folded, lines[last - 1]).end)
    clause = cell_clause(folded, units, role)
    clauses = [] if clause is None else [clause]
    return Row(lines[index][0], lines[last - 1][1], number, marker, statement, clauses, None, [], []), last


def _trimmed(folded: str, line: tuple[int, int]) -> Cell:
    start, end = line
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return Cell(start, end)
