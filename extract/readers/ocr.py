"""Scans: a page's picture is read by an installed tesseract (chi_sim), red seals and heads taken off."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from ctypes import byref, c_float, c_uint
from typing import Any

from ...model.errors import ConversionError, ProgramMissingError
from ..lifted import SCANNED
from .boxes import Box, Line, Sheet, in_reading_order

#: Dots to the inch at which a page is read: those of its picture, since dots that are made up are read worse,
#: within these limits; tesseract's manual recommends 300.
_USUAL_DPI, _LEAST_DPI, _MOST_DPI = 300.0, 150.0, 400.0
#: A picture narrower than this, in points, is a seal or a sign.
_NARROWEST_SCAN = 200.0
#: A dot is red, a seal's or a head's, when its red stands out by as much over green and blue (of 255).
_RED = 60
#: A page that takes longer is no page of letters.
_PAGE_SECONDS = 120
#: A gap wider than this share of the letters' height parts figures and foreign words.
_GAP = 0.25
#: Words that tesseract is less sure of (of 100) are noise.
_LEAST_SURE = 5.0


def read_scan(page: Any, sheet: Sheet, name: str) -> Sheet:
    """The page with the lines that tesseract found. Raises ProgramMissingError, ConversionError."""
    program = shutil.which("tesseract")
    if program is None:
        raise ProgramMissingError(
            "识别扫描件需要 tesseract，没有找到",
            place=name,
            remedy="请安装 tesseract-ocr 和 tesseract-ocr-chi-sim",
        )
    dpi = _resolution(page)
    picture = _without_red(page.render(scale=dpi / 72).to_pil().convert("RGB"))
    dots = b"P5 %d %d 255\n" % picture.size + picture.tobytes()
    command = [program, "stdin", "stdout", "-l", "chi_sim", "--dpi", str(round(dpi)), "--psm", "3", "tsv"]
    # One thread: several wait for each other more than they help (tesseract's FAQ).
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        run = subprocess.run(command, input=dots, capture_output=True, env=environment, timeout=_PAGE_SECONDS)
    except subprocess.TimeoutExpired:
        raise ConversionError(
            f"tesseract 识别 {sheet.part} 超过 {_PAGE_SECONDS} 秒", place=name, remedy="请换用文字版"
        ) from None
    if run.returncode != 0:
        words = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ConversionError(
            f"tesseract 识别失败：{words[-1][:100] if words else run.returncode}",
            place=name,
            remedy="请检查是否装有中文包 chi_sim",
        )
    lines = in_reading_order(lines_of(run.stdout.decode("utf-8", "replace"), dpi))
    texts = with_round_brackets([line.text for line in lines])
    lines = [line._replace(text=text) for line, text in zip(lines, texts, strict=True)]
    return sheet._replace(part=sheet.part + SCANNED, lines=lines)


def _without_red(picture: Any) -> Any:
    """The picture in grey, its red dots white."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    over = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    mask = over.point(lambda value: 255 if value > _RED else 0)
    grey = picture.convert("L")
    grey.paste(255, mask=mask)
    return grey


def _resolution(page: Any) -> float:
    """Dots to the inch of the widest picture on a page."""
    import pypdfium2.raw as pdfium

    found = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        wide, high = c_uint(), c_uint()
        left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
        measured = pdfium.FPDFImageObj_GetImagePixelSize(picture.raw, byref(wide), byref(high))
        measured = measured and pdfium.FPDFPageObj_GetBounds(
            picture.raw, byref(left), byref(bottom), byref(right), byref(top)
        )
        room = right.value - left.value
        if measured and room >= _NARROWEST_SCAN:
            found = max(found, 72 * wide.value / room)
    return min(max(found, _LEAST_DPI), _MOST_DPI) if found else _USUAL_DPI


def lines_of(table: str, dpi: float) -> list[Line]:
    """The lines in tesseract's TSV: level, page, block, par, line, word, box, confidence, text."""
    scale = 72 / dpi
    words: dict[tuple[str, ...], list[tuple[str, Box]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip() or float(cells[10]) < _LEAST_SURE:
            continue
        left, top, width, height = (int(cell) * scale for cell in cells[6:10])
        box = Box(left, top, left + width, top + height)
        words.setdefault(tuple(cells[1:5]), []).append((cells[11].strip(), box))
    found = []
    for parts in words.values():
        text, around = parts[0]
        for word, box in parts[1:]:
            apart = box.left - around.right > _GAP * (box.bottom - box.top)
            text += (" " if apart and text[-1].isascii() and word[0].isascii() else "") + word
            around = around.joined(box)
        found.append(Line(text, around, around.bottom - around.top))
    return found


def with_round_brackets(texts: Sequence[str]) -> list[str]:
    """The lines of a page with ( for each 〈 and 《 that a round bracket closes: tesseract mistakes them."""
    letters = [list(text) for text in texts]
    opened: list[tuple[int, int]] = []
    for row, line in enumerate(letters):
        for column, letter in enumerate(line):
            if letter in "(（〈《":
                opened.append((row, column))
            elif letter in ")）〉》" and opened:
                at, place = opened.pop()
                if letter in ")）" and letters[at][place] in "〈《":
                    letters[at][place] = "("
    return ["".join(line) for line in letters]
