"""A score taken apart for people: its parts, every bonus and deduction, every mark that was lost, and why.

All of it is read off the trace, so that what a document says is what was computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .decimals import exactly, plain
from .pack import BONUS, DEDUCTION, Clause, PackItem, RulePack
from .results import TaskResult
from .trace import Node

#: Nodes that the scorer names so.
_BOTH, _PROCESS, _TAKEN, _TASKS = "加减分", "过程扣分", "扣分", "任务得分合计"
_FULL, _VALUES = "满分", ("实际值", "目标值")


@dataclass(frozen=True, slots=True)
class Mark:
    """An event of bonus or deduction. ``item`` None: given as a sum, or for the number of tasks.

    ``value`` is what it counts before any cap; 0 with a ``note`` where the same occasion counts elsewhere;
    else the note tells the amount that a proportional item was computed from.
    ``times`` is None for a sum and for an amount. ``occasion`` (文号) and ``evidence`` as they were entered.
    """

    kind: str
    item: PackItem | None
    name: str
    times: Decimal | None
    value: Decimal
    occasion: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A cap that took something away: ``total`` marks became ``cap``. ``group`` is that of the items which
    share the cap, ``name`` the names of those that were met; both are empty for the cap of all together."""

    kind: str
    group: str
    name: str
    total: Decimal
    cap: Decimal
    quote: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Marks lost in a part, from its full mark. ``task`` is empty for 过程考核.

    ``stated``: taken off for a reason that a person gave; else the method gives less than the full mark,
    and ``reason`` tells the values that it took.
    """

    part: str
    task: str
    amount: Decimal
    reason: str
    source: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One unit's score. ``total`` is its trace, ``parts`` the nodes right below it, 加减分 left out.

    ``bonus`` and ``deduction`` are what counts after every cap; ``void`` tells why a part counts nothing.
    """

    unit: str
    total: Node
    parts: tuple[Node, ...]
    bonus: Decimal
    deduction: Decimal
    marks: tuple[Mark, ...]
    cuts: tuple[Cut, ...]
    losses: tuple[Loss, ...]
    void: tuple[str, ...]

    def marks_of(self, kind: str) -> tuple[Mark, ...]:
        """The events of a kind."""
        return tuple(mark for mark in self.marks if mark.kind == kind)


@exactly
def breakdown(
    unit: str, trace: Node, pack: RulePack, track: str, results: Sequence[TaskResult] = ()
) -> Breakdown:
    """Take a unit's trace apart. ``pack`` is the one under the readings that the score was computed with;
    ``results`` are the unit's task results: they tell full marks that a trace need not show.

    Raises ValueError for a trace that is no score of a unit.
    """
    both = next((node for node in trace.inputs if node.name == _BOTH), None)
    if both is None or len(both.inputs) != 2:
        raise ValueError(f"{trace.name} has no bonus and deduction")
    items = [item for item in pack.items if track in item.tracks]
    marks: list[Mark] = []
    cuts: list[Cut] = []
    for kind, node in zip((BONUS, DEDUCTION), both.inputs, strict=True):
        marks += _marks(kind, node, [item for item in items if item.kind == kind])
        cuts += _cuts(kind, node, items, pack)
    parts = tuple(node for node in trace.inputs if node is not both)
    full = {result.task: result for result in results if result.unit == unit}
    names = frozenset(part.name for part in pack.parts if part.track == track)
    return Breakdown(
        unit,
        trace,
        parts,
        both.inputs[0].value,
        both.inputs[1].value,
        tuple(marks),
        tuple(cuts),
        tuple(loss for part in parts for loss in _losses(part, part.name, names, full)),
        tuple(node.note for node in trace.walk() if node.formula == "0" and "作废" in node.note),
    )


def inner_parts(pack: RulePack, track: str, node: Node) -> tuple[Node, ...]:
    """The parts of the pack right below a part's node, in the pack's order; none where it was given whole."""
    names = {part.name for part in pack.parts if part.track == track}
    found: list[Node] = []
    for inner in node.inputs:
        if inner.name in names and inner.name != node.name:
            found.append(inner)
        elif inner.name in ("基础得分", "年终得分", node.name):
            found += inner_parts(pack, track, inner)
    return tuple(found)


