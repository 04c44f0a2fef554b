"""Voices: for whom a unit reports that the notice calls by another name, or means by a group of units."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..folding import fold_name
from ..party import PartyKind
from ..units import UnitDirectory
from .tracked import Owner, TrackedTask


class Names:
    """What a unit directory knows of the names that reports are made under; asked for only where a report is
    not made under a name that the notice has."""

    def __init__(self, directory: Callable[[], UnitDirectory] | None = None) -> None:
        self._directory = directory
        self._ids: dict[str, frozenset[str]] = {}
        self._members: dict[tuple[str, str], tuple[str, ...]] = {}

    def ids(self, name: str) -> frozenset[str]:
        """Ids of the units that may have the name, and of those that they for sure continue or became."""
        found = self._ids.get(name)
        if found is None:
            found = self._ids[name] = frozenset(self._looked_up(name))
        return found

    def _looked_up(self, name: str) -> Iterable[str]:
        if self._directory is None:
            return
        directory = self._directory()
        for unit in directory.homonyms(name):
            yield unit
            yield from (one.unit for one in directory.relations_of(unit) if one.certain)

    def members(self, words: str, label: str) -> tuple[str, ...]:
        """Ids of the members of a group that ``words`` mean in the notice of that (folded) label; none where
        not all of them are known for sure."""
        key = words, label
        found = self._members.get(key)
        if found is None:
            groups = self._directory().groups_of_text(words) if self._directory is not None else ()
            found = self._members[key] = next(
                (
                    group.members
                    for group in groups
                    if group.certain
                    and not group.unknown_members
                    and (not group.marks or any(fold_name(mark) in label for mark in group.marks))
                ),
                (),
            )
        return found

    def possible(self, words: str) -> tuple[str, ...]:
        """Ids of units that a group's words may mean."""
        groups = self._directory().groups_of_text(words) if self._directory is not None else ()
        return tuple(member for group in groups for member in group.members)

    def name_of(self, unit: str) -> str:
        """What the directory calls a unit by its id."""
        return self._directory().units[unit].name if self._directory is not None else unit


UNKNOWN = Names()


class Voices(NamedTuple):
    """Who answers for a piece, and under which names reports for them are made."""

    owners: tuple[Owner, ...]
    names: Names = UNKNOWN
    #: Words of the notice, folded, that tell which groups it means.
    label: str = ""
    #: Folded names of a unit that was asked for and answers only as a member of a group.
    member: frozenset[str] = frozenset()

    def answers(self, unit: str) -> bool:
        """Whether a unit answers itself, under this name or another; anybody does where nobody is told to."""
        answering = [owner for owner in self.owners if owner.answers]
        return not answering or fold_name(unit) in self.member or self._is_one(unit, answering)

    def helps(self, unit: str) -> bool:
        """Whether a unit is one that only helps, while others answer."""
        helping = [owner for owner in self.owners if not owner.answers]
        if not helping or self.answers(unit):
            return False
        answering = [owner for owner in self.owners if owner.answers]
        return self._is_one(unit, helping) or (
            self._among(unit, helping) and not self._among(unit, answering)
        )

    def _among(self, unit: str, owners: list[Owner]) -> bool:
        """Whether a unit is, or may be, a member of a group among the owners."""
        groups = [owner.text for owner in owners if owner.kind is PartyKind.GROUP]
        ids = self.names.ids(unit) if groups else frozenset[str]()
        return any(not ids.isdisjoint(self.names.possible(words)) for words in groups)

    def _is_one(self, unit: str, owners: list[Owner]) -> bool:
        folded = fold_name(unit)
        if any(fold_name(owner.text) == folded for owner in owners):
            return True
        known = [owner.unit for owner in owners if owner.unit]
        return bool(known) and not self.names.ids(unit).isdisjoint(known)

    def missing(self, said: Iterable[str]) -> tuple[tuple[str, ...], int] | None:
        """The members of groups that answer who are not among those who ``said`` so, by name, and how many
        members there are; None where no group's members are known."""
        members = dict.fromkeys(member for group in self._groups() for member in group)
        if not members:
            return None
        heard = frozenset[str]().union(*map(self.names.ids, said))
        left = [member for member in members if member not in heard]
        return tuple(map(self.names.name_of, left)), len(members)

    @property
    def all_known(self) -> bool:
        """Whether the members of each group that answers are known."""
        return all(self._groups())

    def _groups(self) -> list[tuple[str, ...]]:
        if self.member:
            return []
        groups = [one for one in self.owners if one.answers and one.kind is PartyKind.GROUP]
        return [self.names.members(group.text, self.label) for group in groups]


def voices_of(task: TrackedTask, item: str, names: Names) -> Voices:
    """Who answers for a piece of a task."""
    return Voices(task.owners(item), names, task.label, task.member)
