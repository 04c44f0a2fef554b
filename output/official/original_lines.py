"""Lines of a notice: which are rows of a table, headings or titles, and how wide columns have to be."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(
    r"[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)]|\d+[.．、]|第[一二三四五六七八九十百]+[章条]"
)
#: A title's line: short, no sentence in it.
_TITLE_CHARACTERS = 45
_SENTENCE = re.compile(r"[。；：:|]|，.*，")
_BLANKS = re.compile(r"\s+")
#: Marks that differ in width alone.
_WIDTHS = str.maketrans(",:;()!?", "，：；（）！？")
#: Characters of the narrowest and the widest column that shares count with.
_NARROW, _WIDE = 3.0, 60.0


def lines_of(text: str) -> list[str]:
    """The lines that hold words, blanks around them left out."""
    return [line for line in (raw.strip(" \t\u3000\xa0\ufeff") for raw in text.splitlines()) if bare(line)]


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


def table_shares(rows: Sequence[tuple[str, ...]]) -> tuple[float, ...]:
    """Shares of the columns by what stands in them: the root of a long text's length, never below its head's.

    Rows that go across the table do not count.
    """
    counted = [row for row in rows if any(row[1:])] or list(rows)
    shares = []
    for column in zip(*counted, strict=True):
        longest = max(map(len, column))
        usual = sum(map(len, column)) / len(column)
        shares.append(min(_WIDE, max(_NARROW, min(longest, 6.0), usual**0.75)))
    return tuple(shares)
