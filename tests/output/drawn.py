"""Measuring drawn pages: LibreOffice makes a PDF, pypdfium2 tells ink and letters in millimetres."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from duban.model.office import convert_files

MM = 25.4 / 72
#: Raster points per millimetre.
FINE = 20
PATIENCE = 120


def missing() -> str:
    """What this machine lacks for drawing pages; empty when it lacks nothing."""
    lacks = [tool for tool in ("soffice", "fc-list") if shutil.which(tool) is None]
    if not lacks:
        fonts = subprocess.run(["fc-list", ":lang=zh-cn"], check=True, capture_output=True, timeout=PATIENCE)
        if not fonts.stdout.strip():
            lacks.append("a Chinese font")
    return ", ".join(lacks)


class Letter(NamedTuple):
    """A drawn letter; its box in millimetres from the page's left and top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def draw(folder: Path, *names: str) -> list[Path]:
    """PDFs of the documents, in one start of LibreOffice."""
    return convert_files([folder / name for name in names], "pdf", folder, seconds=PATIENCE)


class Page:
    """One drawn page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.height = page.get_height() * MM
        self.width = page.get_width() * MM
        text = page.get_textpage()
        self.letters = []
        for at in range(text.count_chars()):
            word = text.get_text_range(at, 1)
            if word.strip():
                left, bottom, right, top = (value * MM for value in text.get_charbox(at))
                self.letters.append(Letter(word, left, self.height - top, right, self.height - bottom))

    @property
    def text(self) -> str:
        """All letters, blanks left out."""
        return "".join(letter.text for letter in self.letters)

    def lines(self, letter: str) -> list[int]:
        """How many of one letter stand on each line that has any, top to bottom."""
        counts = Counter(round(found.top, 1) for found in self.letters if found.text == letter)
        return [count for _, count in sorted(counts.items())]

    def ink(self, *, red: bool, box: tuple[float, float, float, float]) -> list[tuple[float, float, float]]:
        """Bands of ink inside ``box`` (left, top, right, bottom): top, bottom, widest row."""
        top = round(box[1] * FINE)
        edges = (box[0], self.height - box[3], self.width - box[2], box[1])
        image = self._page.render(scale=FINE * MM, crop=tuple(edge / MM for edge in edges)).to_pil()
        part = image.convert("RGB")
        red_band, green, _ = part.split()
        mask = green.point(lambda value: 255 if value < 128 else 0)
        if red:
            mask = mask.copy()
            mask.paste(0, mask=red_band.point(lambda value: 255 if value < 128 else 0))
        found: list[tuple[float, float, float]] = []
        start: int | None = None
        widest = 0
        for row in range(mask.height + 1):
            line = mask.crop((0, row, mask.width, row + 1)).getbbox() if row < mask.height else None
            if line:
                start = row if start is None else start
                widest = max(widest, line[2] - line[0])
            elif start is not None:
                found.append(((top + start) / FINE, (top + row) / FINE, widest / FINE))
                start, widest = None, 0
        return found


def pages(pdf: Path) -> list[Page]:
    """The pages of a PDF."""
    return [Page(page) for page in pypdfium2.PdfDocument(pdf)]
