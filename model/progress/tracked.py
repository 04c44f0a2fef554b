"""Tracked tasks: what the registry tells of each task that is followed through the year."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..folding import fold_name
from ..party import PartyKind, Role
from ..registry.failures import intact
from ..registry.matching import GROUP, NAMED, POSSIBLE, RELATED, UnitMatcher, match_unit
from ..registry.notices import notice_label
from ..registry.query import Query
from ..registry.reader import Reader
from ..registry.statement import task_ids
from ..registry.tasks import load_tasks
from ..units import UnitDirectory
from .identity import task_key
from .milestones import Milestone, milestones_of

_ROLES = {role.value: role for role in Role}
_KINDS = {kind.value: kind for kind in PartyKind}


class Owner(NamedTuple):
    """Who answers for a piece: the notice's words, role and kind, and the directory's id where it has one.

    ``key`` is the same for one unit under several names: its id, else its folded name.
    """

    text: str
    role: Role
    kind: PartyKind
    unit: str | None
    key: str

    @property
    def answers(self) -> bool:
        """Whether it leads or is responsible, not only helps."""
        return self.role is not Role.COOPERATING


class TrackedPiece(NamedTuple):
    """A target or measure, ``target:1`` or ``measure:2``; ``parties`` are the effective ones."""

    item: str
    marker: str
    text: str
    parties: tuple[Owner, ...]


class TrackedTask(NamedTuple):
    """A task of a notice's current version, with the milestones of the task and its pieces by day.

    ``milestones`` are none only where neither the notice nor the task tells a year.
    """

    notice_id: int
    #: Document number, else title, else file name.
    notice: str
    title: str | None
    year: int | None
    #: How entries name the task; see :mod:`.identity`.
    key: str
    number: int | None
    path: tuple[str, ...]
    section: str | None
    text: str
    parties: tuple[Owner, ...]
    targets: tuple[TrackedPiece, ...]
    measures: tuple[TrackedPiece, ...]
    milestones: tuple[Milestone, ...]
    #: Day on which the notice was issued, else the first of its year: the time runs from here. Empty where
    #: neither is told.
    since: str
    #: Where a unit was asked for: the pieces that it answers for, ``""`` for the task itself; None: all.
    own: frozenset[str] | None = None
    #: Words of the notice, folded, that tell where it is from.
    label: str = ""
    #: Where a unit was asked for that answers only as a member of groups: the folded names it has.
    member: frozenset[str] = frozenset()

    def asked(self, item: str) -> bool:
        """Whether a piece is of whom was asked for."""
        return self.own is None or item in self.own

    @property
    def name(self) -> str:
        """``第12项``, else the path."""
        return f"第{self.number}项" if self.number is not None else "".join(self.path)

    @property
    def pieces(self) -> tuple[TrackedPiece, ...]:
        """Targets, then measures."""
        return (*self.targets, *self.measures)

    def owners(self, item: str = "") -> tuple[Owner, ...]:
        """Who answers for a piece; for the task itself with ``""``. Raises KeyError where there is none."""
        return self.piece(item).parties if item else self.parties

    def piece(self, item: str) -> TrackedPiece:
        """The target or measure of that name. Raises KeyError where there is none."""
        for piece in self.pieces:
            if piece.item == item:
                return piece
        raise KeyError(item)


def tracked_tasks(
    reader: Reader,
    *,
    notice: str | None = None,
    unit: str | None = None,
    section: str | None = None,
    year: int | None = None,
    directory: UnitDirectory | None = None,
) -> tuple[TrackedTask, ...]:
    """The tasks of current versions in each notice's order, the oldest notice first.

    ``notice`` is one as in searches, ``section`` the number of a part as it stands there (四). With ``unit``,
    as the directory knows it, only tasks that it answers for, and of their milestones those of the pieces
    that are its own; who leads the task, or has no dated piece of its own, keeps all.

    Raises the kinds of RegistryError.
    """
    with intact(reader.place):
        matcher = match_unit(reader, unit, directory or UnitDirectory()) if unit else None
        query = Query(unit=unit, notice=notice, year=year)
        whole = query == Query()
        tasks = _tracked(reader, None if whole else [found for found, _ in task_ids(reader, query, matcher)])
        if section is not None:
            wanted = part_number(section)
            tasks = {
                key: task
                for key, task in tasks.items()
                if part_number(task.path[0] if len(task.path) > 1 else "") == wanted
            }
        if matcher is not None:
            own = _own_pieces(reader, list(tasks), matcher)
            names = _names_of(unit or "", directory or UnitDirectory())
            tasks = {
                key: _only(task, own[key].pieces, names if own[key].member else frozenset())
                for key, task in tasks.items()
                if own[key].pieces != set()
            }
        return tuple(tasks.values())


def part_number(marker: str) -> str:
    """The number of a part of a notice: 四 of 四、 （四） 第四部分."""
    return marker.strip(" \u3000（()）、.．").removeprefix("第").removesuffix("部分")


class _Due(NamedTuple):
    """A deadline as the registry has it, for milestones."""

    text: str
    start: str | None
    due: str | None
    recurrence: str | None


def _tracked(reader: Reader, ids: Sequence[int] | None) -> dict[int, TrackedTask]:
    """Tasks by id; all of current versions for None."""
    if ids is not None and not ids:
        return {}
    which = "" if ids is None else f" AND t.id IN ({', '.join(map(str, ids))})"
    source = f"JOIN notice_version v ON v.id = t.version_id WHERE v.is_current{which}"
    owners = _owners(reader, source)
    dues = _dues(reader, source)
    pieces = _pieces(reader, source, owners, dues)
    nothing = _Pieces([], [], [])
    found: dict[int, TrackedTask] = {}
    versions = {
        version: (notice, notice_label(document, title, name), title, year, issued, key)
        for version, notice, document, title, name, year, issued, key in reader.rows(
            "SELECT id, notice_id, document_number, title, name, year, issued_on, label_key"
            " FROM notice_version WHERE is_current"
        )
    }
    rows = reader.rows(
        "SELECT t.id, t.version_id, t.number, t.path, t.section,"
        " substr(t.body, t.text_start - t.span_start + 1, t.text_end - t.text_start)"
        f" FROM task t {source} ORDER BY v.notice_id, t.ordinal"
    )
    twice = _numbers_that_several_have(reader)
    for task, version, number, path, section, text in rows:
        notice, label, title, year, issued, label_key = versions[version]
        markers = _markers(path)
        own = pieces.get(task, nothing)
        dated = [("", dues.get(-task, ())), *own.dated]
        told = year or _year(issued, dated)
        found[task] = TrackedTask(
            notice_id=notice,
            notice=label,
            title=title,
            year=told,
            key=task_key(number, markers, unique=(notice, number) not in twice),
            number=number,
            path=markers,
            section=section,
            text=text,
            parties=owners.get(-task, ()),
            targets=tuple(own.targets),
            measures=tuple(own.measures),
            milestones=_owed(milestones_of(dated, told), issued) if told else (),
            since=issued or (f"{told}-01-01" if told else ""),
            label=label_key,
        )
    return found


@lru_cache(maxsize=4096)
def _markers(path: str) -> tuple[str, ...]:
    return tuple(json.loads(path))


def _owed(stones: tuple[Milestone, ...], issued: str | None) -> tuple[Milestone, ...]:
    """Without the periods of a recurring deadline that had ended before the notice was issued."""
    if issued is None or not stones or stones[0].due >= issued:
        return stones
    later = {(stone.item, stone.basis) for stone in stones if stone.due >= issued}
    return tuple(stone for stone in stones if stone.due >= issued or (stone.item, stone.basis) not in later)


def _year(issued: str | None, dated: Iterable[tuple[str, Sequence[_Due]]]) -> int | None:
    """The year of a task whose notice has none: of its issue, else that of its first day."""
    days = [due.due for _, dues in dated for due in dues if due.due]
    day = issued or min(days, default=None)
    return int(day[:4]) if day else None


def _numbers_that_several_have(reader: Reader) -> set[tuple[int, int]]:
    """Notice and number where several tasks of the current version have the number."""
    rows = reader.rows(
        "SELECT v.notice_id, t.number FROM task t JOIN notice_version v ON v.id = t.version_id"
        " WHERE v.is_current AND t.number IS NOT NULL GROUP BY v.notice_id, t.number HAVING count(*) > 1"
    )
    return {(row[0], row[1]) for row in rows}


def _holder(task: int, item: int | None) -> int:
    """One number for a task (negative) or an item of it: quicker to look up than a pair."""
    return -task if item is None else item


def _owners(reader: Reader, source: str) -> dict[int, tuple[Owner, ...]]:
    """Owners of tasks, and of the items that name their own: the others have their task's."""
    found: dict[int, tuple[Owner, ...]] = {}
    # The same few hundred come back in thousands of tasks.
    made: dict[Sequence[str | None], Owner] = {}
    for row in reader.rows(
        "SELECT p.task_id, p.item_id, p.text, p.role, p.kind, p.unit FROM party p"
        f" JOIN task t ON t.id = p.task_id {source} AND (p.item_id IS NULL OR p.evidence <> 'inherited')"
        " ORDER BY p.id"
    ):
        key = row[2:]
        owner = made.get(key)
        if owner is None:
            text, role, kind, unit = key
            owner = made[key] = Owner(text, _ROLES[role], _KINDS[kind], unit, unit or fold_name(text))
        holder = _holder(row[0], row[1])
        before = found.get(holder)
        found[holder] = (owner,) if before is None else (*before, owner)
    return found


