"""References to documents: titles in 《》 with the number behind them, and numbers alone."""

from __future__ import annotations

from typing import NamedTuple

from ...model import Span
from ..patterns import pattern

#: No title is longer, in characters.
_LONGEST = 120
_NUMBER = r"[\u4e00-\u9fff]{1,12}[〔\[(](?:19|20)\d\d[〕\])] ?第? ?\d{1,4} ?号"
_REFERENCE = pattern(rf"《|(?P<number>{_NUMBER})")
_BEHIND = pattern(rf" ?[(〔]? ?(?P<number>{_NUMBER})")
# Words in front of a number that are none of it: 贯彻中发〔2016〕7号.
_LEAD = pattern(
    r"^(?:贯彻落实|深入贯彻|按照|根据|落实|依据|执行|关于|贯彻|印发|参照|废止|修订|以及|对照|结合|依照|和|与|及|据|按|由|以|将|在|对|的|《)"
)


class Reference(NamedTuple):
    """Where a document is named: its title without 《》 and its number, as far as they stand there."""

    span: Span
    title: str | None
    number: str | None


def references(text: str, folded: str, start: int, end: int) -> list[Reference]:
    """The documents that a stretch names, in order; a title may hold another in its own 《》. Linear."""
    found = []
    position = start
    while (match := _REFERENCE.search(folded, position, end)) is not None:
        position = match.end()
        if match["number"] is not None:
            begin = match.start()
            while (lead := _LEAD.match(folded[begin : match.end()])) is not None:
                begin += lead.end()
            if folded[begin] not in "〔[(":
                found.append(Reference(Span(begin, match.end()), None, text[begin : match.end()]))
            continue
        stop = _closing(folded, match.start(), min(end, match.start() + _LONGEST))
        if stop is None:
            continue
        title = text[match.end() : stop]
        position = stop + 1
        behind = _BEHIND.match(folded, position, end)
        number = None if behind is None else text[slice(*behind.span("number"))]
        if behind is not None:
            position = behind.end("number")
            if folded[position : position + 1] in (")", "〕") and behind.group().lstrip()[0] in "(〔":
                position += 1
        found.append(Reference(Span(match.start(), position), title, number))
    return found


def _closing(folded: str, start: int, end: int) -> int | None:
    """Where the 》 stands that closes the 《 at ``start``."""
    depth = 0
    for at in range(start, end):
        if folded[at] == "《":
            depth += 1
        elif folded[at] == "》":
            depth -= 1
            if depth == 0:
                return at
        elif folded[at] == "\n" and depth == 0:
            return None
    return None
