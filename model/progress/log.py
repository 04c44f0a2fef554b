"""Log: progress entries put behind the others in one transaction; nothing is ever changed or taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from ..errors import ProgressError, StaleError
from ..registry.schema import progress_entry as table
from ..registry.schema import progress_seal as seals
from ..registry.store import Registry
from .current import renew
from .entries import COLUMNS, GENESIS, Entry, canonical, hash_of
from .identity import Identity
from .records import KINDS, Record, Review, Undo, checked_date, checked_text

#: Tasks whose entries are asked for one by one; beyond that those of the whole notice are read at once.
_FEW = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A record about a task, to be entered. Raises ProgressError for a blank name or a day that is none."""

    about: Identity
    record: Record
    who: str
    made_on: str

    def __post_init__(self) -> None:
        checked_text(self.who, "登记人", needed=True)
        checked_date(self.made_on, "登记日期")


def append(registry: Registry, drafts: Sequence[Draft], *, expected: int | None = None) -> tuple[Entry, ...]:
    """Enter the drafts in order, all or none.

    ``expected`` is the number of the entry that must still be the last one. Raises StaleError where it is
    not, ProgressError when a review or an undo is about no standing entry of its task, and the kinds of
    RegistryError.
    """
    with registry.writing() as connection:
        number, previous = _last(connection)
        if expected is not None and number != expected + 1:
            raise StaleError(
                f"登记库已有新的条目（第 {expected} 条之后又有 {number - 1 - expected} 条）",
                remedy="请重新核对后再登记",
            )
        slots = _slots(connection, {draft.about for draft in drafts})
        made: list[Entry] = []
        for draft in drafts:
            entry = _entry(draft, slots[draft.about], number, previous)
            slots[draft.about].take(entry)
            made.append(entry)
            number, previous = number + 1, entry.hash
        if made:
            rows = [{name: getattr(entry, name) for name in COLUMNS} for entry in made]
            connection.execute(insert(table), rows)
            sealed = [{"number": row["number"], "hash": row["hash"]} for row in rows]
            connection.execute(insert(seals), sealed)
            renew(connection, [entry for slot in slots.values() for entry in slot.entries])
        return tuple(made)


def undo(registry: Registry, number: int, *, who: str, made_on: str, reason: str = "") -> Entry:
    """Take back an entry by a new one. Raises ProgressError where it is none, an undoing, or undone."""
    return append(registry, [Draft(_about(registry, number), Undo(number, reason), who, made_on)])[0]


def review(registry: Registry, record: Review, *, who: str, made_on: str) -> Entry:
    """Enter the office's word on a report. Raises ProgressError where there is no such standing report."""
    return append(registry, [Draft(_about(registry, record.of), record, who, made_on)])[0]


def _about(registry: Registry, number: int) -> Identity:
    """The piece of a task that entry ``number`` is about. Raises ProgressError where there is none."""
    with registry.writing() as connection:
        row = connection.execute(select(table).where(table.c.number == number)).first()
    if row is None:
        raise ProgressError(f"没有第 {number} 条", remedy="编号见 duban progress list")
    entry = Entry(*row)
    return Identity(entry.notice_id, entry.task, entry.piece)


class _Slot:
    """What was entered about one piece of a task, as it stands."""

    __slots__ = ("_entries", "_reviews", "_undone")

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._undone: set[int] = set()
        #: Number of a review: the status that it is about.
        self._reviews: dict[int, int] = {}

    @property
    def entries(self) -> Iterable[Entry]:
        """All of them in order."""
        return self._entries.values()

    def take(self, entry: Entry) -> None:
        """Add the next entry."""
        self._entries[entry.number] = entry
        if entry.undoes is not None:
            self._undone.add(entry.undoes)
        elif entry.kind == Review.kind:
            self._reviews[entry.number] = json.loads(entry.after)["of"]

    def standing(self, number: int, act: str) -> Entry:
        """The entry, which must still stand and be of this piece. Raises ProgressError."""
        entry = self._entries.get(number)
        if entry is not None and self._stands(entry):
            return entry
        raise ProgressError(
            f"第 {number} 条不能{act}：不是本任务的条目，本身是撤销，或已经撤销",
            remedy="编号见 duban progress list；撤销过的请重新登记",
        )

    def newest(self, kind: str, key: tuple[object, ...], *, without: int | None = None) -> Entry | None:
        """The newest standing entry of a kind that agrees in the kind's slot fields."""
        for entry in reversed(self._entries.values()):
            if (
                entry.kind == kind
                and entry.number != without
                and self._stands(entry)
                and slot_key(kind, json.loads(entry.after)) == key
            ):
                return entry
        return None

    def _stands(self, entry: Entry) -> bool:
        return (
            entry.kind != Undo.kind
            and entry.number not in self._undone
            and self._reviews.get(entry.number) not in self._undone
        )


def slot_key(kind: str, after: dict[str, object]) -> tuple[object, ...]:
    """The fields in which entries of a kind agree when the newer takes the older one's place."""
    return tuple(after.get(name) or "" for name in KINDS[kind].slot)


def _entry(draft: Draft, slot: _Slot, number: int, previous: str) -> Entry:
    record = draft.record
    after, undoes, before = record.payload(), None, None
    if isinstance(record, Undo):
        undone = slot.standing(record.of, "撤销")
        key = slot_key(undone.kind, json.loads(undone.after))
        now = slot.newest(undone.kind, key, without=record.of)
        before, undoes = undone.after, record.of
        after["stands"] = now.number if now else None
    else:
        if isinstance(record, Review) and slot.standing(record.of, "审核").kind != "status":
            raise ProgressError(f"第 {record.of} 条不是进展，不能审核", remedy="请写进展条目的编号")
        if record.replaces:
            stands = slot.newest(record.kind, slot_key(record.kind, after))
            before = stands.after if stands else None
    about = draft.about
    columns = (
        number, record.kind, about.notice_id, about.task, about.piece, draft.who, draft.made_on,
        before, canonical(after), undoes, previous,
    )  # fmt: skip
    return Entry(*columns, hash_of(columns))


def _last(connection: Connection) -> tuple[int, str]:
    """Number of the next entry and the hash before it; a number that a seal has is not used again."""
    row = connection.execute(
        select(table.c.number, table.c.hash).order_by(table.c.number.desc()).limit(1)
    ).first()
    sealed = connection.execute(select(func.max(seals.c.number))).scalar_one() or 0
    if sealed != (row.number if row else 0):
        raise ProgressError("登记链不完整，没有写入", remedy="请先用 duban audit verify 查明")
    return sealed + 1, row.hash if row else GENESIS


def _slots(connection: Connection, wanted: set[Identity]) -> dict[Identity, _Slot]:
    """The slots of the pieces, filled with what the registry has of them."""
    slots = {about: _Slot() for about in wanted}
    for entry in _entries_of(connection, wanted):
        slot = slots.get(Identity(entry.notice_id, entry.task, entry.piece))
        if slot is not None:
            slot.take(entry)
    return slots


def _entries_of(connection: Connection, wanted: set[Identity]) -> Iterable[Entry]:
    query = select(table).order_by(table.c.number)
    if len(wanted) > _FEW:
        notices = {about.notice_id for about in wanted}
        return [Entry(*row) for row in connection.execute(query.where(table.c.notice_id.in_(notices)))]
    found: list[Entry] = []
    for about in wanted:
        of_piece = query.where(
            table.c.notice_id == about.notice_id, table.c.task == about.task, table.c.piece == about.piece
        )
        found += [Entry(*row) for row in connection.execute(of_piece)]
    return found
