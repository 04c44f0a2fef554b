"""Opening a registry for writing: made where there is none, brought up to date where it is older."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from ..errors import RegistryDamagedError, RegistryMissingError, RegistryVersionError
from .dialect import POSTGRESQL, SQLITE, Dialect
from .failures import told
from .protection import PROTECTION
from .reader import HEAD, Reader, inspecting, postgresql_engine, reader_on
from .schema import metadata
from .target import Target, check_file

#: WAL lets readers go on while one writes; FULL keeps what was reported as stored through a power cut.
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF")
#: A larger file is not looked through before writing: on an office's disk that takes longer than a second.
_LOOKED_THROUGH = 64 * 1024 * 1024
#: Seconds between two tries to set a pragma.
_PAUSE = 0.02
MIGRATIONS = Path(__file__).parent / "migrations"


def writer(target: Target, *, create: bool, timeout: float) -> tuple[Engine, Dialect]:
    """An engine whose transactions are writing ones, on a registry of this program's schema.

    Raises the kinds of RegistryError; a database that is not ours is not touched.
    """
    with told(target.place, DBAPIError):
        if not _is_current(target, create=create, timeout=timeout):
            _prepare(target, create=create, timeout=timeout)
        return _engine(target, timeout), SQLITE if target.path else POSTGRESQL


def _is_current(target: Target, *, create: bool, timeout: float) -> bool:
    """Whether nothing needs to be made or changed; also makes the folders above a new file."""
    if target.path:
        check_file(target.path, create=create)
        if not target.path.exists():
            return False
    with inspecting(target, timeout=timeout) as reader:
        revision = reader.revision()
        if target.path and revision is not None and target.path.stat().st_size < _LOOKED_THROUGH:
            _check_pages(reader)
        return revision == HEAD


def _check_pages(reader: Reader) -> None:
    """Raises RegistryDamagedError: nothing may be written into a file that has a damaged page anywhere."""
    found = reader.rows("PRAGMA quick_check(1)")
    if [tuple(row) for row in found] != [("ok",)]:
        raise RegistryDamagedError(
            f"登记库文件已损坏（{found[0][0] if found else 'quick_check'}），没有写入任何内容",
            place=reader.place,
            remedy="请用备份恢复；没有备份时把该文件改名留存，再用原通知重新登记",
        )


def _prepare(target: Target, *, create: bool, timeout: float) -> None:
    """Make or upgrade the schema in one transaction; whoever comes second finds it done."""
    engine = _engine(target, timeout)
    try:
        with engine.begin() as connection:
            revision = reader_on(connection, target.place).revision()
            if revision is None and not create:
                raise RegistryMissingError(
                    "登记库是空的", place=target.place, remedy="请先用 duban ingest 文件 登记通知"
                )
            if revision is None:
                create_schema(connection)
            elif revision != HEAD:
                _upgrade_known(connection, revision, target.place)
    finally:
        engine.dispose()


def _engine(target: Target, timeout: float) -> Engine:
    if not target.path:
        engine = postgresql_engine(target)
        queue = POSTGRESQL.queue
    else:
        # isolation_level None: transactions begin where we say, not where the driver thinks.
        engine = create_engine(
            URL.create("sqlite", database=str(target.path)),
            connect_args={"timeout": timeout, "isolation_level": None},
        )
        queue = SQLITE.queue

        @event.listens_for(engine, "connect")
        def configure(connection: Any, _: Any) -> None:
            for pragma in _PRAGMAS:
                _set(connection, pragma, timeout)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(queue)

    return engine


def _set(connection: sqlite3.Connection, pragma: str, timeout: float) -> None:
    """Set a pragma, waiting for other writers: a change of the journal mode does not wait by itself."""
    until = monotonic() + timeout
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= until:
                raise
            sleep(_PAUSE)


def create_schema(connection: Connection) -> None:
    """The newest schema in an empty database, straight from the metadata: Alembic need not be loaded."""
    dialect = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    metadata.create_all(connection, checkfirst=False)
    for statement in (*dialect.index_ddl, *PROTECTION[dialect.name]):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def migrate(connection: Connection, *, to: str = "head") -> None:
    """Run the changes up to revision ``to`` inside the connection's transaction."""
    from alembic import command

    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _alembic() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _upgrade_known(connection: Connection, revision: str, place: str) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if revision not in known:
        raise RegistryVersionError(
            f"登记库由更新版本的程序建立（结构版本 {revision}，本程序认识到 {HEAD}）",
            place=place,
            remedy="请升级本程序后再打开，登记库没有改动",
        )
    migrate(connection)
