"""Plain tables of Word files, which large ones are, cut out of a part and read without a tree of elements.

A table of 1,000 rows and 8 columns has 50,000 elements; making them takes longer than all that is read of
them. Between its 8,000 texts, though, stand few different runs of tags. So the table's XML is split at the
ends of its texts, and each run of tags is understood once. That holds only where nothing but rows, cells,
paragraphs, runs and texts stands there, each where the format has it (ECMA-376-1 §17.3, §17.4); all else is
left to the tree.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ...model.errors import InputError
from ...model.packages import has_too_many_tags, parse_xml
from .lines import Line, lines_of_rows
from .numbering import W

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Names that make a table more than rows of text; elements of other vocabularies do, too.
_NOT_PLAIN = frozenset(
    (
        "delText", "sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo",
        "ruby", "rubyBase", "ins", "moveTo", "del", "moveFrom", "tab", "ptab", "br", "cr", "noBreakHyphen",
        "footnoteReference", "endnoteReference", "drawing", "pict", "object", "sym", "vMerge", "gridSpan",
        "gridBefore", "vanish", "numPr", "pStyle", "rStyle", "hidden", "vertAlign",
    )
)  # fmt: skip
_OPENING, _CLOSING = b"<w:tbl>", b"</w:tbl>"
#: The way to a text, and the signs by which what begins on it is told.
_WAY = ("tbl", "tr", "tc", "p", "r")
_SIGNS = {"tbl": "", "tr": "=", "tc": "|", "p": "p", "r": "r"}
#: What parts two cells of one paragraph and one run each.
_NEXT_CELL = "|pr"


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table that was cut out: its XML, which stands for itself, and its texts.

    With each text's bytes goes what begins before it (``=|pr``: a row, a cell, a paragraph, a run); last
    comes what begins behind the last text, with no bytes.
    """

    xml: bytes
    texts: tuple[tuple[str, bytes], ...]

    def lines(self, paragraph: int) -> tuple[list[Line], int]:
        """Its lines, as WordBody gives them, and the number of its last paragraph; ``paragraph`` is that of
        the last one before it."""
        run = 0
        rows: list[list[list[Line]]] = []
        cells: list[list[Line]] = []
        lines: list[Line] = []
        line: Line = []
        for signs, text in self.texts:
            if signs == _NEXT_CELL:
                paragraph += 1
                run = 0
                line = []
                lines = [line]
                cells.append(lines)
            else:
                for sign in signs:
                    if sign == "r":
                        run += 1
                    elif sign == "p":
                        paragraph += 1
                        run = -1
                        line = []
                        lines.append(line)
                    elif sign == "|":
                        lines = []
                        cells.append(lines)
                    else:
                        cells = []
                        rows.append(cells)
            if text:
                line.append(
                    (text.decode() if b"&" not in text else _unescaped(text), (paragraph, run), False)
                )
        return lines_of_rows(rows, (max(0, paragraph),)), paragraph

    def tree(self) -> _Element:
        """Its elements, after all."""
        return parse_xml(self.xml, "")


def without_plain_tables(data: bytes, place: str) -> tuple[_Element, dict[_Element, PlainTable]]:
    """The root of a part's XML, in which a table that was cut out is an empty element, and these tables.

    Raises the errors of :func:`parse_xml`.
    """
    short, mark, tables = _cut(data)
    root = parse_xml(short, place)
    if not tables:
        return root, {}
    found = (table for table in root.iter(W + "tbl") if mark in table.attrib)
    return root, dict(zip(found, tables, strict=True))


def _cut(data: bytes) -> tuple[bytes, str, list[PlainTable]]:
    """XML with empty tables for those that were cut out, the attribute by which they are known, and they."""
    kept: list[bytes] = []
    tables: list[PlainTable] = []
    at, end = 0, -1
    root = _root_of(data)
    opening = b"" if root is None else b"<w:tbl%b>" % b"".join(_names().findall(root))
    start = -1 if root is None else data.find(_OPENING)
    while start >= 0:
        if end < start + len(_CLOSING):
            end = data.find(_CLOSING, start) + len(_CLOSING)
            if end < len(_CLOSING):
                break
        following = data.find(_OPENING, start + 1)
        if not start < following < end:
            texts = _texts_of(data[start:end], opening)
            if texts is not None:
                kept.append(data[at:start])
                tables.append(PlainTable(opening + data[start + len(_OPENING) : end], texts))
                at = end
        start = following
    if not tables:
        return data, "", []
    kept.append(data[at:])
    # a name that the rest does not hold: nobody knows a text that holds its own hash
    mark = "cut" + hashlib.sha256(b"".join(kept)).hexdigest()
    return f'<w:tbl {mark}=""/>'.encode().join(kept), mark, tables


