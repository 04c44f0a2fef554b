"""State machine: ledgers go out, come back at any later time, against a plain model; nothing is lost."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, NamedTuple

from duban.model.progress.records import KINDS
from duban.output.ledger.rows import RowKey
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from ledgers import FIRST, duban, keys_of, quickly_filled, take
from test_progress_machine import Entering, Row

#: Head, the record that its cell is of, the record's field, the columns beside it, who fills it in.
PARTS: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "进展": ("status", "value", ("value", "percent", "problem", "next_step", "completed_on", "note"), "unit"),
    "问题": (
        "status",
        "problem",
        ("value", "percent", "problem", "next_step", "completed_on", "note"),
        "unit",
    ),
    "责任人": ("plan", "person", ("office", "person", "standard", "planned"), "unit"),
    "核验": ("verification", "value", ("value", "percent"), "office"),
}

#: Few, so that two people often enter the same.
_WORDS = st.sampled_from(["甲", "乙 ", "60%\n", "é𠮷'\"\\{}"])


class Slot(NamedTuple):
    """Where a cell's record stands."""

    kind: str
    about: tuple[str, str]
    unit: str
    due: str


class Importing(Entering):
    """Entering, and a ledger that is exported at one time and imported at another."""

    def __init__(self) -> None:
        super().__init__()
        self.file: Path | None = None
        self.exported: list[Row] = []

    @initialize()
    def export_first(self) -> None:
        self.export()

    @rule()
    def export(self) -> None:
        file = self.path.with_name("out.xlsx")
        ran = duban(self.path, "ledger", "export", "-o", file, "--role", "office")
        assert ran.status == 0, ran.err
        self.file = file
        self.exported = copy.deepcopy(self.model)

    @precondition(lambda self: self.file is not None)
    @rule(data=st.data(), head=st.sampled_from(sorted(PARTS)), words=_WORDS)
    def enter_in_a_row(self, data: st.DataObject, head: str, words: str) -> None:
        assert self.file
        key = data.draw(st.sampled_from(keys_of(self.file)[:3]))
        kind, field, *_ = PARTS[head]
        place = {"unit": key.unit} if kind == "plan" else {"unit": key.unit, "due": key.due}
        value = {"value": "甲"} if kind == "status" else {}
        self.enter(record=KINDS[kind](**{**value, field: words, **place}), task=key.task, piece=key.piece)

    @precondition(lambda self: self.file is not None)
    @rule(data=st.data(), head=st.sampled_from(sorted(PARTS)), words=_WORDS, twice=st.booleans())
    def take_back(self, data: st.DataObject, head: str, words: str, twice: bool) -> None:
        assert self.file
        kind, field, columns, role = PARTS[head]
        keys = keys_of(self.file)
        busy = [at for at, key in enumerate(keys) if self._touched(key)]
        at = data.draw(st.sampled_from(busy or range(len(keys))) | st.integers(0, 2))
        key = keys[at]
        slot = Slot(kind, (key.task, key.piece), key.unit, "" if kind == "plan" else key.due)
        file = quickly_filled(self.file, (head, FIRST + at, words))
        expected, record = self._expected(slot, field, columns, words.strip())
        event(f"{head}: {expected}")
        status, told = take(self.path, file, "--role", role)
        assert (status, len(told["entered"])) == (expected == "refused", expected == "entered"), (
            expected,
            told,
        )
        if record is not None:
            self._noted(kind, slot.about, record)
        if twice and expected != "refused":
            status, told = take(self.path, file, "--role", role)
            assert (status, told["entered"], told["changes"]) == (0, [], [])

    def _touched(self, key: RowKey) -> bool:
        """Whether anything stands or stood in the row's place."""
        payloads = [row["payload"] for row in self.model if row["slot"] == (key.task, key.piece)]
        return any(one.get("unit", "") == key.unit and one.get("due", key.due) == key.due for one in payloads)

    def _expected(
        self, slot: Slot, field: str, columns: tuple[str, ...], words: str
    ) -> tuple[str, Row | None]:
        """What has to come of a cell, and the record that is entered."""
        was, now = _held(self.exported, slot), _held(self.model, slot)
        if words in (_text(was, field), _text(now, field)):
            return "nothing", None
        moved = any(_text(was, column) != _text(now, column) for column in columns)
        if moved or self._undone_since(slot):
            return "refused", None
        if field != "value" and slot.kind == "status" and not _text(now, "value"):
            return "refused", None
        record = {**now, field: words}
        record |= {"unit": slot.unit} if slot.unit else {}
        record |= {"due": slot.due} if slot.due else {}
        return "entered", record

    def _undone_since(self, slot: Slot) -> bool:
        undone = [
            self.model[row["payload"]["of"] - 1]
            for row in self.model[len(self.exported) :]
            if row["kind"] == "undo"
        ]
        return any(_fits(row, slot) for row in undone)


def _fits(row: Row, slot: Slot) -> bool:
    payload = row["payload"]
    place = (row["kind"], row["slot"], payload.get("unit", ""), payload.get("due", ""))
    return place == tuple(slot)


def _held(model: list[Row], slot: Slot) -> dict[str, Any]:
    """The newest standing record in a place; empty where there is none."""
    found = [row["payload"] for row in model if not row["struck"] and _fits(row, slot)]
    return dict(found[-1]) if found else {}


def _text(record: dict[str, Any], field: str) -> str:
    return str(record.get(field) or "").strip()


TestImporting = Importing.TestCase
TestImporting.settings = settings(
    max_examples=max(8, settings().max_examples // 50), stateful_step_count=16, deadline=None
)
