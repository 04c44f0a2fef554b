"""docs/documents.md and docs/checklists.md: commands and Python run, the blocks are those there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest
from commands import run
from duban.app.reports import KINDS
from duban.output.official import duties, task_book, tasks

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "documents.md").read_text("utf-8")
LISTS = (ROOT / "docs" / "checklists.md").read_text("utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    notice = ROOT / "corpus" / "liaoning" / "liaoning-2021-measures.txt"
    assert run(monkeypatch, "ingest", "-q", str(notice)).status == 0
    return tmp_path


@pytest.mark.slow
def test_the_commands_of_the_page_run(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = re.findall(r"^\$ duban (report .*)$", PAGE, re.M)
    assert len(lines) >= 8
    for line in lines:
        arguments = shlex.split(line)
        ran = run(monkeypatch, *arguments)
        assert ran.status == 0, (line, ran.err)
        if "-o" in arguments:
            assert (place / arguments[arguments.index("-o") + 1]).exists(), line


def test_the_page_names_kinds_that_there_are() -> None:
    named = re.findall(r"^\| ([\u4e00-\u9fff]+) \|", PAGE, re.M)
    assert {"任务清单", "责任清单", "任务书"} <= set(named) <= set(KINDS)


@pytest.mark.parametrize(
    ("file", "blocks"),
    [
        (tasks.WORDING_FILE, tasks.BLOCKS),
        (tasks.DUTIES_FILE, tasks.DUTY_BLOCKS),
        (task_book.WORDING_FILE, task_book.BLOCKS),
        (duties.WORDING_FILE, duties.BLOCKS),
    ],
)
def test_every_block_and_variable_is_documented_and_shipped(
    file: str, blocks: Mapping[str, frozenset[str]]
) -> None:
    shipped = (ROOT / "templates" / file).read_text("utf-8")
    assert sorted(re.findall(r"{% block (\w+) %}", shipped)) == sorted(blocks)
    if file == duties.WORDING_FILE:
        table = LISTS
    else:
        table = re.split(r"^`official/", PAGE.partition(f"`{file}`")[2], flags=re.M)[0]
    told = {}
    for line in table.splitlines():
        cells = line.split("|")
        if len(cells) == 5:
            for block in re.findall(r"`(\w+)`", cells[1]):
                told[block] = set(re.findall(r"`(\w+)`", cells[3]))
    assert {block: set(names) for block, names in blocks.items()} == {
        block: names for block, names in told.items() if block in blocks
    }


def test_the_python_of_the_lists_page_runs(place: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", LISTS, re.S)
    exec(compile(code, "checklists.md", "exec"), {})
    assert (place / "省财政厅.docx").is_file()
    assert (place / "全部.docx").is_file()
    assert [path.name for path in (place / "清单").iterdir()] == ["省财政厅2021年责任清单.docx"]
