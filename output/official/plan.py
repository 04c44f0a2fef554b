"""时间表 and 路线图: milestones of tasks by month and as chains of nodes, each with a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ..charts import HeatRow, Node, TimedRow, heat_map, timetable
from ..checklist import bracketed
from ..layout import A4
from ..sources import own, shipped
from ..wording import Wording
from .document import Attachment, Block, OfficialDocument, Picture, Table
from .tasks import Frame

TIMETABLE_FILE, ROADMAP_FILE = "official/timetable.j2", "official/roadmap.j2"
_ABOUT = frozenset(("unit", "section", "year", "total", "nodes", "supplied", "source", "number"))
_COLUMNS = ("number", "task", "units")
TIMETABLE_BLOCKS = MappingProxyType(
    dict.fromkeys(("title", "opening", "attachment", "picture", "note", "none"), _ABOUT)
    | {f"head_{name}": frozenset[str]() for name in (*_COLUMNS, "basis", "beyond")}
)
ROADMAP_BLOCKS = MappingProxyType(
    dict.fromkeys(("title", "opening", "attachment", "parts", "picture", "none"), _ABOUT)
    | {f"head_{name}": frozenset[str]() for name in (*_COLUMNS, "nodes", "part", "count", "chain")}
)
#: More tasks than this make no picture of their own: their parts do, by the number of nodes a month.
_MOST_ROWS = 44
#: Column widths in millimetres of the lying type area's 225.
_NUMBER, _UNITS, _MONTH, _BASIS, _BEYOND = 9.8, 19.4, 11.6, 18.6, 17.0
#: Width of a lying page's type area.
_ACROSS_MM = A4[1] - 37.0 - 35.0


@dataclass(frozen=True, slots=True)
class PlanNode:
    """A node: ISO day, what is due (目标①, 措施②; empty for the whole task), the notice's words for it."""

    due: str
    what: str = ""
    basis: str = ""
    #: ``week``, ``month`` …, as of a milestone.
    period: str = "day"
    #: The notice dates nothing: the office's default stands in (系统补设).
    supplied: bool = False


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A task, its nodes in order of time; ``part`` is its part of the notice with the marker, or empty."""

    number: str
    part: str
    task: str
    units: tuple[str, ...]
    nodes: tuple[PlanNode, ...]


@dataclass(frozen=True, slots=True)
class PlanOf:
    """What the tasks are of: the notice's title, 文号 and year, and the unit or part where not the whole."""

    source: str
    year: int
    number: str = ""
    unit: str = ""
    section: str = ""


def timetable_document(
    tasks: Sequence[PlanTask],
    of: PlanOf,
    *,
    frame: Frame | None = None,
    templates: Path | None = None,
    pictures: bool = True,
) -> OfficialDocument:
    """时间表: a lying table of months × tasks, and an upright picture of it.

    Raises :class:`~duban.model.errors.TemplateError`, and with ``pictures``
    :class:`~duban.model.errors.ChartFontError`.
    """
    words = Wording(shipped(TIMETABLE_FILE), own(templates, TIMETABLE_FILE), TIMETABLE_BLOCKS)
    about = _about(tasks, of)
    beyond = any(node.due[:4] != str(of.year) for task in tasks for node in task.nodes)
    none = words.say("none", **about)
    blocks: list[Block] = []
    for part, some in _parts(tasks).items():
        blocks += [part] if part else []
        blocks.append(_months_table(some, of.year, words, none=none, beyond=beyond))
    if note := words.say("note", **about):
        blocks.append(note)
    attachments = [Attachment(words.say("attachment", **about), tuple(blocks), landscape=True)]
    if pictures:
        title = words.say("picture", **about)
        attachments.append(Attachment(title, _timetable_pictures(tasks, of.year, title)))
    return _document(words, about, frame, attachments)


