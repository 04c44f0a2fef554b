"""docs/ledger.md: its commands and its program run, in this order, and its tables are those of the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
from commands import run
from duban.model.progress import records
from duban.model.progress.entries import COLUMNS, entries
from duban.model.registry import reading

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
NOTICE = "澜江市人民政府关于印发任务的通知\n1.疏浚3公里。（市水利局负责）\n"


def test_the_commands_and_the_program_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    assert run(monkeypatch, "ingest", "a.txt").status == 0
    lines = [line for line in PAGE.splitlines() if line.startswith("$ duban ")]
    assert len(lines) == 5
    for line in lines:
        ran = run(monkeypatch, *shlex.split(line)[2:])
        assert ran.status == 0, ran.err
    exec(compile(re.findall(r"```python\n(.*?)```", PAGE, re.S)[0], "ledger.md", "exec"), {})
    with reading(tmp_path / "registry.db") as reader:
        assert [entry.kind for entry in entries(reader)] == ["status", "proof", "undo", "verification"]


def test_the_page_lists_every_kind_and_the_hashed_columns() -> None:
    listed = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", PAGE, re.M)
    assert listed == [(record.kind, record.__name__) for record in get_args(records.Record)]
    assert ", ".join(COLUMNS[:-1]) in " ".join(PAGE.split())
