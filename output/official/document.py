"""What an official document says, apart from layout: head, text, signature, attachments, imprint (版记)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .agreements import Agreement


class Seal(StrEnum):
    """How a document is signed (GB/T 9704-2012, 7.3.5)."""

    #: With a seal: date four characters in, the name centred above it.
    SEALED = "sealed"
    #: Without: name two characters in, the date begins two characters right of it.
    UNSEALED = "unsealed"
    #: A person's signature stamp: the office left of it, the date four characters in.
    STAMPED = "stamped"


class Form(StrEnum):
    """The general form and the special ones of clause 10."""

    GENERAL = "general"
    LETTER = "letter"
    #: No title; the number is ``第12号``.
    ORDER = "order"
    #: No title; paragraphs that begin 出席：, 请假： or 列席： have that label in 黑体.
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Head:
    """版头, above the red line."""

    #: Without 文件, 令, 纪要: the form adds that word. The special forms have one issuer.
    issuers: tuple[str, ...]
    #: ``辽政办发〔2021〕5号``.
    number: str
    #: Six digits (7.2.1); empty for none.
    copy: str = ""
    #: ``机密★1年``.
    secrecy: str = ""
    #: ``特急`` or ``加急``.
    urgency: str = ""
    #: Who signs; makes the document an upward one (上行文, 7.2.6).
    signers: tuple[str, ...] = ()
    form: Form = Form.GENERAL

    @property
    def titled(self) -> bool:
        """Whether a title follows."""
        return self.form in (Form.GENERAL, Form.LETTER)


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期."""

    issuer: str
    day: datetime.date
    seal: Seal = Seal.SEALED
    #: For :attr:`Seal.STAMPED`: the office of who signs, ``省长``.
    post: str = ""
    #: Of a joint document the other issuers, in order; ``issuer`` is the one in charge.
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page; of a letter only addressees and copies are set (10.1)."""

    printer: str
    printed_on: datetime.date
    copies_to: tuple[str, ...] = ()
    #: Addressees that were moved down here (7.4.2).
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head row and rows of plain text; a line break in a cell begins a new paragraph.

    A row of fewer cells than the table has columns has its last cell over the rest: one cell is a heading
    across the table. The head is repeated on every page.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    #: Column widths as shares of the type area; without them the widths follow the text.
    shares: tuple[float, ...] = ()
    #: Columns, from 0, whose few words stand in the middle.
    centred: tuple[int, ...] = (0,)
    #: Columns that name what stands beside them: 黑体, in the middle. They make the table a form, which no
    #: page's end parts where that can be helped.
    labels: tuple[int, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.shares) or max(map(len, (self.head, *self.rows)))


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: begins on a new page; its title is the one that 附件说明 says (7.3.7)."""

    title: str
    #: Paragraphs and tables in order.
    blocks: tuple[str | Table, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document. A paragraph of ``text`` that begins ``一、`` or ``（一）`` is a heading."""

    title: str
    text: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    head: Head | None = None
    signature: Signature | None = None
    #: 附注, without brackets.
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
    #: Explicit lines of the title; None balances them.
    title_lines: tuple[str, ...] | None = None
    #: The attachments are all there is: lists on their own, each on a new page, without 附件 above its title.
    #: ``title`` then only names the file.
    bare: bool = False
    #: What must agree within the document; looked at when it is proven.
    agreements: tuple[Agreement, ...] = ()


def day_text(day: datetime.date) -> str:
    """``2026年1月5日``: full year, no leading zeros (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def label_of(document: OfficialDocument, number: int) -> str:
    """What stands above the title of attachment ``number``, from 1 (7.3.7); nothing in a bare document."""
    if document.bare:
        return ""
    return f"附件{number}" if len(document.attachments) > 1 else "附件"
