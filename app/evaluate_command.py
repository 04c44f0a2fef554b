"""`duban evaluate`: the parser against gold by field and layout, gains and losses against a baseline."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..extract import parse
from ..model.errors import DubanError, GoldError, InputError
from ..model.reasons import system_reason
from .console import put, say, show_failures
from .corpus import directory
from .evaluation import FIELDS, Difference, Result, Tally, compare
from .gold import load_gold

_SCHEMA = "duban.evaluation/1"
_KINDS = {"missed": "漏", "invented": "多", "other": "异"}


def evaluate(options: argparse.Namespace) -> int:
    """Exit status 1 where a gold file could not be used or the baseline was better in something."""
    notices = None if options.notices is None else Path(options.notices)
    before = None if options.baseline is None else _load_baseline(Path(options.baseline))
    results: list[Result] = []
    failures: list[InputError] = []
    seconds = size = 0.0
    for path in _files(options.gold):
        try:
            gold = load_gold(path, notices)
        except InputError as error:
            failures.append(error)
            continue
        started = time.perf_counter()
        notice = parse(gold.source, directory=directory())
        seconds += time.perf_counter() - started
        size += len(gold.source.text.encode("utf-8", "surrogatepass"))
        results.append(compare(gold, notice))
    show_failures(failures)
    if not results:
        return DubanError.exit_status
    record = _record(results, seconds, size)
    worse = False
    lines = _json(record) if options.format == "json" else _table(results, options.differences)
    if before is not None:
        report, worse = _against(before, record)
        lines = lines if options.format == "json" else [*lines, "", *report]
        if options.format == "json":
            say("\n".join(report))
    put(("\n".join(lines) + "\n").encode("utf-8", "replace"), options.output)
    if options.save_baseline is not None:
        put((json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), options.save_baseline)
    return 1 if failures or worse else 0


def _files(paths: Sequence[str]) -> Iterable[Path]:
    for name in paths:
        path = Path(name)
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


def totals(results: Iterable[Result]) -> dict[str, Tally]:
    """The tallies of all results together, by field, in the order of ``FIELDS``."""
    results = list(results)
    made: dict[str, Tally] = {}
    for name in FIELDS:
        for result in results:
            if name in result.tallies:
                part = result.tallies[name]
                made.setdefault(name, Tally()).add(part.right, part.invented, part.missed)
    return made


def _record(results: Sequence[Result], seconds: float, size: float) -> dict[str, Any]:
    return {
        "schema": _SCHEMA,
        "fields": {name: _figures(tally) for name, tally in totals(results).items()},
        "notices": {
            result.gold.name: {name: _figures(tally) for name, tally in result.tallies.items()}
            for result in results
        },
        "differences": [list(difference.key) for result in results for difference in result.differences],
        "bytes": int(size),
        "seconds": round(seconds, 3),
    }


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "right": tally.right, "invented": tally.invented, "missed": tally.missed,
        "precision": round(tally.precision, 4), "recall": round(tally.recall, 4), "f1": round(tally.f1, 4),
    }  # fmt: skip


def _json(record: dict[str, Any]) -> list[str]:
    return [json.dumps(record, ensure_ascii=False)]


def _table(results: Sequence[Result], shown: int) -> list[str]:
    from .text_table import lay_out

    rows = [
        [
            name,
            f"{t.precision:.4f}",
            f"{t.recall:.4f}",
            f"{t.f1:.4f}",
            str(t.right),
            str(t.invented),
            str(t.missed),
        ]
        for name, t in totals(results).items()
    ]
    lines = lay_out(
        ["项目", "准确率", "召回率", "F1", "对", "多", "漏"], rows, [14, 8, 8, 8, 6, 6, 6]
    ).splitlines()
    layouts = sorted({result.gold.layout for result in results})
    by_layout = {layout: totals(r for r in results if r.gold.layout == layout) for layout in layouts}
    names = list(totals(results))
    rows = [
        [
            name,
            *(f"{by_layout[layout][name].f1:.4f}" if name in by_layout[layout] else "" for layout in layouts),
        ]
        for name in names
    ]
    lines += ["", *lay_out(["F1 按版式", *layouts], rows, [14, *([12] * len(layouts))]).splitlines()]
    for result in results:
        if result.differences and shown > 0:
            lines += ["", f"{result.gold.name}：{len(result.differences)} 处不同"]
            lines += [_line(difference) for difference in result.differences[:shown]]
            if len(result.differences) > shown:
                lines.append(f"  … 另有 {len(result.differences) - shown} 处")
    return lines


def _line(difference: Difference) -> str:
    kind = "missed" if not difference.got else "invented" if not difference.wanted else "other"
    told = " → ".join(f"“{words[:60]}”" for words in (difference.wanted, difference.got) if words)
    return f"  第 {difference.line} 行 {difference.field} {_KINDS[kind]} {told}  …{difference.context}…"


def _load_baseline(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(
            f"读不了基准（{system_reason(error)}）", place=str(path), remedy="请先用 --save-baseline"
        ) from error
    except ValueError as error:
        raise GoldError("基准不是 JSON 文件", place=str(path), remedy="请重新用 --save-baseline") from error
    if not isinstance(record, dict) or record.get("schema") != _SCHEMA:
        raise GoldError("不是 duban evaluate 的基准", place=str(path), remedy="请重新用 --save-baseline")
    return record


def _against(before: dict[str, Any], now: dict[str, Any]) -> tuple[list[str], bool]:
    """Gains, losses and time, and whether any field got worse."""
    lines = ["与基准相比："]
    worse = False
    for name, figures in now["fields"].items():
        old = before["fields"].get(name)
        change = 0.0 if old is None else figures["f1"] - old["f1"]
        if old is None or change:
            told = "新增" if old is None else f"{old['f1']:.4f} →"
            lines.append(f"  {name} F1 {told} {figures['f1']:.4f}")
        worse = worse or change < 0
    was = {tuple(key) for key in before["differences"] if key[0] in now["notices"]}
    known = set(before["notices"])
    is_now = {tuple(key) for key in now["differences"] if key[0] in known}
    for words, keys in (("得", was - is_now), ("失", is_now - was)):
        lines.append(f"  {words} {len(keys)} 处")
        lines += [
            f"    {file} 第 {line} 行 {name}：“{a[:40]}” → “{b[:40]}”"
            for file, name, line, a, b in sorted(keys)
        ]
    if before["bytes"] and before["seconds"] and now["seconds"]:
        speeds = [record["bytes"] / record["seconds"] / 1e6 for record in (before, now)]
        lines.append(f"  速度 {speeds[0]:.2f} → {speeds[1]:.2f} MB/s")
    return lines, worse
