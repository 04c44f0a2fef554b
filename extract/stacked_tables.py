"""Tables printed with one cell to a line: 序号 / 项目名称 / 责任单位 / 1 / 修订条例 / 省科技厅.

Where a row has as many lines as the table has columns, each line is a cell; where cells run over several
lines, the units (told by their names) part what stands before them from what follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Role, Span
from .names import looks_like_party, role_of
from .page import Line, trim, without_blanks
from .patterns import pattern
from .tables import (
    Columns,
    Row,
    Table,
    cell_clause,
    heads_due,
    heads_units,
    is_content_head,
    is_number_head,
)

# The line of a row's number: 12.
_NUMBER = pattern(r"\s*(\d{1,3})\s*$")
# A line of one character: a section's name set upright.
_SINGLE = pattern(r"\s*[\u4e00-\u9fff]\s*$")
#: Longer lines are prose, not cells.
_LONGEST_CELL = 90
_MOST_HEADS = 9
#: Number, content and units: cells may run over several lines there.
_PLAIN_WIDTH = 3
_OTHER_HEADS = frozenset(("备注", "说明", "责任领导", "牵头领导", "联系人", "类别", "领域"))


def find_stacked_tables(folded: str, lines: Sequence[Line]) -> list[Table]:
    """Tables with the heads number, content and units, each cell on its own line or lines. Linear."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        heads = _heads(folded, lines, index)
        if heads is None:
            index += 1
            continue
        columns = heads
        table = Table(lines[index][0], lines[index + columns.width - 1][1], columns)
        index = _read_rows(folded, lines, index + columns.width, table)
        if table.rows:
            tables.append(table)
    return tables


def _heads(folded: str, lines: Sequence[Line], index: int) -> Columns | None:
    """The columns whose heads stand here, one to a line, up to the first line that is no head."""
    if not is_number_head(_words(folded, lines[index])):
        return None
    content: list[int] = []
    units: list[tuple[int, Role]] = []
    due = None
    count = 1
    while index + count < len(lines) and count < _MOST_HEADS:
        head = _words(folded, lines[index + count])
        if heads_units(head):
            units.append((count, role_of(head)))
        elif heads_due(head):
            due = count
        elif is_content_head(head) and not units:
            content.append(count)
        elif head not in _OTHER_HEADS:
            break
        count += 1
    if not content or not units:
        return None
    return Columns(count, 0, content[0], tuple(units), due, (), tuple(content[1:]))


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
        found = _row_of_cells(folded, lines, index, table.columns)
        if found is None:
            found = _row(folded, lines, index, table.columns.units[0][1])
        if found is None:
            break
        row, index = found
        table.rows.append(row)
        table.end = row.span.end
    return index


def _row_of_cells(folded: str, lines: Sequence[Line], index: int, columns: Columns) -> tuple[Row, int] | None:
    """A row with one line for each column, behind which the next number or the table's end stands."""
    last = index + columns.width
    if columns.width == _PLAIN_WIDTH or last > len(lines):
        return None
    cells = [Span(*trim(folded, *line)) for line in lines[index:last]]
    if any(cell.end - cell.start > _LONGEST_CELL for cell in cells):
        return None
    number = int(folded[slice(*cells[0])])
    follower = _NUMBER.match(folded, *lines[last]) if last < len(lines) else None
    if follower is not None and int(follower[1]) not in (number + 1, 1):
        return None
    clauses = [cell_clause(folded, cells[place], role) for place, role in columns.units]
    if clauses[0] is None:
        return None
    row = Row(
        Span(lines[index][0], lines[last - 1][1]),
        number,
        cells[0],
        cells[columns.statement],
        tuple(clause for clause in clauses if clause is not None),
        None if columns.due is None else cells[columns.due],
        (),
        tuple(cells[place] for place in columns.measures),
    )
    return row, last


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
