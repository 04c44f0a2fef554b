"""Bad registries: a message in Chinese with place and remedy, and nothing stored half."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

import pytest
from duban.model.errors import (
    RegistryDamagedError,
    RegistryError,
    RegistryFullError,
    RegistryLockedError,
    RegistryMissingError,
)
from duban.model.registry import (
    Query,
    default_registry_path,
    duties_by_unit,
    notices,
    open_registry,
    opening,
    record_of,
    search,
    tasks_of_unit,
)
from duban.model.registry.target import parse_target
from duban.model.units import UnitDirectory
from notice_builder import build, raw_of
from sqlalchemy import event, make_url

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


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_missing_registry_that_another_is_making_is_waited_for(tmp_path: Path, begin: str) -> None:
    path = tmp_path / "r.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute(begin)
    start = monotonic()
    with refused(RegistryLockedError, "别的程序写入"):
        open_registry(path, timeout=0.4)
    assert monotonic() - start >= 0.4
    timer = Timer(0.3, other.close)
    timer.start()
    open_registry(path, timeout=20).close()
    timer.join()
    assert notices(path) == ()


def changed(path: Path, statement: str) -> Path:
    """The registry after another program's statement."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM alembic_version",
        "UPDATE party SET role = 'chief'",
        "UPDATE task SET span_start = 'x'",
        "UPDATE task SET path = '[\"1.'",
        "UPDATE task SET body = CAST(x'e58799ff' AS TEXT)",
        "UPDATE task SET body = '1.'",
        "UPDATE notice_version SET issued_on = x'ff'",
    ],
)
def test_values_that_are_never_stored_mean_damage(tmp_path: Path, statement: str) -> None:
    path = changed(filled(tmp_path / "r.db"), statement)
    if "notice_version" in statement:
        changed(path, "UPDATE notice_version SET name = CAST(x'ff' AS TEXT)")
    with refused(RegistryDamagedError, "已损坏"):
        search(path, Query(words=("减税",)), NOBODY)


def test_a_list_of_a_damaged_registry_tells_it(tmp_path: Path) -> None:
    path = changed(filled(tmp_path / "r.db"), "UPDATE task SET span_start = 'x'")
    for call in (lambda: duties_by_unit(path, NOBODY), lambda: tasks_of_unit(path, "省财政厅", NOBODY)):
        with refused(RegistryDamagedError, "已损坏"):
            call()


def test_a_record_that_is_no_json_means_damage(tmp_path: Path) -> None:
    path = changed(filled(tmp_path / "r.db"), "UPDATE notice_version SET record = '{'")
    with refused(RegistryDamagedError, "已损坏"):
        record_of(path, 1)


def test_a_registry_without_its_revision_is_not_written(tmp_path: Path) -> None:
    path = changed(filled(tmp_path / "r.db"), "DELETE FROM alembic_version")
    before = path.read_bytes()
    with refused(RegistryDamagedError, "已损坏"):
        open_registry(path)
    assert path.read_bytes() == before


def test_nothing_is_written_into_a_file_with_a_damaged_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "r.db")
    connection = sqlite3.connect(path)
    (page,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'ix_deadline_due_on'"
    ).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    with refused(RegistryDamagedError, "已损坏"):
        open_registry(path)
    assert path.read_bytes() == content
    monkeypatch.setattr(opening, "_LOOKED_THROUGH", 1)
    open_registry(path).close()


@contextmanager
def without_rights() -> Iterator[None]:
    """The block runs as a user for whom file permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="file permissions are a POSIX thing")
def test_a_registry_in_a_read_only_folder_can_be_searched() -> None:
    folder = Path(tempfile.mkdtemp(prefix="duban-ro-"))
    try:
        path = filled(folder / "r.db")
        path.chmod(0o444)
        folder.chmod(0o555)
        with without_rights():
            assert len(search(path, Query(words=("减税",)), NOBODY)) == 1
            with refused(RegistryError, "只能读|无法打开"):
                open_registry(path).ingest(build("1.增效。"), raw_of(build("1.增效。")))
        assert [file.name for file in folder.iterdir()] == ["r.db"]
        folder.chmod(0o755)
        (folder / "r.db-wal").write_bytes(b"x" * 32)
        folder.chmod(0o555)
        with without_rights(), refused(RegistryError, "无法打开"):
            search(path, Query(words=("减税",)), NOBODY)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("url", ["postgresql://u@h/b", "postgresql://u:secret@h:port/b"])
def test_a_missing_driver_or_a_wrong_address_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = "地址写得不对"
    if "port" not in url:
        message = "没有安装 PostgreSQL 驱动.*duban\\[postgres\\]"
        monkeypatch.setitem(sys.modules, "psycopg", None)
    for call in (lambda: search(url, Query(), NOBODY), lambda: open_registry(url)):
        with refused(RegistryError, message) as _:
            call()


@pytest.mark.parametrize(
    ("url", "place", "connects_to"),
    [
        ("postgresql://u:se/cr@et@h/b", "postgresql://u:***@h/b", ("se/cr@et", "h", "b")),
        ("postgresql://u:secr?et@h:1/b", "postgresql://u:***@h:1/b", ("secr?et", "h", "b")),
        ("postgresql://u:se@cr?et@h/b", "postgresql://u:***@h/b", ("se@cr?et", "h", "b")),
        ("postgres://u:s%40cret@h/b", "postgres://u:***@h/b", ("s@cret", "h", "b")),
        ("postgresql://u@h/b?application_name=x@y", None, (None, "h", "b")),
        ("postgresql://u:secret@h/b?options=x@y", "postgresql://u:***@h/b?options=x@y", ("secret", "h", "b")),
        ("postgresql:///b?password=secret&x=1", "postgresql:///b?password=***&x=1", (None, None, "b")),
        ("postgresql://h/b", None, (None, "h", "b")),
    ],
)
def test_a_password_is_never_shown(url: str, place: str | None, connects_to: tuple[str | None, ...]) -> None:
    target = parse_target(url)
    assert target.place == (place or url)
    made = make_url(target.url)
    assert (made.password, made.host, made.database) == connects_to


def test_a_server_that_is_not_there_is_told() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'duban[postgres]')")
    with refused(RegistryError, "无法连接数据库服务器"):
        search("postgresql://u:secret@127.0.0.1:1/x", Query(), NOBODY)
    with refused(RegistryError, "无法连接数据库服务器"):
        open_registry("postgresql://u:secret@127.0.0.1:1/x")
    with pytest.raises(RegistryError) as caught:
        search("postgresql://u:se/cr@et@127.0.0.1:1/x", Query(), NOBODY)
    assert not any(part in str(caught.value) for part in ("se/", "cr@", "@et"))


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
