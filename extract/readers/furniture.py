"""Furniture of printed pages: page marks, running headers and footers; what is not the notice's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...model.folding import fold
from ..patterns import pattern
from .boxes import Line, Sheet

# — 3 —, - 3 -, 3, 第3页, 第 3 页 共 9 页, 3/9, ·3·, Page 3 of 9.
_PAGE_MARK = pattern(
    r"(?:[-—–―─~·•]{1,3} ?\d{1,4} ?[-—–―─~·•]{1,3}|\d{1,4}|第 ?\d{1,4} ?页(?:[ ,/]*共 ?\d{1,4} ?页)?"
    r"|\d{1,4} ?/ ?\d{1,4}|[Pp]age ?\d{1,4}(?: ?of ?\d{1,4})?|[ivxlc]{1,6})$"
)
_DIGITS = pattern(r"\d+")
#: Share of a page's height at its head and foot where furniture stands.
_MARGIN = 0.12
#: A running header or footer stands on as many pages, and on at least this share of them.
_FEWEST, _SHARE = 3, 0.4


def set_apart(sheets: Sequence[Sheet]) -> list[tuple[list[Line], list[Line]]]:
    """For each page, its own lines and its furniture, both in reading order.

    A page mark is one by its form and its place; a running header or footer by standing at the same height of
    several pages with the same words, digits aside. A table's cells are never furniture: see the caller.
    """
    repeated: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        repeated.update({_likeness(line) for line in _outer(sheet)})
    needed = max(_FEWEST, round(_SHARE * len(sheets)))
    found = []
    for sheet in sheets:
        outer = set(map(id, _outer(sheet)))
        furniture = [
            line
            for line in sheet.lines
            if id(line) in outer and (is_page_mark(line, sheet) or repeated[_likeness(line)] >= needed)
        ]
        apart = set(map(id, furniture))
        found.append(([line for line in sheet.lines if id(line) not in apart], furniture))
    return found


def _outer(sheet: Sheet) -> list[Line]:
    """The lines in the head and foot margins; where the text itself reaches there, only its ends."""
    head, foot = _MARGIN * sheet.height, (1 - _MARGIN) * sheet.height
    found = [line for line in sheet.lines[:3] if line.box.top < head]
    found += [line for line in sheet.lines[-3:] if line.box.bottom > foot and line not in found]
    return found


def is_page_mark(line: Line, sheet: Sheet) -> bool:
    """Whether a line is a page's number, by its form and its place on the page."""
    if _PAGE_MARK.match(fold(line.text).strip()) is None:
        return False
    return line.box.top < _MARGIN * sheet.height or line.box.bottom > (1 - _MARGIN) * sheet.height


def _likeness(line: Line) -> tuple[str, int]:
    """What two pages' headers have in common: words without digits, and height."""
    return _DIGITS.sub("#", fold(line.text)), round(line.middle / 4)
