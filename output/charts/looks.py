"""Looks: a colour and a hatch for each kind of bar, for black-and-white print and colour-blind eyes.

The colours are told apart by lightness too; the word stands in the legend, the number in the bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Look:
    """Fill, hatch of matplotlib, and the colour of numbers that stand on it."""

    fill: str
    hatch: str = ""
    ink: str = "#000000"


#: Lights by their word, in the order in which they are stacked.
LIGHTS = MappingProxyType(
    {
        "已完成": Look("#1b7837", "", "#ffffff"),
        "蓝灯": Look("#74add1", "//"),
        "黄灯": Look("#fee08b", ".."),
        "红灯": Look("#c51b1b", "xx", "#ffffff"),
        "未到期": Look("#e6e6e6"),
        "暂停": Look("#ffffff", "--"),
    }
)
#: Kinds without a look of their own, in turn.
OTHERS = (
    Look("#2166ac", "", "#ffffff"),
    Look("#92c5de", "//"),
    Look("#f4a582", ".."),
    Look("#d9d9d9", "\\\\"),
    Look("#b2abd2", "xx"),
    Look("#ffffff", "--"),
    Look("#5e3c99", "oo", "#ffffff"),
    Look("#e6f598", "++"),
)
#: What is taken off.
LESS = Look("#ffffff", "xxx")


def looks_of(names: tuple[str, ...]) -> tuple[Look, ...]:
    """A look for each name: a light's own, else the next of the others."""
    free = 0
    found = []
    for name in names:
        look = LIGHTS.get(name)
        if look is None:
            look = OTHERS[free % len(OTHERS)]
            free += 1
        found.append(look)
    return tuple(found)
