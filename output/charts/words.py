"""Words of charts: labels cut to their room, numbers as people write them, alternative texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")
Number = int | Decimal
#: Characters of an alternative text: screen readers read it in one breath.
ALT_CHARACTERS = 800


def label(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` characters; what is cut off shows as …."""
    text = " ".join(text.split())
    return text if width(text) <= most else _cut(text, most - 1) + "…"


def width(text: str) -> float:
    """Width in characters: Latin letters and digits take half of one."""
    return sum(0.55 if character.isascii() else 1.0 for character in text)


def _cut(text: str, most: float) -> str:
    used = 0.0
    for at, character in enumerate(text):
        used += width(character)
        if used > most:
            return text[:at]
    return text


def number(value: Number) -> str:
    """A number with the digits that it was given with: 12, 3.50."""
    return str(value) if isinstance(value, int) else f"{value:f}"


def alt_text(kind: str, title: str, rows: Iterable[str]) -> str:
    """What a picture tells: its kind and title, then row after row as far as there is room."""
    text, left = f"{kind}：{title}。", 0
    for row in rows:
        if left or len(text) + len(row) > ALT_CHARACTERS:
            left += 1
        else:
            text += f"{row}；"
    return (
        f"{text.rstrip('；')}；其余 {left} 项见表。"
        if left
        else f"{text.rstrip('；')}。".replace("。。", "。")
    )


def pages_of(rows: Sequence[T], most: int) -> Iterator[tuple[str, Sequence[T]]]:
    """The rows in runs of at most ``most``, as even as they come, each with what its caption adds."""
    parts = max(1, -(-len(rows) // most))
    size = -(-len(rows) // parts)
    for at in range(parts):
        yield (f"（{at + 1}/{parts}）" if parts > 1 else ""), rows[at * size : (at + 1) * size]
