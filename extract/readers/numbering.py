"""Automatic numbers of Word: the labels that it computes from numbering.xml and shows before paragraphs.

Rules: ECMA-376-1 §17.9. Lists with one abstract definition count on together; ``startOverride`` begins anew
at the first paragraph of its list; a level begins anew after any higher one, unless ``lvlRestart`` says
otherwise; a higher level that has not come yet is shown with its start value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..patterns import pattern
from .number_formats import label_of
from .symbols import shown_symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_LEVELS = 9
_PLACEHOLDER = pattern(r"%([1-9])")
#: Formats given by an example, w:format of a "custom" numFmt: 001, 002, 003, ...
_CUSTOM_ZEROS = pattern(r"(0+)1,")
#: Labels that end with one of these stand close to their text; after others a blank is shown.
_CLOSE = frozenset("、，。．：）〕】》")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; ``text`` holds %1 … %9."""

    start: int = 0
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    #: None: begins anew after any higher level; 0: never; k: after level k (from 1) or a higher one.
    restart: int | None = None
    legal: bool = False
    #: Digits that a custom decimal format has at least.
    width: int = 0


class Numbering:
    """The lists of a document with their counters; labels are asked for in reading order."""

    def __init__(self, root: _Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._styled: dict[tuple[str, str], int] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: _Element) -> None:
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for abstract in root.iterchildren(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            levels: dict[int, Level] = {}
            for element in abstract.iterchildren(W + "lvl"):
                index = _integer(element.get(W + "ilvl"), -1)
                if 0 <= index < _LEVELS:
                    levels[index] = _level(element)
                    style = _value(element, "pStyle")
                    if style:
                        self._styled.setdefault((key, style), index)
            self._abstract[key] = levels
            link = _value(abstract, "numStyleLink")
            if link:
                links[key] = link
            style_link = _value(abstract, "styleLink")
            if style_link:
                styles[style_link] = key
        for num in root.iterchildren(W + "num"):
            number = num.get(W + "numId", "")
            key = _value(num, "abstractNumId") or ""
            self._abstract_of[number] = styles.get(links.get(key, ""), key)
            for override in num.iterchildren(W + "lvlOverride"):
                index = _integer(override.get(W + "ilvl"), -1)
                start = _value(override, "startOverride")
                if start is not None:
                    self._starts.setdefault(number, {})[index] = _integer(start, 0)
                level = override.find(W + "lvl")
                if level is not None:
                    self._overrides.setdefault(number, {})[index] = _level(level)

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that a paragraph style has in a list (w:pStyle); None where the list does not say."""
        return self._styled.get((self._abstract_of.get(number, ""), style))

    def label(self, number: str, index: int) -> tuple[str, str]:
        """The label of the next paragraph of list ``number`` (w:numId) at level ``index``, and what parts it
        from the text. Two empty strings where there is no such list or level."""
        key = self._abstract_of.get(number)
        if key is None or not 0 <= index < _LEVELS:
            return "", ""
        levels = {**self._abstract.get(key, {}), **self._overrides.get(number, {})}
        level = levels.get(index)
        if level is None:
            return "", ""
        counters = self._counters.setdefault(key, [None] * _LEVELS)
        self._count(number, index, levels, counters)
        if level.form == "bullet":
            label = "".join(shown_symbol(ord(sign)) for sign in level.text)
            return label, " " if label and level.suffix != "nothing" else ""

        def shown(place: str) -> str:
            at = int(place) - 1
            other = levels.get(at, Level())
            value = counters[at]
            if value is None:
                value = self._starts.get(number, {}).get(at, other.start)
            if other.width:
                return str(value).zfill(other.width)
            form = "decimal" if level.legal and other.form != "none" else other.form
            return label_of(value, form)

        label = _PLACEHOLDER.sub(lambda match: shown(match[1]), level.text)
        return label, _gap(label, level.suffix)

    def _count(self, number: str, index: int, levels: dict[int, Level], counters: list[int | None]) -> None:
        for at in range(_LEVELS):  # a list of its own start begins where it is first used
            start = self._starts.get(number, {}).get(at)
            if start is not None and at <= index and (number, at) not in self._begun:
                self._begun.add((number, at))
                if at == index:
                    counters[at] = None
        value = counters[index]
        if value is None:
            counters[index] = self._starts.get(number, {}).get(index, levels[index].start)
        else:
            counters[index] = value + 1
        for deeper in range(index + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or index < restart:
                counters[deeper] = None


def _gap(label: str, suffix: str) -> str:
    """What the text shows between label and text: Word's tab is a blank, or nothing behind 、 and ）."""
    if not label or suffix == "nothing":
        return ""
    return " " if suffix == "space" or label[-1] not in _CLOSE else ""


def _level(element: _Element) -> Level:
    form, width = "decimal", 0
    numfmt = next(element.iter(W + "numFmt"), None)
    if numfmt is not None:
        form = numfmt.get(VAL, "decimal")
        zeros = _CUSTOM_ZEROS.match(numfmt.get(W + "format", "")) if form == "custom" else None
        width = len(zeros[1]) + 1 if zeros else 0
    level = Level(
        start=_integer(_value(element, "start"), 0),
        form=form,
        text=_value(element, "lvlText") or "",
        suffix=_value(element, "suff") or "tab",
        width=width,
        legal=is_on(element.find(W + "isLgl")),
    )
    restart = _value(element, "lvlRestart")
    return level if restart is None else replace(level, restart=_integer(restart, 0))


def is_on(element: _Element | None) -> bool:
    """Whether a switch (ST_OnOff) is there and not turned off."""
    return element is not None and element.get(VAL, "1") not in ("0", "false", "off")


def _value(element: _Element, name: str) -> str | None:
    child = element.find(W + name)
    return None if child is None else child.get(VAL)


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