def _dues(reader: Reader, source: str) -> dict[int, list[_Due]]:
    found: defaultdict[int, list[_Due]] = defaultdict(list)
    for task, item, *due in reader.rows(
        "SELECT d.task_id, d.item_id, d.text, d.start_on, d.due_on, d.recurrence FROM deadline d"
        f" JOIN task t ON t.id = d.task_id {source} ORDER BY d.id"
    ):
        found[_holder(task, item)].append(_Due(*due))
    return found


class _Pieces(NamedTuple):
    """The pieces of a task, and those that are dated, by name."""

    targets: list[TrackedPiece]
    measures: list[TrackedPiece]
    dated: list[tuple[str, list[_Due]]]


def _pieces(
    reader: Reader, source: str, owners: dict[int, tuple[Owner, ...]], dues: dict[int, list[_Due]]
) -> dict[int, _Pieces]:
    """Pieces by task."""
    found: dict[int, _Pieces] = {}
    for item, task, kind, marker, text in reader.rows(
        "SELECT i.id, i.task_id, i.kind, i.marker, i.text FROM item i"
        f" JOIN task t ON t.id = i.task_id {source} ORDER BY i.id"
    ):
        of_task = found.get(task)
        if of_task is None:
            of_task = found[task] = _Pieces([], [], [])
        of_kind = of_task.targets if kind == "target" else of_task.measures
        parties = owners.get(item) or owners.get(-task, ())
        piece = TrackedPiece(f"{kind}:{len(of_kind) + 1}", marker, text, parties)
        of_kind.append(piece)
        if item in dues:
            of_task.dated.append((piece.item, dues[item]))
    return found


