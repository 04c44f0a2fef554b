"""Opening a registry for writing: made where there is none, brought up to date where it is older."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ..errors import RegistryMissingError, RegistryVersionError
from .dialect import POSTGRESQL, SQLITE, Dialect
from .failures import told
from .reader import HEAD, inspecting
from .schema import metadata
from .target import Target, check_file

#: WAL lets readers go on while one writes; FULL keeps what was reported as stored through a power cut.
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF")
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
        return reader.revision() == HEAD


def _prepare(target: Target, *, create: bool, timeout: float) -> None:
    """Make or upgrade the schema in one transaction; whoever comes second finds it done."""
    engine = _engine(target, timeout)
    try:
        with engine.begin() as connection:
            revision = revision_of(connection)
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
        engine = create_engine(target.url, poolclass=NullPool)
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
                connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(queue)

    return engine


def revision_of(connection: Connection) -> str | None:
    """Alembic revision of the schema that a connection sees; None where there is no registry."""
    dialect = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    tables = {row[0] for row in connection.execute(text(dialect.tables))}
    if "alembic_version" not in tables:
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def create_schema(connection: Connection) -> None:
    """The newest schema in an empty database, straight from the metadata: Alembic need not be loaded."""
    dialect = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    metadata.create_all(connection, checkfirst=False)
    for statement in dialect.index_ddl:
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
