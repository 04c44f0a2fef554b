"""Responsibility lists: all units of a notice, 1,000 and 5,000 rows, and those by docxtpl and python-docx.

Ours are official documents in the layout of GB/T 9704, each read again and compared with its records before
it is written. docxtpl and python-docx write one line per cell, no page logic, no proof: the ratios lean their
way.
"""

from __future__ import annotations

import io
import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from statistics import median
from time import perf_counter

import docx
from docxtpl import DocxTemplate
from duban.app.corpus import corpus_folder
from duban.app.main import main
from duban.app.unit_lists import lists_of_all
from duban.model import Role
from duban.output import Checklist, ChecklistRow, Partner, write_checklist, write_checklists
from duban.output.official.compose import compose
from duban.output.official.duties import bare_lists
from duban.output.write import Press

from .timing import Row, median_seconds

PHRASES = (
    "加强与国家有关部委沟通",
    "每季度对各地区工作情况进行调度",
    "印发实施方案",
    "组织开展专项检查",
    "压缩办理时限20%以上",
    "建立健全工作台账",
    "推动政策落实落地见效",
)
MARKERS = "①②③④⑤⑥⑦⑧⑨⑩"
HEADS = ("序号", "任务内容", "职责", "年度目标", "落实措施", "完成时限", "共同承担单位", "编号")
ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}

UNITS, TASKS, MEASURES = 60, 83, 500
LONG, MIDDLE, SHORT = 5000, 1000, 100
NOTICE = "liaoning-2018-assessment.txt"


def sentence(dice: random.Random, phrases: int) -> str:
    """Words of about ten characters a phrase."""
    return ",".join(dice.choice(PHRASES) for _ in range(phrases)) + "。"


def year_of_lists() -> list[Checklist]:
    """Lists of 60 units over 83 tasks with 500 measures in all, each task on the lists of all its units."""
    dice = random.Random(2021)
    names = [f"省第{number}厅" for number in range(1, UNITS + 1)]
    by_unit: dict[str, list[ChecklistRow]] = {name: [] for name in names}
    for number in range(1, TASKS + 1):
        measures = MEASURES // TASKS + (number <= MEASURES % TASKS)
        parties = dice.sample(names, dice.choice((1, 2, 3, 5)))
        partners = [Partner(Role.COOPERATING if at else Role.LEAD, name) for at, name in enumerate(parties)]
        task = sentence(dice, 8)
        targets = tuple(MARKERS[at] + sentence(dice, 5) for at in range(2))
        steps = tuple(MARKERS[at] + sentence(dice, 6) for at in range(measures))
        for role, name in partners:
            by_unit[name].append(
                ChecklistRow(
                    seq=len(by_unit[name]) + 1,
                    notice="年度重点工作任务落实措施",
                    task=task,
                    role=role,
                    number=number,
                    section=f"{'一二三四五六七八'[(number - 1) * 8 // TASKS]}、工作部分",
                    targets=targets,
                    measures=steps,
                    deadlines=("6月底前", "12月底前"),
                    partners=tuple(partner for partner in partners if partner.name != name),
                )
            )
    return [Checklist(name, tuple(rows), year=2021) for name, rows in by_unit.items()]


def long_list(rows: int) -> Checklist:
    """One list of ``rows`` short rows, two measures each."""
    dice = random.Random(rows)
    return Checklist(
        "省政府办公厅",
        tuple(
            ChecklistRow(
                seq=number,
                notice="年度重点工作任务落实措施",
                task=sentence(dice, 3),
                role=dice.choice(list(Role)),
                number=number,
                targets=(sentence(dice, 2),),
                measures=("①" + sentence(dice, 2), "②" + sentence(dice, 2)),
                deadlines=("6月底前",),
                partners=(Partner(Role.LEAD, "省财政厅"), Partner(Role.COOPERATING, "省税务局")),
            )
            for number in range(1, rows + 1)
        ),
    )


def flat(rows: Sequence[ChecklistRow]) -> list[list[str]]:
    """The eight cells of each row as one line each."""
    return [
        [
            str(row.seq),
            row.task,
            ROLES[row.role],
            "".join(row.targets),
            "".join(row.measures),
            "、".join(row.deadlines),
            "、".join(partner.name for partner in row.partners),
            f"第{row.number}项",
        ]
        for row in rows
    ]


