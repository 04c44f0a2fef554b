"""Matching a unit: which parties of the registry mean the unit that was asked for, and how surely.

In this order: the directory's names of it; the same words; words that hold the name. A unit that the
directory knows also answers through the units before and after it, and through the groups it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..folding import fold_name
from ..span import Evidence
from ..units import GroupEntry, Relation, UnitDirectory
from .dialect import Dialect
from .reader import Reader
from .tasks import NamedParty, StoredTask

#: Tiers of a match, the most specific first. ``FORMER``: a unit that for sure continues the one asked for, or
#: was continued by it; ``RELATED``: one that does so in part, or as nobody has confirmed.
NAMED, INHERITED, PARTLY, FORMER, GROUP, POSSIBLE, RELATED = range(7)


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a party means the unit that was asked for: how surely, and by which way."""

    tier: int
    #: It answers as a member of the group that the words name.
    group: bool = False
    #: The unit before or after it by which the party means it.
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class GroupMatcher:
    """A group's name ids in the registry; ``marks`` (folded) tell the notices in which it has its members."""

    names: frozenset[int]
    certain: bool
    marks: tuple[str, ...]
    #: The unit before or after the one asked for that is a member; None: it is one itself.
    relation: Relation | None = None

    def tier(self, task: StoredTask) -> int | None:
        """How surely the group's words mean its members in the notice of ``task``; None where they do not."""
        tier = group_tier(task, self.marks, certain=self.certain)
        doubtful = self.relation is not None and not self.relation.certain
        return RELATED if tier is not None and doubtful else tier


@dataclass(frozen=True, slots=True)
class RelativeMatcher:
    """A unit before or after the one asked for: its id, and its names' ids for parties nobody resolved."""

    relation: Relation
    names: frozenset[int]

    @property
    def tier(self) -> int:
        """How surely a task of this unit is one of the unit asked for."""
        return FORMER if self.relation.certain else RELATED


