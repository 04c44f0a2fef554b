"""The outline: which markers really number items, and the tree that they make."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from .clauses import Clause
from .lexer import BLANK, CN_DIGITS, LABEL, MARKER, NEWLINE, TEXT, Token
from .numerals import chinese_number, circled_number

#: Strength of the place where a marker stands.
_INSIDE, _PAUSE, _SENTENCE, _LINE = range(4)
#: Shapes that head everything: they end whatever is open (第X章 over 第X节 over 一、).
_TOP = ("章", "节", "一、")
TARGET, MEASURE = "target", "measure"
#: The tree is never deeper; what would be is text of the item above.
_MAX_DEPTH = 24
#: A heading to which the first item below is glued, in characters.
_LONGEST_HEADING = 30


class Node:
    """An item of the outline, or a block of targets or measures (``label`` set, no marker value).

    ``[start, end)`` is the whole item with everything below it, ``text_start`` the first character after
    the marker and its blanks.
    """

    __slots__ = (
        "at_line", "boxed", "children", "clauses", "end", "label", "mark_end", "parent", "part", "shape", "start",
        "text_start", "value",
    )  # fmt: skip

    def __init__(self, shape: str, value: int, start: int, mark_end: int, text_start: int) -> None:
        self.shape = shape
        self.value = value
        self.start = start
        self.mark_end = mark_end
        self.text_start = text_start
        self.end = -1
        self.label: str | None = None
        self.at_line = False
        #: Stands in a box (专栏): details of the item around it.
        self.boxed = False
        self.part = 0
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.clauses: list[Clause] = []

    @property
    def own_end(self) -> int:
        """Where the item's own text ends and the first item below begins."""
        return self.children[0].start if self.children else self.end

    def marker(self, text: str) -> str:
        return text[self.start : self.mark_end].rstrip()


