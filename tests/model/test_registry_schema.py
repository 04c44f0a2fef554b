"""The schema: changes from scratch make what the metadata makes; older registries are brought up to date."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from duban.model.errors import RegistryError, RegistryVersionError
from duban.model.registry import Query, open_registry, opening, reader, search
from duban.model.registry.schema import metadata
from duban.model.units import UnitDirectory
from notice_builder import build, raw_of
from sqlalchemy import create_engine, inspect, text

NEXT = '''"""A second change, for the test."""
from alembic import op

revision = "9999"
down_revision = "HEAD"


def upgrade() -> None:
    """Add a column, then do what ``BREAK`` says."""
    op.execute("ALTER TABLE notice ADD COLUMN remark TEXT")
    op.execute("BREAK")
'''


def sqlite_schema(path: Path) -> dict[str, list[str]]:
    """Of each table and index its columns and constraints, in no order: it is SQLAlchemy's."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_master").fetchall()
    connection.close()
    return {name: sorted("".join((sql or "").split()).removesuffix(")").split(",")) for name, sql in rows}


def test_changes_from_scratch_make_the_same_sqlite_schema(tmp_path: Path) -> None:
    for name, make in (("new.db", opening.create_schema), ("changed.db", opening.migrate)):
        engine = create_engine(f"sqlite:///{tmp_path / name}")
        with engine.begin() as connection:
            make(connection)
            differences = compare_metadata(MigrationContext.configure(connection), metadata)
        engine.dispose()
        assert [d for d in differences if "task_bigram" not in str(d)] == []
    new = sqlite_schema(tmp_path / "new.db")
    assert new == sqlite_schema(tmp_path / "changed.db")
    assert "table task_bigram" in new


def test_changes_from_scratch_make_the_same_postgresql_schema(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url.replace("postgresql:", "postgresql+psycopg:"))
    found = []
    for make in (opening.create_schema, opening.migrate):
        with engine.connect() as connection:
            make(connection)
            inspector = inspect(connection)
            found.append(
                {
                    table: (
                        str(inspector.get_columns(table)),
                        sorted(map(str, inspector.get_indexes(table))),
                        str(inspector.get_pk_constraint(table)),
                        sorted(map(str, inspector.get_foreign_keys(table))),
                        sorted(map(str, inspector.get_unique_constraints(table))),
                    )
                    for table in inspector.get_table_names()
                }
            )
            connection.rollback()
    engine.dispose()
    assert found[0] == found[1]
    assert {"task_bigram", "alembic_version", "party"} <= found[0].keys()


def test_the_head_is_the_last_change() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(opening.MIGRATIONS))
    assert script.get_heads() == [reader.HEAD]


def with_a_second_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, last: str) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(opening.MIGRATIONS, folder)
    change = NEXT.replace("HEAD", reader.HEAD).replace("BREAK", last)
    (folder / "versions" / "v9999_next.py").write_text(change, encoding="utf-8")
    monkeypatch.setattr(opening, "MIGRATIONS", folder)
    for module in (opening, reader):
        monkeypatch.setattr(module, "HEAD", "9999")


def test_an_older_registry_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, liaoning: UnitDirectory
) -> None:
    path = tmp_path / "r.db"
    notice = build("1.减税。")
    with open_registry(path) as registry:
        registry.ingest(notice, raw_of(notice))
    head = reader.HEAD
    with_a_second_change(tmp_path, monkeypatch, last="SELECT 1")
    with pytest.raises(RegistryVersionError, match=f"旧版程序建立：结构版本是 {head}") as caught:
        search(path, Query(), liaoning)
    assert "duban audit rebuild" in str(caught.value)
    with open_registry(path) as registry:
        assert len(registry.notices()) == 1
    assert any("remark" in part for part in sqlite_schema(path)["table notice"])
    assert len(search(path, Query(words=("减税",)), liaoning)) == 1


def test_a_change_that_fails_leaves_the_registry_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.db"
    open_registry(path).close()
    before = sqlite_schema(path)
    with_a_second_change(tmp_path, monkeypatch, last="SELECT * FROM no_such_table")
    with pytest.raises(RegistryError):
        open_registry(path)
    assert sqlite_schema(path) == before


def test_a_registry_of_a_newer_program_is_not_touched(tmp_path: Path, liaoning: UnitDirectory) -> None:
    path = tmp_path / "r.db"
    open_registry(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '7777'")
    connection.commit()
    connection.close()
    with pytest.raises(RegistryVersionError, match="更新版本的程序") as caught:
        open_registry(path)
    assert "升级本程序" in str(caught.value)
    with pytest.raises(RegistryVersionError, match="7777") as caught:
        search(path, Query(), liaoning)
    assert "升级本程序" in str(caught.value)


def test_a_newer_postgresql_registry_is_not_touched(postgresql_url: str) -> None:
    open_registry(postgresql_url).close()
    engine = create_engine(postgresql_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '7777'"))
    engine.dispose()
    with pytest.raises(RegistryVersionError, match="更新版本的程序"):
        open_registry(postgresql_url)


HEAVY = ("alembic", "sqlalchemy", "jieba", "spacy")
READ = """
import sys
from pathlib import Path
from duban.model.registry import Query, search
from duban.model.units import UnitDirectory
assert len(search(Path(sys.argv[1]), Query(words=("减税",)), UnitDirectory())) == 1
"""
WRITE = """
import sys
from duban.model.registry import open_registry
open_registry(sys.argv[1]).close()
"""


@pytest.mark.parametrize(("program", "loaded"), [(READ, set()), (WRITE, {"sqlalchemy"})])
def test_a_command_loads_only_what_it_needs(tmp_path: Path, program: str, loaded: set[str]) -> None:
    path = tmp_path / "r.db"
    notice = build("1.减税。")
    with open_registry(path) as registry:
        registry.ingest(notice, raw_of(notice))
    program += f"print(sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == str(sorted(loaded))
