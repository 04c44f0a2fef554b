"""Scores from a registry are the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append, undo
from duban.model.progress.records import Inspection
from test_score_registry import enter, gathered, registry


def test_inputs_are_the_same(postgresql_url: str, tmp_path: Path) -> None:
    found = []
    for target in (tmp_path / "r.sqlite", postgresql_url):
        with registry(target) as made:
            enter(made, "1+沈阳市=6.2% 3x沈阳市=4.9%@06-20 2+省财政厅=50;200 4+省科技厅=在建/80")
            finding = Inspection("暗访", "推诿", "沈阳市", "2024-05-10")
            drafts = [Draft(Identity(1, "3"), finding, "张三", "2024-05-01") for _ in range(2)]
            undo(made, append(made, drafts)[0].number, who="张三", made_on="2024-06-01")
        found.append(gathered(target))
    assert found[0] == found[1]
    assert [len(unit.events) for unit in found[0][0].inputs.units] == [1, 0]
