"""docs/scoring.md: its example gives the score it is for, its tables name what there is."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from commands import run
from duban.app.score_options import SCORE_ACTIONS
from duban.score.methods.registry import methods
from duban.score.pack import KINDS, OPTIONS
from duban.score.pack_file import TABLES

TEXT = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", TEXT, re.S)
NOTICE = Path(__file__).parents[2] / "corpus" / "liaoning" / "liaoning-2018-assessment.txt"


def test_the_way_from_the_registry_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    (tmp_path / "通知.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "其他.json").write_text(EXAMPLES[0], encoding="utf-8")
    lines = [shlex.split(line)[2:] for line in TEXT.splitlines() if line.startswith("$ duban ")]
    assert len(lines) == 5
    rans = [run(monkeypatch, *line) for line in lines]
    assert [ran.status for ran in rans[1:]] == [0, 0, 1, 1], [ran.err for ran in rans]
    assert re.search(r"^1 +沈阳市人民政府 +96\.40 ", rans[3].out, re.M)
    assert "第 1 条（2018-12-20 张三，审核第 2 条）" in rans[4].out


def test_the_example_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    inputs = tmp_path / "成绩.json"
    inputs.write_text(EXAMPLES[1], encoding="utf-8")
    ran = run(monkeypatch, "score", "--rules", "liaoning-2018", "--inputs", inputs, "--format", "json")
    assert json.loads(ran.out)["units"][0]["score"] == "91.7"
    assert run(monkeypatch, "score", "explain", "沈阳市", "--inputs", inputs).status == 0


def test_methods_options_and_actions_are_told() -> None:
    for name, method in methods().items():
        row = re.search(rf"^\| {re.escape(name)} \|(.*)$", TEXT, re.M)
        assert row, name
        assert all(f"`{key}`" in row[1] for key in method.settings), name
    assert all(name in TEXT for name in OPTIONS)
    assert all(f"`[[{table}]]`" in TEXT for table in TABLES)
    assert all(f"`{kind}`" in TEXT for kind in KINDS)
    assert all(f"`{name}`" in TEXT or f"duban score {name}" in TEXT for name in SCORE_ACTIONS)
