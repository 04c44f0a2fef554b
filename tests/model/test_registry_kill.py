"""Kill test: a process that ingests is killed at random moments; the registry holds whole notices only."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from duban.model import Notice
from duban.model.border import notice_to_dict
from duban.model.registry import Query, notices, open_registry, record_of, search
from duban.model.registry import raw_of as stored_raw
from duban.model.units import UnitDirectory
from notice_builder import build, raw_of

KILLS = 200 if os.environ.get("DUBAN_RELEASE") == "1" else 12
TASKS = 60

CHILD = """
import sys
sys.path.insert(0, sys.argv[2])
from notice_builder import raw_of
from test_registry_kill import large
from duban.model.registry import open_registry
notices = [large(number) for number in range(int(sys.argv[3]), int(sys.argv[3]) + 40)]
print("ready", flush=True)
for notice in notices:
    with open_registry(sys.argv[1]) as registry:
        registry.ingest(notice, raw_of(notice))
    print(notice.document_number, flush=True)
"""


def large(number: int) -> Notice:
    """A notice of many rows; every second one is a new version of the one before it."""
    layout = f"1.第{number}件减税。(牵头:省财政厅,配合:省税务局)\n措施 6月底前宣传。(责任:省税务局)\n" * TASKS
    return build(layout, document_number=f"辽政发〔2021〕{number // 2}号")


def check(path: Path, reported: list[str]) -> None:
    """The registry opens, is sound, holds every reported notice, and every notice that it holds is whole."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM task t WHERE t.version_id = v.id),"
        " (SELECT count(*) FROM party p JOIN task t ON t.id = p.task_id WHERE t.version_id = v.id),"
        " (SELECT count(*) FROM deadline d JOIN task t ON t.id = d.task_id WHERE t.version_id = v.id)"
        " FROM notice_version v"
    ).fetchall()
    assert set(counts) <= {(TASKS, 3 * TASKS, TASKS)}
    versions = connection.execute("SELECT count(*) FROM notice_version").fetchone()[0]
    grams = connection.execute(
        """SELECT count(*) FROM task_bigram WHERE task_bigram MATCH '"' || ? || '"'""", (_pair("减税"),)
    ).fetchone()[0]
    connection.close()
    assert grams == versions * TASKS
    rows = notices(path)
    stored = {row.document_number for row in rows}
    assert set(reported) <= stored
    for row in rows[:2]:
        text = stored_raw(path, row.id).decode()
        number = int(text.partition("第")[2].partition("件")[0])
        assert record_of(path, row.id) == notice_to_dict(large(number))
    assert len(search(path, Query(words=("减税",)), UnitDirectory())) == TASKS * len(rows)


def _pair(word: str) -> str:
    from duban.model.registry.bigrams import grams_of

    return grams_of(word)[0]


@pytest.mark.slow
@pytest.mark.release
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX thing")
def test_a_killed_ingest_leaves_whole_notices_only(tmp_path: Path) -> None:
    chance = random.Random(20210427)
    path = tmp_path / "r.db"
    killed = 0
    numbers = iter(range(0, 100_000, 40))
    while killed < KILLS:
        if path.exists() and path.stat().st_size > 4_000_000:
            for part in tmp_path.iterdir():
                part.unlink()
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), str(Path(__file__).parent), str(next(numbers))],
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout
            assert child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.5))
            child.send_signal(signal.SIGKILL)
            reported = child.stdout.read().split()
        assert child.returncode == -signal.SIGKILL, "the child must not have finished before it was killed"
        killed += 1
        if path.exists():
            open_registry(path).close()
            check(path, reported)


def test_the_check_itself_finds_half_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_registry(path) as registry:
        registry.ingest(large(1), raw_of(large(1)))
    check(path, [])
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM party WHERE id = 5")
    connection.commit()
    connection.close()
    with pytest.raises(AssertionError):
        check(path, [])
