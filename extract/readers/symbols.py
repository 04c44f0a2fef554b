"""Signs of symbol fonts in Word files, which stand in the private use area, as what they look like."""

from __future__ import annotations

_DIGITS, _BLACK_DIGITS = "⓪①②③④⑤⑥⑦⑧⑨⑩", "⓿❶❷❸❹❺❻❼❽❾❿"


def _from(code: int, signs: str) -> dict[int, str]:
    return {code + index: sign for index, sign in enumerate(signs)}


#: Of each font the signs that notices use, by the last two hexadecimal digits of their code.
_FONTS = {
    "wingdings": {
        **_from(0x80, _DIGITS), **_from(0x8B, _BLACK_DIGITS),
        0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
        0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
        0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        **_from(0x69, _DIGITS), **_from(0x74, _BLACK_DIGITS),
        0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "□",
    },
    "symbol": {
        0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
        0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    },
}  # fmt: skip
#: Where the font is not told: bullets of lists.
_USUAL = {**_FONTS["wingdings"], 0xB7: "•"}
_PRIVATE = range(0xF000, 0xF100)


def shown_symbol(code: int, font: str = "") -> str:
    """What the sign with this code looks like in a font; the sign itself where nothing is known of it.

    >>> shown_symbol(0xF081, "Wingdings"), shown_symbol(0x2460, "宋体"), shown_symbol(0xF0B7)
    ('①', '①', '•')
    """
    known = _FONTS.get(font.strip().lower(), {} if font else _USUAL)
    if code in _PRIVATE or (font and known and code < 0x100):
        return known.get(code & 0xFF, chr(code))
    return chr(code)
