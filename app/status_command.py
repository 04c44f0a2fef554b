"""`duban status` and `duban due`: where the tasks stand on a day, what is next, what is overdue."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..model.errors import UsageError
from ..model.progress.lights import GRAVEST, Light, LightRule, read_light_rule
from ..model.progress.load import BurdenWarning, burden_warnings, reporting_load
from ..model.progress.standings import TaskStanding, task_standings
from ..model.progress.voices import Names
from ..model.registry import default_registry_path, reading
from .console import put, say
from .corpus import directory
from .status_table import (
    Pair,
    burden_lines,
    milestone_table,
    next_due,
    of_several,
    overdue,
    overview,
    still_open,
    units_by_month,
    units_of,
    unreported,
    words_of,
)
from .text_table import csv_text, one_line

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
        made = json.dumps(_overview(day, found, warnings), ensure_ascii=False) + "\n"
    elif options.format == "csv":
        made = csv_text(_HEADS, [_row((task, stone)) for task in found for stone in task.milestones])
    else:
        made = overview(day, found, options.limit)
        for line in burden_lines(warnings):
            say(line)
    put(made.encode("utf-8", "replace"), options.output)
    return 0


def due(options: argparse.Namespace) -> int:
    """Print the open milestones that are due within so many days, the next first."""
    day, _, found = found_on(options)
    coming = [
        pair
        for pair in still_open(found)
        if pair[1].days_left <= options.within and (pair[1].days_left >= 0 or options.overdue)
    ]
    coming.sort(key=lambda pair: pair[1].due)
    if options.format == "json":
        listed = [_milestone(pair) for pair in coming]
        made = json.dumps({"as_of": day, "milestones": listed}, ensure_ascii=False) + "\n"
    elif options.format == "csv":
        made = csv_text(_HEADS, [_row(pair) for pair in coming])
    else:
        made = f"截至{day}，{options.within}天内到期的节点共 {len(coming)} 个\n\n"
        made += milestone_table(coming, several=of_several(found))
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
            names=Names(directory),
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


def _overview(day: str, found: Sequence[TaskStanding], warnings: Sequence[BurdenWarning]) -> dict[str, Any]:
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
        "next": [_milestone(pair) for pair in next_due(found)],
        "overdue": [_milestone(pair) for pair in overdue(found)],
        "unreported": [_milestone(pair) for pair in unreported(found)],
        "units": {
            unit: {month: dict(counts) for month, counts in sorted(months.items())}
            for unit, months in units_by_month(found).items()
        },
        "load": [
            {"unit": one.unit, "month": one.month, "milestones": one.milestones, "cells": one.cells}
            for one in reporting_load(task.task for task in found)
        ],
        "warnings": [{"rule": one.rule, "message": one.words} for one in warnings],
    }


def _counted(lights: Iterable[Light]) -> dict[str, int]:
    counts = Counter(lights)
    return {light.value: counts[light] for light in GRAVEST}


def _milestone(pair: Pair) -> dict[str, Any]:
    task, stone = pair
    return {
        "notice": task.task.notice,
        "number": task.task.number,
        "path": list(task.task.path),
        "piece": stone.milestone.item,
        "text": words_of(pair),
        "milestone": stone.milestone.due,
        "due": stone.due,
        "basis": stone.milestone.basis,
        "verified": stone.verified.value,
        "reported": stone.reported.value,
        "days_left": stone.days_left,
        "days_late": stone.days_late,
        "reason": stone.reason,
        "units": units_of(pair),
        "value": stone.value,
        "percent": None if stone.percent is None else str(stone.percent),
    }


def _row(pair: Pair) -> tuple[str, ...]:
    task, stone = pair
    return (
        task.task.notice,
        task.task.name,
        one_line(words_of(pair)),
        stone.milestone.basis,
        stone.due,
        stone.verified.word,
        stone.reported.word,
        str(stone.days_left),
        stone.reason,
        "、".join(units_of(pair)),
        stone.value,
    )
