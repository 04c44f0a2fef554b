"""Colours: which count as the red of a 版头, whatever shade an office has chosen."""

from __future__ import annotations


def is_red(red: int, green: int, blue: int) -> bool:
    """Whether a colour is much more red than green and blue; parts from 0 to 255."""
    return red >= 0xB0 and max(green, blue) <= 0x60


def is_red_hex(colour: str | None) -> bool:
    """The same of ``FF0000``; nothing else than six hex digits is red."""
    if colour is None or len(colour) != 6:
        return False
    try:
        red, green, blue = bytes.fromhex(colour)
    except ValueError:
        return False
    return is_red(red, green, blue)
