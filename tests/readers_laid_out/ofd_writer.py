"""Writes .ofd files after GB/T 33190: lines set one by one, letters by DeltaX, tables with ruled lines.

Independent of the reader: it only knows the standard's structure.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 210.0, 297.0, 28.0, 26.0, 37.0, 35.0
#: Height of a letter and of a line, in millimetres (16 pt and 28 pt).
SIZE, STEP = 5.644, 9.878
_NO_START = "，。、；：！？）〕】》”’,;:!?)]%"
_NO_END = "（〔【《“‘(["


def ofd_of(text: str, *, page_marks: bool = True) -> bytes:
    """The package of one document."""
    return package([pages_of(text, page_marks=page_marks)])


def package(
    documents: Sequence[Sequence[str]],
    *,
    extra: Iterable[tuple[str, str]] = (),
    template: str = "",
    notes: str = "",
) -> bytes:
    """A package of documents, each given as the contents of its pages; ``notes`` are the annotations on the
    first page of each."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        bodies = "".join(
            f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>{number}</ofd:DocID></ofd:DocInfo>"
            f"<ofd:DocRoot>Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>"
            for number in range(len(documents))
        )
        archive.writestr("OFD.xml", _xml(f'<ofd:OFD {NS} Version="1.1" DocType="OFD">{bodies}</ofd:OFD>'))
        for number, pages in enumerate(documents):
            used = '<ofd:TemplatePage ID="900" BaseLoc="Tpls/T.xml"/>' if template else ""
            listed = "".join(
                f'<ofd:Page ID="{100 + index}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
                for index in range(len(pages))
            )
            noted = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if notes else ""
            archive.writestr(
                f"Doc_{number}/Document.xml",
                _xml(
                    f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>"
                    f"<ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
                    f"{used}</ofd:CommonData>"
                    f"<ofd:Pages>{listed}</ofd:Pages>{noted}</ofd:Document>"
                ),
            )
            if template:
                archive.writestr(f"Doc_{number}/Tpls/T.xml", _page(template, ""))
            for index, content in enumerate(pages):
                archive.writestr(f"Doc_{number}/Pages/Page_{index}/Content.xml", _page(content, template))
            if notes:
                page = '<ofd:Page PageID="100"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>'
                archive.writestr(
                    f"Doc_{number}/Annots/Annotations.xml",
                    _xml(f"<ofd:Annotations {NS}>{page}</ofd:Annotations>"),
                )
                archive.writestr(
                    f"Doc_{number}/Annots/Page_0/Annotation.xml",
                    _xml(f"<ofd:PageAnnot {NS}>{notes}</ofd:PageAnnot>"),
                )
        for name, data in extra:
            archive.writestr(name, data)
    return stream.getvalue()


def _page(content: str, template: str) -> str:
    used = '<ofd:Template TemplateID="900" ZOrder="Background"/>' if template else ""
    layer = f'<ofd:Content><ofd:Layer ID="1">{content}</ofd:Layer></ofd:Content>'
    return _xml(f"<ofd:Page {NS}>{used}{layer}</ofd:Page>")


def _xml(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{body}'


def width_of(letter: str) -> float:
    """Half a letter's height for ASCII, all of it else."""
    return SIZE * (0.5 if letter.isascii() else 1.0)


def text_object(text: str, x: float, y: float, *, size: float = SIZE, ctm: str = "") -> str:
    """A line whose base line begins at ``x``, ``y``; letters stand by DeltaX, short where equal."""
    rooms = [width_of(letter) * size / SIZE for letter in text]
    if len(rooms) > 2 and len(set(rooms[:-1])) == 1:
        delta = f"g {len(rooms) - 1} {rooms[0]:.4f}"
    else:
        delta = " ".join(f"{room:.4f}" for room in rooms[:-1])
    attributes = f' DeltaX="{delta}"' if delta else ""
    matrix = f' CTM="{ctm}"' if ctm else ""
    boundary = f"{x:.4f} {y - size:.4f} {sum(rooms):.4f} {size * 1.2:.4f}"
    return (
        f'<ofd:TextObject ID="5" Boundary="{boundary}" Font="3" Size="{size}"{matrix}>'
        f'<ofd:TextCode X="0" Y="{size}"{attributes}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def path_object(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line."""
    boundary = f"{min(x1, x2):.4f} {min(y1, y2):.4f} {abs(x2 - x1) + 0.1:.4f} {abs(y2 - y1) + 0.1:.4f}"
    data = f"M 0 0 L {x2 - x1:.4f} {y2 - y1:.4f}"
    return (
        f'<ofd:PathObject ID="6" Boundary="{boundary}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def wrap(text: str, room: float, first: float = 0.0) -> list[str]:
    """A paragraph's lines: figures and words whole, no closing mark first, no opening one last."""
    units: list[str] = []
    for letter in text:
        joins = units and (
            letter in _NO_START
            or units[-1][-1] in _NO_END
            or (letter.isascii() and letter.isalnum() and units[-1][-1].isascii() and units[-1][-1].isalnum())
        )
        if joins:
            units[-1] += letter
        else:
            units.append(letter)
    lines, line, used = [], "", first
    for unit in units:
        wide = sum(map(width_of, unit))
        if line and used + wide > room + 0.01:
            lines.append(line)
            line, used = "", 0.0
        line += unit
        used += wide
    return [*lines, line] if line else lines


def pages_of(text: str, *, page_marks: bool = True) -> list[str]:
    """The contents of the pages that a text takes; a run of lines with bars is a ruled table."""
    sheets: list[list[str]] = [[]]
    y = TOP
    room = WIDTH - LEFT - RIGHT
    lines = [line.strip() for line in text.splitlines() if line.strip()]

    def turn(need: float) -> float:
        if y + need > HEIGHT - BOTTOM:
            sheets.append([])
            return TOP
        return y

    for line in lines:
        if "|" not in line:
            for number, part in enumerate(wrap(line, room, 2 * SIZE)):
                y = turn(STEP) + STEP
                sheets[-1].append(text_object(part, LEFT + (0 if number else 2 * SIZE), y))
            continue
        cells = [cell.strip() for cell in line.split("|")][: -1 if line.endswith("|") else None]
        widths = [20.0, room - 90.0, 70.0] if len(cells) == 3 else [room / len(cells)] * len(cells)
        wrapped = [wrap(cell, width - 4.0) for cell, width in zip(cells, widths, strict=True)]
        high = STEP * max(1, *map(len, wrapped)) + 3.0
        y = turn(high)
        x = LEFT
        for part, width in zip(wrapped, widths, strict=True):
            for number, words in enumerate(part):
                sheets[-1].append(text_object(words, x + 2.0, y + STEP * (number + 1)))
            sheets[-1].append(path_object(x, y, x, y + high))
            x += width
        sheets[-1].append(path_object(x, y, x, y + high))
        sheets[-1] += [path_object(LEFT, y, x, y), path_object(LEFT, y + high, x, y + high)]
        y += high
    if page_marks:
        for number, sheet in enumerate(sheets):
            sheet.append(text_object(f"— {number + 1} —", WIDTH / 2 - 10, HEIGHT - 20))
    return ["".join(sheet) for sheet in sheets]
