"""One page of a PDF through pdfium: its lines with boxes, its ruled lines, and what is not read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import byref, c_double, c_float, c_int
from itertools import pairwise
from math import hypot, pi
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ..lifted import SCANNED
from ..patterns import pattern
from .boxes import Box, Line, Rule, Sheet, in_reading_order
from .furniture import line_numbers
from .grid import Grid, find_grids
from .lines import POWERS
from .ruled import Table, cut_at_cells

#: Beyond this number of objects a page is a drawing, and is not searched for ruled lines.
MOST_OBJECTS = 200_000
#: As deep are forms (drawings inside drawings) searched.
_DEEPEST_FORM = 4
#: A ruled line is not thicker, in points; a shape not thinner is no line.
_THICKEST_RULE = 3.0
#: A ruled line is not shorter, in points.
_SHORTEST_RULE = 4.0
#: Reasons why a line is not read as text; they stand in the finding.
ROTATED, HIDDEN, OUTSIDE, LINE_NUMBER = "斜置文字", "不可见文字", "页面以外的文字", "行号"

#: About so many letters of a page tell which way its text runs.
_SAMPLE = 9
#: What pdfium gives for a hyphen at a line's end and for letters without a meaning.
_NO_LETTERS = {0xFFFE: "-", 0xFFFF: " ", 0x00: " ", 0x02: "-", 0x0B: " ", 0x0C: " "}

Place = Callable[[float, float], tuple[float, float]]


class View(NamedTuple):
    """How a page is seen: its size, and the way from the file's coordinates to those of the eye."""

    width: float
    height: float
    place: Place
    #: Quarter turns, clockwise.
    turns: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as it is seen."""
        x1, y1 = self.place(left, bottom)
        x2, y2 = self.place(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def view_of(page: Any, turns: int) -> View:
    """The view of a page; ``turns`` is its own rotation, or that of its text where all of it is turned."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(bounds))
    left, bottom, right, top = bounds.left, bounds.bottom, bounds.right, bounds.top
    width, height = right - left, top - bottom
    if turns == 1:
        return View(height, width, lambda x, y: (y - bottom, x - left), 1)
    if turns == 2:
        return View(width, height, lambda x, y: (right - x, y - bottom), 2)
    if turns == 3:
        return View(height, width, lambda x, y: (top - y, right - x), 3)
    return View(width, height, lambda x, y: (x - left, top - y), 0)


class Glyphs:
    """The letters of a page as pdfium found them: text, and for each index its place."""

    def __init__(self, page: Any, textpage: Any) -> None:
        self.raw = textpage.raw
        self.text, self.index = _text(textpage)
        self.view = view_of(page, _turns(page, self))

    def size(self, index: int) -> float:
        """Height of a letter in points, the text's own scale included."""
        matrix = pdfium.FS_MATRIX()
        size = float(pdfium.FPDFText_GetFontSize(self.raw, self.index(index)))
        if pdfium.FPDFText_GetMatrix(self.raw, self.index(index), byref(matrix)):
            size *= hypot(matrix.c, matrix.d) or 1.0
        return size if 0.5 < size < 500 else 12.0

    def angle(self, index: int) -> float:
        """Direction of a letter, in quarter turns, clockwise."""
        return float(pdfium.FPDFText_GetCharAngle(self.raw, self.index(index))) * 2 / pi

    def generated(self, index: int) -> bool:
        """Whether pdfium added the letter, as it does with blanks at gaps."""
        return bool(pdfium.FPDFText_IsGenerated(self.raw, self.index(index)) == 1)

    def invisible(self, index: int) -> bool:
        """Whether the letter is there to be found, not seen, as in a text layer over a scan."""
        shape = pdfium.FPDFText_GetTextObject(self.raw, self.index(index))
        return (
            bool(shape)
            and pdfium.FPDFTextObj_GetTextRenderMode(shape) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        )

    def box(self, index: int, size: float) -> Box:
        """The room of a letter on its line: its width with the space around it, the line's height."""
        room, x, y = pdfium.FS_RECTF(), c_double(), c_double()
        at = self.index(index)
        pdfium.FPDFText_GetLooseCharBox(self.raw, at, byref(room))
        pdfium.FPDFText_GetCharOrigin(self.raw, at, byref(x), byref(y))
        turns = self.view.turns
        if turns in (1, 3):
            low, high = (-0.12, 0.88) if turns == 3 else (-0.88, 0.12)
            return self.view.box(x.value + low * size, room.bottom, x.value + high * size, room.top)
        low, high = (-0.12, 0.88) if turns == 0 else (-0.88, 0.12)
        return self.view.box(room.left, y.value + low * size, room.right, y.value + high * size)


