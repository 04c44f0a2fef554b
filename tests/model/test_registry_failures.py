"""Bad registries: a message in Chinese with place and remedy, and nothing stored half."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from duban.model.errors import (
    RegistryDamagedError,
    RegistryError,
    RegistryFullError,
    RegistryLockedError,
    RegistryMissingError,
)
from duban.model.registry import Query, default_registry_path, notices, open_registry, search
from duban.model.units import UnitDirectory
from notice_builder import build, raw_of
from sqlalchemy import event

NOBODY = UnitDirectory()


@contextmanager
def refused(kind: type[RegistryError], message: str) -> Iterator[None]:
    """The block raises just this kind; the message has place and remedy."""
    with pytest.raises(kind, match=message) as caught:
        yield
    assert type(caught.value) is kind
    assert caught.value.place
    assert caught.value.remedy
    assert "处理办法" in str(caught.value)


def filled(path: Path) -> Path:
    """A registry with one notice."""
    notice = build("1.减税。(责任:省财政厅)")
    with open_registry(path) as registry:
        registry.ingest(notice, raw_of(notice))
    return path


def integrity(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    connection.close()
    return found


def test_folders_above_a_new_registry_are_made(tmp_path: Path) -> None:
    assert len(notices(filled(tmp_path / "a" / "b 督办" / "r?#%.db"))) == 1


def test_a_folder_is_no_registry(tmp_path: Path) -> None:
    with refused(RegistryError, "文件夹"):
        open_registry(tmp_path)
    with refused(RegistryError, "文件夹"):
        search(tmp_path, Query(), NOBODY)


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with refused(RegistryError, "位置无法使用"):
        open_registry(tmp_path / "file" / "r.db")


def test_a_missing_registry_is_not_made_by_reading(tmp_path: Path) -> None:
    with refused(RegistryMissingError, "没有找到登记库"):
        search(tmp_path / "r.db", Query(), NOBODY)
    with refused(RegistryMissingError, "没有找到登记库"):
        open_registry(tmp_path / "r.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_an_empty_registry(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.touch()
    with refused(RegistryMissingError, "登记库是空的"):
        search(path, Query(), NOBODY)
    with refused(RegistryMissingError, "登记库是空的"):
        open_registry(path, create=False)
    assert len(notices(filled(path))) == 1


def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(b"not a database, " * 400)
    before = path.read_bytes()
    with refused(RegistryDamagedError, "已损坏，或者不是登记库"):
        open_registry(path)
    with refused(RegistryDamagedError, "已损坏，或者不是登记库"):
        search(path, Query(), NOBODY)
    assert path.read_bytes() == before


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE customers (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with refused(RegistryError, "不是督办登记库"):
        open_registry(path)
    with refused(RegistryError, "不是督办登记库"):
        search(path, Query(), NOBODY)
    assert path.read_bytes() == before


def test_damaged_pages_are_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with refused(RegistryDamagedError, "已损坏"):
        search(path, Query(words=("减税",)), NOBODY)


def test_a_full_disk_leaves_the_registry_as_it_was(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    notice = build("1.增效。(责任:省财政厅)\n" * 300)
    with open_registry(path) as registry:

        @event.listens_for(registry._engine, "begin")
        def no_room(connection: Any) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")

        with refused(RegistryFullError, "磁盘空间不足"):
            registry.ingest(notice, raw_of(notice))
    assert integrity(path) == ["ok"]
    assert len(notices(path)) == 1
    assert search(path, Query(words=("增效",)), NOBODY) == ()
    with open_registry(path) as registry:
        assert registry.ingest(notice, raw_of(notice)).status == "new"


LIMITED = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from notice_builder import build, raw_of
from duban.model.errors import RegistryError
from duban.model.registry import open_registry
notice = build("1.增效。(责任:省财政厅)\\n" * 2000)
with open_registry(sys.argv[1]) as registry:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        registry.ingest(notice, raw_of(notice))
    except RegistryError as error:
        sys.exit(str(error))
"""


@pytest.mark.skipif(os.name != "posix", reason="file size limits are a POSIX thing")
def test_a_file_size_limit_leaves_the_registry_as_it_was(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 1
    assert "没有写入任何内容" in done.stderr
    assert "处理办法" in done.stderr
    assert "Traceback" not in done.stderr
    assert integrity(path) == ["ok"]
    assert len(notices(path)) == 1


def test_a_locked_registry_is_told_after_the_wait_and_can_be_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    notice = build("1.增效。")
    with open_registry(path, timeout=0.1) as registry:
        with refused(RegistryLockedError, "别的程序写入"):
            registry.ingest(notice, raw_of(notice))
        assert len(search(path, Query(), NOBODY)) == 1
        other.execute("ROLLBACK")
        other.close()
        assert registry.ingest(notice, raw_of(notice)).status == "new"


def test_a_server_that_is_not_there_is_told() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'duban[postgres]')")
    with refused(RegistryError, "无法连接数据库服务器"):
        search("postgresql://u:secret@127.0.0.1:1/x", Query(), NOBODY)
    with refused(RegistryError, "无法连接数据库服务器"):
        open_registry("postgresql://u:secret@127.0.0.1:1/x")


def test_the_default_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", "postgresql://host/base")
    assert default_registry_path() == "postgresql://host/base"
    monkeypatch.delenv("DUBAN_REGISTRY")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_registry_path() == str(tmp_path / "duban" / "registry.db")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_registry_path() == str(tmp_path / ".local" / "share" / "duban" / "registry.db")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_registry_path().startswith(str(tmp_path / "Library" / "Application Support"))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert default_registry_path() == str(tmp_path / "Local" / "duban" / "registry.db")


def _ingest_some(target: str, start: int) -> list[str]:
    statuses = []
    for number in range(start, start + 4):
        notice = build(f"1.第{number}号减税任务。(责任:省财政厅)")
        with open_registry(target, timeout=60) as registry:
            statuses.append(registry.ingest(notice, raw_of(notice)).status)
    return statuses


def test_writers_at_the_same_time_wait_for_each_other(registry_target: str) -> None:
    """Four processes make the registry and store overlapping notices: each notice is new exactly once."""
    with get_context("spawn").Pool(4) as pool:
        found = pool.starmap(_ingest_some, [(registry_target, start) for start in (0, 2, 4, 6)])
    statuses = [status for part in found for status in part]
    assert sorted(statuses) == ["new"] * 10 + ["unchanged"] * 6
    assert len(notices(registry_target)) == 10
    assert len(search(registry_target, Query(words=("减税任务",)), NOBODY)) == 10
