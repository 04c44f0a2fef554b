"""Ownership: which item of the outline each clause assigns, and which items are therefore tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .extents import closing_clause
from .nodes import Node
from .page import before_blanks

#: Shapes too deep to share a clause that stands on the item above them: details of a task, not tasks.
_DETAIL = frozenset(("①", "❶", "1)", "一是"))
#: Shapes that head sections: a clause behind the last item of one is each item's.
_HEADINGS = frozenset(("", "一、", "章", "节"))
#: Shapes of the steps of an item: 1.…(1)…(2)….
_STEPS = _DETAIL | {"(1)"}


def settle(nodes: Sequence[Node], folded: str) -> None:
    """Lift clauses to the items they close and tell of every node what it is. Linear."""
    for node in nodes:  # parents come first
        node.is_item = node.label is not None or (node.parent is not None and node.parent.is_item)
    _lift_headless(nodes)
    _lift_from_blocks(nodes, folded)
    _lift_closing(nodes, _with_clauses_below(nodes), folded)
    below = _with_clauses_below(nodes)
    own = [node for node in nodes if node.clauses and not node.is_item and not node.children]
    plain = {(node.part, node.shape) for node in own}
    among = {(node.parent, node.shape) for node in own if node.shape not in _HEADINGS}
    for node in nodes:
        if not node.is_item:
            beside = node.parent is not None and (node.parent, node.shape) in among
            stepped = beside or ((node.part, node.shape) in plain and _has_steps(node))
            _stand(node, below, folded, stepped=stepped)


def _lift_headless(nodes: Sequence[Node]) -> None:
    """（三）牵头单位：… is a detail of the item above: its clause is that item's."""
    for node in nodes:
        if node.parent is None or node.is_item:
            continue
        for clause in [c for c in node.clauses if c.start == node.text_start and c.form == "lines"]:
            node.clauses.remove(clause)
            node.parent.clauses.append(clause)


def _lift_from_blocks(nodes: Sequence[Node], folded: str) -> None:
    """Key lines behind 主要措施:… are the task's, not the measure's."""
    for node in nodes:
        if not node.is_item or not node.clauses:
            continue
        above = node.parent
        while above is not None and above.is_item:
            above = above.parent
        for clause in [c for c in node.clauses if c.form == "lines" and _starts_line(folded, c.start)]:
            if above is not None:
                node.clauses.remove(clause)
                above.clauses.append(clause)


def _with_clauses_below(nodes: Sequence[Node]) -> set[Node]:
    """The nodes with an item below them, at any depth, that has a clause; items of blocks do not count."""
    found: set[Node] = set()
    for node in reversed(nodes):  # children come after their parents
        if node.parent is not None and node.label is None and (node.clauses or node in found):
            found.add(node.parent)
    return found


def _usual_shape(nodes: Sequence[Node]) -> str | None:
    """The shape of most items that have a clause."""
    counts = Counter(node.shape for node in nodes if node.clauses and not node.is_item)
    return counts.most_common(1)[0][0] if counts else None


def _lift_closing(nodes: Sequence[Node], below: set[Node], folded: str) -> None:
    """A clause after the last of several items, none of which has one, is the clause of the item above."""
    usual = _usual_shape(nodes)
    closed_by_last = _closed_by_last(nodes)
    lifted: set[Node] = set()  # parents whose clause came from below
    for node in reversed(nodes):
        parent = node.parent
        if parent is None or not node.clauses or node.is_item or node is not parent.children[-1]:
            continue
        siblings = parent.children[:-1]
        if not siblings or any(s.clauses or s in below or s.label for s in siblings):
            continue
        if node.children and node not in lifted:
            continue
        if closing_clause(node.clauses, folded, node.end) is None:
            continue
        on_own_line = _starts_line(folded, node.clauses[0].start)
        inline = (not node.at_line and parent.shape not in ("", "一、")) or node.shape == "一是"
        if on_own_line or inline or usual == parent.shape != node.shape or node.shape in closed_by_last:
            parent.clauses.extend(node.clauses)
            node.clauses = []
            lifted.add(parent)


def _closed_by_last(nodes: Sequence[Node]) -> set[str]:
    """The shapes of details (1) of which only the last of each list has a clause, in two lists at least."""
    lists: Counter[str] = Counter()
    others: set[str] = set()
    for node in nodes:
        if node.shape not in _STEPS or not node.clauses or node.is_item or node.parent is None:
            continue
        siblings = node.parent.children
        if node is siblings[-1] and len(siblings) > 1 and not any(s.clauses for s in siblings[:-1]):
            lists[node.shape] += 1
        else:
            others.add(node.shape)
    return {shape for shape, count in lists.items() if count > 1 and shape not in others}


def _starts_line(folded: str, start: int) -> bool:
    before = before_blanks(folded, 0, start)
    return before == 0 or folded[before - 1] in "\r\n"


def _has_steps(node: Node) -> bool:
    """Whether the items below are (1) (2): where other items of the same shape are tasks, they are steps."""
    return all(child.shape in _STEPS for child in node.children if child.label is None)


def _stand(node: Node, below: set[Node], folded: str, *, stepped: bool) -> None:
    """Tell whether a node is a task, shares its clause with the items below, or has its clause from above.

    ``stepped``: below it are the steps of an item, for others beside it or of its shape are tasks.
    """
    blocks = [child for child in node.children if child.label is not None]
    in_blocks = any(block.clauses or block in below for block in blocks)
    if node.clauses:
        node.shares = node not in below and _heads_items(node, folded, stepped=stepped)
        node.is_task = not node.shares
    elif in_blocks:
        node.is_task = True
    above = node.parent
    if above is None or node.clauses:
        return
    if node.at_line and not node.boxed and node.shape not in _DETAIL and node not in below:
        if above.shares or (above.is_task and above.clauses and above in below):
            node.giver, node.is_task = above, True
        elif above.giver is not None and not above.is_task:
            node.giver, node.is_task = above.giver, True
    if in_blocks and node.giver is None:
        node.giver = _sharing_above(node)


def _heads_items(node: Node, folded: str, *, stepped: bool) -> bool:
    """Whether a clause stands before the items below, or, where they are no steps, on a line of its own
    behind the last of them."""
    items = [child for child in node.children if child.label is None and not child.boxed]
    if not any(child.at_line and child.shape not in _DETAIL for child in items):
        return False
    first, last = node.children[0], node.children[-1]
    return any(
        clause.end <= first.start
        or (not stepped and clause.start >= last.start and _starts_line(folded, clause.start))
        for clause in node.clauses
    )


def _sharing_above(node: Node) -> Node | None:
    above = node.parent
    while above is not None and not above.shares:
        above = above.parent
    return above
