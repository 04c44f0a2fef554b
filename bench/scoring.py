"""A province's year scored: 67 units × 180 tasks, 1,484 ballot cells, 10,000 entries, with traces.

    python -m bench scoring

Inputs are made from a fixed seed. The peer is the bare arithmetic: the same methods without any trace.
"""

from __future__ import annotations

import json
import random
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from duban.score.inputs import Inputs, load_inputs
from duban.score.methods.completion import completion
from duban.score.methods.marks import direct_deduction
from duban.score.pack import RulePack
from duban.score.pack_file import load_pack
from duban.score.readings import simulate
from duban.score.results import TaskResult
from duban.score.scoring import Scoring
from duban.score.trace import node_to_dict

from .timing import Row, median_seconds

PACK = Path(__file__).parents[1] / "corpus" / "rules" / "liaoning-2018.toml"
TASKS, ENTRIES = 180, 10_000
TRACKS = {"city": (14, 53, "departments"), "department": (53, 14, "cities")}


def made_inputs(pack: RulePack) -> list[Inputs]:
    """Both tracks: every unit has all tasks, 10,000 deductions spread over them, each peer's ballot."""
    chance = random.Random(2018)
    share = ENTRIES // sum(count for count, _, _ in TRACKS.values())
    found = []
    for track, (count, voters, peers) in TRACKS.items():
        units = [f"{track}{n:02}" for n in range(count)]
        results = [_result(chance, track, task, unit) for task in range(TASKS) for unit in units]
        by_unit = {unit: [row for row in results if row["unit"] == unit] for unit in units}
        for unit in units:
            for entry in range(share + 1):
                row = chance.choice([r for r in by_unit[unit] if r["method"] == "直接扣分法"])
                row["deductions"].append(
                    {"amount": "0.2", "reason": f"第{entry}次迟报", "source": f"进展 {entry}"}
                )
        ballots = []
        for part, number in (("leaders", 1), ("office", 1), (peers, voters)):
            for voter in range(number):
                ranks = list(range(1, count + 1))
                chance.shuffle(ranks)
                told = dict(zip(units, ranks, strict=True))
                ballots.append({"part": part, "voter": f"{part}{voter:02}", "ranks": told})
        rows = {unit: _unit(chance, track) for unit in units}
        text = json.dumps({"track": track, "units": rows, "results": results, "ballots": ballots})
        found += load_inputs(text, "bench.json", pack)
    return found


def _result(chance: random.Random, track: str, task: int, unit: str) -> dict[str, Any]:
    row: dict[str, Any] = {"task": f"任务{task:03}", "unit": unit, "method": "直接扣分法", "deductions": []}
    if track == "city" and task % 3:
        row["method"] = "完成比例法" if task % 3 == 1 else "功效系数法"
        row |= {"actual": str(chance.randint(50, 120)), "target": "100", "source": f"进展 {task}"}
    return row


def _unit(chance: random.Random, track: str) -> dict[str, Any]:
    codes = ("B1a", "B1b", "B2a", "B2c", "B5", "P1b", "P3", "P4")
    row: dict[str, Any] = {
        "events": [{"code": chance.choice(codes), "event": f"文{n % 3}"} for n in range(6)]
    }
    if track == "department":
        row |= {"documents": str(chance.randint(80, 99)), "lead_tasks": chance.randint(0, 48)}
        row |= {"responsible_tasks": chance.randint(0, 40)}
        row["common"] = {
            item: {"half": "80", "annual": str(chance.randint(80, 99))} for item in ("脱贫攻坚", "政务公开")
        }
    return row


def run() -> list[Row]:
    """Scores, checked traces, JSON of traces, all readings; and the peer."""
    pack = load_pack(PACK.read_text(encoding="utf-8"), PACK.name)
    inputs = made_inputs(pack)
    cells = sum(len(b.marks) for i in inputs for b in i.ballots if b.part in ("departments", "cities"))
    entries = sum(len(r.deductions) for i in inputs for r in i.results)
    size = f"67 units × {TASKS} tasks, {cells:,} ballot cells, {entries:,} entries"
    whole = median_seconds(lambda: [Scoring(pack, i).scores() for i in inputs], runs=3)
    bare = median_seconds(lambda: [_bare(r) for i in inputs for r in i.results], runs=3)
    results = [Scoring(pack, i).scores() for i in inputs]
    nodes = sum(1 for result in results for unit in result.units for _ in unit.trace.walk())
    start = time.perf_counter()
    json.dumps([node_to_dict(unit.trace) for result in results for unit in result.units])
    written = time.perf_counter() - start
    start = time.perf_counter()
    found = [simulate(Scoring(pack, i)) for i in inputs]
    readings = time.perf_counter() - start
    return [
        (f"score: {size}, {nodes:,} nodes, all recomputed", whole, "s"),
        ("score: the same tasks, bare arithmetic without a trace", bare, "s"),
        ("score: ratio to bare arithmetic", whole / bare, "×"),
        ("score: the traces as JSON", written, "s"),
        (f"score: all readings, {sum(f.combinations for f in found):,} combinations", readings, "s"),
    ]


def _bare(result: TaskResult) -> Decimal:
    if result.actual is None or result.target is None:
        return direct_deduction(result.full, [d.amount for d in result.deductions])
    return completion(result.actual, result.target, result.full)
