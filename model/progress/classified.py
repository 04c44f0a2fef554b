"""Classified: texts and file names that are marked 秘密, 机密 or 绝密 are refused, nothing of them is kept.

The mark's place and form are those of GB/T 9704-2012 7.2.2: at the head of the page, 机密★1年.
"""

from __future__ import annotations

import re
import unicodedata

from ..errors import ClassifiedError

#: In a short field any mention counts; 商业秘密 and 技术秘密 are no levels of secrecy.
_MENTION = re.compile(r"[绝机]\s*密|(?<!商业)(?<!技术)秘\s*密")
#: In a document a mark stands by itself, before a star, in a cell, or behind 密级.
_MARK = re.compile(
    r"(?:^|[\s(\[【《])(?:绝\s*密|机\s*密|秘\s*密)(?:级|件)?\s*(?:[★☆*\])】》,;]|$)|密\s*级\s*:?\s*(?:绝|机|秘)\s*密",
    re.M,
)

#: Every mark has it, and no other character of Unicode folds to it.
_SIGN = "密"


def refuse_marked_field(text: str, what: str) -> None:
    """Raises ClassifiedError for a note, number or file name that speaks of 秘密, 机密 or 绝密."""
    if _SIGN in text and _MENTION.search(_plain(text)):
        raise _refusal(what)


def refuse_marked_document(text: str, what: str) -> None:
    """Raises ClassifiedError for the text of a document that bears a mark of secrecy."""
    if _SIGN in text and _MARK.search(_plain(text)):
        raise _refusal(what)


def _plain(text: str) -> str:
    """Half width, and without what does not show."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


def _refusal(what: str) -> ClassifiedError:
    return ClassifiedError(
        "标有密级（秘密、机密、绝密），没有保存任何内容",
        place=what,
        remedy="涉密材料请线下报送，只用 --receipt 登记线下收文号",
    )
