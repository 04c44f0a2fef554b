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
    for _, end, name, where, box, generated, aside in pieces:
        row: list[Any] = [end, parts.setdefault(name, len(parts))]
        flags = _GENERATED * generated + _ASIDE * aside
        if box is not None:
            row += ([*where], flags, [*box])
        elif flags:
            row += ([*where], flags)
        elif where:
            row.append([*where])
        rows.append(row)
    return {"parts": list(parts), "pieces": rows}


def read_places(source: Record) -> tuple[Piece, ...]:
    """The pieces that :func:`places_record` wrote."""
    rows = source.get("pieces", ())
    parts = source["parts"] if rows else []
    pieces: list[Piece] = []
    start, new = 0, tuple.__new__  # Piece(...) would go through a Python function; a table has ten thousands
    for row in rows:
        count = len(row)
        end, where = row[0], row[2] if count > 2 else None
        flags = (row[3] or 0) if count > 3 else 0
        box = row[4] if count > 4 else None
        pieces.append(
            new(
                Piece,
                (
                    start,
                    end,
                    parts[row[1]],
                    tuple(where or ()),
                    None if box is None else (box[0], box[1], box[2], box[3]),
                    flags & _GENERATED != 0,
                    flags & _ASIDE != 0,
                ),
            )
        )
        start = end
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
