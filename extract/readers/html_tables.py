"""Tables of web pages: their own rows that are shown, and the cells in their columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..patterns import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_HIDDEN = pattern(r"display\s*:\s*none|visibility\s*:\s*hidden")
#: Elements between a table and its cells.
TABLE_PARTS = frozenset(("thead", "tbody", "tfoot", "form", "tr"))
_MOST_SPAN = 200
_MOST_CELLS = 500_000


def is_hidden(element: _Element) -> bool:
    """Whether a page keeps an element from being seen by its own style or the attribute ``hidden``."""
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style", "").lower()) is not None


def rows_of(table: _Element) -> list[list[_Element]]:
    """The cells of a table's own rows, those of tables inside and hidden ones left out. Old pages put a form
    between a table and its rows."""
    rows = (row for row in _inside(table, ("tr",)) if not is_hidden(row))
    return [[cell for cell in _inside(row, ("td", "th")) if not is_hidden(cell)] for row in rows]


def _inside(element: _Element, tags: tuple[str, ...]) -> Iterator[_Element]:
    """The elements of these tags that are an element's own: behind groups and forms, not inside cells."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag in tags:
            yield child
        elif child.tag in TABLE_PARTS:
            waiting += reversed(child)


def in_columns(rows: list[list[_Element]]) -> list[list[_Element | bool]]:
    """The cells in their columns: a cell stands where it begins; True stands below it in its own column,
    False in what else it spans."""
    grid: list[list[_Element | bool]] = []
    taken: dict[int, int] = {}  # column: rows that a cell from above still covers
    begun: dict[int, bool] = {}  # column: whether that cell begins in it
    made = 0
    for row in rows:
        cells: list[_Element | bool] = []
        covering = taken
        taken = {column: left - 1 for column, left in covering.items() if left > 1}

        def skip(cells: list[_Element | bool] = cells, covering: dict[int, int] = covering) -> None:
            while len(cells) in covering:
                cells.append(begun[len(cells)])

        for cell in row:
            skip()
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(width):
                if height > 1:
                    taken[len(cells)] = height - 1
                    begun[len(cells)] = offset == 0
                cells.append(cell if offset == 0 else False)
        skip()
        made += len(cells)
        if made > _MOST_CELLS:
            break
        if cells:
            grid.append(cells)
    return grid


def _span(cell: _Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), _MOST_SPAN)) if text.isdecimal() else 1
