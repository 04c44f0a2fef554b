"""The outline's part of the record: sections, tasks, and the targets and measures of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..model import Deadline, Evidence, Item, Party, Section, Span, Task
from .clauses import Clause
from .extents import (
    LAST_SAFE_MARKER,
    before_fields,
    closing_clause,
    heading_end,
    lost_marker_starts,
    task_end,
)
from .lowering import Lowering, parties_of
from .nodes import MEASURE, TARGET, Node
from .page import Line


def make_section(low: Lowering, node: Node) -> Section:
    """A heading of a part that holds tasks."""
    limit = min([node.own_end, *(c.start for c in node.clauses if c.start >= node.text_start)])
    title, declared = low.declared(node.text_start, heading_end(low.folded, node.text_start, limit))
    return Section(
        node.marker(low.text),
        title.of(low.text),
        _path(low, node),
        title,
        declared,
        low.shared_assignments(node.clauses, node.text_start) if node.shares else (),
        low.deadlines(node.text_start, node.own_end) + _closing_deadlines(low, node),
    )


def make_task(low: Lowering, node: Node, inherited: tuple[Party, ...], *, last_of_part: bool) -> Task:
    """An item that owns a clause or shares one; ``inherited`` are the parties of the shared one."""
    blocks = [child for child in node.children if child.label is not None]
    statement_end = _statement_end(low, node, blocks, last_of_part=last_of_part)
    own = [clause for clause in node.clauses if clause.end <= statement_end]
    closing = closing_clause(own, low.folded, statement_end)
    text_end = statement_end if closing is None else closing.start
    for child in node.children:  # 3、责任单位:…: the clause's own number is no text
        if child.text_start == text_end:
            text_end = child.start
    start, text_end = low.trim(node.text_start, before_fields(low.folded, node.text_start, text_end))
    assignments = low.assignments(node.clauses, node.text_start)
    parties = parties_of(assignments) or low.inherit(inherited)
    targets = [item for block in blocks if block.label == TARGET for item in _items(low, block, parties)]
    measures = [item for block in blocks if block.label == MEASURE for item in _items(low, block, parties)]
    between = _between_blocks(low, node, blocks)
    ends = [item.span.end for item in (*targets, *measures)]
    ends += [*(clause.end for clause in node.clauses), *(deadline.span.end for deadline in between)]
    return Task(
        node.value,
        node.marker(low.text),
        _path(low, node),
        Span(node.start, max([statement_end, *ends])),
        Span(node.text_start, text_end) if text_end > start else Span(start, start),
        assignments,
        parties,
        tuple(targets),
        tuple(measures),
        (),
        low.deadlines(node.text_start, statement_end) + between,
    )


def make_paragraph_task(low: Lowering, line: Line, clauses: Sequence[Clause]) -> Task:
    """A paragraph outside the outline that clauses close: a task without number and path."""
    start, end = low.trim(line[0], max(line[1], clauses[-1].end))
    closing = closing_clause(clauses, low.folded, end)
    text_end = end if closing is None else low.trim(start, closing.start).end
    assignments = low.assignments(clauses, start)
    return Task(
        None,
        "",
        (),
        Span(start, end),
        Span(start, max(start, text_end)),
        assignments,
        parties_of(assignments),
        deadlines=low.deadlines(start, end),
    )


def _path(low: Lowering, node: Node) -> tuple[str, ...]:
    markers: list[str] = []
    above: Node | None = node
    while above is not None:
        if above.label is None:
            markers.append(above.marker(low.text))
        above = above.parent
    return tuple(reversed(markers))


def _closing_deadlines(low: Lowering, node: Node) -> tuple[Deadline, ...]:
    """完成时限 lines around a clause that closes the whole section stand after its last item."""
    if not node.shares or not node.children:
        return ()
    clauses = [clause for clause in node.clauses if clause.start >= node.children[-1].start]
    return low.deadlines(clauses[0].start, node.end) if clauses else ()


def _between_blocks(low: Lowering, node: Node, blocks: Sequence[Node]) -> tuple[Deadline, ...]:
    """The deadlines of the task's own lines between and behind its blocks: 整改时限:…."""
    ends = [*(block.start for block in blocks[1:]), node.end]
    stretches = zip((block.end for block in blocks), ends, strict=False)
    return tuple(found for start, end in stretches if start < end for found in low.deadlines(start, end))


