"""`duban score ballots FILE.xlsx --part P`: checks ballots, with faults by cell, and tells what they say."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..model.errors import InputsError, UsageError
from ..score.ballot_files import read_ballots, read_superiors
from ..score.ballot_statistics import (
    SuperiorEffect,
    VoterFigures,
    agreement,
    superior_effects,
    voter_figures,
)
from ..score.ballots import Ballot, ballot_nodes, ballot_rules
from ..score.bands import spread
from ..score.decimals import plain, printed, ranks
from ..score.pack import TOTAL, Part, Readings, RulePack
from ..score.scoring import Scoring
from ..score.trace import Node
from .console import put, say
from .files import Found, read
from .rule_packs import find_pack
from .score_command import readings_of, unit_named
from .score_source import ballot_to_dict, check_ballot_part, check_source, prepare
from .text_table import lay_out


def ballots(options: argparse.Namespace) -> int:
    """JSON: the valid ballots in the form of the inputs; table: the scores they give; ``--statistics`` adds
    how evaluators stand to each other, to the indicators, and what a superior's ballot does. Exit status 1
    where a ballot is void."""
    if options.name is None or options.part is None:
        raise UsageError("没有写文件或 --part", remedy="请写 duban score ballots 评价票.xlsx --part leaders")
    pack = find_pack(options.rules, options.year)
    check_ballot_part(pack, options.part, "--part")
    readings = readings_of(options, pack)
    compared = options.inputs is not None or options.as_of is not None
    if compared and not options.statistics:
        raise UsageError("--inputs、--as-of 只用于 --statistics", remedy="请加 --statistics")
    if compared:
        check_source(options, pack)
    place = Path(options.name).name
    raw = read(Found(options.name, place, place))
    found, faults = read_ballots(raw, place, options.part, rules=ballot_rules(pack, options.part))
    for fault in faults:
        say(fault)
    figures = None
    if options.statistics:
        figures = _figures(options, pack, readings, found, read_superiors(raw, place), compared=compared)
    if options.format == "json":
        import json

        rows = [ballot_to_dict(ballot) for ballot in found]
        record: Any = rows if figures is None else {"ballots": rows, "statistics": _record(figures)}
        put((json.dumps(record, ensure_ascii=False) + "\n").encode(), options.output)
    else:
        text = _scores(pack, readings, found, options.part) + ("" if figures is None else _words(figures))
        put(text.encode("utf-8", "replace"), options.output)
    return 1 if faults else 0


def _nodes(pack: RulePack, readings: Readings, found: list[Ballot], part: str) -> dict[str, Node]:
    conversion = next(iter(pack.under(readings).conversions))
    units = list(dict.fromkeys(unit for ballot in found for unit in ballot.marks))
    return ballot_nodes(part, found, units, conversion)


def _scores(pack: RulePack, readings: Readings, found: list[Ballot], part: str) -> str:
    nodes = _nodes(pack, readings, found, part)
    placed = sorted(zip(ranks(node.value for node in nodes.values()), nodes, strict=True))
    table = [
        [str(rank), unit, printed(nodes[unit].value), str(len(nodes[unit].inputs))] for rank, unit in placed
    ]
    text = lay_out(["名次", "单位", "得分", "票数"], table, [6, 40, 10, 6])
    if nodes:
        far = spread([node.value for node in nodes.values()])
        text += (
            f"\n最高 {printed(far.highest)}，最低 {printed(far.lowest)}，标准差 {printed(far.deviation)}\n"
        )
    return text


class _Figures:
    """What the ballots tell beside scores; ``tau``: of all ballots against the indicators."""

    __slots__ = ("compared", "effects", "tau", "voters")

    def __init__(
        self, voters: list[VoterFigures], effects: list[SuperiorEffect], tau: Decimal | None, compared: str
    ) -> None:
        self.voters, self.effects, self.tau, self.compared = voters, effects, tau, compared


def _figures(
    options: argparse.Namespace,
    pack: RulePack,
    readings: Readings,
    found: list[Ballot],
    superiors: Mapping[str, str],
    *,
    compared: bool,
) -> _Figures:
    conversion = next(iter(pack.under(readings).conversions))
    nodes = _nodes(pack, readings, found, options.part)
    name, scores = _indicators(options, pack, readings, list(nodes)) if compared else ("", {})
    voted = {ballot.voter for ballot in found}
    for superior in dict.fromkeys(superiors.values()):
        if superior not in voted:
            say(f"分管领导“{superior}”没有有效的评价票")
    return _Figures(
        voter_figures(found, conversion, scores),
        superior_effects(found, superiors, conversion),
        agreement({unit: node.value for unit, node in nodes.items()}, scores),
        name,
    )


def _indicators(
    options: argparse.Namespace, pack: RulePack, readings: Readings, units: list[str]
) -> tuple[str, dict[str, Decimal]]:
    """The name of the part of the total that no ballot is in, and its scores by the ballots' unit names."""
    prepared = prepare(options, pack, readings, whole=False)
    for inputs in prepared.inputs:
        scoring = Scoring(pack, inputs)
        names = {unit: unit_named(unit, scoring) for unit in units}
        if not all(names.values()):
            continue
        held = pack.under(readings)

        tops = [p for p in held.children(inputs.track, TOTAL) if not _voted(held, p)]
        if not tops:
            raise UsageError("规则里没有不以评价票计分的部分", place=pack.place, remedy="请不要写 --inputs")
        nodes = scoring.part_nodes(tops[0].key, readings)
        return tops[0].name, {unit: nodes[name].value for unit, name in names.items() if name is not None}
    raise InputsError(
        "评价票里的单位不在成绩里", place=str(options.inputs or options.as_of), remedy="请核对单位名称"
    )


