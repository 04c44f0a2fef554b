"""Reading PDFs: the project's reader against pdfplumber and pypdfium2's bare text, in one run.

``python -m bench.pdf_reading`` from the top of the repository; the files are made by LibreOffice.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pdfplumber
import pypdfium2
from duban.extract.readers import ReadOptions, read
from duban.extract.readers.pdf import read_pdf

from .checklist_docx import side_by_side
from .timing import Row, markdown, median_seconds

ROOT = Path(__file__).parent.parent
ROWS = 1000


def make_files(folder: Path) -> tuple[bytes, bytes]:
    """A plain notice of about 100 pages and a table of 1,000 rows that goes over more than 100 pages."""
    sys.path.insert(0, str(ROOT / "tests" / "readers_laid_out"))
    from office_files import converted, docx_of, table_document

    notice = (ROOT / "corpus" / "liaoning" / "liaoning-2021-measures.txt").read_text(encoding="utf-8")
    plain, table = folder / "plain.docx", folder / "table.docx"
    docx_of((notice + "\n") * 2, plain)
    head = ["序号", "目标任务", "牵头单位", "责任单位", "完成时限", "进展", "问题", "备注"]
    words = [
        "围绕群众办事优化服务流程，压减申报材料",
        "市发展改革委",
        "市财政局、市教育局（市语委办）",
        "2025年6月底前",
    ]
    rows = [
        head,
        *([str(n), f"第{n}项：{words[0]}。", *words[1:], "按序时推进", "无", ""] for n in range(1, ROWS + 1)),
    ]
    table_document(rows, table, repeat_header=True, size=9, widths=(12, 44, 22, 28, 18, 14, 10, 8))
    made = converted([plain, table], "pdf", folder)
    return made[0].read_bytes(), made[1].read_bytes()


def ours(raw: bytes) -> str:
    """The reader in this process."""
    return read_pdf(raw, "x.pdf", ReadOptions()).text


def bare_text(raw: bytes) -> str:
    """What pypdfium2 gives without boxes, lines or tables."""
    document = pypdfium2.PdfDocument(raw)
    texts = []
    for page in document:
        textpage = page.get_textpage()
        texts.append(textpage.get_text_range())
        textpage.close()
        page.close()
    document.close()
    return "\n".join(texts)


def plumbed_text(raw: bytes) -> str:
    """pdfplumber's text, pages closed as they should be."""
    texts = []
    with pdfplumber.open(io.BytesIO(raw)) as document:
        for page in document.pages:
            texts.append(page.extract_text())
            page.close()
    return "\n".join(texts)


def plumbed_tables(raw: bytes) -> list[list[str | None]]:
    """pdfplumber's tables, with the headers that each page repeats."""
    rows: list[list[str | None]] = []
    with pdfplumber.open(io.BytesIO(raw)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                rows += table
            page.close()
    return rows


def run(*, runs: int = 3) -> list[Row]:
    """All rows; none where LibreOffice is not installed."""
    if shutil.which("soffice") is None:
        print("pdf_reading needs LibreOffice (soffice); left out", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder:
        plain, table = make_files(Path(folder))
    numbers = [line.split(" | ")[0] for line in ours(table).splitlines() if " | " in line]
    if numbers != ["序号", *map(str, range(1, ROWS + 1))]:
        raise ValueError("the table's rows were not merged into one")
    pages = [len(pypdfium2.PdfDocument(raw)) for raw in (plain, table)]
    mine, isolated, bare = side_by_side(
        [lambda: ours(plain), lambda: read(plain), lambda: bare_text(plain)], rounds=2 * runs - 1
    )
    plumbed = median_seconds(lambda: plumbed_text(plain), runs=1)
    mine_table = median_seconds(lambda: ours(table), runs=runs)
    plumbed_table = median_seconds(lambda: plumbed_tables(table), runs=1)
    return [
        (f"plain PDF of {pages[0]} pages → Source", mine, "s"),
        ("the same, in the worker process", isolated, "s"),
        ("pdfplumber's text ÷ ours, plain", plumbed / mine, "×"),
        ("ours ÷ pypdfium2's bare text, plain", mine / bare, "×"),
        (f"table of {ROWS} rows, {pages[1]} pages → merged rows", mine_table, "s"),
        ("pdfplumber's tables ÷ ours", plumbed_table / mine_table, "×"),
        ("peak memory of the worker process", peak_memory(plain, table), "MB"),
    ]


def peak_memory(*files: bytes) -> float:
    """Peak resident memory in MB of a process of its own that reads the files."""
    code = (
        "import resource, sys\n"
        "from duban.extract.readers import ReadOptions\n"
        "from duban.extract.readers.pdf import read_pdf\n"
        "for size in sys.argv[1:]:\n"
        "    read_pdf(sys.stdin.buffer.read(int(size)), 'x', ReadOptions())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    sizes = [str(len(raw)) for raw in files]
    done = subprocess.run(
        [sys.executable, "-c", code, *sizes], input=b"".join(files), check=True, capture_output=True
    )
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024) / 1e6


if __name__ == "__main__":
    print(markdown(run()))
