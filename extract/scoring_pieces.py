"""Pieces of a scoring cell: which sentence the marks, deductions and other criteria of a cell belong to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..model.scoring import Criterion, Indicator, ScoreItem
from ..model.span import Span
from .page import Page, starts_of, trim
from .patterns import pattern
from .scoring_tables import Found

# Where a numbered piece begins: 1.成立…, ①地区…
_MARKER = pattern(r"(?<![\d.%第])\d{1,2}[.、](?!\d)|[①-⑳]")
_STOP = pattern(r"[;。](?!\s*否则)")
_OPENING = ",:;。、( "
#: What stands before the words of a rule: its number, an article's, the key of a web page's data.
HEAD = pattern(
    r"^\s*(?:[A-Za-z_][A-Za-z0-9_]*\s*:\s*['\"]|'|\(?[\d一二三四五六七八九十]{1,3}[)、.](?!\d)\s*"
    r"|第[一二三四五六七八九十百]+[条款项]|[①-⑳])*\s*"
)
Rule = Criterion | ScoreItem


class _Piece(NamedTuple):
    """A stretch of a cell and the rules in it."""

    start: int
    end: int
    rules: list[Rule]

    @property
    def points(self) -> Criterion | None:
        """The criterion that gives the piece its full marks."""
        found = (r for r in self.rules if isinstance(r, Criterion) and r.kind == "points")
        return next(found, None)


def tie(
    page: Page, tables: Found, items: Sequence[ScoreItem], criteria: Sequence[Criterion]
) -> tuple[list[Indicator], list[ScoreItem], list[Criterion]]:
    """The indicators (those of tables, and sentences with marks of their own), and every rule with the index
    of the one that it belongs to; a rule of a cell without such sentences belongs to the row."""
    indicators = list(tables.indicators)
    rules: list[Rule] = sorted([*items, *criteria], key=lambda rule: (rule.span.start, rule.span.end))
    starts = [rule.span.start for rule in rules]
    owner: dict[int, int] = {}
    stretches: list[tuple[int, int, int | None]] = [
        (cell.start, cell.end, index) for cells, index in tables.rows for cell in cells
    ]
    begins = starts_of(page.lines)
    held_in = dict.fromkeys(page.lines[bisect_right(begins, start) - 1] for start in starts)
    stretches += [(*line, None) for line in held_in if line[0] not in tables.lines]
    for start, end, parent in stretches:
        held = rules[bisect_left(starts, start) : bisect_left(starts, end)]
        if not held:
            continue
        for piece in _pieces(page.folded, start, end, held):
            index = _indicator(page, piece, parent, indicators)
            if index is not None:
                owner |= {id(rule): index for rule in piece.rules}
    order = sorted(range(len(indicators)), key=lambda i: (indicators[i].span.start, i))
    place = {old: new for new, old in enumerate(order)}
    placed = [replace(indicators[old], parent=_moved(indicators[old].parent, place)) for old in order]
    tied_items = [replace(item, indicator=_moved(owner.get(id(item)), place)) for item in items]
    return placed, tied_items, [replace(c, indicator=_moved(owner.get(id(c)), place)) for c in criteria]


def _moved(index: int | None, place: dict[int, int]) -> int | None:
    return None if index is None else place[index]


def _indicator(page: Page, piece: _Piece, parent: int | None, indicators: list[Indicator]) -> int | None:
    """The index of what a piece belongs to: an indicator of its own where it has marks and words."""
    points = piece.points
    if points is None:
        return parent
    head = HEAD.match(page.folded[piece.start : points.span.start])
    start, end = trim(page.folded, piece.start + (head.end() if head else 0), points.span.start)
    otherwise = page.folded.rfind("否则", start, end)
    end = otherwise if otherwise > start else end
    while start < end and page.folded[end - 1] in _OPENING:
        end -= 1
    if start == end:
        return parent
    span = Span(start, end)
    indicators.append(Indicator(span, page.text[start:end], "piece", points.values[0], parent=parent))
    return len(indicators) - 1


def _pieces(folded: str, start: int, end: int, rules: Sequence[Rule]) -> Iterable[_Piece]:
    """The pieces of a cell or line: numbered ones, parted further where a second sentence has marks."""
    heads = [start, *(match.end() for match in _MARKER.finditer(folded, start, end))]
    ends = [*(match.start() for match in _MARKER.finditer(folded, start, end)), end]
    at = 0
    for left, right in zip(heads, ends, strict=True):
        held = []
        while at < len(rules) and rules[at].span.start < max(right, left):
            held.append(rules[at])
            at += 1
        if held:
            yield from _sentences(folded, left, right, held)


def _sentences(folded: str, start: int, end: int, rules: Sequence[Rule]) -> Iterable[_Piece]:
    """Parts a numbered piece so that no part has two sentences with marks, at the last stop before the second
    one's marks (得5分;不配合的不得分;参加会议(2分)), else behind the last rule before them."""
    begin, held = start, list[Rule]()
    first: Rule | None = None
    for rule in rules:
        points = isinstance(rule, Criterion) and rule.kind == "points"
        if points and first is not None:
            stops = [m.end() for m in _STOP.finditer(folded, first.span.end, rule.span.start)]
            cut = stops[-1] if stops else max(r.span.end for r in held)
            own = [r for r in held if r.span.start >= cut]
            yield _Piece(_after(folded, begin, cut), cut, [r for r in held if r.span.start < cut])
            begin, held = cut, own
        first = rule if points else first
        held.append(rule)
    yield _Piece(_after(folded, begin, end), end, held)


def _after(folded: str, start: int, end: int) -> int:
    """Where the words begin: signs that close what stood before are left out."""
    while start < end and (folded[start] in ",;:。、)" or folded[start].isspace()):
        start += 1
    return start
