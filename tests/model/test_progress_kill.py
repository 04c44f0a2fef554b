"""Kill test: a process that enters evidence is killed at random moments; nothing is half, nothing lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from duban.model.progress.audit import verify
from duban.model.progress.evidence import place_of
from duban.model.progress.records import Status
from duban.model.registry import reading
from progress_state import enter, filled, stored

KILLS = 200 if os.environ.get("DUBAN_RELEASE") == "1" else 8
TOGETHER = 3

CHILD = """
import sys
from pathlib import Path
from duban.model.progress.evidence import keep
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append
from duban.model.progress.records import Proof
from duban.model.registry import open_registry
path, at = Path(sys.argv[1]), int(sys.argv[2])
with open_registry(path, create=False) as registry:
    print("ready", flush=True)
    while True:
        digest = keep(path.with_name("evidence"), b"%d " % at * 20_000, f"{at}.txt", None)
        proof = Proof("其他", sha256=digest, name=f"{at}.txt")
        append(registry, [Draft(Identity(1, task), proof, "张三", "2021-06-30") for task in "123"])
        print(digest, flush=True)
        at += 1
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX thing")
def test_a_killed_entry_leaves_a_whole_chain(tmp_path: Path) -> None:
    chance = random.Random(20210630)
    path = tmp_path / "r.db"
    filled(path).close()
    folder = tmp_path / "evidence"
    told: list[str] = []
    for run in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), str(run * 1_000_000)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout
            assert child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.15))
            child.send_signal(signal.SIGKILL)
            told += child.stdout.read().split()
        assert child.returncode == -signal.SIGKILL
        with reading(path) as reader:
            assert verify(reader, evidence=folder) == []
    found = stored(path)
    assert len(found) % TOGETHER == 0
    assert [entry.task for entry in found] == ["1", "2", "3"] * (len(found) // TOGETHER)
    kept = {entry.to_dict()["after"]["sha256"] for entry in found}
    assert told
    assert set(told) <= kept
    for digest in kept:
        assert sha256(place_of(folder, digest).read_bytes()).hexdigest() == digest
    with filled(path) as registry:
        assert enter(registry, Status("1")).number == len(found) + 1
