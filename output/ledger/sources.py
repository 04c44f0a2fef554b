"""Sources: what a ledger is made from, and what a returned one is compared with, read from the registry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from ...model.folding import fold_name
from ...model.progress.entries import GENESIS
from ...model.progress.lights import LightRule
from ...model.progress.renumbered import moved_places
from ...model.progress.standings import standings_of
from ...model.progress.state import Key, state_on
from ...model.progress.tracked import TrackedTask, tracked_tasks
from ...model.progress.voices import Names
from ...model.registry import notices
from ...model.registry.reader import Reader
from ...model.units import UnitDirectory
from .columns import Part
from .entering import State, Today, Undone
from .findings import Note, Place
from .making import ledger_rows, places_of
from .rows import LedgerRow, RowKey
from .ticket import SHEET, Ticket

#: Later than every entry: nothing is left out by its day.
_ALWAYS = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which ledger is wanted. ``notice``, ``unit`` and ``section`` as in
    :func:`~duban.model.progress.tracked.tracked_tasks`; ``as_of`` an ISO day, empty: no lights."""

    notice: str = ""
    unit: str = ""
    section: str = ""
    as_of: str = ""
    role: str = "unit"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of a ledger, its ticket, and the notices' labels in their order."""

    rows: tuple[LedgerRow, ...]
    ticket: Ticket
    labels: tuple[str, ...]
    unit: str


def draw(reader: Reader, asked: Asked, directory: UnitDirectory, rule: LightRule) -> Drawn:
    """The ledger that is asked for. Raises the kinds of RegistryError."""
    tasks = tracked_tasks(
        reader, notice=asked.notice or None, unit=asked.unit or None, section=asked.section or None,
        directory=directory,
    )  # fmt: skip
    ids = list(dict.fromkeys(task.notice_id for task in tasks))
    head = head_of(reader)
    state = state_on(reader, asked.as_of or _ALWAYS, notices=ids, last=head[0])
    standings = None
    if asked.as_of:
        standings = {
            (one.task.notice_id, one.task.key, stone.milestone.item, stone.milestone.due): stone
            for one in standings_of(tasks, state, asked.as_of, rule, Names(lambda: directory))
            for stone in one.milestones
        }
    unit, names = _names_of(asked.unit, tasks, directory)
    rows = tuple(ledger_rows(tasks, state, standings, unit=unit, names=names))
    versions = {row.id: row.sha256 for row in notices(reader) if row.id in ids}
    ticket = Ticket(head, versions, asked.as_of, asked.unit, asked.section, asked.role)
    return Drawn(rows, ticket, tuple(dict.fromkeys(task.notice for task in tasks)), unit)


def _names_of(
    unit: str, tasks: Iterable[TrackedTask], directory: UnitDirectory
) -> tuple[str, frozenset[str]]:
    """What the unit is called by itself, and by the notices' clauses."""
    wanted = unit.strip()
    if not wanted:
        return "", frozenset()
    known = directory.resolve(wanted)
    folded = fold_name(wanted)
    texts = {
        (owner.text, owner.unit)
        for task in tasks
        for owners in (task.parties, *(piece.parties for piece in task.pieces))
        for owner in owners
    }
    # The unit that took over reports in the place of the one that the notice names.
    same = {known, *(one.unit for one in directory.relations_of(known or "") if one.certain)} - {None}
    names = frozenset(
        text
        for text, told in texts
        if fold_name(text) == folded or not same.isdisjoint((told, directory.resolve(text)))
    )
    return (directory.units[known].name if known else wanted), names


def head_of(reader: Reader) -> tuple[int, str]:
    """Number and hash of the registry's last entry."""
    rows = reader.rows("SELECT number, hash FROM progress_entry ORDER BY number DESC LIMIT 1")
    return (rows[0][0], rows[0][1]) if rows else (0, GENESIS)


def today(reader: Reader, tickets: Iterable[Ticket]) -> Today:
    """The registry as it is, of the tickets' notices."""
    ids = {number for ticket in tickets for number in ticket.notices}
    tasks = tracked_tasks(reader, notice=str(next(iter(ids))) if len(ids) == 1 else None)
    return Today(state_on(reader, _ALWAYS, notices=sorted(ids)), head_of(reader)[0], places_of(tasks))