class _Own(NamedTuple):
    """The pieces of a task that a unit answers for, ``""`` for the task itself, None: all of them; and
    whether it does so only as a member of groups."""

    pieces: set[str] | None
    member: bool


def _own_pieces(reader: Reader, ids: Sequence[int], matcher: UnitMatcher) -> dict[int, _Own]:
    """What of each task the unit answers for."""
    found: dict[int, _Own] = {}
    for task in load_tasks(reader, ids):
        parties = (*task.parties, *(named for item in task.items for named in item.parties))
        tiers = [tier for named in parties if (tier := matcher.tier(named, task)) is not None]
        member = min(tiers, default=NAMED) in {GROUP, POSSIBLE}
        surely = [
            named.party.role for named in task.parties if matcher.tier(named, task) not in {None, RELATED}
        ]
        if Role.LEAD in surely:
            found[task.id] = _Own(None, member)
            continue
        own = {""} if surely else set()
        places: defaultdict[str, int] = defaultdict(int)
        for item in task.items:
            places[item.kind] += 1
            if any(matcher.tier(named, task) not in {None, RELATED} for named in item.parties):
                own.add(f"{item.kind}:{places[item.kind]}")
        found[task.id] = _Own(own, member)
    return found


def _names_of(unit: str, directory: UnitDirectory) -> frozenset[str]:
    """The names, folded, of a unit and of those that it for sure continues or became."""
    ids = list(directory.homonyms(unit)) or [unit]
    ids += [one.unit for known in ids for one in directory.relations_of(known) if one.certain]
    return frozenset(map(fold_name, (unit, *(name for known in ids for name in directory.names_of(known)))))


def _only(task: TrackedTask, own: set[str] | None, member: frozenset[str]) -> TrackedTask:
    task = task._replace(member=member)
    if own is None:
        return task
    # A unit whose own pieces are not dated is held by the days of the task.
    stones = tuple(stone for stone in task.milestones if stone.item in own) or task.milestones
    return task._replace(milestones=stones, own=frozenset(own))
