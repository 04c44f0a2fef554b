"""The commands take notices of every format: folders, patterns, revisions, failures listed."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from commands import run
from word_files import dele, ins, para, word
from word_files import run as words

MADE = Path(__file__).parents[1] / "fixtures" / "notices"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as an office has it: three formats with wrong endings, a lock file, a broken file."""
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    place = tmp_path / "收文"
    (place / "旧").mkdir(parents=True)
    shutil.copy(MADE / "a-bracket-clauses.docx", place / "甲.docx")
    shutil.copy(MADE / "b-key-lines.html", place / "旧" / "乙.docx")
    shutil.copy(MADE / "e-table.xlsx", place / "丙.xlsx")
    (place / "~$甲.docx").write_bytes(b"lock")
    (place / "坏.docx").write_bytes((MADE / "a-bracket-clauses.docx").read_bytes()[:-400])
    (place / "图.jpg").write_bytes(b"\xff\xd8\xff")
    return place


def test_ingest_takes_all_and_lists_what_failed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "ingest", folder)
    assert ran.status == 1
    rows = {line.split()[0]: line.split()[1] for line in ran.out.splitlines()[1:]}
    assert {name: rows.get(name) for name in ("甲.docx", "乙.docx", "丙.xlsx")} == {
        "甲.docx": "docx",
        "乙.docx": "html",
        "丙.xlsx": "xlsx",
    }
    assert "图.jpg" not in ran.out + ran.err
    assert "~$" not in ran.out + ran.err
    assert "1 个文件没有读成" in ran.err
    assert any("E220" in line and "坏.docx" in line for line in ran.err.splitlines())
    found = json.loads(run(monkeypatch, "search", "--year", "2024", "市", "--format", "json").out)
    assert {row["notice"] for row in found} >= {"望政办〔2024〕11号"}
    again = run(monkeypatch, "ingest", folder / "甲.docx")
    assert "已登记过" in again.out


def test_patterns_are_expanded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "parse", "-q", folder / "**" / "[甲乙].docx")
    assert [json.loads(line)["source"]["format"] for line in ran.out.splitlines()] == ["html", "docx"]
    none = run(monkeypatch, "parse", folder / "*.ofd")
    assert (none.status, "没有这样的文件" in none.err) == (3, True)


@pytest.mark.parametrize("name", ["a-bracket-clauses.docx", "b-key-lines.html", "e-table.xlsx"])
def test_source_gives_the_bytes_back(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (MADE / name).read_bytes()
    assert run(monkeypatch, "parse", "-q", "--format", "source", MADE / name).raw == raw
    record = json.loads(run(monkeypatch, "parse", "-q", MADE / name).out)
    text = run(monkeypatch, "text", MADE / name).out
    assert record["source"]["sha256"] == hashlib.sha256(raw).hexdigest()
    assert record["source"]["characters"] == len(text) == record["source"]["pieces"][-1][0]
    for task in record["tasks"]:
        for party in task["parties"]:
            assert text[slice(*party["span"])] == party["text"]


def test_revisions_are_a_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "修订.docx"
    path.write_bytes(word(para(words("6月") + dele("中旬") + ins(words("底")) + words("前完成"))))
    assert run(monkeypatch, "text", path).out == "6月底前完成\n"
    for choice in ("rejected", "original"):
        assert run(monkeypatch, "text", "--revisions", choice, path).out == "6月中旬前完成\n"
    wrong = run(monkeypatch, "text", "--revisions", "some", path)
    assert (wrong.status, "E100" in wrong.err) == (2, True)


def test_a_file_from_standard_input_is_told_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (MADE / "a-bracket-clauses.docx").read_bytes()
    record = json.loads(run(monkeypatch, "parse", "-q", "-", stdin=raw).out)
    assert (record["source"]["name"], record["source"]["format"]) == ("stdin", "docx")
