"""督查通报: the five classes and their shares, what is overdue by unit and number, what was returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ...model.progress.lights import Light, LightRule
from ...model.progress.standings import TaskStanding
from ...model.progress.summary import Class, Reminder, class_of, five_classes, reminders
from ..wording import Wording
from .agreements import Agreement, Parts, Rows, Said, Same
from .document import Attachment, Block, OfficialDocument, Picture, Table
from .kind import items, length, names, sections, sentence, shares_of_100, wording
from .progress import (
    ABOUT,
    Subject,
    answering,
    by_unit,
    label,
    light_words,
    percent,
    place,
    promised,
    rate,
    share,
    task_units,
)
from .tasks import Frame, framed

MOST = 5000
_HEADINGS = ("overall", "overdue", "behind", "unreported", "returned", "next")
TASK_COLUMNS = ("number", "task", "units", "class", "percent", "time", "why")
UNIT_COLUMNS = ("unit", "count", *(one.name.lower() for one in Class), "overdue")
BLOCKS = MappingProxyType(
    {
        "title": ABOUT,
        "opening": ABOUT,
        **{f"heading_{name}": frozenset[str]() for name in _HEADINGS},
        "overall": ABOUT | {"total", "milestones", "classes", "other"},
        "class": frozenset(("name", "count", "share")),
        "overdue": frozenset(("count", "units", "milestones")),
        "overdue_unit": frozenset(("unit", "tasks")),
        "overdue_task": frozenset(("tasks", "count", "days", "supplied")),
        "behind": frozenset(("count",)),
        "behind_task": frozenset(("task", "units", "reason")),
        "unreported": frozenset(("count",)),
        "unreported_unit": frozenset(("unit", "tasks")),
        "returned": frozenset(("count",)),
        "returned_task": frozenset(("task", "units", "reason")),
        "in_annex": frozenset(),
        "next": ABOUT | {"reply_by", "overdue", "returned"},
        "attachment_tasks": ABOUT,
        "attachment_units": ABOUT,
        "chart": ABOUT,
        **{f"head_{name}": frozenset[str]() for name in (*TASK_COLUMNS, *UNIT_COLUMNS)},
    }
)


def progress_notice(
    standings: Sequence[TaskStanding],
    subject: Subject,
    rule: LightRule,
    *,
    reply_by: str = "",
    frame: Frame | None = None,
    templates: Path | None = None,
    pictures: bool = False,
) -> OfficialDocument:
    """The notice, with a picture of the units' tasks by class where ``pictures`` are asked for.

    Raises :class:`~duban.model.errors.TemplateError`, and ChartFontError for a picture without a font.
    """
    words = wording("progress_notice", BLOCKS, templates)
    about = subject.about()
    opening = words.say("opening", **about).splitlines()
    text = [*opening, *_text(standings, subject, rule, words, reply_by, listed=True)]
    if length(text) > MOST:
        text = [*opening, *_text(standings, subject, rule, words, reply_by, listed=False)]
    annexes: dict[str, tuple[Block, ...]] = {
        "tasks": (_tasks(standings, rule, words),),
        "units": (_units(standings, rule, words),),
    }
    if pictures:
        annexes["units"] += _chart(standings, rule, words.say("chart", **about))
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text="\n".join(text),
        attachments=tuple(
            Attachment(words.say(f"attachment_{name}", **about), blocks, landscape=name == "tasks")
            for name, blocks in annexes.items()
        ),
        agreements=_agreements(str(about["source"])),
    )


def _agreements(source: str) -> tuple[Agreement, ...]:
    """Classes sum to the tasks and are those of the table; shares sum to 100."""
    total, quoted = r"共(\d+)项任务，细化", (source,)
    return (
        Parts("任务类别", total, r"(\d+)项（占", quoted),
        shares_of_100(source),
        Same("任务数", (Said(total, quoted=quoted), Rows(0))),
        *(
            Same(one.value, (Said(rf"{one.value}(\d+)项（占", quoted=quoted), Rows(0, 3, one.value)))
            for one in Class
        ),
    )


def _text(
    standings: Sequence[TaskStanding],
    subject: Subject,
    rule: LightRule,
    words: Wording,
    reply_by: str,
    *,
    listed: bool,
) -> list[str]:
    overdue = _overdue(standings, words)
    behind = _behind(standings, words)
    unreported = _unreported(standings, words)
    returned = _returned(standings, words)
    annexed = [] if listed else [words.say("in_annex")]
    bodies = {
        "overall": [_overall(standings, subject, rule, words)],
        "overdue": _listed(overdue, listed, annexed),
        "behind": _listed(behind, listed, annexed),
        "unreported": _listed(unreported, listed, annexed),
        "returned": _listed(returned, listed, annexed),
        "next": words.say(
            "next", **subject.about(), reply_by=reply_by, overdue=len(overdue), returned=len(returned)
        ).splitlines(),
    }
    return sections((words.say(f"heading_{name}"), body) for name, body in bodies.items())


def _listed(lines: list[str], listed: bool, annexed: list[str]) -> list[str]:
    """A section's count, and its lines or a word that they stand in the annex."""
    if not lines:
        return []
    return [lines[0], *(items(lines[1:]) if listed else annexed)]


def _overall(standings: Sequence[TaskStanding], subject: Subject, rule: LightRule, words: Wording) -> str:
    classes = five_classes(standings, rule)
    return words.say(
        "overall",
        **subject.about(),
        total=len(standings),
        milestones=sum(len(one.milestones) for one in standings),
        classes="、".join(
            words.say("class", name=one.name, count=one.count, share=share(one.share)) for one in classes
        ),
        other=next(one.count for one in classes if one.name == Class.OTHER),
    )


