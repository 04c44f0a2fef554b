"""Tables: what a task table is made of, and what the heads of its columns say."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Role, Span
from .clauses import Clause, moved
from .parties import read_parties
from .patterns import pattern

# Heads of the running number: 序号.
_NUMBER_HEAD = pattern(r"^(?:序号|编号|序列|项号|No\.?)$")
# Heads of units: 责任单位, 牵头部门, 考核对象, 指导部门.
_UNIT_HEAD = pattern(
    r"(?:牵头|责任|配合|主责|主办|协办|承办|落实|实施|指导|考核|负责|参与|主管|督办|督导)+"
    r"(?:责任|考核|落实|领导和)?(?:单位|部门|对象|机构|主体)|^(?:考核对象|牵头|配合)$"
)
# Heads of deadlines: 完成时限, 时间节点.
_DUE_HEAD = pattern(r"时限|期限|完成时间|时间节点|时间安排|进度|办结时间|时间要求")
# Heads of what is to be done: 工作任务, 指标名称, 改革举措.
_CONTENT_HEAD = pattern(r"任务|指标|举措|措施|项目|事项|内容|工作|名称|要点|目标")
# Heads of what is not: 分值, 备注, 联系人.
_SCORE_HEAD = pattern(r"类别|类型|分类|领域|方面|板块|来源|分值|权重|备注|说明|评分|得分|范围|领导|联系人")
# What stands in a cell that has nothing to say.
_NOTHING = pattern(r"(?:[-—–─/]{1,3}|无)$")
_LINE_END = pattern(r"[\r\n]")


class Columns(NamedTuple):
    """Which column holds what; indexes into a row's cells."""

    width: int
    number: int | None
    statement: int
    units: tuple[tuple[int, Role], ...]
    due: int | None = None
    targets: tuple[int, ...] = ()
    measures: tuple[int, ...] = ()


class Row(NamedTuple):
    """A task row. ``number`` is None in a row whose number cell spans from the row above.

    ``section`` is the index of the section row above it.
    """

    span: Span
    number: int | None
    marker: Span | None
    statement: Span
    clauses: tuple[Clause, ...]
    due: Span | None = None
    targets: tuple[Span, ...] = ()
    measures: tuple[Span, ...] = ()
    section: int | None = None
    #: Clauses of cells of units further up that span this row, too.
    spanning: tuple[Clause, ...] = ()


class SectionRow(NamedTuple):
    """A row that heads those below it: 一、…(16项) | ||."""

    span: Span
    marker: Span
    title: Span
    clauses: tuple[Clause, ...]


class Table:
    """A table with a column of units; ``start`` is the header's, ``end`` moves on with each row."""

    __slots__ = ("above", "barred", "columns", "end", "rows", "sections", "start", "strange")

    def __init__(self, start: int, end: int, columns: Columns, *, barred: bool = False) -> None:
        #: Whether bars part its cells.
        self.barred = barred
        self.start = start
        self.end = end
        self.columns = columns
        #: For each column of units or deadlines the last cell that held anything.
        self.above: dict[int, Span] = {}
        self.rows: list[Row] = []
        self.sections: list[SectionRow] = []
        #: Rows that do not fit the columns.
        self.strange: list[Span] = []

    @property
    def span(self) -> Span:
        """The whole table, header included."""
        return Span(self.start, self.end)


def is_number_head(head: str) -> bool:
    """Whether a column's head, blanks left out, is that of the running number."""
    return _NUMBER_HEAD.match(head) is not None


def heads_due(head: str) -> bool:
    """Whether a column's head is that of deadlines: 完成时限, 时间节点."""
    return len(head) <= 12 and _DUE_HEAD.search(head) is not None


def heads_units(head: str) -> bool:
    """Whether a column's head is that of responsible units."""
    return len(head) <= 12 and _UNIT_HEAD.search(head) is not None


def is_content_head(head: str) -> bool:
    """Whether a column's head is that of what is to be done."""
    return len(head) <= 20 and _CONTENT_HEAD.search(head) is not None and not _SCORE_HEAD.search(head)


def says_nothing(folded: str, cell: Span) -> bool:
    """Whether a cell is empty or holds but a mark for none: —, /, 无."""
    return cell.start == cell.end or _NOTHING.match(folded, cell.start, cell.end) is not None


def cell_clause(folded: str, cell: Span | None, role: Role) -> Clause | None:
    """The clause that a cell of units is; lines inside it part the names. None where it says nothing."""
    if cell is None or says_nothing(folded, cell):
        return None
    names = _LINE_END.sub("、", folded[cell.start : cell.end])
    reading = read_parties(names, role)
    if not reading.parties:
        return None
    return Clause(cell.start, cell.end, moved(reading, cell.start), "cell")
