"""Matching a unit: which parties of the registry mean the unit that was asked for, and how surely.

In this order: the directory's names of it; the same words; words that hold the name. A unit that the
directory knows also answers through the groups it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..folding import fold_name
from ..span import Evidence
from ..units import UnitDirectory
from .dialect import Dialect
from .reader import Reader
from .tasks import NamedParty, StoredTask

#: Tiers of a match, the most specific first.
NAMED, INHERITED, PARTLY, GROUP, POSSIBLE = range(5)


@dataclass(frozen=True, slots=True)
class GroupMatcher:
    """A group's name ids in the registry; ``marks`` (folded) tell the notices in which it has its members."""

    names: frozenset[int]
    certain: bool
    marks: tuple[str, ...]

    def tier(self, task: StoredTask) -> int | None:
        """How surely the group's words mean its members in the notice of ``task``; None where they do not."""
        return group_tier(task, self.marks, certain=self.certain)


@dataclass(frozen=True, slots=True)
class UnitMatcher:
    """Says of a party whether it means the unit: in SQL for finding, in Python for telling why.

    Holds ids of names in this registry, so it is good for one reader.
    """

    #: Directory id; None for a unit that no directory knows.
    unit: str | None
    #: Names with the very words asked for; they match whatever a party was resolved to.
    typed: frozenset[int]
    #: The unit's other names; they match parties that were not resolved to another unit.
    other: frozenset[int] = frozenset()
    partly: frozenset[int] = frozenset()
    groups: tuple[GroupMatcher, ...] = ()

    def tier(self, named: NamedParty, task: StoredTask) -> int | None:
        """How surely a party of ``task`` means the unit; None when it does not."""
        party, name = named.party, named.name
        if (
            (self.unit is not None and party.unit == self.unit)
            or name in self.typed
            or (party.unit is None and name in self.other)
        ):
            return INHERITED if party.evidence is Evidence.INHERITED else NAMED
        if name in self.partly:
            return PARTLY
        tiers = (group.tier(task) for group in self.groups if name in group.names)
        return min((tier for tier in tiers if tier is not None), default=None)

    @property
    def names(self) -> frozenset[int]:
        """Ids of all names that may mean the unit; a party with none of them means it only by its unit id."""
        return self.typed.union(self.other, self.partly, *(group.names for group in self.groups))

    def sql(self, dialect: Dialect, role: str | None) -> tuple[str, dict[str, str]]:
        """A query for ``task_id, tier`` of every task with a matching party (in ``role``), and its
        parameters.

        Name ids are written out: they are numbers of the registry's own.
        """
        parameters: dict[str, str] = {"role": role} if role else {}
        named = f"{_in('p.name_id', self.typed)} OR (p.unit IS NULL AND {_in('p.name_id', self.other)})"
        wanted = _in("p.name_id", self.names)
        if self.unit is not None:
            parameters["unit"] = self.unit
            named += " OR p.unit = :unit"
            wanted += " OR p.unit = :unit"
        arms = [
            f"WHEN {named} THEN CASE WHEN p.evidence = 'inherited' THEN {INHERITED} ELSE {NAMED} END",
            f"WHEN {_in('p.name_id', self.partly)} THEN {PARTLY}",
        ]
        # The surest group first: CASE takes the first arm that holds.
        for index, group in enumerate(sorted(self.groups, key=lambda group: not group.certain)):
            member = _in("p.name_id", group.names)
            marks = {f"mark_{index}_{place}": mark for place, mark in enumerate(group.marks)}
            parameters |= marks
            here = " OR ".join(dialect.contains("v.label_key", name) for name in marks) or "TRUE"
            arms.append(f"WHEN {member} AND ({here}) THEN {GROUP if group.certain else POSSIBLE}")
            arms.append(f"WHEN {member} AND v.document_number IS NULL AND v.issuer IS NULL THEN {POSSIBLE}")
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


def match_unit(reader: Reader, unit: str, directory: UnitDirectory, *, exact: bool = False) -> UnitMatcher:
    """The matcher for a unit by name, directory id, or a group's words. ``exact``: these very words only."""
    asked = fold_name(unit)
    if exact:
        return UnitMatcher(None, _ids(_names_with(reader, [asked]), lambda name: name == asked))
    unit_id = directory.resolve(unit)
    as_group = directory.group_of_text(unit)
    forms = {asked, *map(fold_name, directory.names_of(unit_id) if unit_id else ())}
    forms |= {fold_name(text) for text in (as_group.texts if as_group else ())}
    groups = [directory.groups[group] for group in directory.groups_of(unit_id)] if unit_id else []
    texts = {fold_name(text) for group in groups for text in group.texts}
    known = _names_with(reader, [*forms, *texts])

    def means(name: str) -> bool:
        return name in forms or (_alias(name, forms) and directory.resolve(name) in {None, unit_id})

    typed = _ids(known, lambda name: name == asked)
    other = _ids(known, means) - typed
    if unit_id is None and not typed and not other:
        return UnitMatcher(None, typed, partly=_ids(known, lambda name: asked in name))
    return UnitMatcher(
        unit_id,
        typed,
        other,
        groups=tuple(
            GroupMatcher(
                _ids(known, {fold_name(text) for text in group.texts}.__contains__),
                group.certain,
                tuple(map(fold_name, group.marks)),
            )
            for group in groups
        ),
    )


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
