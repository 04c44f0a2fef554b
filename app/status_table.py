"""Tables of `duban status` and `duban due`: milestones, units by months, broken rules of burden."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from ..model.progress.lights import GRAVEST, Light
from ..model.progress.load import BurdenWarning, reporting_units
from ..model.progress.standings import Standing, TaskStanding
from ..model.progress.summary import reminders
from .text_table import lay_out

#: A milestone, with the task that it is of.
Pair: TypeAlias = tuple[TaskStanding, Standing]

#: Months in the table of units: what a terminal has room for.
_MONTHS = 12
#: How many breaches of one rule are spelled out.
_EXAMPLES = 3


def still_open(found: Iterable[TaskStanding]) -> Iterator[Pair]:
    """The milestones that are not done by the office's word."""
    return ((task, stone) for task in found for stone in task.milestones if not stone.done)


def next_due(found: Iterable[TaskStanding]) -> list[Pair]:
    """The open milestones whose day has not passed, the next first."""
    coming = [pair for pair in still_open(found) if pair[1].days_left >= 0]
    return sorted(coming, key=lambda pair: pair[1].due)


def overdue(found: Iterable[TaskStanding]) -> list[Pair]:
    """The open milestones whose day has passed, the latest first."""
    late = [pair for pair in still_open(found) if pair[1].days_late]
    return sorted(late, key=lambda pair: -pair[1].days_late)


def unreported(found: Iterable[TaskStanding]) -> list[Pair]:
    """Of each task that was silent on quarters that the office supplied the last of them."""
    return [(one.task, one.standing) for one in reminders(found) if one.standing.unreported]


def units_by_month(found: Iterable[TaskStanding]) -> dict[str, dict[str, Counter[str]]]:
    """By unit and month of the day in force, how many milestones have which light."""
    names: dict[str, str] = {}
    table: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for task in found:
        for stone in task.milestones:
            light = "done" if stone.done else stone.verified.value
            for owner in reporting_units(task.task, stone.milestone.item):
                table[names.setdefault(owner.key, owner.text)][stone.due[:7]][light] += 1
    return {unit: dict(months) for unit, months in sorted(table.items())}


def words_of(pair: Pair) -> str:
    """The piece's words, else the task's."""
    task, item = pair[0].task, pair[1].milestone.item
    return task.piece(item).text if item else task.text


def units_of(pair: Pair) -> list[str]:
    """Who reports on it."""
    return [owner.text for owner in reporting_units(pair[0].task, pair[1].milestone.item)]


def overview(day: str, found: Sequence[TaskStanding], limit: int) -> str:
    """Counts by light, the next and the overdue milestones (of each at most ``limit``), units by months."""
    stones = [stone for task in found for stone in task.milestones]
    counts = [
        Counter(lights)
        for lights in (
            [task.verified for task in found],
            [task.reported for task in found],
            [stone.verified for stone in stones],
            [stone.reported for stone in stones],
        )
    ]
    heads = ("灯", "任务（核定）", "任务（自报）", "节点（核定）", "节点（自报）")
    rows = [(light.word, *(str(count[light]) for count in counts)) for light in GRAVEST]
    several = of_several(found)
    parts = [
        f"截至{day}，任务 {len(found)} 项，节点 {len(stones)} 个",
        lay_out(heads, rows, (8, 12, 12, 12, 12)),
        _part("即将到期", next_due(found), limit, several=several),
        _part("逾期", overdue(found), limit, several=several),
        *([_part("季度未报", silent, limit, several=several)] if (silent := unreported(found)) else []),
        _by_month(found, day),
    ]
    return "\n".join(parts)


def _part(name: str, pairs: Sequence[Pair], limit: int, *, several: bool) -> str:
    shown = pairs[: max(limit, 0)]
    more = f"，下面是前 {len(shown)} 个（--limit 可改）" if len(shown) < len(pairs) else ""
    return f"{name} {len(pairs)} 个{more}\n" + (milestone_table(shown, several=several) if shown else "")


def of_several(found: Iterable[TaskStanding]) -> bool:
    """Whether the tasks are of several notices, so that each has to say of which."""
    return len({task.task.notice_id for task in found}) > 1


def milestone_table(pairs: Sequence[Pair], *, several: bool) -> str:
    """A row for each; with ``several`` each says of which notice it is."""
    heads = ("任务", "到期日", "灯", "说明", "责任单位", "事项")
    widths = (10, 10, 6, 30, 26, 44)
    rows = [
        (
            pair[0].task.name,
            pair[1].due,
            pair[1].verified.word,
            pair[1].reason,
            "、".join(units_of(pair)),
            words_of(pair),
        )
        for pair in pairs
    ]
    if not several:
        return lay_out(heads, rows, widths)
    named = [(pair[0].task.notice, *row) for pair, row in zip(pairs, rows, strict=True)]
    return lay_out(("通知", *heads), named, (22, *widths))


def _by_month(found: Sequence[TaskStanding], day: str) -> str:
    """Units by the months around the day: milestones, and behind ! those that are overdue."""
    table = units_by_month(found)
    every = {month for row in table.values() for month in row}
    months = sorted(sorted(every, key=lambda month: (abs(_months_to(day, month)), month))[:_MONTHS])
    shown = {unit: row for unit, row in table.items() if not row.keys().isdisjoint(months)}
    rows = [(unit, *(_cell(row.get(month)) for month in months)) for unit, row in shown.items()]
    left = [
        f"{count} 个{what}"
        for count, what in ((len(every) - len(months), "月"), (len(table) - len(shown), "单位"))
        if count
    ]
    more = f"；另有 {'、'.join(left)}不在表中，--format json 列出全部" if left else ""
    heads = ("单位", *(month[2:] for month in months))
    return f"各单位各月节点数（! 后为逾期数{more}）\n" + lay_out(heads, rows, (24, *([7] * len(months))))


def _months_to(day: str, month: str) -> int:
    return (int(month[:4]) - int(day[:4])) * 12 + int(month[5:7]) - int(day[5:7])


def _cell(counts: Counter[str] | None) -> str:
    if not counts:
        return "·"
    late = counts[Light.RED.value]
    return f"{counts.total()}" + (f"!{late}" if late else "")


def burden_lines(warnings: Iterable[BurdenWarning]) -> Iterator[str]:
    """For each rule how often it is broken, and the first of the breaches."""
    by_rule: defaultdict[str, list[str]] = defaultdict(list)
    for one in warnings:
        by_rule[one.rule].append(one.words)
    for rule, words in by_rule.items():
        more = f"等 {len(words)} 处（--format json 列出全部）" if len(words) > _EXAMPLES else ""
        yield f"负担提示 {rule}：{'；'.join(words[:_EXAMPLES])}{more}"
