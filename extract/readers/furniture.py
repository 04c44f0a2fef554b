"""Furniture of printed pages: page marks, running headers and footers; what is not the notice's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...model.folding import fold
from ..patterns import pattern
from .boxes import Line, Sheet, in_rows

# — 3 —, - 3 -, 3, 第3页, 第 3 页 共 9 页, 3/9, ·3·, Page 3 of 9.
_PAGE_MARK = pattern(
    r"(?:[-—–―─~·•]{1,3} ?\d{1,4} ?[-—–―─~·•]{1,3}|\d{1,4}|第 ?\d{1,4} ?页(?:[ ,/]*共 ?\d{1,4} ?页)?"
    r"|\d{1,4} ?/ ?\d{1,4}|[Pp]age ?\d{1,4}(?: ?of ?\d{1,4})?|[ivxlc]{1,6})$"
)
_DIGITS = pattern(r"\d+")
# What stands at the head of many pages and is no running header: each of them begins an annex.
_ANNEX = pattern(r"附 ?[件表录] ?[\d一二三四五六七八九十]{0,3} ?:?$")
# What a footnote begins with: 1, ①, [1], *; numbers of items have a full stop, and rows of tables gaps.
_NOTE = pattern(r"(?:\d{1,2}(?![\d.、年月日%/]|-)|[①-⑳]|\[\d{1,2}\]|[*※]) ?[^ ]{4,}$")
#: Its letters are smaller than the page's by at least this share.
_NOTE_SIZE = 0.85
#: Share of a page's height at its head and foot where furniture stands.
_MARGIN = 0.12
#: A running header or footer stands on as many pages, and on at least this share of them.
_FEWEST, _SHARE = 3, 0.4
#: On two pages, words are that if they stand in this share of the height, where no text does (GB/T 9704 7.1:
#: margins of 37 and 35 mm).
_PAIR, _EDGE = 2, 0.08


def set_apart(sheets: Sequence[Sheet]) -> list[tuple[list[Line], list[Line]]]:
    """For each page, its own lines and its furniture, both in reading order.

    A page mark is one by its form and its place; a running header or footer by standing at the same height of
    several pages with the same words, digits aside. A table's cells are never furniture: see the caller.
    """
    repeated: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        repeated.update({_likeness(line) for line in _outer(sheet)})
    needed = max(_FEWEST, round(_SHARE * len(sheets)))
    twice = _on_both(sheets) if len(sheets) == _PAIR else set()
    found = []
    for sheet in sheets:
        outer = set(map(id, _outer(sheet)))
        furniture = [
            line
            for line in sheet.lines
            if id(line) in outer
            and (is_page_mark(line, sheet) or repeated[_likeness(line)] >= needed or _exactly(line) in twice)
        ]
        apart = set(map(id, furniture))
        kept = [line for line in sheet.lines if id(line) not in apart]
        notes = _footnotes(kept, sheet.height)
        found.append((kept[: len(kept) - len(notes)], [*notes, *furniture]))
    return found


def _footnotes(lines: Sequence[Line], height: float) -> Sequence[Line]:
    """The last lines of a page in smaller letters, the first of which begins with a note's mark."""
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[round(2 * line.size)] += len(line.text)
    usual = sizes.most_common(1)[0][0] / 2 if sizes else 0.0
    first = len(lines)
    while first and lines[first - 1].size <= _NOTE_SIZE * usual and lines[first - 1].box.top > height / 2:
        first -= 1
    marks = (at for at in range(first, len(lines)) if _NOTE.match(fold(lines[at].text)))
    begin = next(marks, len(lines))
    return lines[begin:] if begin else ()


def _on_both(sheets: Sequence[Sheet]) -> set[tuple[str, int]]:
    """The lines that stand on both of two pages, above or below where text begins and ends."""
    pages = [
        {
            _exactly(line)
            for line in _outer(sheet)
            if line.box.bottom < _EDGE * sheet.height or line.box.top > (1 - _EDGE) * sheet.height
        }
        for sheet in sheets
    ]
    return pages[0] & pages[1]


def _outer(sheet: Sheet) -> list[Line]:
    """The lines in the head and foot margins; where the text itself reaches there, only its ends."""
    head, foot = _MARGIN * sheet.height, (1 - _MARGIN) * sheet.height
    found = [line for line in sheet.lines[:3] if line.box.top < head]
    found += [line for line in sheet.lines[-3:] if line.box.bottom > foot and line not in found]
    return [line for line in found if _ANNEX.match(fold(line.text)) is None]


def is_page_mark(line: Line, sheet: Sheet) -> bool:
    """Whether a line is a page's number, by its form and its place on the page."""
    if _PAGE_MARK.match(fold(line.text).strip()) is None:
        return False
    return line.box.top < _MARGIN * sheet.height or line.box.bottom > (1 - _MARGIN) * sheet.height


def _exactly(line: Line) -> tuple[str, int]:
    """A line's words and height."""
    return fold(line.text), round(line.middle / 4)


def _likeness(line: Line) -> tuple[str, int]:
    """What two pages' headers have in common: words without digits, and height."""
    return _DIGITS.sub("#", fold(line.text)), round(line.middle / 4)


# The number of a line, in the margin beside it.
_LINE_NUMBER = pattern(r"\d{1,4}$")
#: Fewer numbers are none of lines; they end at one place, give or take so many points; of the lines beside
#: them no more than this share is in several parts, as the rows of a table are.
_FEWEST_NUMBERS, _SAME_EDGE, _IN_PARTS = 5, 3.0, 0.2
#: A page has no more lines.
_MOST_NUMBERS = 200


def line_numbers(lines: Sequence[Line], height: float, last: int = 0) -> list[Line]:
    """The numbers that Word prints beside the lines of a page, before these are joined to them; empty where
    there are none. They stand left of all text, and count the lines: each of them, or every fifth. ``last``
    is the last number of the page before, on from which a few lines may count."""
    told = [line for line in lines if _LINE_NUMBER.match(fold(line.text))]
    fewest = 1 if last and any(fold(line.text) == str(last + 1) for line in told) else _FEWEST_NUMBERS
    if not fewest <= len(told) <= _MOST_NUMBERS:
        return []
    edge = Counter(round(line.box.right) for line in told).most_common(1)[0][0]
    numbers = sorted(
        (line for line in told if abs(line.box.right - edge) <= _SAME_EDGE), key=lambda line: line.middle
    )
    chosen = set(map(id, numbers))
    rows = in_rows(line for line in lines if id(line) not in chosen)
    places = [next((at for at, row in enumerate(rows) if row[0].beside(line)), None) for line in numbers]
    if len(numbers) < fewest or None in places:
        return []
    beside = [at for at in places if at is not None]
    values = [int(fold(line.text)) for line in numbers]
    step = values[1] - values[0] if len(values) > 1 else 1
    counts = all(
        value - values[0] == at - beside[0] == step * index
        for index, (value, at) in enumerate(zip(values, beside, strict=True))
    )
    before = [row[0] for row in rows[: max(0, beside[0] - step + 1)]]
    behind = [row[0] for row in rows[beside[-1] + max(1, step) :]]
    outside = all(line.box.top < _MARGIN * height for line in before) and all(
        line.box.bottom > (1 - _MARGIN) * height for line in behind
    )
    counted = rows[beside[0] : beside[-1] + 1]
    alone = sum(len(row) > 1 or " " in row[0].text for row in counted) <= _IN_PARTS * len(counted)
    left = all(part.box.left >= edge for row in counted for part in row)
    return numbers if step > 0 and counts and outside and alone and left else []
