"""Bars: progress by unit, ranking, score composition. Each bar carries its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..official.document import Picture
from .canvas import CHARACTER_MM, GRID, INK, SMALL, axes_mm, draw, once
from .looks import LESS, LIGHTS, OTHERS, Look, looks_of
from .words import Number, alt_text, label, number, pages_of, width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Millimetres of a row of the chart, and characters of its name.
_ROW_MM, _NAME = 6.2, 14
#: Rows of a picture: with legend, scale and caption it fills a page's upper part at most.
_MOST = 24
_TOP_MM, _FOOT_MM, _RIGHT_MM = 9.0, 10.5, 12.0
#: Share of its row that a bar is high.
_HEIGHT = 0.72


@dataclass(frozen=True, slots=True)
class UnitLights:
    """A unit and how many of its tasks have each light, by the light's word (红灯 …)."""

    unit: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit's place: rank from 1, score as published, band (优秀 …) or empty."""

    rank: int
    unit: str
    score: Decimal
    band: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A unit's score in parts, by the part's name; what is taken off is negative."""

    unit: str
    parts: Mapping[str, Decimal]


@once
def progress_by_unit(
    units: Sequence[UnitLights], *, title: str, width_mm: float = 156.0
) -> tuple[Picture, ...]:
    """Stacked bars: each unit's tasks by light, or by another word in the order of ``counts``. One that none
    has is left out."""
    names = tuple(
        dict.fromkeys(
            [word for word in LIGHTS if any(one.counts.get(word) for one in units)]
            + [word for one in units for word in one.counts if any(other.counts.get(word) for other in units)]
        )
    )
    rows = [(one.unit, tuple(one.counts.get(name, 0) for name in names)) for one in units]
    return _stacked(
        rows, dict(zip(names, looks_of(names), strict=True)), title=title, unit="项", width_mm=width_mm
    )


@once
def composition(units: Sequence[Composed], *, title: str, width_mm: float = 156.0) -> tuple[Picture, ...]:
    """Stacked bars: what each unit's score is made of; deductions run left of zero. The sum stands behind."""
    names = tuple(dict.fromkeys(name for one in units for name in one.parts))
    taken = tuple(name for name in names if any(one.parts.get(name, 0) < 0 for one in units))
    others = iter(looks_of(tuple(name for name in names if name not in taken)))
    looks = tuple(LESS if name in taken else next(others) for name in names)
    rows = [(one.unit, tuple(one.parts.get(name, Decimal(0)) for name in names)) for one in units]
    return _stacked(rows, dict(zip(names, looks, strict=True)), title=title, unit="分", width_mm=width_mm)


@once
def ranking(rows: Sequence[Ranked], *, title: str, width_mm: float = 156.0) -> tuple[Picture, ...]:
    """Bars from the first rank down, one look for each band; rank before the name, score behind the bar.

    The scale begins below the lowest score, so that the distances show; it says so.
    """
    bands = tuple(dict.fromkeys(row.band for row in rows))
    looks = dict(zip(bands, looks_of(bands), strict=True)) if any(bands) else {"": OTHERS[1]}
    low, high = _scale([row.score for row in rows])
    made = []
    for part, some in pages_of(rows, _MOST):
        names = [f"{row.rank} {label(row.unit, _NAME)}" for row in some]
        values = [f"{row.score:f}" for row in some]

        def paint(axes: Any, some: Sequence[Ranked] = some, values: list[str] = values) -> None:
            for at, row in enumerate(some):
                _bar(axes, at, low, float(row.score) - low, looks[row.band])
                axes.text(float(row.score), at, f" {values[at]}", va="center")
            axes.set_xlim(low, high)

        legend = {band: looks[band] for band in bands if band}
        note = f"得分（横轴自 {low:g} 起）" if low else "得分"
        png, height = _chart(names, paint, legend=legend, note=note, width_mm=width_mm, words=values)
        alt = alt_text("条形图", f"{title}{part}", (
            f"第{row.rank}名{row.unit}{row.score:f}分{f'，{row.band}' if row.band else ''}" for row in some
        ))  # fmt: skip
        made.append(Picture(png, width_mm, height, alt, f"{title}{part}"))
    return tuple(made)


