"""What was achieved: one unit's result in one task, as the scorer takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .trace import Node, Origin

_UNTOLD = Origin("input", "")

#: Settings of a method: ``direction``, ``anchors``, ``threshold`` …; see docs/scoring.md.
Settings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deduction:
    """Marks taken off, with the reason and where it is recorded. ``amount`` is not negative; ``node``: how it
    was computed, where it was."""

    amount: Decimal
    reason: str
    origin: Origin
    node: Node | None = None

    def traced(self) -> Node:
        """The deduction as part of a trace."""
        return self.node or Node(self.reason, self.amount, origin=self.origin)


@dataclass(frozen=True, slots=True)
class TaskResult:
    """One unit's result in one task. ``full`` is the task's full mark; ``method`` a name of
    :func:`duban.score.methods.registry.methods`; ``origin`` tells the entry that ``actual`` stands in,
    ``basis`` where ``target`` stands in the notice."""

    task: str
    unit: str
    method: str
    actual: Decimal | None = None
    target: Decimal | None = None
    full: Decimal = Decimal(100)
    deductions: tuple[Deduction, ...] = ()
    settings: Settings = field(default_factory=dict)
    origin: Origin = _UNTOLD
    basis: Origin | None = None
