"""Search in a registry of 20,000 synthetic tasks: medians per kind of query, and the time to store them.

    python -m bench registry_search

Tasks are made by putting together sentences of the Liaoning notices; the same number gives the same tasks.
"""

from __future__ import annotations

import hashlib
import random
import re
import statistics
import tempfile
import time
from pathlib import Path

from duban.model import Assignment, Item, Notice, Party, PartyKind, Role, Source, Span, Task
from duban.model.registry import (
    Query,
    duties_by_unit,
    open_registry,
    reading,
    search,
    tasks_of_unit,
    units_in,
)
from duban.model.units import UnitDirectory, load_directory

from .timing import Row

CORPUS = Path(__file__).parents[1] / "corpus"
TASKS = 20_000
TASKS_A_NOTICE = 200
#: Measures a task, as in the 2021 notice.
MEASURES = 6
REPEATS = 20


def sentences() -> list[str]:
    """Sentences of the two notices, clauses and numbers left out."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((CORPUS / "liaoning").glob("*.txt")))
    return sorted({part for part in re.split(r"[。;①-⑳\n|(){}:]", text) if 8 <= len(part) <= 60})


def notice(number: int, parts: list[str], units: list[str], chance: random.Random) -> Notice:
    """A notice of 200 tasks, each with a clause of two units and six measures of one unit."""
    pieces: list[str] = []
    length = 0
    tasks: list[Task] = []

    def add(words: str) -> Span:
        nonlocal length
        pieces.append(words)
        length += len(words)
        return Span(length - len(words), length)

    def clause(count: int) -> tuple[Assignment, tuple[Party, ...]]:
        start = add("(").start
        parties = []
        for name in chance.sample(units, count):
            kind = PartyKind.GROUP if name.startswith("各") else PartyKind.UNIT
            parties.append(Party(name, add(name), Role.RESPONSIBLE, kind))
            add("、")
        span = Span(start, add(")").end)
        return Assignment(span, Span(start, start), tuple(parties)), tuple(parties)

    for ordinal in range(1, TASKS_A_NOTICE + 1):
        start = add(f"{ordinal}.").start
        statement = add("。".join(chance.sample(parts, 2)) + "。")
        assignment, parties = clause(2)
        measures = []
        for _ in range(MEASURES):
            wording = add("。".join(chance.sample(parts, 2)) + "。")
            own, theirs = clause(1)
            measures.append(
                Item("", Span(wording.start, length), wording, assignments=(own,), parties=theirs)
            )
        tasks.append(
            Task(
                ordinal,
                f"{ordinal}.",
                (f"{ordinal}.",),
                Span(start, length),
                statement,
                (assignment,),
                parties,
                measures=tuple(measures),
            )
        )
        add("\n")
    text = "".join(pieces)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Notice(
        Source(f"{number}.txt", "txt", digest, "utf-8", text),
        document_number=f"辽政发〔2021〕{number}号",
        issuer="辽宁省人民政府",
        year=2015 + number % 8,
        tasks=tuple(tasks),
    )


def milliseconds(path: Path, query: Query, directory: UnitDirectory) -> tuple[float, int]:
    """Median time of one search, connection included, and the number of hits."""
    times = []
    hits = 0
    for _ in range(REPEATS):
        start = time.perf_counter()
        hits = len(search(path, query, directory))
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000, hits


QUERIES = {
    "two characters, common": Query(words=("建设",), limit=20),
    "two characters, rare": Query(words=("农垦",), limit=20),
    "four characters": Query(words=("减税降费",), limit=20),
    "eight characters": Query(words=("重点工作任务落实",), limit=20),
    "one character": Query(words=("税",), limit=20),
    "two words": Query(words=("减税", "企业"), limit=20),
    "unit": Query(unit="省财政厅", limit=20),
    "city, with its groups": Query(unit="沈阳市", limit=20),
    "unit and word": Query(unit="省财政厅", words=("建设",), limit=20),
    "nothing found": Query(words=("航天飞机",), limit=20),
}


def run() -> list[Row]:
    """Make the registry, then medians of each query and of each list."""
    chance = random.Random(2021)
    directory = load_directory(CORPUS / "units" / "liaoning.toml")
    units = [unit.name for unit in directory.units.values()] + ["各市人民政府"]
    parts = sentences()
    notices = [notice(n, parts, units, chance) for n in range(1, TASKS // TASKS_A_NOTICE + 1)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.db"
        times = []
        with open_registry(path) as registry:
            for made in notices:
                start = time.perf_counter()
                registry.ingest(made, made.source.text.encode())
                times.append(time.perf_counter() - start)
        rows: list[Row] = [
            (f"registry: store a notice of {TASKS_A_NOTICE} tasks", statistics.median(times) * 1000, "ms"),
            (f"registry: file of {TASKS:,} tasks", path.stat().st_size / 1e6, "MB"),
        ]
        for label, query in QUERIES.items():
            median, hits = milliseconds(path, query, directory)
            rows.append((f"search {TASKS:,} tasks, best {hits} of: {label}", median, "ms"))
        for label, call in {
            "duties of one unit in one notice": lambda r: tasks_of_unit(r, "省财政厅", directory, notice="1"),
            "duties of all units of one notice": lambda r: duties_by_unit(r, directory, notice="1"),
            "duties of one unit": lambda r: tasks_of_unit(r, "省财政厅", directory),
            "units of one notice": lambda r: units_in(r, directory, notice="1"),
        }.items():
            start = time.perf_counter()
            with reading(path) as reader:
                count = len(call(reader))
            rows.append((f"{label}: {count} of them", (time.perf_counter() - start) * 1000, "ms"))
    return rows
