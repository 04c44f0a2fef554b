"""Automatic numbers: the label that Word computes for a numbered paragraph, as far as checks need it."""

from __future__ import annotations

import re
from typing import Any

from ..namespaces import W
from .looks import number

_W = f"{{{W}}}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
    )
)


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        for abstract in root.iterfind(f"{_W}abstractNum"):
            for level in abstract.iterfind(f"{_W}lvl"):
                key = (abstract.get(f"{_W}abstractNumId", ""), number(level.get(f"{_W}ilvl")))
                self._levels[key] = (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    number(_value(level, "start", "1"), 1),
                )
        for listed in root.iterfind(f"{_W}num"):
            self._list_of[listed.get(f"{_W}numId", "")] = _value(listed, "abstractNumId", "")

    def label(self, place: tuple[str, int] | None) -> str:
        """The next label at this list and level; "" for an unnumbered paragraph or a bullet."""
        if place is None or place[0] not in self._list_of:
            return ""
        listed, level = self._list_of[place[0]], place[1]
        if (listed, level) not in self._levels:
            return ""
        kind, text, start = self._levels[listed, level]
        if kind in ("bullet", "none"):
            return ""
        self._counts[listed, level] = self._counts.get((listed, level), start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == listed and key[1] > level]:
            del self._counts[deeper]
        return re.sub(r"%([1-9])", lambda found: self._number(listed, int(found[1]) - 1), text)

    def _number(self, listed: str, level: int) -> str:
        kind, _, start = self._levels.get((listed, level), ("decimal", "", 1))
        value = self._counts.get((listed, level), start)
        if kind in _CHINESE:
            return chinese(value)
        if kind.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
            return chr(0x2460 + value - 1)
        return str(value)


def chinese(value: int) -> str:
    """一 to 九十九, as headings are numbered; digits beyond."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(f"{_W}{name}")
    return default if found is None else str(found.get(f"{_W}val", default))
