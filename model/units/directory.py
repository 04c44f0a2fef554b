"""UnitDirectory: units and groups by id and by name, for every region at once or as one notice means them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..folding import fold_name
from .history import Relation, relations_of
from .records import KINDS, LEVELS, LINEAGE_KINDS, NAME_KINDS, GroupEntry, Lineage, UnitEntry, UnitName
from .resolving import Resolver, days_of, only

if TYPE_CHECKING:
    from typing import Self

# A name with another name plate of the body behind it, folded: 省司法厅(省监狱管理局).
_PLATED = re.compile(r"([^()]+)\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class UnitDirectory:
    """Units and groups by id, and the ids by folded name. An empty directory resolves nothing."""

    units: dict[str, UnitEntry] = field(default_factory=dict)
    groups: dict[str, GroupEntry] = field(default_factory=dict)
    #: First part of the unit ids of a region, and the words that tell a notice of that region; no words: its
    #: names count in every notice.
    regions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lineage: tuple[Lineage, ...] = ()
    _by_name: dict[str, list[tuple[str, UnitName]]] = field(default_factory=dict, repr=False, compare=False)
    _by_text: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)
    _later: dict[str, list[Lineage]] = field(default_factory=dict, repr=False, compare=False)
    _earlier: dict[str, list[Lineage]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        units: Iterable[UnitEntry],
        groups: Iterable[GroupEntry] = (),
        regions: Mapping[str, tuple[str, ...]] | None = None,
        *,
        lineage: Iterable[Lineage] = (),
        names: Iterable[tuple[str, UnitName]] = (),
        members: Iterable[tuple[str, str]] = (),
    ) -> Self:
        """Index the entries. ``names`` are further names of known units, ``members`` further members of
        known groups, as an office adds them; a later lineage of the same two units replaces an earlier one.

        Raises ValueError when an id stands twice, a name means two units at the same time in one region, a
        text two groups of one region, a unit or group that is referred to is unknown, or a level or kind is.
        """
        later_names: defaultdict[str, list[UnitName]] = defaultdict(list)
        for unit_id, form in names:
            later_names[unit_id].append(form)
        more: defaultdict[str, list[str]] = defaultdict(list)
        for group_id, member in members:
            more[group_id].append(member)
        directory = cls(regions=dict(regions or {}), lineage=tuple(_newest(lineage)))
        for unit in units:
            directory._add_unit(replace(unit, forms=(*unit.forms, *later_names.pop(unit.id, ()))))
        for group in groups:
            listed = (*group.members, *more.pop(group.id, ()))
            directory._add_group(replace(group, members=tuple(dict.fromkeys(listed))))
        if unknown := [*later_names, *more]:
            raise ValueError(f"没有这些单位或群体：{'、'.join(unknown)}")
        for step in directory.lineage:
            directory._add_lineage(step)
        return directory

    def _add_unit(self, unit: UnitEntry) -> None:
        if unit.id in self.units:
            raise ValueError(f"单位 {unit.id} 写了两次")
        _check(unit.level, LEVELS, f"单位 {unit.id} 的 level")
        _check(unit.kind, KINDS, f"单位 {unit.id} 的 kind")
        self.units[unit.id] = unit
        for form in unit.forms:
            _check(form.kind, NAME_KINDS, f"单位 {unit.id} 的名称 {form.text} 的 kind")
            key = fold_name(form.text)
            claims = self._by_name.setdefault(key, [])
            for other, theirs in claims:
                if other != unit.id and self._together(other, unit.id) and _overlap(form, theirs):
                    raise ValueError(f"{key} 既指 {other} 又指 {unit.id}")
            claims.append((unit.id, form))

    def _add_group(self, group: GroupEntry) -> None:
        if group.id in self.groups or group.id in self.units:
            raise ValueError(f"群体 {group.id} 写了两次")
        if unknown := [member for member in group.members if member not in self.units]:
            raise ValueError(f"群体 {group.id}：名录中没有成员 {'、'.join(unknown)}")
        if group.size is not None and group.size < len(group.members):
            raise ValueError(f"群体 {group.id}：size 是 {group.size}，却有 {len(group.members)} 个成员")
        self.groups[group.id] = group
        for text in group.texts:
            claims = self._by_text.setdefault(fold_name(text), [])
            for other in claims:
                if other != group.id and self._together(other, group.id):
                    raise ValueError(f"{fold_name(text)} 既指 {other} 又指 {group.id}")
            if group.id not in claims:
                claims.append(group.id)

    def _add_lineage(self, step: Lineage) -> None:
        _check(step.kind, LINEAGE_KINDS, f"{step.predecessor} 的沿革的 kind")
        ends = [step.predecessor, *([step.successor] if step.successor else ())]
        if unknown := [end for end in ends if end not in self.units]:
            raise ValueError(f"{step.predecessor} 的沿革：名录中没有 {'、'.join(unknown)}")
        if (step.kind == "abolish") != (step.successor is None):
            raise ValueError(f"{step.predecessor} 的沿革：只有撤销（abolish）没有后来的单位")
        if step.kind == "split" and step.confirmed:
            raise ValueError(f"{step.predecessor} 的沿革：拆分（split）不能是已确认的")
        self._later.setdefault(step.predecessor, []).append(step)
        if step.successor:
            self._earlier.setdefault(step.successor, []).append(step)

    def _together(self, one: str, other: str) -> bool:
        """Whether two ids may be meant in one notice: of one region, or one of them of everywhere."""
        regions = _region(one), _region(other)
        return regions[0] == regions[1] or not all(self.regions.get(region) for region in regions)

    def resolve(self, name: str, *, on: str | None = None) -> str | None:
        """Id of the unit that ``name`` means (an id means itself); None where no unit has just this name, or
        several have: in several regions, or at different times and ``on`` (ISO date or year) does not tell.
        """
        return name if name in self.units else self._resolved(fold_name(name), on, None)

    def resolver_for(self, *words: str | None, on: str | None = None) -> Resolver | None:
        """How names resolve in a notice that carries these words (issuer, number, title) and is of the date
        or year ``on``; None where the words tell no region. 省财政厅 in another province's notice is another
        body: only the region's own names count.
        """
        carried = fold_name("".join(word or "" for word in words))
        used = {_region(unit) for unit in self.units}
        here = {
            region
            for region in used
            if not (marks := self.regions.get(region)) or any(fold_name(m) in carried for m in marks)
        }
        if not here:
            return None
        return Resolver(lambda name: self._resolved(fold_name(name), on, here))

    def _resolved(self, key: str, on: str | None, here: set[str] | None) -> str | None:
        """By the whole name; else the name before the bracket, unless the bracket names another unit."""
        claims = self._by_name.get(key)
        if claims:
            return self._chosen(claims, on, here)
        plated = _PLATED.fullmatch(key)
        if plated is None:
            return None
        unit = self._chosen(self._by_name.get(plated[1], ()), on, here)
        plate = {claimed for claimed, _ in self._by_name.get(plated[2], ())}
        return unit if plate <= {unit} else None

    @staticmethod
    def _chosen(claims: Iterable[tuple[str, UnitName]], on: str | None, here: set[str] | None) -> str | None:
        """The one unit; where several have the name, the one whose name it was at the time."""
        claims = [claim for claim in claims if here is None or _region(claim[0]) in here]
        unit = only(unit for unit, _ in claims)
        days = days_of(on)
        if unit is not None or days is None:
            return unit
        return only(unit for unit, form in claims if form.holds(*days))

    def homonyms(self, name: str) -> tuple[str, ...]:
        """Ids of all units that have ``name``, at whatever time and in whatever region."""
        return tuple(dict.fromkeys(unit for unit, _ in self._by_name.get(fold_name(name), ())))

    def names_of(self, unit_id: str) -> tuple[str, ...]:
        """Every name of a unit; empty for an unknown id."""
        unit = self.units.get(unit_id)
        return unit.names if unit else ()

    def all_names(self) -> Iterator[tuple[str, str]]:
        """Every name with the id of its unit."""
        for unit in self.units.values():
            for name in unit.names:
                yield name, unit.id

    def groups_of(self, unit: str) -> tuple[str, ...]:
        """Ids of the groups with ``unit`` (an id or a name) among their members, certain or possible."""
        unit_id = self.resolve(unit)
        return tuple(group.id for group in self.groups.values() if unit_id in group.members)

    def groups_of_text(self, text: str) -> tuple[GroupEntry, ...]:
        """The groups, one a region, that these words mean; an id means itself."""
        if text in self.groups:
            return (self.groups[text],)
        return tuple(self.groups[group] for group in self._by_text.get(fold_name(text), ()))

    def group_of_text(self, text: str) -> GroupEntry | None:
        """The group that these words mean; None where they mean none, or one in each of several regions."""
        found = self.groups_of_text(text)
        return found[0] if len(found) == 1 else None

    def relations_of(self, unit_id: str) -> tuple[Relation, ...]:
        """The units after and before a unit, with the steps that lead there (:mod:`.history`)."""
        return relations_of(unit_id, self._later, self._earlier)

    def steps_of(self, unit_id: str) -> tuple[Lineage, ...]:
        """Every step of a unit's lineage, transfers included: what it came from, then what became of it."""
        return (*self._earlier.get(unit_id, ()), *self._later.get(unit_id, ()))


def _region(unit_id: str) -> str:
    return unit_id.partition("/")[0]


def _overlap(one: UnitName, other: UnitName) -> bool:
    return (one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from is None or one.valid_from < other.valid_to
    )


def _newest(lineage: Iterable[Lineage]) -> Iterable[Lineage]:
    """Each pair of units once, as the last entry has it: an office may confirm what is doubtful."""
    return {(step.predecessor, step.successor): step for step in lineage}.values()


def _check(value: str, allowed: Iterable[str], what: str) -> None:
    if value not in allowed:
        raise ValueError(f"{what} 不能是 {value}，可写 {'、'.join(sorted(allowed))}")