def _statement_end(low: Lowering, node: Node, blocks: Sequence[Node], *, last_of_part: bool) -> int:
    if blocks:
        return low.trim(node.text_start, blocks[0].start).end
    if any(child.clauses for child in node.children):
        return low.trim(node.text_start, node.own_end).end
    end = task_end(node, low.folded, last_of_part=last_of_part)
    for clause in node.giver.clauses if node.giver is not None else ():
        if (
            node.start < clause.start < end
        ):  # the section's clause after its last item is not this item's text
            end = low.trim(node.text_start, clause.start).end
    return max(end, node.text_start)


class _Piece(NamedTuple):
    """The text of an item: ``[start, end)`` with its marker, ``text_start`` behind it."""

    marker: str
    start: int
    text_start: int
    end: int
    clauses: Sequence[Clause]
    evidence: Evidence = Evidence.QUOTED


def _items(low: Lowering, block: Node, task_parties: tuple[Party, ...]) -> Iterator[Item]:
    """The targets or measures of a block; what stands before its first marker is an item without one."""
    unmarked = low.trim(block.text_start, block.own_end)
    for node in [block, *block.children] if unmarked.start < unmarked.end else block.children:
        for piece in _pieces(low, node, last=node is not block and node is block.children[-1]):
            item = _item(low, piece, task_parties, is_measure=block.label == MEASURE)
            if piece.evidence is Evidence.RECOVERED:
                low.recovered.append(item)
            yield item


def _pieces(low: Lowering, node: Node, *, last: bool) -> Iterator[_Piece]:
    """The item itself, and behind the last ⑩ those whose marker was lost."""
    if node.label is not None:
        end = low.trim(node.text_start, node.own_end).end
        yield _Piece("", node.text_start, node.text_start, end, node.clauses)
        return
    end = low.trim(node.text_start, node.end).end
    clauses = _all_clauses(node)
    marker, start = node.marker(low.text), node.start
    starts = _recovered(node, low.folded, end) if last and node.value == LAST_SAFE_MARKER else []
    if not starts:
        yield _Piece(marker, start, node.text_start, end, clauses)
        return
    coming = iter(clauses)
    clause = next(coming, None)
    for left, right in pairwise((node.text_start, *starts, end)):
        inside = []
        while clause is not None and clause.start < right:
            inside.append(clause)
            clause = next(coming, None)
        stop = low.trim(left, right).end
        if left == node.text_start:
            yield _Piece(marker, start, left, stop, inside)
        else:
            yield _Piece("", left, left, stop, inside, Evidence.RECOVERED)


def _item(low: Lowering, piece: _Piece, task_parties: tuple[Party, ...], *, is_measure: bool) -> Item:
    closing = closing_clause(piece.clauses, low.folded, piece.end)
    text_end = piece.end if closing is None else low.trim(piece.text_start, closing.start).end
    assignments = low.assignments(piece.clauses, piece.text_start)
    return Item(
        piece.marker,
        Span(piece.start, piece.end),
        Span(piece.text_start, max(piece.text_start, text_end)),
        piece.evidence,
        assignments,
        parties_of(assignments) or low.inherit(task_parties),
        (),
        low.deadlines(piece.text_start, piece.end, is_measure=is_measure),
    )


def _all_clauses(node: Node) -> list[Clause]:
    """The clauses of a node and of all below it, in order."""
    if not node.children:
        return node.clauses
    below = [clause for child in node.children for clause in _all_clauses(child)]
    return sorted((*node.clauses, *below), key=lambda clause: clause.start)


def _recovered(node: Node, folded: str, end: int) -> list[int]:
    """Starts of the items behind ⑩ without a marker."""
    return lost_marker_starts(node.clauses, folded, end) if node.shape == "①" and not node.children else []