def clause_of(pack: RulePack, kind: str) -> Clause | None:
    """The sentence that caps all events of a kind; None where there is no such cap."""
    return next((limit.clause for limit in pack.limits if limit.kind == kind and limit.cap is not None), None)


def _marks(kind: str, node: Node, items: Sequence[PackItem]) -> Iterator[Mark]:
    if node.origin is not None:
        return
    groups = {f"{item.group}合计" for item in items}
    for inner in node.inputs:
        if inner.name in groups and inner.inputs:
            yield from (_mark(kind, event, items) for event in inner.inputs)
        elif inner.value:
            yield Mark(kind, None, inner.name, None, inner.value, note=inner.note)


def _mark(kind: str, node: Node, items: Sequence[PackItem]) -> Mark:
    item = next(item for item in items if is_of(node, item))
    occasion = node.name.partition("：")[2]
    leaves = {leaf.name: leaf for leaf in node.inputs}
    told = [leaf.origin for leaf in node.inputs if leaf.origin is not None]
    evidence = next((origin.place for origin in told if origin.kind == "evidence"), "")
    times = leaves["次数"].value if "次数" in leaves else None
    amount = f"数额{plain(leaves['数额'].value)}{item.unit}" if "数额" in leaves else ""
    return Mark(kind, item, item.name, times, node.value, occasion, evidence, node.note or amount)


def _cuts(kind: str, node: Node, items: Sequence[PackItem], pack: RulePack) -> Iterator[Cut]:
    for inner in node.inputs:
        total = sum((event.value for event in inner.inputs), Decimal(0))
        shared = [item for item in items if item.kind == kind and f"{item.group}合计" == inner.name]
        if shared and inner.inputs and shared[0].cap is not None and total > inner.value:
            met = {item.name: item for event in inner.inputs for item in shared if is_of(event, item)}
            quote = next(iter(met.values())).clause.quote
            yield Cut(kind, shared[0].group, "、".join(met), total, inner.value, quote)
    total = sum((inner.value for inner in node.inputs), Decimal(0))
    if node.inputs and total > node.value and (clause := clause_of(pack, kind)) is not None:
        yield Cut(kind, "", "", total, node.value, clause.quote)


def is_of(event: Node, item: PackItem) -> bool:
    """Whether the node of an event is one of this item's: its name begins with code and variant."""
    return event.name.partition("：")[0] == item.code + item.variant


def _losses(
    node: Node, part: str, names: frozenset[str], results: Mapping[str, TaskResult]
) -> Iterator[Loss]:
    part = node.name if node.name in names else part
    if node.name == _PROCESS:
        for taken in node.inputs:
            yield Loss(part, "", taken.value, taken.name, _place(taken), True)
        return
    if node.name == _TASKS:
        for task in node.inputs:
            yield from _task_losses(task, part, results)
        return
    for inner in node.inputs:
        yield from _losses(inner, part, names, results)


def _task_losses(task: Node, part: str, results: Mapping[str, TaskResult]) -> Iterator[Loss]:
    taken = next((inner for inner in task.inputs if inner.name == _TAKEN), None)
    if taken is not None:
        for one in taken.inputs:
            yield Loss(part, task.name, one.value, one.name, _place(one), True)
        return
    result = results.get(task.name)
    shown = next((node.value for node in task.walk() if node.name == _FULL), None)
    full = result.full if result is not None else shown
    if full is not None and task.value < full:
        yield Loss(part, task.name, full - task.value, _why(task, result), _source(task, result), False)


def _why(task: Node, result: TaskResult | None) -> str:
    """The values that a method took, and its name where it is known."""
    values = dict.fromkeys(_VALUES, "")
    for node in task.walk():
        if node.name in values and not values[node.name]:
            values[node.name] = f"{node.name}{plain(node.value)}"
    method = f"计分方法为{result.method}" if result is not None else ""
    return "，".join(filter(None, [*values.values(), method, task.note]))


def _source(task: Node, result: TaskResult | None) -> str:
    """Where the result stands."""
    if result is not None:
        return result.origin.place
    entries = (node for node in task.walk() if node.origin is not None and node.origin.kind == "entry")
    return next((_place(node) for node in entries), "")


def _place(node: Node) -> str:
    return node.origin.place if node.origin is not None else ""
