"""`duban score lock | approve | appeal | rounds`: a round's results, locked, approved, scored anew."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from ..model.errors import UsageError
from ..model.registry import default_registry_path
from ..score import rounds as book
from ..score.decimals import printed
from ..score.scoring import Scoring
from .console import put, say
from .rule_packs import find_pack, read_text
from .score_command import inputs_of, readings_of, scores_to_dict
from .text_table import lay_out


def rounds(options: argparse.Namespace) -> int:
    """Run one of the four actions; its exit status."""
    path = book_of(options.rounds)
    if options.action == "rounds":
        names = list(dict.fromkeys(record.name for record in book.read_records(path)))
        rows = [
            [s.name, s.locked_on, s.state, s.stage] for s in (book.state_of(path, name) for name in names)
        ]
        put(lay_out(["轮次", "锁定", "状态", "下一环节"], rows, [30, 12, 16, 12]).encode(), options.output)
        return 0
    if options.name is None:
        raise UsageError("没有写轮次名称", remedy=f"请写 duban score {options.action} 名称")
    by, on = options.by or "", _day(options.on)
    if options.action == "approve":
        stage = options.stage or book.state_of(path, options.name).stage
        approved = not options.returned
        book.decide(path, options.name, stage, options.words, by=by, on=on, approved=approved)
    else:
        content = _content(options)
        if options.action == "lock":
            book.lock(path, options.name, find_pack(options.rules, options.year), content, by=by, on=on)
        else:
            before = book.state_of(path, options.name).results
            changes = book.differences(before, content["results"])
            appealed = {**content, "changes": changes, "words": options.words}
            book.append(path, book.APPEALED, options.name, appealed, by=by, on=on)
            put(_changes(changes).encode(), options.output)
    state = book.state_of(path, options.name)
    say(f"{state.name}：{state.state}" + (f"，下一环节 {state.stage}" if state.stage else ""))
    return 0


def book_of(named: str | None) -> Path:
    """The file of rounds: the one named, else beside the default registry where that is a file."""
    if named is not None:
        return Path(named)
    registry = default_registry_path()
    if "://" in str(registry):
        raise UsageError("登记库不是文件，须写明轮次记录放在哪里", remedy="请用 --rounds")
    return Path(registry).with_name("rounds.jsonl")


def _day(word: str | None) -> str:
    if word is None:
        return ""
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise UsageError(f"--on 不是日期：{word}", remedy="请写 2019-01-20 这样的日期") from None


def _content(options: argparse.Namespace) -> dict[str, Any]:
    pack = find_pack(options.rules, options.year)
    readings = readings_of(options, pack)
    results = [scores_to_dict(Scoring(pack, i).scores(readings)) for i in inputs_of(options, pack)]
    return {
        "pack": pack.id, "readings": readings, "inputs": read_text(options.inputs),
        "results": {"pack": pack.id, "tracks": results},
    }  # fmt: skip


def _changes(changes: list[dict[str, Any]]) -> str:
    def shown(score: str | None) -> str:
        from decimal import Decimal

        return "—" if score is None else printed(Decimal(score))

    rows = [
        [
            c["unit"],
            f"{shown(c['score'][0])} → {shown(c['score'][1])}",
            f"{c['rank'][0] or '—'} → {c['rank'][1] or '—'}",
        ]
        for c in changes
    ]
    return lay_out(["单位", "得分", "名次"], rows, [40, 20, 12]) if rows else "得分和名次没有变化\n"
