"""Folding: a per-character, length-preserving view of a text for comparing; the text itself is never changed.

Width is folded (（ to (, ： to :, １ to 1), blanks to a space, and the radicals that printed web pages put
in place of ordinary characters (⼈⼯ for 人工, ⺠ for 民). NFKC is not usable: it changes lengths and turns
``②5月`` into ``25月`` (facts: parsing, finding 3). :func:`fold_case` adds letter case, :func:`fold_name`
the kinds of bracket.
"""

from __future__ import annotations

import re
import unicodedata

# CJK Radicals Supplement has no compatibility decomposition; this is Unicode's EquivalentUnifiedIdeograph
# for the radicals that have a modern, simplified or common form.
_RADICALS = (
    "⺁⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺑⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹"
    "⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫"
    "⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乙亻冂几刀刂卜卩小小兀尣尢巳幺彑忄心扌攵旡日月歺母民氵氺灬爫爫丬犭王目示礻竹糹纟罓罒网网网羊羊羊耂"
    "肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉"
    "齐歯齿竜龙龜亀龟"
)


def _table() -> dict[str, str]:
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys("\u3000\u00a0\u2002\u2003\u2009\u202f\ufeff\u200b", " ")
    table |= dict(zip("﹒・﹐﹕﹔︰∶﹙﹚﹝﹞｢｣", ".·,:;::()〔〕「」", strict=True))
    table |= dict(zip(_RADICALS, _IDEOGRAPHS, strict=True))
    for code in range(0x2F00, 0x2FD6):  # Kangxi radicals decompose to exactly one ideograph
        table[chr(code)] = unicodedata.normalize("NFKC", chr(code))
    return table


_FOLD = _table()
_FOLDABLE = re.compile(
    "[\uff01-\uff5e\u3000\u00a0\u2002\u2003\u2009\u202f\ufeff\u200b\ufe50-\ufe5e\u30fb\ufe30\u2236\uff62\uff63"
    "\u2e80-\u2fd5]"
)


def _folded(match: re.Match[str]) -> str:
    found = match.group()
    return _FOLD.get(found, found)


def fold(text: str) -> str:
    """The folded view of ``text``: same length, same positions. Linear, 20 times as fast as ``translate``."""
    return text if text.isascii() else _FOLDABLE.sub(_folded, text)


_RADICAL = re.compile("[\u2e80-\u2fd5]")


def plain_radicals(text: str) -> str:
    """The text with radicals that stand for ordinary characters (⼈⼯) put right (人工), width left alone."""
    return text if text.isascii() else _RADICAL.sub(_folded, text)


_BRACKETS = str.maketrans("〔〕[]{}【】〖〗〈〉《》", "()()()()()()()")


def fold_case(text: str) -> str:
    """``fold`` and lower case, each character by itself: positions stay, İ stays, both forms of σ are one."""
    folded = fold(text)
    lower = folded.lower()
    if len(lower) != len(folded):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in folded)
    return lower.replace("ς", "σ")


#: Nearly all names and lines: nothing in them to fold.
_PLAIN = re.compile("[\u4e00-\u9fff0-9\u3001\u3002]*")


def fold_name(text: str) -> str:
    """A name for comparing: width, case and kind of bracket folded; no blanks, so its length may differ."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(fold_case(text).translate(_BRACKETS).split())
