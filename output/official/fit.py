"""Where lines fall: on the grid of 22 × 28 the foot of a page is counted, so that no signature stands alone.

Lines of exact pitch and equal characters can be counted without drawing. A count may be off by a line where
marks are moved to keep a line's ends right; what follows from it here is chosen to bear that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..layout import A4
from ..lengths import POINTS_PER_MM
from .document import LISTING, Form, Head, OfficialDocument, Seal, Signature
from .settings import CHARACTERS, Settings

#: Lines of the text that go along to the signature's page.
_ALONG = 2
#: A last paragraph of at most so many lines goes there whole; a longer one would leave too much room.
KEPT_LINES = 8
#: Upper edges of an order's and a letter's mark from the paper's top (10.1, 10.2).
ORDER_MARK_MM, LETTER_MARK_MM = 57.0, 30.0
#: Height of a mark's ink as a share of its size.
_INK = 0.935
#: Thickness of a double line with the gap in it.
DOUBLE_MM = 1.6
#: Thickness of the red line.
LINE_PT = 1.5
#: Lines from one sealed name of a joint document to the next: a seal is 42 mm across.
SEAL_LINES = 4
#: Lines between a place in a long paragraph that surely lies on the page and where the page is to end.
_SURE = 3


@dataclass(frozen=True, slots=True)
class Ending:
    """How the text's last page ends."""

    #: Room to be kept free at the foot of the page the last paragraph would fill, in points; 0 for none.
    room_pt: float
    #: Character of the last paragraph that the room hangs on.
    at: int
    #: Lines left on the page of the date, below it and the note; None without signature.
    left: float | None


def width(text: str) -> float:
    """Printed width in characters: digits and Latin letters take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def rows(text: str, first: float = 2.0, later: float = 0.0) -> int:
    """Lines that a paragraph takes; its first begins ``first`` characters in, the others ``later``."""
    rest = width(text) - (CHARACTERS - first)
    return 1 if rest <= 0 else 1 + math.ceil(rest / (CHARACTERS - later))


def mark_size(head: Head, settings: Settings) -> float:
    """Size of the issuing mark in points: as set, smaller where the names would not fit on the line."""
    longest = max(map(len, head.issuers)) + (0 if head.form is Form.LETTER else len("文件"))
    across = settings.width_mm * POINTS_PER_MM
    return min(settings.size("mark"), across // (longest + (len(head.issuers) > 1)))


def head_pt(head: Head, settings: Settings) -> float:
    """Height of the 版头 with the two blank lines below its red line, in points from the type area's top."""
    pitch = settings.pitch_pt
    if head.form is Form.LETTER:
        return letter_space_pt(head, settings) + 3 * pitch
    above = mark_pt(head, settings)
    if head.form is not Form.GENERAL:
        return above + mark_size(head, settings) * 1.2 + 5 * pitch
    lines = 4 + max(1, -(-len(head.signers) // 2))
    line = line_space(settings) + LINE_PT
    return above + mark_size(head, settings) * 1.2 * len(head.issuers) + lines * settings.pitch_pt + line


def mark_pt(head: Head, settings: Settings) -> float:
    """Points from the type area's top to the line that holds the mark."""
    top = ORDER_MARK_MM if head.form is Form.ORDER else settings.place("mark_top_mm")
    return (top - settings.top_mm) * POINTS_PER_MM - settings.place("mark_rise_pt")


def letter_line_mm(head: Head, settings: Settings) -> float:
    """Where a letter's upper double line lies: 4 mm below the mark's ink."""
    return LETTER_MARK_MM + (mark_size(head, settings) * _INK) / POINTS_PER_MM + 4


def letter_space_pt(head: Head, settings: Settings) -> float:
    """Points from the type area's top to the line of a letter's number, 7/8 of a character below the line."""
    surplus = settings.pitch_pt - settings.size("body") * 1.15
    down = (letter_line_mm(head, settings) + DOUBLE_MM - settings.top_mm) * POINTS_PER_MM
    return down + settings.size("body") * 7 / 8 - surplus


def line_space(settings: Settings) -> int:
    """Points from the number's line to the red line; 4 pt of the 4 mm lie inside the number's own line."""
    return round(settings.place("line_below_mm") * POINTS_PER_MM) - 4


def ending(document: OfficialDocument, settings: Settings, title_rows: int) -> Ending:
    """How to end the text so that the signature's page holds some of it (7.3.5.5)."""
    signature, pitch = document.signature, settings.pitch_pt
    if signature is None or not document.text:
        return Ending(0, 0, None)
    top = head_pt(document.head, settings) if document.head else 0.0
    page = math.floor((A4[1] - settings.top_mm - settings.bottom_mm) * POINTS_PER_MM / pitch + 0.001)
    first = math.floor((page * pitch - top) / pitch + 0.001)
    lines = title_rows + 1 if title_rows else 0
    if document.addressees:
        lines += rows("，".join(document.addressees) + "：", 0)
    lines += sum(rows(text) + bool(LISTING.match(text)) for text in document.text)
    taken = lines if lines <= first else (lines - first) % page or page
    free = (first if lines <= first else page) - taken
    tail = _note_rows(document) + _signature_rows(signature)
    below = tail + (rows(f"（{document.note}）") if document.note else 0)
    if free >= tail:
        # Page 1 is no whole number of lines high below its head.
        rest = (page * pitch - top) / pitch - first if lines <= first else 0.0
        return Ending(0, 0, free - below + rest)
    last = rows(document.text[-1])
    if last <= KEPT_LINES and len(document.text) > 1:
        return Ending(0, 0, page - last - below)
    along = min(_ALONG, last - 1)
    if not along:
        return Ending(0, 0, page - below)
    start = top if lines <= first else 0.0
    foot = (A4[1] - settings.top_mm - settings.bottom_mm) * POINTS_PER_MM
    # Half a line of play both ways: the line above stays, the one below goes.
    room = foot - start - (taken - along + 0.5) * pitch
    at = 0 if last <= taken else CHARACTERS * (last - along - _SURE)
    return Ending(room, at, page - along - below)


def _note_rows(document: OfficialDocument) -> int:
    """Lines of 附件说明 with the blank one before it."""
    listed = [one for one in document.attachments if one.listed]
    return 1 + sum(rows(f"附件：1. {one.title}", 2, 5) for one in listed) if listed else 0


def _signature_rows(signature: Signature) -> int:
    each = SEAL_LINES if signature.seal is Seal.SEALED else 1
    return {Seal.SEALED: 4, Seal.UNSEALED: 3, Seal.STAMPED: 5}[signature.seal] + each * len(signature.others)
