"""Ownership: which item of the outline each clause assigns, and which items are therefore tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .clauses import Clause
from .outline import Node

#: Shapes too deep to share a clause that stands on the item above them: details of a task, not tasks.
_DETAIL = frozenset(("①", "❶", "1)"))


class Standing:
    """What the clauses make of a node: a task, a section that shares its clause, an item, or nothing."""

    __slots__ = ("inherits", "is_item", "is_task", "shares")

    def __init__(self) -> None:
        self.is_task = False
        self.is_item = False
        #: The node's own clause serves the items below it.
        self.shares = False
        #: The node above whose clause serves this task.
        self.inherits: Node | None = None


def is_block_item(node: Node) -> bool:
    """Whether the node is a block of targets or measures, or stands inside one."""
    above: Node | None = node
    while above is not None:
        if above.label is not None:
            return True
        above = above.parent
    return False


def settle(nodes: Sequence[Node], folded: str) -> dict[int, Standing]:
    """Lift clauses to the items they close and tell every node's standing, keyed by ``id(node)``. Linear."""
    standing = {id(node): Standing() for node in nodes}
    for node in nodes:
        above = node.parent
        standing[id(node)].is_item = node.label is not None or (
            above is not None and standing[id(above)].is_item
        )
    _lift_headless(nodes)
    usual = _usual_shape(nodes, standing)
    own = {id(node): bool(node.clauses) for node in nodes}
    below = _clauses_below(nodes, own)
    _lift_closing(nodes, standing, own, below, usual, folded)
    below = _clauses_below(nodes, own)
    for node in nodes:
        _stand(node, standing, own, below, folded)
    return standing


def _lift_headless(nodes: Sequence[Node]) -> None:
    """（三）牵头单位：… is a detail of the item above: its clause is that item's."""
    for node in nodes:
        if node.parent is None or node.label is not None:
            continue
        for clause in [
            clause for clause in node.clauses if clause.start == node.text_start and clause.form == "lines"
        ]:
            node.clauses.remove(clause)
            node.parent.clauses.append(clause)


def _usual_shape(nodes: Sequence[Node], standing: dict[int, Standing]) -> str | None:
    counts = Counter(node.shape for node in nodes if node.clauses and not standing[id(node)].is_item)
    return counts.most_common(1)[0][0] if counts else None


def _clauses_below(nodes: Sequence[Node], own: dict[int, bool]) -> dict[int, bool]:
    below = dict.fromkeys(own, False)
    for node in reversed(nodes):  # children come after their parents
        if node.parent is not None and node.label is None and (own[id(node)] or below[id(node)]):
            below[id(node.parent)] = True
    return below


def _lift_closing(
    nodes: Sequence[Node],
    standing: dict[int, Standing],
    own: dict[int, bool],
    below: dict[int, bool],
    usual: str | None,
    folded: str,
) -> None:
    """A clause after the last of several items, none of which has one, is the clause of the item above."""
    for node in reversed(nodes):
        parent = node.parent
        if (
            parent is None
            or not node.clauses
            or standing[id(node)].is_item
            or node is not parent.children[-1]
        ):
            continue
        siblings = parent.children[:-1]
        if not siblings or any(own[id(s)] or below[id(s)] or s.label for s in siblings):
            continue
        first = node.clauses[0]
        if node.children or not _closes(node, folded):
            continue
        on_own_line = _starts_line(folded, first.start)
        inline = not node.at_line and parent.shape not in ("", "一、")
        if on_own_line or inline or (usual == parent.shape and usual != node.shape):
            parent.clauses.extend(node.clauses)
            node.clauses = []
            own[id(node)], own[id(parent)] = False, True


def _closes(node: Node, folded: str) -> bool:
    return closing_clause(node.clauses, folded, node.end) is not None


