"""Piece: where in its file a stretch of a notice's text came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple


class Piece(NamedTuple):
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
    #: Whether the characters stand outside the notice proper: a web page's menus, running headers, page
    #: marks. They come at the end of the text, are never read for tasks, and are listed as unparsed.
    aside: bool = False


def places_of(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces that ``[start, end)`` of the text came from, cut to it, in order; empty for plain text."""
    first = max(0, bisect_right(pieces, start, key=lambda piece: piece.start) - 1)
    found = []
    for piece in islice(pieces, first, None):
        if piece.start >= end:
            break
        if piece.end > start:
            found.append(piece._replace(start=max(start, piece.start), end=min(end, piece.end)))
    return tuple(found)


def body_end(text: str, pieces: Sequence[Piece]) -> int:
    """Where the notice proper ends: before the pieces at the end of the text that stand aside."""
    end = len(text)
    for piece in reversed(pieces):
        if not piece.aside:
            break
        end = piece.start
    return end
