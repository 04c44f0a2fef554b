"""The log: what is entered stands behind what was there, all or nothing, on both databases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from duban.model.errors import ClassifiedError, ProgressError, RegistryError, StaleError
from duban.model.progress.entries import GENESIS
from duban.model.progress.identity import Identity, identify
from duban.model.progress.log import Draft, append, undo
from duban.model.progress.records import (
    ClockStop,
    Inspection,
    Plan,
    Proof,
    Record,
    Review,
    Status,
    TargetChange,
    Undo,
    Verification,
)
from duban.model.registry import open_registry, opening, reading
from duban.model.registry.protection import PROTECTION
from notice_builder import build, raw_of
from progress_state import NUMBER, audited, enter, filled, stored, tamper
from sqlalchemy import create_engine, text

RECORDS: list[Record] = [
    Status("完成60%", "七月补报"),
    Plan(unit="省财政厅", office="预算处", person="王五", standard="全部拨付", planned="100"),
    Proof("会议纪要", number="第3次"),
    Proof("其他", receipt="线下17"),
    Verification("完成55%"),
    Inspection("暗访", "现场无人"),
    ClockStop("2021-03-01", None, "待国家批复"),
    TargetChange("减税80亿元", "2021-07-01", "辽政〔2021〕9号"),
]


def test_each_kind_is_entered_and_the_chain_holds(registry_target: str) -> None:
    with filled(registry_target) as registry:
        made = [enter(registry, record) for record in RECORDS]
        made.append(enter(registry, Review(1, accepted=True)))
        made.append(undo(registry, 1, who="李四", made_on="2021-07-02"))
    assert stored(registry_target) == made
    assert [entry.number for entry in made] == list(range(1, 11))
    assert [entry.previous for entry in made] == [GENESIS, *(entry.hash for entry in made[:-1])]
    assert json.loads(made[0].after) == RECORDS[0].payload()
    assert made[-1].before == made[0].after
    assert audited(registry_target) == []


def test_the_hash_is_sha256_over_canonical_json(tmp_path: Path) -> None:
    """A value computed by other means (sha256sum) keeps the form from changing unseen."""
    with filled(tmp_path / "r.db") as registry:
        entry = enter(registry, Status("完成60%"))
    written = (
        '[1,"status",1,"1","","张三","2021-06-30",null,"{\\"value\\":\\"完成60%\\"}",null,"' + "0" * 64 + '"]'
    )
    import subprocess

    done = subprocess.run(["sha256sum"], input=written.encode(), capture_output=True, check=True)
    assert entry.hash == done.stdout.split()[0].decode()


def test_before_is_what_stood(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        first, other = enter(registry, Status("1")), enter(registry, Status("9"), task="2")
        second, piece = enter(registry, Status("2")), enter(registry, Status("3"), piece="measure:1")
        undo(registry, second.number, who="张三", made_on="2021-07-01")
        third = enter(registry, Status("4"))
        proofs = [enter(registry, Proof("其他", number=n)) for n in "ab"]
    assert (first.before, other.before, piece.before) == (None, None, None)
    assert second.before == third.before == first.after
    assert [proof.before for proof in proofs] == [None, None]


@pytest.mark.parametrize("statement", [
    "UPDATE progress_entry SET who = 'x'", "DELETE FROM progress_entry", "TRUNCATE progress_entry",
    "UPDATE progress_seal SET hash = 'x'", "DELETE FROM progress_seal", "TRUNCATE progress_seal",
    "INSERT INTO progress_seal VALUES (1, 'x') ON CONFLICT (number) DO UPDATE SET hash = 'x'",
])  # fmt: skip
def test_postgresql_itself_refuses(statement: str, postgresql_url: str) -> None:
    with filled(postgresql_url) as registry:
        enter(registry, Status("1"))
    engine = create_engine(postgresql_url.replace("postgresql:", "postgresql+psycopg:"))
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert audited(postgresql_url) == []


def test_postgresql_tampering_and_missing_triggers_are_told(postgresql_url: str) -> None:
    with filled(postgresql_url) as registry:
        for value in "123":
            enter(registry, Status(value))
    engine = create_engine(postgresql_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE progress_entry DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE progress_entry SET who = 'x' WHERE number = 2"))
        connection.execute(text("DELETE FROM progress_entry WHERE number = 3"))
    engine.dispose()
    kinds = [(finding.number, finding.kind) for finding in audited(postgresql_url)]
    assert kinds == [(0, "unprotected"), (0, "unprotected"), (2, "changed"), (3, "truncated")]


def test_an_older_registry_gets_the_tables_and_keeps_its_notices(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    filled(path).close()
    connection = sqlite3.connect(path)
    for table in ("progress_entry", "progress_seal", "progress_current"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.commit()
    connection.close()
    with open_registry(path) as registry:
        assert len(registry.notices()) == 1
        enter(registry, Status("1"))
    assert audited(path) == []


def test_an_older_chain_is_marked_for_what_counts_today(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with filled(path) as registry:
        enter(registry, Status("1"))
        enter(registry, Status("2"))
        undo(registry, 2, who="李四", made_on="2021-07-02")
    connection = sqlite3.connect(path)
    connection.executescript("DROP TABLE progress_current; DROP INDEX ix_progress_entry_made_on;")
    connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.commit()
    connection.close()
    open_registry(path).close()
    assert audited(path) == []


def test_the_migration_has_the_triggers_of_the_schema() -> None:
    source = (opening.MIGRATIONS / "versions" / "v0003_progress.py").read_text(encoding="utf-8")
    made: dict[str, Any] = {}
    exec(compile(source, "v0003", "exec"), made)
    assert made["PROTECTION"] == PROTECTION


def test_all_drafts_or_none(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        drafts = [Draft(Identity(1, task), Status("1"), "张三", "2021-06-30") for task in "12"]
        assert len(append(registry, drafts)) == 2
        bad = Draft(Identity(1, "1"), Review(99, accepted=True), "张三", "2021-06-30")
        with pytest.raises(ProgressError, match="第 99 条"):
            append(registry, [*drafts, bad])
        no_notice = Draft(Identity(7, "1"), Status("1"), "张三", "2021-06-30")
        with pytest.raises(RegistryError):
            append(registry, [*drafts, no_notice])
    assert len(stored(tmp_path / "r.db")) == 2
    assert audited(tmp_path / "r.db") == []


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, Status("1"))
        enter(registry, Status("2"), task="2")
        enter(registry, Verification("3"))
        for record in (Review(2, accepted=True), Review(3, accepted=True), Undo(2)):
            with pytest.raises(ProgressError):
                enter(registry, record)
        taken_back = undo(registry, 1, who="张三", made_on="2021-07-01")
        for number in (1, taken_back.number, 99, 0):
            with pytest.raises(ProgressError):
                undo(registry, number, who="张三", made_on="2021-07-01")
        with pytest.raises(ProgressError, match="第 1 条"):
            enter(registry, Review(1, accepted=True))
    assert len(stored(tmp_path / "r.db")) == 4


def test_nothing_is_put_behind_a_broken_chain(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with filled(path) as registry:
        for value in "12":
            enter(registry, Status(value))
        tamper(path, "DELETE FROM progress_entry WHERE number = 2")
        with pytest.raises(ProgressError, match="不完整"):
            enter(registry, Status("3"))


def _entering(target: str, who: str) -> None:
    with open_registry(target, create=False) as registry:
        for value in range(15):
            append(registry, [Draft(Identity(1, "1"), Status(str(value)), who, "2021-06-30")])


def test_writers_side_by_side_make_one_chain(registry_target: str) -> None:
    filled(registry_target).close()
    spawn = get_context("spawn")
    writers = [spawn.Process(target=_entering, args=(registry_target, who)) for who in ("张三", "李四")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    found = stored(registry_target)
    for who in ("张三", "李四"):
        values = [entry.to_dict()["after"]["value"] for entry in found if entry.who == who]
        assert values == [str(value) for value in range(15)]
    assert all(later.before == earlier.after for earlier, later in pairwise(found))
    assert audited(registry_target) == []


@pytest.mark.parametrize("make", [
    lambda: Status(" "), lambda: Status("1\0"), lambda: Status("\ud800"), lambda: Proof("其他"),
    lambda: Proof("传闻", number="1"), lambda: Review(1, accepted=False), lambda: Inspection("路过", "x"),
    lambda: ClockStop("2021-03-01", "2021-02-01", "x"), lambda: ClockStop("3月", None, "x"),
    lambda: TargetChange("x", "2021-2-30", "y"), lambda: TargetChange("x", "2021-02-03", ""),
    lambda: Draft(Identity(1, "1"), Status("1"), "", "2021-06-30"),
    lambda: Draft(Identity(1, "1"), Status("1"), "张三", "20210630"),
])  # fmt: skip
def test_a_record_that_is_none_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ProgressError) as caught:
        make()
    assert type(caught.value) is ProgressError
    assert caught.value.remedy


@pytest.mark.parametrize("make", [
    lambda: Status("见机密件"), lambda: Status("1", "绝 密"),
    lambda: Proof("文件文号", number="秘密〔2021〕1号"),
    lambda: Proof("其他", name="机\u200b密.docx", sha256="0" * 64),
    lambda: Review(1, accepted=False, reason="属秘密"),
    lambda: Draft(Identity(1, "1"), Status("1"), "机密室", "2021-06-30"),
])  # fmt: skip
def test_a_marked_text_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ClassifiedError):
        make()


def test_an_entry_outlives_a_new_version(tmp_path: Path) -> None:
    """The newer file has a task put before it in a new section; its number tells the task still."""
    path = tmp_path / "r.db"
    with filled(path) as registry:
        with reading(path) as reader:
            old = identify(reader, NUMBER, "3")
        newer = build("一、交通\n4.造桥。\n3.修路5公里。(责任:省交通厅)", document_number=NUMBER)
        assert registry.ingest(newer, raw_of(newer)).version == 2
    with reading(path) as reader:
        assert identify(reader, NUMBER, "3") == identify(reader, "1", "一、/3.") == old == Identity(1, "3")


def test_a_number_that_stands_twice_needs_the_path(tmp_path: Path) -> None:
    notice = build(
        "一、甲\n1.修路。\n二、乙\n1.造桥。\n2.植树。\n措施 ①浇水。", document_number="甲政发〔2021〕1号"
    )
    with open_registry(tmp_path / "r.db") as registry:
        registry.ingest(notice, raw_of(notice))
    with reading(tmp_path / "r.db") as reader:
        assert identify(reader, "1", "二、/1.").task == "二、/1."
        assert identify(reader, "1", "2", "measure:1") == Identity(1, "2", "measure:1")
        for task, piece in (("1", ""), ("9", ""), ("2", "measure:2"), ("2", "target:1"), ("2", "x")):
            with pytest.raises(ProgressError):
                identify(reader, "1", task, piece)
        with pytest.raises(ProgressError, match="没有对应的通知"):
            identify(reader, "乙政发", "1")


def test_each_unit_and_milestone_has_a_place_of_its_own(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        first = enter(registry, Status("一", unit="省财政厅", due="2021-06-30"))
        elsewhere = (
            Status("二", unit="省农业厅", due="2021-06-30"),
            Status("三", unit="省财政厅"),
            Status("四"),
        )
        for other in elsewhere:
            assert enter(registry, other).before is None
        again = enter(registry, Status("五", unit="省财政厅", due="2021-06-30"))
        assert again.before == first.after
        taken = undo(registry, again.number, who="李四", made_on="2021-07-02")
    assert json.loads(taken.after)["stands"] == first.number


def test_many_drafts_are_entered_as_one_by_one(tmp_path: Path) -> None:
    """Above and below the number from which whole notices are read at once."""
    with filled(tmp_path / "one.db") as one, filled(tmp_path / "many.db") as many:
        about = [Identity(1, str(number % 3 + 1), f"measure:{number % 11}") for number in range(60)]
        records: list[Record] = [Status(f"第{number}次") for number in range(60)]
        drafts = [Draft(a, r, "张三", "2021-06-30") for a, r in zip(about, records, strict=True)]
        for draft in drafts:
            append(one, [draft])
        append(many, drafts[:7])
        append(many, drafts[7:])
    assert stored(tmp_path / "one.db") == stored(tmp_path / "many.db")
    assert audited(tmp_path / "many.db") == []


def test_nothing_is_entered_once_the_registry_moved_on(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, Status("一"))
        draft = Draft(Identity(1, "1"), Status("二"), "张三", "2021-06-30")
        assert append(registry, [draft], expected=1)[0].number == 2
        with pytest.raises(StaleError, match="又有 1 条"):
            append(registry, [draft], expected=1)
    assert len(stored(tmp_path / "r.db")) == 2


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: Status("一", percent="80%"), "完成比例"),
        (lambda: Status("一", percent="-1"), "完成比例"),
        (lambda: Status("一", due="6月底"), "不是日期"),
        (lambda: Status("一", percent="99", completed_on="2021-06-30"), "办结日"),
        (lambda: Plan(unit="省财政厅"), "什么都没有填写"),
        (lambda: TargetChange("一", "2021-06-30", "批", moved_from="2021-06-30"), "延期"),
    ],
)
def test_a_record_that_says_what_cannot_be_is_refused(made: Callable[[], Record], words: str) -> None:
    with pytest.raises(ProgressError, match=words):
        made()
