"""PDF: text with boxes through pdfium; no text layer is told, or read by an installed tesseract on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model import Source
from ...model.errors import DamagedError, EncryptedError, InflatedError, NoTextError
from .registry import Reader, ReadOptions

if TYPE_CHECKING:
    from .boxes import Sheet

#: A notice with its annexes has some hundred pages.
MOST_PAGES = 2_000
#: The head may have other bytes before it (ISO 32000-1 annex H, note 13).
_HEAD = 1024


def is_pdf(raw: bytes) -> bool:
    """Whether the head of a PDF stands in the first kilobyte."""
    return b"%PDF-" in raw[:_HEAD]


def read_pdf(raw: bytes, name: str, options: ReadOptions) -> Source:
    """The Source of a PDF; pieces tell page and box.

    Raises DamagedError, EncryptedError, InflatedError for an absurd number of pages, NoTextError for scans.
    """
    from .laid_out import source_of

    sheets = _sheets(raw, name, options)
    if not any(sheet.lines or any(any(table.texts) for table in sheet.tables) for sheet in sheets):
        raise NoTextError(
            "PDF 里没有文字层（是扫描件或图片）",
            place=name,
            remedy="请换用文字版；或安装 tesseract 及中文包 chi_sim 后加 --ocr 再读，结果须人工核对",
        )
    return source_of(sheets, name, "pdf", raw)


def _sheets(raw: bytes, name: str, options: ReadOptions) -> list[Sheet]:
    import pypdfium2

    from .open_tables import OpenTables
    from .pdf_page import last_line_number, read_page, set_upright

    document = _open(raw, name)
    tables = OpenTables(raw)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise InflatedError(
                f"PDF 声明有 {count} 页，超过上限 {MOST_PAGES} 页",
                place=name,
                remedy="这不像通知，请检查文件",
            )
        sheets: list[Sheet] = []
        for index in range(count):
            try:
                page = document[index]
                textpage = page.get_textpage()
                if set_upright(page, textpage):
                    textpage.close()
                    textpage = page.get_textpage()
            except pypdfium2.PdfiumError as error:
                raise DamagedError(
                    f"第 {index + 1} 页已损坏，读不出来", place=name, remedy="请重新下载或传送，或换一份"
                ) from error
            last = last_line_number(sheets[-1]) if sheets else 0
            sheet = read_page(page, textpage, f"page {index + 1}", last=last)
            grids = tables.find(index, sheet)
            if grids:
                sheet = read_page(page, textpage, sheet.part, grids, last=last)
            if tables.missed:
                sheet = sheet._replace(remark="有表头而没有框线，分不出栏，按行读出")
            if options.ocr and sheet.pictured and not sheet.lines:
                from .ocr import read_scan

                sheet = read_scan(page, sheet, name)
            sheets.append(sheet)
            textpage.close()
            page.close()
    finally:
        document.close()
    return sheets


def _open(raw: bytes, name: str) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedError("PDF 加了密码", place=name, remedy="请先去掉密码再读") from error
        raise DamagedError(
            "PDF 不完整或已损坏，打不开", place=name, remedy="请重新下载或传送，或换一份"
        ) from error


READER = Reader("pdf", "PDF", (".pdf",), is_pdf, read_pdf, isolated=True)
