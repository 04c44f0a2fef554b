"""Where 10,000 tasks stand, with 100,000 entries about them.

    python -m bench status

100 notices of 100 tasks, each with a target and a dated measure, are read from text and stored; every task
has ten entries: plans, reports, reviews, evidence. The peer fetches the same entries from SQLite and opens
their JSON, one by one, and does nothing with them. The whole command also starts Python, reads who answers
for what, looks for broken rules of burden and prints its tables.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from duban.extract import parse_bytes
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append
from duban.model.progress.records import Plan, Proof, Record, Review, Status
from duban.model.progress.standings import task_standings
from duban.model.registry import open_registry, reading

from .timing import Row, median_seconds

NOTICES, TASKS, ENTRIES = 100, 100, 10
UNITS = ("省财政厅", "省农业农村厅", "省水利厅", "省教育厅", "省交通运输厅")


def notice_text(place: int) -> str:
    """A notice of 100 tasks in the form of the genre."""
    chance = random.Random(place)
    lines = [
        f"某省人民政府办公厅关于第{place}号重点工作的通知",
        f"某政办发〔2021〕{place}号",
        "",
        "一、重点任务",
        "",
    ]
    for number in range(1, TASKS + 1):
        unit, other = chance.sample(UNITS, 2)
        month, cost = chance.randint(2, 12), chance.randint(1, 90)
        lines += [
            f"{number}.推进第{place}批第{number}个示范项目，完成投资{cost}亿元。（责任单位：{unit}）",
            f"年度目标：建成{chance.randint(2, 40)}个示范点。",
            f"落实措施：①{month}月底前完成主体工程。（{other}）",
        ]
    return "\n".join(lines)


def filled(path: Path, notices: int = NOTICES) -> int:
    """A registry with the notices and their entries; how many entries there are."""
    chance = random.Random(1)
    count = 0
    with open_registry(path) as registry:
        for place in range(1, notices + 1):
            raw = notice_text(place).encode()
            stored = registry.ingest(parse_bytes(raw, f"{place}.txt"), raw).notice
            drafts = [draft for number in range(1, TASKS + 1) for draft in _plans(stored, number, chance)]
            entered = append(registry, drafts)
            reported = [entry for entry in entered if entry.kind == "status"]
            reviews = [
                Draft(
                    Identity(entry.notice_id, entry.task, entry.piece),
                    Review(entry.number, accepted=True),
                    "督查室",
                    entry.made_on,
                )
                for entry in reported
            ]
            count += len(entered) + len(append(registry, reviews))
    return count


def _plans(notice: int, number: int, chance: random.Random) -> list[Draft]:
    """A plan, a document and four reports, each of which is reviewed later."""
    about = Identity(notice, str(number))
    records: list[tuple[Record, str]] = [(Plan(unit="", person="王五", standard="通过验收"), "2021-01-10")]
    records.append((Proof("文件文号", number=f"某发〔2021〕{number}号"), "2021-03-01"))
    done = 0
    for month in (3, 5, 7, 9):
        done = min(100, done + chance.randint(10, 40))
        records.append((Status(f"完成{done}%", percent=str(done)), f"2021-{month:02}-20"))
    return [Draft(about, record, "张三", day) for record, day in records]


def _bare(path: Path) -> int:
    """The peer: fetch and open every entry."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT * FROM progress_entry WHERE made_on <= '2021-10-01' ORDER BY number"
        )
        return sum(len(json.loads(row[8])) for row in rows.fetchall())


def run() -> list[Row]:
    """The rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.db"
        count = filled(path)

        def status() -> Counter[str]:
            with reading(path) as reader:
                return Counter(one.verified.value for one in task_standings(reader, "2021-10-01"))

        found = status()
        ours = median_seconds(status)
        peer = median_seconds(lambda: _bare(path))
        command = [
            Path(sys.executable).with_name("duban"),
            "status",
            "--registry",
            str(path),
            "--as-of",
            "2021-10-01",
        ]
        whole = median_seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    what = f"status of {sum(found.values()):,} tasks with {count:,} entries"
    return [
        (what, ours, "s"),
        ("fetching and opening the entries, nothing else", peer, "s"),
        (f"{what}: times the bare fetch", ours / peer, "×"),
        ("`duban status` on them, the whole command", whole, "s"),
    ]
