"""Duties: what a unit answers for, with everything a responsibility list needs, and which units there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..folding import fold_name
from ..party import Party, PartyKind, Role
from ..span import Evidence, Span
from ..task import Deadline
from ..units import UnitDirectory
from .failures import intact
from .matching import GROUP, POSSIBLE, RELATED, UnitMatcher, group_tier, match_unit
from .query import Query
from .reader import Reader, reading
from .statement import task_ids
from .target import Target
from .tasks import NamedParty, StoredItem, StoredTask, load_tasks

#: Strongest first: a unit that leads one part of a task and helps with another leads.
_ROLES = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING)


@dataclass(frozen=True, slots=True)
class DutyItem:
    """A target or measure of a duty's task, without marker and closing clause."""

    marker: str
    text: str
    #: ``recovered`` where the notice lost the marker.
    evidence: Evidence
    span: Span
    #: Whether the unit is among those who answer for this very item.
    own: bool
    parties: tuple[Party, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One task as one unit's duty. Spans count in the text of the notice."""

    #: The unit's strongest role in the task.
    role: Role
    evidence: Evidence
    #: The group that the unit answers through; None where it is named itself.
    group: str | None
    #: The group's words leave open whether this member is meant.
    possible: bool
    #: 原省环保厅, where the notice names the unit that continues the one asked for, or was continued by it;
    #: None where it names the unit itself.
    history: str | None
    notice_id: int
    #: Document number, else title, else file name.
    notice: str
    title: str | None
    year: int | None
    issued_on: str | None
    section: str | None
    number: int | None
    path: tuple[str, ...]
    #: The statement.
    text: str
    span: Span
    targets: tuple[DutyItem, ...]
    measures: tuple[DutyItem, ...]
    #: The task's own; those of its items are with the items.
    deadlines: tuple[Deadline, ...]
    #: Who answers for the task as a whole.
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """A unit that the registry's notices name, itself or by a group that surely has it as a member; or a
    group whose members nobody knows there, by its own words.

    A task counts once, by the unit's strongest role in it.
    """

    name: str
    #: Directory id; None where no directory knows the name.
    unit: str | None
    lead: int
    responsible: int
    cooperating: int
    #: Tasks that the unit answers for only as a member of a group.
    grouped: int = 0
    #: Words that mean several bodies (各有关部门), and which ones no directory tells for sure in the notices
    #: that are counted here. Without it a task that only they answer for would be on nobody's list.
    group: bool = False

    @property
    def tasks(self) -> int:
        """In how many tasks the unit is named itself."""
        return self.lead + self.responsible + self.cooperating


def tasks_of_unit(
    target: str | Path | Target | Reader,
    unit: str,
    directory: UnitDirectory,
    *,
    exact: bool = False,
    groups: bool = True,
    history: bool = True,
    role: str | None = None,
    year: int | None = None,
    notice: str | None = None,
) -> tuple[Duty, ...]:
    """The duties of a unit, newest notice first, in each notice's order; conditions as in :class:`Query`.

    ``groups=False`` leaves out what the unit answers for only through a group, ``history=False`` the duties
    of the units before and after it. Where such a unit continues it only in part, or nobody has confirmed
    it, its duties are never among them. Raises the kinds of RegistryError.
    """
    query = Query(unit=unit, exact=exact, role=role, year=year, notice=notice)
    with reading(target) as reader, intact(reader.place):
        matcher = match_unit(reader, unit, directory, exact=exact, history=history)
        ids = [task_id for task_id, _ in task_ids(reader, query, matcher)]
        return _duties(_in_notice_order(load_tasks(reader, ids)), matcher, role, groups=groups)


def duties_by_unit(
    target: str | Path | Target | Reader,
    directory: UnitDirectory,
    *,
    groups: bool = True,
    year: int | None = None,
    notice: str | None = None,
) -> tuple[tuple[UnitLoad, tuple[Duty, ...]], ...]:
    """Every unit that is named, with its duties: :func:`units_in` and :func:`tasks_of_unit` in one pass.

    Each task stands with the units as its notice names them, not with those before and after them: with all
    units at once, every task is on some list already. A group of :attr:`UnitLoad.group` has the tasks in
    which its members are unknown, so that every task that has a party is with somebody. ``groups=False``
    leaves out such groups, too.
    """
    with reading(target) as reader, intact(reader.place):
        tasks = _in_notice_order(_tasks(reader, year, notice))
        places = _places(tasks)
        found: list[tuple[UnitLoad, tuple[Duty, ...]]] = []
        for load, own in _loads(tasks, directory):
            if load.group and not groups:
                continue
            matcher = match_unit(reader, load.unit or load.name, directory, exact=load.group, history=False)
            keys: list[int | str] = [*matcher.names, *matcher.units]
            named = sorted({place for key in keys for place in places.get(key, ())})
            mine = [tasks[place] for place in named if not load.group or tasks[place].id in own]
            found.append((load, _duties(mine, matcher, None, groups=groups)))
        return tuple((load, duties) for load, duties in found if duties)


def units_in(
    target: str | Path | Target | Reader,
    directory: UnitDirectory,
    *,
    year: int | None = None,
    notice: str | None = None,
) -> tuple[UnitLoad, ...]:
    """The units of current versions, those named in most tasks first, then groups whose members are unknown;
    names of one directory id, or of equal folded words, are one unit."""
    with reading(target) as reader, intact(reader.place):
        return tuple(load for load, _ in _loads(_tasks(reader, year, notice), directory))


def _tasks(reader: Reader, year: int | None, notice: str | None) -> list[StoredTask]:
    found = task_ids(reader, Query(year=year, notice=notice), None)
    return load_tasks(reader, [task_id for task_id, _ in found])


def _in_notice_order(tasks: Sequence[StoredTask]) -> list[StoredTask]:
    ordered = sorted(tasks, key=lambda task: task.id)
    return sorted(ordered, key=lambda t: (t.issued_on or str(t.year or ""), t.notice_id), reverse=True)


def _places(tasks: Sequence[StoredTask]) -> defaultdict[int | str, set[int]]:
    """For each name id and each unit id, the indexes of the tasks with a party that has it: with many units,
    nobody looks through every task for each of them."""
    places: defaultdict[int | str, set[int]] = defaultdict(set)
    for place, task in enumerate(tasks):
        for named in task.all_parties():
            places[named.name].add(place)
            if named.party.unit is not None:
                places[named.party.unit].add(place)
    return places


def _loads(tasks: Iterable[StoredTask], directory: UnitDirectory) -> list[tuple[UnitLoad, frozenset[int]]]:
    """Each load with the ids of the tasks in which its name stands."""
    roles: defaultdict[tuple[bool, str], dict[int, Role]] = defaultdict(dict)
    grouped: defaultdict[tuple[bool, str], set[int]] = defaultdict(set)
    names: dict[tuple[bool, str], str] = {}
    for task in tasks:
        for named in task.all_parties():
            party = named.party
            is_group = party.kind is PartyKind.GROUP
            if is_group and (members := _members(task, party.text, directory)):
                for member in members:
                    names.setdefault((False, member), directory.units[member].name)
                    grouped[False, member].add(task.id)
                continue
            known = None if is_group else party.unit or directory.resolve(party.text)
            unit = directory.units.get(known or "")
            key = is_group, unit.id if unit else fold_name(party.text)
            names.setdefault(key, unit.name if unit else party.text)
            held = roles[key].get(task.id, party.role)
            roles[key][task.id] = min(held, party.role, key=_ROLES.index)
    loads = [
        UnitLoad(
            name,
            key[1] if not key[0] and key[1] in directory.units else None,
            *_counts(roles[key].values()),
            grouped=len(grouped[key] - roles[key].keys()),
            group=key[0],
        )
        for key, name in names.items()
    ]
    own = {(load.group, load.name): frozenset(roles[key]) for key, load in zip(names, loads, strict=True)}
    loads.sort(key=lambda load: (load.group, -load.tasks, -load.grouped, load.name))
    return [(load, own[load.group, load.name]) for load in loads]


def _members(task: StoredTask, text: str, directory: UnitDirectory) -> tuple[str, ...]:
    """Units that a group in the notice of ``task`` surely has as members."""
    for group in directory.groups_of_text(text):
        marks = tuple(map(fold_name, group.marks))
        if group_tier(task, marks, certain=group.certain) == GROUP:
            return group.members
    return ()


def _counts(roles: Iterable[Role]) -> tuple[int, int, int]:
    held = list(roles)
    return held.count(Role.LEAD), held.count(Role.RESPONSIBLE), held.count(Role.COOPERATING)


def _duties(
    tasks: Iterable[StoredTask], matcher: UnitMatcher, role: str | None, *, groups: bool
) -> tuple[Duty, ...]:
    duties = (_duty(task, matcher, role) for task in tasks)
    return tuple(duty for duty in duties if duty and (groups or duty.group is None))


def _duty(task: StoredTask, matcher: UnitMatcher, role: str | None) -> Duty | None:
    """The task as a duty; None where the unit has no part in it. What names the unit itself outweighs
    groups."""
    found = [
        (meaning.tier, _ROLES.index(named.party.role), index, named.party, meaning)
        for index, named in enumerate(task.all_parties())
        if (role is None or named.party.role.value == role)
        and (meaning := matcher.meaning(named, task)) is not None
        and meaning.tier != RELATED
    ]
    if not found:
        return None
    named_itself = [entry for entry in found if entry[0] < GROUP]
    tier, _, _, party, meaning = min(named_itself or found, key=lambda entry: (entry[1], entry[0], entry[2]))
    items = [(item.kind, _duty_item(task, item, matcher)) for item in task.items]
    return Duty(
        role=party.role,
        evidence=party.evidence,
        group=party.text if meaning.group else None,
        possible=tier == POSSIBLE,
        history=meaning.relation.badge(matcher.asked) if meaning.relation else None,
        notice_id=task.notice_id,
        notice=task.notice,
        title=task.title,
        year=task.year,
        issued_on=task.issued_on,
        section=task.section,
        number=task.number,
        path=task.path,
        text=task.text,
        span=task.span,
        targets=tuple(item for kind, item in items if kind == "target"),
        measures=tuple(item for kind, item in items if kind == "measure"),
        deadlines=task.deadlines,
        parties=_plain(task.parties),
    )


def _duty_item(task: StoredTask, item: StoredItem, matcher: UnitMatcher) -> DutyItem:
    return DutyItem(
        marker=item.marker,
        text=item.text,
        evidence=item.evidence,
        span=item.span,
        own=any(matcher.tier(named, task) not in {None, RELATED} for named in item.parties),
        parties=_plain(item.parties),
        deadlines=item.deadlines,
    )


def _plain(parties: Iterable[NamedParty]) -> tuple[Party, ...]:
    return tuple(named.party for named in parties)
