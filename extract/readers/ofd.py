"""OFD (GB/T 33190): text and positions from the package, pages in order, documents one after the other."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...model import Source
from ...model.errors import DamagedError, EncryptedError, InflatedError, NoTextError
from ...model.packages import Package, entry_names
from .registry import Reader, ReadOptions
from .task_tables import is_head_line

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .boxes import Sheet

#: A notice with its annexes has some hundred pages.
MOST_PAGES = 2_000


def is_ofd(raw: bytes) -> bool:
    """Whether these bytes are a package with OFD.xml at its top."""
    return "OFD.xml" in entry_names(raw)


def read_ofd(raw: bytes, name: str, options: ReadOptions) -> Source:  # noqa: ARG001 - the interface's
    """The Source of an OFD; pieces tell the page's path in the package and the box.

    Raises what :class:`Package` raises, EncryptedError where parts are encrypted (GB/T 33190 §19), and
    NoTextError for pages of pictures.
    """
    from .laid_out import source_of

    package = Package(raw, name)
    if any(posixpath.basename(part).lower() == "encryptions.xml" for part in package.names):
        raise EncryptedError("OFD 的内容加了密", place=name, remedy="请在阅读器里解密后另存一份再读")
    sheets = [sheet for root in _documents(package) for sheet in _pages(package, root)]
    if not any(sheet.lines or any(any(table.texts) for table in sheet.tables) for sheet in sheets):
        raise NoTextError(
            "OFD 里没有文字（是扫描件或图片）",
            place=name,
            remedy="请换用文字版，或另存为 PDF 后加 --ocr 再读",
        )
    return source_of(sheets, name, "ofd", raw)


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of these names, in any namespace: writers differ in it."""
    return (child for child in element if local(child) in names)


def _first(element: _Element, *path: str) -> _Element | None:
    found: _Element | None = element
    for name in path:
        found = None if found is None else next(children(found, name), None)
    return found


def _path(base: str, told: str | None) -> str:
    """A part's name from an ST_Loc: from the top when it begins with /, else from the folder of ``base``."""
    told = (told or "").strip()
    joined = told if told.startswith("/") else posixpath.join(posixpath.dirname(base), told)
    return posixpath.normpath(joined).lstrip("/")


def _documents(package: Package) -> list[str]:
    """The parts of the documents, in order (OFD.xml, §7.4)."""
    found = []
    for body in children(package.xml("OFD.xml"), "DocBody"):
        root = _first(body, "DocRoot")
        if root is not None:
            found.append(_path("OFD.xml", root.text))
    if not found:
        raise DamagedError("OFD.xml 没有列出文档", place=package.label, remedy="请重新下载或传送，或换一份")
    return found


def _pages(package: Package, root: str) -> Iterator[Sheet]:
    """The pages of a document (Document.xml, §7.5), each with its template's text below its own, and with the
    words of its annotations aside (§15)."""
    from .ofd_page import Frame, numbers, read_layers

    document = package.xml(root)
    common = _first(document, "CommonData")
    usual = _box_of(None if common is None else _first(common, "PageArea")) or (0.0, 0.0, 210.0, 297.0)
    templates: dict[str, str] = {}
    if common is not None:
        for template in children(common, "TemplatePage"):
            templates[template.get("ID", "")] = _path(root, template.get("BaseLoc"))
    listed = list(children(pages, "Page")) if (pages := _first(document, "Pages")) is not None else []
    if len(listed) > MOST_PAGES:
        raise InflatedError(
            f"OFD 声明有 {len(listed)} 页，超过上限 {MOST_PAGES} 页",
            place=package.label,
            remedy="这不像通知，请检查文件",
        )
    read: dict[str, Any] = {}
    notes = _annotations(package, root, document)
    for page in listed:
        part = _path(root, page.get("BaseLoc"))
        content = package.xml(part)
        layers = []
        for used in children(content, "Template"):
            loc = templates.get(used.get("TemplateID", ""))
            if loc is not None:
                if loc not in read:
                    read[loc] = package.xml(loc)
                layers.append(read[loc])
        frame = Frame(*(_box_of(_first(content, "Area")) or usual))
        sheet = read_layers([*layers, content], part, frame)
        for note in notes.get(page.get("ID", ""), ()):
            box = numbers(note.get("Boundary"))[:2] or [0.0, 0.0]
            shifted = frame._replace(left=frame.left - box[0], top=frame.top - box[-1])
            words = read_layers([note], part, shifted)
            sheet.left_out.extend((line, "批注") for line in words.lines)
            sheet.left_out.extend(words.left_out)
        yield sheet._replace(remark=_remark(sheet, [*layers, content]))


def _remark(sheet: Sheet, contents: list[_Element]) -> str:
    """What a person should know of a page: a table without rules, drawings that are not looked into."""
    found = []
    if any(is_head_line(line.text.split()) for line in sheet.lines):
        found.append("有表头而没有框线，分不出栏，按行读出")
    if any(local(part) == "CompositeObject" for content in contents for part in content.iter()):
        found.append("有复合图元，其中若有文字，没有读出")
    return "；".join(found)


def _annotations(package: Package, root: str, document: _Element) -> dict[str, list[_Element]]:
    """By the page's ID, what the annotations of a document look like."""
    found: dict[str, list[_Element]] = {}
    told = _first(document, "Annotations")
    index = "" if told is None else _path(root, told.text)
    for page in children(package.xml(index), "Page") if index in package else ():
        place = _first(page, "FileLoc")
        part = "" if place is None else _path(index, place.text)
        if part in package:
            looks = (_first(note, "Appearance") for note in children(package.xml(part), "Annot"))
            found[page.get("PageID", "")] = [look for look in looks if look is not None]
    return found


def _box_of(area: _Element | None) -> tuple[float, float, float, float] | None:
    """The physical box of a page area, in millimetres: left, top, width, height."""
    from .ofd_page import numbers

    box = None if area is None else _first(area, "PhysicalBox")
    values = [] if box is None else numbers(box.text)
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else None


READER = Reader("ofd", "OFD", (".ofd",), is_ofd, read_ofd, isolated=True)
