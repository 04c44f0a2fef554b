"""Boxes and lines: what a page of a laid-out file (PDF, OFD) consists of, before it is read as text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from .ruled import Table


class Box(NamedTuple):
    """Left, top, right, bottom in points from the upper left corner of the page as it is seen."""

    left: float
    top: float
    right: float
    bottom: float

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def rounded(self) -> tuple[float, float, float, float]:
        """The box to a tenth of a point, the same on every machine, as a Piece keeps it."""
        return (
            round(self.left, 1) + 0.0,
            round(self.top, 1) + 0.0,
            round(self.right, 1) + 0.0,
            round(self.bottom, 1) + 0.0,
        )


class Line(NamedTuple):
    """A stretch of text on one base line. ``text`` has no blanks at its ends and no line break."""

    text: str
    box: Box
    #: Height of the letters in points.
    size: float
    #: Blanks that the file holds behind the last letter, and before the first.
    behind: str = ""
    ahead: str = ""

    @property
    def middle(self) -> float:
        """The height at which the line runs."""
        return (self.box.top + self.box.bottom) / 2

    def beside(self, other: Line) -> bool:
        """Whether both run at the same height, so that they are one line to the eye."""
        overlap = min(self.box.bottom, other.box.bottom) - max(self.box.top, other.box.top)
        return overlap > 0.5 * min(self.size, other.size)


class Rule(NamedTuple):
    """A straight ruled line; one of its sides is (next to) nothing."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


class Sheet(NamedTuple):
    """A page as it was found: its lines in reading order, and its ruled tables."""

    #: What a Piece calls it: ``page 3``, or the page's path in an OFD.
    part: str
    width: float
    height: float
    lines: list[Line]
    tables: list[Table]
    #: Stretches that are not read as text, with the reason: rotated, hidden, outside the page.
    left_out: list[tuple[Line, str]]
    #: Whether the page shows a picture, as scans do.
    pictured: bool = False
    #: What a person should know of how the page was read; Chinese.
    remark: str = ""

    @classmethod
    def empty(cls, part: str, width: float, height: float) -> Self:
        """A page without anything on it."""
        return cls(part, width, height, [], [], [])


def in_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines from top to bottom, those at the same height together."""
    ordered = sorted(lines, key=lambda line: (line.middle, line.box.left))
    rows: list[list[Line]] = []
    for line in ordered:
        # A line joins the row whose first part runs at its height; rows further up are over.
        if rows and any(line.beside(part) for part in rows[-1][-3:]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom; those at the same height from left to right, as one line.

    Parts of one line are joined: by nothing where they touch, by a blank where there is a gap.
    """
    return [_one_line(sorted(row, key=lambda part: part.box.left)) for row in in_rows(lines)]


#: A gap wider than this share of the letters' height parts words.
_GAP = 0.6


def _one_line(parts: list[Line]) -> Line:
    first = parts[0]
    if len(parts) == 1:
        return first
    text, box = first.text, first.box
    for before, part in pairwise(parts):
        gap = part.box.left - before.box.right
        size = max(part.size, before.size)
        text += (" " if gap > _GAP * size or before.behind else "") + part.text
        box = box.joined(part.box)
    size = max(parts, key=lambda part: len(part.text)).size
    return Line(text, box, size, parts[-1].behind, first.ahead)