def _stacked(
    rows: Sequence[tuple[str, tuple[Number, ...]]],
    legend: Mapping[str, Look],
    *,
    title: str,
    unit: str,
    width_mm: float,
) -> tuple[Picture, ...]:
    """Stacked bars, negative values to the left of zero; one scale for all pictures of a list.

    Each row has a value for each name of the legend.
    """
    right = max((float(sum(v for v in values if v > 0)) for _, values in rows), default=0.0) or 1.0
    left = min((float(sum(v for v in values if v < 0)) for _, values in rows), default=0.0)
    made = []
    for part, some in pages_of(rows, _MOST):
        labels = [label(name, _NAME) for name, _ in some]
        sums = [number(sum(values)) for _, values in some]

        across = (width_mm - _left(labels) - _RIGHT_MM) / ((right - left) * 1.02)

        def paint(
            axes: Any,
            some: Sequence[tuple[str, tuple[Number, ...]]] = some,
            sums: Sequence[str] = sums,
            across: float = across,
        ) -> None:
            for at, (_, values) in enumerate(some):
                end = _stack(axes, at, values, tuple(legend.values()), across)
                axes.text(end, at, f" {sums[at]}", va="center")
            axes.set_xlim(left * 1.02, right * 1.02)
            if left < 0:
                axes.axvline(0, color=INK, linewidth=0.8)

        note = f"单位：{unit}；条后为合计"
        png, height = _chart(labels, paint, legend=legend, note=note, width_mm=width_mm, words=sums)
        told = (f"{name}：{_told(legend, values)}" for name, values in some)
        alt = alt_text("条形图", f"{title}{part}", told)
        made.append(Picture(png, width_mm, height, alt, f"{title}{part}"))
    return tuple(made)


def _told(names: Iterable[str], values: tuple[Number, ...]) -> str:
    said = (f"{name}{number(value)}" for name, value in zip(names, values, strict=True) if value)
    return "，".join(said) or "无"


def _stack(
    axes: Any, at: int, values: tuple[Number, ...], looks: tuple[Look, ...], across_mm: float
) -> float:
    """One row's bars side by side, ``across_mm`` to one unit of the scale; where the last one ends."""
    ends = {True: 0.0, False: 0.0}
    for value, look in zip(values, looks, strict=True):
        if value:
            length = float(value)
            _bar(axes, at, ends[value > 0], length, look)
            _inside(axes, (ends[value > 0] + length / 2, at), number(value), abs(length) * across_mm, look)
            ends[value > 0] += length
    return ends[True]


def _bar(axes: Any, at: int, left: float, length: float, look: Look) -> None:
    axes.barh(at, length, left=left, height=_HEIGHT, color=look.fill, hatch=look.hatch, edgecolor=INK,
              linewidth=0.5)  # fmt: skip


def _inside(axes: Any, middle: tuple[float, float], text: str, room_mm: float, look: Look) -> None:
    """The number in its bar, on a patch of the bar's colour where it is hatched; not where it has no room."""
    if room_mm >= width(text) * CHARACTER_MM * 0.85 + 1.2:
        patch = {"facecolor": look.fill, "edgecolor": "none", "pad": 0.8} if look.hatch else None
        axes.text(*middle, text, va="center", ha="center", fontsize=SMALL, color=look.ink, bbox=patch)


def _left(labels: Sequence[str]) -> float:
    return max((width(name) for name in labels), default=0) * CHARACTER_MM + 3


def _chart(
    labels: Sequence[str],
    paint: Callable[[Any], None],
    *,
    legend: Mapping[str, Look],
    note: str,
    width_mm: float,
    words: Sequence[str],
) -> tuple[bytes, float]:
    """PNG and height of a chart with a row for each label, first at the top."""
    per_line = max(1, int((width_mm - 10) // (max(map(width, legend), default=1) * CHARACTER_MM + 12)))
    lines = -(-len(legend) // per_line)
    top = _TOP_MM + max(0, lines - 1) * 5.0
    height = top + _FOOT_MM + max(1, len(labels)) * _ROW_MM

    def whole(figure: Figure) -> None:
        from matplotlib.patches import Patch

        axes = axes_mm(figure, width_mm, height, (_left(labels), top, _RIGHT_MM, _FOOT_MM))
        axes.grid(axis="x", color=GRID, linewidth=0.5)
        paint(axes)
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_yticks(range(len(labels)), labels)
        axes.locator_params(axis="x", nbins=8, integer=True)
        figure.text(1 - 1 / width_mm, 1.2 / height, note, ha="right", va="bottom", fontsize=SMALL)
        if legend:
            handles = [
                Patch(facecolor=look.fill, hatch=look.hatch, edgecolor=INK, linewidth=0.5, label=name)
                for name, look in legend.items()
            ]
            figure.legend(handles=handles, loc="upper center", ncols=per_line, borderaxespad=0.3)

    return draw(width_mm, height, [*labels, *legend, note, *words], whole), height


def _scale(scores: Sequence[Decimal]) -> tuple[float, float]:
    """Ends of the axis: from zero, or from the ten below the lowest where all lie close together."""
    if not scores:
        return 0.0, 1.0
    low, high = float(min(scores)), float(max(scores))
    start = 0.0 if low < 0.5 * high or low < 20 else max(0.0, (low - (high - low) * 0.3) // 5 * 5)
    return min(start, low), high + (high - start) * 0.02
