"""Places in the JSON border: where the text of a file that is no plain text came from, in compact form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from .notice import Notice
from .place import Piece

Record = dict[str, Any]
#: Flags of a piece in the record.
_GENERATED, _ASIDE = 1, 2


def places_record(pieces: Sequence[Piece]) -> Record:
    """``parts``: names; ``pieces``: ``[end, part, where, flags, box]``, each from the end of the one before.

    ``part`` is an index into ``parts``; flags add up 1 for generated and 2 for aside; closing values that are
    empty are left out. Nothing at all for plain text.
    """
    if not pieces:
        return {}
    parts: dict[str, int] = {}
    rows: list[list[Any]] = []
    for piece in pieces:
        part = parts.setdefault(piece.part, len(parts))
        flags = _GENERATED * piece.generated + _ASIDE * piece.aside
        row = [piece.end, part, [*piece.where], flags, None if piece.box is None else [*piece.box]]
        while not row[-1] and len(row) > 2:
            row.pop()
        rows.append(row)
    return {"parts": list(parts), "pieces": rows}


def read_places(source: Record) -> tuple[Piece, ...]:
    """The pieces that :func:`places_record` wrote."""
    pieces: list[Piece] = []
    start = 0
    for row in source.get("pieces", ()):
        where, flags, box = (row[at] if len(row) > at else None for at in (2, 3, 4))
        pieces.append(
            Piece(
                start,
                row[0],
                source["parts"][row[1]],
                tuple(where or ()),
                None if box is None else (box[0], box[1], box[2], box[3]),
                generated=bool((flags or 0) & _GENERATED),
                aside=bool((flags or 0) & _ASIDE),
            )
        )
        start = row[0]
    return tuple(pieces)


def mark_computed(record: Record, notice: Notice) -> None:
    """Add ``marker_evidence: derived`` to sections, tasks and items whose marker the file does not hold."""
    pieces = notice.source.pieces
    if not any(piece.generated for piece in pieces):
        return
    text = notice.source.text
    starts = [piece.start for piece in pieces]

    def mark(row: Record, at: int) -> None:
        if row["marker"] and at >= 0 and pieces[bisect_right(starts, at) - 1].generated:
            row["marker_evidence"] = "derived"

    for section in record["sections"]:
        at = section["span"][0] - 1  # its span is the title, right behind the marker
        while at >= 0 and text[at].isspace():
            at -= 1
        mark(section, at)
    for task in record["tasks"]:
        for item in (task, *task["targets"], *task["measures"]):
            mark(item, item["span"][0])
