"""Old and other office files: LibreOffice, where it is installed, makes a .docx or .xlsx of them."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from ...model import Source
from ...model.errors import ConversionError, EncryptedError
from ...model.packages import Package
from .registry import Reader, ReadOptions, read

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Streams by which a compound file is told, [MS-DOC] 2.1.1, [MS-XLS] 2.1.2: the newer name first.
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_SHEET_STREAMS = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
#: The head of Word's stream, [MS-DOC] 2.5.2 FibBase: wIdent; flag fEncrypted in the second flag byte.
_FIB, _FLAGS, _F_ENCRYPTED = b"\xec\xa5", 10, 0x0100
_SECTOR = 512
#: The first part of an OpenDocument package is its kind, stored as it is.
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
#: How Office 2003 marks its XML files.
_XML_MARK = b'<?mso-application progid="'
_HEAD = 1024


class _Kind(NamedTuple):
    """A format of old or other programs, and what LibreOffice is to make of it."""

    format: str
    into: str


_KINDS = {kind.format: kind for kind in (_Kind("doc", "docx"), _Kind("rtf", "docx"), _Kind("xls", "xlsx"))}
_OPEN_KINDS = {b"text": _Kind("odt", "docx"), b"spreadsheet": _Kind("ods", "xlsx")}
_XML_KINDS = {b"Word.Document": _KINDS["doc"], b"Excel.Sheet": _KINDS["xls"]}


def is_office(raw: bytes) -> bool:
    """Whether these bytes are a Word, Excel or WPS binary, rich text, an XML file of Office 2003, an
    OpenDocument text or spreadsheet, or an office file behind a password."""
    return _kind(raw) is not None or (raw.startswith(_OLE) and _ENCRYPTED_STREAM in raw)


def _kind(raw: bytes) -> _Kind | None:
    if raw.startswith(b"{\\rtf"):
        return _KINDS["rtf"]
    if raw.startswith(_OLE):
        if _WORD_STREAM in raw:
            return _KINDS["doc"]
        return _KINDS["xls"] if any(stream in raw for stream in _SHEET_STREAMS) else None
    head = raw[:_HEAD]
    if raw.startswith(b"PK\x03\x04") and _OPEN_DOCUMENT in head:
        told = head.partition(_OPEN_DOCUMENT)[2]
        return next((kind for name, kind in _OPEN_KINDS.items() if told.startswith(name)), None)
    told = head.partition(_XML_MARK)[2]
    return next((kind for name, kind in _XML_KINDS.items() if told.startswith(name)), None)


def read_office(raw: bytes, name: str, options: ReadOptions) -> Source:
    """The Source of an old or other office file, by way of .docx or .xlsx; its pieces tell places in that.

    Raises EncryptedError, ProgramMissingError, ConversionError, ReadTimeoutError, and what .docx and .xlsx
    raise.
    """
    kind = _kind(raw)
    if kind is None or _is_encrypted(raw):
        raise EncryptedError("文件加了密码", place=name, remedy="请先去掉密码再读")
    from ...model.office import convert

    if raw.startswith(b"PK"):
        Package(raw, name)  # within the limits of packages, or an error
    suffix = ".xml" if raw.lstrip().startswith(b"<") else f".{kind.format}"
    made = convert(raw, suffix, kind.into, name, seconds=options.seconds, memory=options.memory)
    if not made.startswith(b"PK\x03\x04"):
        raise ConversionError(
            f"LibreOffice 的结果不是 .{kind.into}",
            place=name,
            remedy=f"请在 Office 或 WPS 里另存为 .{kind.into} 再读",
        )
    source = read(made, name, options)
    return replace(source, format=kind.format, sha256=sha256(raw).hexdigest(), raw=raw)


def _is_encrypted(raw: bytes) -> bool:
    if not raw.startswith(_OLE):
        return False
    if _ENCRYPTED_STREAM in raw:
        return True
    for at in range(_SECTOR, len(raw) - _FLAGS - 1, _SECTOR):
        if raw.startswith(_FIB, at):
            return bool(int.from_bytes(raw[at + _FLAGS : at + _FLAGS + 2], "little") & _F_ENCRYPTED)
    return False


_SUFFIXES = (".doc", ".dot", ".wps", ".rtf", ".xls", ".et", ".odt", ".ods")
READER = Reader("doc", "Word/Excel/WPS 97-2003", _SUFFIXES, is_office, read_office)
