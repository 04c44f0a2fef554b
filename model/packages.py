"""Packages: zip files of XML parts (.docx, .xlsx, .ofd), opened within limits, never unpacked to disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from .errors import (
    DamagedError,
    EncryptedError,
    ForbiddenXmlError,
    InflatedError,
    TooDeepError,
    UnsafePackageError,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

ZIP_MAGIC = b"PK\x03\x04"
#: A notice's package has a few dozen parts; one with pictures some hundreds.
MOST_ENTRIES = 5_000
#: Bytes of one part, and of all parts read together, unpacked.
MOST_PART = 64 * 1024 * 1024
MOST_TOTAL = 256 * 1024 * 1024
#: Tags of one part; a table of 1,000 rows and 8 columns has 150,000. An element takes about 100 bytes.
MOST_MARKS = 2_000_000
#: Unpacked size by packed size, for parts above a megabyte. XML of office files reaches about 40.
MOST_RATIO = 250
_RATIO_FROM = 1024 * 1024
_CENTRAL = b"PK\x01\x02"
#: DOCTYPE in the encodings that XML may have; where entities are declared and outside files named.
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
_DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
#: What the formats allow (ECMA-376-2 §6.4.1, GB/T 33190), and Chinese codecs in which ASCII is itself.
_ENCODINGS = frozenset(("utf-8", "utf-16", "us-ascii", "gb18030", "gbk", "gb2312"))
#: Stored and deflated; office packages know no other method (ECMA-376-2 §B.4).
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
#: Namespaces of ISO 29500 Strict, behind what they have in common, and those that stand for them elsewhere.
_STRICT = {
    b"spreadsheetml/main": b"spreadsheetml/2006/main",
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"officeDocument/math": b"officeDocument/2006/math",
}
_USUAL = b"http://schemas.openxmlformats.org/"
#: libxml2's XML_ERR_NO_MEMORY.
_NO_MEMORY = 2
_REMEDY = "请在原来的程序里打开后另存一份再读"


def is_package(raw: bytes) -> bool:
    """Whether these bytes begin like a zip file."""
    return raw.startswith(ZIP_MAGIC)


def entry_names(raw: bytes) -> frozenset[str]:
    """Names of a package's parts, for telling its format; empty when it is no zip file. Never raises.

    Where the list at the end is lost (a file cut short), the names that stand before the parts are taken.
    """
    if not is_package(raw):
        return frozenset()
    if raw.count(_CENTRAL) <= MOST_ENTRIES:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                return frozenset(info.filename for info in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            pass
    return frozenset(_local_names(raw))


def _local_names(raw: bytes) -> list[str]:
    names: list[str] = []
    at = 0
    while at >= 0 and len(names) < MOST_ENTRIES:
        size = int.from_bytes(raw[at + 26 : at + 28], "little")
        names.append(raw[at + 30 : at + 30 + size].decode("utf-8", "replace"))
        at = raw.find(ZIP_MAGIC, at + 30)
    return names


class Package:
    """A zip file whose parts can be read within the limits; ``label`` is the file's name in messages.

    Raises DamagedError, InflatedError, EncryptedError, UnsafePackageError, ForbiddenXmlError, TooDeepError.
    """

    __slots__ = ("_archive", "_infos", "_read", "label")

    def __init__(self, raw: bytes, label: str) -> None:
        self.label = label
        self._read = 0
        if raw.count(_CENTRAL) > MOST_ENTRIES:
            raise InflatedError(
                f"压缩包里的条目超过 {MOST_ENTRIES} 个", place=label, remedy="这不像通知，请检查文件"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise DamagedError(
                "文件不完整或已损坏，压缩包打不开", place=label, remedy="请重新下载或传送，或换一份"
            ) from error
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            self._admit(info)

    def _admit(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        # orig_filename: zipfile cuts a name at a zero byte
        if name in self._infos or info.orig_filename != name:
            raise UnsafePackageError(f"压缩包里有重名的条目 {name!r}", place=self.label, remedy=_REMEDY)
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise UnsafePackageError(f"压缩包里的条目指向包外：{name!r}", place=self.label, remedy=_REMEDY)
        if info.flag_bits & 0x1:
            raise EncryptedError("压缩包加了密码", place=self.label, remedy="请先去掉密码再读")
        if info.compress_type not in _METHODS:
            raise DamagedError(f"{name} 的压缩方法不是办公文件所用的", place=self.label, remedy=_REMEDY)
        self._infos[name] = info

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in the order of the package."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises DamagedError when it is missing or broken, InflatedError beyond limits."""
        info = self._infos.get(name)
        if info is None:
            raise DamagedError(f"文件不完整，缺少 {name}", place=self.label, remedy=_REMEDY)
        left = min(MOST_PART, MOST_TOTAL - self._read)
        large = info.file_size > _RATIO_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size)
        if info.file_size > left or large:
            raise self._inflated(name)
        try:
            with self._archive.open(info) as stream:
                data = stream.read(left + 1)  # the told size may be a lie
        except _BROKEN as error:
            raise self._damaged(name) from error
        if len(data) > left:
            raise self._inflated(name)
        self._read += len(data)
        return data

    def xml(self, name: str) -> _Element:
        """The root of a part's XML, read by :func:`parse_xml`, with the usual namespaces."""
        return parse_xml(transitional(self.read(name)), f"{self.label} 中的 {name}")

    def _inflated(self, name: str) -> InflatedError:
        return InflatedError(
            f"{name} 解压后过大（压缩炸弹？）", place=self.label, remedy="这不像通知，请检查文件来源"
        )

    def _damaged(self, name: str) -> DamagedError:
        return DamagedError(f"{name} 已损坏，读不出来", place=self.label, remedy="请重新下载或传送，或换一份")


