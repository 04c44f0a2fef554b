"""Reader: read-only access to a registry by portable SQL with named parameters.

SQLite is read with the standard library alone: importing SQLAlchemy takes longer than a search.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import RegistryError, RegistryMissingError, RegistryVersionError
from .dialect import POSTGRESQL, SQLITE, Dialect
from .failures import intact, told
from .target import Target, check_file, parse_target

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

#: Alembic revision of the schema that this program reads and writes.
HEAD = "0004"
#: How long a reader or writer waits for a lock, in seconds.
TIMEOUT = 10.0

#: SQL and named parameters in, all rows out.
Run: TypeAlias = Callable[[str, Mapping[str, Any]], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Reader:
    """One read transaction: all of its queries see the same state."""

    dialect: Dialect
    place: str
    run: Run

    def rows(self, sql: str, **parameters: Any) -> Sequence[Sequence[Any]]:
        """All rows of a query; ``:name`` in ``sql`` takes the parameter of that name."""
        return self.run(sql, parameters)

    def revision(self) -> str | None:
        """Alembic revision of the schema; None for an empty database.

        Raises RegistryError when the tables are another program's, RegistryDamagedError when the revision is
        gone.
        """
        tables = {row[0] for row in self.rows(self.dialect.tables)}
        if "alembic_version" in tables and "notice_version" in tables:
            with intact(self.place):
                return str(self.rows("SELECT version_num FROM alembic_version")[0][0])
        if "alembic_version" in tables or (tables and self.dialect is SQLITE):
            raise RegistryError(
                "这个数据库不是督办登记库，没有改动它",
                place=self.place,
                remedy="请用 --registry 指明登记库，或另选一个新文件名",
            )
        return None


@contextmanager
def reading(target: str | Path | Target | Reader, *, timeout: float = TIMEOUT) -> Iterator[Reader]:
    """A reader of a registry whose schema is this program's. A Reader is passed through.

    Raises RegistryMissingError when there is none, RegistryVersionError when a newer program made it (or an
    older one, whose registry the next writing command brings up to date), and the other kinds of
    RegistryError.
    """
    if isinstance(target, Reader):
        yield target
        return
    where = parse_target(target)
    with inspecting(where, timeout=timeout) as reader:
        revision = reader.revision()
        if revision is None:
            raise RegistryMissingError(
                "登记库是空的", place=where.place, remedy="请先用 duban ingest 文件 登记通知"
            )
        if revision != HEAD:
            older = revision < HEAD  # numbers of equal length
            raise RegistryVersionError(
                f"登记库由{'旧' if older else '新'}版程序建立：结构版本是 {revision}，本程序使用 {HEAD}",
                place=where.place,
                remedy="请运行一次 duban audit rebuild 升级登记库（登记内容不变），只读的先复制到能写的文件夹"
                if older
                else "请升级本程序后再打开",
            )
        yield reader


@contextmanager
def inspecting(target: Target, *, timeout: float = TIMEOUT) -> Iterator[Reader]:
    """A reader of whatever database is there, its schema not looked at."""
    opened = _sqlite(target, timeout) if target.path else _postgresql(target)
    with opened as reader:
        yield reader


@contextmanager
def _sqlite(target: Target, timeout: float) -> Iterator[Reader]:
    path = target.path
    if path is None:
        raise TypeError("a SQLite target has a path")
    check_file(path, create=False)
    with told(target.place):
        connection = _connect(path, timeout)

    def run(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with told(target.place, UnicodeDecodeError):
            return connection.execute(sql, parameters).fetchall()

    try:
        run("PRAGMA trusted_schema = OFF", {})
        run("BEGIN", {})
        yield Reader(SQLITE, target.place, run)
    finally:
        connection.close()


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    """A read-only connection.

    A write-ahead log needs a file beside the registry even for reading. Where none can be made (folder or
    medium without write permission) and no log is there, the file itself is everything: it is read as one
    that nobody changes.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except sqlite3.Error as error:
        connection.close()
        refused = getattr(error, "sqlite_errorcode", 0) & 0xFF in {
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        }
        if not refused or not os.access(path, os.R_OK) or Path(f"{path}-wal").exists():
            raise
        return sqlite3.connect(f"{uri}&immutable=1", uri=True, timeout=timeout, isolation_level=None)
    return connection


def postgresql_engine(target: Target, **options: Any) -> Engine:
    """An engine whose connections are not kept.

    Raises RegistryError for an address that is none and where the driver is not installed.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool

    with told(target.place, ArgumentError, ImportError):
        try:
            return create_engine(target.url, poolclass=NullPool, **options)
        except ValueError as error:  # a port that is no number
            raise ArgumentError(str(error)) from None


@contextmanager
def _postgresql(target: Target) -> Iterator[Reader]:
    from sqlalchemy.exc import DBAPIError

    engine = postgresql_engine(target, isolation_level="REPEATABLE READ")
    try:
        with told(target.place, DBAPIError):
            connection = engine.connect()
        with connection:
            yield reader_on(connection, target.place)
    finally:
        engine.dispose()


def reader_on(connection: Connection, place: str) -> Reader:
    """A reader inside a transaction of SQLAlchemy's."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    def run(sql: str, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        with told(place, DBAPIError, UnicodeDecodeError):
            return connection.execute(text(sql), parameters).fetchall()

    return Reader(SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL, place, run)
