"""Fixtures of the model tests: the Liaoning directory, and registries on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from duban.model.units import UnitDirectory, load_directory

_UNITS = Path(__file__).parents[2] / "corpus" / "units"


@pytest.fixture(scope="session")
def liaoning() -> UnitDirectory:
    """The Liaoning unit directory."""
    return load_directory(_UNITS / "liaoning.toml")


def _postgresql_programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps it off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


def _server_user() -> str | None:
    """Who runs the server: PostgreSQL refuses root. None: whoever runs the tests."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A server of its own in a temporary folder, reached by a socket there; its URL without a database."""
    programs = _postgresql_programs()
    if programs is None:
        pytest.skip(
            "no PostgreSQL server installed (initdb not found): the registry is tested on SQLite only"
        )
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (pip install 'duban[postgres]'): tested on SQLite only")
    user = _server_user()
    folder = Path(tempfile.mkdtemp(prefix="duban-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), *arguments], check=True, capture_output=True, user=user, cwd=folder
        )

    data = folder / "data"
    run("initdb", "-D", str(data), "-U", "duban", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://duban@/{{database}}?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def postgresql_url(postgresql_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database."""
    from sqlalchemy import create_engine, text

    name = f"t{abs(hash(request.node.nodeid))}"
    url = postgresql_server.format(database="postgres").replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield postgresql_server.format(database=name)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def registry_target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a new registry, once on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "data" / "registry.db")
    url: str = request.getfixturevalue("postgresql_url")
    return url
