"""One page of an OFD: text objects with the place of each letter, and the ruled lines of paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import atan2, hypot, pi
from typing import TYPE_CHECKING, NamedTuple

from .boxes import Box, Line, Rule, Sheet, in_reading_order
from .grid import find_grids
from .ofd import children, local
from .ruled import Table, cut_at_cells

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Points to the millimetre.
_POINT = 72 / 25.4
#: Blocks are not nested deeper; XML itself ends at 256.
_DEEPEST_BLOCK = 64
_THICKEST_RULE, _SHORTEST_RULE = 3.0, 4.0

#: a, b, c, d, e, f: x' = ax + cy + e, y' = bx + dy + f (§8.2, table 9).
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Frame(NamedTuple):
    """The page's box in millimetres."""

    left: float
    top: float
    width: float
    height: float


def numbers(words: str | None) -> list[float]:
    """The numbers of a list of the format (ST_Array); what is none is left out."""
    found = []
    for word in (words or "").split():
        try:
            value = float(word)
        except ValueError:
            continue
        if abs(value) < 1e7:
            found.append(value)
    return found


def steps(words: str | None, count: int) -> list[float]:
    """The ``count`` steps of DeltaX or DeltaY; ``g n d`` is n steps of d (§11.3); the last one holds on."""
    found: list[float] = []
    told = (words or "").split()
    index = 0
    while index < len(told) and len(found) < count:
        if told[index] == "g" and index + 2 < len(told):
            step = numbers(told[index + 2])
            if step and told[index + 1].isascii() and told[index + 1].isdigit():
                found += [step[0]] * (count if len(told[index + 1]) > 6 else min(int(told[index + 1]), count))
            index += 3
        else:
            found += numbers(told[index])
            index += 1
    last = found[-1] if found else 0.0
    return (found + [last] * max(0, count - len(found)))[:count]


#: Letters whose height in points is told as less or more than this are taken to have the usual one.
_SMALLEST, _LARGEST, _USUAL = 0.5, 500.0, 12.0


def read_layers(contents: Sequence[_Element], part: str, frame: Frame) -> Sheet:
    """The page that these contents make, templates first."""
    width, height = frame.width * _POINT, frame.height * _POINT
    objects = [found for content in contents for found in _objects(content, 0)]
    rules = [rule for kind, found in objects if kind == "PathObject" for rule in _rules(found, frame)]
    tables = [Table(grid, [[] for _ in grid.cells]) for grid in find_grids(rules)]
    pictured = any(kind == "ImageObject" for kind, _ in objects)
    sheet = Sheet(part, width, height, [], tables, [], pictured)
    for kind, found in objects:
        if kind == "TextObject":
            _add_text(sheet, found, frame)
    return sheet._replace(lines=in_reading_order(sheet.lines))


def _objects(element: _Element, depth: int) -> Iterator[tuple[str, _Element]]:
    """The graphic objects of a page in drawing order: Content / Layer / PageBlock … / object."""
    if depth > _DEEPEST_BLOCK:
        return
    for child in children(
        element, "Content", "Layer", "PageBlock", "TextObject", "PathObject", "ImageObject"
    ):
        name = local(child)
        if name in ("Content", "Layer", "PageBlock"):
            yield from _objects(child, depth + 1)
        else:
            yield name, child


def _place(element: _Element) -> tuple[Matrix, float, float]:
    """An object's own matrix and the corner of its boundary."""
    matrix = numbers(element.get("CTM"))
    corner = numbers(element.get("Boundary"))
    own: Matrix = (
        (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]) if len(matrix) == 6 else _SAME
    )
    return own, *((corner[0], corner[1]) if len(corner) == 4 else (0.0, 0.0))


