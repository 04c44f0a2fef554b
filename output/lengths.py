"""Lengths: units of length of WordprocessingML and of pages, and how they turn into each other."""

from __future__ import annotations

#: Twentieths of a point, the unit of WordprocessingML lengths.
TWIPS_PER_MM = 1440 / 25.4
POINTS_PER_MM = 72 / 25.4
MM_PER_POINT = 25.4 / 72
EMU_PER_MM = 36_000


def twips(millimetres: float) -> int:
    """Twips of a length, rounded."""
    return round(millimetres * TWIPS_PER_MM)
