"""Fonts of charts: installed Chinese fonts that have every character that is to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ...model.errors import ChartFontError

#: Families by preference: even strokes first, they stay readable when small. Fonts of office suites, of
#: Windows, of macOS and free ones.
FAMILIES = (
    "SimHei", "Microsoft YaHei", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK SC",
    "Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
    "Droid Sans Fallback", "FandolHei", "STHeiti", "Heiti SC", "FZHei-B01S", "SimSun", "NSimSun",
    "Source Han Serif SC", "Source Han Serif CN", "Noto Serif CJK SC", "Noto Serif SC", "STSong", "Songti SC",
    "AR PL UMing CN",
    "FandolSong", "FangSong", "FangSong_GB2312", "STFangsong", "FandolFang", "KaiTi", "KaiTi_GB2312",
    "STKaiti", "LXGW WenKai", "AR PL UKai CN",
    # Matplotlib before 3.11 knows the first face of a collection alone; its characters are the same.
    "Noto Sans CJK JP", "Noto Serif CJK JP",
)  # fmt: skip
_REMEDY = "安装一种中文字体（如黑体、思源黑体 Noto Sans CJK、文泉驿），再生成；文件照常生成，只是不带图"


def families_for(words: Iterable[str]) -> tuple[str, ...]:
    """Names of installed fonts that together have every character: the first that has most of them leads.

    Raises :class:`ChartFontError` where none is a Chinese one, or a character is in none.
    """
    wanted = {character for text in words for character in text if not character.isspace()}
    installed = _installed()
    if not installed:
        raise ChartFontError("这台计算机没有找到中文字体，没有画图", remedy=_REMEDY)
    chosen: list[str] = []
    for name in installed:
        if not wanted and chosen:
            break
        missing = wanted - _characters(name)
        if not chosen or len(missing) < len(wanted):
            chosen.append(name)
            wanted = missing
    if wanted:
        shown = "".join(sorted(wanted)[:10])
        raise ChartFontError(f"已装的中文字体没有“{shown}”，没有画图", remedy=_REMEDY)
    return tuple(chosen)


@cache
def _installed() -> tuple[str, ...]:
    """The families of the list that this machine has; those installed since the font list was made, too."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    known = {entry.name for entry in manager.ttflist}
    if not known.intersection(FAMILIES):
        listed = {entry.fname for entry in manager.ttflist}
        for path in sorted(set(font_manager.findSystemFonts()) - listed):
            try:
                manager.addfont(path)
            except (OSError, RuntimeError, ValueError):
                continue  # bitmap and damaged fonts, which FreeType cannot open, are of no use here
        known = {entry.name for entry in manager.ttflist}
    return tuple(name for name in FAMILIES if name in known)


@cache
def _characters(name: str) -> frozenset[str]:
    """The characters that a font has a glyph for."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=[name]), fallback_to_default=False))
    return frozenset(chr(code) for code, glyph in font.get_charmap().items() if glyph)
