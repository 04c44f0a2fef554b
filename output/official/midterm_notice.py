"""中期评估通报: four classes, the pace needed from here on, where the present pace leads (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from ...model.progress.lights import LightRule
from ...model.progress.standings import TaskStanding
from ...model.progress.summary import Forecast, Outlook, forecasts, midterm_classes
from ..wording import Wording
from .agreements import Agreement, Parts, Rows, Said, Same
from .document import Attachment, OfficialDocument, Table
from .kind import items, length, names, sections, sentence, shares_of_100, wording
from .progress import ABOUT, Subject, claimed, label, paused, percent, promised, rate, share, task_units
from .tasks import Frame, framed

MOST = 5000
COLUMNS = ("number", "task", "units", "outlook", "percent", "time", "so_far", "pace", "expected", "risk")
#: From these expected completion rates on the risk is low, or middling; below it is high.
_LOW, _MIDDLING = Decimal(100), Decimal(90)
_HEADINGS = ("overall", "classes", "behind", "trend", "next")
BLOCKS = MappingProxyType(
    {
        "title": ABOUT,
        "opening": ABOUT,
        **{f"heading_{name}": frozenset[str]() for name in _HEADINGS},
        "overall": ABOUT | {"total", "classes", "stopped", "silent"},
        "class": frozenset(("name", "count", "share")),
        "tasks": frozenset(("name", "count", "tasks")),
        "behind_task": frozenset(
            ("task", "units", "percent", "time", "days_left", "so_far", "pace", "times", "overdue", "stopped")
        ),
        "trend": frozenset(("low", "middling", "high", "unknown", "tasks")),
        "in_annex": frozenset(),
        "risk": frozenset(("risk",)),
        "next": ABOUT | {"reply_by"},
        "attachment": ABOUT,
        **{f"head_{name}": frozenset[str]() for name in COLUMNS},
    }
)


def midterm_notice(
    standings: Sequence[TaskStanding],
    subject: Subject,
    rule: LightRule,
    *,
    reply_by: str = "",
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """The notice. Raises :class:`~duban.model.errors.TemplateError`."""
    words = wording("midterm_notice", BLOCKS, templates)
    about = subject.about()
    found = forecasts(standings, rule)
    opening = words.say("opening", **about).splitlines()
    bodies = {
        "overall": [_overall(standings, subject, rule, words)],
        "classes": _classes(standings, rule, words),
        "behind": items(_behind(one, words) for one in found if one.outlook is Outlook.BEHIND),
        "trend": [_trend(found, words)],
        "next": words.say("next", **about, reply_by=reply_by).splitlines(),
    }
    text = [*opening, *sections((words.say(f"heading_{name}"), body) for name, body in bodies.items())]
    if length(text) > MOST:
        bodies["behind"] = [words.say("in_annex")]
        text = [*opening, *sections((words.say(f"heading_{name}"), body) for name, body in bodies.items())]
    table = Table(
        tuple(words.say(f"head_{name}") for name in COLUMNS),
        tuple(_row(one, words) for one in found),
        (10, 64, 38, 21, 16, 16, 16, 16, 16, 12),
        (0, *range(3, len(COLUMNS))),
    )
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text="\n".join(text),
        attachments=(Attachment(words.say("attachment", **about), (table,), landscape=True),),
        agreements=_agreements(str(about["source"])),
    )


def _agreements(source: str) -> tuple[Agreement, ...]:
    """Classes sum to the tasks and are those of the table; shares sum to 100."""
    total, quoted = r"共评估(\d+)项任务", (source,)
    return (
        Parts("评估等次", total, r"(\d+)项（占", quoted),
        shares_of_100(source),
        Same("任务数", (Said(total, quoted=quoted), Rows(0))),
        *(
            Same(one.value, (Said(rf"{one.value}(\d+)项", quoted=quoted), Rows(0, 3, one.value)))
            for one in Outlook
        ),
    )


def expected(one: Forecast) -> Decimal | None:
    """Completion rate on the last day if every day left brings what the days until now did: linear, not above
    100. None where it cannot be told: nobody has reported, the report was returned, the clock stands, or no
    day has passed or is left."""
    standing = one.standing
    if standing.done or (standing.percent >= _LOW and not claimed(standing)):
        return _LOW
    if one.so_far is None or one.days_left <= 0 or paused(standing) or standing.silent or claimed(standing):
        return None
    return min(standing.percent + one.so_far * one.days_left, _LOW)


def risk(one: Forecast) -> str:
    """``low``, ``middling`` or ``high`` by :func:`expected`; ``high`` too once the last day has passed, else
    ``unknown`` where nothing can be expected."""
    at_end = expected(one)
    if at_end is None:
        return "high" if one.days_left < 0 and not paused(one.standing) else "unknown"
    return "low" if at_end >= _LOW else "middling" if at_end >= _MIDDLING else "high"


def _overall(standings: Sequence[TaskStanding], subject: Subject, rule: LightRule, words: Wording) -> str:
    classes = midterm_classes(standings, rule)
    return words.say(
        "overall",
        **subject.about(),
        total=len(standings),
        classes="、".join(
            words.say("class", name=one.name, count=one.count, share=share(one.share)) for one in classes
        ),
        stopped=sum(bool(paused(one)) for one in standings),
        silent=sum(one.silent and not paused(one) and not one.done for one in standings),
    )


def _classes(standings: Sequence[TaskStanding], rule: LightRule, words: Wording) -> list[str]:
    return items(
        words.say(
            "tasks", name=one.name, count=one.count, tasks=names(label(task.task) for task in one.tasks)
        )
        for one in midterm_classes(standings, rule)
        if one.count
    )


def _behind(one: Forecast, words: Wording) -> str:
    task = one.standing.task
    times = one.pace / one.so_far if one.pace is not None and one.so_far else None
    overdue = max((s.days_late for s in one.standing.milestones if not s.milestone.supplied), default=0)
    return words.say(
        "behind_task",
        task=label(task),
        units=names(task_units(task)),
        percent=rate(one.standing),
        time=percent(one.standing.time_share),
        days_left=one.days_left,
        so_far=_points(one.so_far),
        pace=_points(one.pace),
        times=f"{times:.1f}" if times is not None else "",
        overdue=overdue,
        stopped=sentence(paused(one.standing)),
    )


def _trend(found: Sequence[Forecast], words: Wording) -> str:
    risks = [(risk(one), one) for one in found]
    counts = {name: sum(said == name for said, _ in risks) for name in ("low", "middling", "high", "unknown")}
    return words.say(
        "trend", **counts, tasks=names(label(one.standing.task) for said, one in risks if said == "high")
    )


def _row(one: Forecast, words: Wording) -> tuple[str, ...]:
    task = one.standing.task
    return (
        label(task).removeprefix("第").removesuffix("项"),
        promised(task),
        "、".join(task_units(task)) or "—",
        one.outlook.value,
        rate(one.standing),
        percent(one.standing.time_share),
        _points(one.so_far) or "—",
        "—" if one.standing.done else _points(one.pace) or "—",
        percent(expected(one)) or "—",
        words.say("risk", risk=risk(one)),
    )


def _points(value: Decimal | None) -> str:
    """Points of a hundred a day, two digits."""
    return f"{value.quantize(Decimal('0.01'), rounding='ROUND_HALF_UP'):f}" if value is not None else ""
