"""Task tables in plain text: rows of ``a | b | c`` (or tabs) under a header that names its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Role, Span
from .clauses import Clause
from .numerals import chinese_number
from .parties import Named, read_parties, role_of

_NUMBER_HEAD = re.compile(r"^(?:序号|编号|序列|项号|No\.?)$")
_UNIT_HEAD = re.compile(
    r"(?:牵头|责任|配合|主责|主办|协办|承办|落实|实施|指导|考核|负责|参与|主管|督办|督导)+"
    r"(?:责任|考核|落实|领导和)?(?:单位|部门|对象|机构|主体)|^(?:考核对象|牵头|配合)$"
)
_DUE_HEAD = re.compile(r"时限|期限|完成时间|时间节点|时间安排|进度|办结时间|时间要求")
_TARGET_HEAD = re.compile(r"目标|标准|要求|指标$|评分|分值")
_CONTENT_HEAD = re.compile(r"任务|指标|举措|措施|项目|事项|内容|工作|名称|要点|目标")
_SCORE_HEAD = re.compile(r"分值|权重|备注|说明|评分|得分|范围|领导|联系人")
_LINE_END = re.compile(r"[\r\n]")
_SUM = re.compile(r"(?:总分|合计|小计|总计|共计)")
_SECTION_ROW = re.compile(r"^([一二三四五六七八九十]+)、|^\(([一二三四五六七八九十]+)\)")


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int

    @property
    def empty(self) -> bool:
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; indexes into a row's cells."""

    width: int
    number: int | None
    statement: int
    units: tuple[tuple[int, Role], ...]
    due: int | None
    targets: tuple[int, ...]
    measures: tuple[int, ...]


@dataclass(slots=True)
class Row:
    """A task row. ``number`` is None in a row whose number cell spans from the row above."""

    start: int
    end: int
    number: int | None
    marker: Cell | None
    statement: Cell
    clauses: list[Clause]
    due: Cell | None
    targets: list[Cell]
    measures: list[Cell]
    section: int | None = None


@dataclass(slots=True)
class SectionRow:
    start: int
    end: int
    marker: Cell
    title: Cell
    clauses: list[Clause]


@dataclass(slots=True)
class Table:
    """A table with a column of units; ``start`` is the header's."""

    start: int
    end: int
    columns: Columns
    rows: list[Row] = field(default_factory=list)
    sections: list[SectionRow] = field(default_factory=list)
    #: Rows that do not fit the columns.
    strange: list[Span] = field(default_factory=list)


def is_number_head(head: str) -> bool:
    """Whether a column's head, blanks left out, is that of the running number."""
    return _NUMBER_HEAD.match(head) is not None


def heads_units(head: str) -> bool:
    """Whether a column's head is that of responsible units."""
    return len(head) <= 12 and _UNIT_HEAD.search(head) is not None


def is_content_head(head: str) -> bool:
    """Whether a column's head is that of what is to be done."""
    return len(head) <= 20 and _CONTENT_HEAD.search(head) is not None and not _SCORE_HEAD.search(head)


def cells_of(folded: str, start: int, end: int) -> list[Cell]:
    """The cells of a row, blanks at their borders left out; a closing ``|`` makes no cell of its own."""
    cells: list[Cell] = []
    separator = "|" if folded.find("|", start, end) >= 0 else "\t"
    while start <= end:
        bar = folded.find(separator, start, end)
        stop = end if bar < 0 else bar
        left, right = start, stop
        while left < right and folded[left].isspace():
            left += 1
        while right > left and folded[right - 1].isspace():
            right -= 1
        if bar >= 0 or left < right:
            cells.append(Cell(left, right))
        if bar < 0:
            break
        start = bar + 1
    return cells


def find_tables(folded: str, lines: Sequence[tuple[int, int]]) -> list[Table]:
    """All tables whose header names a column of units, in order. Linear."""
    tables: list[Table] = []
    table: Table | None = None
    for start, end in lines:
        if folded.find("|", start, end) < 0 and folded.find("\t", start + 1, end - 1) < 0:
            if table is not None and folded[start:end].strip():
                cells = cells_of(folded, start, end)
                head = _SECTION_ROW.match(folded[cells[0].start : cells[0].end])
                if (
                    head is None or end - start > 60
                ):  # a section row may come without bars; other lines end the table
                    table = None
                else:
                    _add_row(folded, table, start, end, cells)
                    table.end = end
            continue
        cells = cells_of(folded, start, end)
        columns = _columns(folded, cells)
        if columns is not None:
            table = Table(start, end, columns)
            tables.append(table)
        elif table is not None:
            _add_row(folded, table, start, end, cells)
            table.end = end
    return tables


