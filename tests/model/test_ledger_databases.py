"""Ledgers out of and into a registry on each database."""

from __future__ import annotations

from pathlib import Path

from ledgers import FIRST, edited, export, fill, filled, keys_of, quickly_filled, stored, take
from progress_state import audited


def test_a_ledger_goes_out_and_comes_back(registry_target: str, tmp_path: Path) -> None:
    filled(registry_target)
    file = export(registry_target, tmp_path / "a.xlsx", "--role", "office")
    assert len(keys_of(file)) == 8
    assert take(registry_target, file)[1]["changes"] == []
    bad = edited(file, fill(("进展", 4, "减税30亿元"), ("完成比例(%)", 4, "三成")))
    assert (take(registry_target, bad)[0], len(stored(registry_target))) == (1, 4)
    good = quickly_filled(
        file,
        ("进展", FIRST, "减税30亿元"),
        ("责任人", 8, "赵六"),
        ("审核", 7, "退回"),
        ("审核意见", 7, "差40万亩"),
    )
    assert take(registry_target, good, "--role", "office")[1]["entered"] == [5, 6, 7]
    assert take(registry_target, good, "--role", "office")[1]["entered"] == []
    assert [entry.kind for entry in stored(registry_target)[4:]] == ["status", "review", "plan"]
    assert audited(registry_target) == []
