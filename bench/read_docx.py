"""Reading a Word table of 1,000 rows and 8 columns: duban against python-docx and a bare walk with lxml."""

from __future__ import annotations

import io
import zipfile

import docx
from duban.extract.readers import ReadOptions, read
from duban.extract.readers.docx import READER
from duban.model.collector import collector_paused
from lxml import etree

from .checklist_docx import side_by_side
from .timing import Row

ROWS, COLUMNS = 1_000, 8
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table_file() -> bytes:
    """A Word file with the table, made by python-docx of one copied row."""
    document = docx.Document()
    table = document.add_table(1, COLUMNS)
    for at, cell in enumerate(table.rows[0].cells):
        cell.text = f"推进第{at}项河道治理任务落实，6月底前完成。"
    first = table.rows[0]._tr
    for _ in range(ROWS - 1):
        first.addnext(etree.fromstring(etree.tostring(first), first.getroottree().parser))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def by_duban(raw: bytes) -> int:
    """Characters that duban's reader reads, in this process as the others."""
    with collector_paused():
        return READER.read(raw, "a.docx", ReadOptions()).characters


def by_duban_isolated(raw: bytes) -> int:
    """The same from the process that is stopped at its limits, as users have it: JSON there and back."""
    return read(raw, "a.docx").characters


def by_python_docx(raw: bytes) -> int:
    """Characters of all cells with ``rows`` and ``cells``, as python-docx's manual has it."""
    document = docx.Document(io.BytesIO(raw))
    return sum(len(cell.text) for row in document.tables[0].rows for cell in row.cells)


def by_lxml(raw: bytes) -> int:
    """Characters of all cells by a bare walk: row, cell, paragraph, text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    count = 0
    for row in root.iter(_W + "tr"):
        for cell in row.iter(_W + "tc"):
            count += len(
                "\n".join("".join(t.text or "" for t in p.iter(_W + "t")) for p in cell.iter(_W + "p"))
            )
    return count


def run() -> list[Row]:
    """Medians and ratios of one run."""
    raw = table_file()
    if not by_lxml(raw) == by_python_docx(raw) < by_duban(raw):
        raise RuntimeError("the readers do not read the same table")
    ours, isolated, walk, peer = side_by_side(
        [
            lambda: by_duban(raw),
            lambda: by_duban_isolated(raw),
            lambda: by_lxml(raw),
            lambda: by_python_docx(raw),
        ],
        rounds=9,
    )
    name = f"docx table of {ROWS:,}×{COLUMNS}"
    return [
        (f"{name}: duban", ours * 1000, "ms"),
        (f"{name}: duban, in its process with limits", isolated * 1000, "ms"),
        (f"{name}: bare lxml walk", walk * 1000, "ms"),
        (f"{name}: python-docx rows/cells", peer * 1000, "ms"),
        (f"{name}: python-docx / duban", peer / ours, "×"),
        (f"{name}: duban / bare lxml walk", ours / walk, "×"),
    ]
