"""Joiner: the lines of a laid-out page become paragraphs again, by what fits on a line, indents and brackets.

The main rule is the typesetter's own: a line was broken where it is because what follows would not have
fitted on it. Where it would have fitted, somebody ended the paragraph there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...model.folding import fold
from ..patterns import pattern
from .boxes import Line

# One letter or word, with what may not be parted from it: marks that open before it, that close behind it, a
# number behind a closing bracket (〔2018〕10), what stands on both sides of a quotation mark, which has no
# direction for typesetters (UAX #14, class QU).
_CORE = r"(?:[A-Za-z0-9.,%:/+-]+|—{2}|…{2}|[^\s(\[〔【《<“‘])"
_OPENS, _CLOSES, _QUOTE = r"[(\[〔【《<“‘\"]*", r"[)\]〕】》>”’、,;。:!?%.\"]*", r"[“”‘’\"]"
_UNIT = pattern(
    rf"{_OPENS}{_CORE}(?:{_CLOSES}(?<=[)\]〕】])[0-9]+|{_CLOSES}{_QUOTE}{_CLOSES}{_OPENS}{_CORE}){{0,4}}{_CLOSES}"
)
# The number of an item at the head of a line.
MARKER = pattern(
    r"(?:[一二三四五六七八九十百]{1,4}、|\([一二三四五六七八九十]{1,4}\)|\d{1,3}[.、](?!\d)|\(\d{1,3}\)"
    r"|第[一二三四五六七八九十百]{1,4}[条章节]|[①-⑳㉑-㉟]|附件\d*:?|[一二三四五六七八九十]是)"
)
# The end of a sentence.
_STOP = pattern(r"[。;:!?.][)\]〕】》>”’]*$")
# After these no paragraph ends.
_GOES_ON = pattern(r"[、,(\[〔【《<“‘]$")
_OPEN, _CLOSE = "([〔【《", ")]〕】》"
#: A bracket that is open for more letters than this was forgotten.
_LONGEST_BRACKET = 300
#: Shares of a letter's height: a line shorter by more than the next word and this was ended on purpose …
_SPARE = 0.35
#: … an indent is at least this wide …
_INDENT = 1.2
#: … a run of blanks is parted, not a word's single one, from this width on …
_RUN = 2.0
#: … a mark that hangs over the margin, and a line that lacks a letter's room, differ by no more …
_HANGING = 2.1
#: … and a centred line's middle is no farther from the column's.
_OFF_CENTRE = 0.6
#: Marks that may hang over the margin; places that differ by no more points are one.
_HANGING_MARKS = ("，", "。", "、", "；", "：", "！", "？", ",", ".", ";", ":")
_SAME_PLACE = 2.0


class Column(NamedTuple):
    """Where the lines of a column begin and end, and how it marks paragraphs."""

    left: float
    right: float
    #: Whether first lines of paragraphs are indented.
    indented: bool
    #: The usual distance from line to line.
    pitch: float


def column_of(pages: Sequence[Sequence[Line]], width: float) -> Column:
    """The text column of pages that are ``width`` wide.

    Its right side is where several lines end; where no line is long, the right margin is as the left.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return Column(0.0, width, False, 0.0)
    left = _side([line.box.left for line in lines], smallest=True)
    found = _right_side(lines)
    strong = sum(abs(line.box.right - found) < 2.0 for line in lines) >= max(3, len(lines) // 20)
    strong = strong and found - left > width / 2
    right = found if strong else max(found, width - left)
    steps: Counter[int] = Counter()
    starts = inner = 0
    for page in pages:
        for before, line in pairwise(page):
            if line.middle > before.middle and abs(line.size - before.size) < 1:
                steps[round(2 * (line.middle - before.middle))] += 1
    for line in lines:
        indent = (line.box.left - left) / line.size
        starts += 1.5 < indent < 2.7
        inner += indent < 0.5
    pitch = steps.most_common(1)[0][0] / 2 if steps else 0.0
    return Column(left, right, starts > 0 and inner > 0 and 12 * starts > inner, pitch)


def _right_side(lines: Sequence[Line]) -> float:
    """Where the lines end. A mark that has no room may hang over the margin, as Word and WPS let it: where
    all of the outermost lines end in one, the margin is where the others end, not far inside."""
    outer = _side([line.box.right for line in lines], smallest=False)
    if not all(_hangs(line) for line in lines if abs(line.box.right - outer) <= _SAME_PLACE):
        return outer
    others = [line for line in lines if not _hangs(line)]
    inner = _side([line.box.right for line in others], smallest=False) if others else outer
    reached = sum(abs(line.box.right - inner) <= _SAME_PLACE for line in others)
    near = outer - inner <= _HANGING * max(line.size for line in lines)
    return inner if near and reached >= max(3, len(lines) // 20) else outer


def _hangs(line: Line) -> bool:
    return line.text.endswith(_HANGING_MARKS)


def _side(places: list[float], *, smallest: bool) -> float:
    """The outermost place that at least one line in twenty, and two, share; else the outermost."""
    counts = Counter(round(place) for place in places)
    needed = max(2, len(places) // 20)
    shared = [x for x in counts if counts[x - 1] + counts[x] + counts[x + 1] >= needed]
    if not shared:
        return min(places) if smallest else max(places)
    edge = min(shared) if smallest else max(shared)
    near = [place for place in places if abs(place - edge) <= 1.5]
    return min(near) if smallest else max(near)


class Placed(NamedTuple):
    """A line with the page it stands on, counted from 0."""

    line: Line
    page: int


def paragraphs(lines: Iterable[Placed], columns: Sequence[Column]) -> list[list[Placed]]:
    """Lines in reading order, as paragraphs; ``columns`` has one for each page."""
    found: list[list[Placed]] = []
    depth = _Brackets()
    for placed in lines:
        if found and not _parts(found[-1], placed, columns[placed.page], depth.is_open):
            found[-1].append(placed)
        else:
            found.append([placed])
            depth = _Brackets()
        depth.take(placed.line.text)
    return found


class _Brackets:
    """How deep in brackets a paragraph is; one that is open for too long is forgotten."""

    def __init__(self) -> None:
        self.depth = 0
        self.since = 0

    @property
    def is_open(self) -> bool:
        return self.depth > 0 and self.since <= _LONGEST_BRACKET

    def take(self, text: str) -> None:
        for letter in fold(text):
            if letter in _OPEN:
                self.depth += 1
                self.since = 0
            elif letter in _CLOSE:
                self.depth = max(0, self.depth - 1)
            self.since += 1


def _parts(paragraph: list[Placed], placed: Placed, column: Column, bracket_open: bool) -> bool:
    """Whether a new paragraph begins with ``placed``."""
    before, line = paragraph[-1].line, placed.line
    if abs(before.size - line.size) > 0.2 * max(before.size, line.size):
        return True
    words, ended = fold(line.text), fold(before.text)
    marked = MARKER.match(words) is not None
    indent = (line.box.left - column.left) / line.size
    if paragraph[-1].page == placed.page and column.pitch:
        step = line.middle - before.middle
        if step > 1.7 * column.pitch and step > 1.9 * line.size:
            return True
    if _broken_in_blanks(before, line, column):
        return False
    goes_on = bracket_open or _GOES_ON.search(ended) is not None
    centred = _is_centred(line, column)
    if column.right - before.box.right > width_of_unit(line) + _SPARE * line.size:
        # The next word would have fitted: an end, unless a bracket or a list is cut in the middle.
        return not (goes_on and not marked and (indent < 0.5 or not column.indented) and not centred)
    if indent > _INDENT:
        first = paragraph[0].line
        usual = 1.5 < indent < 2.7 and abs(line.box.left - first.box.left) < 0.3 * line.size
        if centred and not usual and _is_centred(first, column) and not _STOP.search(ended):
            return _is_short(first, column) and _is_short(before, column)
        return not goes_on or marked
    if column.indented:
        return False
    return marked and not bracket_open and _STOP.search(ended) is not None


def _broken_in_blanks(before: Line, line: Line, column: Column) -> bool:
    """Whether a run of wide blanks, or what follows it, ran over the end of the line: the next line begins at
    the column's left side, be it with the rest of the run, and is not indented."""
    run = width_of_blanks(before, before.behind)
    begin = line.box.left - width_of_blanks(line, line.ahead)
    if run < _RUN * before.size or abs(begin - column.left) > 0.5 * line.size:
        return False
    following = line.size if line.ahead else width_of_unit(line) + _SPARE * line.size
    return column.right - before.box.right - run < following


def width_of_blanks(line: Line, blanks: str) -> float:
    """The room that blanks take at the size of a line."""
    return line.size * sum(0.5 if blank.isascii() else 1.0 for blank in blanks)


def _is_centred(line: Line, column: Column) -> bool:
    off = abs(line.box.left + line.box.right - column.left - column.right) / 2
    return off < _OFF_CENTRE * line.size


def _is_short(line: Line, column: Column) -> bool:
    return column.right - line.box.right > 2 * line.size


def width_of_unit(line: Line) -> float:
    """The room that the first word of a line takes, with what may not be parted from it."""
    match = _UNIT.match(fold(line.text))
    if match is None:
        return line.size
    letters = line.text[: match.end()]
    return line.size * min(12.0, sum(0.5 if letter.isascii() else 1.0 for letter in letters))


def glue(before: Line, line: Line) -> str:
    """What stands between two lines of one paragraph: the blanks of the file, else a blank between words."""
    last, first = before.text[-1], line.text[0]
    if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
        return " "
    return before.behind + line.ahead if before.behind else ""
