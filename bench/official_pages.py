"""Official documents: made and proven, set as PDF and measured, 20 together and one by one in turns."""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path
from time import perf_counter

from duban.app.main import main
from duban.model.office import office
from duban.output.checker.rendering import CannotRenderError, render, render_all

from .timing import Row

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
COUNT = 20
#: Kinds of documents by unit, and those of the whole notices.
OFFICE = ("--issuer", "某省人民政府办公厅", "--number", "某政办发〔2021〕5号", "--date", "2021-07-01")


def documents(folder: Path) -> list[tuple[str, bytes]]:
    """Twenty documents of four kinds from the two notices of the corpus."""
    registry = str(folder / "registry.db")
    made = folder / "made"
    _quietly("ingest", "--registry", registry, *map(str, sorted((CORPUS / "liaoning").glob("*.txt"))))
    _quietly("report", "通知原文", "--notice", "1", "--registry", registry, "-o", str(made / "0.docx"))
    for notice in "12":
        for kind in ("任务清单", "时间表", "路线图"):
            for part in "三四":
                path = made / f"{notice}-{part}-{kind}.docx"
                _quietly("report", kind, "--notice", notice, "--section", part, "--registry", registry,
                         *OFFICE, "-o", str(path))  # fmt: skip
    _quietly("report", "路线图", "--notice", "2", "--all", "--registry", registry, *OFFICE, "-o", str(made))
    return [(path.name, path.read_bytes()) for path in sorted(made.glob("*.docx"))][:COUNT]


def run() -> list[Row]:
    """Seconds for all, and how much longer one call of LibreOffice for each takes."""
    if office() is None:
        print("LibreOffice is not installed: pages are not set")
        return []
    with tempfile.TemporaryDirectory() as name:
        start = perf_counter()
        made = documents(Path(name))
        making = perf_counter() - start
    start = perf_counter()
    together = render_all(made)
    seconds = perf_counter() - start
    unset = [one for one in together if isinstance(one, CannotRenderError)]
    if unset:
        raise RuntimeError(f"{len(unset)} documents were not set: {unset[0]}")
    pages = sum(len(one.pages) for one in together if not isinstance(one, CannotRenderError))
    start = perf_counter()
    for _, raw in made:
        render(raw)
    alone = perf_counter() - start
    return [
        (f"official documents: {COUNT} of {pages} pages, set and measured together", seconds, "s"),
        (f"the same {COUNT}, one call of LibreOffice each", alone, "s"),
        ("one call each / together", alone / seconds, "×"),
        ("official documents: notices read, more than 20 made and proven", making, "s"),
    ]


def _quietly(*arguments: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        status = main(arguments)
    if status not in {0, 1}:
        raise RuntimeError(f"duban {' '.join(arguments)}: exit status {status}")
