"""Document numbers (发文字号): the notice's own 辽政办发〔2018〕10号, and not those it refers to."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import Span
from .page import Page, without_blanks
from .patterns import pattern

# A document number with whatever Han characters stand before it.
_NUMBER = pattern(
    r"([\u4e00-\u9fff]{2,30})(?:[〔\[【(]|〔〔) ?(20\d\d|19\d\d) ?[〕\]】)] ?(?:第 ?)?(\d{1,5}) ?号"
)
# Words after which the number itself begins: …的通知|澜政发〔2023〕17号.
_CUT = pattern(
    r"通知|意见|方案|办法|措施|计划|决定|规划|公告|通报|文件|条例|规定|要点|细则|清单|根据|按照|贯彻|落实|执行|转发|以"
    r"|的|年|人民政府|市政府|省政府|委员会"
)
#: Ends of the words to which a notice's own number is glued when line ends were lost.
_GLUED_TO = ("通知", "意见", "文件", "方案", "通报", "决定", "办法", "日", "》")
#: A notice's own number stands in the first lines, near their head.
_HEAD_LINES, _HEAD_CHARACTERS = 40, 400


class Numbered(NamedTuple):
    """A notice's own number; ``line`` is the line that it fills alone."""

    number: str | None
    line: Span | None = None


def own_number(page: Page) -> Numbered:
    """The notice's own 文号: on a line of its own, else glued to the title; never one it refers to."""
    for start, end in page.lines[:_HEAD_LINES]:
        match = _NUMBER.search(page.folded, start, min(end, start + _HEAD_CHARACTERS))
        if match is None:
            continue
        alone = page.folded[start:end].strip(" ()〔〕") == match.group().strip()
        begin = _begin(match)
        if alone or _is_glued(page.folded[start:begin], match.end() - begin):
            number = without_blanks(page.text[begin : match.end()])
            return Numbered(number, Span(start, end) if alone else None)
    return Numbered(None)


def _begin(match: re.Match[str]) -> int:
    """Where the number begins behind the words that stand before it."""
    cut = 0
    for found in _CUT.finditer(match.group(1)):
        cut = found.end()
    return match.start() + cut


def _is_glued(before: str, length: int) -> bool:
    """Whether a number of ``length`` characters stands right behind the title or issuer, not in brackets."""
    opened = before.count("《") > before.count("》") or before.rstrip().endswith(("(", "〔"))
    if length > 24 or len(before) > 160 or opened or "。" in before:
        return False
    return before == "" or before.rstrip().endswith(_GLUED_TO) or "市人民政府" in before


def without_number_before(title: str) -> str:
    """A title without a document number at its head."""
    match = _NUMBER.match(title)
    return title if match is None or _begin(match) > 0 else title[match.end() :]


def behind_number(words: str) -> str:
    """The words behind a document number, where a title stands there: …局文件某政发〔2021〕8号|某局关于….

    >>> behind_number("雁汀市水务局文件雁水〔2021〕8号雁汀市水务局关于建库的通知")
    '雁汀市水务局关于建库的通知'
    """
    numbers = list(_NUMBER.finditer(words))
    if not numbers or "关于" not in words[numbers[-1].end() :] or "关于" in words[: numbers[-1].start()]:
        return words
    return words[numbers[-1].end() :]


def without_number_behind(title: str) -> str:
    """A title without a document number glued to its end."""
    numbers = list(_NUMBER.finditer(title))
    if not numbers or numbers[-1].end() < len(title) - 1:
        return title
    return title[: _begin(numbers[-1])].rstrip("(（")
