"""Rendering: a .docx set by LibreOffice, and what its pages show, measured in millimetres."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...model.errors import ConversionError, ReadTimeoutError
from ...model.office import convert, office
from ...model.office_pdfs import pdfs
from ..lengths import MM_PER_POINT
from .colours import is_red

#: Seconds that setting a document may take.
PATIENCE = 120
#: Bytes of memory that a document may take, beside what LibreOffice takes itself.
MEMORY = 2 << 30


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page: its ink in millimetres from the page's upper left corner; ``size`` in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    red: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line on a page: millimetres; ``y`` is its middle."""

    left: float
    right: float
    y: float
    thickness: float
    red: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came out."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]

    @property
    def text(self) -> str:
        """The page's characters without blanks."""
        return "".join(glyph.text for glyph in self.glyphs if not glyph.text.isspace())


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document's pages, and the fonts that they are set in."""

    pages: tuple[Page, ...]
    fonts: frozenset[str]


class CannotRenderError(Exception):
    """Why a document cannot be set here; the message is shown to the user, rules stay 未核验."""


def render(raw: bytes) -> Rendered:
    """Set a document and measure it. Raises CannotRenderError, never leaves files behind."""
    _able()
    try:
        pdf = convert(raw, ".docx", "pdf", "document.docx", seconds=PATIENCE, memory=MEMORY)
    except ReadTimeoutError:
        raise CannotRenderError(f"LibreOffice 在 {PATIENCE} 秒内没有排完") from None
    except (ConversionError, OSError):
        raise CannotRenderError("LibreOffice 没有排成，没有生成文件") from None
    return measure(pdf)


def render_all(
    documents: Sequence[tuple[str, bytes]], *, done: Callable[[int], None] = lambda _: None
) -> list[Rendered | CannotRenderError]:
    """Set many documents (name, bytes), several in each call of LibreOffice, and measure them.

    What cannot be set has its reason in its place. ``done`` hears how many more are set.
    """
    try:
        _able()
        found = pdfs(documents, seconds=PATIENCE, memory=MEMORY, tagged=False, done=done)
    except CannotRenderError as error:
        return [error] * len(documents)
    failed = CannotRenderError("LibreOffice 没有排成，没有生成文件")
    return [failed if pdf is None else measure(pdf) for pdf in found.made]


def _able() -> None:
    """Raise CannotRenderError where this machine cannot set Chinese pages."""
    if office() is None:
        raise CannotRenderError("没有安装 LibreOffice")
    if not _has_chinese_font():
        raise CannotRenderError("没有安装中文字体，排版结果不可信")


@cache
def _has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return True  # not a system with fontconfig; the fonts found in the PDF will tell
    found = subprocess.run([lister, ":lang=zh-cn"], check=False, capture_output=True, timeout=PATIENCE)
    return bool(found.stdout.strip())


def measure(pdf: bytes) -> Rendered:
    """The pages of a PDF as glyphs and horizontal lines."""
    import pypdfium2

    fonts: set[str] = set()
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = tuple(_page(document[index], fonts) for index in range(len(document)))
    finally:
        document.close()
    return Rendered(pages, frozenset(fonts))


def _page(page: Any, fonts: set[str]) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        glyphs = tuple(_glyphs(text, height, fonts))
    finally:
        text.close()
    return Page(width * MM_PER_POINT, height * MM_PER_POINT, glyphs, tuple(_rules(page, height)))


def _glyphs(text: Any, height: float, fonts: set[str]) -> list[Glyph]:
    import pypdfium2.raw as pdfium

    found = []
    colour = [ctypes.c_uint() for _ in range(4)]
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (0, 10, 13) or code > 0x10FFFF:
            continue
        left, bottom, right, top = text.get_charbox(index)
        pdfium.FPDFText_GetFillColor(text, index, *(ctypes.byref(part) for part in colour))
        if pdfium.FPDFText_GetFontInfo(text, index, buffer, 256, ctypes.byref(flags)):
            fonts.add(buffer.value.decode("utf-8", "replace").rpartition("+")[2])
        size = pdfium.FPDFText_GetFontSize(text, index)
        found.append(
            Glyph(
                chr(code),
                left * MM_PER_POINT,
                (height - top) * MM_PER_POINT,
                right * MM_PER_POINT,
                (height - bottom) * MM_PER_POINT,
                size,
                is_red(*(part.value for part in colour[:3])),
            )
        )
    return found


def _rules(page: Any, height: float) -> list[Rule]:
    """The page's horizontal lines: paths wider than 20 mm and lower than 2 mm."""
    import pypdfium2.raw as pdfium

    found = []
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=5):
        left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
        if (right - left) * MM_PER_POINT < 20 or (top - bottom) * MM_PER_POINT > 2:
            continue
        stroke = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(stroke))
        fill, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroked))
        parts = [ctypes.c_uint() for _ in range(4)]
        of = pdfium.FPDFPageObj_GetStrokeColor if stroked.value else pdfium.FPDFPageObj_GetFillColor
        of(item, *(ctypes.byref(part) for part in parts))
        thickness = stroke.value if stroked.value else top - bottom
        middle = height - (top + bottom) / 2
        found.append(
            Rule(
                left * MM_PER_POINT,
                right * MM_PER_POINT,
                middle * MM_PER_POINT,
                thickness * MM_PER_POINT,
                is_red(*(p.value for p in parts[:3])),
            )
        )
    return sorted(found, key=lambda rule: rule.y)
