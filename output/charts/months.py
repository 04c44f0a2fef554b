"""Months: the heat map of units by month, and the timetable of tasks with their nodes (时间表, 路线图)."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..official.document import Picture
from .canvas import CHARACTER_MM, GRID, INK, SMALL, axes_mm, draw, once
from .words import Number, alt_text, label, number, pages_of, width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ROW_MM, _MOST = 6.2, 22
_TOP_MM, _FOOT_MM, _RIGHT_MM = 10.0, 8.0, 3.0
_NAME = 14
#: Lightest and darkest fill of the heat map; numbers turn white on what is darker than the middle.
_LIGHT, _DARK = (247, 251, 255), (8, 48, 107)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of the heat map: a name, and a value for each month; None where there is none."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a task: ISO day that it is due; ``supplied`` where the notice dates nothing (系统补设)."""

    due: str
    supplied: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class TimedRow:
    """A task with its nodes. Its bar runs from ``start`` (ISO day; None: the first month) to the last."""

    name: str
    nodes: tuple[Node, ...]
    start: str | None = None


_KEY = (
    ("通知规定的节点", Node("")),
    ("系统补设的节点", Node("", supplied=True)),
    ("已完成", Node("", done=True)),
)


@once
def heat_map(
    rows: Sequence[HeatRow], months: Sequence[str], *, title: str, unit: str = "%", width_mm: float = 156.0
) -> tuple[Picture, ...]:
    """Rows × months, darker for more, each cell with its number; a cell without value is hatched."""
    values = [value for row in rows for value in row.values if value is not None]
    low, high = float(min(values, default=0)), float(max(values, default=1))
    made = []
    for part, some in pages_of(rows, _MOST):
        labels = [label(row.name, _NAME) for row in some]
        height = _TOP_MM + _FOOT_MM + max(1, len(some)) * _ROW_MM

        def paint(
            figure: Figure, some: Sequence[HeatRow] = some, labels: list[str] = labels, height: float = height
        ) -> None:
            axes = _month_axes(figure, labels, months, width_mm, height)
            for at, row in enumerate(some):
                for month, value in enumerate(row.values):
                    _cell(axes, month, at, value, (low, high))
            _foot(figure, height, width_mm, f"单位：{unit}；颜色越深数值越大，斜线格没有数据")

        words = [*labels, *months, f"单位：{unit}；颜色越深数值越大，斜线格没有数据"]
        png = draw(width_mm, height, words, paint)
        alt = alt_text("热力图", f"{title}{part}", (
            f"{row.name}：" + "，".join(
                f"{month}{'无数据' if value is None else f'{number(value)}{unit}'}"
                for month, value in zip(months, row.values, strict=True)
            ) for row in some
        ))  # fmt: skip
        made.append(Picture(png, width_mm, height, alt, f"{title}{part}"))
    return tuple(made)


@once
def timetable(
    rows: Sequence[TimedRow], months: Sequence[tuple[int, int]], *, title: str, width_mm: float = 156.0
) -> tuple[Picture, ...]:
    """Months × tasks: a bar for the time that a task takes, a mark on the day of each node.

    ``months`` are (year, month) side by side in order, each once; nodes outside them are left out, the table
    says them. Full mark: the notice's own day; hollow: 系统补设; square: done.
    """
    names = [
        f"{year}年\n{month}月" if not at or month == 1 else f"{month}月"
        for at, (year, month) in enumerate(months)
    ]
    place = {month: at for at, month in enumerate(months)}
    made = []
    for part, some in pages_of(rows, _MOST):
        labels = [label(row.name, _NAME + 4) for row in some]
        height = _TOP_MM + _FOOT_MM + max(1, len(some)) * _ROW_MM

        def paint(
            figure: Figure,
            some: Sequence[TimedRow] = some,
            labels: list[str] = labels,
            height: float = height,
        ) -> None:
            axes = _month_axes(figure, labels, names, width_mm, height)
            for at, row in enumerate(some):
                _line(axes, at, row, place)
            _key(figure)

        png = draw(width_mm, height, [*labels, *names, *(words for words, _ in _KEY)], paint)
        told = (f"{row.name}：{'，'.join(map(_told, row.nodes))}" for row in some)
        alt = alt_text("时间图", f"{title}{part}", told)
        made.append(Picture(png, width_mm, height, alt, f"{title}{part}"))
    return tuple(made)


