"""Canvas: a figure of a size in millimetres, drawn with fixed settings, as PNG: same records, same bytes."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

from ..official.document import Picture
from .fonts import families_for

if TYPE_CHECKING:
    from matplotlib.figure import Figure

P = ParamSpec("P")
#: Pictures by their records; a job of a document for each unit makes some sixty.
_KEPT: dict[bytes, tuple[Picture, ...]] = {}
_MOST_KEPT = 200
#: Raster points per inch: enough for print, and a page-wide picture stays below 100 KB.
DPI = 200
MM_PER_INCH = 25.4
#: Points of labels and numbers, and of what stands in small cells.
SIZE, SMALL = 9.0, 7.5
INK, GRID = "#000000", "#bfbfbf"
#: Advance of a character of SIZE, in millimetres.
CHARACTER_MM = SIZE / 72 * MM_PER_INCH


def draw(width_mm: float, height_mm: float, words: Iterable[str], paint: Callable[[Figure], None]) -> bytes:
    """The PNG of a figure that ``paint`` fills; ``words`` are the texts it will draw.

    Settings of the user's own matplotlib have no part in it. Raises :class:`ChartFontError`.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    families = families_for([*words, "0123456789.-%"])
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_settings(families))
        figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), dpi=DPI)
        FigureCanvasAgg(figure)
        paint(figure)
        buffer = io.BytesIO()
        with warnings.catch_warnings():
            # What has no glyph is told below, and not drawn.
            warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
            figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
        # The axes' own numbers are known once they are drawn.
        families_for([*words, *(found.get_text() for found in figure.findobj(Text))])
    return buffer.getvalue()


def once(make: Callable[P, tuple[Picture, ...]]) -> Callable[P, tuple[Picture, ...]]:
    """``make``, which draws the same records only once: what follows from them alone need not be made anew.

    The proof of a document asks the registry again and calls for its pictures a second time.
    """

    @wraps(make)
    def drawn(*records: P.args, **options: P.kwargs) -> tuple[Picture, ...]:
        said = repr((make.__qualname__, records, sorted(options.items())))
        key = hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()
        if key not in _KEPT:
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.pop(next(iter(_KEPT)))
            _KEPT[key] = make(*records, **options)
        return _KEPT[key]

    return drawn


def forget() -> None:
    """Draw everything anew from now on."""
    _KEPT.clear()


def axes_mm(
    figure: Figure, width_mm: float, height_mm: float, edges_mm: tuple[float, float, float, float]
) -> Any:
    """Axes that keep ``edges_mm`` (left, top, right, bottom) of the figure free; grid and ticks behind."""
    left, top, right, bottom = edges_mm
    axes = figure.add_axes(
        (
            left / width_mm,
            bottom / height_mm,
            (width_mm - left - right) / width_mm,
            (height_mm - top - bottom) / height_mm,
        )
    )
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _settings(families: tuple[str, ...]) -> dict[Any, Any]:
    return {
        "font.family": list(families),
        "font.size": SIZE,
        "text.color": INK,
        "text.parse_math": False,
        "axes.unicode_minus": False,
        "axes.linewidth": 0.6,
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
        "legend.fontsize": SIZE,
        "legend.handlelength": 1.6,
        "legend.columnspacing": 1.2,
    }
