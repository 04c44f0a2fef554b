"""Rows: one milestone of a task or of a piece of it, as one unit reports on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from zlib import crc32

from ...model.progress.identity import Identity, piece_label


@dataclass(frozen=True, slots=True, order=True)
class RowKey:
    """What a row is about. ``piece``, ``due`` and ``unit`` are empty for the whole task, the piece as a
    whole, and the office that reports for all."""

    notice_id: int
    task: str
    piece: str = ""
    due: str = ""
    unit: str = ""

    @property
    def identity(self) -> Identity:
        """Whom its entries are about."""
        return Identity(self.notice_id, self.task, self.piece)

    @property
    def whole(self) -> RowKey:
        """The piece and unit without the milestone; plans are kept by it."""
        return replace(self, due="")

    @property
    def label(self) -> str:
        """For people: 任务12 措施2 2021-06-30 省财政厅."""
        words = (f"任务{self.task}", piece_label(self.piece), self.due, self.unit)
        return " ".join(word for word in words if word)

    def text(self) -> str:
        """As it stands in the sheet: a JSON array and its check code."""
        values = [self.notice_id, self.task, self.piece, self.due, self.unit]
        told = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        told = told.replace("_x", "\\u005fx")  # no office program is to take it for an escape
        return f"{told}#{check_code(told)}"


def row_key(text: str) -> RowKey | None:
    """The key that :meth:`RowKey.text` wrote; None for anything else."""
    told, mark, code = text.strip().rpartition("#")
    if not mark or code != check_code(told):
        return None
    try:
        match json.loads(told):
            case [int(notice_id), str(task), str(piece), str(due), str(unit)]:
                return RowKey(notice_id, task, piece, due, unit)
    except ValueError:
        pass
    return None


def check_code(text: str) -> str:
    """Eight digits that tell a text from a damaged one; no protection against intent."""
    return f"{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row with the texts of its cells by column key; a column that is not among them is blank.

    Days are ISO days, percentages decimal digits. ``lights`` are the names (red, …) of the reported and of
    the verified light, which give their cells the colour.
    """

    key: RowKey
    cells: Mapping[str, str]
    lights: tuple[str, str] = ("", "")