def _told(node: Node) -> str:
    return f"{node.due}{'（系统补设）' if node.supplied else ''}{'（已完成）' if node.done else ''}"


def _month_axes(
    figure: Figure, labels: Sequence[str], months: Sequence[str], width_mm: float, height: float
) -> Any:
    """Axes with a cell for each month and row, months above, names at the left."""
    left = max((width(name) for name in labels), default=0) * CHARACTER_MM + 3
    axes = axes_mm(figure, width_mm, height, (left, _TOP_MM, _RIGHT_MM, _FOOT_MM))
    axes.set_xlim(0, max(1, len(months)))
    axes.set_ylim(max(1, len(labels)), 0)
    axes.set_yticks([at + 0.5 for at in range(len(labels))], labels)
    axes.set_xticks([at + 0.5 for at in range(len(months))], months)
    axes.xaxis.tick_top()
    for at in range(len(months) + 1):
        axes.axvline(at, color=GRID, linewidth=0.5)
    for at in range(len(labels) + 1):
        axes.axhline(at, color=GRID, linewidth=0.5)
    return axes


def _cell(axes: Any, month: int, at: int, value: Number | None, ends: tuple[float, float]) -> None:
    from matplotlib.patches import Rectangle

    if value is None:
        axes.add_patch(
            Rectangle((month, at), 1, 1, facecolor="#ffffff", hatch="///", edgecolor=GRID, linewidth=0.5)
        )
        return
    low, high = ends
    share = (float(value) - low) / (high - low) if high > low else 0.0
    fill = "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_LIGHT, _DARK, strict=True))
    axes.add_patch(Rectangle((month, at), 1, 1, facecolor=fill, edgecolor=GRID, linewidth=0.5))
    ink = "#ffffff" if share > 0.62 else INK
    axes.text(month + 0.5, at + 0.5, number(value), ha="center", va="center", fontsize=SMALL, color=ink)


def _line(axes: Any, at: int, row: TimedRow, place: dict[tuple[int, int], int]) -> None:
    xs = [(x, node) for node in row.nodes if (x := _x(node.due, place)) is not None]
    if not xs:
        return
    start = _x(row.start, place, first=True) if row.start else 0.0
    end = max(x for x, _ in xs)
    axes.barh(at + 0.5, end - (start or 0.0), left=start or 0.0, height=0.28, color="#cfe0f0",
              edgecolor="#7f9db9", linewidth=0.4)  # fmt: skip
    for x, node in xs:
        axes.plot([x], [at + 0.5], **_mark(node), clip_on=False)


def _mark(node: Node) -> dict[str, Any]:
    fill = "#ffffff" if node.supplied and not node.done else "#08306b"
    return {
        "marker": "s" if node.done else "D",
        "markersize": 4.6,
        "markerfacecolor": fill,
        "markeredgecolor": "#08306b",
        "markeredgewidth": 0.9,
        "linestyle": "none",
    }


def _x(day: str, place: dict[tuple[int, int], int], *, first: bool = False) -> float | None:
    """Where a day lies: its end, or with ``first`` its beginning; None outside the months."""
    date = datetime.date.fromisoformat(day)
    at = place.get((date.year, date.month))
    if at is None:
        return None
    return at + (date.day - (1 if first else 0)) / monthrange(date.year, date.month)[1]


def _foot(figure: Figure, height: float, width_mm: float, note: str) -> None:
    figure.text(1 - 1 / width_mm, 1.6 / height, note, ha="right", va="bottom", fontsize=SMALL)


def _key(figure: Figure) -> None:
    """The marks explained; drawn as marks, so that no font need have them."""
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], label=words, **_mark(node)) for words, node in _KEY]
    figure.legend(handles=handles, loc="lower right", ncols=3, borderaxespad=0.3, fontsize=SMALL)
