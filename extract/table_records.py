"""The tables' part of the record: section rows and task rows."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Assignment, Evidence, Item, Party, Section, Span, Task
from .cell_items import CellItem, cell_items
from .clauses import Clause
from .extents import closing_clause
from .lowering import Lowering, parties_of
from .tables import Row, SectionRow, Table


def make_section(low: Lowering, row: SectionRow) -> Section:
    """A row that heads those below it."""
    title, declared = low.declared(row.title.start, row.title.end)
    marker = row.marker.of(low.text)
    assignments = low.shared_assignments(row.clauses, title.start)
    return Section(marker, title.of(low.text), (marker,), title, declared, assignments)


def make_tasks(low: Lowering, table: Table, clauses: Sequence[Clause] = ()) -> list[Task]:
    """The rows of a table; one whose leading cells span from the row above has its units from there.

    ``clauses`` are the clauses in brackets that stand in tables: those of targets and measures.
    """
    tasks = []
    above: tuple[Party, ...] = ()
    for row in table.rows:
        task = _task(low, table, row, above, clauses)
        tasks.append(task)
        above = task.parties if row.clauses else above
    return tasks


def _task(low: Lowering, table: Table, row: Row, above: tuple[Party, ...], inside: Sequence[Clause]) -> Task:
    section = None if row.section is None else table.sections[row.section].marker.of(low.text)
    marker = "" if row.marker is None else row.marker.of(low.text)
    assignments = tuple(
        Assignment(Span(clause.start, clause.end), row.statement, low.parties(clause))
        for clause in row.clauses
    )
    parties = parties_of(assignments)
    if row.spanning:
        spanning = (party for clause in row.spanning for party in low.inherit(low.parties(clause)))
        parties = (*spanning, *parties)
    if not parties and row.marker is None:
        parties = low.inherit(above)
    due = low.deadlines(*row.statement)
    if row.due is not None:
        due = (*due, *low.deadlines_in_cell(row.due))
    return Task(
        row.number,
        marker,
        tuple(words for words in (section, marker) if words),
        _extent(low, row),
        row.statement,
        assignments,
        parties,
        _items(low, row.targets, parties, inside, is_measure=False),
        _items(low, row.measures, parties, inside, is_measure=True),
        (),
        due,
    )


def _extent(low: Lowering, row: Row) -> Span:
    """From the number to the last cell that holds anything of the task."""
    start = row.span.start if row.marker is None else min(row.marker.start, row.statement.start)
    if start < row.statement.start:
        start = low.trim(start, row.statement.end).start
    cells = [row.statement, *row.targets, *row.measures]
    if row.due is not None:
        cells.append(row.due)
    return Span(start, max([*(cell.end for cell in cells), *(clause.end for clause in row.clauses)]))


def _items(
    low: Lowering,
    cells: Sequence[Span],
    parties: tuple[Party, ...],
    inside: Sequence[Clause],
    *,
    is_measure: bool,
) -> tuple[Item, ...]:
    return tuple(
        _item(low, item, parties, is_measure=is_measure)
        for cell in cells
        for item in cell_items(low.folded, cell, inside)
    )


def _item(low: Lowering, item: CellItem, parties: tuple[Party, ...], *, is_measure: bool) -> Item:
    closing = closing_clause(item.clauses, low.folded, item.end)
    text_end = item.end if closing is None else low.trim(item.text_start, closing.start).end
    assignments = low.assignments(item.clauses, item.text_start)
    made = Item(
        low.text[item.start : item.text_start].rstrip(),
        Span(item.start, item.end),
        Span(item.text_start, max(item.text_start, text_end)),
        Evidence.RECOVERED if item.recovered else Evidence.QUOTED,
        assignments,
        parties=parties_of(assignments) or low.inherit(parties),
        deadlines=low.deadlines(item.text_start, item.end, is_measure=is_measure),
    )
    if item.recovered:
        low.recovered.append(made)
    return made
