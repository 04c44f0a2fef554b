"""`duban score ballots FILE.xlsx --part P`: checks ballots, with faults by cell and what they tell."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..model.errors import UsageError
from ..score.ballot_files import read_ballots
from ..score.ballot_statistics import voter_spread
from ..score.ballots import ballot_nodes
from ..score.bands import spread
from ..score.decimals import plain, printed, ranks
from .console import put, say
from .files import Found, read
from .rule_packs import find_pack
from .score_command import readings_of
from .text_table import lay_out


def ballots(options: argparse.Namespace) -> int:
    """JSON: the valid ballots in the form of the inputs; table: the scores they give. Exit status 1 where a
    ballot is void."""
    if options.name is None or options.part is None:
        raise UsageError("没有写文件或 --part", remedy="请写 duban score ballots 评价票.xlsx --part leaders")
    pack = find_pack(options.rules, options.year)
    known = sorted({part.key for part in pack.parts if part.ballots})
    if options.part not in known:
        raise UsageError(f"“{options.part}”不以评价票计分", remedy=f"--part 可写 {'、'.join(known)}")
    place = Path(options.name).name
    found, faults = read_ballots(read(Found(options.name, place, place)), place, options.part)
    for fault in faults:
        say(fault)
    if options.format == "json":
        import json

        rows = [
            {
                "part": b.part, "voter": b.voter,
                b.kind: {unit: plain(mark) for unit, mark in b.marks.items()},
                "recused": sorted(b.recused),
            }
            for b in found
        ]  # fmt: skip
        put((json.dumps(rows, ensure_ascii=False) + "\n").encode(), options.output)
        return 1 if faults else 0
    conversion = next(iter(pack.under(readings_of(options, pack)).conversions))
    units = list(dict.fromkeys(unit for ballot in found for unit in ballot.marks))
    nodes = ballot_nodes(options.part, found, units, conversion)
    placed = ranks(nodes[unit].value for unit in units)
    rows_ = sorted(zip(placed, units, strict=True))
    table = [
        [str(rank), unit, printed(nodes[unit].value), str(len(nodes[unit].inputs))] for rank, unit in rows_
    ]
    text = lay_out(["名次", "单位", "得分", "票数"], table, [6, 40, 10, 6])
    if units:
        far = spread([nodes[unit].value for unit in units])
        text += (
            f"\n最高 {printed(far.highest)}，最低 {printed(far.lowest)}，标准差 {printed(far.deviation)}\n"
        )
    for voter, (low, high) in voter_spread(found).items():
        text += f"{voter}：{plain(low)}–{plain(high)}\n"
    put(text.encode("utf-8", "replace"), options.output)
    return 1 if faults else 0
