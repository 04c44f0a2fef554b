"""`duban report 通知原文`: notices of the corpus, and real ones at hand, set again with nothing lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from commands import run
from duban.app.main import main
from duban.model.folding import plain_radicals
from duban.model.registry import notices, text_of
from duban.output.official.original_lines import folded, lines_of
from duban.output.official.proof import read_document

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
CORPUS = sorted((ROOT / "corpus").glob("*/?*.txt"))
REAL = sorted((ROOT.parent / "shared" / "notices").glob("[0-9]*.txt"))


def set_again(folder: Path, files: list[Path]) -> list[str]:
    """Faults: characters of a notice that its documents lack, or that stand there more often."""
    registry = str(folder / "registry.db")
    main(["ingest", "-q", "--registry", registry, *map(str, files)])
    faults = []
    for notice in notices(registry):
        target = folder / str(notice.id)
        assert (
            main(
                ["report", "通知原文", "--notice", str(notice.id), "--registry", registry, "-o", str(target)]
            )
            == 0
        )
        said: Counter[str] = Counter()
        for path in target.glob("*.docx"):
            found = read_document(path.read_bytes())
            cells = (cell for table in found.tables for row in table for cell in row)
            said += Counter(folded("".join((*found.paragraphs, *cells))))
        wanted = Counter(folded(plain_radicals("".join(lines_of(text_of(registry, notice.id))))))
        # A headline that says title and number once more is not set twice.
        title = Counter(folded("《》" + (notice.title or "") + (notice.document_number or "")))
        lost = wanted - said
        if lost - title - title:
            faults.append(f"{notice.name}: lost {lost}")
        more = (
            said
            - wanted
            - Counter("文件原件题头网页附加的文字（）抄送印发。：")
            - Counter(notice.issuer or "")
        )
        if sum(more.values()) > 2 * len(notice.issuer or "") + 8:
            faults.append(f"{notice.name}: more {more}")
    return faults


def test_nothing_of_the_corpus_is_lost(tmp_path: Path) -> None:
    assert len(CORPUS) >= 14
    assert set_again(tmp_path, CORPUS) == []


@pytest.mark.skipif(not REAL, reason="no real notices at hand: ../shared is not there")
def test_nothing_of_the_real_notices_is_lost(tmp_path: Path) -> None:
    assert set_again(tmp_path, REAL) == []


def test_both_names_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    assert run(monkeypatch, "ingest", str(ROOT / "corpus" / "samples" / "e-table.txt")).status == 0
    for name, file in (("通知原文", "a.docx"), ("notice", "b.docx")):
        assert run(monkeypatch, "report", name, "--notice", "1", "-o", str(tmp_path / file)).status == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
