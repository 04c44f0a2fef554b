"""Coverage-guided fuzzing of the readers with atheris: ``python tests/fuzz/readers.py FORMAT [SECONDS]``.

atheris is installed by name (``pip install atheris``); it is not made for every system, so the tests do not
require it. It changes the bytes that the reader looks at: for packages, one part of XML, which is packed
again; half of the changes are libFuzzer's, half leave XML well-formed. What a reader raises must be an
InputError; anything else is told with its traceback, and its input is kept in ``build/fuzz/FORMAT``. A file
that takes more than 20 seconds, or 1 GB, ends the run.
"""

from __future__ import annotations

import functools
import random
import sys
import traceback
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
for folder in ("tests/readers", "tests/readers_laid_out", "tests", "."):
    sys.path.insert(0, str(ROOT / folder))

with atheris.instrument_imports(include=["duban.extract", "duban.model"]):
    from duban.extract.readers import ReadOptions, csv_tables, docx, html, ofd, pdf, xlsx
    from duban.model.errors import InputError

    for module in ("open_tables", "pdf_page", "laid_out", "joiner", "ofd_page", "word_body", "plain_tables"):
        __import__(f"duban.extract.readers.{module}")

import test_mutated_files as mutated  # noqa: E402
from ofd_writer import ofd_of  # noqa: E402
from word_files import package, parts_of  # noqa: E402

OPTIONS = ReadOptions()


def _parts(raw: bytes) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@functools.cache
def _around(form: str) -> tuple[dict[str, bytes], str]:
    """A good package, and the name of the part that is changed."""
    if form == "ofd":
        parts = _parts(ofd_of("一、任务\n1.修桥。\n序号 | 任务 | 责任单位 |\n1 | 铺路 | 市财政局 |\n"))
        return parts, next(name for name in parts if name.endswith("Content.xml"))
    if form == "xlsx":
        parts = _parts((mutated.MADE / "e-table.xlsx").read_bytes())
        return parts, "xl/worksheets/sheet1.xml"
    inside = {"numbering": "<w:abstractNum/>", "styles": "<w:style/>"}
    parts = {name: bytes(str(part), "utf-8") for name, part in parts_of("<w:p/>", **inside).items()}
    return parts, {"docx": "word/document.xml", "numbering": "word/numbering.xml"}[form]


def _packed(form: str, data: bytes) -> bytes:
    parts, name = _around(form)
    return package({**parts, name: data})


def _seeds(form: str) -> list[bytes]:
    """What the changes begin with."""
    if form in ("docx", "numbering"):
        name = {"docx": "word/document.xml", "numbering": "word/numbering.xml"}[form]
        return [_parts(raw)[name] for raw in mutated._word() if name in _parts(raw)]
    if form in ("ofd", "xlsx"):
        parts, name = _around(form)
        return [parts[name]]
    if form == "csv":
        return ["序号,任务,责任单位,完成时限\n1,修桥。,市交通局,6月底前\n".encode()]
    return [*mutated.SEEDS[form](), *([mutated.open_table()] if form == "pdf" else [])]


TARGETS: dict[str, Callable[[bytes], object]] = {
    "docx": lambda data: docx.read(_packed("docx", data), "x", OPTIONS),
    "numbering": lambda data: docx.read(_packed("numbering", data), "x", OPTIONS),
    "xlsx": lambda data: xlsx.READER.read(_packed("xlsx", data), "x", OPTIONS),
    "ofd": lambda data: ofd.READER.read(_packed("ofd", data), "x", OPTIONS),
    "html": lambda data: html.READER.read(data, "x", OPTIONS),
    "csv": lambda data: csv_tables.READER.read(data, "x", OPTIONS),
    "pdf": lambda data: pdf.READER.read(data, "x", OPTIONS),
}


def main() -> None:
    """Fuzz one format for so many seconds (300)."""
    form = sys.argv[1]
    seconds = sys.argv[2] if len(sys.argv) > 2 else "300"
    folder = ROOT / "build" / "fuzz" / form
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds(form)):
        (corpus / f"seed{number}").write_bytes(seed)
    known: set[str] = set()

    def once(data: bytes) -> None:
        try:
            TARGETS[form](data)
        except InputError:
            return
        except Exception as error:  # noqa: BLE001 - any other exception is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} {last.filename}:{last.lineno}"
            if place not in known:
                known.add(place)
                kept = folder / f"found-{sha256(data).hexdigest()[:12]}"
                kept.write_bytes(data)
                sys.stderr.write(f"{kept}\n{''.join(traceback.format_exception(error))}\n")

    def changed(data: bytes, most: int, seed: int) -> bytes:
        source = random.Random(seed)
        if form in ("pdf", "csv") or not data or source.random() < 0.5:
            return atheris.Mutate(data, most)
        try:
            made = (mutated._tags_moved if form == "html" else mutated._grafted)(data, source)
        except ValueError:  # a name that lxml takes from a file, but not from us
            return atheris.Mutate(data, most)
        return made if len(made) <= most else data

    arguments = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=1024",
        "-max_len=30000",
        "-verbosity=1",
    ]
    atheris.Setup(
        [sys.argv[0], *arguments, f"-artifact_prefix={folder}/", str(corpus)], once, custom_mutator=changed
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
