"""Word files (.docx, .docm): text as Word shows it, with its numbers; macros stay closed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from ...model import Source
from ...model.errors import DamagedError, EmptyError, UsageError
from ...model.packages import Package, entry_names, parse_xml, transitional
from ..document_numbers import own_number
from ..page import Page
from .builder import TextBuilder
from .lines import INVISIBLE, Line, add_lines, without_invisible
from .numbering import Numbering, W
from .plain_tables import without_plain_tables
from .registry import Reader, ReadOptions
from .styles import Styles, without_other_styles
from .word_body import CHANGES, WordBody

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: What Word shows of other files: objects of other programs, documents joined by reference, diagrams.
_UNREAD = frozenset(
    (
        "{urn:schemas-microsoft-com:office:office}OLEObject",
        W + "altChunk",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    )
)
_CONTENT_TYPES = "[Content_Types].xml"


def sniff(raw: bytes) -> bool:
    """Whether these bytes are a package with a Word part."""
    names = entry_names(raw)
    return _CONTENT_TYPES in names and any(name.startswith("word/") for name in names)


def read(raw: bytes, name: str, options: ReadOptions) -> Source:
    """The text of a Word file; pieces tell part, paragraph and run (from 0, in the order of the part).

    First the document number where a header holds it, then the body; notes, other headers and footers stand
    aside at the end. Raises the errors of :class:`Package`, EmptyError, and UsageError for an unknown
    ``options.revisions``.
    """
    if options.revisions not in CHANGES:
        raise UsageError(f"没有 {options.revisions} 这种修订选项", remedy=f"可写 {'、'.join(CHANGES)}")
    source = _source(Package(raw, name), raw, options)
    if INVISIBLE.search(source.text):  # seldom: to look for them in all of the XML costs each file a fifth
        source = _source(_Visible(raw, name), raw, options)
    return source


class _Visible(Package):
    """A package whose parts hold no characters that no page shows."""

    def read(self, name: str) -> bytes:
        return without_invisible(super().read(name))


def _source(package: Package, raw: bytes, options: ReadOptions) -> Source:
    name = package.label
    main = _related(package, "", "officeDocument")
    if main is None:
        raise DamagedError("文件不完整，找不到正文", place=name, remedy="请在 Word 里打开后另存一份再读")
    root, plain = without_plain_tables(_data(package, main), f"{package.label} 中的 {main}")
    body = root.find(W + "body")
    if body is None:
        raise DamagedError("文件不完整，正文是空的", place=name, remedy="请在 Word 里打开后另存一份再读")
    parts = _parts(package, main)
    numbering = Numbering(_optional(package, parts, "numbering"))
    styles = Styles(_styles(package, parts), numbering)

    def reader_of() -> WordBody:
        return WordBody(numbering, styles, CHANGES[options.revisions])

    reader = WordBody(numbering, styles, CHANGES[options.revisions], plain)
    lines = reader.lines(body)
    builder = TextBuilder()
    margins = _margins(package, parts, reader_of)
    for part, found in margins:
        if _holds_number(found):
            add_lines(builder, found, part)
    add_lines(builder, lines, main)
    _add_notes(builder, package, parts, reader)
    for part, found in margins:
        if not _holds_number(found):
            add_lines(builder, found, part, aside=True)
    unread = sum(1 for _ in root.iter(*_UNREAD))
    if unread:
        told = f"[{main}：有 {unread} 个嵌入的对象或文档，其中的文字没有读出]"
        builder.add(told + "\n", main, generated=True, aside=True)
    try:
        return builder.source(name, "docx", raw)
    except EmptyError as error:
        if not unread:
            raise
        raise EmptyError(
            "正文全是嵌入的对象或文档，没有读出", place=name, remedy="请在 Word 里打开后另存一份再读"
        ) from error


def _xml(package: Package, part: str) -> _Element:
    return parse_xml(_data(package, part), f"{package.label} 中的 {part}")


def _data(package: Package, part: str) -> bytes:
    return transitional(package.read(part))


def _relations(package: Package, part: str) -> list[tuple[str, str]]:
    """Kind and part of a part's relationships; those that lead out of the package are left out."""
    folder, base = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{base}.rels")
    if file not in package:
        return []
    found = []
    for relation in package.xml(file).iter(_RELATION):
        if relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
        if target in package:
            found.append((relation.get("Type", "").rsplit("/", 1)[-1], target))
    return found


def _related(package: Package, part: str, kind: str) -> str | None:
    return next((target for found, target in _relations(package, part) if found == kind), None)


def _parts(package: Package, main: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for kind, target in _relations(package, main):
        parts.setdefault(kind, []).append(target)
    return parts


def _optional(package: Package, parts: dict[str, list[str]], kind: str) -> _Element | None:
    return _xml(package, parts[kind][0]) if kind in parts else None


def _styles(package: Package, parts: dict[str, list[str]]) -> _Element | None:
    """The styles of paragraphs; a file of python-docx brings 300 kB of others, which need not be parsed."""
    if "styles" not in parts:
        return None
    part = parts["styles"][0]
    data = _data(package, part)
    place = f"{package.label} 中的 {part}"
    short = without_other_styles(data)
    if len(short) < len(data):
        with suppress(DamagedError):
            return parse_xml(short, place)
    return parse_xml(data, place)


def _margins(
    package: Package, parts: dict[str, list[str]], reader_of: Callable[[], WordBody]
) -> list[tuple[str, list[Line]]]:
    """The lines of headers and footers that are not empty, each wording once."""
    found: list[tuple[str, list[Line]]] = []
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for part in parts.get(kind, ()):
            lines = [line for line in reader_of().lines(_xml(package, part)) if _words(line).strip()]
            words = "\n".join(map(_words, lines))
            if lines and words not in seen:
                seen.add(words)
                found.append((part, lines))
    return found


def _holds_number(lines: list[Line]) -> bool:
    """Whether a header carries the document number (辽政办发〔2018〕10号)."""
    return own_number(Page.of("\n".join(map(_words, lines)) + "\n")).number is not None


def _words(line: Line) -> str:
    return "".join(text for text, _, _ in line)


def _add_notes(builder: TextBuilder, package: Package, parts: dict[str, list[str]], reader: WordBody) -> None:
    """Foot- and endnotes in the order of their references, aside: they belong to no task."""
    wanted = list(dict.fromkeys(reader.notes))
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        numbers = [number for found, number in wanted if found == kind]
        if not numbers or kind not in parts:
            continue
        part = parts[kind][0]
        notes = {note.get(W + "id"): note for note in _xml(package, part).iterchildren(W + tag)}
        for number in numbers:
            if number in notes:
                add_lines(builder, reader.lines(notes[number]), part, aside=True)


READER = Reader("docx", "Word 文件", (".docx", ".docm", ".dotx"), sniff, read, isolated=True)
