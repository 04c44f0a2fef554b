"""PDF of many documents by LibreOffice: several in each call, calls side by side, each in its own profile."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .errors import ConversionError, DubanError, ProgramMissingError, ReadTimeoutError
from .office import call, office, results

#: Calls of LibreOffice side by side, documents in one call, and seconds that each further one may take.
_WORKERS, _TOGETHER, _MORE_SECONDS = 4, 10, 20.0
#: The filter that makes PDF with the document's structure, so that screen readers find their way.
_TAGGED_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


@dataclass(frozen=True, slots=True)
class Pdfs:
    """The PDF of each document in their order, None where it failed, and why those failed."""

    made: tuple[bytes | None, ...]
    failures: tuple[DubanError, ...]


def pdfs(
    documents: Sequence[tuple[str, bytes]],
    *,
    seconds: float,
    memory: int,
    workers: int | None = None,
    tagged: bool = True,
    done: Callable[[int], None] = lambda _: None,
) -> Pdfs:
    """The .docx documents (name, bytes) as PDF files, several in each call of LibreOffice.

    ``tagged``: with the documents' structure, for screen readers; a little slower.

    Up to ``workers`` calls (the machine's cores, at most four) run side by side, each in a profile of its
    own: calls that share one lose files without a word. A document without result is tried again alone,
    another one of its call may have brought LibreOffice down. ``seconds`` is the limit of a single document.
    ``done`` hears how many more are ready. Raises ProgramMissingError.
    """
    program = office()
    if program is None:
        raise ProgramMissingError(
            "没有找到 LibreOffice，没有生成 PDF",
            remedy="请安装 LibreOffice（libreoffice-writer），或在 Word、WPS 里另存为 PDF",
        )
    most = workers or min(os.cpu_count() or 1, _WORKERS)
    kind = _TAGGED_PDF if tagged else "pdf"

    def rendered(part: Sequence[int]) -> dict[int, bytes | DubanError]:
        some = [documents[at] for at in part]
        made = _pdfs_of(program, some, kind, seconds, memory)
        if len(part) > 1:
            made = [
                _pdfs_of(program, [one], kind, seconds, memory)[0] if isinstance(found, DubanError) else found
                for one, found in zip(some, made, strict=True)
            ]
        done(len(part))
        return dict(zip(part, made, strict=True))

    found: dict[int, bytes | DubanError] = {}
    # Threads: the work is LibreOffice's, in processes of its own.
    with ThreadPoolExecutor(max_workers=most) as pool:
        for made in pool.map(rendered, _parts([len(raw) for _, raw in documents], most)):
            found |= made
    in_order = [found[at] for at in range(len(documents))]
    return Pdfs(
        tuple(None if isinstance(one, DubanError) else one for one in in_order),
        tuple(one for one in in_order if isinstance(one, DubanError)),
    )


def _parts(sizes: Sequence[int], workers: int) -> list[list[int]]:
    """Places of the documents in parts of like size in all, as many as keep the workers busy alike."""
    count = -(-len(sizes) // _TOGETHER)
    count = min(len(sizes), -(-count // workers) * workers)
    parts: list[tuple[int, list[int]]] = [(0, []) for _ in range(count)]
    for at in sorted(range(len(sizes)), key=lambda one: (-sizes[one], one)):
        lightest = min(range(count), key=lambda one: (parts[one][0], len(parts[one][1])))
        size, places = parts[lightest]
        parts[lightest] = (size + sizes[at], [*places, at])
    return [places for _, places in parts]


def _pdfs_of(
    program: str, part: Sequence[tuple[str, bytes]], kind: str, seconds: float, memory: int
) -> list[bytes | DubanError]:
    """One call for all documents of a part; a document without result has its error."""
    with tempfile.TemporaryDirectory(prefix="duban-") as folder:
        work = Path(folder)
        given = [work / f"{at}.docx" for at in range(len(part))]
        for path, (_, raw) in zip(given, part, strict=True):
            path.write_bytes(raw)
        limit = seconds + _MORE_SECONDS * (len(part) - 1)
        failed: DubanError | None = None
        try:
            made = call(program, given, kind, work / "out", part[0][0], seconds=limit, memory=memory)
        except ReadTimeoutError as error:
            failed, made = error, results(given, kind, work / "out")
        return [
            path.read_bytes()
            if path is not None
            else failed or ConversionError("LibreOffice 没有排成 PDF", place=name)
            for path, (name, _) in zip(made, part, strict=True)
        ]
