"""docs/results.md: its commands run, and its blocks and variables are those of the code."""

from __future__ import annotations

import re
import shlex
import shutil
from importlib import import_module
from pathlib import Path

import progress_made
import pytest
from commands import run
from duban.app.reports import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    duban (report .*)$", PAGE, re.M)
INPUTS = Path(progress_made.__file__).parent / "golden" / "成绩.json"


def test_every_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_REGISTRY", progress_made.filled(tmp_path / "registry.db"))
    shutil.copy(INPUTS, tmp_path / "成绩.json")
    assert len(COMMANDS) == 8
    for line in COMMANDS:
        ran = run(monkeypatch, *shlex.split(line))
        assert ran.status == 0, (line, ran.err)
        assert ran.out


def test_kinds_and_their_length_guards_are_told() -> None:
    told = {
        row[0]: int(row[1].replace(",", ""))
        for row in re.findall(r"^\| (\S+) \|.*\| ([\d,]+) \|$", PAGE, re.M)
    }
    assert len(told) == 7
    assert told == {kind: KINDS[kind].most for kind in told}


def test_blocks_and_variables_are_those_of_the_code() -> None:
    parts = re.split(r"^\*\*(\S+)\*\* \(`official/(\w+)\.j2`\)$", PAGE, flags=re.M)[1:]
    assert len(parts) == 21
    for kind, file, table in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        assert KINDS[kind].module == file
        told = {}
        for blocks, variables in re.findall(r"^\| (`.*?) \| ?(.*?) ?\|$", table, re.M):
            told |= dict.fromkeys(
                re.findall(r"`(\w+)`", blocks), frozenset(re.findall(r"`(\w+)`", variables))
            )
        assert told == dict(import_module(f"duban.output.official.{file}").BLOCKS)
