"""Tables of official documents as WordprocessingML, written as text (a cell at a time would be quadratic)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..lengths import twips
from ..text import run
from .document import Table
from .paging import whole_rows
from .settings import Settings
from .widths import Grid, grid_of

#: A paragraph's beginning by style.
_BEGIN = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>'
_LONE = {_BEGIN.format("Cell"): _BEGIN.format("CellCentre")}
#: Most characters of every cell of a column that stands in the middle.
_SHORT = 5
_WHOLE = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def table(block: Table, settings: Settings, *, landscape: bool = False, above_mm: float = 0.0) -> str:
    """``w:tbl`` over the whole type area; the head row is repeated on every page.

    ``above_mm`` is the height of what stands over the table on its first page. A row is kept on one page but
    where that would leave too much of a page empty (``[table]`` in ``official.toml``).
    """
    across, down = settings.area_mm(landscape=landscape)
    grid = grid_of(block, settings, across)
    exact = [twips(width) for width in grid.widths]
    exact[-1] += twips(across) - sum(exact)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in exact)
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ListTable"/><w:tblW w:w="{sum(exact)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    ]
    head = 0.0
    if block.head:
        head = grid.height(block.head)
        cells = "".join(_cells(block.head, _plan(exact, len(block.head), ["CellHead"] * len(exact))))
        parts.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>")
    parts += _rows(block, exact, _kept(block, grid, settings, down - head, above_mm))
    parts.append("</w:tbl>")
    return "".join(parts)


def height_mm(block: Table, settings: Settings, *, landscape: bool = False) -> float:
    """Estimated height of a table on one page."""
    grid = grid_of(block, settings, settings.area_mm(landscape=landscape)[0])
    return sum(grid.height(row) for row in (block.head, *block.rows) if row)


def _kept(block: Table, grid: Grid, settings: Settings, page: float, above: float) -> list[bool]:
    """For each row whether it stays on one page; a heading across the table goes with the row below it."""
    heights: list[float] = []
    heading = 0.0
    columns = block.columns
    for row in block.rows:
        height = grid.height(row)
        if _is_heading(row, columns):
            heading += height
            continue
        heights.append(heading + height)
        heading = 0.0
    layout = settings.layout
    whole = iter(
        whole_rows(
            heights,
            page,
            above=above,
            lost=grid.line,
            blank_up_to=layout.number("table", "blank_up_to"),
            keep_up_to=layout.number("table", "keep_whole_up_to"),
        )
    )
    return [_is_heading(row, columns) or next(whole) for row in block.rows]


def _is_heading(row: Sequence[str], columns: int) -> bool:
    return len(row) == 1 < columns


def _rows(block: Table, exact: Sequence[int], kept: Iterable[bool]) -> Iterator[str]:
    columns = len(exact)
    full = [row for row in block.rows if len(row) == columns]
    styles = [_style(block, at, full) for at in range(columns)]
    plans: dict[tuple[int, bool], list[tuple[str, str]]] = {}
    for row, keep in zip(block.rows, kept, strict=True):
        key = len(row), keep
        plan = plans.get(key)
        if plan is None:
            of_row = ["CellSection"] if _is_heading(row, columns) else styles
            plan = plans[key] = _plan(exact, len(row), of_row, top=not keep)
        yield _WHOLE if keep else "<w:tr>"
        yield from _cells(row, plan)
        yield "</w:tr>"


def _style(block: Table, column: int, rows: Sequence[Sequence[str]]) -> str:
    """Style of a column's cells; numbers and other short words stand in the middle."""
    if column in block.labels:
        return "CellLabel"
    if column in block.centred:
        return "CellCentre"
    short = rows and not block.labels and max(len(row[column]) for row in rows) <= _SHORT
    return "CellCentre" if short else "Cell"


def _plan(
    exact: Sequence[int], cells: int, styles: Sequence[str], *, top: bool = False
) -> list[tuple[str, str]]:
    """How each cell of a row begins, and how a paragraph in it does; the last cell goes over the rest."""
    place = '<w:vAlign w:val="top"/>' if top else ""
    plan = []
    for at in range(cells):
        rest = exact[at:] if at == cells - 1 else exact[at : at + 1]
        span = f'<w:gridSpan w:val="{len(rest)}"/>' if len(rest) > 1 else ""
        opening = f'<w:tc><w:tcPr><w:tcW w:w="{sum(rest)}" w:type="dxa"/>{span}{place}</w:tcPr>'
        style = styles[at]
        # A text over several columns does not stand in the middle.
        if len(rest) > 1 and style == "CellCentre":
            style = "Cell"
        plan.append((opening, _BEGIN.format(style)))
    return plan


def _cells(row: Sequence[str], plan: Sequence[tuple[str, str]]) -> Iterator[str]:
    for (opening, paragraph), text in zip(plan, row, strict=True):
        if len(text) == 1:
            # A lone mark, as — for none, stands in the middle.
            paragraph = _LONE.get(paragraph, paragraph)
        if "\n" in text:
            lines = "".join([f"{paragraph}{run(line)}</w:p>" for line in text.split("\n")])
            yield f"{opening}{lines}</w:tc>"
        else:
            yield f"{opening}{paragraph}{run(text)}</w:p></w:tc>"
