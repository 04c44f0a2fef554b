"""Criteria of scoring texts: marks (得5分), 扣完为止, 按完成比例得分, rank points, methods, bands, dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from ..model.scoring import Criterion, ScoreItem
from ..model.span import Span
from .page import Line, Page, starts_of
from .patterns import pattern

NUMBER = r"\d+(?:\.\d+)?"
#: Kind, a word without which a line has none of them, and the words themselves.
_CRITERIA: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("points", "分", pattern(rf"(?:\(|得|计){NUMBER}分")),
    ("proportion", "比例", pattern(r"按[^,;。|]{0,12}?比例(?:得分|计分|[扣加]分|折算|拆算)")),
    ("proportion", "率", pattern(rf"[\u4e00-\u9fff]{{0,10}}率[*×]{NUMBER}分")),
    ("base", "基准分", pattern(rf"基准分(?:值)?(?:均|各)?(?:为|是|:)?{NUMBER}分")),
    ("exhaust", "扣完为止", pattern("扣完为止")),
    ("zero", "得", pattern("不得分|得0分")),
    (
        "rank", "名",
        pattern(rf"(?:第|前|排名)\d+(?:[-–—~至]\d+)?名[^;。|]{{0,16}}?{NUMBER}分(?:[、,]{NUMBER}分)*"),
    ),
    (
        "method", "法",
        pattern("功效系数法|直接扣分法|完成比例法|比率法|减分法|层差法|非此即彼法|说明法|加权平均法|排序法|位次法"),
    ),
    (
        "band", "优",
        pattern(
            rf"(?:优秀|良好|优|良|中等|合格|较差|不合格)[^,;。|]{{0,10}}?"
            rf"(?:{NUMBER}分(?:及以上|以上|以下)|不超过{NUMBER}%)"
        ),
    ),
    (
        "band", "级",
        pattern(
            rf"{NUMBER}分?(?:[-–—~至]{NUMBER}分?)?(?:\(含{NUMBER}分?\))?(?:及以上|以上|以下|之间)"
            r"的?[^,;。|\d]{0,8}?(?:为|评为|定为)(?:[A-E]级|[一二三四五]级)"
        ),
    ),
    (
        "date", "月",
        pattern(
            r"(?:考核|考评|评价)[^。;|]{0,24}?(?:翌年|次年|每年)?\d{1,2}月(?:份|底|[上中下]旬)?"
            r"[^。;|]{0,4}?(?:开始|完成|结束|进行)"
            r"(?:,(?:翌年|次年)?\d{1,2}月(?:份|底|[上中下]旬)?(?:前)?(?:完成|结束))?"
        ),
    ),
)  # fmt: skip


def lines_with(page: Page, word: str) -> Iterator[Line]:
    """The lines that hold a word: most lines of a notice hold none of scoring, and are not looked at."""
    starts = starts_of(page.lines)
    found = page.folded.find(word)
    while found >= 0:
        start, end = page.lines[bisect_right(starts, found) - 1]
        yield start, end
        found = page.folded.find(word, end)


def find_criteria(page: Page, items: list[ScoreItem]) -> Iterator[Criterion]:
    """All criteria in reading order; what an item or a rank already tells is not told again."""
    found = []
    folded = page.folded
    for kind, needed, expression in _CRITERIA:
        for low, high in lines_with(page, needed):
            for match in expression.finditer(folded, low, high):
                start, end = match.span()
                start += folded[start] == "("
                numbers = tuple(re.findall(NUMBER, folded[start:end]))
                if kind == "points" and not Decimal(numbers[0]):
                    continue  # 得0分 is a zero, not a mark
                found.append(Criterion(Span(start, end), kind, page.text[start:end], numbers))
    found.sort(key=lambda criterion: (criterion.span, criterion.kind))
    yield from _without_repeats(found, items)


def _without_repeats(found: list[Criterion], items: list[ScoreItem]) -> Iterator[Criterion]:
    """Criteria without the marks inside of rank points (第1名得6分) and the ranks inside of items."""
    ranks = [c.span for c in found if c.kind == "rank"]
    marked = sorted(Span(item.span.start + len(item.text), item.span.end) for item in items)
    for criterion in found:
        others = {"points": ranks, "rank": marked}.get(criterion.kind, [])
        if not _inside(criterion.span.end, others):
            yield criterion


def _inside(end: int, others: list[Span]) -> bool:
    """Whether what ends here ends within one of these spans, sorted and apart."""
    at = bisect_right(others, end - 1, key=lambda other: other.start) - 1
    return at >= 0 and end <= others[at].end
