"""Tables printed with one cell to a line: 序号 / 项目名称 / 责任单位 / 1 / 修订条例 / 省科技厅."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Role, Span
from .names import looks_like_party, role_of
from .page import Line, trim, without_blanks
from .patterns import pattern
from .tables import Columns, Row, Table, cell_clause, heads_units, is_content_head, is_number_head

# The line of a row's number: 12.
_NUMBER = pattern(r"\s*(\d{1,3})\s*$")
# A line of one character: a section's name set upright.
_SINGLE = pattern(r"\s*[\u4e00-\u9fff]\s*$")
#: Longer lines are prose, not cells.
_LONGEST_CELL = 90
_MOST_HEADS = 6


def find_stacked_tables(folded: str, lines: Sequence[Line]) -> list[Table]:
    """Tables with the heads number, content and units, each cell on its own line or lines. Linear."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        heads = _heads(folded, lines, index)
        if heads is None:
            index += 1
            continue
        count, role = heads
        columns = Columns(3, 0, 1, ((2, role),))
        table = Table(lines[index][0], lines[index + count - 1][1], columns)
        index = _read_rows(folded, lines, index + count, table)
        if table.rows:
            tables.append(table)
    return tables


def _heads(folded: str, lines: Sequence[Line], index: int) -> tuple[int, Role] | None:
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


def _words(folded: str, line: Line) -> str:
    return without_blanks(folded[line[0] : line[1]]) if line[1] - line[0] <= _LONGEST_CELL else ""


def _read_rows(folded: str, lines: Sequence[Line], index: int, table: Table) -> int:
    """Read rows into ``table`` as long as they come; returns the index of the first line behind them."""
    while index < len(lines):
        number = _NUMBER.match(folded, *lines[index])
        if number is None:
            if _SINGLE.match(folded, *lines[index]):
                index += 1
                continue
            break
        found = _row(folded, lines, index, table.columns.units[0][1])
        if found is None:
            break
        row, index = found
        table.rows.append(row)
        table.end = row.span.end
    return index


def _row(folded: str, lines: Sequence[Line], index: int, role: Role) -> tuple[Row, int] | None:
    """A number line, then content until the first line that is a unit, then all units that follow."""
    marker = Span(*trim(folded, *lines[index]))
    first = index + 1
    unit = first + 1  # there is at least one line of content
    while unit < len(lines) and not looks_like_party(folded[slice(*lines[unit])].strip()):
        if lines[unit][1] - lines[unit][0] > _LONGEST_CELL or _NUMBER.match(folded, *lines[unit]):
            return None
        unit += 1
    if unit >= len(lines):
        return None
    last = unit
    while last < len(lines) and looks_like_party(folded[slice(*lines[last])].strip()):
        last += 1
    statement = Span(trim(folded, *lines[first])[0], trim(folded, *lines[unit - 1])[1])
    units = Span(trim(folded, *lines[unit])[0], trim(folded, *lines[last - 1])[1])
    clause = cell_clause(folded, units, role)
    row = Row(
        Span(lines[index][0], lines[last - 1][1]),
        int(folded[marker.start : marker.end]),
        marker,
        statement,
        () if clause is None else (clause,),
    )
    return row, last
