"""Paragraph styles of Word, as far as they number paragraphs."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .numbering import VAL, Numbering, W, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Styles are based on one another; more steps are a ring.
_MOST_STEPS = 30


@cache
def _other_style() -> re.Pattern[bytes]:
    """The start tag of a style that is not one of paragraphs, with attributes in double quotes."""
    return re.compile(rb"""<((?:[\w.-]+:)?)style\s(?:[^<>']*\s)?\1type="(?!paragraph")[^<>']*(?<!/)>""")


def without_other_styles(data: bytes) -> bytes:
    """The XML of styles without those of tables and characters, which number nothing and are most of it; all
    where one hides text.

    Where ``<`` may be anything but the start of a tag, nothing is taken out. What is left is well-formed only
    if each style ended where it seemed to: a caller that cannot parse it must parse ``data``.
    """
    if b"vanish" in data or b"\0" in data or b"<!" in data or data.rfind(b"<?") > 0:
        return data
    kept: list[bytes] = []
    at = 0
    for tag in _other_style().finditer(data):
        if tag.start() < at:
            continue
        close = b"</" + tag[1] + b"style>"
        end = data.find(close, tag.end())
        if end < 0:
            return data
        kept.append(data[at : tag.start()])
        at = end + len(close)
    return b"".join((*kept, data[at:])) if kept else data


class Styles:
    """Which list and level a paragraph has, from its own properties or those of its style."""

    def __init__(self, root: _Element | None, numbering: Numbering) -> None:
        self._numbering = numbering
        self._styles: dict[str, _Element] = {}
        self._default = ""
        self._known: dict[str, tuple[str, int] | None] = {}
        #: Styles, of paragraphs and characters, whose text is hidden.
        self.hidden: frozenset[str] = frozenset()
        if root is None:
            return
        self.hidden = _hidden_styles(root)
        for style in root.iterchildren(W + "style"):
            if style.get(W + "type") != "paragraph":
                continue
            name = style.get(W + "styleId", "")
            self._styles[name] = style
            if style.get(W + "default") in ("1", "true", "on"):
                self._default = name

    def list_of(self, properties: _Element | None) -> tuple[str, int] | None:
        """List (w:numId) and level of a paragraph with these properties (w:pPr); None without number."""
        style = self._default
        number: str | None = None
        level: int | None = None
        if properties is not None:
            named = properties.find(W + "pStyle")
            if named is not None and named.get(VAL) in self._styles:
                style = named.get(VAL, "")
            number, level = _own(properties)
        if number == "0":
            return None
        if number is not None:
            if level is None:
                level = self._numbering.level_of_style(number, style) or 0
            return number, level
        found = self._of_style(style)
        if found is None or level is None:
            return found
        return found[0], level

    def _of_style(self, name: str) -> tuple[str, int] | None:
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> tuple[str, int] | None:
        level: int | None = None
        at = name
        for _ in range(_MOST_STEPS):
            style = self._styles.get(at)
            if style is None:
                return None
            properties = style.find(W + "pPr")
            if properties is not None:
                number, own_level = _own(properties)
                level = own_level if level is None else level
                if number == "0":
                    return None
                if number is not None:
                    # the list tells by w:pStyle which of its levels a style is
                    linked = self._numbering.level_of_style(number, name)
                    if linked is None:
                        linked = self._numbering.level_of_style(number, at) if level is None else level
                    return number, linked or 0
            based = style.find(W + "basedOn")
            at = "" if based is None else based.get(VAL, "")
        return None


def _hidden_styles(root: _Element) -> frozenset[str]:
    """The styles that hide text (w:vanish), themselves or by what they are based on."""
    told: dict[str, tuple[bool | None, str]] = {}
    for style in root.iterchildren(W + "style"):
        vanish, based = style.find(f"{W}rPr/{W}vanish"), style.find(W + "basedOn")
        hides = None if vanish is None else is_on(vanish)
        told[style.get(W + "styleId", "")] = hides, "" if based is None else based.get(VAL, "")
    if not any(hides for hides, _ in told.values()):
        return frozenset()

    def hidden(name: str) -> bool:
        for _ in range(_MOST_STEPS):
            hides, name = told.get(name, (False, ""))
            if hides is not None:
                return hides
        return False

    return frozenset(filter(hidden, told))


def _own(properties: _Element) -> tuple[str | None, int | None]:
    """numId and ilvl that stand in the properties themselves."""
    numbered = properties.find(W + "numPr")
    if numbered is None:
        return None, None
    number, level = numbered.find(W + "numId"), numbered.find(W + "ilvl")
    index = level.get(VAL, "") if level is not None else ""
    return None if number is None else number.get(VAL), int(index) if index.isdecimal() else None
