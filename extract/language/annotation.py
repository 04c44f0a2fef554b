"""Quantities for the tasks of a notice, and whether allocations add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...model import Item, Quantity, Span, Task
from .quantities import Allocation, read

#: A finding: its place, its code, what is wrong.
Finding = tuple[Span, str, str]


def with_quantities(tasks: Iterable[Task], text: str, folded: str) -> tuple[list[Task], list[Finding]]:
    """The same tasks with their quantities, and what is wrong with allocations.

    A task's own statement is read where it has no targets: else they say the same in more detail. An
    allocation in another item of the task belongs to the one target that has its unit and its sum.
    """
    findings: list[Finding] = []
    return [_with_quantities(task, text, folded, findings) for task in tasks], findings


def _with_quantities(task: Task, text: str, folded: str, findings: list[Finding]) -> Task:
    alone: list[Allocation] = []

    def quantities(span: Span) -> tuple[Quantity, ...]:
        reading = read(text, folded, span.start, span.end)
        alone.extend(reading.allocations)
        return reading.quantities

    def items(found: tuple[Item, ...]) -> tuple[Item, ...]:
        read_items = [(item, quantities(item.text_span)) for item in found]
        if not any(figures for _, figures in read_items):
            return found
        return tuple(replace(item, quantities=figures) if figures else item for item, figures in read_items)

    own = () if task.targets else quantities(task.text_span)
    targets, measures = items(task.targets), items(task.measures)
    for allocation in alone:
        own, targets, given = _allotted(allocation, own, targets)
        if not given:
            findings.append((allocation.span, "N074", allocation.span.of(text)[:30]))
    for quantity in (*own, *(q for item in (*targets, *measures) for q in item.quantities)):
        if quantity.shares:
            total = Allocation(quantity.span, quantity.unit, quantity.shares).total()
            if Allocation.differs(total, quantity.value):
                words = f"总数 {quantity.value}{quantity.unit}，分解数之和 {total}{quantity.unit}"
                findings.append((quantity.span, "N073", words))
    if own == task.quantities and targets is task.targets and measures is task.measures:
        return task
    return replace(task, quantities=own, targets=targets, measures=measures)


def _allotted(
    allocation: Allocation, own: tuple[Quantity, ...], targets: tuple[Item, ...]
) -> tuple[tuple[Quantity, ...], tuple[Item, ...], bool]:
    """Gives the allocation to the one quantity that has its unit, or of several the one that has its sum."""
    fits = [q for q in (*own, *(q for item in targets for q in item.quantities)) if q.unit == allocation.unit]
    if len(fits) > 1:
        fits = [q for q in fits if not Allocation.differs(q.value, allocation.total())]
    if len(fits) != 1 or fits[0].shares:
        return own, targets, False
    whole = replace(fits[0], shares=allocation.shares)

    def given(found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
        return tuple(whole if quantity is fits[0] else quantity for quantity in found)

    return given(own), tuple(replace(item, quantities=given(item.quantities)) for item in targets), True
