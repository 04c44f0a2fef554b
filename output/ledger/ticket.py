"""Ticket: what a ledger carries on a hidden sheet so that it is known when it comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from .columns import ENTERED, FIXED
from .rows import RowKey, check_code, row_key

SHEET = "_duban"
FORMAT = "duban.ledger/1"
_LINES = ("format", "head", "notices", "as_of", "unit", "section", "role", "sheet", "digest")


@dataclass(frozen=True, slots=True)
class RowTicket:
    """A row as exported: a code of each fixed cell, in the order of FIXED, and one of all entry cells."""

    fixed: tuple[str, ...]
    entered: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """From which registry (``head``: number and hash of its last entry) and notices (id: SHA-256 of the file)
    the ledger was made, its day, for which unit and role, and its rows."""

    head: tuple[int, str]
    notices: Mapping[int, str]
    as_of: str = ""
    unit: str = ""
    section: str = ""
    role: str = "unit"
    sheet: str = ""
    rows: Mapping[RowKey, RowTicket] = field(default_factory=dict)

    def lines(self) -> list[tuple[str, str, str]]:
        """The hidden sheet's rows."""
        told = {
            "format": FORMAT,
            "head": f"{self.head[0]}:{self.head[1]}",
            "notices": json.dumps({str(number): self.notices[number] for number in sorted(self.notices)}),
            "as_of": self.as_of,
            "unit": self.unit,
            "section": self.section,
            "role": self.role,
            "sheet": self.sheet,
        }
        rows = [(key.text(), " ".join(row.fixed), row.entered) for key, row in self.rows.items()]
        lines = [(name, value, "") for name, value in told.items()]
        return [*lines, ("digest", _digest([*lines, *rows]), ""), *rows]


def _digest(lines: Iterable[tuple[str, str, str]]) -> str:
    return sha256(json.dumps(list(lines), ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def ticket_of(lines: Sequence[tuple[str, str, str]]) -> Ticket | tuple[int, str]:
    """The ticket that the hidden sheet's rows tell; else the index of the row at fault, from 0, and why."""
    try:
        return _ticket(lines)
    except (ValueError, AttributeError, TypeError):  # its own check code is right, and yet it is none
        return 0, "内容不全或被改动"


def _ticket(lines: Sequence[tuple[str, str, str]]) -> Ticket | tuple[int, str]:
    head = lines[: len(_LINES)]
    if [line[0] for line in head] != list(_LINES):
        return 0, "内容不全或被改动"
    told = {name: value for name, value, _ in head}
    if told["format"] != FORMAT:
        return 0, f"格式是“{told['format']}”，本程序读的是 {FORMAT}"
    rows = lines[len(_LINES) :]
    if told["digest"] != _digest([*head[:-1], *rows]):
        return len(_LINES) - 1, "校验不符，内容被改动"
    number, _, digest = told["head"].partition(":")
    found: dict[RowKey, RowTicket] = {}
    for at, (key_text, fixed, entered) in enumerate(rows, len(_LINES)):
        key = row_key(key_text)
        if key is None:
            return at, "行标识不对"
        found[key] = RowTicket(tuple(fixed.split(" ")), entered)
    return Ticket(
        (int(number), digest),
        {int(number): digest for number, digest in json.loads(told["notices"]).items()},
        told["as_of"], told["unit"], told["section"], told["role"], told["sheet"], found,
    )  # fmt: skip


def row_ticket(cells: Mapping[str, str]) -> RowTicket:
    """The codes of a row's cells, which have to be as the sheet shows them."""
    return RowTicket(tuple(check_code(cells.get(column.key, "")) for column in FIXED), entered_code(cells))


def entered_code(cells: Mapping[str, str]) -> str:
    """The code of a row's entry cells."""
    return check_code("\0".join([cells.get(column.key, "") for column in ENTERED]))