def _overdue(standings: Sequence[TaskStanding], words: Wording) -> list[str]:
    """How many are overdue, then each unit with its tasks, those of the longest delay first."""
    late = [one for one in reminders(standings) if one.light is Light.RED]
    if not late:
        return []
    by_name: dict[str, dict[str, Reminder]] = {}
    for one in late:
        where = place(one.task.task, one.standing.milestone.item)
        for unit in one.units:
            # Of several milestones of one piece the longest overdue stands for all.
            by_name.setdefault(sentence(unit), {}).setdefault(where, one)
    tasks = {(one.task.task.notice_id, one.task.task.key) for one in late}
    start = words.say("overdue", count=len(tasks), units=len(by_name), milestones=len(late))
    return [start, *(_unit_overdue(unit, found, words) for unit, found in by_name.items())]


def _unit_overdue(unit: str, found: Mapping[str, Reminder], words: Wording) -> str:
    """A unit's overdue places, those of one delay together."""
    by_delay: dict[tuple[int, bool], list[str]] = {}
    for where, one in found.items():
        by_delay.setdefault((one.days_late, one.standing.milestone.supplied), []).append(where)
    told = [
        words.say("overdue_task", tasks=names(places), count=len(places), days=days, supplied=supplied)
        for (days, supplied), places in by_delay.items()
    ]
    return words.say("overdue_unit", unit=unit, tasks="；".join(told))


def _behind(standings: Sequence[TaskStanding], words: Wording) -> list[str]:
    """Milestones that are slower than the time, not overdue and not returned."""
    slow = [
        one
        for one in reminders(standings)
        if one.light is Light.YELLOW and not one.standing.returned and not one.standing.unreported
    ]
    if not slow:
        return []
    lines = [
        words.say(
            "behind_task",
            task=place(one.task.task, one.standing.milestone.item),
            units=names(sentence(unit) for unit in one.units),
            reason=one.reason,
        )
        for one in slow
    ]
    return [words.say("behind", count=len(lines)), *lines]


def _unreported(standings: Sequence[TaskStanding], words: Wording) -> list[str]:
    """How many tasks were silent on a quarter that the office supplied, then each unit with its own."""
    silent = [one for one in reminders(standings) if one.standing.unreported]
    by_name: dict[str, list[str]] = {}
    for one in silent:
        for unit in one.units:
            by_name.setdefault(sentence(unit), []).append(place(one.task.task))
    if not silent:
        return []
    lines = [words.say("unreported_unit", unit=unit, tasks=names(found)) for unit, found in by_name.items()]
    return [words.say("unreported", count=len(silent)), *lines]


def _returned(standings: Sequence[TaskStanding], words: Wording) -> list[str]:
    """Reports that the office did not accept and that no newer one has replaced."""
    lines = [
        words.say(
            "returned_task",
            task=place(one.task, stone.milestone.item),
            units=names(unit for unit, state in stone.units if unit and state.status)
            or names(answering(one.task.owners(stone.milestone.item))),
            reason=sentence(stone.returned),
        )
        for one in standings
        for stone in one.milestones
        if stone.returned
    ]
    lines = list(dict.fromkeys(lines))
    return [words.say("returned", count=len(lines)), *lines] if lines else []


def _tasks(standings: Sequence[TaskStanding], rule: LightRule, words: Wording) -> Table:
    rows = []
    for one in standings:
        gravest = next((stone for stone in one.milestones if stone.verified is one.verified), None)
        why = light_words(gravest) if gravest is not None else "—"
        rows.append(
            (
                label(one.task).removeprefix("第").removesuffix("项"),
                promised(one.task),
                "、".join(task_units(one.task)) or "—",
                class_of(one, rule).value,
                rate(one),
                percent(one.time_share),
                why,
            )
        )
    return Table(
        tuple(words.say(f"head_{name}") for name in TASK_COLUMNS),
        tuple(rows),
        (11, 80, 42, 16, 20, 18, 38),
        (0, 3, 4, 5),
    )


def _units(standings: Sequence[TaskStanding], rule: LightRule, words: Wording) -> Table:
    """Each unit's tasks by class, and its milestones that are overdue."""
    late: dict[str, int] = {}
    for one in reminders(standings):
        if one.light is Light.RED:
            for unit in one.units:
                late[unit] = late.get(unit, 0) + 1
    rows = []
    for unit, tasks in by_unit(standings):
        found = [class_of(one, rule) for one in tasks]
        rows.append(
            (unit, str(len(tasks)), *(str(found.count(one)) for one in Class), str(late.get(unit, 0)))
        )
    return Table(
        tuple(words.say(f"head_{name}") for name in UNIT_COLUMNS),
        tuple(rows),
        (38, 12, 13, 13, 13, 13, 10, 16),
        tuple(range(1, len(UNIT_COLUMNS))),
    )


def _chart(standings: Sequence[TaskStanding], rule: LightRule, title: str) -> tuple[Picture, ...]:
    """The units' tasks by class as bars: the figures of their table."""
    from ..charts import UnitLights, progress_by_unit

    rows = []
    for unit, tasks in by_unit(standings):
        found = [class_of(one, rule) for one in tasks]
        rows.append(UnitLights(unit, {one.value: found.count(one) for one in Class}))
    return progress_by_unit(tuple(rows), title=title)