def _columns(folded: str, cells: Sequence[Cell]) -> Columns | None:
    heads = [re.sub(r"\s+", "", folded[cell.start : cell.end]) for cell in cells]
    units = tuple(
        (index, role_of(head)) for index, head in enumerate(heads) if heads_units(head)
    )
    if len(heads) < 2 or not units or any(len(head) > 20 for head in heads):
        return None
    taken = {index for index, _ in units}
    number = next((index for index, head in enumerate(heads) if is_number_head(head)), None)
    due = next((i for i, head in enumerate(heads) if i not in taken and _DUE_HEAD.search(head)), None)
    rest = [i for i in range(len(heads)) if i not in taken and i not in (number, due)]
    content = [i for i in rest if is_content_head(heads[i])]
    if not content:
        return None
    statement, further = content[0], content[1:]
    targets = tuple(i for i in further if _TARGET_HEAD.search(heads[i]))
    measures = tuple(i for i in further if i not in targets)
    return Columns(len(heads), number, statement, units, due, targets, measures)


def _add_row(folded: str, table: Table, start: int, end: int, cells: list[Cell]) -> None:
    columns = table.columns
    filled = [cell for cell in cells if not cell.empty]
    if not filled or _SUM.match(folded, filled[0].start, filled[0].end):
        return
    head = _SECTION_ROW.match(folded[filled[0].start : filled[0].end])
    if head is not None and chinese_number(head.group(1) or head.group(2)):
        marker_end = filled[0].start + head.end()
        alone = marker_end == filled[0].end
        title = filled[1] if alone and len(filled) > 1 else Cell(marker_end, filled[0].end)
        if alone or len(filled) == 1 or all(i >= len(cells) or cells[i].empty for i, _ in columns.units):
            clauses = [
                clause
                for index, role in columns.units
                if index < len(cells) and (clause := cell_clause(folded, cells[index], role))
            ]
            table.sections.append(SectionRow(start, end, Cell(filled[0].start, marker_end), title, clauses))
            return
    shift = columns.width - len(cells)
    numbered = columns.number is not None and _is_number(
        folded, cells[columns.number] if columns.number < len(cells) else None
    )
    if shift < 0 or (shift > 0 and numbered):
        shift = 0
    row = _row(folded, columns, start, end, cells, shift)
    if row is None:
        table.strange.append(Span(start, end))
        return
    row.section = len(table.sections) - 1 if table.sections else None
    table.rows.append(row)


def _is_number(folded: str, cell: Cell | None) -> bool:
    return cell is not None and folded[cell.start : cell.end].rstrip(".、").isdecimal()


def _row(
    folded: str, columns: Columns, start: int, end: int, cells: Sequence[Cell], shift: int
) -> Row | None:
    def at(index: int | None) -> Cell | None:
        place = -1 if index is None else index - shift
        return cells[place] if 0 <= place < len(cells) and not cells[place].empty else None

    statement = at(columns.statement)
    if statement is None:
        return None
    marker = at(columns.number)
    number = None
    if marker is not None and _is_number(folded, marker):
        number = int(folded[marker.start : marker.end].rstrip(".、"))
    elif marker is not None and shift == 0 and columns.number is not None:
        marker = None
    clauses = [clause for index, role in columns.units if (clause := cell_clause(folded, at(index), role))]
    return Row(
        start,
        end,
        number,
        marker,
        statement,
        clauses,
        at(columns.due),
        [cell for index in columns.targets if (cell := at(index))],
        [cell for index in columns.measures if (cell := at(index))],
    )


def cell_clause(folded: str, cell: Cell | None, role: Role) -> Clause | None:
    """The clause that a cell of units is; lines inside the cell part the names."""
    if cell is None or cell.empty:
        return None
    reading = read_parties(_LINE_END.sub(lambda m: "、" * len(m[0]), folded[cell.start : cell.end]), role)
    if not reading.parties:
        return None
    parties = tuple(Named(n.start + cell.start, n.end + cell.start, n.role, n.kind) for n in reading.parties)
    return Clause(cell.start, cell.end, parties, "cell", lead_told=any(n.role is Role.LEAD for n in parties))
