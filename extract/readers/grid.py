"""Grid: the cells that ruled lines make; a missing outer line is put in, merged cells stay merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .boxes import Box, Rule

#: Lines nearer than this, in points, are one.
_NEAR = 3.0
#: More lines than this on a page are a drawing.
MOST_RULES = 20_000
#: A table has at most so many fields.
_MOST_FIELDS = 40_000


class Cell(NamedTuple):
    """A cell: rows and columns ``[first, last]`` of the grid that it covers, and its box."""

    row: int
    column: int
    last_row: int
    last_column: int
    box: Box


class Grid(NamedTuple):
    """A ruled table: the heights of its rows' borders, the places of its columns', its cells in order."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """The whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The ruled tables of a page, from top to bottom. A frame without an inner line is no table."""
    if len(rules) < 3 or len(rules) > MOST_RULES:
        return []
    grids = [grid for group in _groups(rules) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, swept from top to bottom."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(rules)), key=lambda index: rules[index].top)
    active: list[int] = []
    for index in order:
        rule = rules[index]
        active = [other for other in active if rules[other].bottom >= rule.top - _NEAR]
        for other in active:
            if rules[other].left <= rule.right + _NEAR and rules[other].right >= rule.left - _NEAR:
                parent[root(index)] = root(other)
        active.append(index)
    groups: dict[int, list[Rule]] = {}
    for index in order:
        groups.setdefault(root(index), []).append(rules[index])
    return list(groups.values())


def _grid(rules: list[Rule]) -> Grid | None:
    level = [rule for rule in rules if rule.level]
    upright = [rule for rule in rules if not rule.level]
    if not upright or len(level) < 1:
        return None
    # A table whose top, bottom or outer side is not ruled ends where its other lines end.
    ys = _places(
        [(r.top + r.bottom) / 2 for r in level]
        + [min(r.top for r in upright), max(r.bottom for r in upright)]
    )
    xs = _places(
        [(r.left + r.right) / 2 for r in upright] + [min(r.left for r in level), max(r.right for r in level)]
    )
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > _MOST_FIELDS:
        return None
    below = _walls(level, ys, xs, along_x=True)
    right = _walls(upright, xs, ys, along_x=False)
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            last_column = column
            while (
                last_column + 1 < columns
                and owner[row][last_column + 1] < 0
                and (last_column + 1, row) not in right
            ):
                last_column += 1
            last_row = row
            span = range(column, last_column + 1)
            while last_row + 1 < rows and not any((last_row + 1, at) in below for at in span):
                if (last_column + 1, last_row + 1) not in right and last_column + 1 < columns:
                    break  # the next row is not closed at the same place
                if any((at, last_row + 1) in right for at in span[1:]):
                    break
                last_row += 1
            for y in range(row, last_row + 1):
                for x in span:
                    owner[y][x] = len(cells)
            cells.append(
                Cell(
                    row,
                    column,
                    last_row,
                    last_column,
                    Box(xs[column], ys[row], xs[last_column + 1], ys[last_row + 1]),
                )
            )
    return Grid(tuple(ys), tuple(xs), tuple(cells)) if len(cells) > 1 else None


def _places(values: list[float]) -> list[float]:
    """Places of lines, those that are near each other as one."""
    values.sort()
    found: list[float] = []
    for value in values:
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _walls(
    rules: list[Rule], across: list[float], along: list[float], *, along_x: bool
) -> set[tuple[int, int]]:
    """``(i, j)`` for each stretch ``j`` of ``along`` where the line ``across[i]`` is drawn."""
    walls = set()
    for rule in rules:
        place = (rule.top + rule.bottom) / 2 if along_x else (rule.left + rule.right) / 2
        start, end = (rule.left, rule.right) if along_x else (rule.top, rule.bottom)
        index = min(range(len(across)), key=lambda i: abs(across[i] - place))
        for stretch in range(len(along) - 1):
            middle = (along[stretch] + along[stretch + 1]) / 2
            if start <= middle <= end:
                walls.add((index, stretch))
    return walls
