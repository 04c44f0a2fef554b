"""Front matter: everything that stands around the items of a notice."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Span
from .addressees import read_addressees
from .document_numbers import own_number
from .metadata import read_metadata
from .page import Page, without_blanks
from .parts import Parts, Signature, read_parts
from .titles import issuer_of_title, read_title

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
        issuer=issuer_of_title(title) or signature.signer or metadata.organ,
        issued_on=signature.day or metadata.issued_on,
        addressees=addressees.names,
        breaks=parts.breaks,
        taken=[*metadata.taken, *parts.taken, *title_lines, *alone],
    )
