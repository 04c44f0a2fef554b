"""Grid: the width of each column, which way the page lies, and how high a row will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .cells import FLEXIBLE, OPTIONAL, Cell, Cells
from .layout import A4, Layout
from .lengths import MM_PER_POINT
from .text import widths

#: Rows looked at when widths are balanced: enough for any list, little enough for the longest.
SAMPLE_ROWS = 120
#: One step of balancing, in millimetres.
STEP_MM = 3.0
#: A row is as high as its highest cell; a high power lets that cell weigh most and the next ones a little.
_POWER = 6


def points(number: float) -> float:
    """Points in millimetres."""
    return number * MM_PER_POINT


@dataclass(frozen=True, slots=True)
class Grid:
    """Column widths of a table and the space that a page leaves for its rows. Lengths in millimetres."""

    landscape: bool
    #: Width by column, left to right.
    widths: Mapping[str, float]
    #: Height between the margins less two lines of table head.
    page: float
    line: float
    padding_across: float
    padding_down: float
    #: Width of half a Chinese character of the body text.
    half: float
    #: What a line of each column takes, see :meth:`room`.
    rooms: tuple[tuple[str, int], ...] = ()

    def height(self, row: Cells) -> float:
        """Estimated height of a row: the highest of its cells."""
        cells = row.cells
        lines = max([_lines(cells[name], room) for name, room in self.rooms])
        return lines * self.line + self.padding_down

    def room(self, width: float) -> int:
        """Half characters that a line of a column of this width takes."""
        # A line seldom fills up: punctuation may not begin one, numbers are not broken.
        return max(2, int((width - self.padding_across) / self.half) - 1)


def lengths(cell: Cell) -> list[int]:
    """Printed length of each line that stands in a cell before any wrapping, in half characters."""
    return [length for text in cell for length in widths(text)]


def _lines(cell: Cell, room: int) -> int:
    """Lines that a cell takes once its texts are wrapped at ``room`` half characters."""
    lines = 0
    for text in cell:
        # Most texts of most lists fit on a line, whatever they are made of.
        if len(text) * 2 <= room and "\n" not in text:
            lines += 1
        else:
            lines += sum([-(-length // room) or 1 for length in widths(text)])
    return lines


def grid_of(columns: Sequence[str], rows: Sequence[Cells], layout: Layout, *, marked: bool = False) -> Grid:
    """The grid for these rows: fixed columns as the layout says, others by their text.

    ``marked`` tells that the role column also says how the unit comes to the task, and needs more room.
    """
    landscape = _lies(columns, layout)
    across, down = (A4[1], A4[0]) if landscape else A4
    margins = layout.number("page", "margin_left_mm") + layout.number("page", "margin_right_mm")
    head = points(layout.number("pitch", "head_pt") * 2)
    frame = Grid(
        landscape=landscape,
        widths={},
        page=down - layout.number("page", "margin_top_mm") - layout.number("page", "margin_bottom_mm") - head,
        line=points(layout.number("pitch", "body_pt")),
        padding_across=2 * layout.number("columns", "padding_mm"),
        padding_down=points(layout.number("rows", "padding_pt") * 2),
        half=points(layout.number("sizes", "body_pt") / 2),
    )
    least = {name: layout.number("columns", key_of(name, marked=marked)) for name in columns}
    spare = across - margins - sum(least.values())
    balanced = _balance(frame, least, spare, rows)
    rooms = tuple((name, frame.room(width)) for name, width in balanced.items())
    return replace(frame, widths=balanced, rooms=rooms)


def key_of(column: str, *, marked: bool) -> str:
    """Key of a column's width in the layout's table ``columns``."""
    if column in FLEXIBLE:
        return f"{column}_min_mm"
    return "role_marked_mm" if column == "role" and marked else f"{column}_mm"


def _lies(columns: Sequence[str], layout: Layout) -> bool:
    wish = layout.text("page", "orientation")
    return wish == "landscape" or (wish == "auto" and any(name in columns for name in OPTIONAL))


def _balance(
    frame: Grid, least: Mapping[str, float], spare: float, rows: Sequence[Cells]
) -> dict[str, float]:
    """Hand out ``spare`` step by step to the column where it lowers the rows most."""
    width = dict(least)
    sample = rows[:: -(-len(rows) // SAMPLE_ROWS) or 1]
    cells = {name: [lengths(row.cells[name]) for row in sample] for name in FLEXIBLE if name in least}

    def load(name: str, more: float) -> float:
        # Fractions of lines: whole ones would hide what a small step gains.
        room = max(1.0, (width[name] + more - frame.padding_across) / frame.half - 1)
        return sum([sum([max(1.0, length / room) for length in cell]) ** _POWER for cell in cells[name]])

    gain = {name: load(name, 0.0) - load(name, STEP_MM) for name in cells}
    while spare > 0:
        step = min(STEP_MM, spare)
        spare -= step
        # Of columns that gain the same, as in an empty list, the narrowest.
        chosen = max(cells, key=lambda name: (gain[name], -width[name]))
        width[chosen] += step
        gain[chosen] = load(chosen, 0.0) - load(chosen, STEP_MM)
    return width
