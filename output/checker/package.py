"""Opening a .docx to look at it: parts as XML, within limits; nothing outside the file is ever read."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ...model.errors import BinaryError, EmptyError, TooLargeError
from ..namespaces import RELATIONS

#: An official document has some dozens of parts and some megabytes; more is no document to check.
MAX_PARTS, MAX_BYTES = 2_000, 200 * 2**20
_MAIN = f"{RELATIONS}/officeDocument"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_REMEDY = "请用 Word 或 WPS 另存为 .docx 后再核验"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx that a check looks at; ``main`` is the document's own part name."""

    parts: Mapping[str, Any]
    main: str

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, target part name) of a part; external ones left out."""
        folder, name = posixpath.split(part)
        root = self.parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for row in () if root is None else root:
            if row.get("TargetMode") == "External":
                continue
            target = row.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = row.get("Type", "").rpartition("/")[2]
            found[row.get("Id", "")] = (kind, posixpath.normpath(whole))
        return found

    def of_kind(self, kind: str) -> Any | None:
        """The root of the part that the main part refers to as ``styles``, ``theme``, …; None without one."""
        for found, target in self.related(self.main).values():
            if found == kind:
                return self.parts.get(target)
        return None


def open_package(raw: bytes, place: str) -> Package:
    """The XML parts of a .docx.

    Raises EmptyError, BinaryError (no .docx, encrypted, broken XML, a DOCTYPE) and TooLargeError.
    """
    if not raw:
        raise EmptyError("文件是空的", place=place, remedy="请检查是否存错了文件")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = _parts(archive, place)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise BinaryError("这不是 .docx 文件，或已损坏", place=place, remedy=_REMEDY) from None
    main = next(
        (
            row.get("Target", "").lstrip("/")
            for row in parts.get("_rels/.rels", ())
            if row.get("Type") in (_MAIN, _STRICT_MAIN)
        ),
        None,
    )
    if main is None or main not in parts or etree.QName(parts[main]).localname != "document":
        raise BinaryError("文件里没有 Word 正文", place=place, remedy=_REMEDY)
    return Package(parts, main)


def _parts(archive: zipfile.ZipFile, place: str) -> dict[str, Any]:
    entries = [entry for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
    if len(archive.infolist()) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise TooLargeError("文件展开后过大", place=place, remedy="这不像公文，请检查文件")
    left = MAX_BYTES
    parts: dict[str, Any] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    for entry in entries:
        with archive.open(entry) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:  # whatever size the entry declared
            raise TooLargeError("文件展开后过大", place=place, remedy="这不像公文，请检查文件")
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise BinaryError(
                f"{entry.filename} 不是正确的 XML（第 {error.lineno} 行）", place=place, remedy=_REMEDY
            ) from None
        if root.getroottree().docinfo.doctype:
            raise BinaryError(f"{entry.filename} 带有 DOCTYPE，不予读取", place=place, remedy=_REMEDY)
        parts[entry.filename] = root
    return parts
