"""The readers that are installed, and the one that a file's content asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from ...model import Source
from ...model.collector import collector_paused
from ..reading import MAX_BYTES, read_text, too_large

#: Group of entry points; each names a :class:`Reader`.
GROUP = "duban.readers"
#: Endings of plain text.
TEXT_SUFFIXES = frozenset((".txt", ".text"))


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may ask of a reader. Readers ignore what does not concern their format."""

    #: Codec of a text, where the user knows better.
    encoding: str | None = None
    #: Tracked changes of .docx: ``accepted``, ``rejected`` or ``original``.
    revisions: str = "accepted"
    #: Whether pages without text may be read by an installed tesseract.
    ocr: bool = False
    #: Limits for a file of a format that is read in a process of its own: seconds and bytes of memory.
    seconds: float = 60.0
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format. A module offers one and names it in the entry points ``duban.readers``."""

    #: As it stands in the record: ``docx``, ``pdf`` …
    format: str
    #: What a person calls it, for messages.
    label: str
    #: Endings of its files, with the dot, lower case; only for choosing files from a folder.
    suffixes: tuple[str, ...]
    #: Whether these bytes are of the format. Cheap, never raises.
    sniff: Callable[[bytes], bool]
    #: Bytes and the file's label to a Source. Raises InputError subclasses.
    read: Callable[[bytes, str, ReadOptions], Source]
    #: Whether it must run in a process of its own, which can be stopped.
    isolated: bool = False


#: The modules of this program's formats, asked in this order, and a byte string without which a file is
#: none of the format: most files need not load the module that could tell.
_OWN = (
    ("office", None),
    ("office", b"mimetypeapplication/vnd.oasis"),
    ("office", b"<?mso-application"),
    ("docx", b"PK"),
    ("html", b"<"),
    ("html", b"MIME-Version:"),
    ("ofd", b"PK"),
    ("pdf", b"%PDF"),
    ("csv_tables", b","),
    ("csv_tables", b";"),
    ("csv_tables", b"\t"),
    ("xlsx", b"PK"),
)
#: What an old office file begins with: a compound file, and RTF.
_OFFICE = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
#: Hints are looked for in so many first bytes.
_HEAD = 8192


@cache
def _own(module: str) -> Reader:
    reader: Reader = import_module(f"{__package__}.{module}").READER
    return reader


def own_readers() -> tuple[Reader, ...]:
    """The readers of this program, known without looking through what is installed, which takes time."""
    return tuple(map(_own, dict.fromkeys(module for module, _ in _OWN)))


def _own_reader_for(raw: bytes) -> Reader | None:
    head = raw[:_HEAD]
    for module, hint in _OWN:
        likely = head.startswith(_OFFICE) if hint is None else hint in head
        if likely and _own(module).sniff(raw):
            return _own(module)
    return None


@cache
def readers() -> tuple[Reader, ...]:
    """All readers: this program's, then those that other packages bring, in order of name."""
    from importlib.metadata import entry_points

    own = own_readers()
    found = (point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name))
    return (*own, *(reader for reader in found if reader not in own))


def read(raw: bytes, name: str = "<bytes>", options: ReadOptions | None = None) -> Source:
    """The Source of a file of any format, told by its content. Raises InputError subclasses.

    A Source that is no plain text keeps the file's bytes in ``raw``.
    """
    options = options or ReadOptions()
    if len(raw) > MAX_BYTES:
        raise too_large(name, len(raw))
    reader = reader_for(raw)
    if reader is None:
        return read_text(raw, name, encoding=options.encoding)
    if reader.isolated:
        from .worker import read_isolated

        source = read_isolated(reader, raw, name, options)
    else:
        with collector_paused():
            source = reader.read(raw, name, options)
    return source if source.raw else replace(source, raw=raw)


def reader_for(raw: bytes) -> Reader | None:
    """The reader whose format these bytes have; None for plain text.

    Readers of other packages are asked about what is no plain text and none of this program's formats.
    """
    own = _own_reader_for(raw)
    if own is not None or not _is_binary(raw):
        return own
    return next((reader for reader in readers() if reader.sniff(raw)), None)


def _is_binary(raw: bytes) -> bool:
    """Whether bytes begin as no text does: with control characters, and no mark of UTF-16."""
    head = raw[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return any(byte < 9 or 13 < byte < 27 for byte in head)


def suffixes() -> frozenset[str]:
    """Endings of the files that can be read, with the dot, lower case."""
    return TEXT_SUFFIXES.union(*(reader.suffixes for reader in readers()))