@dataclass(frozen=True, slots=True)
class UnitMatcher:
    """Says of a party whether it means the unit: in SQL for finding, in Python for telling why.

    Holds ids of names in this registry, so it is good for one reader.
    """

    #: Directory ids: none for a unit that no directory knows, several for a name that several have.
    units: frozenset[str]
    #: Names with the very words asked for; they match whatever a party was resolved to.
    typed: frozenset[int]
    #: The unit's other names; they match parties that were not resolved to another unit.
    other: frozenset[int] = frozenset()
    partly: frozenset[int] = frozenset()
    groups: tuple[GroupMatcher, ...] = ()
    #: The name asked for, or the unit's usual one for an id.
    asked: str = ""
    relatives: tuple[RelativeMatcher, ...] = ()

    def meaning(self, named: NamedParty, task: StoredTask) -> Meaning | None:
        """How a party of ``task`` means the unit, by the surest way; None when it does not."""
        party, name = named.party, named.name
        if party.unit in self.units or name in self.typed or (party.unit is None and name in self.other):
            return Meaning(INHERITED if party.evidence is Evidence.INHERITED else NAMED)
        if name in self.partly:
            return Meaning(PARTLY)
        ways = [
            Meaning(relative.tier, relation=relative.relation)
            for relative in self.relatives
            if party.unit == relative.relation.unit or (party.unit is None and name in relative.names)
        ]
        for group in self.groups:
            if name in group.names and (tier := group.tier(task)) is not None:
                ways.append(Meaning(tier, group=True, relation=group.relation))
        return min(ways, key=lambda way: way.tier, default=None)

    def tier(self, named: NamedParty, task: StoredTask) -> int | None:
        """How surely a party of ``task`` means the unit; None when it does not."""
        meaning = self.meaning(named, task)
        return None if meaning is None else meaning.tier

    @property
    def names(self) -> frozenset[int]:
        """Ids of all names that may mean the unit; a party with none of them means it only by its unit id."""
        through = (group.names for group in self.groups)
        related = (relative.names for relative in self.relatives)
        return self.typed.union(self.other, self.partly, *through, *related)

    @staticmethod
    def _relative_arm(index: int, relative: RelativeMatcher) -> str:
        unresolved = f"(p.unit IS NULL AND {_in('p.name_id', relative.names)})"
        return f"WHEN p.unit = :relative_{index} OR {unresolved} THEN {relative.tier}"

    def sql(self, dialect: Dialect, role: str | None) -> tuple[str, dict[str, str]]:
        """A query for ``task_id, tier`` of every task with a matching party (in ``role``), and its
        parameters.

        Name ids are written out: they are numbers of the registry's own.
        """
        parameters: dict[str, str] = {"role": role} if role else {}
        named = f"{_in('p.name_id', self.typed)} OR (p.unit IS NULL AND {_in('p.name_id', self.other)})"
        wanted = _in("p.name_id", self.names)
        for index, unit in enumerate(sorted(self.units)):
            parameters[f"unit_{index}"] = unit
            named += f" OR p.unit = :unit_{index}"
            wanted += f" OR p.unit = :unit_{index}"
        for index, relative in enumerate(self.relatives):
            parameters[f"relative_{index}"] = relative.relation.unit
            wanted += f" OR p.unit = :relative_{index}"
        arms = [
            f"WHEN {named} THEN CASE WHEN p.evidence = 'inherited' THEN {INHERITED} ELSE {NAMED} END",
            f"WHEN {_in('p.name_id', self.partly)} THEN {PARTLY}",
        ]
        # The surest way first: CASE takes the first arm that holds.
        arms += [self._relative_arm(i, r) for i, r in enumerate(self.relatives) if r.tier == FORMER]
        by_tier: dict[int, list[str]] = {
            GROUP: [],
            POSSIBLE: [],
            RELATED: [self._relative_arm(i, r) for i, r in enumerate(self.relatives) if r.tier == RELATED],
        }
        for index, group in enumerate(self.groups):
            member = _in("p.name_id", group.names)
            marks = {f"mark_{index}_{place}": mark for place, mark in enumerate(group.marks)}
            parameters |= marks
            here = " OR ".join(dialect.contains("v.label_key", name) for name in marks) or "TRUE"
            sure = group.relation is None or group.relation.certain
            tier, perhaps = (GROUP if group.certain else POSSIBLE, POSSIBLE) if sure else (RELATED, RELATED)
            by_tier[tier].append(f"WHEN {member} AND ({here}) THEN {tier}")
            nowhere = "v.document_number IS NULL AND v.issuer IS NULL"
            by_tier[perhaps].append(f"WHEN {member} AND {nowhere} THEN {perhaps}")
        arms += [*by_tier[GROUP], *by_tier[POSSIBLE], *by_tier[RELATED]]
        joined = "JOIN task t ON t.id = p.task_id JOIN notice_version v ON v.id = t.version_id"
        query = (
            f"SELECT task_id, MIN(tier) AS tier FROM (SELECT p.task_id, CASE {' '.join(arms)} END AS tier"
            f" FROM party p {joined if self.groups else ''}"
            f" WHERE ({wanted}){' AND p.role = :role' if role else ''}) answering"
            " WHERE tier IS NOT NULL GROUP BY task_id"
        )
        return query, parameters


def group_tier(task: StoredTask, marks: tuple[str, ...], *, certain: bool) -> int | None:
    """How surely a group with these (folded) marks has its members in the notice of ``task``; None: it has
    not.

    A notice that does not tell where it is from may be from there.
    """
    if not marks or any(mark in task.label_key for mark in marks):
        return GROUP if certain else POSSIBLE
    return None if task.placed else POSSIBLE


