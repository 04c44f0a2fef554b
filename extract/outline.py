"""The outline: which markers really number items, and the tree that they make."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ..model import Span
from .clauses import Clause
from .lexer import CN_DIGITS
from .nodes import MEASURE, SENTENCE_STOP, TARGET, Node, marker_value
from .page import before_blanks
from .tokens import BLANK, KINDS, LABEL, MARKER, NEWLINE, TEXT, Tokens

_MARKER, _BLANK = KINDS.index(MARKER), KINDS.index(BLANK)
#: Strength of a marker's place: inside a sentence, behind a pause, behind a sentence, at a line's head.
_INSIDE, _PAUSE, _SENTENCE, _LINE = range(4)
#: Shapes that head everything: they end whatever is open (第X章 over 第X节 over 一、).
_TOP = ("章", "节", "一、")
#: The tree is never deeper; what would be is text of the item above.
_MAX_DEPTH = 24
#: A file with more items is no notice; what follows is text, and a diagnostic says so.
MAX_ITEMS = 100_000
#: Hardly a list has more items; a larger number that does not go on with one counts something else.
_MAX_VALUE = 400
#: A heading to which the first item below is glued, in characters.
_LONGEST_HEADING = 30
#: Distance behind the word 专栏 within which the first item of a box begins.
_BOX_HEADING = 60


class Outline(NamedTuple):
    """All nodes in reading order, parents before their children, and the parts that hold tables.

    ``cut`` is the marker of the first item that is one too many; None where all were taken.
    """

    nodes: list[Node]
    table_parts: set[int]
    cut: Span | None


def build(
    folded: str,
    tokens: Tokens,
    clauses: Sequence[Clause],
    breaks: Sequence[Span],
    tables: Sequence[Span] = (),
) -> Outline:
    """The outline of a text. Linear.

    ``breaks`` are places where a part of the file ends (signature, annex heading): no item's text. ``tables``
    are no item's text either, but the part goes on behind them.
    """
    builder = _Builder(folded, tokens, clauses, sorted((*breaks, *tables)))
    builder.table_starts = {table.start for table in tables}
    return Outline(builder.build(), builder.table_parts, builder.cut)


class _Builder:
    """One pass over the tokens with a stack of the open nodes."""

    __slots__ = (
        "box", "breaks", "clause_starts", "clauses", "cut", "folded", "last", "marker_starts", "nodes",
        "part", "stack", "table_parts", "table_starts", "tokens",
    )  # fmt: skip

    def __init__(
        self, folded: str, tokens: Tokens, clauses: Sequence[Clause], breaks: Sequence[Span]
    ) -> None:
        self.folded, self.tokens, self.clauses, self.breaks = folded, tokens, clauses, breaks
        self.stack: list[Node] = []
        self.nodes: list[Node] = []
        self.part = 0
        #: Last value of each shape in this part: numbering may run on.
        self.last: dict[str, int] = {}
        self.clause_starts = [clause.start for clause in clauses]
        self.marker_starts = array(
            "I", (start for code, start in zip(tokens.codes, tokens.starts, strict=True) if code == _MARKER)
        )
        #: Where the last box (专栏) heading was seen.
        self.box = -1
        self.table_starts: set[int] = set()
        self.table_parts: set[int] = set()
        self.cut: Span | None = None

    def build(self) -> list[Node]:
        clause_index = break_index = 0
        clauses, breaks, folded = self.clauses, self.breaks, self.folded
        clause_count, break_count = len(clauses), len(breaks)
        line_start = True
        for index, (kind, start, end) in enumerate(self.tokens.rows()):
            if kind == NEWLINE:
                line_start = True
                continue
            if kind == BLANK:
                continue
            while break_index < break_count and breaks[break_index].end <= start:
                self._pass(breaks[break_index])
                break_index += 1
            if kind == TEXT:
                box = folded.rfind("专栏", start, end)
                self.box = box if box >= 0 else self.box
            elif kind in (MARKER, LABEL):
                while clause_index < clause_count and clauses[clause_index].end <= start:
                    clause_index += 1
                in_clause = clause_index < clause_count and clauses[clause_index].start <= start
                in_break = break_index < break_count and breaks[break_index].start <= start
                if not in_clause and not in_break:
                    strength = _LINE if line_start else self._strength(start, clause_index)
                    if kind == MARKER:
                        self._marker(index, start, end, strength)
                    elif strength >= _SENTENCE:
                        self._label(index, start, end)
            line_start = False
        for remaining in breaks[break_index:]:
            self._pass(remaining)
        self._close_to(0, len(folded))
        return self.nodes

    def _strength(self, start: int, clause_index: int) -> int:
        """How strong a place ``start`` is for an item, told by what stands before it."""
        before = before_blanks(self.folded, 0, start) - 1
        if before < 0:
            return _LINE
        if clause_index and self.clauses[clause_index - 1].end == before + 1:
            return _SENTENCE
        char = self.folded[before]
        if char in "。;!?":
            return _SENTENCE
        blank_before = before < start - 1
        after_figure = char.isdecimal() and self.folded[start] in CN_DIGITS
        return _PAUSE if blank_before or after_figure or char in "”)〕]】:,》…" else _INSIDE

    def _pass(self, part_end: Span) -> None:
        """Go over a table, behind which the part goes on, or over the end of a part."""
        if part_end.start in self.table_starts:
            self._close_to(0, part_end.start)
            self.table_parts.add(self.part)
        else:
            self._new_part(part_end.start)

    def _new_part(self, end: int) -> None:
        self._close_to(0, end)
        self.last.clear()
        self.part += 1

    def _close_to(self, depth: int, end: int) -> None:
        for node in self.stack[depth:]:
            node.end = max(end, node.text_start)
        del self.stack[depth:]

    def _push(self, node: Node) -> None:
        node.part = self.part
        if self.stack:
            node.parent = self.stack[-1]
            node.parent.children.append(node)
        self.stack.append(node)
        self.nodes.append(node)

    def _text_start(self, index: int) -> int:
        following, codes = index + 1, self.tokens.codes
        while following < len(codes) and codes[following] == _BLANK:
            following += 1
        return self.tokens[following - 1].end

    def _label(self, index: int, start: int, end: int) -> None:
        """Open a block of targets or measures in the item at hand; a block ends the one before it."""
        depth = next((d for d, node in enumerate(self.stack) if node.label), len(self.stack))
        while depth and not self.stack[depth - 1].label and self.stack[depth - 1].shape == "①":
            depth -= 1
        if not depth:
            return
        self._close_to(depth, start)
        node = Node("", 0, start, end, self._text_start(index))
        node.label = MEASURE if "措" in self.folded[start:end] else TARGET
        self._push(node)

    def _marker(self, index: int, start: int, end: int, strength: int) -> None:
        if len(self.nodes) >= MAX_ITEMS:
            self.cut = self.cut or Span(start, end)
            return
        found = marker_value(self.folded[start:end])
        if found is None:
            return
        shape, value = found
        if not 0 < value < _MAX_VALUE and value != self.last.get(shape, 0) + 1:
            return
        depth = self._place(shape, value, strength, start)
        if depth is None or depth > _MAX_DEPTH:
            return
        self._close_to(depth, start)
        node = Node(shape, value, start, end, self._text_start(index))
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
            return self._beside(value, strength, same, start)
        depth = len(self.stack)
        if shape == "一是" and (strength < _SENTENCE or not depth):
            return None
        if shape in _TOP:
            if strength < _PAUSE:
                return None
            above = _TOP[: _TOP.index(shape)]
            depth = next((d for d, node in enumerate(self.stack) if node.shape not in above), depth)
        if value == 1:
            opens = strength >= _PAUSE or shape == "（一）" or 0 <= start - self.box <= _BOX_HEADING
            return depth if opens or self._heads(start) else None
        if value == self.last.get(shape, 0) + 1:  # numbering runs on through headings
            return depth if strength >= _PAUSE or shape in ("1.", "（一）") else None
        return depth if strength == _LINE else None

    def _beside(self, value: int, strength: int, same: Sequence[int], start: int) -> int | None:
        """The depth of an item whose shape is open already at depths ``same``: a sibling or a list below."""
        deepest = same[-1]
        node = self.stack[deepest]
        on_top = node.shape in _TOP
        outer = next((depth for depth in reversed(same[:-1]) if value == self.stack[depth].value + 1), None)
        if value == node.value + 1 and not (outer is not None and self._clause_follows(start)):
            return deepest if strength >= _PAUSE or not on_top else None
        if outer is not None:  # where both lists could go on: the items of a box have no clauses
            return outer
        if value == 1 and on_top:
            return self._restart(deepest, start) if strength == _LINE else None
        if value == 1:
            return self._first_again(deepest, strength)
        if strength == _LINE or (strength == _SENTENCE and 1 < value - node.value <= 3):
            return deepest
        return None

    def _first_again(self, deepest: int, strength: int) -> int | None:
        """1. while a 1. is open: the list restarts at a line's head; elsewhere or in boxes it opens below."""
        node = self.stack[deepest]
        in_box = self.box >= node.start
        if not in_box and strength == _LINE:
            return deepest
        if not in_box and strength < _PAUSE:
            return None
        in_block = node.parent is not None and node.parent.label is not None
        return deepest if in_block else len(self.stack)

    def _restart(self, depth: int, start: int) -> int:
        """一、 again at the head of a line: another document begins here."""
        if self.stack[depth].value > 1:
            self._new_part(start)
            return 0
        return depth

    def _heads(self, start: int) -> bool:
        """Whether only a short heading stands between the item above and here: （一）加快数字化1.扫描…"""
        if not self.stack or self.stack[-1].label is not None:
            return False
        begin = self.stack[-1].text_start
        return 3 < start - begin <= _LONGEST_HEADING and not SENTENCE_STOP.search(self.folded, begin, start)

    def _clause_follows(self, start: int) -> bool:
        """Whether a clause stands before the next number of any list."""
        index = bisect_right(self.clause_starts, start)
        if index == len(self.clause_starts):
            return False
        marker = bisect_right(self.marker_starts, start)
        return marker == len(self.marker_starts) or self.clause_starts[index] < self.marker_starts[marker]
