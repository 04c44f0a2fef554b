"""Kill test: a process that imports a ledger is killed at random moments; all of it is entered, or nothing."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from duban.model.progress.audit import verify
from duban.model.registry import open_registry, reading
from ledgers import FIRST, duban, export, keys_of, quickly_filled, stored
from notice_builder import build, raw_of

TASKS = 50

#: Loads everything once; then forks a process for each import, tells its number and how it ended.
NURSERY = """
import os, sys
from contextlib import redirect_stdout
from duban.app.main import main
def take(path):
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        return main(["ledger", "import", sys.argv[1], "--by", "张三", "--on", "2021-07-02", "--registry", path])
take(sys.argv[2])
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if not child:
        os._exit(take(line.strip()))
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX thing")
@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=pytest.mark.release)])
def test_a_killed_import_leaves_all_or_nothing(kills: int, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    with open_registry(fresh) as registry:
        layout = "".join(f"{n}.任务第{n}项。(责任:省财政厅)\n" for n in range(1, TASKS + 1))
        notice = build(layout, document_number="辽政发〔2021〕6号")
        registry.ingest(notice, raw_of(notice))
    file = export(fresh, tmp_path / "a.xlsx")
    rows = len(keys_of(file))
    file = quickly_filled(file, *(("进展", row, f"完成第{row}批") for row in range(FIRST, FIRST + rows)))
    shutil.copy(fresh, tmp_path / "warm.db")
    chance = random.Random(20210702)
    found = {0: 0, rows: 0}
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(file), str(tmp_path / "warm.db")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as nursery:  # fmt: skip
        assert nursery.stdin
        assert nursery.stdout
        assert nursery.stdout.readline() == "ready\n"
        whole = 0.0
        for run in range(kills + 1):
            path = tmp_path / f"{run}.db"
            shutil.copy(fresh, path)
            start = time.monotonic()
            nursery.stdin.write(f"{path}\n")
            nursery.stdin.flush()
            child = int(nursery.stdout.readline())
            if run:  # the first one is left alone: how long does an import take?
                time.sleep(chance.uniform(0.3 * whole, 1.2 * whole))
                with contextlib.suppress(ProcessLookupError):  # it was quicker
                    os.kill(child, signal.SIGKILL)
            ended = int(nursery.stdout.readline())
            whole = whole or time.monotonic() - start
            entries = stored(path)
            assert len(entries) in found
            found[len(entries)] += 1
            assert ended in (0, signal.SIGKILL)
            assert entries or ended, "what was told as done is there"
            with reading(path) as reader:
                assert verify(reader) == []
            if not entries:
                ran = duban(path, "ledger", "import", file, "--by", "李四", "--on", "2021-07-03")
                assert (ran.status, len(stored(path))) == (0, rows), "it can be taken again"
            for left in tmp_path.glob(f"{run}.db*"):
                left.unlink()
        nursery.stdin.close()
    assert all(found.values()), f"kills too early or too late: {found}"
