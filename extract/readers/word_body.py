"""The body of a Word part as lines in reading order: paragraphs, tables, boxes, controls, tracked changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from .lines import SPANNED_CELL, Line, as_power, lines_of_rows, one_line
from .math import MATH, formula
from .numbering import VAL, Numbering, W, is_on
from .plain_tables import PlainTable
from .styles import Styles
from .symbols import shown_symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TBL, _TR, _TC, _R, _T, _PPR, _RPR = (
    W + name for name in ("p", "tbl", "tr", "tc", "r", "t", "pPr", "rPr")
)
_TCPR, _TRPR, _DEL_TEXT, _BOX = (W + name for name in ("tcPr", "trPr", "delText", "txbxContent"))
_ALTERNATE, _CHOICE, _FALLBACK = (_MC + name for name in ("AlternateContent", "Choice", "Fallback"))
#: Elements that only wrap what the page shows.
_WRAPPERS = frozenset(
    W + name
    for name in (
        "sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby",
        "rubyBase",
    )
)  # fmt: skip
_INSERTED = frozenset((W + "ins", W + "moveTo"))
_DELETED = frozenset((W + "del", W + "moveFrom"))
_OPENED = _WRAPPERS | _INSERTED | _DELETED
_TEXTS = frozenset((_T, _DEL_TEXT))
#: Run content that is one character each.
_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_PICTURES = frozenset((W + "drawing", W + "pict", W + "object", _ALTERNATE))


class Changes(NamedTuple):
    """Which side of the tracked changes is read."""

    inserted: bool
    deleted: bool

    def drops(self, tag: object) -> bool:
        """Whether what an element of this tag wraps is left out."""
        return (tag in _INSERTED and not self.inserted) or (tag in _DELETED and not self.deleted)

    def drops_marked(self, properties: _Element | None) -> bool:
        """Whether a paragraph mark or table row with these properties is left out."""
        if properties is None:
            return False
        return any(self.drops(child.tag) for child in properties)


#: ``original`` is Word's name for the view of a text before its changes: what rejecting them all gives.
CHANGES = {
    "accepted": Changes(inserted=True, deleted=False),
    "rejected": Changes(inserted=False, deleted=True),
    "original": Changes(inserted=False, deleted=True),
}


class WordBody:
    """Reads one part. Lists count on from part to part; ``notes`` are the notes referred to, in order.

    ``plain`` are tables that were cut out of the part, by the empty ones that stand for them.
    """

    def __init__(
        self,
        numbering: Numbering,
        styles: Styles,
        changes: Changes,
        plain: Mapping[_Element, PlainTable] = MappingProxyType({}),
    ) -> None:
        self._plain = plain
        self._numbering = numbering
        self._styles = styles
        self._changes = changes
        self._paragraph = -1
        self._run = 0
        self._line: Line = []
        self._boxes: list[_Element] = []
        self._hidden = False  # the paragraph's style hides its text
        self._in_cell = False  # of a table of several columns
        self._carried: tuple[Line, _Element | None] | None = None
        self.notes: list[tuple[str, str]] = []

    def lines(self, container: _Element) -> list[Line]:
        """The lines of a body, cell, box or note. A table of several columns gives one line a row."""
        found: list[Line] = []
        outer, self._carried = self._carried, None
        self._blocks(container, found)
        left = self._take_carried()
        if left is not None and left[0]:
            found.append(left[0])
        self._carried = outer
        return found

    def _take_carried(self) -> tuple[Line, _Element | None] | None:
        """The paragraph whose mark is left out and which therefore goes on in the next one."""
        carried, self._carried = self._carried, None
        return carried

    def _blocks(self, container: _Element, found: list[Line]) -> None:
        for child in container:
            tag = child.tag
            if tag == _P:
                self._read_paragraph(child, found)
            elif tag == _TBL:
                found += self._table(child)
            elif tag == _ALTERNATE:
                self._blocks(_chosen(child), found)
            elif tag in _OPENED and not self._changes.drops(tag):
                self._blocks(child, found)

    def _read_paragraph(self, paragraph: _Element, found: list[Line]) -> None:
        self._paragraph += 1
        number = self._paragraph
        self._run = 0
        outer_line, outer_boxes = self._line, self._boxes
        line: Line = []
        boxes: list[_Element] = []
        self._line, self._boxes = line, boxes
        properties = paragraph.find(_PPR)
        outer_hidden, self._hidden = self._hidden, self._is_hidden(properties, "pStyle")
        for child in paragraph.iterchildren():
            tag = child.tag
            if tag == _R:
                self._read_run(child)
            elif tag != _PPR:
                self._inline_one(child, tag)
        self._line, self._boxes = outer_line, outer_boxes
        hidden, self._hidden = self._hidden and not line and not boxes, outer_hidden
        mark = None if properties is None else properties.find(_RPR)
        carried = self._take_carried()
        joined = mark is not None and self._changes.drops_marked(mark)
        if carried is not None and carried[0]:
            line, properties = carried[0] + line, carried[1]
        if hidden and not joined:  # nor is its number shown
            if line:
                found.append(line)
        elif joined:
            self._carried = (line, properties)
        else:
            label = self._label(properties)
            if label:
                line.insert(0, (label, (number,), True))
            found.append(line)
        for box in boxes:
            found += self.lines(box)

    def _is_hidden(self, properties: _Element | None, kind: str) -> bool:
        """Whether the style that these properties name (``kind``: pStyle or rStyle) hides text."""
        if not self._styles.hidden or properties is None:
            return False
        style = properties.find(W + kind)
        return style is not None and style.get(VAL) in self._styles.hidden

    def _label(self, properties: _Element | None) -> str:
        """The number that Word shows before a paragraph, with the blank behind it."""
        if properties is not None and not self._changes.inserted:
            before = properties.find(f"{W}pPrChange/{_PPR}")
            numbered = properties.find(W + "numPr")
            if before is not None:
                properties = before
            elif numbered is not None and numbered.find(W + "ins") is not None:
                return ""
        listed = self._styles.list_of(properties)
        return "" if listed is None else "".join(self._numbering.label(*listed))

    def _inline(self, container: _Element) -> None:
        for child in container:
            self._inline_one(child, child.tag)

    def _inline_one(self, child: _Element, tag: str) -> None:
        if tag == _R:
            self._read_run(child)
        elif tag == _ALTERNATE:
            self._inline(_chosen(child))
        elif tag in MATH:
            self._formula(child)
        elif tag in _OPENED and not self._changes.drops(tag):
            self._inline(child)

    def _formula(self, element: _Element) -> None:
        where = (self._paragraph, self._run)
        self._run += 1
        self._line += [(text, where, generated) for text, generated in formula(element)]

    def _read_run(self, run: _Element) -> None:
        where = (self._paragraph, self._run)
        self._run += 1
        if self._hidden and run.find(_RPR) is None:
            return
        for child in run:
            tag = child.tag
            if tag in _TEXTS:
                text = child.text
                if text:
                    if text.isdecimal() and _is_raised(run):
                        text = as_power(self._line, text)
                    self._line.append((text, where, False))
            elif tag == _RPR:
                vanish = child.find(W + "vanish")
                if is_on(vanish) or (vanish is None and (self._hidden or self._is_hidden(child, "rStyle"))):
                    return
            elif tag in _CHARACTERS:
                if child.get(W + "type") not in ("page", "column"):
                    self._line.append((_CHARACTERS[tag], where, False))
            elif tag == W + "sym":
                self._symbol(child, where)
            elif tag in _PICTURES:
                self._find_boxes(child)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], child.get(W + "id", "")))
            elif tag == W + "ruby":
                self._inline(child)

    def _symbol(self, symbol: _Element, where: tuple[int, ...]) -> None:
        code = symbol.get(W + "char", "")
        if len(code) <= 5 and all(sign in "0123456789abcdefABCDEF" for sign in code) and code:
            self._line.append((shown_symbol(int(code, 16), symbol.get(W + "font", "")), where, False))

    def _find_boxes(self, element: _Element) -> None:
        if element.tag == _BOX:
            self._boxes.append(element)
            return
        for child in _chosen(element) if element.tag == _ALTERNATE else element:
            self._find_boxes(child)

    def _table(self, table: _Element) -> list[Line]:
        plain = self._plain.get(table)
        if plain is not None:
            if self._styles.list_of(None) is None and not self._in_cell:
                lines, self._paragraph = plain.lines(self._paragraph)
                return lines
            table = plain.tree()
        rows: list[list[list[Line]]] = []
        inside, self._in_cell = self._in_cell, self._in_cell or _is_wide(table)
        self._rows(table, rows)
        self._in_cell = inside
        if inside:  # bars would be taken for borders of the outer table
            return [one_line(line for cell in row for line in cell) for row in rows]
        return lines_of_rows(rows, (max(0, self._paragraph),))

    def _rows(self, container: _Element, rows: list[list[list[Line]]]) -> None:
        for child in container:
            tag = child.tag
            if tag == _TR:
                properties = child.find(_TRPR)
                if not self._changes.drops_marked(properties) and not _is_hidden_row(properties):
                    cells: list[list[Line]] = []
                    before = None if properties is None else properties.find(W + "gridBefore")
                    if before is not None:
                        cells += [[] for _ in range(_count(before, 0))]
                    self._cells(child, cells)
                    rows.append(cells)
            elif tag == _ALTERNATE:
                self._rows(_chosen(child), rows)
            elif tag in _OPENED and not self._changes.drops(tag):
                self._rows(child, rows)

    def _cells(self, container: _Element, cells: list[list[Line]]) -> None:
        for child in container:
            tag = child.tag
            if tag == _TC:
                properties = child.find(_TCPR)
                merge = span = None
                if properties is not None:
                    merge, span = properties.find(W + "vMerge"), properties.find(W + "gridSpan")
                content = self.lines(child)
                if merge is not None and merge.get(VAL, "continue") != "restart":
                    content = [SPANNED_CELL]  # shown once, in the row where the merged cell begins
                cells.append(content)
                if span is not None:
                    cells += [[] for _ in range(_count(span, 1) - 1)]
            elif tag in _WRAPPERS:
                self._cells(child, cells)


def _is_raised(run: _Element) -> bool:
    raised = run.find(f"{_RPR}/{W}vertAlign")
    return raised is not None and raised.get(VAL) == "superscript"


def _is_hidden_row(properties: _Element | None) -> bool:
    return properties is not None and is_on(properties.find(W + "hidden"))


def _is_wide(table: _Element) -> bool:
    """Whether a row of a table has several cells, be they wrapped in controls."""
    rows = table.iterchildren(_TR)
    return any(sum(child.tag == _TC or child.tag in _WRAPPERS for child in row) > 1 for row in rows)


#: Word tables have at most 63 columns.
_MOST_COLUMNS = 63


def _count(element: _Element | None, default: int) -> int:
    text = "" if element is None else element.get(VAL, "")
    return min(int(text), _MOST_COLUMNS) if text.isdecimal() else default


def _chosen(alternate: _Element) -> _Element:
    """The first choice, which every Word since 2010 shows; else the fallback. Never both."""
    choice = alternate.find(_CHOICE)
    if choice is None:
        choice = alternate.find(_FALLBACK)
    return alternate if choice is None else choice
