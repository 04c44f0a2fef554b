"""`duban score lock | approve | appeal | rounds`: a round's results, locked, approved, scored anew."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..model.errors import UsageError
from ..model.registry import default_registry_path
from ..score import rounds as book
from ..score.decimals import printed
from ..score.pack import RulePack
from ..score.scoring import Scoring
from .console import put, say
from .rule_packs import find_pack
from .score_command import readings_of, scores_to_dict
from .score_source import day_of, prepare
from .text_table import lay_out


def rounds(options: argparse.Namespace) -> int:
    """Run one of the four actions; its exit status. Wrong arguments are refused before anything is scored."""
    path = book_of(options.rounds)
    if options.action == "rounds":
        names = list(dict.fromkeys(record.name for record in book.read_records(path)))
        states = [book.state_of(path, name) for name in names]
        rows = [[s.name, s.locked_on, s.state, _stage(s)] for s in states]
        put(lay_out(["轮次", "锁定", "状态", "下一环节"], rows, [30, 12, 16, 40]).encode(), options.output)
        return 0
    if options.name is None:
        raise UsageError("没有写轮次名称", remedy=f"请写 duban score {options.action} 名称")
    signed = {"by": options.by or "", "on": day_of(options.on, "--on") if options.on is not None else ""}
    book.check_signed(options.name, **signed)
    needs_person = False
    if options.action == "approve":
        stage = options.stage or book.state_of(path, options.name).stage
        approved = not options.returned
        book.decide(path, options.name, stage, options.words, approved=approved, **signed)
    elif options.action == "lock":
        book.check_free(path, options.name)
        pack = find_pack(options.rules, options.year)
        content, needs_person = _content(options, pack)
        book.lock(path, options.name, pack, content, **signed)
    else:
        book.state_of(path, options.name)
        content, needs_person = _content(options, find_pack(options.rules, options.year))
        record = book.appeal(path, options.name, content, options.words, **signed)
        put(_changes(record.content["changes"]).encode(), options.output)
    state = book.state_of(path, options.name)
    say(f"{state.name}：{state.state}" + (f"，下一环节 {_stage(state)}" if state.stage else ""))
    return 1 if needs_person else 0


def _stage(state: book.RoundState) -> str:
    """The next stage by key and name; empty where all have approved."""
    names = {stage["key"]: stage["name"] for stage in state.history[0].content["chain"]}
    return f"{state.stage}（{names[state.stage]}）" if state.stage else ""


def book_of(named: str | None) -> Path:
    """The file of rounds: the one named, else beside the default registry where that is a file."""
    if named is not None:
        return Path(named)
    registry = default_registry_path()
    if "://" in str(registry):
        raise UsageError("登记库不是文件，须写明轮次记录放在哪里", remedy="请用 --rounds")
    return Path(registry).with_name("rounds.jsonl")


def _content(options: argparse.Namespace, pack: RulePack) -> tuple[dict[str, Any], bool]:
    """What a round keeps: pack, readings, what inputs were made of, results; whether a person is needed."""
    readings = readings_of(options, pack)
    prepared = prepare(options, pack, readings)
    results = [scores_to_dict(Scoring(pack, inputs).scores(readings)) for inputs in prepared.inputs]
    content = {
        "pack": pack.id, "readings": readings, **prepared.source,
        "results": {"pack": pack.id, "tracks": results},
    }  # fmt: skip
    return content, prepared.needs_person


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
