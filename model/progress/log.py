"""Log: progress entries put behind the others in one transaction; nothing is ever changed or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, insert, select

from ..errors import ProgressError
from ..registry.schema import progress_entry as table
from ..registry.schema import progress_seal as seals
from ..registry.store import Registry
from .entries import COLUMNS, GENESIS, Entry, canonical, standing
from .identity import Identity
from .records import Record, Review, Undo, checked_date, checked_text


@dataclass(frozen=True, slots=True)
class Draft:
    """A record about a task, to be entered. Raises ProgressError for a blank name or a day that is none."""

    about: Identity
    record: Record
    who: str
    made_on: str

    def __post_init__(self) -> None:
        checked_text(self.who, "who", needed=True)
        checked_date(self.made_on, "made_on")


def append(registry: Registry, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
    """Enter the drafts in order, all or none.

    Raises ProgressError when a review or an undo is about no standing entry of its task, and the kinds of
    RegistryError.
    """
    with registry.writing() as connection:
        return tuple(_append(connection, draft) for draft in drafts)


def undo(registry: Registry, number: int, *, who: str, made_on: str, reason: str = "") -> Entry:
    """Take back an entry by a new one. Raises ProgressError where it is none, an undoing, or undone."""
    with registry.writing() as connection:
        about = _entry(connection, number)
        identity = Identity(about.notice_id, about.task, about.piece)
        return _append(connection, Draft(identity, Undo(number, reason), who, made_on))


def _append(connection: Connection, draft: Draft) -> Entry:
    number, previous = _last(connection)
    slot = _of_task(connection, draft.about)
    record = draft.record
    after, undoes, before = record.payload(), None, None
    if isinstance(record, Undo):
        undone = _standing(slot, record.of, "撤销")
        now = _stands(slot, undone.kind, without=record.of)
        before, undoes = undone.after, record.of
        after["stands"] = now.number if now else None
    else:
        if isinstance(record, Review) and _standing(slot, record.of, "审核").kind != "status":
            raise ProgressError(f"第 {record.of} 条不是进展，不能审核", remedy="请写进展条目的编号")
        if record.replaces:
            stands = _stands(slot, record.kind)
            before = stands.after if stands else None
    unsealed = Entry(
        number=number,
        kind=record.kind,
        notice_id=draft.about.notice_id,
        task=draft.about.task,
        piece=draft.about.piece,
        who=draft.who,
        made_on=draft.made_on,
        before=before,
        after=canonical(after),
        undoes=undoes,
        previous=previous,
        hash="",
    )
    entry = replace(unsealed, hash=unsealed.computed())
    connection.execute(insert(table).values({name: getattr(entry, name) for name in COLUMNS}))
    connection.execute(insert(seals).values(number=number, hash=entry.hash))
    return entry


def _last(connection: Connection) -> tuple[int, str]:
    """Number of the next entry and the hash before it; a number that a seal has is not used again."""
    row = connection.execute(
        select(table.c.number, table.c.hash).order_by(table.c.number.desc()).limit(1)
    ).first()
    sealed = connection.execute(select(func.max(seals.c.number))).scalar_one() or 0
    if sealed != (row.number if row else 0):
        raise ProgressError("登记链不完整，没有写入", remedy="请先用 duban audit verify 查明")
    return sealed + 1, row.hash if row else GENESIS


def _entry(connection: Connection, number: int) -> Entry:
    row = connection.execute(select(table).where(table.c.number == number)).first()
    if row is None:
        raise ProgressError(f"没有第 {number} 条", remedy="编号见 duban progress list")
    return Entry(*row)


def _of_task(connection: Connection, about: Identity) -> list[Entry]:
    rows = connection.execute(
        select(table)
        .where(table.c.notice_id == about.notice_id, table.c.task == about.task, table.c.piece == about.piece)
        .order_by(table.c.number)
    )
    return [Entry(*row) for row in rows]


def _standing(slot: list[Entry], number: int, act: str) -> Entry:
    """The entry, which must still stand and be of this task."""
    for entry in standing(slot):
        if entry.number == number:
            return entry
    raise ProgressError(
        f"第 {number} 条不能{act}：不是本任务的条目，本身是撤销，或已经撤销",
        remedy="编号见 duban progress list；撤销过的请重新登记",
    )


def _stands(slot: list[Entry], kind: str, *, without: int | None = None) -> Entry | None:
    """The newest standing entry of a kind."""
    found = [entry for entry in standing(slot) if entry.kind == kind and entry.number != without]
    return found[-1] if found else None
