"""Front matter: everything that stands around the items of a notice."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Span
from .addressees import read_addressees
from .document_numbers import own_number
from .metadata import read_metadata
from .page import Page, without_blanks
from .parts import Parts, Signature, read_parts
from .patterns import pattern
from .titles import issuer_of_title, read_title

# A body without its place: 市政府, 自治区人民政府办公厅.
_SHORT_NAME = pattern(r"(?:省|市|县|区|州|自治区|自治州)(?:人民)?政府(?:办公[厅室])?")
#: A page repeats the title in these first lines.
_HEAD_LINES = 60


class Front(NamedTuple):
    """What was read; all but the lists is optional."""

    title: str | None
    document_number: str | None
    issuer: str | None
    #: ISO date.
    issued_on: str | None
    addressees: tuple[str, ...]
    #: Where one document of the file ends and the next begins, in order.
    breaks: list[Span]
    #: Stretches that a rule took: title, number, addressees, signatures, metadata.
    taken: list[Span]


def _issuer(title: str | None, signer: str | None) -> str | None:
    """Who issued: as the title says, but by the full name of who signed where it says only 市政府."""
    named = issuer_of_title(title)
    return signer or named if named is not None and _SHORT_NAME.fullmatch(named) else named or signer


def read_front(page: Page) -> Front:
    """Front matter of a file that holds one notice."""
    return front_of(page, read_parts(page))


def _again(page: Page, title: str | None) -> list[Span]:
    """The head lines that repeat the title, as web pages do."""
    if title is None:
        return []
    words = without_blanks(title)
    return [
        Span(start, end)
        for start, end in page.lines[:_HEAD_LINES]
        if end - start < 2 * len(title) + 40 and without_blanks(page.text[start:end]) == words
    ]


def front_of(page: Page, parts: Parts) -> Front:
    """Front matter; the first signature tells issuer and day, else the metadata does. Linear."""
    metadata = read_metadata(page)
    addressees = read_addressees(page)
    title, title_lines = read_title(page, parts.breaks, addressees.start)
    number = own_number(page)
    signature = parts.signatures[0] if parts.signatures else Signature(None, None, 0)
    title_lines += _again(page, title)
    alone = [line for line in (addressees.line, number.line) if line is not None]
    return Front(
        title=title,
        document_number=number.number or metadata.number,
        issuer=_issuer(title, signature.signer) or metadata.organ,
        issued_on=signature.day or metadata.issued_on,
        addressees=addressees.names,
        breaks=parts.breaks,
        taken=[*metadata.taken, *parts.taken, *title_lines, *alone],
    )
