"""Load: what a unit has to report in each month, and where the rules against burdening it are broken.

整治形式主义为基层减负若干规定 (2024): no repeated form filling, evidence once; facts/result-notices.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..folding import fold_name
from ..units.groups import group_words
from .lights import LightRule
from .tracked import Owner, TrackedTask

#: Cells that a unit fills for a milestone: value, rate, evidence, problem, next step, day of completion.
CELLS = 6
#: Shorter lines (加强组织领导) stand in several tasks without being one matter.
_LINE = 12


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """Milestones on which a unit has to report in a month (``2021-06``), and the cells that this fills."""

    unit: str
    month: str
    milestones: int
    cells: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One line that stands in several tasks: what is reported and proven for one counts for all."""

    text: str
    places: tuple[tuple[TrackedTask, str], ...]


@dataclass(frozen=True, slots=True)
class BurdenWarning:
    """A rule that is broken, where, in Chinese."""

    rule: str
    words: str


def reporting_units(task: TrackedTask, item: str) -> tuple[Owner, ...]:
    """Who reports on a piece: those who answer for it, each once; where nobody does, those who help."""
    owners = task.owners(item) or task.parties
    chosen = tuple([owner for owner in owners if owner.answers]) or owners
    if len(chosen) < 2:
        return chosen
    return tuple({owner.key: owner for owner in reversed(chosen)}.values())[::-1]


def reporting_load(tasks: Iterable[TrackedTask]) -> tuple[UnitMonth, ...]:
    """Units by name, months in order. A unit is called as the notices call it first."""
    names: dict[str, str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for task in tasks:
        for stone in task.milestones:
            for owner in reporting_units(task, stone.item):
                names.setdefault(owner.key, owner.text)
                counts[owner.key, stone.due[:7]] += 1
    found = [UnitMonth(names[key], month, count, count * CELLS) for (key, month), count in counts.items()]
    return tuple(sorted(found, key=lambda one: (one.unit, one.month)))


def duplicates(tasks: Iterable[TrackedTask]) -> tuple[Duplicate, ...]:
    """Lines of 12 characters and more that stand in several tasks of one notice, R72."""
    places: defaultdict[tuple[int, str], list[tuple[TrackedTask, str]]] = defaultdict(list)
    for task in tasks:
        for piece in task.pieces:
            folded = fold_name(piece.text)
            if len(folded) >= _LINE:
                places[task.notice_id, folded].append((task, piece.item))
    return tuple(
        Duplicate(found[0][0].piece(found[0][1]).text, tuple(found))
        for found in places.values()
        if len({task.key for task, _ in found}) > 1
    )


def burden_warnings(tasks: Sequence[TrackedTask], rule: LightRule | None = None) -> tuple[BurdenWarning, ...]:
    """Reports more often than monthly, the same line in several tasks, months with too many cells."""
    rule = rule or LightRule()
    found = [
        BurdenWarning("报送过频", f"{task.name}“{stone.basis}”每周一报，宜改为每月一报")
        for task in tasks
        for stone in {stone.item: stone for stone in task.milestones if stone.period == "week"}.values()
    ]
    for one in duplicates(tasks):
        names = "、".join(dict.fromkeys(task.name for task, _ in one.places))
        found.append(BurdenWarning("重复填报", f"{names}有同一事项“{one.text[:30]}”，报一次、举证一次即可"))
    months: defaultdict[str, list[UnitMonth]] = defaultdict(list)
    for load in reporting_load(tasks):
        if load.cells > rule.most_cells and not _open_group(load.unit):
            months[load.unit].append(load)
    for unit, over in months.items():
        worst = max(over, key=lambda load: load.cells)
        words = (
            f"{unit}有 {len(over)} 个月超过 {rule.most_cells} 格，最多的 {worst.month} 要填 {worst.cells} 格"
        )
        found.append(BurdenWarning("填报过多", words))
    return tuple(found)


def _open_group(words: str) -> bool:
    """Whether the words (有关部门) leave open who is meant: nobody fills in all that is asked of them."""
    told = group_words(words)
    return told is not None and told.kind == "open"
