"""Reading a .docx for checking: its paragraphs in order with their looks, its pages, footers and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from ..namespaces import RELATIONS, W
from .looks import ParagraphLook, RunLook, Styles, number
from .numbering import Numbering
from .package import Package, open_package

T = TypeVar("T")
_W = f"{{{W}}}"
_R = f"{{{RELATIONS}}}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: English metric units to a twip and to a millimetre.
EMU_PER_TWIP = 635
#: Elements whose words are not the document's any more, or twice in it.
_SKIPPED = frozenset(
    (f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText")
)


class Box(StrEnum):
    """What a paragraph stands in."""

    FLOW = "flow"
    TABLE = "table"
    TEXT_BOX = "text box"


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph of the body. ``index`` counts all of them from 1, blank ones too, as a person would."""

    index: int
    text: str
    runs: tuple[RunLook, ...]
    look: ParagraphLook
    box: Box
    section: int
    page_break: bool = False
    #: Where in its table it stands: table, row, cell from 0; None outside tables.
    cell: tuple[int, int, int] | None = None

    @property
    def words(self) -> str:
        """The text without blanks around it."""
        return self.text.strip(" \t\u3000\xa0\n")

    @property
    def blank(self) -> bool:
        """Whether nothing is to be read in it."""
        return not self.words

    @property
    def size(self) -> int:
        """Half-points of most of its characters."""
        return _most([(run.size, len(run.text.strip())) for run in self.runs], 0)

    @property
    def font(self) -> str:
        """East Asian font of most of its characters."""
        return _most([(run.font, len(run.text.strip())) for run in self.runs], "")

    @property
    def em(self) -> float:
        """Width of one character in twips."""
        return max(1, self.size) * 10.0

    @property
    def where(self) -> str:
        """The place as a message names it."""
        words = self.words
        return f"第{self.index}段“{words[:14]}{'…' if len(words) > 14 else ''}”"


def _most(weighed: Sequence[tuple[T, int]], empty: T) -> T:
    """The value with most weight, the first of equals."""
    counts: dict[T, int] = {}
    for value, weight in weighed:
        counts[value] = counts.get(value, 0) + weight
    return max(counts, key=counts.__getitem__) if counts else empty


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line and the paragraph it hangs on: ``width``, ``thickness`` in twips, colour hex or None."""

    paragraph: int
    width: float | None
    thickness: float
    colour: str | None
    #: Compound of a double line: ``thickThin``, ``thinThick``, ``double`` or "".
    compound: str = ""
    #: In a table or text box at the end: a line of the 版记.
    boxed: bool = False
    #: Drawn as the top of its paragraph: the paragraph's own line lies below it.
    above: bool = False


@dataclass(frozen=True, slots=True)
class Footer:
    """A footer: ``kind`` default, even or first; its paragraphs, and whether it holds a page number."""

    kind: str
    paragraphs: tuple[Paragraph, ...]
    numbered: bool
    #: Whether the number stands in a text box of its own.
    in_box: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Page set-up of a section. Lengths in twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    title_page: bool
    grid: str
    char_space: int
    line_pitch: int
    footers: tuple[Footer, ...]

    @property
    def landscape(self) -> bool:
        """Whether the page lies."""
        return self.width > self.height

    @property
    def text_width(self) -> int:
        """Width of the type area (版心) in twips."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of the type area (版心) in twips."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True)