def _text(textpage: Any) -> tuple[str, Callable[[int], int]]:
    """All letters of the page, and the way from an index into them to pdfium's own index."""
    count = pdfium.FPDFText_CountChars(textpage.raw)
    text = textpage.get_text_range() if count > 0 else ""
    if len(text) == count:
        text = text.translate(_NO_LETTERS)
        return text, lambda index: index
    # Letters beyond the first plane, or letters that pdfium leaves out: go by pdfium's indexes.
    letters = [pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    kept = [
        index
        for index, letter in enumerate(letters)
        if 0 < letter < 0x110000 and not 0xD800 <= letter < 0xE000
    ]
    return "".join(chr(letters[index]) for index in kept).translate(_NO_LETTERS), kept.__getitem__


def _turns(page: Any, glyphs: Glyphs) -> int:
    """Quarter turns by which the page is seen: its own, or that of its text where most of it is turned."""
    turns = int(pdfium.FPDFPage_GetRotation(page)) % 4
    count = len(glyphs.text)
    if not count:
        return turns
    # The page is turned clockwise, so that letters that lie the other way stand upright.
    letters = (index for index in _sample(count) if not glyphs.text[index].isspace())
    directions = [-round(glyphs.angle(index)) % 4 for index in letters]
    if not directions:
        return turns
    common = max(set(directions), key=lambda turn: (directions.count(turn), turn == turns))
    return common if 2 * directions.count(common) > len(directions) else turns


def _sample(count: int) -> range:
    """About nine of so many letters, spread over all."""
    return range(0, count, max(1, count // _SAMPLE))


def set_upright(page: Any, textpage: Any) -> bool:
    """Turns a page that stands on its head, which pdfium would read from the end; whether it did."""
    own = int(pdfium.FPDFPage_GetRotation(page)) % 4
    sample = _sample(pdfium.FPDFText_CountChars(textpage.raw))
    turned = sum(
        (round(pdfium.FPDFText_GetCharAngle(textpage.raw, index) * 2 / pi) + own) % 4 == 2 for index in sample
    )
    if 2 * turned <= len(sample):
        return False
    pdfium.FPDFPage_SetRotation(page, (own + 2) % 4)
    return True


def read_page(page: Any, textpage: Any, part: str, more: Sequence[Grid] = (), *, last: int = 0) -> Sheet:
    """A page's lines, ruled tables and what is not read of it; ``more`` are tables that are known besides,
    ``last`` is the number of the last line on the page before, where lines are numbered."""
    glyphs = Glyphs(page, textpage)
    rules, pictured = _rules(page, glyphs.view)
    grids = sorted((*find_grids(rules), *more), key=lambda grid: (grid.ys[0], grid.xs[0]))
    tables = [Table(grid, [[] for _ in grid.cells]) for grid in grids]
    sheet = Sheet(part, glyphs.view.width, glyphs.view.height, [], tables, [], pictured)
    for start, end in _stretches(glyphs.text):
        _add_line(sheet, glyphs, start, end)
    if _takes_hidden(sheet) and pictured:
        sheet = sheet._replace(part=part + SCANNED)
    numbers = line_numbers(sheet.lines, sheet.height, last)
    if numbers:
        sheet.left_out.extend((line, LINE_NUMBER) for line in numbers)
        apart = set(map(id, numbers))
        sheet = sheet._replace(lines=[line for line in sheet.lines if id(line) not in apart])
    return sheet._replace(lines=in_reading_order(sheet.lines))


def last_line_number(sheet: Sheet) -> int:
    """The number of a page's last line; 0 where its lines have none."""
    return max((int(line.text) for line, reason in sheet.left_out if reason == LINE_NUMBER), default=0)


def _stretches(text: str) -> list[tuple[int, int]]:
    """``[start, end)`` of each line of pdfium's text, blanks at its ends left out; empty ones too."""
    found = []
    start = 0
    for line in text.splitlines(keepends=True):
        inner = line.strip()
        if inner:
            first = start + line.index(inner[0])
            found.append((first, first + len(inner)))
        start += len(line)
    return found


def _add_line(sheet: Sheet, glyphs: Glyphs, start: int, end: int) -> None:
    size = glyphs.size(start)
    box = glyphs.box(start, size).joined(glyphs.box(end - 1, size))
    off = (glyphs.angle(start) + glyphs.view.turns) % 4
    rotated = 0.02 < off < 3.98  # two degrees and more from the way the page is read
    if box.bottom - box.top > _TALLEST_LINE * size and not rotated:
        runs = _at_one_height(glyphs, start, end, size)
        if len(runs) > 1:
            for run in runs:
                _add_line(sheet, glyphs, *run)
            return
    text = glyphs.text[start:end]
    number = _NUMBER_APART.match(text)
    if number is not None and _stands_apart(glyphs, start + number.end(), size):
        _add_line(sheet, glyphs, start, start + number.end())
        _add_line(sheet, glyphs, start + number.end() + 1, end)
        return
    kept: Sequence[int] = range(start, end)
    if " " in text:
        kept = _without_made_blanks(glyphs, start, end, size)
        if len(kept) < end - start:
            text = "".join([glyphs.text[index] for index in kept])
    if _FIGURE.search(text):
        text = _with_raised(glyphs, kept, text, size)
    line = Line(text, box, size, _blanks(glyphs, end, 1), _blanks(glyphs, start - 1, -1))
    if rotated:
        sheet.left_out.append((line, ROTATED))
    elif box.right < 0 or box.left > sheet.width or box.bottom < 0 or box.top > sheet.height:
        sheet.left_out.append((line, OUTSIDE))
    elif glyphs.invisible(start):
        sheet.left_out.append((line, HIDDEN))
    elif any(box.top < table.box.bottom and box.bottom > table.box.top for table in sheet.tables):
        sheet.lines.extend(cut_at_cells(line, [glyphs.box(index, size) for index in kept], sheet.tables))
    else:
        sheet.lines.append(line)


def _stands_apart(glyphs: Glyphs, index: int, size: float) -> bool:
    """Whether a blank is one that pdfium made of a wide gap: what stands before it may number the line."""
    return glyphs.generated(index) and _gap(glyphs, index - 1, index + 1, size) >= _MADE_GAP * size


def _with_raised(glyphs: Glyphs, kept: Sequence[int], text: str, size: float) -> str:
    """The text with small raised figures as such, so that 10⁴ is not read as 104, nor a note's mark as a
    number; behind Latin letters (m2) they are left."""
    small = [found.start() for found in _FIGURE.finditer(text)]
    told = [pdfium.FPDFText_GetFontSize(glyphs.raw, glyphs.index(kept[place])) for place in (0, *small)]
    if min(told) == max(told):  # as nearly always; the size as it is seen takes longer to find out
        return text
    letters = list(text)
    for place in small:
        if glyphs.size(kept[place]) < _RAISED_SIZE * size:
            rise = glyphs.box(kept[0], size).top - glyphs.box(kept[place], size).top
            if rise > _RISE * size:
                letters[place] = text[place].translate(POWERS)
    return "".join(letters)


def _blanks(glyphs: Glyphs, index: int, step: int) -> str:
    """The run of blanks from a letter on, forward or backward, that the file itself holds."""
    found = ""
    while 0 <= index < len(glyphs.text) and glyphs.text[index] in " \u3000" and not glyphs.generated(index):
        found += glyphs.text[index]
        index += step
    return found


#: A number at a line's head that is drawn apart from it.
_NUMBER_APART = pattern(r"[0-9]{1,4}(?= [^ ])")
_FIGURE = pattern(r"(?<=[\d\u3400-\u9fff])[0-9]")
#: Raised figures are smaller than this share of the line's letters, and stand higher by this.
_RAISED_SIZE, _RISE = 0.75, 0.15
#: Text that pdfium gives as one line is more when it is taller than so many letters; its letters stand at one
#: height when they differ by less than this share of theirs.
_TALLEST_LINE, _ONE_HEIGHT = 1.8, 0.8


def _at_one_height(glyphs: Glyphs, start: int, end: int, size: float) -> list[tuple[int, int]]:
    """``[start, end)`` of the runs of letters at one height: pdfium joins cells that are drawn one after the
    other, the second of which begins higher or lower than the first ended."""
    runs: list[tuple[int, int]] = []
    before = height = 0.0
    for index in range(start, end):
        if glyphs.text[index].isspace():
            continue
        height = glyphs.box(index, size).top
        if runs and abs(height - before) < _ONE_HEIGHT * size:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
        before = height
    return runs


#: A gap that pdfium takes for a blank parts no Chinese words below this share of the letters' height.
_MADE_GAP = 0.9
#: … and none between two Chinese letters below this one, beyond the line's own gaps.
_BLANK = 0.15
_HAN = pattern("[\u3400-\u9fff]")


def _without_made_blanks(glyphs: Glyphs, start: int, end: int, size: float) -> Sequence[int]:
    """The letters' indexes without those of the blanks that pdfium puts into narrow gaps around Chinese.

    Programs set figures off from Chinese letters by a gap that is no blank. Between two Chinese letters a gap
    is one where it is wider than those of the line, which may be spread to fill its room.
    """
    text = glyphs.text
    dropped = set()
    spread: float | None = None
    index = text.find(" ", start, end)
    while index >= 0:
        if start < index < end - 1 and glyphs.generated(index):
            before, behind = text[index - 1], text[index + 1]
            if not (before.isascii() and behind.isascii()):
                least = _MADE_GAP * size
                if _HAN.match(before) and _HAN.match(behind):
                    spread = _usual_gap(glyphs, start, end, size) if spread is None else spread
                    least = _BLANK * size + max(0.0, spread)
                if _gap(glyphs, index - 1, index + 1, size) < least:
                    dropped.add(index)
        index = text.find(" ", index + 1, end)
    return [index for index in range(start, end) if index not in dropped] if dropped else range(start, end)


def _usual_gap(glyphs: Glyphs, start: int, end: int, size: float) -> float:
    """The median gap between the Chinese letters of a line."""
    letters = [index for index in range(start, end) if _HAN.match(glyphs.text[index])]
    gaps = [_gap(glyphs, a, b, size) for a, b in pairwise(letters) if not glyphs.text[a + 1 : b].strip()]
    return median(gaps) if gaps else 0.0


def _gap(glyphs: Glyphs, before: int, behind: int, size: float) -> float:
    if glyphs.view.turns:
        return glyphs.box(behind, size).left - glyphs.box(before, size).right
    room = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(glyphs.raw, glyphs.index(before), byref(room))
    right = room.right
    pdfium.FPDFText_GetLooseCharBox(glyphs.raw, glyphs.index(behind), byref(room))
    return float(room.left - right)


def _takes_hidden(sheet: Sheet) -> bool:
    """Where a page has no other text, its hidden text is the text layer of a scan: it is read. Whether so."""
    if sheet.lines:
        return False
    sheet.lines.extend(line for line, reason in sheet.left_out if reason == HIDDEN)
    sheet.left_out[:] = [(line, reason) for line, reason in sheet.left_out if reason != HIDDEN]
    return bool(sheet.lines)


def _rules(page: Any, view: View) -> tuple[list[Rule], bool]:
    """The ruled lines of a page, and whether it shows pictures."""
    rules: list[Rule] = []
    pictured = False
    count = pdfium.FPDFPage_CountObjects(page)
    if count > MOST_OBJECTS:
        return rules, False
    # Most objects are text; they are passed over as cheaply as can be.
    get, kind_of, text = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_TEXT
    shapes = [(kind, shape) for index in range(count) if (kind := kind_of(shape := get(page, index))) != text]
    same = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    waiting = [(kind, shape, same, 0) for kind, shape in shapes]
    seen = 0
    while waiting and seen < MOST_OBJECTS:
        kind, shape, matrix, depth = waiting.pop()
        seen += 1
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += _rules_of(shape, matrix, view)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured = True
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            own = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(shape, byref(own))
            inner = _times(own, matrix)
            number = min(pdfium.FPDFFormObj_CountObjects(shape), MOST_OBJECTS - len(waiting))
            within = (pdfium.FPDFFormObj_GetObject(shape, index) for index in range(number))
            waiting += [(kind_of(child), child, inner, depth + 1) for child in within]
    return rules, pictured


def _times(first: Any, then: Any) -> Any:
    return pdfium.FS_MATRIX(
        first.a * then.a + first.b * then.c,
        first.a * then.b + first.b * then.d,
        first.c * then.a + first.d * then.c,
        first.c * then.b + first.d * then.d,
        first.e * then.a + first.f * then.c + then.e,
        first.e * then.b + first.f * then.d + then.f,
    )


def _rules_of(shape: Any, matrix: Any, view: View) -> list[Rule]:
    """The straight level and upright lines that a path draws: thin shapes, and strokes of boxes."""
    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(shape, byref(fill), byref(stroke)):
        return []
    if not (fill.value or stroke.value):
        return []
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, byref(own))
    whole = _times(own, matrix)
    runs = _runs(shape, whole, view)
    found: list[Rule] = []
    for run in runs:
        xs, ys = [x for x, _ in run], [y for _, y in run]
        around = Rule(min(xs), min(ys), max(xs), max(ys))
        wide, high = around.right - around.left, around.bottom - around.top
        if min(wide, high) <= _THICKEST_RULE:
            if max(wide, high) >= _SHORTEST_RULE:
                found.append(around)
        elif stroke.value:
            for (x1, y1), (x2, y2) in pairwise(run):
                side = Rule(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
                wide, high = side.right - side.left, side.bottom - side.top
                if min(wide, high) <= 0.5 and max(wide, high) >= _SHORTEST_RULE:
                    found.append(side)
    return found


def _runs(shape: Any, matrix: Any, view: View) -> list[list[tuple[float, float]]]:
    """The points of a path, one list for each stretch drawn without lifting the pen; curves end it."""
    runs: list[list[tuple[float, float]]] = []
    run: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(shape), 10_000)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            run = []  # a round shape: no ruled line
            continue
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = view.place(
            x.value * matrix.a + y.value * matrix.c + matrix.e,
            x.value * matrix.b + y.value * matrix.d + matrix.f,
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not run:
            run = [point]
            runs.append(run)
        else:
            run.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(run) > 1:
            run.append(run[0])
    return [run for run in runs if len(run) > 1]
