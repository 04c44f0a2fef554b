"""Lifted digits: figures that a laid-out file draws apart from their sentence; flagged, never guessed."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Span
from .patterns import pattern

#: Mark of a page, in the part of a Piece, whose text was recognised from a picture.
SCANNED = " (ocr)"
# A line of figures only; page marks were set apart before. A whole date needs no sentence around it.
_FIGURES = pattern(r"(?m)^[ ]*(?!\d{4}[-.]\d{1,2}[-.]\d{1,2}[ ]*$)\d[\d.,%~—\- ]*$")
# A sentence with a hole: a unit of measure without its figure.
_HOLE = pattern(
    r"(?:增长|达到|提高到|不低于|不少于|超过|完成|建成|降低|下降)(?:%|个百分点|亿元|万元|万亩|万人|公里|平方米)"
    r"|[到于在,。;]月底前"
)


def lifted_digits(folded: str) -> Iterator[Span]:
    """Each line of nothing but figures, and each unit of measure that lacks its figure. Linear."""
    for rule in (_FIGURES, _HOLE):
        for match in rule.finditer(folded):
            yield Span(*match.span())


def is_scanned(part: str) -> bool:
    """Whether a Piece's part is a page whose text was recognised from a picture."""
    return part.endswith(SCANNED)
