"""Points: a notice's words as documents print them; official ones with full-width marks (GB/T 15834)."""

from __future__ import annotations

import re

from ..model.folding import plain_radicals

_HAN = "\u4e00-\u9fff"
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
#: A half-width mark beside Chinese words, quotes or brackets; 1,000 and 10:30 stay as they are.
_HALF = re.compile(rf"[,;:?!](?=[{_HAN}“《（①-⑳]|\s*$)|(?<=[{_HAN}”》）])[,;:?!]|(?<=[{_HAN}]\))[,;:?!]")
_BRACKET = re.compile(r"[()]")
_CHINESE = re.compile(rf"[{_HAN}]")


def plain(text: str) -> str:
    """Words of a notice without the hard line breaks and look-alike radicals of the file they came from."""
    return plain_radicals("".join(text.splitlines()) if "\n" in text or "\r" in text else text)


def printed(text: str) -> str:
    """Words of a notice, :func:`plain` and with full-width marks."""
    return full_width(plain(text))


def full_width(text: str) -> str:
    """Half-width , ; : ? ! beside Chinese words and brackets about them made full width; the length stays."""
    if text.isascii():
        return text
    if "(" in text or ")" in text:
        text = _brackets(text)
    return _HALF.sub(lambda found: _MARKS[found[0]], text)


def _brackets(text: str) -> str:
    """Pairs that hold Chinese words, and lone ones beside them, made full width."""
    letters = list(text)
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        at = found.start()
        if found[0] == "(":
            opened.append(at)
        elif opened:
            start = opened.pop()
            if _CHINESE.search(text, start, at):
                letters[start], letters[at] = "（", "）"
        elif _CHINESE.match(text, at - 1, at) and at:
            letters[at] = "）"
    for at in opened:
        if _CHINESE.match(text, at + 1):
            letters[at] = "（"
    return "".join(letters)
