"""Formula lines: X得分=甲×70%+乙(丙×75%+丁×25%)×30%+加减分."""

from __future__ import annotations

from ..model.scoring import Formula, Term
from ..model.span import Span
from .page import Page, trim
from .patterns import pattern

# The name before the sign, and the words behind it.
_RESULT = pattern(r"[\u4e00-\u9fff]{2,40}(?:得分|分数|成绩|总分)\s*$")
_BODY = pattern(r"[^。;|\r\n]+")
_WEIGHT = pattern(r"\s*[×*xX]\s*(\d+(?:\.\d+)?%|0?\.\d+)")
_NAME = pattern(r"[^+\-−×*()=,%]+")


def find_formulas(page: Page) -> list[Formula]:
    """Every line that sums named parts with weights; one that is no such sum is left out."""
    found = []
    folded = page.folded
    sign = folded.find("=")
    while sign >= 0:
        low = max(0, sign - 48)
        result = _RESULT.search(folded[low:sign])
        body = _BODY.match(folded, sign + 1)
        if result and body:
            reader = _Reader(page, *body.span())
            terms = reader.sum()
            if terms and reader.at_end() and any(term.weight for term in terms):
                start = low + result.start()
                name = page.text[start : low + result.end()].rstrip()
                found.append(Formula(Span(start, terms[-1].span.end), name, terms))
        sign = folded.find("=", sign + 1)
    return found


class _Reader:
    """Recursive descent over one formula; ``None`` or an empty sum where it is none."""

    def __init__(self, page: Page, at: int, end: int) -> None:
        self.page, self.at, self.end = page, at, end

    def at_end(self) -> bool:
        return not self.page.folded[self.at : self.end].strip()

    def sum(self, depth: int = 0) -> tuple[Term, ...]:
        terms = []
        while depth < 8:
            term = self.term(depth)
            if term is None:
                return ()
            terms.append(term)
            if self.page.folded[self.at : self.at + 1] != "+":
                return tuple(terms)
            self.at += 1
        return ()

    def term(self, depth: int) -> Term | None:
        folded = self.page.folded
        name = _NAME.match(folded, self.at, self.end)
        if name is None:
            return None
        start, end = trim(folded, *name.span())
        if start == end:
            return None
        self.at = last = end
        terms: tuple[Term, ...] = ()
        if folded[self.at : self.at + 1] == "(":
            self.at += 1
            terms = self.sum(depth + 1)
            if not terms or folded[self.at : self.at + 1] != ")" or self.at >= self.end:
                return None
            self.at = last = self.at + 1
        weight = _WEIGHT.match(folded, self.at, self.end)
        if weight:
            self.at = last = weight.end()
        return Term(Span(start, last), self.page.text[start:end], weight[1] if weight else None, terms)
