"""Nodes: the items of the outline, and the shapes and values of their markers."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import Clause
from .numerals import chinese_number, circled_number
from .patterns import pattern

#: What a block of a task holds.
TARGET, MEASURE = "target", "measure"
#: Where the first sentence of an item ends.
SENTENCE_STOP = pattern(r"[。!?;]|\r|\n")


class Node:
    """An item of the outline, or a block of targets or measures (``label`` set, no marker value).

    ``[start, end)`` is the whole item with everything below it, ``text_start`` the first character after
    the marker and its blanks. What its clauses make of it, ownership tells.
    """

    __slots__ = (
        "at_line", "boxed", "children", "clauses", "end", "giver", "is_item", "is_task", "label", "mark_end",
        "parent", "part", "shape", "shares", "start", "text_start", "value",
    )  # fmt: skip

    def __init__(self, shape: str, value: int, start: int, mark_end: int, text_start: int) -> None:
        self.shape = shape
        self.value = value
        self.start = start
        self.mark_end = mark_end
        self.text_start = text_start
        self.end = -1
        #: TARGET or MEASURE for a block.
        self.label: str | None = None
        #: The marker is the first word of its line.
        self.at_line = False
        #: Stands in a box (专栏): details of the item around it.
        self.boxed = False
        #: Index of the document in the file.
        self.part = 0
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.clauses: list[Clause] = []
        self.is_task = False
        #: A target or measure, or the block that holds them.
        self.is_item = False
        #: The node's own clause serves the items below it.
        self.shares = False
        #: The node above whose clause serves this task.
        self.giver: Node | None = None

    @property
    def own_end(self) -> int:
        """Where the item's own text ends and the first item below begins."""
        return self.children[0].start if self.children else self.end

    def marker(self, text: str) -> str:
        """The marker as it stands: ``（一）``."""
        return text[self.start : self.mark_end].rstrip()


def marker_value(marker: str) -> tuple[str, int] | None:
    """Shape and value of a folded marker: ``("（一）", 3)`` for (三); None where it has no value."""
    first = marker[0]
    if first == "(":
        inner = marker[1:-1].strip()
        return ("(1)", int(inner)) if inner.isdecimal() else _chinese("（一）", inner)
    if first in "任问":
        inner = marker[2:-1].strip()
        return (marker[:2], int(inner)) if inner.isdecimal() else _chinese(marker[:2], inner)
    if first == "第":
        return _chinese(marker[-1], marker[1:-1])
    if first.isdecimal() and first.isascii():
        return "1)" if marker[-1] == ")" else "1.", int(marker[:-1].rstrip())
    if marker[-1] == "是":
        return _chinese("一是", marker[:-1])
    if marker[-1] == "、":
        return _chinese("一、", marker[:-1].rstrip())
    value = circled_number(first)
    return None if value is None else (_shape_of_sign(first), value)


def _chinese(shape: str, numeral: str) -> tuple[str, int] | None:
    value = chinese_number(numeral)
    return None if value is None else (shape, value)


def _shape_of_sign(sign: str) -> str:
    """One character that is bracket, figure and stop in one has the shape of what it stands for: ⑴ is (1)."""
    if "❶" <= sign <= "❿":
        return "❶"
    if "⑴" <= sign <= "⒇":
        return "(1)"
    if "⒈" <= sign <= "⒛":
        return "1."
    if "㈠" <= sign <= "㈩":
        return "（一）"
    return "①"


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


def let_go(nodes: Sequence[Node]) -> None:
    """Cut the ties upwards, so that no cycle is left for the collector."""
    for node in nodes:
        node.parent = node.giver = None
