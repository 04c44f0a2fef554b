"""Every command that is about one notice reads it in any format; wrong input is told in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import run

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "corpus" / "liaoning" / "liaoning-2018-assessment.txt"
WORD = ROOT / "tests" / "fixtures" / "notices" / "liaoning-2018-assessment.docx"
#: English words that libraries and the system use in their messages.
ENGLISH = re.compile(r"(?i)no such|expecting|not a zip|denied|invalid|stands|none|error|traceback")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("explain", "--task", "51"), marks=pytest.mark.slow),
        ("score", "counts", "--rules", "liaoning-2018", "--notice"),
        ("rules", "draft"),
    ],
    ids=" ".join,
)
def test_a_word_file_says_what_its_text_says(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    of_text, of_word = run(monkeypatch, *command, TEXT), run(monkeypatch, *command, WORD)
    assert of_word.status == of_text.status
    assert of_word.out.count("\n") == of_text.out.count("\n") > 5
    if command[0] != "rules":  # a draft names its file and its sha256
        assert of_word.out == of_text.out


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("parse", "cut.docx"), 3, "可能不完整"),
        (("check", "cut.docx"), 3, "处理办法"),
        (("units", "check", "missing.toml"), 3, "没有这个文件或文件夹"),
        (("units", "check", "empty.txt"), 3, "名录是空的"),
        (("units", "suggest", "missing.txt"), 3, "没有这个文件"),
        (("score", "--rules", "liaoning-2018", "--inputs", "empty.txt"), 3, "不是 JSON"),
        (("score", "nope"), 2, "'rounds')"),
        (("rules", "check", "broken.toml"), 3, "第 1 行第 5 字处"),
        (("rules", "draft", "cut.docx"), 3, "cut.docx"),
        (("explain", "--task", "1", "."), 2, "个文件"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_input_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...], status: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    Path("cut.docx").write_bytes(WORD.read_bytes()[:900])
    Path("empty.txt").write_bytes(b"")
    Path("broken.toml").write_text("a = = 1\n", encoding="utf-8")
    ran = run(monkeypatch, *words)
    assert ran.status == status
    assert told in ran.err
    assert not ENGLISH.search(ran.err)


def test_a_list_in_use_is_not_held_against_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ran = run(monkeypatch, "units", "check", ROOT / "corpus" / "units" / "liaoning.toml")
    assert ran.status == 0
    assert "没有错误" in ran.err
