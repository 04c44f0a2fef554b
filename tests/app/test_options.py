"""Options, help and exit statuses."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run
from duban.app.options import COMMANDS
from duban.app.reading_options import read_options

ROOT = Path(__file__).parents[2]
HAN = re.compile("[\u4e00-\u9fff]")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


@pytest.mark.parametrize("arguments", [[], ["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_in_chinese_and_english(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from duban.app.options import parser_of

    if not arguments:
        text = parser_of().format_help()
    else:
        with pytest.raises(SystemExit) as ended:
            parser_of().parse_args(arguments)
        assert ended.value.code == 0
        text = capsys.readouterr().out
    assert "显示帮助 / show this help" in text
    assert "退出码 / exit status: 0" in text


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["parse"],
        ["parse", "x.txt", "--format", "xml"],
        ["search", "--role", "boss"],
        ["search"],
        ["search", "--limit", "0", "x"],
        ["search", "--due-before", "June", "x"],
        ["checklist", "-o", "x"],
        ["checklist", "--all"],
        ["checklist", "--all", "--unit", "x", "-o", "y"],
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, *arguments)
    assert ran.status == 2
    assert ran.err.startswith("duban: [E100]")
    assert "Traceback" not in ran.err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    from duban.app.options import parser_of

    with pytest.raises(SystemExit):
        parser_of().parse_args(["--version"])
    assert capsys.readouterr().out == f"duban {version('duban')}\n"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """`duban text big.txt | head -1` ends quietly."""
    big = tmp_path / "big.txt"
    big.write_text("各单位要抓好落实。\n" * 200_000, encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "duban.app.main", "text", str(big)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.read(10)
    child.stdout.close()
    errors = child.stderr.read()
    child.stderr.close()
    assert child.wait() == 0
    assert errors == b""


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """All options of a command and of the commands inside it."""
    found: set[str] = set()
    for action in parser._actions:
        found.update(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                found |= options_of(inner)
    return found


def test_every_option_that_a_message_speaks_of_exists() -> None:
    known: set[str] = set()
    for _, build in COMMANDS.values():
        command = argparse.ArgumentParser()
        build(command)
        known |= options_of(command)
    spoken = {
        option
        for room in ("app", "extract", "model", "output", "score")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value)
        for option in OPTION.findall(node.value)
    }
    assert len(spoken) > 20
    assert spoken - known == set()


def test_commands_that_read_notices_have_the_options_that_readers_name() -> None:
    for name in ("text", "parse", "ingest", "explain"):
        command = argparse.ArgumentParser()
        COMMANDS[name][1](command)
        assert {"--encoding", "--revisions", "--ocr", "--timeout", "--memory"} <= options_of(command), name


@pytest.mark.parametrize(
    ("arguments", "limits"),
    [
        ([], (60.0, 1 << 30)),
        (["--ocr"], (1800.0, 1 << 30)),
        (["--ocr", "--timeout", "90"], (90.0, 1 << 30)),
        (["--timeout", "300", "--memory", "2048"], (300.0, 1 << 31)),
    ],
)
def test_limits_of_reading_are_what_is_asked_for(arguments: list[str], limits: tuple[float, int]) -> None:
    command = argparse.ArgumentParser()
    COMMANDS["parse"][1](command)
    asked = read_options(command.parse_args(["x", *arguments]))
    assert (asked.seconds, asked.memory) == limits


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "永远", "86401"])
def test_limits_that_are_none_are_wrong_usage(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "parse", f"--timeout={value}", "x.txt")
    assert (ran.status, "不是 1 至 86400 的整数" in ran.err) == (2, True)
