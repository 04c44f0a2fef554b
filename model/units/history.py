"""History: the units that came before and after a unit, along its lineage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .records import Lineage


@dataclass(frozen=True, slots=True)
class Relation:
    """How another unit continues the one that is asked for, or was continued by it.

    ``steps`` lead from the one to the other, the nearest first; ``later``: ``unit`` is the younger one.
    """

    unit: str
    steps: tuple[Lineage, ...]
    later: bool

    @property
    def certain(self) -> bool:
        """Whether each step is a confirmed renaming or merger of the whole body."""
        return all(step.certain for step in self.steps)

    def badge(self, asked: str) -> str:
        """What a hit of ``unit`` is marked with when ``asked`` was looked for: 原省环保厅, 现省生态环境厅."""
        word = f"{'原' if self.later else '现'}{asked}"
        if self.certain:
            return word
        parted = any(step.kind == "split" for step in self.steps)
        return f"{word}{'部分职责' if parted else ''}（待确认）"

    def to_dict(self, asked: str) -> dict[str, Any]:
        """As JSON: the badge, the other unit, whether it is certain, and each step with its source."""
        return {
            "badge": self.badge(asked),
            "unit": self.unit,
            "certain": self.certain,
            "steps": [
                {
                    "from": step.predecessor,
                    "to": step.successor,
                    "kind": step.kind,
                    "date": step.date,
                    "scope": step.scope,
                    "source": step.source,
                    "confirmed": step.confirmed,
                }
                for step in self.steps
            ],
        }


def relations_of(
    unit: str, later: Mapping[str, Sequence[Lineage]], earlier: Mapping[str, Sequence[Lineage]]
) -> tuple[Relation, ...]:
    """All units after and before ``unit``, each once, by the surest way and then the shortest.

    Never back and forth: two bodies that were merged into one are not each other's history. A transfer is no
    way: the body that gave a duty away lives on with the rest.
    """
    return (*_walk(unit, later, forward=True), *_walk(unit, earlier, forward=False))


def _walk(unit: str, ways: Mapping[str, Sequence[Lineage]], *, forward: bool) -> Iterator[Relation]:
    found: dict[str, tuple[Lineage, ...]] = {unit: ()}
    reached = [unit]
    for sure in (True, False):  # first what certain steps reach, then the rest
        queue = list(reached)
        for at in queue:
            for step in ways.get(at, ()):
                following = step.successor if forward else step.predecessor
                if following is None or following in found or step.kind == "transfer":
                    continue
                if step.certain or not sure:
                    found[following] = (*found[at], step)
                    queue.append(following)
        reached = queue
    for following, steps in found.items():
        if following != unit:
            yield Relation(following, steps, forward)
