"""Scoring tables: rows with their full marks, and reasons with the marks that each costs or brings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model.scoring import Indicator, ScoreItem
from ..model.span import Span
from .bar_tables import row_cells
from .page import Page, starts_of, without_blanks
from .patterns import pattern
from .scoring_criteria import lines_with

#: Words one of which heads a column of marks or of the nature of indicators.
HEAD_SIGNS = ("分值", "分数", "满分", "标准分", "扣分", "减分", "加分", "奖分", "指标性质")
_FULL_HEAD = pattern(r"^(?:各项|标准|基本|基础|参考|指标)?(?:分值|分数|满分|标准分)(?:\((?:分|%)\))?$")
_MARK_HEAD = pattern(
    r"^(?P<whose>[\u4e00-\u9fff]{0,12}?)(?P<kind>扣分|减分|加分|奖分)(?:分?值|分数)?(?:\(分\))?$"
)
_NATURE_HEAD = pattern(r"^指标(?:性质|属性|类型)$")
_STANDARD_HEAD = pattern(r"(?:评分|考评|考核|评价|计分|赋分|评估)(?:标准|办法|方法|细则)|指标说明|计算方法")
_LEVEL_HEAD = pattern(r"^[一二三四]级指标$")
_NAME_HEAD = pattern(r"(?:指标|项目|内容|事项|原因|行为|情形|名称|要点|要素)$")
_MARKS = pattern(r"^\d{1,4}(?:\.\d+)?(?:分)?$")
_SUM = pattern(r"^(?:总分|合计|总计|共计|小计|满分)(?:值)?$")
_SECTION = pattern(r"^(?:[一二三四五六七八九十]+(?:、|$)|\([一二三四五六七八九十]+\))")
_NUMBERED = pattern(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,3}(?:[.、]|$)(?!\d))\s*")
#: A longer cell is no head of a column; a line with more bars is no row.
_LONGEST_HEAD, _MOST_BARS = 20, 60


class Columns(NamedTuple):
    """Indexes of columns; ``marks``: column, bonus or deduction, whose (物业企业) where several have one."""

    width: int
    levels: tuple[int, ...]
    name: int
    full: int | None
    nature: int | None
    marks: tuple[tuple[int, str, str], ...]


class Found(NamedTuple):
    """What the tables of a page hold. ``rows``: the cells of a row without its name, and its indicator."""

    indicators: list[Indicator]
    items: list[ScoreItem]
    rows: list[tuple[list[Span], int]]
    lines: set[int]


def has_table(page: Page) -> bool:
    """Whether a line is the head of a scoring table."""
    return next(_heads(page), None) is not None


def find_tables(page: Page) -> Found:
    """All scoring tables of a page, in order. Linear. ``lines`` are the starts of the lines they take."""
    found = Found([], [], [], set())
    for index, columns, first in _heads(page):
        rows = []
        found.lines.add(first)
        for start, end in (page.lines[at] for at in range(index + 1, len(page.lines))):
            if page.folded.find("|", start, end) < 0:
                if page.folded[start:end].strip():
                    break
                continue
            cells = row_cells(page.folded, start, end)
            if _columns(page.folded, cells) is not None or len(cells) > _MOST_BARS:
                break
            found.lines.add(start)
            rows.append(_aligned(page.folded, cells, columns))
        _Reader(page, columns, found).read(rows)
    return found


def _heads(page: Page) -> Iterator[tuple[int, Columns, int]]:
    starts = starts_of(page.lines)
    for start, end in sorted({line for sign in HEAD_SIGNS for line in lines_with(page, sign)}):
        if page.folded.find("|", start, end) < 0 or end - start > _LONGEST_HEAD * _MOST_BARS:
            continue
        columns = _columns(page.folded, row_cells(page.folded, start, end))
        if columns is not None:
            yield bisect_left(starts, start), columns, start


def _columns(folded: str, cells: Sequence[Span]) -> Columns | None:
    """The columns that a row heads; None where it is no head of a scoring table."""
    heads = [without_blanks(folded[cell.start : cell.end]) for cell in cells]
    if not heads or any(len(head) > _LONGEST_HEAD for head in heads) or len(cells) > _MOST_BARS:
        return None
    full = next((i for i, head in enumerate(heads) if _FULL_HEAD.match(head)), None)
    nature = next((i for i, head in enumerate(heads) if _NATURE_HEAD.match(head)), None)
    marks = tuple(
        (i, "bonus" if match["kind"] in ("加分", "奖分") else "deduction", match["whose"])
        for i, head in enumerate(heads) if (match := _MARK_HEAD.match(head))
    )  # fmt: skip
    levels = tuple(i for i, head in enumerate(heads) if _LEVEL_HEAD.match(head))
    taken = {full, nature, *(i for i, _, _ in marks)}
    names = levels[-1:] or tuple(i for i, h in enumerate(heads) if i not in taken and _NAME_HEAD.search(h))
    told = full is not None or marks or (nature is not None and any(_STANDARD_HEAD.search(h) for h in heads))
    if not names or not told:
        return None
    return Columns(len(cells), levels[:-1], names[0], full, nature, marks)


def _aligned(folded: str, cells: list[Span], columns: Columns) -> list[Span | None]:
    """A row's cells by column. Cells that a cell above reaches into are missing at the left; only where the
    marks then stand in no number's place, and do from the left, at the right."""
    lack = columns.width - len(cells)
    right: list[Span | None] = [None] * lack + list(cells) if lack > 0 else list(cells[-columns.width :])
    if lack > 0 and columns.full is not None and not _is_marks(folded, right[columns.full]):
        left = list(cells) + [None] * lack
        if _is_marks(folded, left[columns.full]):
            return left
    return right


