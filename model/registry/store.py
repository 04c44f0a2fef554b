"""Registry: notices kept whole, with their versions; the writing side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Insert, Table, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from ..border import notice_to_json
from ..errors import BinaryError, UsageError
from ..folding import fold_name
from ..notice import Notice
from . import schema
from .bigrams import grams_of
from .dialect import Dialect
from .failures import told
from .notices import Ingested, NoticeRow, matching_notices, notices, raw_of, record_of
from .opening import writer
from .query import check_words
from .reader import TIMEOUT, reading
from .rows import Holder, label_key, task_rows
from .target import Target, parse_target
from .versions import bring_back, resembling, same_notice


class Registry:
    """An open registry. A context manager; ``close`` gives its connections back."""

    def __init__(self, target: Target, engine: Engine, dialect: Dialect) -> None:
        self.target = target
        self._engine = engine
        self._dialect = dialect

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; nothing that was reported as stored depends on it."""
        self._engine.dispose()

    def ingest(
        self, notice: Notice, raw: bytes, *, supersedes: str | None = None, parser: str | None = None
    ) -> Ingested:
        """Store a notice with its bytes in one transaction: all of it or, on any error or kill, nothing.

        A known document number of the same issuer and year makes a new version of that notice;
        ``supersedes`` (id, document number, or part of title or file name) tells it where the file does not;
        then bytes that are stored already become the current version of that notice: an earlier version of
        it comes back, another notice is joined to it with all of its versions.
        ``parser`` is the parser's version, by default this program's.

        Raises ValueError when ``raw`` is not what ``notice`` was read from, UsageError when ``supersedes``
        is empty or means no notice or several, BinaryError for characters that no database stores, and the
        kinds of RegistryError.
        """
        digest = sha256(raw).hexdigest()
        if digest != notice.source.sha256:
            raise ValueError("the bytes are not those that the notice was read from")
        _check_storable(notice)
        if supersedes is not None:
            check_words(supersedes, "--supersedes")
        versions = schema.notice_version
        with self.writing() as connection:
            known = connection.execute(
                select(versions.c.id, versions.c.notice_id, versions.c.number, versions.c.is_current).where(
                    versions.c.sha256 == digest
                )
            ).first()
            named = None if supersedes is None else self._superseded(supersedes)
            if known and (named is None or (named == known.notice_id and known.is_current)):
                return Ingested("unchanged", known.notice_id, known.number, current=known.is_current)
            if known and named is not None:
                return bring_back(connection, known.id, known.notice_id, named)
            older = named if named is not None else same_notice(connection, notice)
            return self._store(connection, notice, raw, older, parser or f"duban {version('duban')}")

    def notices(self) -> tuple[NoticeRow, ...]:
        """The notices, newest first, each with its current version."""
        return notices(self.target)

    def record(self, notice_id: int, *, version: int | None = None) -> dict[str, Any]:
        """A notice's record (contract §4), of the current version or of the one with this number.

        Raises UsageError when there is no such notice or version.
        """
        record: dict[str, Any] = record_of(self.target, notice_id, version=version)
        return record

    def raw(self, notice_id: int, *, version: int | None = None) -> bytes:
        """The bytes of a notice's file. Raises UsageError as :meth:`record` does."""
        return raw_of(self.target, notice_id, version=version)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction in which no other program writes; undone by any error.

        Raises the kinds of RegistryError.
        """
        with told(self.target.place, DBAPIError), self._engine.begin() as connection:
            yield connection

    def _superseded(self, named: str) -> int:
        with reading(self.target) as reader:
            found = matching_notices(reader, named)
        if len(found) != 1:
            listed = "、".join(f"{row.id} {row.label}" for row in found or self.notices()) or "（无）"
            raise UsageError(
                f"“{named}”{'对应多份通知' if found else '没有对应的通知'}",
                place=self.target.place,
                remedy=f"请写编号、文号或标题中的字：{listed}",
            )
        return found[0].id

    def _store(
        self, connection: Connection, notice: Notice, raw: bytes, older: int | None, parser: str
    ) -> Ingested:
        versions = schema.notice_version
        like = resembling(connection, notice) if older is None else None
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if older is None:
            notice_id, number = _new_id(connection, insert(schema.notice).values(created_at=now)), 1
        else:
            notice_id = older
            of_notice = versions.c.notice_id == notice_id
            last = connection.execute(select(func.max(versions.c.number)).where(of_notice)).scalar_one()
            number = last + 1
            connection.execute(update(versions).where(of_notice).values(is_current=False))
        version_id = _new_id(
            connection,
            insert(versions).values(
                notice_id=notice_id,
                number=number,
                is_current=True,
                name=notice.source.name,
                sha256=notice.source.sha256,
                encoding=notice.source.encoding,
                raw=raw,
                text=notice.source.text,
                record=notice_to_json(notice),
                parser=parser,
                document_number=notice.document_number,
                issuer=notice.issuer,
                title=notice.title,
                year=notice.year,
                issued_on=notice.issued_on,
                number_key=fold_name(notice.document_number or ""),
                label_key=label_key(notice),
                ingested_at=now,
            ),
        )
        self._store_tasks(connection, version_id, list(task_rows(notice)))
        return Ingested("new" if older is None else "version", notice_id, number, resembles=like)

    def _store_tasks(self, connection: Connection, version_id: int, tasks: list[Holder]) -> None:
        task_ids = _insert(connection, schema.task, [{"version_id": version_id, **t.row} for t in tasks])
        items = [
            (task_id, item) for task_id, task in zip(task_ids, tasks, strict=True) for item in task.items
        ]
        item_ids = _insert(connection, schema.item, [{"task_id": task_id, **i.row} for task_id, i in items])
        holders: list[tuple[dict[str, int | None], Holder]] = [
            ({"task_id": task_id, "item_id": None}, task)
            for task_id, task in zip(task_ids, tasks, strict=True)
        ]
        holders += [
            ({"task_id": task_id, "item_id": item_id}, item)
            for item_id, (task_id, item) in zip(item_ids, items, strict=True)
        ]
        names = _name_ids(connection, {row["folded"] for _, holder in holders for row in holder.parties})
        parties = [
            {**owner, "name_id": names[row["folded"]], **{key: row[key] for key in row if key != "folded"}}
            for owner, holder in holders
            for row in holder.parties
        ]
        for table, rows in (
            (schema.party, parties),
            (schema.deadline, [{**owner, **row} for owner, holder in holders for row in holder.deadlines]),
        ):
            if rows:
                connection.execute(insert(table), rows)
        grams = [
            {"task_id": task_id, "grams": self._dialect.stored_grams(grams_of(task.row["body_key"]))}
            for task_id, task in zip(task_ids, tasks, strict=True)
        ]
        if grams:
            connection.execute(text(self._dialect.index_insert), grams)


def open_registry(target: str | Path, *, create: bool = True, timeout: float = TIMEOUT) -> Registry:
    """Open a registry for writing: a path, ``sqlite:///…`` or ``postgresql://…``.

    One that is missing is made (with the folders above it) unless ``create`` is false; an older one is
    brought up to date. ``timeout`` is how long to wait for another writer, in seconds. Raises the kinds of
    RegistryError.
    """
    where = parse_target(target)
    engine, dialect = writer(where, create=create, timeout=timeout)
    return Registry(where, engine, dialect)


def _check_storable(notice: Notice) -> None:
    """PostgreSQL has no NUL in texts, and neither database has half a surrogate pair."""
    content = notice.source.text
    bad = content.find("\0")
    if bad < 0:
        bad = next((i for i, char in enumerate(content) if "\ud800" <= char <= "\udfff"), -1)
    if bad >= 0:
        raise BinaryError(
            f"第 {bad + 1} 个字符不是文字，无法登记",
            place=notice.source.name,
            remedy="请把文件另存为纯文本后再登记",
        )


def _name_ids(connection: Connection, folded: set[str]) -> dict[str, int]:
    """Ids of names, those not yet known entered."""
    table = schema.party_name
    ids: dict[str, int] = {}
    names = sorted(folded)
    for at in range(0, len(names), 500):
        known = select(table.c.folded, table.c.id).where(table.c.folded.in_(names[at : at + 500]))
        ids |= {row.folded: row.id for row in connection.execute(known)}
    unknown = [name for name in names if name not in ids]
    return ids | dict(
        zip(unknown, _insert(connection, table, [{"folded": name} for name in unknown]), strict=True)
    )


def _new_id(connection: Connection, statement: Insert) -> int:
    key: Any = connection.execute(statement).inserted_primary_key
    return int(key[0])


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and give their ids in the same order."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(row[0]) for row in connection.execute(statement, rows)]
