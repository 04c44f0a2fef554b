"""Extents: where headings and tasks end, and which clause closes a stretch of text."""

from __future__ import annotations

from collections.abc import Sequence

from .clause_words import PERSON_KEY
from .clauses import Clause
from .lexer import TIME_KEY
from .nodes import SENTENCE_STOP, Node
from .page import before_blanks, trim_end
from .patterns import pattern

# How the closing paragraph of a document begins: 各地区、各部门要…, 本意见自…起施行, 附件.
_CLOSING = pattern(
    r"\s*(?:各地区|各地|各部门|各有关|各级|各市|各县|各区|各单位"
    r"|本(?:意见|措施|方案|通知|政策|办法|规划|计划|行动|若干)|以上|上述|此前|附件)"
)
# A line that says when, or a person: 完成时限:2025年底, 责任领导:张三.
_FIELD_LINE = pattern(rf"(?:{TIME_KEY}|(?m:^[ \t]*){PERSON_KEY})[^\r\n]*")
# Such lines at the end of a statement.
_LAST_FIELDS = pattern(rf"(?:[\r\n]+[ \t]*(?:{TIME_KEY}|{PERSON_KEY})[^\r\n]*)+\s*$")
_TIME_NEXT = pattern(rf"\s*{TIME_KEY}[^\r\n]*")
# The foot of a printed page: — 3 —, 第 4 页 共 9 页.
_PAGE_MARK = pattern(r"(?m)^[ \t]*(?:[—–-] ?\d+ ?[—–-]|第 ?\d+ ?页(?: ?共 ?\d+ ?页)?)[ \t]*$")
_END_MARK = pattern(r"\s*[。;；]")

#: Field lines at the end of a statement are looked for in so many characters.
_LONGEST_FIELDS = 300
#: ⑪ and above do not exist in GB2312 and GBK and were lost on the way (facts: parsing, finding 1).
LAST_SAFE_MARKER = 10


def lost_marker_starts(clauses: Sequence[Clause], folded: str, end: int) -> list[int]:
    """Where items without a marker begin: text goes on after a clause that closes a sentence."""
    starts = []
    for clause in clauses[:-1]:
        start = clause.end
        while start < end and (folded[start].isspace() or folded[start] in "。;"):
            start += 1
        if start < end and folded[clause.start - 1] in "。;!?":
            starts.append(start)
    return starts


def heading_end(folded: str, start: int, end: int) -> int:
    """Where a heading's title ends: at the first full stop or line end, not behind ``end``."""
    match = SENTENCE_STOP.search(folded, start, end)
    return before_blanks(folded, start, end if match is None else match.start())


def closing_clause(clauses: Sequence[Clause], folded: str, end: int) -> Clause | None:
    """The clause that closes ``[…, end)``: only a full stop, a 完成时限 or a 责任人 line may follow it."""
    if not clauses:
        return None
    last = clauses[-1]
    rest = _PAGE_MARK.sub("", _FIELD_LINE.sub("", folded[last.end : end]))
    return last if not rest.strip(" \t\r\n。;；") else None


def before_fields(folded: str, start: int, end: int) -> int:
    """The end of a statement without the lines behind it that say when, or name a person: 责任领导:…."""
    lowest = max(start, end - _LONGEST_FIELDS)
    match = _LAST_FIELDS.search(folded, lowest, end)
    return end if match is None else before_blanks(folded, start, match.start())


def task_end(node: Node, folded: str, *, last_of_part: bool) -> int:
    """Where a task without items below ends: after its last clause, unless its own paragraph goes on.

    ``last_of_part``: no item follows in this document, so its closing paragraphs may.
    """
    end = node.end
    if not node.clauses or node.children:
        return trim_end(folded, node.start, end)
    position = node.clauses[-1].end
    mark = _END_MARK.match(folded, position, end)
    if mark is not None:
        position = mark.end()
    while (line := _TIME_NEXT.match(folded, position, end)) is not None:
        position = line.end()
    tail = folded[position:end]
    on_own_line = tail.lstrip(" \t")[:1] in ("", "\r", "\n")
    closes_document = (last_of_part or on_own_line) and _CLOSING.match(tail) is not None
    in_box = tail.lstrip().startswith("专栏")  # a box is no part of the task before it
    unmarked = _PAGE_MARK.sub("", tail).strip()
    if not unmarked or in_box or (last_of_part and on_own_line) or closes_document:
        return trim_end(folded, node.start, position)
    return trim_end(folded, node.start, end)