def transitional(data: bytes) -> bytes:
    """The XML of a part with the namespaces that all but ISO 29500 Strict has, for the same elements."""
    if b"//purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT.items():
            data = data.replace(b"http://purl.oclc.org/ooxml/" + strict, _USUAL + usual)
    return data


def parse_xml(data: bytes, place: str) -> _Element:
    """The root of an XML text. Raises ForbiddenXmlError for a DOCTYPE or an odd encoding, TooDeepError for
    nesting beyond 256, InflatedError for too many elements, DamagedError for what is not well-formed,
    MemoryError where memory is refused."""
    from lxml import etree

    if has_too_many_tags(data):
        raise InflatedError("XML 的元素过多", place=place, remedy="这不像通知，请检查文件来源")
    declared = _DECLARED.search(data[:400].replace(b"\0", b"").decode("latin-1"))
    odd = declared is not None and declared[1].lower() not in _ENCODINGS
    marked = b"<!" in data or b"\0" in data  # seldom, and told at once
    if odd or (marked and any(mark in data for mark in _DOCTYPES)):
        raise _forbidden(place)
    parser: Any = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == _NO_MEMORY:  # lxml tells it as a fault of the text
            raise MemoryError from error
        if "depth" in str(error).lower():
            raise TooDeepError("XML 嵌套过深", place=place, remedy="这不像通知，请检查文件来源") from error
        raise DamagedError(f"XML 不合语法（第 {error.lineno} 行）", place=place, remedy=_REMEDY) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _forbidden(place)
    return root


def has_too_many_tags(data: bytes) -> bool:
    """Whether an XML text has more than MOST_MARKS tags; none is shorter than three bytes."""
    return len(data) > 3 * MOST_MARKS and data.count(b"<") > MOST_MARKS


def _forbidden(place: str) -> ForbiddenXmlError:
    return ForbiddenXmlError(
        "XML 里有 DOCTYPE（实体声明）或不允许的编码，可能是攻击",
        place=place,
        remedy="请检查文件来源；可在办公软件里打开后另存一份",
    )
