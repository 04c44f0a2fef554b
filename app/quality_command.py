"""`duban quality`: what each task lacks of 四化四可, for the office to complete first (R29)."""

from __future__ import annotations

import argparse
import json
from collections import Counter

from ..model.progress.fourfold import DEMANDS, Fourfold, fourfold
from ..model.registry import default_registry_path, reading
from .console import put, say
from .corpus import directory
from .status_command import day_of
from .text_table import csv_text, lay_out

_WIDTHS = (12, 36, *([6] * len(DEMANDS)), 70)


def quality(options: argparse.Namespace) -> int:
    """Print a table of what is missing; 1 when anything is."""
    day = day_of(options)
    with reading(options.registry or str(default_registry_path())) as reader:
        found = fourfold(
            reader,
            day,
            notice=options.notice,
            unit=options.unit,
            section=options.section,
            directory=directory() if options.unit else None,
        )
    if not found:
        say("没有任务；请检查 --notice、--unit 和 --section")
        return 1
    shown = found if options.all else [one for one in found if not one.whole]
    heads = ("任务", "内容", *DEMANDS, "要补充的")
    if options.format == "json":
        made = json.dumps([_record(one) for one in shown], ensure_ascii=False) + "\n"
    elif options.format == "csv":
        made = csv_text(heads, [_row(one) for one in shown])
    else:
        lacking = Counter(name for one in found for name in one.missing)
        counts = "、".join(f"{name} {lacking[name]}" for name in DEMANDS if lacking[name]) or "无"
        summary = f"任务 {len(found)} 项，齐备 {sum(one.whole for one in found)} 项；缺项：{counts}\n\n"
        made = summary + lay_out(heads, [_row(one) for one in shown], _WIDTHS)
    put(made.encode("utf-8", "replace"), options.output)
    return 1 if any(not one.whole for one in found) else 0


def _row(one: Fourfold) -> tuple[str, ...]:
    marks = ("缺" if name in one.missing else "√" for name in DEMANDS)
    return one.task.name, one.task.text, *marks, "；".join(one.missing.values())


def _record(one: Fourfold) -> dict[str, object]:
    return {
        "notice": one.task.notice,
        "number": one.task.number,
        "path": list(one.task.path),
        "text": one.task.text,
        "met": [name for name in DEMANDS if name not in one.missing],
        "missing": dict(one.missing),
    }
