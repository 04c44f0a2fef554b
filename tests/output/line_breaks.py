"""Line breaks of a PDF, and two fonts that stand in for those that a document names."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pypdfium2

#: Fonts that official documents name.
NAMED = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")


def broken_lines(pdf: bytes) -> list[list[str]]:
    """The lines of each page in the order of the file, blanks left out.

    A letter begins a line where it stands wholly above or below what the line has so far (marks stand at its
    foot or its head, differently by font), or further left than any mark is drawn back.
    """
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        lines: list[str] = []
        line = ""
        low = high = before = 0.0
        for at in range(text.count_chars()):
            word = text.get_text_range(at, 1)
            if not word.strip():
                continue
            left, bottom, _, top = text.get_charbox(at, loose=True)
            if line and (top < low or bottom > high or left < before - 12):
                lines.append(line)
                line = ""
            low, high = (min(low, bottom), max(high, top)) if line else (bottom, top)
            line += word
            before = left
        found.append([*lines, line])
    document.close()
    return found


def stand_in(folder: Path, family: str, fonts: Path) -> Path:
    """A fontconfig file that gives ``family`` for every named font; ``fonts`` is the only font folder."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match>'
        for name in NAMED
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir>"
        f"<cachedir>{folder / 'cache'}</cachedir>{rules}</fontconfig>",
        encoding="utf-8",
    )
    return path


def office_like(family: str, folder: Path) -> str | None:
    """Makes a font of ``family``'s characters, as wide as those of the fonts that documents name.

    Those have letters and digits half as wide as a character and every mark as wide as one, free fonts
    have not. Returns the new family; None where the machine lacks ``family``.
    """
    listed = subprocess.run(
        ["fc-match", "-f", "%{family}|%{file}|%{index}", f"{family}:weight=80"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    found, _, rest = listed.partition("|")
    if family not in found:
        return None
    path, _, index = rest.rpartition("|")
    from fontTools.ttLib import TTFont

    name = f"{family} Office"
    font = TTFont(io.BytesIO(Path(path).read_bytes()), fontNumber=int(index) & 0xFFFF, lazy=True,
                  recalcBBoxes=False, recalcTimestamp=False)  # fmt: skip
    em = font["head"].unitsPerEm
    metrics = font["hmtx"].metrics
    for code, glyph in font.getBestCmap().items():
        metrics[glyph] = (em // 2 if code < 0x7F else em, metrics[glyph][1])
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 16}:
            record.string = name
        elif record.nameID == 6:
            record.string = name.replace(" ", "")
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    font.save(buffer)
    font.close()
    (folder / f"{name}.otf").write_bytes(buffer.getvalue())
    return name