def _add_text(sheet: Sheet, found: _Element, frame: Frame) -> None:
    (a, b, c, d, e, f), left, top = _place(found)
    size = (numbers(found.get("Size")) or [4.0])[0]
    scale = numbers(found.get("HScale"))
    wide = size * (scale[0] if scale else 1.0)
    hidden = found.get("Visible", "true") == "false"
    turn = atan2(b, a)
    high = size * (hypot(c, d) or 1.0) * _POINT
    if not _SMALLEST < high < _LARGEST:
        high = _USUAL

    def seen(x: float, y: float) -> tuple[float, float]:
        return (
            (a * x + c * y + e + left - frame.left) * _POINT,
            (b * x + d * y + f + top - frame.top) * _POINT,
        )

    x = y = 0.0
    for code in children(found, "TextCode"):
        text = code.text or ""
        x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
        across, down = steps(code.get("DeltaX"), len(text) - 1), steps(code.get("DeltaY"), len(text) - 1)
        letters: list[tuple[str, Box]] = []
        at_x, at_y = x, y
        for index, letter in enumerate(text):
            room = wide * (0.5 if letter.isascii() else 1.0)
            if index < len(across) and across[index] > 0:
                room = min(room, across[index])
            begin, end = seen(at_x, at_y), seen(at_x + room, at_y)
            left_x, right_x = sorted((begin[0], end[0]))
            letters.append((letter, Box(left_x, begin[1] - 0.88 * high, right_x, begin[1] + 0.12 * high)))
            if index < len(across):
                at_x, at_y = at_x + across[index], at_y + down[index]
        turned = abs(turn) > pi / 90
        for run in [letters] if turned and letters else _runs(letters, high):
            _add_run(sheet, run, high, hidden=hidden, turned=turned)


def _runs(letters: list[tuple[str, Box]], high: float) -> Iterator[list[tuple[str, Box]]]:
    """Letters of one line: a TextCode may step down a line, or far to the right to the next cell."""
    run: list[tuple[str, Box]] = []
    for letter, box in letters:
        if run:
            last = run[-1][1]
            apart = abs(box.bottom - last.bottom) > 0.5 * high or box.left - last.right > 1.5 * high
            if apart or box.left < last.left - 0.5 * high:
                yield run
                run = []
        run.append((letter, box))
    if run:
        yield run


def _add_run(sheet: Sheet, run: list[tuple[str, Box]], high: float, *, hidden: bool, turned: bool) -> None:
    whole = "".join(" " if letter in "\r\n\t" else letter for letter, _ in run)
    text = whole.strip()
    if not text:
        return
    start = whole.index(text[0])
    boxes = [box for _, box in run[start : start + len(text)]]
    line = Line(text, boxes[0].joined(boxes[-1]), high, whole[start + len(text) :], whole[:start])
    if turned:
        sheet.left_out.append((line, "斜置文字"))
    elif hidden:
        sheet.left_out.append((line, "不可见文字"))
    elif (
        line.box.right < 0
        or line.box.left > sheet.width
        or line.box.bottom < 0
        or line.box.top > sheet.height
    ):
        sheet.left_out.append((line, "页面以外的文字"))
    elif any(line.box.top < table.box.bottom and line.box.bottom > table.box.top for table in sheet.tables):
        sheet.lines.extend(cut_at_cells(line, boxes, sheet.tables))
    else:
        sheet.lines.append(line)


def _rules(found: _Element, frame: Frame) -> Iterator[Rule]:
    """The level and upright lines of a path (AbbreviatedData: M x y, L x y, C close; §9.1)."""
    (a, b, c, d, e, f), left, top = _place(found)
    for data in children(found, "AbbreviatedData"):
        told = (data.text or "").split()[:40_000]
        here: tuple[float, float] | None = None
        begun: tuple[float, float] | None = None
        index = 0
        while index < len(told):
            word = told[index]
            if word in ("S", "M", "L") and index + 2 < len(told):
                values = numbers(" ".join(told[index + 1 : index + 3]))
                index += 3
                if len(values) < 2:
                    continue
                x, y = values
                point = (
                    (a * x + c * y + e + left - frame.left) * _POINT,
                    (b * x + d * y + f + top - frame.top) * _POINT,
                )
                if word == "L" and here is not None:
                    yield from _rule(here, point)
                else:
                    begun = point
                here = point
            else:
                if word == "C" and here is not None and begun is not None:
                    yield from _rule(here, begun)
                elif word in ("Q", "B", "A"):
                    here = None
                index += 1


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    rule = Rule(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
    wide, high = rule.right - rule.left, rule.bottom - rule.top
    if min(wide, high) <= _THICKEST_RULE and max(wide, high) >= _SHORTEST_RULE:
        yield rule