def _is_marks(folded: str, cell: Span | None) -> bool:
    return cell is not None and _MARKS.match(folded[cell.start : cell.end]) is not None


class _Reader:
    """Reads the rows of one table into ``found``."""

    def __init__(self, page: Page, columns: Columns, found: Found) -> None:
        self.page, self.columns, self.found = page, columns, found
        self.section: int | None = None
        self.groups: dict[int, int] = {}

    def read(self, rows: Sequence[Sequence[Span | None]]) -> None:
        """All rows, in order."""
        named = [self._words(row[self.columns.name]) != "" for row in rows]
        group: int | None = None
        for number, row in enumerate(rows):
            first = self._words(next((cell for cell in row if cell and cell.start < cell.end), None))
            name = row[self.columns.name]
            if any(_SUM.match(without_blanks(self._words(cell))) for cell in row):
                if self.columns.full is not None and (full := self._full(row)):
                    sums = next(c for c in row if c and _SUM.match(without_blanks(self._words(c))))
                    self._add(sums, "total", full=full)
                continue
            if self.columns.marks:
                self._reason(row)
                continue
            if not self.columns.levels and _SECTION.match(first):
                # 一、 alone stands before the name; 一、名称 is the name
                head = (
                    name if name and name.start < name.end else next(c for c in row if c and c.start < c.end)
                )
                group = None
                self.section = self._add(head, "group", full=self._full(row))
                self._texts(row, self.section, head)
                continue
            parent = self._level(row)
            if not named[number]:
                parent = group if group is not None else parent
            elif not self.columns.levels and number + 1 < len(rows) and self._continues(rows[number + 1]):
                # the next row has no name of its own: this cell reaches down and names both
                assert name is not None
                group = parent = self._add(name, "group", parent=parent)
                name = None
            else:
                group = None
            own = name if name and name.start < name.end else self._content(row) or row[self.columns.name]
            if own is not None:
                self._texts(row, self._add(own, "row", self._full(row), self._nature(row), parent), own)

    def _continues(self, row: Sequence[Span | None]) -> bool:
        name, full = row[self.columns.name], self.columns.full
        if name is not None or full is None or not _is_marks(self.page.folded, row[full]):
            return False
        return not any(_SUM.match(without_blanks(self._words(cell))) for cell in row)

    def _level(self, row: Sequence[Span | None]) -> int | None:
        """The group that a row stands in: of the levels of indicators, else of the section row above."""
        parent = self.section
        for column in self.columns.levels:
            cell = row[column]
            if self._words(cell):
                assert cell is not None
                self.groups = {level: index for level, index in self.groups.items() if level < column}
                self.groups[column] = self._add(cell, "group", parent=parent)
            parent = self.groups.get(column, parent)
        return parent

    def _reason(self, row: Sequence[Span | None]) -> None:
        """A row of a table that says what a reason costs: an item for each of its marks."""
        name = row[self.columns.name]
        cells = [(row[column], kind, whose) for column, kind, whose in self.columns.marks]
        given = [(c, kind, whose) for c, kind, whose in cells if c and _is_marks(self.page.folded, c)]
        if not name or name.start == name.end or not given:
            return
        last = max(cell.end for cell, _, _ in given)
        span = Span(min(name.start, *(c.start for c, _, _ in given)), max(name.end, last))
        for cell, kind, whose in given:
            words = self.page.text[name.start : name.end]
            value = self.page.folded[cell.start : cell.end].removesuffix("分")
            several = whose if len(self.columns.marks) > 1 else ""
            self.found.items.append(ScoreItem(span, kind, words, value, None, None, several, "each"))

    def _texts(self, row: Sequence[Span | None], index: int, name: Span) -> None:
        self.found.rows.append(([cell for cell in row if cell is not None and cell != name], index))

    def _content(self, row: Sequence[Span | None]) -> Span | None:
        """The first cell of words behind the name column, for a row whose name cell is a group's."""
        behind = row[self.columns.name + 1 :]
        return next((c for c in behind if c and c.start < c.end and not _is_marks(self.page.folded, c)), None)

    def _add(self, cell: Span, level: str, full: str | None = None, nature: str = "",
             parent: int | None = None) -> int:  # fmt: skip
        marker = _NUMBERED.match(self.page.folded[cell.start : cell.end])
        start = cell.start + (marker.end() if marker and marker.end() < cell.end - cell.start else 0)
        name = self.page.text[start : cell.end]
        self.found.indicators.append(Indicator(Span(start, cell.end), name, level, full, nature, parent))
        return len(self.found.indicators) - 1

    def _full(self, row: Sequence[Span | None]) -> str | None:
        cell = row[self.columns.full] if self.columns.full is not None else None
        return self._words(cell).removesuffix("分") if _is_marks(self.page.folded, cell) else None

    def _nature(self, row: Sequence[Span | None]) -> str:
        return self._words(row[self.columns.nature]) if self.columns.nature is not None else ""

    def _words(self, cell: Span | None) -> str:
        return self.page.folded[cell.start : cell.end] if cell else ""