def roadmap_document(
    tasks: Sequence[PlanTask],
    of: PlanOf,
    *,
    frame: Frame | None = None,
    templates: Path | None = None,
    pictures: bool = True,
) -> OfficialDocument:
    """路线图: the chain of nodes of each part, with a picture, and of each task, in order of time.

    Raises as :func:`timetable_document`.
    """
    words = Wording(shipped(ROADMAP_FILE), own(templates, ROADMAP_FILE), ROADMAP_BLOCKS)
    about = _about(tasks, of)
    attachments = []
    parts = _parts(tasks)
    if len(parts) > 1 or pictures:
        blocks: list[Block] = []
        if pictures:
            blocks += _road_pictures(parts, of.year, words.say("picture", **about))
        if len(parts) > 1:
            head = tuple(words.say(f"head_{name}") for name in ("part", "count", "chain"))
            rows = tuple((part, str(len(some)), _part_chain(some, of.year)) for part, some in parts.items())
            blocks.append(Table(head, rows, (40, 14, 102), centred=(1,)))
        attachments.append(Attachment(words.say("parts", **about), tuple(blocks)))
    blocks, none = [], words.say("none", **about)
    head = tuple(words.say(f"head_{name}") for name in (*_COLUMNS, "nodes"))
    for part, some in parts.items():
        blocks += [part] if part else []
        chains = [(t.number, t.task, "、".join(t.units), _chain(t.nodes, of.year) or none) for t in some]
        blocks.append(Table(head, tuple(chains), (12, 56, 30, 58)))
    attachments.append(Attachment(words.say("attachment", **about), tuple(blocks)))
    return _document(words, about, frame, attachments)


def _document(
    words: Wording,
    about: Mapping[str, str | int],
    frame: Frame | None,
    attachments: Iterable[Attachment],
) -> OfficialDocument:
    frame = frame or Frame()
    return OfficialDocument(
        title=words.say("title", **about),
        text=tuple(words.say("opening", **about).splitlines()),
        addressees=frame.addressees,
        head=frame.head,
        signature=frame.signature,
        note=frame.note,
        attachments=tuple(attachments),
        imprint=frame.imprint,
    )


def _about(tasks: Sequence[PlanTask], of: PlanOf) -> dict[str, str | int]:
    return {
        "unit": of.unit,
        "section": of.section,
        "year": of.year,
        "total": len(tasks),
        "nodes": sum(len(task.nodes) for task in tasks),
        "supplied": sum(any(node.supplied for node in task.nodes) for task in tasks),
        "source": bracketed(of.source),
        "number": of.number,
    }


def _parts(tasks: Sequence[PlanTask]) -> dict[str, list[PlanTask]]:
    parts: dict[str, list[PlanTask]] = {}
    for task in tasks:
        parts.setdefault(task.part, []).append(task)
    return parts


def _months_table(tasks: Sequence[PlanTask], year: int, words: Wording, *, none: str, beyond: bool) -> Table:
    head = [words.say(f"head_{name}") for name in _COLUMNS]
    head += [f"{month}月" for month in range(1, 13)]
    later = _BEYOND if beyond else 0.0
    shares = [_NUMBER, _ACROSS_MM - _NUMBER - _UNITS - 12 * _MONTH - _BASIS - later, _UNITS]
    shares += [_MONTH] * 12
    if beyond:
        head.append(words.say("head_beyond"))
        shares.append(later)
    head.append(words.say("head_basis"))
    shares.append(_BASIS)
    rows = []
    for task in tasks:
        row = [task.number, task.task, "、".join(task.units)]
        for month in range(1, 13):
            row.append(_cell([n for n in task.nodes if n.due[:7] == f"{year}-{month:02d}"]))
        if beyond:
            others = (n for n in task.nodes if n.due[:4] != str(year))
            row.append(
                "\n".join(dict.fromkeys(f"{n.due[:4]}年{_day(n.due, int(n.due[:4]))}" for n in others))
            )
        row.append("、".join(dict.fromkeys(node.basis for node in task.nodes)) or none)
        rows.append(tuple(row))
    return Table(tuple(head), tuple(rows), tuple(shares), centred=(0, *range(3, 15)))


