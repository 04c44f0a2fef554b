"""Makes notices as offices have them: .docx by python-docx, .pdf and .doc of it by LibreOffice, and .ofd.

``python tests/readers_laid_out/office_files.py FOLDER`` writes all corpus notices in the three formats.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from duban.extract.reading import read_text
from duban.model.office import convert_files, office

ROOT = Path(__file__).parent.parent.parent
#: The corpus notices.
NOTICES = (
    "liaoning/liaoning-2018-assessment",
    "liaoning/liaoning-2021-measures",
    "samples/a-bracket-clauses",
    "samples/b-key-lines",
    "samples/c-one-line",
    "samples/d-verb-clauses",
    "samples/e-table",
    "samples/f-targets-and-measures",
    "samples/g-two-documents",
    "samples/h-odd-brackets",
    "samples/i-pdf-lines",
    "samples/j-site-page",
    "samples/k-gb18030-crlf",
    "samples/k-utf16-bom",
)
#: Fonts that are drawn wide as Chinese official documents are; the first that is installed.
FONT = "Noto Serif CJK SC"


def text_of(notice: str) -> str:
    """The text of a corpus notice."""
    path = ROOT / "corpus" / f"{notice}.txt"
    return read_text(path.read_bytes(), path.name).text


def need_libreoffice() -> None:
    """The test is skipped aloud where LibreOffice, or a Chinese font, is not installed."""
    if office() is None:
        pytest.skip("needs LibreOffice (soffice)")
    if (
        shutil.which("fc-list") is None
        or FONT not in subprocess.run(["fc-list"], capture_output=True, text=True).stdout
    ):
        pytest.skip(f"needs the font {FONT}")


def docx_of(text: str, path: Path, *, page_marks: bool = True, header: str = "") -> None:
    """A Word file as offices make it (GB/T 9704): A4, letters of 16 pt, indented paragraphs, ruled tables."""
    document = _document()
    section = document.sections[0]
    if page_marks:
        _page_mark(section.footer.paragraphs[0])
    if header:
        section.header.paragraphs[0].text = header
    lines = text.splitlines()
    index = 0
    while index < len(lines):
        if "|" in lines[index]:
            end = index
            while end < len(lines) and "|" in lines[end]:
                end += 1
            _table(document, [row_of(line) for line in lines[index:end]])
            index = end
            continue
        if lines[index].strip():
            paragraph = document.add_paragraph(lines[index].strip())
            paragraph.paragraph_format.first_line_indent = Pt(32)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        index += 1
    document.save(str(path))


def row_of(line: str) -> list[str]:
    """The cells of a row; a closing bar makes no cell of its own."""
    cells = [cell.strip() for cell in line.split("|")]
    return cells[:-1] if line.rstrip().endswith("|") else cells


def _document() -> Any:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(28), Pt(0)
    return document


def _page_mark(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    paragraph.add_run(" —")


def _table(
    document: Any, rows: Sequence[Sequence[str]], *, spans: Sequence[tuple[int, int, int, int]] = ()
) -> Any:
    """A ruled table; rows shorter than the widest are merged over the rest; ``spans``: cells to be merged."""
    width = max(len(row) for row in rows)
    table = document.add_table(len(rows), width)
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        cells = table.rows[number].cells
        for column, words in enumerate(row):
            cells[column].text = words
    for top, left, bottom, right in spans:
        table.cell(top, left).merge(table.cell(bottom, right))
    return table


def table_document(
    rows: Sequence[Sequence[str]],
    path: Path,
    *,
    spans: Sequence[tuple[int, int, int, int]] = (),
    repeat_header: bool = False,
    size: float = 12,
    widths: Sequence[float] = (),
) -> Any:
    """A Word file that holds one table; widths in millimetres."""
    document = _document()
    document.styles["Normal"].font.size = Pt(size)
    document.styles["Normal"].paragraph_format.line_spacing = Pt(1.5 * size)
    _page_mark(document.sections[0].footer.paragraphs[0])
    table = _table(document, rows, spans=spans)
    if widths:
        table.autofit = False
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
    if repeat_header:
        properties = table.rows[0]._tr.get_or_add_trPr()
        element = OxmlElement("w:tblHeader")
        element.set(qn("w:val"), "true")
        properties.append(element)
    document.save(str(path))
    return document


def converted(paths: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The files in another format, by LibreOffice."""
    need_libreoffice()
    return convert_files(paths, kind, folder, seconds=240)


def main(folder: Path) -> None:
    """All notices in all formats."""
    from ofd_writer import ofd_of

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for notice in NOTICES:
        path = folder / f"{Path(notice).name}.docx"
        docx_of(text_of(notice), path)
        paths.append(path)
        path.with_suffix(".ofd").write_bytes(ofd_of(text_of(notice)))
    converted(paths, "pdf", folder)
    converted(paths, "doc", folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
