"""Search keys and character bigrams: what makes every word of a task findable, of one character or of twenty.

The key of a text is folded (width, case) and has no blanks, so that a word broken by a line break is still
one word. Overlapping pairs of characters are indexed, punctuation included; a word is found where all its
pairs are, and each find is then checked on the key itself. Pairs are written as eight ASCII letters and
digits, which every index takes as one token and no query language reads as an operator.
"""

from __future__ import annotations

from functools import cache

from ..folding import fold_case

#: More pairs than this of one word do not narrow a search further.
_PAIRS_OF_A_WORD = 24
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def search_key(text: str) -> str:
    """``text`` folded for comparing, its blanks left out."""
    return "".join(fold_case(text).split())


def key_positions(text: str) -> list[int]:
    """For each character of ``search_key(text)``, its position in ``text``."""
    return [index for index, char in enumerate(fold_case(text)) if not char.isspace()]


@cache
def _code(char: str) -> str:
    """Four base-36 digits; 36⁴ is more than there are code points."""
    number = ord(char)
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def grams_of(key: str) -> list[str]:
    """Tokens of a key: each distinct pair, and the last character by itself (for words of one character)."""
    codes = [_code(char) for char in key]
    pairs = dict.fromkeys(map(str.__add__, codes, codes[1:]))
    return [*pairs, *codes[-1:]]


def grams_sought(words: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Tokens that a text with all ``words`` (search keys) has: ``(token, whether it is only a
    beginning)``."""
    sought: dict[tuple[str, bool], None] = {}
    for word in words:
        if len(word) == 1:
            sought[_code(word), True] = None
            continue
        pairs = grams_of(word)[:-1]
        step = -(-len(pairs) // _PAIRS_OF_A_WORD)
        sought |= dict.fromkeys((pair, False) for pair in pairs[:: max(step, 1)])
    return list(sought)


def find_all(key: str, word: str) -> list[int]:
    """Positions in ``key`` where ``word`` begins, overlapping ones included."""
    found: list[int] = []
    at = key.find(word)
    while at >= 0:
        found.append(at)
        at = key.find(word, at + 1)
    return found
