"""Piece: where in its file a stretch of a notice's text came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``[start, end)`` of a Source's text, and the one place of the file that they came from.

    The pieces of a Source stand in order and tile its text; a Source of plain text has none: there the
    character's own index is its place.
    """

    start: int
    end: int
    #: Part of the file: ``word/document.xml``, ``page 3`` (from 1), a sheet's name, a page's path in an OFD.
    part: str
    #: Place inside the part, from 0: paragraph and run in .docx, row and column in a sheet, else empty.
    where: tuple[int, ...] = ()
    #: Left, top, right, bottom on the page, in points from its upper left corner; None where a file has no
    #: pages.
    box: tuple[float, float, float, float] | None = None
    #: Whether the file does not hold these characters: a number that Word computes, a line break between
    #: cells. What is read from them has evidence ``derived``.
    generated: bool = False
