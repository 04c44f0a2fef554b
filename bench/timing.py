"""What every bench shares: medians of a call with the garbage collector on, and the table of results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter

#: One result: what was measured, the figure, its unit.
Row = tuple[str, float, str]


def median_seconds(call: Callable[[], object], *, runs: int = 5) -> float:
    """Median wall time of ``call`` over ``runs`` calls, after one that is not counted."""
    call()
    times = []
    for _ in range(runs):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return median(times)


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a markdown table; three significant digits."""
    lines = ["| measured | value | unit |", "|---|---:|---|"]
    lines += [f"| {name} | {digits(value)} | {unit} |" for name, value, unit in rows]
    return "\n".join(lines)


def digits(value: float) -> str:
    """``value`` with three significant digits, never in exponent form."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 0.995 else f"{value:.3g}"
