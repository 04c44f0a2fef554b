"""docs/scoring.md: its example gives the score it is for, its tables name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import run
from duban.app.score_options import SCORE_ACTIONS
from duban.score.methods.registry import methods
from duban.score.pack import OPTIONS

TEXT = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")


def test_the_example_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    example = re.search(r"```json\n(.*?)```", TEXT, re.S)
    assert example
    inputs = tmp_path / "成绩.json"
    inputs.write_text(example[1], encoding="utf-8")
    ran = run(monkeypatch, "score", "--rules", "liaoning-2018", "--inputs", inputs, "--format", "json")
    assert json.loads(ran.out)["units"][0]["score"] == "91.7"
    assert run(monkeypatch, "score", "explain", "沈阳市", "--inputs", inputs).status == 0


def test_methods_options_and_actions_are_told() -> None:
    for name, method in methods().items():
        row = re.search(rf"^\| {re.escape(name)} \|(.*)$", TEXT, re.M)
        assert row, name
        assert all(f"`{key}`" in row[1] for key in method.settings), name
    assert all(name in TEXT for name in OPTIONS)
    assert all(f"`{name}`" in TEXT or f"duban score {name}" in TEXT for name in SCORE_ACTIONS)
