"""docs/ledger.md: its commands and its program run, in this order, and its tables are those of the code."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
from commands import run
from duban.model.progress import records
from duban.model.progress.entries import COLUMNS, entries
from duban.model.progress.fourfold import DEMANDS
from duban.model.progress.lights import Light, LightRule
from duban.model.registry import reading

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
NOTICE = "澜江市人民政府关于印发2024年任务的通知\n1.疏浚3公里。（市水利局负责）\n"


def test_the_commands_and_the_programs_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    assert run(monkeypatch, "ingest", "a.txt").status == 0
    lines = [line for line in PAGE.splitlines() if line.startswith("$ duban ")]
    assert len(lines) == 10
    for line in lines:
        ran = run(monkeypatch, *shlex.split(line)[2:])
        assert ran.status == 0, ran.err
    names: dict[str, object] = {}
    for program in re.findall(r"```python\n(.*?)```", PAGE, re.S):
        exec(compile(program, "ledger.md", "exec"), names)
    shown = capsys.readouterr().out
    assert "('已完成', 1, Decimal('100.0'))" in shown
    with reading(tmp_path / "registry.db") as reader:
        kinds = [entry.kind for entry in entries(reader)]
    assert kinds == ["plan", "status", "proof", "review", "verification", "undo", "verification"]


def test_the_page_lists_the_lights_and_the_demands() -> None:
    for light in Light:
        assert f"| {light.word} |" in PAGE
    for field in fields(LightRule):
        assert f"`{field.name}`" in PAGE
    for demand in DEMANDS:
        assert f"| {demand} |" in PAGE


def test_the_page_lists_every_kind_and_the_hashed_columns() -> None:
    listed = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", PAGE, re.M)
    assert listed == [(record.kind, record.__name__) for record in get_args(records.Record)]
    assert ", ".join(COLUMNS[:-1]) in " ".join(PAGE.split())
