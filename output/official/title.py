"""Titles in balanced lines: words kept whole, a trapezoid or diamond (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from itertools import combinations

#: Pieces that are not broken: document names, numbers with their unit, words that end a phrase.
_WHOLE = re.compile(
    r"《[^《》]{1,18}》|（[^（）]{1,16}）|〔\d{4}〕\d+号|\d+年度?|[A-Za-z0-9.%]+|人民政府办公厅|人民政府|办公厅|办公室"
    r"|政府工作报告|重点工作|工作任务|责任清单|任务清单|落实措施|实施方案|工作方案|督查室"
    r"|指标体系|绩效考评|考评结果|扣分情况|告知函|完成情况|中期评估|经济社会发展|的通知|的通报|的函|的报告"
    r"|的意见"
)
#: A line ends best behind these and never begins with them.
_BEHIND = "》”、，）〕的和及与"
_BEFORE = ("关于", "《", "印发", "转发", "分解", "落实")


def title_lines(title: str, width: int) -> tuple[str, ...]:
    """``title`` in lines of at most ``width`` characters, as even as its words allow; ≤ 4 lines are tried.

    A line never begins with a mark that closes; of two breaks alike, the one before 关于 or 《 wins. Where no
    phrase ends at a break, the words are asked of jieba, which is loaded then: no word is torn.
    """
    if len(title) <= width:
        return (title,)
    cut = _best(title, width, _places(title, frozenset()))
    if cut is None or not all(_ends_phrase(title, at) for at in cut):
        cut = _best(title, width, _places(title, _inside_words(title))) or cut
    if cut is None:
        return tuple(title[at : at + width] for at in range(0, len(title), width))
    return tuple(title[a:b] for a, b in zip((0, *cut), (*cut, len(title)), strict=True))


def _best(title: str, width: int, places: list[int]) -> tuple[int, ...] | None:
    """The breaks of the fewest lines that fit, as even as the places allow; None where none fits."""
    count = -(-len(title) // width)
    for lines in range(count, count + 3):
        choices = [
            (cost, cut)
            for cut in combinations(places, lines - 1)
            if (cost := _cost(title, cut, width)) is not None
        ]
        if choices:
            return min(choices)[1]
    return None


def _ends_phrase(title: str, at: int) -> bool:
    """Whether a phrase that is known as one ends or begins at a break."""
    edges = {edge for found in _WHOLE.finditer(title) for edge in found.span()}
    return at in edges or title.startswith(_BEFORE, at) or title[at - 1] in _BEHIND


def _inside_words(title: str) -> frozenset[int]:
    """Places inside the words of a title."""
    from ...model.words import tokenizer

    inside: set[int] = set()
    for _, start, end in tokenizer().tokenize(title):
        inside.update(range(start + 1, end))
    return frozenset(inside)


def _places(title: str, torn: frozenset[int]) -> list[int]:
    """Where a line may end: between words that are not kept whole, and not where one would be torn."""
    inside = {at for found in _WHOLE.finditer(title) for at in range(found.start() + 1, found.end())} | torn
    return [
        at
        for at in range(2, len(title) - 1)
        if at not in inside and title[at] not in "》、，。：）〕的”’" and title[at - 1] not in "《（〔“‘"
    ]


def _cost(title: str, cut: tuple[int, ...], width: int) -> float | None:
    """How far from even the lines are; None where one is too long."""
    lengths = [b - a for a, b in zip((0, *cut), (*cut, len(title)), strict=True)]
    if max(lengths) > width:
        return None
    cost = float(max(lengths) - min(lengths))
    for at in cut:
        if not title.startswith(_BEFORE, at) and title[at - 1] not in _BEHIND:
            cost += 3
    # 沙漏 (a waist) is what neither a trapezoid nor a diamond is.
    if any(a > b < c for a, b, c in zip(lengths, lengths[1:], lengths[2:], strict=False)):
        cost += 6
    # Equal lines make a rectangle, neither shape.
    return cost + (1.5 if len(set(lengths)) == 1 else 0)
