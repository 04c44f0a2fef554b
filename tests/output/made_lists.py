"""Lists made for the tests, and ways to read a written document back."""

from __future__ import annotations

import io
import random
import zipfile

from duban.model import Role
from duban.output import Checklist, ChecklistRow, Partner
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
PHRASES = (
    "加强与国家有关部委沟通",
    "每季度对各地区工作情况进行调度",
    "6月底前印发实施方案",
    "组织开展专项检查",
    "压缩办理时限20%以上",
    "建立健全工作台账",
    "推动政策落实落地见效",
    "将“双随机、一公开”结果向社会公示",
)


def row(
    seq: int, task: str = "完成一项工作。", role: Role = Role.RESPONSIBLE, **fields: object
) -> ChecklistRow:
    """A row with the usual things filled in; the task's number is its place on the list unless given."""
    values: dict[str, object] = {
        "notice": "年度重点工作任务",
        "number": seq,
        "section": "一、稳增长",
    } | fields
    return ChecklistRow(seq=seq, task=task, role=role, **values)  # type: ignore[arg-type]


def sentence(dice: random.Random, phrases: int) -> str:
    return ",".join(dice.choice(PHRASES) for _ in range(phrases)) + "。"


def year_of_lists(
    *, units: int = 60, tasks: int = 83, measures: int = 500, seed: int = 2021
) -> list[Checklist]:
    """Lists of a year's notice: each task has a lead and some others and stands on the lists of all."""
    dice = random.Random(seed)
    names = [f"省第{number}厅" for number in range(1, units + 1)]
    counts = [measures // tasks + (1 if number < measures % tasks else 0) for number in range(tasks)]
    by_unit: dict[str, list[ChecklistRow]] = {name: [] for name in names}
    for number, count in enumerate(counts, 1):
        part = (number - 1) * 8 // tasks
        parties = dice.sample(names, min(units, dice.choice((1, 1, 2, 3, 5))))
        roles = [Partner(Role.COOPERATING if at else Role.LEAD, name) for at, name in enumerate(parties)]
        told = {
            "number": number,
            "section": f"{'一二三四五六七八'[part]}、第{part + 1}部分",
            "targets": tuple(f"{CIRCLED[at]}{sentence(dice, 4)}" for at in range(dice.choice((1, 2, 3)))),
            "measures": tuple(
                f"{CIRCLED[at]}{sentence(dice, dice.choice((3, 5, 7)))}" for at in range(count)
            ),
            "deadlines": ("6月底前", "12月底前")[: dice.choice((0, 1, 2))],
        }
        task = sentence(dice, 6)
        for role, name in roles:
            rows = by_unit[name]
            others = tuple(partner for partner in roles if partner.name != name)
            rows.append(row(len(rows) + 1, task, role, partners=others, **told))
    return [Checklist(name, tuple(rows), year=2021) for name, rows in by_unit.items()]


def long_list(rows: int = 5000, seed: int = 7) -> Checklist:
    """One list of many short rows."""
    dice = random.Random(seed)
    return Checklist(
        "省办公厅",
        tuple(
            row(
                number,
                sentence(dice, 2),
                dice.choice(list(Role)),
                targets=(sentence(dice, 2),),
                measures=(f"①{sentence(dice, 2)}", f"②{sentence(dice, 2)}"),
                deadlines=("6月底前",),
                partners=(Partner(Role.LEAD, "省财政厅"), Partner(Role.COOPERATING, "省税务局")),
            )
            for number in range(1, rows + 1)
        ),
    )


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(data: bytes) -> etree._Element:
    root = etree.fromstring(parts(data)["word/document.xml"], etree.XMLParser(huge_tree=True))
    return root[0]


def words(element: etree._Element) -> str:
    """Text of an element as a reader sees it: breaks and ends of paragraphs are line breaks."""
    out = []
    for node in element.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}p"):
        if node.tag == f"{W}p":
            out.append("\n")
        else:
            out.append({f"{W}br": "\n", f"{W}tab": "\t"}.get(node.tag, node.text or ""))
    return "".join(out).lstrip("\n")


def table_rows(table: etree._Element) -> list[list[str]]:
    return [[words(cell) for cell in line.iter(f"{W}tc")] for line in table.iter(f"{W}tr")]
