"""Lines of a notice: which are rows of a table, headings or titles, and how wide columns have to be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import LISTING

_HEADING = re.compile(
    r"[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)]|\d+[.．、]|第[一二三四五六七八九十百]+[章条]"
)
#: A title's line: short, no sentence in it.
_TITLE_CHARACTERS = 45
_SENTENCE = re.compile(r"[。；：:|，]")
#: Blanks so wide that they stand for a lost break.
_GAP = re.compile(r"[\u3000\xa0 \t]{5,}")
_PAGE_NUMBER = re.compile(r"[—―–-]+\s*\d+\s*[—―–-]+")
#: What ends a paragraph, and what shows that a line is more than a heading.
_ENDS, _INSIDE = "。：；！？:;", re.compile("[，、。；：,;:]")
#: Widths of a text that was broken at its paper's edge; how many lines, and which share of them, show it.
_NARROWEST, _PAPER, _SHOWING, _SHARE = 15, 50, 8, 0.3
_BLANKS = re.compile(r"\s+")
#: Marks that differ in width alone.
_WIDTHS = str.maketrans(",:;()!?", "，：；（）！？")


def lines_of(text: str) -> list[str]:
    """The lines that hold words, blanks around them and page numbers left out; wide gaps are lost breaks."""
    pieces = (piece for raw in text.splitlines() for piece in (_GAP.split(raw) if not is_row(raw) else [raw]))
    lines = (piece.strip(" \t\u3000\xa0\ufeff") for piece in pieces)
    return [line for line in lines if bare(line) and not _PAGE_NUMBER.fullmatch(line)]


def edge_of(lines: Sequence[str]) -> int | None:
    """Characters of a line of a text that was broken at its paper's edge; None for one with whole paragraphs.

    Such a text has many lines of one width that end inside a sentence.
    """
    widths = [
        round(sum(0.5 if character.isascii() else 1.0 for character in line))
        for line in lines
        if line[-1] not in _ENDS and _INSIDE.search(line) and not is_row(line)
    ]
    if len(widths) < _SHOWING or len(widths) < len(lines) * _SHARE:
        return None
    near = {edge: sum(edge - 2 <= one <= edge + 1 for one in widths) for edge in range(_NARROWEST, _PAPER)}
    edge = max(near, key=lambda one: near[one])
    return edge if near[edge] >= max(_SHOWING, len(widths) * _SHARE) else None


def joined(lines: Sequence[str], edge: int | None) -> list[str]:
    """Paragraphs again of lines that were broken at the paper's edge; as they are without an edge."""
    made: list[str] = []
    going_on = False
    for line in lines:
        if going_on and not (is_heading(line) or is_row(line) or LISTING.match(line)):
            made[-1] += line
        else:
            made.append(line)
        going_on = edge is not None and not is_row(line) and _goes_on(made[-1], line, edge)
    return made


def _goes_on(paragraph: str, line: str, edge: int) -> bool:
    """Whether a paragraph does not end with this line of it: a bracket is open, or no sentence ends there.

    A heading ends without a mark; it is short and has none inside.
    """
    if sum(map(paragraph.count, "（(")) > sum(map(paragraph.count, "）)")):
        return True
    heading = _HEADING.match(paragraph)
    inside = _INSIDE.search(paragraph[heading.end() :] if heading else paragraph)
    return line[-1] not in _ENDS and (len(line) >= edge * 0.7 or inside is not None)


def bare(line: str) -> str:
    """A line without any blanks."""
    return _BLANKS.sub("", line)


def folded(line: str) -> str:
    """A line for comparing: no blanks, no bars between cells, marks of one width."""
    return bare(line).replace("|", "").translate(_WIDTHS)


def is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells with bars between them."""
    return line.endswith("|") or " | " in line


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a row."""
    return tuple(cell.strip() for cell in line.removesuffix("|").split("|"))


def is_heading(line: str) -> bool:
    """Whether a line begins with the number of a level."""
    return _HEADING.match(line) is not None


def is_title_line(line: str) -> bool:
    """Whether a line can be one of a title."""
    return (
        len(line) <= _TITLE_CHARACTERS
        and not _SENTENCE.search(line)
        and not is_heading(line)
        and not is_row(line)
    )
