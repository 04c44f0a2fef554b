"""`duban report 时间表` and `路线图`: whole, by part, by unit; without a font only the picture is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from duban.output.charts import canvas, fonts
from duban.output.official.proof import read_document
from shared_registry import CORPUS, ingested


@pytest.fixture
def registry(tmp_path: Path) -> str:
    return ingested(tmp_path, CORPUS / "samples" / "b-key-lines.txt")


@pytest.mark.parametrize("kind", ["时间表", "路线图"])
def test_every_task_is_there_whole_and_by_part(
    kind: str, registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for part in ((), ("--section", "一")):
        target = tmp_path / f"{len(part)}.docx"
        done = run(
            monkeypatch, "report", kind, "--notice", "1", *part, "--registry", registry, "-o", str(target)
        )
        assert done.status == 0, done.err
        found = read_document(target.read_bytes())
        tasks = [row for table in found.tables for row in table if row[0].isdigit()]
        counts.append(len(tasks))
        assert len(found.pictures) == (1 if fonts._installed() else 0)
    assert counts[0] == 8
    assert 0 < counts[1] < 8


def test_each_unit_has_its_own(registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "units"
    done = run(
        monkeypatch, "report", "时间表", "--notice", "1", "--all", "--registry", registry, "-o", str(folder)
    )
    assert done.status == 0, done.err
    names = {path.stem for path in folder.glob("*.docx")}
    assert "时间表-市民政局" in names
    assert len(names) >= 5


def test_without_a_font_the_document_comes_without_picture_and_it_is_told(
    registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Font",))
    fonts._installed.cache_clear()
    canvas.forget()
    target = tmp_path / "a.docx"
    try:
        done = run(
            monkeypatch, "report", "时间表", "--notice", "1", "--registry", registry, "-o", str(target)
        )
    finally:
        fonts._installed.cache_clear()
    assert done.status == 0
    assert "E430" in done.err
    assert "中文字体" in done.err
    found = read_document(target.read_bytes())
    assert found.pictures == ()
    assert found.tables
