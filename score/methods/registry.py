"""The methods by name: the program's own, and those of other packages (``duban.score_methods``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from ..results import TaskResult
from ..trace import Node

#: Scores one result; the group is the same task's results of all units, the scored one among them.
Apply = Callable[[TaskResult, Sequence[TaskResult]], Node]
ENTRY_POINTS = "duban.score_methods"


@dataclass(frozen=True, slots=True)
class Method:
    """A scoring method. ``apply`` raises ValueError, with words for people, where the result does not fit.

    ``relative``: a score depends on the other units' results, so a better result of one may lower another's.
    ``settings``: the keys it understands.
    """

    name: str
    apply: Apply
    relative: bool
    settings: frozenset[str]
    source: str


@cache
def methods() -> dict[str, Method]:
    """All methods by name. Raises ValueError where a package brings a name that is taken, or no Method."""
    from importlib.metadata import entry_points

    from .traced import OWN

    known = {method.name: method for method in OWN}
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        method = entry.load()
        if not isinstance(method, Method) or method.name in known:
            raise ValueError(f"entry point {entry.name} of {ENTRY_POINTS} brings no new Method")
        known[method.name] = method
    return known
