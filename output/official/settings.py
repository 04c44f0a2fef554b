"""Settings of official documents: ``official.toml``, and the lengths that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...model.errors import TemplateError
from ..layout import A4, Layout, read_layout
from ..lengths import MM_PER_POINT
from ..sources import own, shipped

LAYOUT_FILE = "official.toml"
#: Characters in a line and lines on a page (5.2.3).
CHARACTERS, LINES = 28, 22
#: A smaller type area holds no table.
_LEAST_MM = 80
#: Height of the type area (5.2.1).
TYPE_AREA_MM = 225


@dataclass(frozen=True, slots=True)
class Settings:
    """A layout with one margin profile chosen; lengths in millimetres (``_mm``) or points (``_pt``)."""

    layout: Layout
    profile: str
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    pitch_pt: float

    @property
    def width_mm(self) -> float:
        """Width of the type area (版心): 156 mm as shipped."""
        return A4[0] - self.left_mm - self.right_mm

    @property
    def foot_mm(self) -> float:
        """Foot of the type area from the paper's top: 262 mm.

        Profile B's margins leave room beyond its 225 mm, half of it above and half below, because lines of
        exact pitch are higher than their characters.
        """
        beyond = A4[1] - self.top_mm - self.bottom_mm - TYPE_AREA_MM
        return A4[1] - self.bottom_mm - beyond / 2

    def area_mm(self, *, landscape: bool = False) -> tuple[float, float]:
        """Width and height between the margins; of a lying page the same area turned."""
        across, down = self.width_mm, A4[1] - self.top_mm - self.bottom_mm
        return (down, across) if landscape else (across, down)

    @property
    def table_pitch_pt(self) -> float:
        """Pitch of the lines in a table's cells."""
        return self.layout.number("table", "pitch_pt")

    @property
    def cell_margins_mm(self) -> tuple[float, float]:
        """Margins of a table's cells: at each side, and above and below."""
        down = self.layout.number("table", "padding_pt") * MM_PER_POINT
        return self.layout.number("table", "padding_mm"), down

    @property
    def character_pt(self) -> float:
        """Advance of one character of the body: its size less the tightening."""
        return self.size("body") - self.layout.number("text", "tighten_pt")

    def size(self, role: str) -> float:
        """Size in points of a role's text (``body``, ``title`` …)."""
        return self.layout.number("sizes", f"{role}_pt")

    def font(self, role: str) -> str:
        """Name of a role's font; roles without their own take the body's."""
        fonts = self.layout.tables["fonts"]
        return str(fonts.get(role, fonts["body"]))

    def place(self, key: str) -> float:
        """A length of the table ``[place]``."""
        return self.layout.number("place", key)


def read_settings(templates: Path | None = None, profile: str | None = None) -> Settings:
    """The shipped layout, or with the office's own values; ``profile`` overrides the file's A or B.

    Raises :class:`~duban.model.errors.TemplateError`.
    """
    layout = read_layout(shipped(LAYOUT_FILE), own(templates, LAYOUT_FILE))
    chosen = profile or layout.text("page", "profile")
    table = f"profile_{chosen.lower()}"
    top, bottom, left, right = (
        layout.number(table, f"margin_{edge}_mm") for edge in ("top", "bottom", "left", "right")
    )
    if A4[1] - top - bottom < _LEAST_MM or A4[0] - left - right < _LEAST_MM:
        raise TemplateError(
            f"[{table}] 的页边距太大，版心不足 {_LEAST_MM} 毫米", place=LAYOUT_FILE, remedy="调小页边距"
        )
    return Settings(layout, chosen, top, bottom, left, right, layout.number(table, "pitch_pt"))
