"""Numbered lists of web pages: the number that a browser shows before an item (HTML §4.4.5, §4.4.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..patterns import pattern
from .number_formats import label_of

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Values of ``type``, and of ``list-style-type``, as number formats; others count in Arabic digits.
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero", "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand", "trad-chinese-informal": "taiwaneseCountingThousand",
    "simp-chinese-formal": "chineseLegalSimplified", "cjk-decimal": "ideographDigital",
}  # fmt: skip
_CHINESE = frozenset(
    ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "simp-chinese-formal")
)
_STYLE = pattern(r"list-style(?:-type)?\s*:\s*([a-z -]{3,60})")
_NONE = frozenset(("none", "disc", "circle", "square"))
_INTEGER = pattern(r"\s*-?\d{1,6}")


class ListNumbers:
    """Counts the items of each numbered list, in the order of the page."""

    def __init__(self) -> None:
        self._last: dict[_Element, int] = {}

    def label(self, item: _Element) -> str:
        """What a list shows before its next item (``li``): ``3. `` or ``三、``; empty where it has none."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        value = _integer(item.get("value"))
        if value is None:
            start = _integer(parent.get("start"))
            value = self._last[parent] + 1 if parent in self._last else 1 if start is None else start
        self._last[parent] = value
        style = _style(item) or _style(parent)
        if style in _NONE:
            return ""
        kind = item.get("type") or parent.get("type", "1")
        label = label_of(value, _STYLES.get(style, "decimal") if style else _TYPES.get(kind, "decimal"))
        return label + ("、" if style in _CHINESE else ". ")


def _style(element: _Element) -> str:
    match = _STYLE.search(element.get("style", "").lower())
    words = match[1].split() if match else ()
    return next((word for word in words if word in _NONE or word in _STYLES or word == "decimal"), "")


def _integer(text: str | None) -> int | None:
    match = _INTEGER.match(text or "")
    return int(match[0]) if match else None