def match_unit(
    reader: Reader, unit: str, directory: UnitDirectory, *, exact: bool = False, history: bool = True
) -> UnitMatcher:
    """The matcher for a unit by name, directory id, or a group's words. ``exact``: these very words only;
    ``history=False``: not the units before and after it."""
    asked = fold_name(unit)
    if exact:
        return UnitMatcher(frozenset(), _ids(_names_with(reader, [asked]), lambda name: name == asked))
    one = directory.resolve(unit)
    units = frozenset(directory.homonyms(unit) if one is None else (one,))
    as_groups = directory.groups_of_text(unit)
    forms = {asked, *(fold_name(name) for unit_id in units for name in directory.names_of(unit_id))}
    forms |= {fold_name(text) for group in as_groups for text in group.texts}
    relations = [
        relation
        for unit_id in sorted(units if history else ())
        for relation in directory.relations_of(unit_id)
        if relation.unit not in units
    ]
    groups = _groups(directory, units, relations)
    texts = {fold_name(text) for group, _ in groups for text in group.texts}
    former = {relation: {*map(fold_name, directory.names_of(relation.unit))} for relation in relations}
    known = _names_with(reader, [*forms, *texts, *(name for names in former.values() for name in names)])

    def means(name: str) -> bool:
        return name in forms or (_alias(name, forms) and directory.resolve(name) in {None, *units})

    def means_relative(relation: Relation) -> Callable[[str], bool]:
        return lambda name: (
            name in former[relation]
            or (_alias(name, former[relation]) and directory.resolve(name) in {None, relation.unit})
        )

    typed = _ids(known, lambda name: name == asked)
    other = _ids(known, means) - typed
    if not units and not typed and not other:
        return UnitMatcher(units, typed, partly=_ids(known, lambda name: asked in name))
    return UnitMatcher(
        units,
        typed,
        other,
        groups=tuple(
            GroupMatcher(
                _ids(known, {fold_name(text) for text in group.texts}.__contains__),
                group.certain,
                tuple(map(fold_name, group.marks)),
                relation,
            )
            for group, relation in groups
        ),
        asked=directory.units[unit].name if unit in directory.units else unit,
        relatives=tuple(
            RelativeMatcher(relation, _ids(known, means_relative(relation)) - typed) for relation in relations
        ),
    )


def _groups(
    directory: UnitDirectory, units: Iterable[str], relations: Iterable[Relation]
) -> list[tuple[GroupEntry, Relation | None]]:
    """The groups of the units, and those of the units before and after it, each by its surest way."""
    found: dict[str, Relation | None] = {
        group: None for unit_id in sorted(units) for group in directory.groups_of(unit_id)
    }
    for relation in sorted(relations, key=lambda relation: not relation.certain):
        for group in directory.groups_of(relation.unit):
            found.setdefault(group, relation)
    return [(directory.groups[group], relation) for group, relation in found.items()]


def _names_with(reader: Reader, parts: Iterable[str]) -> list[tuple[int, str]]:
    """Id and folded form of every name in the registry that holds one of ``parts``."""
    sought = {f"part_{index}": part for index, part in enumerate(sorted(parts)) if part}
    if not sought:
        return []
    holds = " OR ".join(reader.dialect.contains("n.folded", name) for name in sought)
    rows = reader.rows(f"SELECT n.id, n.folded FROM party_name n WHERE {holds}", **sought)
    return [(int(row[0]), str(row[1])) for row in rows]


def _alias(name: str, forms: set[str]) -> bool:
    """Whether ``name`` is one of ``forms`` with another name of the body in brackets:
    省市场监管局(省药监局)."""
    head, bracket, tail = name.partition("(")
    return bool(bracket) and (head in forms or tail.removesuffix(")") in forms)


def _ids(names: Iterable[tuple[int, str]], wanted: Callable[[str], bool]) -> frozenset[int]:
    return frozenset(name_id for name_id, name in names if wanted(name))


def _in(column: str, ids: Iterable[int]) -> str:
    """A condition that is also right for no ids at all."""
    listed = ", ".join(map(str, sorted(ids)))
    return f"{column} IN ({listed})" if listed else "FALSE"
