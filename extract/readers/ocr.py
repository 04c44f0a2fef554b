"""Scans: a page's picture is read by an installed tesseract (chi_sim), red seals and heads taken off."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from ...model.errors import ConversionError, ProgramMissingError
from ..lifted import SCANNED
from .boxes import Box, Line, Sheet, in_reading_order

#: Dots to the inch at which a page is read; tesseract's manual recommends 300.
_DPI = 300
#: A dot is red, a seal's or a head's, when its red stands out by as much over green and blue (of 255).
_RED = 60
#: Words that tesseract is less sure of (of 100) are noise.
_LEAST_SURE = 10.0


def read_scan(page: Any, sheet: Sheet, name: str) -> Sheet:
    """The page with the lines that tesseract found. Raises ProgramMissingError, ConversionError."""
    program = shutil.which("tesseract")
    if program is None:
        raise ProgramMissingError(
            "识别扫描件需要 tesseract，没有找到",
            place=name,
            remedy="请安装 tesseract-ocr 和 tesseract-ocr-chi-sim",
        )
    picture = _without_red(page.render(scale=_DPI / 72).to_pil().convert("RGB"))
    dots = b"P5 %d %d 255\n" % picture.size + picture.tobytes()
    command = [program, "stdin", "stdout", "-l", "chi_sim", "--dpi", str(_DPI), "--psm", "3", "tsv"]
    run = subprocess.run(command, input=dots, capture_output=True)
    if run.returncode != 0:
        words = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ConversionError(
            f"tesseract 识别失败：{words[-1][:100] if words else run.returncode}",
            place=name,
            remedy="请检查是否装有中文包 chi_sim",
        )
    lines = lines_of(run.stdout.decode("utf-8", "replace"))
    return sheet._replace(part=sheet.part + SCANNED, lines=in_reading_order(lines))


def _without_red(picture: Any) -> Any:
    """The picture in grey, its red dots white."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    over = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    mask = over.point(lambda value: 255 if value > _RED else 0)
    grey = picture.convert("L")
    grey.paste(255, mask=mask)
    return grey


def lines_of(table: str) -> list[Line]:
    """The lines in tesseract's TSV: level, page, block, par, line, word, box, confidence, text."""
    scale = 72 / _DPI
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
            text += (" " if text[-1].isascii() and word[0].isascii() else "") + word
            around = around.joined(box)
        found.append(Line(text, around, around.bottom - around.top))
    return found