def _voted(pack: RulePack, part: Part) -> bool:
    """Whether ballots have a share in a part."""
    return bool(part.ballots) or any(_voted(pack, child) for child in pack.children(part.track, part.key))


def _tau(value: Decimal | None) -> str:
    return "—" if value is None else printed(value)


def _words(figures: _Figures) -> str:
    heads = ["评价人", "评了", "最低", "最高", "与总评一致"]
    rows = [
        [v.voter, str(v.judged), plain(v.lowest), plain(v.highest), _tau(v.with_all)] for v in figures.voters
    ]
    if figures.compared:
        heads.append(f"与{figures.compared}一致")
        rows = [[*row, _tau(v.with_scores)] for row, v in zip(rows, figures.voters, strict=True)]
    text = "\n" + lay_out(heads, rows, [24, 6, 8, 8, 12, 24][: len(heads)])
    text += "\n一致程度为肯德尔 τ：1 完全一致，0 无关，−1 完全相反\n"
    if figures.compared:
        text += f"全部评价票与{figures.compared}：{_tau(figures.tau)}\n"
    if figures.effects:
        rows = [
            [
                e.unit, e.superior, printed(e.score), printed(e.without),
                ("+" if e.change > 0 else "") + printed(e.change), f"{e.rank} → {e.rank_without}",
            ]
            for e in figures.effects
        ]  # fmt: skip
        heads = ["单位", "分管领导", "得分", "不计其票", "影响", "名次"]
        text += "\n" + lay_out(heads, rows, [40, 16, 10, 10, 8, 10])
    return text


def _record(figures: _Figures) -> dict[str, Any]:
    def exact(value: Decimal | None) -> str | None:
        return None if value is None else plain(value)

    return {
        "compared_with": figures.compared or None,
        "tau": exact(figures.tau),
        "voters": [
            {
                "voter": v.voter, "judged": v.judged, "lowest": plain(v.lowest), "highest": plain(v.highest),
                "tau_all": exact(v.with_all), "tau_indicator": exact(v.with_scores),
            }
            for v in figures.voters
        ],
        "superiors": [
            {
                "unit": e.unit, "superior": e.superior, "score": plain(e.score), "without": plain(e.without),
                "change": plain(e.change), "rank": e.rank, "rank_without": e.rank_without,
            }
            for e in figures.effects
        ],
    }  # fmt: skip
