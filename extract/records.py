"""Records: the tasks and sections of a notice, from its outline, its tables and its unnumbered paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..model import Party, Section, Task
from . import outline_records, table_records
from .clauses import Clause
from .lowering import Lowering
from .nodes import Node
from .page import Line, starts_of
from .tables import Table


def from_outline(
    low: Lowering, nodes: Sequence[Node], table_parts: set[int]
) -> tuple[list[Task], list[Section]]:
    """Tasks, and the headings of the parts that hold tasks (or tables of them: ``table_parts``)."""
    bearing = {node.part for node in nodes if node.is_task} | table_parts
    last_in_part = {node.part: node for node in nodes}
    tasks: list[Task] = []
    sections: list[Section] = []
    shared: dict[Node, tuple[Party, ...]] = {}
    below_task: set[Node] = set()
    for node in nodes:
        if node.parent in below_task:
            below_task.add(node)
        if node.is_task:
            inherited: tuple[Party, ...] = ()
            giver = node.giver
            if giver is not None:
                if giver not in shared:
                    shared[giver] = tuple(party for clause in giver.clauses for party in low.parties(clause))
                inherited = shared[giver]
            last = last_in_part[node.part] is node
            tasks.append(outline_records.make_task(low, node, inherited, last_of_part=last))
            below_task.add(node)
        elif node.shares or (not node.is_item and node.part in bearing and node not in below_task):
            sections.append(outline_records.make_section(low, node))
    return tasks, sections


def from_tables(
    low: Lowering, tables: Sequence[Table], clauses: Sequence[Clause]
) -> tuple[list[Task], list[Section]]:
    """A task for each row, a section for each row that heads others; ``clauses``: those inside tables."""
    tasks = [task for table in tables for task in table_records.make_tasks(low, table, clauses)]
    sections = [table_records.make_section(low, row) for table in tables for row in table.sections]
    return tasks, sections


def from_paragraphs(low: Lowering, homeless: Sequence[Clause], lines: Sequence[Line]) -> list[Task]:
    """A paragraph that no number leads but a clause closes behind a full stop is a task without a number."""
    starts = starts_of(lines)
    found: dict[Line, list[Clause]] = {}
    first_stop: dict[Line, int] = {}
    for clause in homeless:
        if clause.form != "bracket":
            continue
        line = lines[max(0, bisect_right(starts, clause.start) - 1)]
        if line not in first_stop:
            first_stop[line] = low.folded.find("。", *line)
        if 0 <= first_stop[line] < clause.start:
            found.setdefault(line, []).append(clause)
    return [outline_records.make_paragraph_task(low, line, clauses) for line, clauses in found.items()]
