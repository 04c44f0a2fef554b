"""A province's year scored from a registry: 67 units × 180 tasks, 10,000 entries, 1,484 ballot cells, traces.

    python -m bench scoring_registry

Every task is all units' own: the office has reported on each, 4,820 units for themselves, all accepted. The
peer is the scorer alone, from inputs that are ready. And what reading scoring rules costs of a parse.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from duban.app.corpus import directory
from duban.app.score_inputs import Gathered, gather
from duban.extract import parse, text_source
from duban.extract.page import Page
from duban.extract.parties import forget_readings
from duban.extract.scoring import read_scoring
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append
from duban.model.progress.records import Review, Status
from duban.model.registry import open_registry, reading
from duban.score.inputs import Inputs, load_inputs
from duban.score.pack import RulePack
from duban.score.pack_file import load_pack
from duban.score.scoring import Scoring

from .scoring import PACK, TASKS
from .timing import Row, median_seconds

ENTRIES = 10_000
DAY = "2018-12-30"
NOTICE = PACK.parents[1] / "liaoning" / "liaoning-2018-assessment.txt"
GROUPS = {
    "city": ("各市人民政府", "departments", "cities"),
    "department": ("省政府各部门", "cities", "departments"),
}


def notice_text() -> str:
    """A notice with 180 tasks that every city and department answers for; each third has no figure."""
    tasks = (
        f"{n}.{'重点项目' if n % 3 == 0 else '产值'}{n}{'建成投用' if n % 3 == 0 else '增长6%'}。"
        "(责任单位:省政府各部门、各市人民政府)"
        for n in range(1, TASKS + 1)
    )
    return "关于下达任务的通知\n辽政办发〔2018〕10号\n2018年3月9日\n一、重点任务\n" + "\n".join(tasks) + "\n"


def rules() -> RulePack:
    """The pack of 2018 for units that the directory lists."""
    text = PACK.read_text(encoding="utf-8").replace('members = ["roster"]', 'members = ["省政府各部门"]')
    return load_pack(text, PACK.name)


def names(track: str) -> list[str]:
    """The units of a track by their names in the directory."""
    group = directory().group_of_text(GROUPS[track][0])
    if group is None:
        raise ValueError(f"the directory has no group for {track}")
    return [directory().units[unit].name for unit in group.members]


def fill(path: Path) -> int:
    """A registry with the notice and 10,000 entries; their number."""
    chance = random.Random(2018)
    source = text_source(notice_text(), "bench.txt")
    pairs = [(str(n), "") for n in range(1, TASKS + 1)]
    every = [(str(n), unit) for n in range(1, TASKS + 1) for track in GROUPS for unit in names(track)]
    pairs += chance.sample(every, ENTRIES // 2 - len(pairs))
    with open_registry(path) as registry:
        registry.ingest(parse(source, directory=directory()), source.text.encode())
        about = [Identity(1, task) for task, _ in pairs]
        made = append(registry, [
            Draft(one, _status(chance, task, unit), "张三", "2018-12-20")
            for one, (task, unit) in zip(about, pairs, strict=True)
        ])  # fmt: skip
        reviews = [
            Draft(one, Review(e.number, True), "李四", "2018-12-21")
            for one, e in zip(about, made, strict=True)
        ]
        return len(made) + len(append(registry, reviews))


def _status(chance: random.Random, task: str, unit: str) -> Status:
    if int(task) % 3 == 0:
        return Status("已建成", percent=str(chance.randint(60, 100)), unit=unit)
    return Status(f"{chance.randint(30, 90) / 10}%", unit=unit)


def other_parts(pack: RulePack) -> list[Inputs]:
    """What the registry does not hold: ballots of 1,484 cells, and the parts of departments."""
    chance = random.Random(10)
    found = []
    for track, (_, peers, key) in GROUPS.items():
        units = names(track)
        rows: dict[str, object] = {unit: {} for unit in units}
        if track == "department":
            rows = {unit: {"documents": "90", "common": str(chance.randint(80, 99))} for unit in units}
        ballots = []
        for part, voters in (
            ("leaders", ["领导"]),
            ("office", ["办公室"]),
            (peers, names("city" if key == "departments" else "department")),
        ):
            for voter in voters:
                ranks = list(range(1, len(units) + 1))
                chance.shuffle(ranks)
                told = dict(zip(units, ranks, strict=True))
                ballots.append({"part": part, "voter": voter, "ranks": told})
        text = json.dumps({"track": track, "units": rows, "ballots": ballots})
        found += load_inputs(text, "bench.json", pack)
    return found


def scored(path: Path, pack: RulePack, given: list[Inputs]) -> None:
    """Registry to scores, as the command does it."""
    for one in gathered(path, pack, given):
        Scoring(pack, one.inputs).scores()


def gathered(path: Path, pack: RulePack, given: list[Inputs]) -> list[Gathered]:
    """The inputs of both tracks, nothing missing."""
    with reading(path) as reader:
        found = gather(reader, pack, DAY, directory(), pack.chosen(), given=given)
    lacking = sum(len(one.missing) for one in found)
    if lacking:
        raise ValueError(f"{lacking} results are missing")
    return found


def run() -> list[Row]:
    """Registry to checked traces; inputs alone; the scorer alone; the cost of scoring rules in a parse."""
    pack = rules()
    given = other_parts(pack)
    cells = sum(len(b.marks) for i in given for b in i.ballots if b.part in ("departments", "cities"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.sqlite"
        entries = fill(path)
        inputs = [one.inputs for one in gathered(path, pack, given)]
        results = sum(len(one.results) for one in inputs)
        start = process_time()
        scored(path, pack, given)
        processor = process_time() - start
        whole = median_seconds(lambda: scored(path, pack, given), runs=3)
        read = median_seconds(lambda: gathered(path, pack, given), runs=3)
        alone = median_seconds(lambda: [Scoring(pack, one).scores() for one in inputs], runs=3)
    size = f"67 units × {TASKS} tasks, {results:,} results, {cells:,} ballot cells, {entries:,} entries"
    text = NOTICE.read_text(encoding="utf-8")
    page = Page.of(text)
    rule_reading = median_seconds(lambda: read_scoring(page), runs=9)
    parsing = median_seconds(lambda: _parse(text), runs=9)
    return [
        (f"score from a registry: {size}, traces recomputed", whole, "s"),
        ("score from a registry: the same in processor time", processor, "s"),
        ("score from a registry: reading and building the inputs", read, "s"),
        ("score from a registry: the scorer alone, inputs ready", alone, "s"),
        ("score from a registry: ratio to the scorer alone", whole / alone, "×"),
        (
            "scoring rules of the 2018 notice: share of its parse without quantities",
            rule_reading / parsing,
            "×",
        ),
    ]


def _parse(text: str) -> None:
    forget_readings()
    parse(text_source(text), language=False)
