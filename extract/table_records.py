"""The tables' part of the record: section rows and task rows."""

from __future__ import annotations

from ..model import Assignment, Item, Party, Section, Span, Task
from .lowering import Lowering, parties_of
from .tables import Row, SectionRow, Table


def make_section(low: Lowering, row: SectionRow) -> Section:
    """A row that heads those below it."""
    title, declared = low.declared(row.title.start, row.title.end)
    marker = row.marker.of(low.text)
    assignments = low.shared_assignments(row.clauses, title.start)
    return Section(marker, title.of(low.text), (marker,), title, declared, assignments)


def make_tasks(low: Lowering, table: Table) -> list[Task]:
    """The rows of a table; one whose leading cells span from the row above has its units from there."""
    tasks = []
    above: tuple[Party, ...] = ()
    for row in table.rows:
        task = _task(low, table, row, above)
        tasks.append(task)
        above = task.parties if row.clauses else above
    return tasks


def _task(low: Lowering, table: Table, row: Row, above: tuple[Party, ...]) -> Task:
    section = None if row.section is None else table.sections[row.section].marker.of(low.text)
    marker = "" if row.marker is None else row.marker.of(low.text)
    assignments = tuple(
        Assignment(Span(clause.start, clause.end), row.statement, low.parties(clause))
        for clause in row.clauses
    )
    parties = parties_of(assignments)
    if not parties and row.marker is None:
        parties = low.inherit(above)
    due = low.deadlines(*row.statement)
    if row.due is not None and (cell := low.deadline_in_cell(row.due)) is not None:
        due = (*due, cell)
    return Task(
        row.number,
        marker,
        tuple(words for words in (section, marker) if words),
        _extent(low, row),
        row.statement,
        assignments,
        parties,
        tuple(_item(low, cell, parties, is_measure=False) for cell in row.targets),
        tuple(_item(low, cell, parties, is_measure=True) for cell in row.measures),
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


def _item(low: Lowering, cell: Span, parties: tuple[Party, ...], *, is_measure: bool) -> Item:
    return Item(
        "",
        cell,
        cell,
        parties=low.inherit(parties),
        deadlines=low.deadlines(cell.start, cell.end, is_measure=is_measure),
    )
