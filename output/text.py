"""Text on its way into WordprocessingML: escaped, split into runs, with nothing lost unseen."""

from __future__ import annotations

import re

#: Stands for a character that XML 1.0 cannot hold (control characters, lone surrogates).
REPLACEMENT = "\ufffd"
#: XML readers refuse text nodes above 10 MB: a longer text becomes several runs.
RUN_CHARACTERS = 500_000

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[\x00-\x1f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff&<>]")
#: What is printed as a line break.
BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """``text`` with each character that XML cannot hold shown as U+FFFD."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def escape(text: str) -> str:
    """Character data or a double-quoted attribute value for ``text``."""
    text = clean(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(text: str) -> str:
    """``w:r`` element(s) for ``text``; line breaks become ``w:br``, tabs ``w:tab``."""
    if not _SPECIAL.search(text) and len(text) <= RUN_CHARACTERS:
        if text[:1].isspace() or text[-1:].isspace():
            return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
        return f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    lines = [_line(line) for line in BREAK.split(text)]
    return "<w:r><w:br/></w:r>".join(lines)


def paragraph(text: str, style: str = "") -> str:
    """``w:p`` element for ``text``; no style means the body of a table cell."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text)}</w:p>"


def widths(text: str) -> tuple[int, ...]:
    """Printed width of each line of ``text`` in half characters: a Chinese one takes 2, a Latin one 1."""
    if _SPECIAL.search(text):
        return tuple(len(line.encode("gbk", "replace")) for line in BREAK.split(text))
    return (len(text.encode("gbk", "replace")),)


def _line(text: str) -> str:
    return "<w:r><w:tab/></w:r>".join(_pieces(part) for part in text.split("\t"))


def _pieces(text: str) -> str:
    pieces = [text[i : i + RUN_CHARACTERS] for i in range(0, len(text), RUN_CHARACTERS)]
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces)
