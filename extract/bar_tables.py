"""Tables whose cells are parted by bars or tabs: ``a | b | c`` under a header that names the columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..model import Span
from .names import role_of
from .numerals import chinese_number
from .page import Line, trim, without_blanks
from .patterns import pattern
from .tables import (
    Columns,
    Row,
    SectionRow,
    Table,
    cell_clause,
    heads_due,
    heads_units,
    is_content_head,
    is_number_head,
    says_nothing,
)

# Heads of what is to be reached: 年度目标; other content beside the first column is how.
_TARGET_HEAD = pattern(r"目标|标准|要求|指标$|评分|分值")
# A row that adds up and is no task: 合计 | 100.
_SUM = pattern(r"总分|合计|小计|总计|共计")
# The first cell of a section row: 一、重大项目 or (一) or 一、 alone.
_SECTION_ROW = pattern(r"^([一二三四五六七八九十]+)(?:、|$)|^\(([一二三四五六七八九十]+)\)")
# A cell of the line that parts head and rows in Markdown: ---, :--:.
_RULE = pattern(r":?-{2,}:?$")
#: A line with more bars is no row of a table.
_MOST_BARS = 400
#: A longer line without bars is no section row: the table is over.
_LONGEST_SECTION = 60
#: A longer cell is no head of a column.
_LONGEST_HEAD = 20


def find_bar_tables(folded: str, lines: Sequence[Line], spanned: Sequence[int] = ()) -> list[Table]:
    """All tables whose header names a column of units, in order; ``spanned`` are the places of empty cells
    that one above spans. Linear."""
    tables: list[Table] = []
    table: Table | None = None
    heads: list[str] = []
    #: A row outside tables directly above, which may be the first of a head.
    above: tuple[int, list[str]] | None = None
    for start, end in lines:
        barred = folded.find("|", start, end) >= 0
        if not barred and (table is None or not table.barred):  # in a table of bars tabs part no cells
            barred = folded.find("\t", start + 1, end - 1) >= 0
        above = above if barred else None
        if not barred and table is not None and folded[start:end].strip():
            cells = row_cells(folded, start, end)
            if end - start > _LONGEST_SECTION or not _SECTION_ROW.match(folded[slice(*cells[0])]):
                table = None
                continue
            _add_row(folded, table, Span(start, end), cells, spanned)
        elif barred and folded.count("|", start, end) > _MOST_BARS:
            table = None
        elif barred:
            cells = row_cells(folded, start, end)
            words = [without_blanks(folded[cell.start : cell.end]) for cell in cells]
            columns, begin = _columns(words), start
            if columns is None and table is None and above is not None:
                begin, columns = above[0], _parted(above[1], words)
            above = (start, words) if columns is None and table is None else None
            if columns is not None:
                table = Table(begin, end, columns, barred=folded.find("|", start, end) >= 0)
                tables.append(table)
                heads = words
            elif table is not None:
                below = _second_head(table, heads, words)
                if below is not None:
                    table.columns, table.end = below, end
                else:
                    _add_row(folded, table, Span(start, end), cells, spanned)
    return tables


def _second_head(table: Table, heads: Sequence[str], words: Sequence[str]) -> Columns | None:
    """The columns where this row is the second of a head: it parts 责任单位 into 牵头单位 and 配合单位, and
    is empty below the other heads, whose cells span both rows."""
    if table.rows or table.sections or table.strange:
        return None
    return _parted(heads, words)


def _parted(heads: Sequence[str], words: Sequence[str]) -> Columns | None:
    """The columns of a head of two rows: units stand in the second, nothing below numbers and content."""
    if len(words) != len(heads) or max(map(len, words)) > _LONGEST_HEAD or not any(map(heads_units, words)):
        return None
    pairs = list(zip(words, heads, strict=True))
    content = [word for word, head in pairs if is_content_head(head) or is_number_head(head)]
    return _columns([word or head for word, head in pairs]) if content and not any(content) else None


def row_cells(folded: str, start: int, end: int) -> list[Span]:
    """The cells of a row, blanks at their borders left out; a closing ``|`` makes no cell of its own."""
    cells: list[Span] = []
    separator = "|" if folded.find("|", start, end) >= 0 else "\t"
    while start <= end:
        bar = folded.find(separator, start, end)
        left, right = trim(folded, start, end if bar < 0 else bar)
        if bar >= 0 or left < right:
            cells.append(Span(left, right))
        if bar < 0:
            break
        start = bar + 1
    return cells


def _columns(heads: Sequence[str]) -> Columns | None:
    """What the columns hold when this row is a header: it names units and content."""
    units = tuple((index, role_of(head)) for index, head in enumerate(heads) if heads_units(head))
    if len(heads) < 2 or not units or any(len(head) > _LONGEST_HEAD for head in heads):
        return None
    taken = {index for index, _ in units}
    number = next((index for index, head in enumerate(heads) if is_number_head(head)), None)
    due = next((i for i, head in enumerate(heads) if i not in taken and heads_due(head)), None)
    taken |= {index for index in (number, due) if index is not None}
    content = [i for i, head in enumerate(heads) if i not in taken and is_content_head(head)]
    if not content:
        return None
    statement, *further = content
    targets = tuple(i for i in further if _TARGET_HEAD.search(heads[i]))
    measures = tuple(i for i in further if i not in targets)
    return Columns(len(heads), number, statement, units, due, targets, measures)


def _add_row(folded: str, table: Table, span: Span, cells: Sequence[Span], spanned: Sequence[int]) -> None:
    table.end = span.end
    first = next((cell for cell in cells if cell.start < cell.end), None)
    if first is None or _SUM.match(folded, *first) or _RULE.match(folded, *first):
        return
    section = _section_row(folded, table.columns, span, cells)
    if section is not None:
        table.sections.append(section)
        return
    row = _row(folded, table.columns, span, cells)
    if row is None:
        table.strange.append(span)
    else:
        row = _with_spanning(folded, table, row, cells, spanned)
        table.rows.append(row._replace(section=len(table.sections) - 1 if table.sections else None))


def _with_spanning(folded: str, table: Table, row: Row, cells: Sequence[Span], spanned: Sequence[int]) -> Row:
    """The row with the units and the deadline of merged cells that begin further up and span it."""
    columns, clauses = table.columns, []
    for index, role in columns.units:
        if _is_spanned(folded, cells, index, spanned):
            clauses.append(cell_clause(folded, table.above.get(index), role))
    if columns.due is not None and _is_spanned(folded, cells, columns.due, spanned):
        row = row._replace(due=table.above.get(columns.due))
    for place in (*(index for index, _ in columns.units), columns.due):
        if place is not None and place < len(cells) and cells[place].start < cells[place].end:
            table.above[place] = cells[place]
    return row._replace(spanning=tuple(clause for clause in clauses if clause is not None))


def _is_spanned(folded: str, cells: Sequence[Span], index: int, spanned: Sequence[int]) -> bool:
    """Whether a place of ``spanned`` stands in this cell, between its bars."""
    if not spanned or index >= len(cells) or cells[index].start < cells[index].end:
        return False
    first = folded.rfind("|", 0, cells[index].start) + 1
    at = bisect_left(spanned, first)
    return at < len(spanned) and spanned[at] <= folded.find("|", cells[index].start)


def _section_row(folded: str, columns: Columns, span: Span, cells: Sequence[Span]) -> SectionRow | None:
    filled = [cell for cell in cells if cell.start < cell.end]
    first = filled[0]
    head = _SECTION_ROW.match(folded[first.start : first.end])
    if head is None or not chinese_number(head.group(1) or head.group(2)):
        return None
    marker = Span(first.start, first.start + head.end())
    alone = marker.end == first.end
    unit_cells = [(cells[index], role) for index, role in columns.units if index < len(cells)]
    if not alone and len(filled) > 1 and any(cell.start < cell.end for cell, _ in unit_cells):
        return None
    title = filled[1] if alone and len(filled) > 1 else Span(marker.end, first.end)
    found = (cell_clause(folded, cell, role) for cell, role in unit_cells)
    return SectionRow(span, marker, title, tuple(clause for clause in found if clause))


def _row(folded: str, columns: Columns, span: Span, cells: Sequence[Span]) -> Row | None:
    """A task row; in one shorter than the header the leading cells span from the row above."""
    shift = columns.width - len(cells)
    first_number = columns.number if columns.number is not None and columns.number < len(cells) else None
    if shift < 0 or (first_number is not None and _is_number(folded, cells[first_number])):
        shift = 0

    def at(index: int | None) -> Span | None:
        place = -1 if index is None else index - shift
        found = cells[place] if 0 <= place < len(cells) else None
        return None if found is None or says_nothing(folded, found) else found

    statement = at(columns.statement)
    measures, targets = columns.measures, columns.targets
    if statement is None and measures:  # the task's cell spans from above: what is to be done stands here
        statement, measures = at(measures[0]), measures[1:]
    if statement is None:
        return None
    marker = at(columns.number)
    number = None
    if marker is not None and _is_number(folded, marker):
        number = int(folded[marker.start : marker.end].rstrip(".、"))
    elif shift == 0:
        marker = None
    clauses = (cell_clause(folded, at(index), role) for index, role in columns.units)
    return Row(
        span,
        number,
        marker,
        statement,
        tuple(clause for clause in clauses if clause),
        at(columns.due),
        tuple(cell for index in targets if (cell := at(index))),
        tuple(cell for index in measures if (cell := at(index))),
    )


def _is_number(folded: str, cell: Span) -> bool:
    return folded[cell.start : cell.end].rstrip(".、").isdecimal()
