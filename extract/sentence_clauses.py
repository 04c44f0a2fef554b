"""Clauses that are a sentence of their own at the end of an item: 由市财政局牵头,市教育局配合。"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from ..model import PartyKind
from .clauses import Clause, moved
from .page import trim
from .parties import read_parties
from .patterns import pattern
from .tokens import BLANK, MARKER, NEWLINE, Tokens

#: A sentence that names all who answer for an item is no longer, in characters.
_LONGEST = 200
_ROLE = r"(?:牵头|配合|负责|落实|参与|组织实施|协办|抓总)"
# A role verb at the end of a stretch: only there a sentence is looked at.
_VERB = pattern(rf"(?=[牵配负落参组协抓]){_ROLE}(?=[,;。\r\n]|\Z)")
# The sentence's last words: a role verb, with the time perhaps (…配合,6月底前完成).
_ENDING = pattern(rf"{_ROLE}(?:,[^,。;]{{2,16}}(?:完成|前|底|末|推进|启动|建成))?$")
# A verb without a name before it: 覆盖各县,牵头抓总.
_BARE_VERB = pattern(rf"(?:^|[,;、]) *{_ROLE}")
# Words that stand in sentences and in no name: 具体工作由市财政局负责, but 市应急局, 市对外联络办.
_PROSE = pattern(r"[由将的把是被]|应(?!急)|要(?!客)|对(?!外|口)|在(?!线)|覆盖")
_STOPS = "。!?\r\n"


def sentence_clauses(folded: str, tokens: Tokens, taken: Sequence[Clause]) -> list[Clause]:
    """The clauses that are sentences, in order; ``taken`` are those of other forms, in order. Linear.

    A sentence is one where it closes its paragraph or item and is not all of it, holds but names and role
    verbs (and the time), and names a unit.
    """
    found: list[Clause] = []
    reached = 0
    for verb in _VERB.finditer(folded):
        if verb.start() < reached:
            continue
        start = _sentence_start(folded, max(reached, verb.start() - _LONGEST), verb.start())
        reached = _sentence_end(folded, verb.end())
        start, end = trim(folded, start, reached)
        # Names are read last: it costs most.
        if _overlaps(taken, start, end) or not _closes(folded, tokens, start, end):
            continue
        clause = _sentence(folded, start, end)
        if clause is not None:
            found.append(clause)
    return found


def _sentence_start(folded: str, lowest: int, at: int) -> int:
    return max(lowest - 1, *(folded.rfind(stop, lowest, at) for stop in _STOPS)) + 1


def _sentence_end(folded: str, at: int) -> int:
    stops = (folded.find(stop, at, at + _LONGEST) for stop in _STOPS)
    return min((stop for stop in stops if stop >= 0), default=min(len(folded), at + _LONGEST))


def _sentence(folded: str, start: int, end: int) -> Clause | None:
    if not 4 < end - start <= _LONGEST:
        return None
    content = folded[start:end]
    if _ENDING.search(content) is None or _BARE_VERB.search(content):
        return None
    reading = read_parties(content)
    if reading.keyed or not reading.verbal or not reading.plausible:
        return None
    if any(_PROSE.search(content, named.start, named.end) for named in reading.parties):
        return None
    if all(named.kind is PartyKind.GROUP for named in reading.parties):
        return None
    return Clause(start, end, moved(reading, start), "lines")


def _overlaps(taken: Sequence[Clause], start: int, end: int) -> bool:
    index = bisect_right(taken, end - 1, key=attrgetter("start")) - 1
    return index >= 0 and taken[index].end > start


def _closes(folded: str, tokens: Tokens, start: int, end: int) -> bool:
    """Whether the sentence ends its paragraph or item, and something of that stands before it."""
    position = end + 1 if folded.startswith("。", end) else end
    following = bisect_right(tokens.starts, position - 1)
    while following < len(tokens) and tokens[following].kind == BLANK:
        following += 1
    if following < len(tokens) and tokens[following].kind not in (NEWLINE, MARKER):
        return False
    before = bisect_right(tokens.starts, start) - 1
    if tokens[before].start < start:
        return True
    while before > 0 and tokens[before - 1].kind == BLANK:
        before -= 1
    return before > 0 and tokens[before - 1].kind != MARKER