def exported_state(reader: Reader, ticket: Ticket) -> State:
    """The state that a ledger showed: entries are only ever added, so that it is still there."""
    return state_on(reader, ticket.as_of or _ALWAYS, notices=sorted(ticket.notices), last=ticket.head[0])


def undone_since(reader: Reader, ticket: Ticket) -> Undone:
    """What was undone since the export, by part and row."""
    rows = reader.rows(
        "SELECT u.number, e.kind, e.notice_id, e.task, e.piece, e.after FROM progress_entry u"
        " JOIN progress_entry e ON e.number = u.undoes WHERE u.number > :last ORDER BY u.number",
        last=ticket.head[0],
    )
    found: dict[tuple[str, RowKey], int] = {}
    for number, kind, notice, task, piece, after in rows:
        fields = json.loads(after)
        key = RowKey(notice, task, piece, fields.get("due") or "", fields.get("unit") or "")
        if kind == "proof":
            found[f"proof {fields.get('number', '')}|{fields.get('receipt', '')}", key] = number
        elif kind == "review":
            found.update(_reviewed(reader, fields["of"], number))
        elif kind in set(Part):
            found[kind, key] = number
    return found


def _reviewed(reader: Reader, status: int, number: int) -> dict[tuple[str, RowKey], int]:
    """The row of a status whose review was undone."""
    return {
        (
            Part.REVIEW.value,
            RowKey(notice, task, piece, fields.get("due") or "", fields.get("unit") or ""),
        ): number
        for notice, task, piece, after in reader.rows(
            "SELECT notice_id, task, piece, after FROM progress_entry WHERE number = :status", status=status
        )
        if (fields := json.loads(after)) is not None
    }


def ticket_faults(reader: Reader, ticket: Ticket, label: str, notice: int | None) -> list[Note]:
    """Why a ledger is none of this registry, or not of the notice that was asked for."""
    found = []
    number, digest = ticket.head
    rows = reader.rows("SELECT hash FROM progress_entry WHERE number = :number", number=number)
    there = rows[0][0] if rows else GENESIS if number == 0 else ""
    if there != digest:
        words = f"不是从这个登记库导出的：导出时的末条（第 {number} 条）在这里{'不同' if there else '没有'}"
        found.append(Note(Place(label, SHEET, "B2"), words))
    known = {row.id for row in notices(reader)}
    for notice_id, version in ticket.notices.items():
        if notice_id not in known:
            words = f"登记库里没有它的通知（编号 {notice_id}）"
            found.append(Note(Place(label, SHEET, "B3"), words))
        elif notice is not None and notice_id != notice:
            words = f"是另一份通知（编号 {notice_id}）的台账，不是 --notice 所指的"
            found.append(Note(Place(label, SHEET, "B3"), words))
        elif not _was_version(reader, notice_id, version):
            words = f"编号 {notice_id} 的通知在这个登记库里是另一份文件"
            found.append(Note(Place(label, SHEET, "B3"), words))
    return found


def _was_version(reader: Reader, notice_id: int, sha256: str) -> bool:
    """Whether the notice has or had a version of these bytes."""
    rows = reader.rows(
        "SELECT 1 FROM notice_version WHERE notice_id = :notice AND sha256 = :sha256",
        notice=notice_id, sha256=sha256,
    )  # fmt: skip
    return bool(rows)


def moved_since(reader: Reader, ticket: Ticket) -> dict[Key, str]:
    """Places that are another matter since the export, with what became of what stood there, in Chinese."""
    return {
        (notice, *moved.place): f"现为任务{moved.now[0]}" if moved.now else "已经换了内容"
        for notice, sha256 in ticket.notices.items()
        for moved in moved_places(reader, notice, since=sha256)
    }


def newer_versions(reader: Reader, ticket: Ticket, label: str) -> list[Note]:
    """Notices that were corrected since the export: the ledger's fixed cells may be old."""
    return [
        Note(Place(label), f"通知 {row.label} 在导出后有了新版本，固定列可能已旧")
        for row in notices(reader)
        if ticket.notices.get(row.id, row.sha256) != row.sha256
    ]