def docxtpl_template() -> bytes:
    """A document whose table repeats one row of eight cells for each of ``rows``."""
    document = docx.Document()
    table = document.add_table(4, len(HEADS))
    for at, head in enumerate(HEADS):
        table.rows[0].cells[at].text = head
        table.rows[2].cells[at].text = f"{{{{ row[{at}] }}}}"
    table.rows[1].cells[0].text = "{%tr for row in rows %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def by_docxtpl(template: bytes, rows: Sequence[ChecklistRow], path: Path) -> None:
    """The rows with docxtpl, as its manual has it."""
    document = DocxTemplate(io.BytesIO(template))
    document.render({"rows": flat(rows)}, autoescape=True)
    document.save(path)


def by_cells(rows: Sequence[ChecklistRow], path: Path) -> None:
    """The rows with python-docx's ``table.cell(i, j)``."""
    document = docx.Document()
    table = document.add_table(len(rows), len(HEADS))
    for line, cells in enumerate(flat(rows)):
        for at, text in enumerate(cells):
            table.cell(line, at).text = text
    document.save(str(path))


def side_by_side(calls: Sequence[Callable[[], object]], *, rounds: int = 5) -> list[float]:
    """Median wall time of each call, in seconds; the calls take turns, so that all meet the same machine."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, taken in zip(calls, times, strict=True):
            start = perf_counter()
            call()
            taken.append(perf_counter() - start)
    return [median(taken) for taken in times]


def released(folder: Path) -> tuple[float, int, float]:
    """All lists of the 2018 notice, each with the notice that sends it out, by `duban report 责任清单 --all`.

    Seconds with the query, making, proof and writing; how many lists; and seconds without the query of the
    registry that is asked twice.
    """
    registry, target = str(folder / "registry.db"), folder / "released"
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        main(["ingest", "-q", str(corpus_folder() / "liaoning" / NOTICE), "--registry", registry])
        arguments = [
            "report",
            "责任清单",
            "--notice",
            "1",
            "--all",
            "-o",
            str(target),
            "--registry",
            registry,
        ]
        whole = median_seconds(lambda: main(arguments), runs=3)
    asked = median_seconds(lambda: lists_of_all(registry, notice="1"), runs=3)
    return whole, len(list(target.glob("*.docx"))), whole - 2 * asked


def run() -> list[Row]:
    """Medians and ratios of one run."""
    year, long, middle, short = year_of_lists(), long_list(LONG), long_list(MIDDLE), long_list(SHORT)
    template = docxtpl_template()
    listed = sum(len(one.rows) for one in year)
    press = Press()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "a.docx"
        whole, count, making = released(folder)
        apart = median_seconds(lambda: write_checklists(year, folder / "units"))
        together = median_seconds(lambda: write_checklists(year, folder / "all.docx"))
        rows: list[Row] = [
            (
                f"report 责任清单 --all, 2018 notice: {count} lists asked for, made, proven, written",
                whole,
                "s",
            ),
            ("the same without asking the registry (twice, for the proof)", making, "s"),
            (f"checklists: {UNITS} units, {listed} rows, one file each", apart, "s"),
            (f"checklists: {UNITS} units, {listed} rows, one file", together, "s"),
        ]
        for listing in (middle, long):
            document = bare_lists([listing], press.words)
            made, proven, other = side_by_side(
                [
                    lambda document=document: path.write_bytes(compose(document, press.settings)),
                    lambda listing=listing: write_checklist(listing, path),
                    lambda listing=listing: by_docxtpl(template, listing.rows, path),
                ]
            )
            size = f"{len(listing.rows):,} rows × {len(HEADS)} columns"
            rows += [
                (f"official table of {size}, set and written", made, "s"),
                (f"checklist of {size}, with wording and proof", proven, "s"),
                (f"docxtpl, {size}", other, "s"),
                (f"docxtpl / duban, {size}", other / made, "×"),
                (f"docxtpl / duban with wording and proof, {size}", other / proven, "×"),
            ]
        ours_short, cells_short = side_by_side(
            [lambda: write_checklist(short, path), lambda: by_cells(short.rows, path)], rounds=3
        )
    return [
        *rows,
        (f"checklist of {SHORT} rows", ours_short, "s"),
        (f"python-docx table.cell, the same {SHORT} rows", cells_short, "s"),
        (f"python-docx table.cell / duban, {SHORT} rows", cells_short / ours_short, "×"),
    ]
