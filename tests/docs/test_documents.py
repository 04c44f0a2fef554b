"""The documents of the project are true: their examples are run, their links and commands exist."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from commands import run
from duban.app.options import COMMANDS
from duban.extract import parse_text

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs").glob("*.md"),
]


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the README's notice, and a registry of its own."""
    (tmp_path / "notice.txt").write_text(fenced("text")[0], encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    return tmp_path


def contains(whole: Any, part: Any) -> bool:
    """Whether every key of ``part`` has the same value in ``whole``; lists have to be equal in length."""
    if isinstance(part, dict):
        return all(key in whole and contains(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(contains, whole, part))
    return bool(whole == part)


@pytest.mark.usefixtures("place")
def test_the_readme_s_record_is_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    record = json.loads(run(monkeypatch, "parse", "notice.txt").out)
    shown = json.loads(fenced("json")[0])
    assert contains(record["tasks"][0], shown)


def test_the_readme_s_commands_run(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order; where the README shows output, it is the output."""
    commands = [block for block in re.split(r"^\$ ", fenced("console")[0], flags=re.M) if block]
    assert len(commands) >= 5
    for block in commands:
        line, _, output = block.partition("\n")
        ran = run(monkeypatch, *shlex.split(line)[1:])
        assert ran.status == 0, (line, ran.err)
        if output:
            assert ran.out == output
    assert (place / "lists").is_dir()


def test_the_readme_s_python_runs() -> None:
    for block in fenced("python"):
        exec(compile(block, "README.md", "exec"), {})


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_options_exist(document: Path) -> None:
    for line in re.findall(r"duban ([a-z]+)((?: [^`\n#]*)?)", document.read_text(encoding="utf-8")):
        name, rest = line
        if name not in COMMANDS:
            continue
        known = _help_of(name)
        for option in re.findall(r"(?<![\w-])(--[a-z-]+)", rest):
            assert option in known, (name, option)


def _help_of(name: str) -> str:
    from duban.app.options import parser_of

    parser = parser_of()
    actions = [action for action in parser._actions if action.dest == "command"]
    return _whole_help(actions[0].choices[name])  # type: ignore[index]


def _whole_help(parser: argparse.ArgumentParser) -> str:
    """The help of a command, and of its actions."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return parser.format_help() + "".join(
        _whole_help(sub) for action in inner for sub in action.choices.values()
    )


def test_both_readmes_tell_the_same_commands() -> None:
    chinese = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"duban {name}" in README
        if name != "text":
            assert f"duban {name}" in chinese
    for command in ("make demo", "make test"):
        assert command in README
        assert command in chinese


def test_every_doc_string_example_holds() -> None:
    import doctest

    from duban.extract import numerals

    assert doctest.testmod(numerals).failed == 0


def test_the_readme_s_notice_has_no_diagnostic_that_needs_a_person() -> None:
    notice = parse_text(fenced("text")[0])
    assert not notice.needs_person
    assert len(notice.tasks) == 2
