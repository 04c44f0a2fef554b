"""Values of item markers and of Chinese numerals up to 999."""

from __future__ import annotations

import unicodedata

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def chinese_number(numeral: str) -> int | None:
    """The value of 一 … 九百九十九, also digit by digit (二〇二一); None when it is no numeral.

    >>> chinese_number("三十二"), chinese_number("十"), chinese_number("二〇二一"), chinese_number("一一五")
    (32, 10, 2021, 115)
    """
    if not numeral:
        return None
    if "十" not in numeral and "百" not in numeral:
        if any(char not in _DIGITS for char in numeral):
            return None
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, None
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百":
            total += (1 if digit is None else digit) * (10 if char == "十" else 100)
            digit = None
        else:
            return None
    return total + (digit or 0)


def circled_number(char: str) -> int | None:
    """The value of ① ⑴ ⒈ ㈠ ❶ ㊱; None for anything else."""
    value = unicodedata.numeric(char, None) if len(char) == 1 else None
    return None if value is None else int(value)
