"""PDF beside each document that was written, where LibreOffice is installed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...model.errors import ProgramMissingError
from ...model.office_pdfs import pdfs
from ...output.files import write_whole
from ..console import counter, say, show_failures
from ..text_table import one_line

#: Seconds that one document may take, and bytes of memory beside what LibreOffice takes itself.
_SECONDS, _MEMORY = 120.0, 2 << 30


def write_pdfs(files: Sequence[Path], made: Sequence[bytes]) -> int:
    """Write the PDF of each document beside its .docx; exit status: 1 where some could not be made.

    The documents themselves are written by then. Raises OutputError.
    """
    documents = [(str(path), data) for path, data in zip(files, made, strict=True)]
    with counter(len(documents), "生成 PDF") as done:
        try:
            found = pdfs(documents, seconds=_SECONDS, memory=_MEMORY, done=done)
        except ProgramMissingError as error:
            say(str(error))
            return 1
    for path, data in zip(files, found.made, strict=True):
        if data is not None:
            target = path.with_suffix(".pdf")
            write_whole(target, data)
            print(one_line(str(target)))
    show_failures(found.failures)
    return 1 if found.failures else 0