def _cell(nodes: Sequence[PlanNode]) -> str:
    """The days of a month on which something is due, 每周 in place of its weeks."""
    words = ["每周"] if any(node.period == "week" for node in nodes) else []
    words += [f"{int(node.due[8:])}日" for node in nodes if node.period != "week"]
    return "\n".join(dict.fromkeys(words))


def _day(due: str, year: int) -> str:
    """6月30日; with the year where it is another one."""
    day = f"{int(due[5:7])}月{int(due[8:])}日"
    return day if due[:4] == str(year) else f"{due[:4]}年{day}"


def _chain(nodes: Sequence[PlanNode], year: int) -> str:
    """A task's nodes in order of time, what is due on each and by which words of the notice."""
    days: dict[str, list[PlanNode]] = {}
    weeks = [node for node in nodes if node.period == "week"]
    for node in sorted((n for n in nodes if n.period != "week"), key=lambda one: one.due):
        days.setdefault(node.due, []).append(node)
    steps = []
    if weeks:
        what = "、".join(dict.fromkeys(node.what for node in weeks if node.what))
        steps.append(
            f"{_day(weeks[0].due, year)}起至{_day(weeks[-1].due, year)}每周{what}（{weeks[0].basis}）"
        )
    for due, some in days.items():
        what = "、".join(dict.fromkeys(node.what for node in some if node.what))
        basis = "、".join(dict.fromkeys(node.basis for node in some))
        steps.append(f"{_day(due, year)}{what}（{basis}）")
    return "\n→".join(steps)


def _part_chain(tasks: Sequence[PlanTask], year: int) -> str:
    """A part's days in order of time with the number of tasks that have a node there; weeks are left out."""
    counts: Counter[str] = Counter()
    for task in tasks:
        counts.update({node.due for node in task.nodes if node.period != "week"})
    weekly = sum(any(node.period == "week" for node in task.nodes) for task in tasks)
    steps = [f"{_day(due, year)}（{counts[due]}项）" for due in sorted(counts)]
    if weekly:
        steps.append(f"另有{weekly}项每周推进")
    return "→".join(steps)


def _timetable_pictures(tasks: Sequence[PlanTask], year: int, title: str) -> tuple[Picture, ...]:
    """The tasks with their nodes; of very many tasks the parts with the number of nodes a month."""
    if len(tasks) <= _MOST_ROWS:
        rows = [TimedRow(f"{task.number} {task.task}", _days_of(task.nodes)) for task in tasks]
        return timetable(rows, _months(year), title=title)
    heat = []
    for part, some in _parts(tasks).items():
        counts = Counter(node.due[:7] for task in some for node in task.nodes)
        heat.append(HeatRow(part or title, tuple(counts[f"{year}-{month:02d}"] for month in range(1, 13))))
    names = [f"{month}月" for month in range(1, 13)]
    return heat_map(heat, names, title=title, unit="个")


def _road_pictures(parts: Mapping[str, Sequence[PlanTask]], year: int, title: str) -> tuple[Picture, ...]:
    """The parts with the days of their nodes; of one part its tasks."""
    if len(parts) > 1:
        named = [
            (part or title, [node for task in some for node in task.nodes]) for part, some in parts.items()
        ]
    else:
        named = [(f"{t.number} {t.task}", list(t.nodes)) for some in parts.values() for t in some]
    rows = [TimedRow(name, _days_of(nodes)) for name, nodes in named]
    return timetable(rows, _months(year), title=title)


def _days_of(nodes: Iterable[PlanNode]) -> tuple[Node, ...]:
    """Each day once: one that the notice names anywhere is no supplied one; of weeks each month's last."""
    named: dict[str, bool] = {}
    weeks: dict[str, str] = {}
    for node in nodes:
        if node.period == "week":
            weeks[node.due[:7]] = max(node.due, weeks.get(node.due[:7], ""))
        else:
            named[node.due] = named.get(node.due, True) and node.supplied
    named |= dict.fromkeys(weeks.values(), False)
    return tuple(Node(due, supplied) for due, supplied in sorted(named.items()))


def _months(year: int) -> list[tuple[int, int]]:
    return [(year, month) for month in range(1, 13)]
