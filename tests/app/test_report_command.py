"""`duban report`: a document from the registry, its preview, and what a user is told when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from duban.output.official.proof import read_document

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "a-bracket-clauses.txt"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    assert run(monkeypatch, "ingest", str(SAMPLE)).status == 0
    return tmp_path


def test_the_tasks_come_out_with_head_and_imprint(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "清单.docx"
    office = ("--issuer", "某办公厅", "--number", "某办发〔2026〕1号", "--date", "2026-01-05")
    done = run(monkeypatch, "report", "任务清单", "--notice", "1", *office, "-o", str(target))
    assert done.status == 0, done.err
    found = read_document(target.read_bytes())
    assert found.paragraphs[0] == "某办公厅文件"
    assert "2026年1月5日" in found.paragraphs
    assert found.paragraphs[-1].endswith("2026年1月5日印发")
    shown = run(monkeypatch, "report", "任务清单", "--notice", "1", "--preview")
    assert shown.status == 0
    for cells in found.tables[0]:
        assert "｜".join(cells) in shown.out


def test_a_part_that_is_not_there_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "无.docx"
    done = run(monkeypatch, "report", "任务清单", "--notice", "1", "--section", "九十九", "-o", str(target))
    assert done.status == 1
    assert "--section" in done.err
    assert not target.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--notice", "没有的通知", "--preview"), "没有通知"),
        (("--notice", "1"), "-o 要写"),
        (("--notice", "1", "--preview", "--date", "2026-13-01"), "不是日期"),
        (("--notice", "1", "--preview", "--number", "某〔2026〕1号"), "没有发文机关"),
    ],
)
@pytest.mark.usefixtures("place")
def test_what_cannot_be_made_is_explained(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    done = run(monkeypatch, "report", "任务清单", *arguments)
    assert done.status == 2
    assert words in done.err
