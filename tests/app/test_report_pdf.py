"""`duban report --pdf`: a PDF beside each document, or word of why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from drawn import missing, pages

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "a-bracket-clauses.txt"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    assert run(monkeypatch, "ingest", str(SAMPLE)).status == 0
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(bool(missing()), reason=f"no PDF is made: this machine lacks {missing()}")
def test_every_document_has_its_pdf(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, "report", "时间表", "--notice", "1", "--all", "--pdf", "-o", str(place / "out"))
    assert done.status == 0, done.err
    made = sorted((place / "out").glob("*.docx"))
    assert len(made) >= 2
    for path in made:
        pdf = path.with_suffix(".pdf")
        assert str(pdf) in done.out
        assert "时间表" in "".join(page.text for page in pages(pdf))


def test_without_libreoffice_the_documents_are_there_and_it_is_told(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(place))
    target = place / "a.docx"
    done = run(monkeypatch, "report", "任务清单", "--notice", "1", "--pdf", "-o", str(target))
    assert done.status == 1
    assert "LibreOffice" in done.err
    assert target.is_file()
    assert not target.with_suffix(".pdf").exists()


def test_a_preview_makes_no_pdf(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, "report", "任务清单", "--notice", "1", "--pdf", "--preview")
    assert done.status == 2
    assert place.is_dir()
