"""Counts that a plan asks for: indicators per unit, who is short of the minimum, who has the most tasks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..model import Notice, Party, PartyKind, Role, Task
from ..model.folding import fold_name
from ..model.units import UnitDirectory
from .decimals import divide, exactly
from .pack import Minimum, RulePack


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit's tasks. ``lead`` and ``responsible`` count tasks that name it, ``grouped`` those that it has
    only through a group that surely means it (各市人民政府), ``possible`` through one that may (相关市)."""

    unit: str
    lead: int
    responsible: int
    grouped: int
    possible: int

    @property
    def named(self) -> int:
        """Tasks that name the unit itself."""
        return self.lead + self.responsible


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A unit with fewer indicators than the plan asks for, and where supplements come from, in order."""

    unit: str
    has: int
    short: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BonusShare:
    """A unit's 任务数量加分 by role, exact; ``total`` is their sum."""

    unit: str
    lead: Decimal
    responsible: Decimal

    @property
    def total(self) -> Decimal:
        """Both roles together."""
        return self.lead + self.responsible


def unit_counts(
    notice: Notice, units: Sequence[str], directory: UnitDirectory, *, lead: str = "first"
) -> list[UnitCount]:
    """The counts of these units (names), in their order.

    ``lead`` tells who leads where the notice does not say: ``first`` the first named party of a task, ``all``
    every named one. A name counts by directory id, else by its folded words.
    """
    key_of = unit_keys(notice, directory)
    rows = [_roles(task, directory, lead, key_of) for task in notice.tasks]
    made = []
    for unit in units:
        key = key_of(unit)
        held = [(roles.get(key), groups.get(key)) for roles, groups in rows]
        named = [role for role, _ in held if role is not None]
        through = [certain for role, certain in held if role is None and certain is not None]
        leads = named.count(Role.LEAD)
        made.append(UnitCount(unit, leads, len(named) - leads, through.count(True), through.count(False)))
    return made


def unit_keys(notice: Notice, directory: UnitDirectory) -> Callable[[str], str]:
    """What a name counts as in this notice: the unit of its region and date, else its folded words."""
    words = (notice.issuer, notice.document_number, notice.title)
    on = notice.issued_on or (str(notice.year) if notice.year else None)
    resolve = directory.resolver_for(*words, on=on)

    @cache
    def key(name: str) -> str:
        return (resolve(name) if resolve is not None else directory.resolve(name, on=on)) or fold_name(name)

    return key


def _roles(
    task: Task, directory: UnitDirectory, lead: str, key_of: Callable[[str], str]
) -> tuple[dict[str, Role], dict[str, bool]]:
    """Who is named with which role, and whom groups mean: certainly (True) or possibly."""
    roles: dict[str, Role] = {}
    groups: dict[str, bool] = {}
    parties = _all_parties(task)
    told = any(party.role is Role.LEAD for party in parties)
    for index, party in enumerate(parties):
        if party.kind is PartyKind.GROUP:
            group = directory.group_of_text(party.text)
            for member in group.members if group else ():
                groups[member] = groups.get(member, False) or bool(group and group.certain)
            continue
        role = party.role
        if not told and role is Role.RESPONSIBLE and (lead == "all" or index == 0):
            role = Role.LEAD
        key = party.unit or key_of(party.text)
        if roles.get(key) is not Role.LEAD:
            roles[key] = role
    return roles, groups


def _all_parties(task: Task) -> list[Party]:
    return [*task.parties, *(party for item in (*task.targets, *task.measures) for party in item.parties)]


def shortfalls(counts: Sequence[UnitCount], minimum: Minimum) -> list[Shortfall]:
    """Units with fewer indicators than the minimum; what a group surely gives counts."""
    return [
        Shortfall(c.unit, c.named + c.grouped, minimum.count - c.named - c.grouped, minimum.sources)
        for c in counts
        if c.named + c.grouped < minimum.count
    ]


@exactly
def task_bonuses(pack: RulePack, track: str, counts: Sequence[UnitCount]) -> list[BonusShare]:
    """Each unit's share: value × own ÷ largest count of the role. 0 where nobody has a task in the role."""
    values = {rule.role: rule.value for rule in pack.task_bonus if rule.track == track}

    def share(role: str, own: int, most: int) -> Decimal:
        return divide(values.get(role, Decimal(0)) * own, Decimal(most)) if most else Decimal(0)

    leads = max((c.lead for c in counts), default=0)
    others = max((c.responsible for c in counts), default=0)
    return [
        BonusShare(c.unit, share("lead", c.lead, leads), share("responsible", c.responsible, others))
        for c in counts
    ]
