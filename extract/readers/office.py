""".doc, .wps and .rtf: LibreOffice, where it is installed, makes a .docx of them, which is read as such."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from ...model import Source
from ...model.errors import ConversionError, EncryptedError
from .registry import Reader, ReadOptions, read

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
#: The head of Word's stream, [MS-DOC] 2.5.2 FibBase: wIdent; flag fEncrypted in the second flag byte.
_FIB, _FLAGS, _F_ENCRYPTED = b"\xec\xa5", 10, 0x0100
_SECTOR = 512


def is_office(raw: bytes) -> bool:
    """Whether these bytes are a Word or WPS binary, rich text, or an office file behind a password."""
    if raw.startswith(b"{\\rtf"):
        return True
    return raw.startswith(_OLE) and (_WORD_STREAM in raw or _ENCRYPTED_STREAM in raw)


def read_office(raw: bytes, name: str, options: ReadOptions) -> Source:
    """The Source of a .doc, .wps or .rtf, by way of .docx; its pieces tell places in that .docx.

    Raises EncryptedError, ProgramMissingError, ConversionError, ReadTimeoutError, and what .docx raises.
    """
    if _is_encrypted(raw):
        raise EncryptedError("文件加了密码", place=name, remedy="请先去掉密码再读")
    from ...model.office import convert

    rich = raw.startswith(b"{\\rtf")
    suffix = ".rtf" if rich else ".doc"
    made = convert(raw, suffix, "docx", name, seconds=options.seconds, memory=options.memory)
    if not made.startswith(b"PK\x03\x04"):
        raise ConversionError(
            "LibreOffice 的结果不是 .docx", place=name, remedy="请在 Word 或 WPS 里另存为 .docx 再读"
        )
    source = read(made, name, options)
    return replace(source, format="rtf" if rich else "doc", sha256=sha256(raw).hexdigest(), raw=raw)


def _is_encrypted(raw: bytes) -> bool:
    if not raw.startswith(_OLE):
        return False
    if _ENCRYPTED_STREAM in raw:
        return True
    for at in range(_SECTOR, len(raw) - _FLAGS - 1, _SECTOR):
        if raw.startswith(_FIB, at):
            return bool(int.from_bytes(raw[at + _FLAGS : at + _FLAGS + 2], "little") & _F_ENCRYPTED)
    return False


READER = Reader("doc", "Word/WPS 97-2003", (".doc", ".wps", ".rtf"), is_office, read_office)