class Break:
    """A place where a part of the file ends (signature, annex heading): ``[start, end)`` is no item's text."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


def marker_value(marker: str) -> tuple[str, int] | None:
    """Shape and value of a folded marker: ``("（一）", 3)`` for （三）; None where it has no value."""
    first = marker[0]
    if first == "(":
        inner = marker[1:-1].strip()
        if inner.isdecimal():
            return "(1)", int(inner)
        value = chinese_number(inner)
        return None if value is None else ("（一）", value)
    if first == "第":
        value = chinese_number(marker[1:-1])
        return None if value is None else (marker[-1], value)
    if first.isdecimal() and first.isascii():
        shape = "1)" if marker[-1] == ")" else "1."
        return shape, int(marker[:-1].rstrip())
    if marker[-1] == "、":
        value = chinese_number(marker[:-1].rstrip())
        return None if value is None else ("一、", value)
    value = circled_number(first)
    if value is None:
        return None
    if "❶" <= first <= "❿":
        return "❶", value
    if "⑴" <= first <= "⒇":
        return "(1)", value
    if "⒈" <= first <= "⒛":
        return "1.", value
    if "㈠" <= first <= "㈩":
        return "（一）", value
    return "①", value


def build(
    text: str,
    folded: str,
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    breaks: Sequence[Break],
) -> list[Node]:
    """All nodes of the outline in reading order; parents come before their children. Linear."""
    return _Builder(text, folded, tokens, clauses, breaks).build()


class _Builder:
    def __init__(
        self,
        text: str,
        folded: str,
        tokens: Sequence[Token],
        clauses: Sequence[Clause],
        breaks: Sequence[Break],
    ) -> None:
        self.text, self.folded, self.tokens = text, folded, tokens
        self.clauses, self.breaks = clauses, breaks
        self.stack: list[Node] = []
        self.nodes: list[Node] = []
        self.part = 0
        self.last: dict[str, int] = {}  # last value of each shape in this part: numbering may run on
        self.clause_starts = [clause.start for clause in clauses]
        self.marker_starts = [token.start for token in tokens if token.kind == MARKER]
        self.box = -1  # where the last box (专栏) heading was seen

    def build(self) -> list[Node]:
        clause_index = break_index = 0
        clauses, breaks, folded = self.clauses, self.breaks, self.folded
        clause_count, break_count = len(clauses), len(breaks)
        line_start = True
        for index, token in enumerate(self.tokens):
            kind, start, end = token
            if kind == NEWLINE:
                line_start = True
                continue
            if kind == BLANK:
                continue
            while break_index < break_count and breaks[break_index].end <= start:
                self._new_part(breaks[break_index].start)
                break_index += 1
            if kind == TEXT:
                if folded.startswith("专栏", start) or folded.find("专栏", start, end) >= 0:
                    self.box = folded.rfind("专栏", start, end)
            elif kind == MARKER or kind == LABEL:
                while clause_index < clause_count and clauses[clause_index].end <= start:
                    clause_index += 1
                in_clause = clause_index < clause_count and clauses[clause_index].start <= start
                in_break = break_index < break_count and breaks[break_index].start <= start
                if not in_clause and not in_break:
                    strength = _LINE if line_start else self._strength(start, clause_index)
                    if kind == MARKER:
                        self._marker(index, token, strength)
                    elif strength >= _SENTENCE:
                        self._label(index, token)
            line_start = False
        for remaining in breaks[break_index:]:
            self._new_part(remaining.start)
        self._close_to(0, len(self.text))
        return self.nodes

    def _strength(self, start: int, clause_index: int) -> int:
        before = start - 1
        while before >= 0 and self.folded[before] in " \t":
            before -= 1
        if before < 0:
            return _LINE
        if clause_index and self.clauses[clause_index - 1].end == before + 1:
            return _SENTENCE
        char = self.folded[before]
        if char in "。;!?":
            return _SENTENCE
        if (
            char in "”)〕]】:,》…"
            or before < start - 1
            or (char.isdecimal() and self.folded[start] in CN_DIGITS)
        ):
            return _PAUSE
        return _INSIDE

    def _new_part(self, end: int) -> None:
        self._close_to(0, end)
        self.last.clear()
        self.part += 1

    def _close_to(self, depth: int, end: int) -> None:
        for node in self.stack[depth:]:
            node.end = max(end, node.text_start)
        del self.stack[depth:]

    def _text_start(self, index: int) -> int:
        following = index + 1
        while following < len(self.tokens) and self.tokens[following].kind == BLANK:
            following += 1
        return self.tokens[following - 1].end

    def _label(self, index: int, token: Token) -> None:
        depth = next((d for d, node in enumerate(self.stack) if node.label), len(self.stack))
        while depth and not self.stack[depth - 1].label and self.stack[depth - 1].shape == "①":
            depth -= 1
        if not depth:
            return
        self._close_to(depth, token.start)
        node = Node("", 0, token.start, token.end, self._text_start(index))
        words = self.folded[token.start : token.end]
        node.label = MEASURE if "措" in words else TARGET
        self._push(node)

    def _push(self, node: Node) -> None:
        node.part = self.part
        if self.stack:
            node.parent = self.stack[-1]
            node.parent.children.append(node)
        self.stack.append(node)
        self.nodes.append(node)

    def _marker(self, index: int, token: Token, strength: int) -> None:
        found = marker_value(self.folded[token.start : token.end])
        if found is None or not 0 < found[1] < 400:
            return
        shape, value = found
        depth = self._place(shape, value, strength, token.start)
        if depth is None or depth > _MAX_DEPTH:
            return
        self._close_to(depth, token.start)
        node = Node(shape, value, token.start, token.end, self._text_start(index))
        node.at_line = strength == _LINE
        if depth and depth == len(self.stack):
            above = self.stack[-1]
            first = above.children[0] if above.children else None
            node.boxed = above.boxed or (self.box >= above.text_start if first is None else first.boxed)
        self.last[shape] = value
        self._push(node)

    def _place(self, shape: str, value: int, strength: int, start: int) -> int | None:
        """The depth at which the item goes, or None where the marker numbers nothing."""
        same = [depth for depth, node in enumerate(self.stack) if node.shape == shape]
        if same:
            return self._beside(shape, value, strength, same, start)
        depth = len(self.stack)
        if shape in _TOP:
            if strength < _PAUSE:
                return None
            rank = _TOP.index(shape)
            depth = next(
                (d for d, node in enumerate(self.stack) if node.shape not in _TOP[:rank]), len(self.stack)
            )
        if value == 1:
            opens = strength >= _PAUSE or shape == "（一）" or 0 <= start - self.box <= 60
            return depth if opens or self._heads(start) else None
        if value == self.last.get(shape, 0) + 1:  # numbering runs on through headings
            return depth if strength >= _PAUSE or shape in ("1.", "（一）") else None
        return depth if strength == _LINE else None

    def _beside(self, shape: str, value: int, strength: int, same: Sequence[int], start: int) -> int | None:
        deepest = same[-1]
        node = self.stack[deepest]
        outer = next((depth for depth in reversed(same[:-1]) if value == self.stack[depth].value + 1), None)
        if outer is not None and value == node.value + 1 and self._clause_follows(start):
            return outer  # both lists could go on; the items of a box have no clauses
        if value == node.value + 1:
            return deepest if strength >= _PAUSE or shape not in _TOP else None
        if outer is not None:
            return outer
        if value == 1:
            if shape in _TOP:
                return self._restart(deepest, start) if strength == _LINE else None
            if strength == _LINE and not self.box >= node.start:
                return deepest
            if strength < _PAUSE and not self.box >= node.start:
                return None
            in_block = node.parent is not None and node.parent.label is not None
            return deepest if in_block else len(self.stack)
        if strength == _LINE:
            return deepest
        if strength == _SENTENCE and 1 < value - node.value <= 3:
            return deepest
        return None

    def _heads(self, start: int) -> bool:
        """Whether only a short heading stands between the item above and this place: （一）加快数字化1.扫描…"""
        if not self.stack or self.stack[-1].label is not None:
            return False
        begin = self.stack[-1].text_start
        return 3 < start - begin <= _LONGEST_HEADING and not _SENTENCE_STOP.search(self.folded, begin, start)

    def _clause_follows(self, start: int) -> bool:
        """Whether a clause stands before the next number of any list."""
        index = bisect_right(self.clause_starts, start)
        if index == len(self.clause_starts):
            return False
        marker = bisect_right(self.marker_starts, start)
        return marker == len(self.marker_starts) or self.clause_starts[index] < self.marker_starts[marker]

    def _restart(self, depth: int, start: int) -> int:
        """一、 again at the head of a line: another document begins here."""
        if self.stack[depth].value > 1:
            self._new_part(start)
            return 0
        return depth


_SENTENCE_STOP = re.compile(r"[。!?;]|\r|\n")


def heading_end(folded: str, start: int, end: int) -> int:
    """Where a heading's title ends: at the first full stop or line end, not inside ``end``."""
    match = _SENTENCE_STOP.search(folded, start, end)
    stop = end if match is None else match.start()
    while stop > start and folded[stop - 1] in " \t":
        stop -= 1
    return stop


def attach_clauses(nodes: Sequence[Node], clauses: Sequence[Clause]) -> list[Clause]:
    """Hang each clause on the deepest node that contains it; returns those outside every node.

    Nodes come in reading order with parents first; one sweep with a stack of the open ones.
    """
    homeless: list[Clause] = []
    open_nodes: list[Node] = []
    index = 0
    for clause in clauses:
        while index < len(nodes) and nodes[index].start <= clause.start:
            open_nodes.append(nodes[index])
            index += 1
        while open_nodes and open_nodes[-1].end <= clause.start:
            open_nodes.pop()
        if open_nodes:
            open_nodes[-1].clauses.append(clause)
        else:
            homeless.append(clause)
    return homeless
