"""`duban status` and `duban due`: where the tasks stand on a day, what is next, what is overdue."""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..model.errors import UsageError
from ..model.progress.lights import GRAVEST, Light, LightRule, read_light_rule
from ..model.progress.load import burden_warnings, reporting_load, reporting_units, unit_key
from ..model.progress.standings import Standing, TaskStanding, task_standings
from ..model.registry import default_registry_path, reading
from .console import put, say
from .corpus import directory
from .text_table import csv_text, lay_out, one_line

_HEADS = (
    "通知",
    "任务",
    "事项",
    "节点",
    "到期日",
    "核定",
    "自报",
    "剩余天数",
    "说明",
    "责任单位",
    "完成情况",
)
#: Terminal columns of a list of milestones: task, day, light, why, units, statement.
_WIDTHS = (10, 10, 6, 30, 26, 44)


def status(options: argparse.Namespace) -> int:
    """Print counts by light, next milestones, overdue ones, units by months."""
    day, rule, found = found_on(options)
    if not found:
        say("没有任务；请检查 --notice、--unit 和 --section")
        return 1
    yearless = [one.task.name for one in found if one.task.year is None]
    if yearless:
        say(f"{len(yearless)} 项任务没有节点，因为通知没有年度也没有日期：{'、'.join(yearless[:5])}")
    warnings = burden_warnings([one.task for one in found], rule)
    if options.format == "json":
        made = json.dumps(_overview(day, found, rule), ensure_ascii=False) + "\n"
    elif options.format == "csv":
        made = csv_text(_HEADS, [_row(task, stone) for task in found for stone in task.milestones])
    else:
        made = _table(day, found, options.limit)
        for one in warnings:
            say(f"负担提示 {one.rule}：{one.words}")
    put(made.encode("utf-8", "replace"), options.output)
    return 0


def due(options: argparse.Namespace) -> int:
    """Print the open milestones that are due within so many days, the next first."""
    day, _, found = found_on(options)
    coming = [
        (task, stone)
        for task, stone in _open(found)
        if stone.days_left <= options.within and (stone.days_left >= 0 or options.overdue)
    ]
    coming.sort(key=lambda pair: pair[1].due)
    if options.format == "json":
        listed = [_milestone(task, stone) for task, stone in coming]
        made = json.dumps({"as_of": day, "milestones": listed}, ensure_ascii=False) + "\n"
    elif options.format == "csv":
        made = csv_text(_HEADS, [_row(task, stone) for task, stone in coming])
    else:
        made = f"截至{day}，{options.within}天内到期的节点共 {len(coming)} 个\n\n" + _lines(coming)
    put(made.encode("utf-8", "replace"), options.output)
    return 0


def found_on(options: argparse.Namespace) -> tuple[str, LightRule, tuple[TaskStanding, ...]]:
    """The day, the rule, and where the tasks that were asked for stand. Raises UsageError."""
    day = day_of(options)
    rule = read_light_rule(Path(options.light_rule) if options.light_rule else None)
    with reading(options.registry or str(default_registry_path())) as reader:
        found = task_standings(
            reader,
            day,
            notice=options.notice,
            unit=options.unit,
            section=options.section,
            rule=rule,
            directory=directory() if options.unit else None,
        )
    return day, rule, found


def day_of(options: argparse.Namespace) -> str:
    """``--as-of``; without it today, which is said aloud. Raises UsageError for no day."""
    if not options.as_of:
        today = date.today().isoformat()  # noqa: DTZ011 - the office's own day
        say(f"没有写 --as-of，按今天 {today} 计算")
        return today
    try:
        return date.fromisoformat(options.as_of).isoformat()
    except ValueError:
        raise UsageError(f"“{options.as_of}”不是日期", remedy="请写成 2021-06-30 的形式") from None


def _open(found: Iterable[TaskStanding]) -> Iterable[tuple[TaskStanding, Standing]]:
    return ((task, stone) for task in found for stone in task.milestones if not stone.done)


def _next(found: Iterable[TaskStanding]) -> list[tuple[TaskStanding, Standing]]:
    coming = [(task, stone) for task, stone in _open(found) if stone.days_left >= 0]
    return sorted(coming, key=lambda pair: pair[1].due)


def _overdue(found: Iterable[TaskStanding]) -> list[tuple[TaskStanding, Standing]]:
    late = [(task, stone) for task, stone in _open(found) if stone.days_late]
    return sorted(late, key=lambda pair: -pair[1].days_late)


def _months(found: Iterable[TaskStanding]) -> dict[str, dict[str, Counter[str]]]:
    """By unit and month of the day in force, how many milestones have which light."""
    names: dict[str, str] = {}
    table: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for task in found:
        for stone in task.milestones:
            for owner in reporting_units(task.task, stone.milestone.item):
                name = names.setdefault(unit_key(owner), owner.text)
                table[name][stone.due[:7]]["done" if stone.done else stone.verified.value] += 1
    return {unit: dict(months) for unit, months in sorted(table.items())}


