"""The notices that tests may read: the corpus, and the shared collection where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
#: Real notices of many issuers; not part of the repository.
SHARED = ROOT.parent / "shared"
LIAONING = {
    2018: CORPUS / "liaoning" / "liaoning-2018-assessment.txt",
    2021: CORPUS / "liaoning" / "liaoning-2021-measures.txt",
}
CORPUS_FILES = sorted((*CORPUS.glob("samples/*.txt"), *LIAONING.values()))
SHARED_FILES = sorted((SHARED / "notices").glob("*.txt"))

each_file = pytest.mark.parametrize("path", [*CORPUS_FILES, *SHARED_FILES], ids=lambda path: path.stem)


def liaoning(year: int) -> str:
    """The text of one of the two Liaoning notices."""
    return LIAONING[year].read_text(encoding="utf-8")


def skip_without(folder: Path, what: str) -> None:
    """Skip a test, aloud, where the shared collection is not at hand."""
    if not folder.exists():
        pytest.skip(
            f"{what} not at hand: {folder.relative_to(ROOT.parent)} does not stand beside the repository"
        )
