"""Text columns: the lines of a PDF page as pdfplumber sees them, and where its columns begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from ..page import without_blanks
from ..patterns import pattern
from ..tables import is_number_head
from .boxes import Box, Sheet
from .furniture import is_page_mark

#: The number of a row.
_NUMBER = pattern(
    r"(?:\d{1,4}[.．、]?|[一二三四五六七八九十百]{1,4}、?|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)])$"
)
#: Words reach over a border when they do so by more, in points.
_OVER = 1.0
#: A border is one although words reach over it in this share of the lines that have several words.
_ODD_LINES = 0.1
#: A page of more words is no table that somebody reads.
_MOST_WORDS = 5_000
#: What the table settings of pdfplumber call its ways to find lines.
_BY_TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}


class Word(NamedTuple):
    """Letters without a gap between them; the box in points from the page's upper left corner."""

    text: str
    box: Box

    @property
    def middle(self) -> float:
        """The place half way between its ends."""
        return (self.box.left + self.box.right) / 2


class TextLine(NamedTuple):
    """Words side by side, from left to right."""

    words: list[Word]
    top: float
    bottom: float

    def reaches_over(self, border: float) -> bool:
        """Whether a word stands on both sides of a border."""
        return any(word.box.left < border - _OVER and word.box.right > border + _OVER for word in self.words)

    def in_column(self, left: float, right: float) -> list[Word]:
        """The words whose middle stands between two borders."""
        return [word for word in self.words if left <= word.middle < right]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their borders, and whether the first holds the rows' numbers."""

    borders: tuple[float, ...]
    numbered: bool

    def fit(self, line: TextLine) -> bool:
        """Whether no word of a line reaches from column to column."""
        return not any(line.reaches_over(border) for border in self.borders[1:-1])

    def goes_on(self, line: TextLine) -> bool:
        """Whether a line may be the first of a row, or of the rest of one."""
        number = self.number(line)
        return self.fit(line) and (not self.numbered or number is None or is_number(number))

    def number(self, line: TextLine) -> str | None:
        """The words of a line in the first column; None where it is empty."""
        return "".join(word.text for word in line.in_column(*self.borders[:2])) or None


def is_number(words: str | None) -> bool:
    """Whether words of a first column number a row: 3, 3., 三、, （三）."""
    return words is not None and _NUMBER.match(words) is not None


def lines_of(page: Any, sheet: Sheet) -> list[TextLine]:
    """The lines of a page; page marks are left out."""
    marks = [line.box for line in sheet.lines if is_page_mark(line, sheet)]
    found: list[TextLine] = []
    words = [
        Word(word["text"], Box(word["x0"], word["top"], word["x1"], word["bottom"]))
        for word in page.extract_words()
    ]
    if len(words) > _MOST_WORDS:
        return []
    for word in sorted(words, key=lambda word: (word.box.top + word.box.bottom, word.box.left)):
        height = (word.box.top + word.box.bottom) / 2
        if any(mark.top <= height <= mark.bottom for mark in marks):
            continue
        if found and found[-1].top <= height <= found[-1].bottom:
            found[-1].words.append(word)
        else:
            found.append(TextLine([word], word.box.top, word.box.bottom))
    for line in found:
        line.words.sort(key=lambda word: word.box.left)
    return found


def columns_of(page: Any, lines: Sequence[TextLine]) -> Columns | None:
    """The columns below a line of heads: between two heads, where text lines up and is not reached over."""
    heads = lines[0].words
    several = [line for line in lines if len(line.words) > 1]
    # a line of one word may be prose below, which lines up with nothing
    heights = [(line.top - 1, line.bottom + 1) for line in several]
    part = page.filter(lambda shape: any(top <= shape["top"] <= bottom for top, bottom in heights))
    table = part.find_table(_BY_TEXT | {"min_words_vertical": min(3, len(several))})
    if table is None:
        return None
    edges = sorted({edge for cell in table.cells for edge in (cell[0], cell[2])})
    borders = [0.0]
    for left, right in pairwise(heads):
        over = {
            edge: sum(line.reaches_over(edge) for line in several)
            for edge in edges
            if left.middle < edge < right.middle and not lines[0].reaches_over(edge)
        }
        if not over or min(over.values()) > _ODD_LINES * len(several):
            return None
        borders.append(max(edge for edge, count in over.items() if count == min(over.values())))
    return Columns((*borders, float(page.width)), is_number_head(without_blanks(heads[0].text)))