class Document:
    """A document as the checks see it."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    even_and_odd: bool
    default_size: int
    fonts: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def written(self) -> tuple[Paragraph, ...]:
        """The paragraphs with words, in order."""
        return tuple(p for p in self.paragraphs if not p.blank)


def read_document(raw: bytes, name: str) -> Document:
    """The document in these bytes. Raises the errors of :func:`~.package.open_package`."""
    package = open_package(raw, name)
    return _Walk(package, name).document()


class _Walk:
    """One walk over the body in reading order."""

    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name = package, name
        self.styles = Styles(package.of_kind("styles"), package.of_kind("theme"))
        self.numbering = Numbering(package.of_kind("numbering"))
        self.paragraphs: list[Paragraph] = []
        self.lines: list[Line] = []
        self.sections: list[Section] = []
        self.tables = 0
        self.related = package.related(package.main)

    def document(self) -> Document:
        body = self.package.parts[self.package.main].find(f"{_W}body")
        last = None if body is None else body.find(f"{_W}sectPr")
        for _ in self._blocks(body, Box.FLOW, None):
            pass
        if last is not None or not self.sections:
            self.sections.append(self._section(last))
        settings = self.package.of_kind("settings")
        even = None if settings is None else settings.find(f"{_W}evenAndOddHeaders")
        return Document(
            self.name,
            tuple(self.paragraphs),
            tuple(self.sections),
            tuple(self.lines),
            even is not None and even.get(f"{_W}val") not in ("0", "false", "off"),
            self.styles.default_size(),
            frozenset(run.font for p in self.paragraphs for run in p.runs if run.font and run.text.strip()),
        )

    def _blocks(self, parent: Any | None, box: Box, cell: tuple[int, int, int] | None) -> Iterator[Paragraph]:
        for child in () if parent is None else parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child, box, cell)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child, box)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
                yield from self._blocks(child, box, cell)

    def _table(self, table: Any, box: Box) -> Iterator[Paragraph]:
        place, self.tables = self.tables, self.tables + 1
        first = len(self.paragraphs)
        inside = Box.TABLE if box is Box.FLOW else box
        for row, line in enumerate(table.iterfind(f"{_W}tr")):
            for column, cell in enumerate(line.iterfind(f"{_W}tc")):
                yield from self._blocks(cell, inside, (place, row, column))
        self._table_lines(table, first, boxed=True)

    def _paragraph(self, element: Any, box: Box, cell: tuple[int, int, int] | None) -> Iterator[Paragraph]:
        properties = element.find(f"{_W}pPr")
        for inner in _text_boxes(element):
            yield from self._blocks(inner, Box.TEXT_BOX, None)
        look = self.styles.paragraph(element)
        runs, page_break = self._runs(element)
        label = self.numbering.label(look.numbering)
        text = label + "".join(run.text for run in runs)
        found = Paragraph(
            len(self.paragraphs) + 1, text, runs, look, box, len(self.sections), page_break, cell
        )
        self.paragraphs.append(found)
        self._paragraph_lines(element, found)
        yield found
        ends = None if properties is None else properties.find(f"{_W}sectPr")
        if ends is not None:
            self.sections.append(self._section(ends))

    def _runs(self, paragraph: Any) -> tuple[tuple[RunLook, ...], bool]:
        runs: list[RunLook] = []
        page_break = False
        for run in _inner_runs(paragraph):
            text = ""
            for child in run:
                if child.tag == f"{_W}t":
                    text += child.text or ""
                elif child.tag == f"{_W}tab":
                    text += "\t"
                elif child.tag in (f"{_W}br", f"{_W}cr"):
                    page_break = page_break or child.get(f"{_W}type") == "page"
                    text += "" if child.get(f"{_W}type") == "page" else "\n"
            if text:
                runs.append(self.styles.run(paragraph, run, text))
        return tuple(runs), page_break

    def _paragraph_lines(self, element: Any, paragraph: Paragraph) -> None:
        boxed = paragraph.box is not Box.FLOW
        for edge in ("top", "bottom"):
            border = paragraph.look.borders.get(edge)
            if border is not None:
                self.lines.append(_border(border, paragraph.index, None, boxed=boxed))
        for drawing in element.iter(f"{_WP}anchor", f"{_WP}inline"):
            shape = drawing.find(f".//{_WPS}wsp")
            if shape is None or shape.find(f".//{_W}txbxContent") is not None:
                continue
            stroke = shape.find(f"{_WPS}spPr/{_A}ln")
            extent = drawing.find(f"{_WP}extent")
            if stroke is None or stroke.find(f"{_A}noFill") is not None or extent is None:
                continue
            colour = stroke.find(f"{_A}solidFill/{_A}srgbClr")
            self.lines.append(
                Line(
                    paragraph.index,
                    number(extent.get("cx")) / EMU_PER_TWIP,
                    number(stroke.get("w"), 9525) / EMU_PER_TWIP,
                    None if colour is None else colour.get("val", "").upper(),
                    stroke.get("cmpd", "").replace("sng", "").replace("dbl", "double"),
                    boxed,
                )
            )

    def _table_lines(self, table: Any, first: int, *, boxed: bool) -> None:
        """The horizontal lines of a table: those of its own borders and of its cells' tops and bottoms."""
        width = sum(number(column.get(f"{_W}w")) for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol"))
        borders = [*table.iterfind(f"{_W}tblPr/{_W}tblBorders/*")]
        for row in table.iterfind(f"{_W}tr"):
            cell = row.find(f"{_W}tc/{_W}tcPr/{_W}tcBorders")
            borders += [] if cell is None else [*cell]
        for border in borders:
            edge = border.tag.removeprefix(_W)
            if edge in ("top", "bottom", "insideH") and border.get(f"{_W}val") not in ("nil", "none"):
                self.lines.append(_border(border, first + 1, float(width), boxed=boxed))

    def _section(self, element: Any | None) -> Section:
        def of(name: str, attribute: str, default: int) -> int:
            found = None if element is None else element.find(f"{_W}{name}")
            return default if found is None else number(found.get(f"{_W}{attribute}"), default)

        grid = None if element is None else element.find(f"{_W}docGrid")
        footers = [] if element is None else [*element.iterfind(f"{_W}footerReference")]
        made = {f.kind: f for f in (self._footer(reference) for reference in footers) if f is not None}
        inherited = {f.kind: f for f in self.sections[-1].footers} if self.sections else {}
        title = None if element is None else element.find(f"{_W}titlePg")
        return Section(
            width=of("pgSz", "w", 11906),
            height=of("pgSz", "h", 16838),
            top=of("pgMar", "top", 1440),
            bottom=of("pgMar", "bottom", 1440),
            left=of("pgMar", "left", 1800),
            right=of("pgMar", "right", 1800),
            footer=of("pgMar", "footer", 720),
            title_page=title is not None and title.get(f"{_W}val") not in ("0", "false", "off"),
            grid="" if grid is None else grid.get(f"{_W}type", ""),
            char_space=0 if grid is None else number(grid.get(f"{_W}charSpace")),
            line_pitch=0 if grid is None else number(grid.get(f"{_W}linePitch")),
            footers=tuple((inherited | made).values()),
        )

    def _footer(self, reference: Any) -> Footer | None:
        target = self.related.get(reference.get(f"{_R}id", ""), ("", ""))[1]
        root = self.package.parts.get(target)
        if root is None:
            return None
        kept, self.paragraphs, lines = self.paragraphs, [], self.lines
        self.lines = []
        paragraphs = tuple(self._blocks(root, Box.FLOW, None))
        self.paragraphs, self.lines = kept, lines
        instructions = "".join(i.text or "" for i in root.iter(f"{_W}instrText"))
        simple = "".join(f.get(f"{_W}instr", "") for f in root.iter(f"{_W}fldSimple"))
        numbered = "PAGE" in f"{instructions} {simple}".replace("NUMPAGES", "").split()
        in_box = any(p.box is Box.TEXT_BOX and p.words for p in paragraphs)
        return Footer(reference.get(f"{_W}type", "default"), paragraphs, numbered, in_box)


def _border(border: Any, paragraph: int, width: float | None, *, boxed: bool) -> Line:
    colour = border.get(f"{_W}color")
    kind = border.get(f"{_W}val", "")
    compound = {"thickThinSmallGap": "thickThin", "thinThickSmallGap": "thinThick"}.get(kind, "")
    if kind.startswith(("thickThin", "thinThick")) and not compound:
        compound = kind[:9]
    if kind == "double":
        compound = "double"
    thickness = number(border.get(f"{_W}sz")) * 2.5  # eighths of a point
    hex_colour = None if colour in (None, "auto") else colour.upper()
    return Line(paragraph, width, thickness, hex_colour, compound, boxed, border.tag == f"{_W}top")


def _inner_runs(parent: Any) -> Iterator[Any]:
    """The runs of a paragraph in order, those of deleted text and of text boxes left out."""
    for child in parent:
        if child.tag == f"{_W}r":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _inner_runs(child)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored in a paragraph; a box inside a box is met in its turn."""
    for child in paragraph:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _text_boxes(child)
