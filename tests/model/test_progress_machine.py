"""State machine: entry, review, verification, change and undo against a plain model; nothing is lost."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from duban.model.errors import ProgressError
from duban.model.progress.entries import standing
from duban.model.progress.log import undo
from duban.model.progress.records import (
    ClockStop,
    Inspection,
    Plan,
    Proof,
    Record,
    Review,
    Status,
    TargetChange,
    Verification,
)
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from progress_state import audited, enter, filled, stored

_words = st.text("完成率%0 9\n\"\\'{}é𠮷", min_size=1, max_size=8).filter(str.strip)
_tasks = st.sampled_from(["1", "2", "3"])
_pieces = st.sampled_from(["", "measure:1"])
_days = st.dates().map(lambda day: day.isoformat())
_dues = st.sampled_from(["", "2021-06-30", "2021-09-30"])
_units = st.sampled_from(["", "省财政厅", "省农业厅"])
_records: st.SearchStrategy[Record] = st.one_of(
    st.builds(Plan, unit=_units, person=_words),
    st.builds(Status, _words, _words, unit=_units, due=_dues),
    st.builds(Verification, _words, unit=_units, due=_dues),
    st.builds(Proof, st.just("其他"), number=_words),
    st.builds(Inspection, st.just("暗访"), _words),
    st.builds(ClockStop, _days, st.none(), _words),
    st.builds(TargetChange, _words, _days, _words),
    st.builds(TargetChange, _words, _days, _words, moved_from=_dues.filter(bool), moved_to=_days),
)
#: What must agree for a newer entry to take an older one's place; the others stand side by side.
PLACES = {
    "plan": ("unit",), "status": ("unit", "due"), "verification": ("unit", "due"), "stop": ("since",),
    "change": ("moved_from",),
}  # fmt: skip
Row = dict[str, Any]


class Entering(RuleBasedStateMachine):
    """The model is a list of what was entered, in which undone rows are struck out."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "r.db"
        self.registry = filled(self.path)
        self.model: list[Row] = []
        self.seen: list[Any] = []

    def teardown(self) -> None:
        self.registry.close()
        self.folder.cleanup()

    def _noted(self, kind: str, slot: tuple[str, str], payload: Row, about: int | None = None) -> None:
        self.model.append({"kind": kind, "slot": slot, "payload": payload, "about": about, "struck": False})

    @rule(record=_records, task=_tasks, piece=_pieces)
    def enter(self, record: Record, task: str, piece: str) -> None:
        fields = PLACES.get(record.kind, ())
        place = [getattr(record, name) or "" for name in fields]
        alike = [
            row["payload"]
            for row in self.model
            if row["kind"] == record.kind and row["slot"] == (task, piece) and not row["struck"]
            and [row["payload"].get(name) or "" for name in fields] == place
        ]  # fmt: skip
        entry = enter(self.registry, record, task, piece)
        before = alike[-1] if alike and record.kind in PLACES else None
        assert json.loads(entry.before or "null") == before
        self._noted(record.kind, (task, piece), record.payload())

    @precondition(lambda self: self.model)
    @rule(data=st.data(), accepted=st.booleans())
    def review(self, data: st.DataObject, accepted: bool) -> None:
        at = data.draw(st.integers(0, len(self.model) - 1))
        row = self.model[at]
        record = Review(at + 1, accepted=accepted, reason="再报")
        if row["kind"] != "status" or row["struck"]:
            with pytest.raises(ProgressError):
                enter(self.registry, record, *row["slot"])
            return
        enter(self.registry, record, *row["slot"])
        self._noted("review", row["slot"], record.payload(), at)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.model) - 1))
        row = self.model[at]
        if row["kind"] == "undo" or row["struck"]:
            with pytest.raises(ProgressError):
                undo(self.registry, at + 1, who="李四", made_on="2021-07-01")
            return
        undo(self.registry, at + 1, who="李四", made_on="2021-07-01")
        row["struck"] = True
        for other in self.model:
            if other["kind"] == "review" and other["about"] == at:
                other["struck"] = True
        self._noted("undo", row["slot"], {"of": at + 1})

    @rule()
    def reopen(self) -> None:
        self.registry.close()
        from duban.model.registry import open_registry

        self.registry = open_registry(self.path, create=False)

    @invariant()
    def nothing_is_lost_and_the_chain_is_whole(self) -> None:
        found = stored(self.path)
        assert found[: len(self.seen)] == self.seen, "what was entered never changes"
        self.seen = found
        kinds = [(entry.kind, (entry.task, entry.piece)) for entry in found]
        assert kinds == [(row["kind"], row["slot"]) for row in self.model]
        stands = [(e.number, json.loads(e.after)) for e in standing(found)]
        assert stands == [
            (number, row["payload"])
            for number, row in enumerate(self.model, 1)
            if row["kind"] != "undo" and not row["struck"]
        ]
        assert audited(self.path) == []


TestEntering = Entering.TestCase
TestEntering.settings = settings(
    max_examples=max(15, settings().max_examples // 50), stateful_step_count=20, deadline=None
)
