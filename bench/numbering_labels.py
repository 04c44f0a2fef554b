"""Labels of Word's automatic numbers: how many of the fixtures each reader of .docx shows exactly.

``python -m bench numbering_labels``; the fixtures and their labels are in tests/readers/numbering_cases.py.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

from duban.extract.readers import read

from .timing import Row

READERS = Path(__file__).resolve().parents[1] / "tests" / "readers"


def by_duban(raw: bytes) -> list[str]:
    """The lines that duban reads."""
    return read(raw, "a.docx").text.splitlines()


def by_python_docx(raw: bytes) -> list[str]:
    """The paragraphs' texts."""
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(raw)).paragraphs]


def by_docx2python(raw: bytes) -> list[str]:
    """The lines of the body."""
    from docx2python import docx2python

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of each number format that it lacks
        with docx2python(io.BytesIO(raw)) as document:
            return [line for line in document.text.splitlines() if line.strip()]


def by_mammoth(raw: bytes) -> list[str]:
    """The lines of its raw text."""
    import mammoth

    return [line for line in mammoth.extract_raw_text(io.BytesIO(raw)).value.splitlines() if line.strip()]


PEERS: dict[str, Callable[[bytes], list[str]]] = {
    "duban": by_duban,
    "python-docx": by_python_docx,
    "docx2python": by_docx2python,
    "mammoth": by_mammoth,
}


def labels(lines: list[str]) -> list[str]:
    """What stands before the text 文 of each line, blanks aside."""
    return [line.strip().removesuffix("文").strip() for line in lines if line.strip()]


def run() -> list[Row]:
    """Fixtures of which every label is exact, and exact labels, in percent."""
    sys.path.insert(0, str(READERS))
    try:
        from numbering_cases import CASES
        from word_files import word
    finally:
        sys.path.remove(str(READERS))
    rows: list[Row] = []
    total = sum(len(case.labels) for case in CASES)
    for name, reader in PEERS.items():
        whole = exact = 0
        for case in CASES:
            found = labels(reader(word(case.body, **case.parts)))
            whole += found == case.labels
            if len(found) == len(case.labels):
                exact += sum(map(str.__eq__, found, case.labels))
        rows.append((f"numbering: {name}, fixtures exact of {len(CASES)}", whole, "fixtures"))
        rows.append((f"numbering: {name}, labels exact of {total}", 100 * exact / total, "%"))
    return rows