def _starts_line(folded: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and folded[before] in " \t":
        before -= 1
    return before < 0 or folded[before] in "\r\n"


def _stand(
    node: Node, standing: dict[int, Standing], own: dict[int, bool], below: dict[int, bool], folded: str
) -> None:
    state = standing[id(node)]
    if state.is_item:
        return
    blocks = any(child.label is not None and _block_has_clause(child) for child in node.children)
    numbered = [child for child in node.children if child.label is None and not child.boxed]
    if own[id(node)]:
        shared_by = [child for child in numbered if child.at_line and child.shape not in _DETAIL]
        before = [
            clause for clause in node.clauses if not node.children or clause.end <= node.children[0].start
        ]
        after_line = any(
            node.children and clause.start >= node.children[-1].start and _starts_line(folded, clause.start)
            for clause in node.clauses
        )
        state.shares = bool(shared_by) and (bool(before) or after_line) and not below[id(node)]
        state.is_task = not state.shares
    elif blocks:
        state.is_task = True
    above = node.parent
    if above is not None and not own[id(node)]:
        giver = standing[id(above)]
        if not node.boxed and node.at_line and node.shape not in _DETAIL and not below[id(node)]:
            if giver.shares or (giver.is_task and own[id(above)] and below[id(above)]):
                state.inherits, state.is_task = above, True
            elif giver.inherits is not None and not giver.is_task:
                state.inherits, state.is_task = giver.inherits, True
    if state.is_task and state.inherits is None and blocks and not own[id(node)]:
        state.inherits = _sharing_above(node, standing)


def _block_has_clause(block: Node) -> bool:
    return bool(block.clauses) or any(child.clauses for child in block.children)


def _sharing_above(node: Node, standing: dict[int, Standing]) -> Node | None:
    above = node.parent
    while above is not None:
        if standing[id(above)].shares:
            return above
        above = above.parent
    return None


_CLOSING = re.compile(
    r"\s*(?:各地区|各地|各部门|各有关|各级|各市|各县|各区|各单位|本(?:意见|措施|方案|通知|政策|办法|规划|计划|行动|若干)|以上|上述|此前|附件)"
)
_TIME_LINE = re.compile(
    r"\s*(?:完成|办结|工作|整改|推进|时间)*(?:时限|期限|时间|进度)(?:要求|安排)? ?:[^\r\n]*"
)
_END_MARK = re.compile(r"\s*[。;；]")


def task_end(node: Node, folded: str, last_of_part: bool) -> int:
    """Where a task without items below ends: after its last clause, unless its own paragraph goes on."""
    end = node.end
    if not node.clauses or node.children:
        return _rstrip(folded, node.start, end)
    position = node.clauses[-1].end
    mark = _END_MARK.match(folded, position, end)
    if mark is not None:
        position = mark.end()
    while (line := _TIME_LINE.match(folded, position, end)) is not None:
        position = line.end()
    tail = folded[position:end]
    stripped = tail.lstrip(" \t")
    on_own_line = stripped[:1] in ("", "\r", "\n")
    if not stripped.strip() or (last_of_part and on_own_line) or _closes_document(tail, last_of_part):
        return _rstrip(folded, node.start, position)
    return _rstrip(folded, node.start, end)


def _closes_document(tail: str, last_of_part: bool) -> bool:
    """Whether a closing paragraph begins here (各地区、各部门要…), on its own line or behind the last clause."""
    return (last_of_part or tail.lstrip(" \t")[:1] in ("\r", "\n")) and _CLOSING.match(tail) is not None


def _rstrip(folded: str, start: int, end: int) -> int:
    while end > start and folded[end - 1].isspace():
        end -= 1
    return end


def closing_clause(clauses: Sequence[Clause], folded: str, end: int) -> Clause | None:
    """The clause that closes ``[…, end)``: only a full stop or a 完成时限 line may follow it."""
    if not clauses:
        return None
    last = clauses[-1]
    rest = _TIME_LINE.sub("", folded[last.end : end])
    return last if not rest.strip(" \t\r\n。;；") else None
