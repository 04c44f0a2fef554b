"""`duban score counts`: indicators per unit, shortfalls with supplements, task-count bonus, load per city."""

from __future__ import annotations

import argparse

from ..extract import parse
from ..model import Notice
from ..model.errors import UsageError
from ..score.counts import shortfalls, task_bonuses, unit_counts
from ..score.decimals import plain, printed
from ..score.pack import RulePack
from .console import put
from .corpus import corpus_folder, directory
from .notice_file import notice_file, source_of
from .rule_packs import find_pack
from .score_command import readings_of
from .text_table import lay_out


def counts(options: argparse.Namespace) -> int:
    """Print the counts of the pack's notice, or of ``--notice``."""
    pack = find_pack(options.rules, options.year)
    notice = _notice(options, pack)
    units = [entry.text for entry in notice.roster]
    if not units:
        raise UsageError("通知没有考核单位名单", place=notice.source.name, remedy="请用 --notice 换一份通知")
    lead = next(
        (o.value for o in pack.under(readings_of(options, pack)).options if o.name == "lead"), "first"
    )
    minimum = next(iter(pack.minimums), None)
    track = minimum.track if minimum else next((rule.track for rule in pack.task_bonus), "")
    found = unit_counts(notice, units, directory(), lead=lead)
    short = {s.unit: s for s in shortfalls(found, minimum)} if minimum else {}
    bonus = {share.unit: share for share in task_bonuses(pack, track, found)}
    cities = [unit.name for unit in directory().units.values() if unit.level == "city"]
    load = unit_counts(notice, cities, directory(), lead=lead)
    if options.format == "json":
        import json

        record = {
            "pack": pack.id,
            "units": [
                {
                    "unit": c.unit, "lead": c.lead, "responsible": c.responsible, "grouped": c.grouped,
                    "possible": c.possible, "short": short[c.unit].short if c.unit in short else 0,
                    "supplements": list(short[c.unit].sources) if c.unit in short else [],
                    "task_bonus": {
                        "lead": plain(bonus[c.unit].lead), "responsible": plain(bonus[c.unit].responsible),
                    },
                }
                for c in found
            ],
            "cities": [
                {"unit": c.unit, "named": c.named, "grouped": c.grouped, "possible": c.possible} for c in load
            ],
        }  # fmt: skip
        put((json.dumps(record, ensure_ascii=False) + "\n").encode(), options.output)
        return 0
    rows = [
        [
            c.unit, str(c.lead), str(c.responsible), str(c.grouped),
            str(short[c.unit].short) if c.unit in short else "",
            f"{printed(bonus[c.unit].lead)}+{printed(bonus[c.unit].responsible)}",
        ]
        for c in found
    ]  # fmt: skip
    text = lay_out(["单位", "牵头", "责任", "经由统称", "不足", "任务数量加分"], rows, [40, 6, 6, 10, 6, 14])
    text += "\n牵头、责任是点名的项数，经由统称是只在“各部门”这样的统称里的项数\n"
    if minimum:
        sources = "、".join(minimum.sources)
        text += f"不足是离 {minimum.count} 项还差几项，用{sources}补充\n"
    rows = [[c.unit, str(c.named), str(c.grouped), str(c.possible)] for c in load]
    text += "\n" + lay_out(["市", "点名", "各市", "相关市"], rows, [20, 6, 6, 8])
    put(text.encode("utf-8", "replace"), options.output)
    return 0


def _notice(options: argparse.Namespace, pack: RulePack) -> Notice:
    if options.notice is not None:
        return parse(source_of(notice_file(options.notice)), directory=directory())
    for path in corpus_folder().rglob(pack.notice) if pack.notice else ():
        return parse(source_of(notice_file(str(path))), directory=directory())
    raise UsageError("没有写是哪份通知", remedy="请用 --notice")
