"""Release: a prepared document is composed, read again and proven, then written or shown."""

from __future__ import annotations

from pathlib import Path

from ...output.files import unique_stems
from ...output.official.compose import compose
from ...output.official.proof import prove, read_document
from ...output.official.settings import Settings
from ..text_table import one_line
from .job import Prepared


def proven(prepared: Prepared, settings: Settings, most: int | None) -> bytes:
    """The .docx, once everything in it was found to be what the registry says now.

    ``most`` is the length guard of its text. Raises ProofError, TemplateError.
    """
    made = compose(prepared.document, settings)
    prove(made, prepared.again(), most=most)
    return made


def show(made: bytes) -> None:
    """Print a document's paragraphs and tables, each on a line, rows of cells set apart by ``｜``."""
    found = read_document(made)
    for text in found.paragraphs:
        print(one_line("".join(text.splitlines())))
    for table in found.tables:
        for cells in table:
            print(one_line("｜".join(cells)))


def files_of(prepared: list[Prepared], output: str) -> list[Path]:
    """Where each document goes: ``output`` itself for one, else files by name in that folder."""
    if output.lower().endswith(".docx"):
        return [Path(output)]
    return [Path(output) / f"{stem}.docx" for stem in unique_stems(one.name for one in prepared)]
