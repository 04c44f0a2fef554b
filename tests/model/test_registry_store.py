"""The registry as a store: whole notices, versions, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from duban.model import Notice
from duban.model.border import notice_from_dict, notice_to_dict
from duban.model.errors import BinaryError, RegistryError, UsageError
from duban.model.registry import Ingested, Query, open_registry, search
from duban.model.registry.store import Registry
from duban.model.units import UnitDirectory
from notice_builder import build, raw_of

LAYOUT = """
一、稳增长,2021年底前
1.减税降费。(牵头:省财政厅,配合:省税务局)
  目标 ①减税100亿元。(责任:省财政厅)
  措施 6月底前完成汇编。
2.春耕生产。(责任:各市人民政府)
"""
NUMBER = "辽政办发〔2021〕1号"


def store(registry: Registry, notice: Notice, *, supersedes: str | None = None) -> Ingested:
    return registry.ingest(notice, raw_of(notice), supersedes=supersedes)


def test_a_notice_is_kept_whole(registry_target: str) -> None:
    notice = build(LAYOUT, document_number=NUMBER, title="关于减税的通知", issued_on="2021-04-27")
    with open_registry(registry_target) as registry:
        assert store(registry, notice) == Ingested("new", 1, 1)
        assert registry.record(1) == notice_to_dict(notice)
        assert registry.raw(1) == raw_of(notice)
        (row,) = registry.notices()
        text = registry.raw(1).decode()
        assert notice_from_dict(registry.record(1), text) == notice
    assert (row.document_number, row.title, row.year, row.issued_on) == (
        NUMBER,
        "关于减税的通知",
        2021,
        "2021-04-27",
    )
    assert (row.name, row.issuer, row.tasks, row.version) == ("test.txt", "辽宁省人民政府", 2, 1)
    assert row.sha256 == notice.source.sha256


def test_the_same_bytes_again_change_nothing(registry_target: str) -> None:
    notice = build(LAYOUT)
    with open_registry(registry_target) as registry:
        store(registry, notice)
        before = registry.notices()
        assert store(registry, notice) == Ingested("unchanged", 1, 1)
        renamed = replace(notice, source=replace(notice.source, name="other.txt"))
        assert store(registry, renamed) == Ingested("unchanged", 1, 1)
        assert registry.notices() == before


def test_a_corrected_file_is_a_new_version_and_the_old_one_stays(
    registry_target: str, liaoning: UnitDirectory
) -> None:
    first = build(LAYOUT, document_number=NUMBER)
    second = build(LAYOUT.replace("减税降费", "减租降费"), document_number="辽政办发[2021]1号")
    with open_registry(registry_target) as registry:
        store(registry, first)
        assert store(registry, second) == Ingested("version", 1, 2)
        (row,) = registry.notices()
        assert (row.version, row.tasks) == (2, 2)
        assert registry.record(1) == notice_to_dict(second)
        assert registry.record(1, version=1) == notice_to_dict(first)
        assert registry.raw(1, version=1) == raw_of(first)
        assert search(registry_target, Query(words=("减税降费",)), liaoning) == ()
        assert len(search(registry_target, Query(words=("减租降费",)), liaoning)) == 1
        again = store(registry, first)
        assert again == Ingested("unchanged", 1, 1, current=False), "an old version does not come back"
        assert registry.notices() == (row,)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ({"document_number": NUMBER}, {"document_number": NUMBER, "issuer": "辽宁省财政厅"}, "new"),
        ({"document_number": NUMBER}, {"document_number": NUMBER, "year": 2022}, "new"),
        ({"document_number": NUMBER}, {"document_number": NUMBER, "issuer": None, "year": None}, "version"),
        ({"document_number": NUMBER}, {"document_number": "辽政办发〔2021〕2号"}, "new"),
        ({"title": "减税通知"}, {"title": "减税通知"}, "new"),
    ],
)
def test_what_makes_two_files_one_notice(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], status: str
) -> None:
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, build("1.减税。", **first))
        assert store(registry, build("1.减租。", **second)).status == status


@pytest.mark.parametrize("named", ["1", "关于减税的通知", "减税", "liaoning-2021.txt", "liaoning"])
def test_the_user_may_tell_what_a_file_supersedes(registry_target: str, named: str) -> None:
    with open_registry(registry_target) as registry:
        store(registry, build("1.减税。", title="关于减税的通知", name="liaoning-2021.txt"))
        store(registry, build("1.春耕。", title="关于春耕的通知", name="chungeng.txt"))
        assert store(registry, build("1.减租。"), supersedes=named) == Ingested("version", 1, 2)


@pytest.mark.parametrize(("named", "message"), [("没有的", "没有对应的通知"), ("通知", "对应多份通知")])
def test_supersedes_must_mean_one_notice(tmp_path: Path, named: str, message: str) -> None:
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, build("1.减税。", title="关于减税的通知"))
        store(registry, build("1.春耕。", title="关于春耕的通知"))
        before = registry.notices()
        with pytest.raises(UsageError, match=message) as caught:
            store(registry, build("1.减租。"), supersedes=named)
        assert "关于减税的通知" in str(caught.value)
        assert registry.notices() == before


def test_an_earlier_version_comes_back_when_told(registry_target: str, liaoning: UnitDirectory) -> None:
    first = build("1.减税降费。", document_number=NUMBER)
    second = build("1.减租降费。", document_number=NUMBER)
    with open_registry(registry_target) as registry:
        store(registry, first)
        store(registry, second)
        assert store(registry, first, supersedes=NUMBER) == Ingested("version", 1, 1)
        (row,) = registry.notices()
        assert (row.id, row.version, row.sha256) == (1, 1, first.source.sha256)
        assert [h.text for h in search(registry_target, Query(), liaoning)] == ["减税降费。"]
        assert store(registry, first, supersedes=NUMBER) == Ingested("unchanged", 1, 1)
        assert registry.record(1, version=2) == notice_to_dict(second)
        third = build("1.减赋降费。", document_number=NUMBER)
        assert store(registry, third) == Ingested("version", 1, 3)


def test_a_notice_of_its_own_is_joined_to_the_one_it_supersedes(
    registry_target: str, liaoning: UnitDirectory
) -> None:
    first, second = build("1.减税降费。", title="甲"), build("1.减租降费。", title="乙")
    other = build("1.春耕。", title="丙")
    with open_registry(registry_target) as registry:
        for notice in (first, second, other):
            store(registry, notice)
        assert store(registry, second, supersedes="1") == Ingested("version", 1, 2)
        assert sorted((row.id, row.version, row.title) for row in registry.notices()) == [
            (1, 2, "乙"),
            (3, 1, "丙"),
        ]
        assert registry.raw(1, version=1) == raw_of(first), "kept"
        assert registry.raw(1, version=2) == raw_of(second)
        assert search(registry_target, Query(words=("减税",)), liaoning) == ()
        assert [h.notice_id for h in search(registry_target, Query(words=("减租",)), liaoning)] == [1]
        assert store(registry, build("1.新通知。")).notice == 4, "an id is never used again"


def test_a_joined_notice_brings_all_of_its_versions(registry_target: str) -> None:
    with open_registry(registry_target) as registry:
        store(registry, build("1.减税。", title="甲"))
        older, newer = build("1.减租。", document_number=NUMBER), build("1.减费。", document_number=NUMBER)
        store(registry, older)
        store(registry, newer)
        assert store(registry, older, supersedes="甲") == Ingested("version", 1, 2)
        (row,) = registry.notices()
        assert (row.id, row.sha256) == (1, older.source.sha256)
        assert registry.raw(1, version=3) == raw_of(newer)


@pytest.mark.parametrize(
    ("second", "like"),
    [
        ({"title": "关于减税的 通知"}, 1),
        ({"title": "关于减税的通知", "year": 2022}, None),
        ({"title": "关于减税的通知", "year": None}, None),
        ({"title": "关于减税的通知", "issuer": "辽宁省财政厅"}, None),
        ({"title": "关于春耕的通知"}, None),
        ({"title": None}, None),
    ],
)
def test_a_new_notice_tells_which_one_it_resembles(
    registry_target: str, second: dict[str, str], like: int | None
) -> None:
    with open_registry(registry_target) as registry:
        assert store(registry, build("1.减税。", title="关于减税的通知")).resembles is None
        assert store(registry, build("1.减租。", **second)) == Ingested("new", 2, 1, resembles=like)


@pytest.mark.parametrize(("named", "message"), [("", "是空的"), (" ", "是空的"), ("\udce4", "不是文字")])
def test_supersedes_must_be_words(tmp_path: Path, named: str, message: str) -> None:
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, build("1.减税。"))
        with pytest.raises(UsageError, match=message):
            store(registry, build("1.减租。"), supersedes=named)
        assert len(registry.notices()) == 1


def test_rows_hold_what_the_record_says(tmp_path: Path) -> None:
    notice = build(LAYOUT, document_number=NUMBER)
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, notice)
    connection = sqlite3.connect(tmp_path / "r.db")
    text = notice.source.text
    tasks = connection.execute("SELECT id, number, path, section, body, span_start FROM task").fetchall()
    assert [(row[1], json.loads(row[2]), row[3]) for row in tasks] == [
        (1, ["一、", "1."], "稳增长,2021年底前"),
        (2, ["一、", "2."], "稳增长,2021年底前"),
    ]
    assert all(text[row[5] : row[5] + len(row[4])] == row[4] for row in tasks)
    parties = connection.execute(
        "SELECT text, span_start, span_end, role, kind, evidence, item_id IS NOT NULL FROM party"
    ).fetchall()
    assert len(parties) == 6
    assert all(text[start:end] == words for words, start, end, *_ in parties)
    assert ("省财政厅", "lead", "unit", "inherited", 1) in [(p[0], *p[3:]) for p in parties]
    deadlines = connection.execute(
        "SELECT text, due_on, evidence, task_id FROM deadline ORDER BY task_id"
    ).fetchall()
    assert deadlines == [
        ("6月底前", "2021-06-30", "derived", tasks[0][0]),
        ("2021年底前", "2021-12-31", "inherited", tasks[1][0]),
    ]
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
    connection.close()


def test_ids_of_tasks_are_never_used_again(tmp_path: Path) -> None:
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, build("1.减税。"))
    connection = sqlite3.connect(tmp_path / "r.db")
    connection.execute("DELETE FROM task")
    connection.commit()
    connection.close()
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, build("1.减租。"))
    connection = sqlite3.connect(tmp_path / "r.db")
    assert connection.execute("SELECT id FROM task").fetchall() == [(2,)]
    connection.close()


def test_bytes_of_another_file_are_a_fault_of_the_caller(tmp_path: Path) -> None:
    with open_registry(tmp_path / "r.db") as registry:
        with pytest.raises(ValueError, match="not those"):
            registry.ingest(build("1.减税。"), b"x")
        assert registry.notices() == ()


@pytest.mark.parametrize("bad", ["\0", "\ud800"])
def test_characters_that_no_database_stores_are_refused(tmp_path: Path, bad: str) -> None:
    notice = build("1.减税。")
    notice = replace(notice, source=replace(notice.source, text="1." + bad + "税。"))
    with open_registry(tmp_path / "r.db") as registry:
        with pytest.raises(BinaryError, match="第 3 个字符"):
            registry.ingest(notice, raw_of(build("1.减税。")))
        assert registry.notices() == ()


def test_a_notice_without_tasks_is_stored(registry_target: str) -> None:
    with open_registry(registry_target) as registry:
        assert store(registry, build("一、稳增长")).status == "new"
        assert registry.notices()[0].tasks == 0


def test_an_unknown_notice_or_version_is_told(tmp_path: Path) -> None:
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, build("1.减税。"))
        with pytest.raises(UsageError, match="没有编号为 2 的通知"):
            registry.record(2)
        with pytest.raises(UsageError, match="没有第 3 版"):
            registry.raw(1, version=3)
        with pytest.raises(UsageError, match="没有编号为"):
            registry.raw(2**70)


def test_a_url_names_the_same_file_as_its_path(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_registry(f"sqlite:///{path}") as registry:
        store(registry, build("1.减税。"))
    with open_registry(path, create=False) as registry:
        assert len(registry.notices()) == 1


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(RegistryError, match="不支持 mysql 数据库") as caught:
        open_registry("mysql://user:secret@host/base")
    assert "secret" not in str(caught.value)


def test_a_backup_made_as_documented_can_be_searched(tmp_path: Path, liaoning: UnitDirectory) -> None:
    with open_registry(tmp_path / "r.db") as registry:
        store(registry, build("1.春耕。"))
        store(registry, build(LAYOUT))
    connection = sqlite3.connect(tmp_path / "r.db")
    connection.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
    connection.close()
    hits = search(tmp_path / "backup.db", Query(words=("减税降费",)), liaoning)
    assert [hit.text for hit in hits] == ["减税降费。"]
    with open_registry(tmp_path / "backup.db") as registry:
        assert store(registry, build(LAYOUT)).status == "unchanged"
        assert store(registry, build("1.减税。")).status == "new"