def _overview(day: str, found: Sequence[TaskStanding], rule: LightRule) -> dict[str, Any]:
    stones = [stone for task in found for stone in task.milestones]
    return {
        "as_of": day,
        "tasks": len(found),
        "lights": {
            "verified": _counted(task.verified for task in found),
            "reported": _counted(task.reported for task in found),
        },
        "milestones": {
            "total": len(stones),
            "verified": _counted(stone.verified for stone in stones),
            "reported": _counted(stone.reported for stone in stones),
        },
        "next": [_milestone(task, stone) for task, stone in _next(found)],
        "overdue": [_milestone(task, stone) for task, stone in _overdue(found)],
        "units": {
            unit: {month: dict(counts) for month, counts in sorted(months.items())}
            for unit, months in _months(found).items()
        },
        "load": [
            {"unit": one.unit, "month": one.month, "milestones": one.milestones, "cells": one.cells}
            for one in reporting_load(task.task for task in found)
        ],
        "warnings": [
            {"rule": one.rule, "message": one.words}
            for one in burden_warnings([task.task for task in found], rule)
        ],
    }


def _counted(lights: Iterable[Light]) -> dict[str, int]:
    counts = Counter(lights)
    return {light.value: counts[light] for light in GRAVEST}


def _milestone(task: TaskStanding, stone: Standing) -> dict[str, Any]:
    return {
        "notice": task.task.notice,
        "number": task.task.number,
        "path": list(task.task.path),
        "piece": stone.milestone.item,
        "text": _what(task, stone),
        "milestone": stone.milestone.due,
        "due": stone.due,
        "basis": stone.milestone.basis,
        "verified": stone.verified.value,
        "reported": stone.reported.value,
        "days_left": stone.days_left,
        "days_late": stone.days_late,
        "reason": stone.reason,
        "units": _units(task, stone),
        "value": stone.value,
        "percent": None if stone.percent is None else str(stone.percent),
    }


def _row(task: TaskStanding, stone: Standing) -> tuple[str, ...]:
    return (
        task.task.notice,
        task.task.name,
        one_line(_what(task, stone)),
        stone.milestone.basis,
        stone.due,
        stone.verified.word,
        stone.reported.word,
        str(stone.days_left),
        stone.reason,
        "、".join(_units(task, stone)),
        stone.value,
    )


def _what(task: TaskStanding, stone: Standing) -> str:
    """The piece's words, else the task's."""
    return task.task.piece(stone.milestone.item).text if stone.milestone.item else task.task.text


def _units(task: TaskStanding, stone: Standing) -> list[str]:
    return [owner.text for owner in reporting_units(task.task, stone.milestone.item)]


def _table(day: str, found: Sequence[TaskStanding], limit: int) -> str:
    stones = [stone for task in found for stone in task.milestones]
    counts = [
        Counter(lights)
        for lights in (
            (task.verified for task in found),
            (task.reported for task in found),
            (stone.verified for stone in stones),
            (stone.reported for stone in stones),
        )
    ]
    heads = ("灯", "任务（核定）", "任务（自报）", "节点（核定）", "节点（自报）")
    rows = [(light.word, *(str(count[light]) for count in counts)) for light in GRAVEST]
    parts = [
        f"截至{day}，任务 {len(found)} 项，节点 {len(stones)} 个",
        lay_out(heads, rows, (8, 12, 12, 12, 12)),
        _part("即将到期", _next(found), limit),
        _part("逾期", _overdue(found), limit),
        _by_month(found),
    ]
    return "\n".join(parts)


def _part(name: str, pairs: Sequence[tuple[TaskStanding, Standing]], limit: int) -> str:
    shown = pairs[: max(limit, 0)]
    more = f"，下面是前 {len(shown)} 个（--limit 可改）" if len(shown) < len(pairs) else ""
    return f"{name} {len(pairs)} 个{more}\n" + (_lines(shown) if shown else "")


def _lines(pairs: Sequence[tuple[TaskStanding, Standing]]) -> str:
    rows = [
        (
            task.task.name,
            stone.due,
            stone.verified.word,
            stone.reason,
            "、".join(_units(task, stone)),
            _what(task, stone),
        )
        for task, stone in pairs
    ]
    return lay_out(("任务", "到期日", "灯", "说明", "责任单位", "事项"), rows, _WIDTHS)


def _by_month(found: Sequence[TaskStanding]) -> str:
    """Units by months: milestones, and behind ! those that are overdue."""
    table = _months(found)
    months = sorted({month for row in table.values() for month in row})[:24]
    rows = [(unit, *(_cell(row.get(month)) for month in months)) for unit, row in table.items()]
    short = [month[2:] for month in months]
    return "各单位各月节点数（! 后为逾期数）\n" + lay_out(("单位", *short), rows, (24, *([7] * len(months))))


def _cell(counts: Counter[str] | None) -> str:
    if not counts:
        return "·"
    late = counts[Light.RED.value]
    return f"{counts.total()}" + (f"!{late}" if late else "")
