"""Opening a .docx to look at it: parts as XML, within limits; nothing outside the file is ever read."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ...model.errors import BinaryError, EmptyError
from ...model.packages import Package as Archive
from ...model.packages import is_package
from ..namespaces import RELATIONS

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

    Raises EmptyError, BinaryError (no .docx) and the errors of :class:`duban.model.packages.Package`.
    """
    if not raw:
        raise EmptyError("文件是空的", place=place, remedy="请检查是否存错了文件")
    if not is_package(raw):
        raise BinaryError("这不是 .docx 文件", place=place, remedy=_REMEDY)
    archive = Archive(raw, place)
    parts = {name: archive.xml(name) for name in archive.names if name.endswith((".xml", ".rels"))}
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
