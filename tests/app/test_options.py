"""Options, help and exit statuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from commands import run
from duban.app.options import COMMANDS


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
