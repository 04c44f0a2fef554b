"""What an official document says, apart from layout: head, text, signature, attachments, imprint (版记)."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .agreements import Agreement

#: A paragraph of the text that is 附件说明 itself; numbered entries may follow in paragraphs of their own.
LISTING = re.compile(r"附件[：:]\s*(?P<number>1[.．、])?(?=\S)")


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


#: The eight bytes that a PNG begins with.
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a line of its own, its caption below it. Raises ValueError where a part is missing.

    One that is larger than the type area is drawn smaller, in proportion.
    """

    png: bytes = field(repr=False)
    width_mm: float
    height_mm: float
    #: What the picture tells, for those who do not see it.
    alt: str
    #: Words below the picture; empty for none.
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.png.startswith(_PNG):
            raise ValueError("a picture is a PNG")
        if self.width_mm <= 0 or self.height_mm <= 0 or not self.alt.strip():
            raise ValueError("a picture has a size and an alternative text")

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the PNG."""
        return hashlib.sha256(self.png).hexdigest()


Block = str | Table | Picture


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: begins on a new page; its title is the one that 附件说明 says (7.3.7)."""

    #: Empty for none.
    title: str
    #: Paragraphs, tables and pictures in order.
    blocks: tuple[Block, ...]
    landscape: bool = False
    #: Words above the title that the text has itself (附件1), empty for none, as above a plan that a notice
    #: issues; 附件说明 does not list it, the text does. None: numbered and listed by the layout.
    label: str | None = None

    @property
    def listed(self) -> bool:
        """Whether the layout numbers it and lists it in 附件说明."""
        return self.label is None


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document. A paragraph of ``text`` that begins ``一、`` or ``（一）`` is a heading.

    An empty title is left out.
    """

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

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures of all attachments, in order."""
        return tuple(b for one in self.attachments for b in one.blocks if isinstance(b, Picture))


def day_text(day: datetime.date) -> str:
    """``2026年1月5日``: full year, no leading zeros (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def label_of(document: OfficialDocument, number: int) -> str:
    """What stands above the title of attachment ``number``, from 1 (7.3.7); nothing in a bare document."""
    own = document.attachments[number - 1].label
    if document.bare or own is not None:
        return own or ""
    listed = [one.listed for one in document.attachments]
    return f"附件{sum(listed[:number])}" if sum(listed) > 1 else "附件"