@cache
def _root_tag() -> re.Pattern[bytes]:
    name = re.escape(W[1:-1].encode())
    attribute = rb'''\s+[\w:.-]+="[^"<]*"'''
    return re.compile(
        rb"""(?:\xef\xbb\xbf)?(?:<\?xml((?:\s+[a-z]+=["'][\w.-]*["'])*)\s*\?>\s*)?"""
        rb"""<w:[A-Za-z]+(?:%b)*?\s+xmlns:w="%b"(?:%b)*\s*>""" % (attribute, name, attribute)
    )


@cache
def _tag() -> re.Pattern[bytes]:
    """A tag of WordprocessingML, with attributes in double quotes, as programs write them."""
    return re.compile(rb"""\s*<(/?)w:([A-Za-z]+)(?:\s+[\w:.-]+="[^"<]*")*\s*(/?)>\s*""")


@cache
def _own_numbers() -> re.Pattern[bytes]:
    """The numbers that Word gives each paragraph, no two alike: [MS-DOCX] w14:paraId, w14:textId."""
    return re.compile(rb' w14:(?:paraId|textId)="[0-9A-F]{8}"')


@cache
def _names() -> re.Pattern[bytes]:
    return re.compile(rb'\s+xmlns(?::[\w.-]+)?="[^"<]*"')


def _root_of(data: bytes) -> bytes | None:
    """The root's start tag, if ``<w:tbl>`` can be nothing but the start tag of a table.

    So it is in UTF-8 without comments, CDATA, instructions and entities of its own, with one prefix ``w``,
    and without line ends that a parser would change.
    """
    if (
        any(sign in data for sign in (b"\0", b"<!", b"\r"))
        or data.rfind(b"<?") > 3
        or has_too_many_tags(data)
    ):
        return None
    root = _root_tag().match(data)
    if root is None or data.count(b"xmlns:w=") != 1:
        return None
    declared = (root[1] or b"").lower()
    return root[0] if b"encoding" not in declared or b"utf-8" in declared else None


def _is_well_formed(opening: bytes, tags: Iterable[bytes], texts: Iterable[bytes]) -> bool:
    """Whether the parser takes these start tags and texts, which stand where they may, as it finds them."""
    single = (tag if tag.endswith(b"/>") else tag[:-1] + b"/>" for tag in sorted(tags))
    try:
        parse_xml(b"".join((opening, *single, b" ".join(texts), _CLOSING)), "")
    except InputError:
        return False
    return True


def _texts_of(xml: bytes, opening: bytes) -> tuple[tuple[str, bytes], ...] | None:
    """The texts of a table with what begins before them; None where it is no plain one.

    ``opening`` is its start tag with the names that are declared around it.
    """
    numbered = b"xmlns:w14=" in opening
    met: set[bytes] = set()
    chunks = xml.split(b"</w:t>")
    last = chunks.pop()
    known: dict[bytes, str] = {}
    found: list[tuple[str, bytes]] = []
    before: tuple[str, ...] = ()
    for chunk in chunks:
        tags, begun, text = chunk.rpartition(b"<w:t>")
        if not begun or b"<" in text:
            tags, begun, text = chunk.rpartition(b'<w:t xml:space="preserve">')
        if not begun or b"<" in text:
            return None
        signs = known.get(tags)
        if signs is None:
            bare = _own_numbers().sub(b"", tags) if numbered else tags
            signs = known.get(bare) or _signs(bare, before, _WAY, met)
            if signs is None:
                return None
            known[bare] = signs
        found.append((signs, text))
        before = _WAY
    signs = _signs(last, before, (), met)
    if signs is None or not _is_well_formed(opening, met, (text for _, text in found)):
        return None
    return (*found, (signs, b""))


def _signs(tags: bytes, before: tuple[str, ...], behind: tuple[str, ...], met: set[bytes]) -> str | None:
    """The signs of what begins in a run of tags; the elements that are open are those of ``before``, then of
    ``behind``. None where it is not that simple. ``met`` takes the start tags."""
    signs = ""
    stack = list(before)
    at = 0
    while at < len(tags):
        tag = _tag().match(tags, at)
        if tag is None:
            return None
        at = tag.end()
        closing, name, closed = tag[1], tag[2].decode("ascii"), tag[3]
        if name in _NOT_PLAIN or (closing and closed):
            return None
        if closing:
            if not stack or stack.pop() != name:
                return None
            continue
        met.add(tag[0].strip())
        if name in _SIGNS:
            if tuple(stack) != _WAY[: _WAY.index(name)]:
                return None
            signs += _SIGNS[name]
        if not closed:
            stack.append(name)
    return signs if tuple(stack) == behind else None


def _unescaped(text: bytes) -> str:
    """A text with entities, read as the tree would be."""
    found = parse_xml(b"<t>" + text + b"</t>", "").text
    return found or ""
