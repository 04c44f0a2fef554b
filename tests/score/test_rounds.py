"""Rounds: locked once, approved in turn, never changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from duban.model.errors import RoundError
from duban.score import rounds
from duban.score.rounds import appeal, append, decide, differences, lock, read_records, state_of
from packs import liaoning

RESULTS = {"tracks": [{"track": "city", "units": [{"unit": "甲", "score": "90", "rank": 1}]}]}
DAY = "2019-01-20"


def test_a_round_goes_through_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "new" / "rounds.jsonl"
    assert read_records(path) == []
    lock(path, "2018年终", liaoning(), {"results": RESULTS}, by="督查室", on=DAY)
    with pytest.raises(RoundError, match="已经锁定"):
        lock(path, "2018年终", liaoning(), {"results": RESULTS}, by="督查室", on=DAY)
    assert state_of(path, "2018年终").stage == "review"
    with pytest.raises(RoundError, match="现在轮到 review"):
        decide(path, "2018年终", "final", "", by="办公厅", on=DAY, approved=True)
    with pytest.raises(RoundError, match="意见"):
        decide(path, "2018年终", "review", " ", by="办公厅", on=DAY, approved=False)
    decide(path, "2018年终", "review", "纪要1号", by="领导小组", on=DAY, approved=True)
    decide(path, "2018年终", "meeting", "再核", by="常务会", on=DAY, approved=False)
    assert (state_of(path, "2018年终").state, state_of(path, "2018年终").stage) == ("已退回", "review")
    for stage in ("review", "meeting", "final"):
        decide(path, "2018年终", stage, "", by="会", on=DAY, approved=True)
    assert (state_of(path, "2018年终").state, state_of(path, "2018年终").stage) == ("已审定", "")
    again = {"tracks": [{"track": "city", "units": [{"unit": "甲", "score": "91", "rank": 1}]}]}
    appealed = appeal(path, "2018年终", {"results": again}, "计错一项", by="督查室", on=DAY)
    assert appealed.content["changes"][0]["score"] == ["90", "91"]
    assert state_of(path, "2018年终").results == again
    assert differences(RESULTS, again) == [
        {"track": "city", "unit": "甲", "score": ["90", "91"], "rank": [1, 1]}
    ]
    assert len(read_records(path)) == 7


def test_what_was_changed_from_outside_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rounds.jsonl"
    for name in ("一", "二", "三"):
        lock(path, name, liaoning(), {"results": RESULTS}, by="督查室", on=DAY)
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for broken, words in (
        (whole.replace(b'"90"', b'"99"', 1), "被改动过"),
        (lines[0] + lines[2], "被改动过"),
        (whole[:-1], "没有写完"),
        (b"{}\n", "不是轮次记录"),
    ):
        path.write_bytes(broken)
        with pytest.raises(RoundError, match=words):
            read_records(path)
    path.write_bytes(whole)
    assert len(read_records(path)) == 3


def test_who_and_when_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(RoundError, match="经办人"):
        lock(tmp_path / "r", "一", liaoning(), {}, by="", on=DAY)
    assert not (tmp_path / "r").exists()


_WRITER = """
import sys
from pathlib import Path
from duban.score.rounds import append
path, name, count = sys.argv[1:]
for number in range(int(count)):
    append(Path(path), "locked", f"{name}{number}", {"results": {}}, by="督查室", on="2019-01-20")
"""


def test_two_programs_write_one_after_the_other(tmp_path: Path) -> None:
    """Each line holds the hash of the one before: without the lock two writers would break the chain."""
    path, each = tmp_path / "rounds.jsonl", 40
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(path), name, str(each)]) for name in ("甲", "乙")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    names = [record.name for record in read_records(path)]
    assert sorted(names) == sorted(f"{name}{number}" for name in ("甲", "乙") for number in range(each))


def test_a_writer_that_keeps_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rounds.jsonl"
    monkeypatch.setattr(rounds, "TIMEOUT", 0.1)
    with closing(sqlite3.connect(path.with_name("rounds.jsonl.lock"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RoundError, match="另一个程序"):
            append(path, "locked", "一", {}, by="督查室", on=DAY, timeout=0.1)
        with pytest.raises(RoundError, match="另一个程序"):
            lock(path, "一", liaoning(), {"results": RESULTS}, by="督查室", on=DAY)
    append(path, "locked", "一", {}, by="督查室", on=DAY)
    assert len(read_records(path)) == 1


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "rounds.jsonl"
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from duban.score.rounds import _alone\n"
        "with _alone(Path(sys.argv[1]), 1):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == b"held"
        writer.kill()
    append(path, "locked", "一", {}, by="督查室", on=DAY)
    assert len(read_records(path)) == 1


def test_a_round_that_is_none_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RoundError, match="没有轮次"):
        appeal(tmp_path / "r", "一", {"results": RESULTS}, "", by="甲", on=DAY)
    with pytest.raises(RoundError, match="没有轮次"):
        decide(tmp_path / "r", "一", "review", "", by="甲", on=DAY, approved=True)
    assert list(tmp_path.iterdir()) == []
