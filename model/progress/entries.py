"""Entries: progress records as they stand in the registry, their canonical JSON and hash chain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ..registry.reader import Reader

#: What the first entry has for the hash of the one before.
GENESIS = "0" * 64
COLUMNS = (
    "number", "kind", "notice_id", "task", "piece", "who", "made_on",
    "before", "after", "undoes", "previous", "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: who entered when (ISO day) what about which task; ``before`` and ``after`` are JSON."""

    number: int
    kind: str
    notice_id: int
    task: str
    piece: str
    who: str
    made_on: str
    before: str | None
    after: str
    undoes: int | None
    previous: str
    hash: str

    def computed(self) -> str:
        """The hash that the entry should have: SHA-256 over all of its other columns."""
        return hash_of([getattr(self, name) for name in COLUMNS[:-1]])

    def to_dict(self) -> dict[str, Any]:
        """The entry for JSON output, with ``before`` and ``after`` opened."""
        whole = {name: getattr(self, name) for name in COLUMNS}
        return whole | {name: json.loads(whole[name] or "null") for name in ("before", "after")}


def canonical(value: Any) -> str:
    """JSON in one form only: keys in order, no blanks, characters as they are.

    What a column should not hold (bytes) is written so that the hash differs.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)


def hash_of(values: Sequence[Any]) -> str:
    """SHA-256 of the columns before ``hash``, in the order of :data:`COLUMNS`, as hexadecimal digits."""
    return sha256(canonical(list(values)).encode("utf-8", "surrogatepass")).hexdigest()


def entries(reader: Reader) -> list[Entry]:
    """All entries in order, as they are stored; nothing is checked."""
    rows = reader.rows(f"SELECT {', '.join(COLUMNS)} FROM progress_entry ORDER BY number")
    return [Entry(*row) for row in rows]


def row_of(entry: Entry) -> tuple[object, ...]:
    """An entry as the state is folded from."""
    return (
        entry.number, entry.kind, entry.notice_id, entry.task, entry.piece, entry.who, entry.made_on,
        entry.after, entry.undoes,
    )  # fmt: skip


def standing(found: Iterable[Entry]) -> list[Entry]:
    """The entries that were neither undone nor are an undoing; a review falls with the status it is about."""
    listed = list(found)
    undone = {entry.undoes for entry in listed if entry.undoes is not None}
    return [
        entry
        for entry in listed
        if entry.kind != "undo"
        and entry.number not in undone
        and not (entry.kind == "review" and json.loads(entry.after)["of"] in undone)
    ]
