"""What the kinds of documents share: wording, numbered sections, lists in words, the frame about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from ..sources import SourceText, own, shipped
from ..wording import Blocks, Wording
from .agreements import Agreement, Exactly, Said, Same

_DIGITS = "零一二三四五六七八九"
_HAN = "\u4e00-\u9fff"
#: Half-width points of a quoted sentence or of what was typed in, and what an official document has.
_POINTS = str.maketrans(",;:?!", "，；：？！")
_HALF = re.compile(rf"(?<=[{_HAN}”》）%0-9])[,;:?!](?=[{_HAN}“《（]|$)")
_BLANKS = re.compile(rf"(?<=[{_HAN}]) | (?=[{_HAN}])")
_RANGE = re.compile(rf"(?<=\d)-(?=\d+(?:\.\d+)?[{_HAN}%])")
_BRACKETS = re.compile(rf"\((?=[^()]*[{_HAN}])([^()]*)\)")


def wording(file: str, blocks: Blocks, templates: Path | None) -> Wording:
    """The wording of a kind, ``official/<file>.j2``, with the office's own blocks. Raises TemplateError."""
    name = f"official/{file}.j2"
    return _compiled(name, own(templates, name), tuple(blocks.items()))


@lru_cache(maxsize=32)
def _compiled(
    name: str, own_text: SourceText | None, blocks: tuple[tuple[str, frozenset[str]], ...]
) -> Wording:
    """One compilation for a series of documents; an office's file is read anew for each."""
    return Wording(shipped(name), own_text, dict(blocks))


def shares_of_100(quoted: str = "") -> Agreement:
    """Every paragraph's shares, as the wordings state them, sum to 100; ``quoted`` is the notice's title."""
    said = Said(r"占(\d+(?:\.\d+)?)%", summed=True, quoted=(quoted,))
    return Same("占比合计", (said, Exactly(100)))


def sections(parts: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Paragraphs of the parts, each under its numbered heading 一、; a part without any is left out."""
    lines: list[str] = []
    number = 0
    for heading, paragraphs in parts:
        if paragraphs:
            number += 1
            lines += [f"{numeral(number)}、{heading}", *paragraphs]
    return lines


def numbered(sentences: Iterable[str]) -> list[str]:
    """Each sentence with its number: ``（一）``."""
    return [f"（{numeral(at)}）{sentence}" for at, sentence in enumerate(sentences, 1)]


def items(sentences: Iterable[str]) -> list[str]:
    """Each sentence with its number: ``1. ``."""
    return [f"{at}. {one}" for at, one in enumerate(sentences, 1)]


def numeral(number: int) -> str:
    """A heading's number below 100 in Chinese: 1 → 一, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(number, 10)
    before = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return before + (_DIGITS[ones] if ones or not tens else "")


def names(units: Iterable[str]) -> str:
    """Names one after another, each once."""
    return "、".join(dict.fromkeys(units))


def full_width(text: str) -> str:
    """Words from outside with the points and brackets that GB/T 15834 asks for between Chinese characters."""
    text = _HALF.sub(lambda found: found[0].translate(_POINTS), _RANGE.sub("—", text))
    return _BRACKETS.sub(r"（\1）", text)


def sentence(text: str) -> str:
    """Words from outside as they stand in a sentence: :func:`full_width`, no blanks about Chinese characters,
    no full stop at the end."""
    return full_width(_BLANKS.sub("", " ".join(text.split())).rstrip("。；;，, "))


def addressee(unit: str) -> str:
    """A unit as 主送: a city or county is addressed as its government."""
    return f"{unit}人民政府" if unit.endswith(("市", "县", "州", "盟")) else unit


def length(text: Iterable[str]) -> int:
    """Characters of a text as the length guard counts them: blanks left out."""
    return sum(len("".join(paragraph.split())) for paragraph in text)
