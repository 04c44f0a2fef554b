"""`duban ledger export`: the 督查台账 out as a spreadsheet, whole, of one unit, or one for each unit."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.errors import UsageError
from ..model.party import PartyKind
from ..model.progress.lights import LightRule, read_light_rule
from ..model.progress.load import reporting_units
from ..model.progress.records import checked_date
from ..model.progress.tracked import tracked_tasks
from ..model.progress.voices import Names
from ..model.registry import Query, default_registry_path, reading, suggest
from ..model.registry.reader import Reader
from .console import progress, say
from .corpus import directory
from .text_table import one_line

if TYPE_CHECKING:
    from ..output.ledger.sources import Asked, Drawn

#: A sheet of more rows is too slow to work in, and filled in too large to be taken back.
_MOST_ROWS = 10_000
#: How many groups without known members are named.
_EXAMPLES = 5


def export(options: argparse.Namespace) -> int:
    """Write a ledger, or with ``--all`` one for each unit into a folder."""
    from ..output.files import unique_stems, write_whole
    from ..output.ledger.sources import Asked, draw

    if options.all == options.output.lower().endswith(".xlsx"):
        raise UsageError(
            "--all 的 -o 要写文件夹" if options.all else "-o 要写 .xlsx 文件",
            remedy="例如 -o 台账/" if options.all else "例如 -o 台账.xlsx",
        )
    if options.all and options.unit:
        raise UsageError("--all 和 --unit 只能写一个", remedy="请去掉其中一个")
    if options.as_of:
        checked_date(options.as_of, "--as-of")
    rule = read_light_rule(Path(options.lights) if options.lights else None)
    asked = Asked(
        options.notice or "", (options.unit or "").strip(), options.section or "", options.as_of or "",
        options.role,
    )  # fmt: skip
    target = options.registry or str(default_registry_path())
    with reading(target) as reader:
        if options.all:
            units = list(_units(reader, asked))
            made = list(progress(_each(reader, asked, units, rule), len(units), "导出", quiet=False))
        else:
            drawn = draw(reader, asked, directory(), rule)
            made = [(drawn, _written(drawn, asked))] if drawn.rows else []
    if not made:
        found = suggest(target, Query(unit=asked.unit), directory()) if asked.unit else ()
        near = f"；是否想找：{'、'.join(one.text for one in found)}" if found else ""
        say(f"没有可列的行，没有生成文件；请检查 --notice、--unit 和 --section{near}")
        return 1
    if not asked.as_of:
        say("没有写 --as-of，没有判定亮灯")
    folder = Path(options.output)
    names = [folder / f"{stem}.xlsx" for stem in unique_stems(drawn.unit for drawn, _ in made)]
    for path, (_, raw) in zip(names if options.all else [folder], made, strict=True):
        write_whole(path, raw)
        print(one_line(str(path)))
    return 0


def _each(reader: Reader, asked: Asked, units: list[str], rule: LightRule) -> Iterator[tuple[Drawn, bytes]]:
    """The ledger of each unit that has rows."""
    from ..output.ledger.sources import draw

    for unit in units:
        one = replace(asked, unit=unit)
        drawn = draw(reader, one, directory(), rule)
        if drawn.rows:
            yield drawn, _written(drawn, one)


def _written(drawn: Drawn, asked: Asked) -> bytes:
    """The file. Raises UsageError for one with too many rows."""
    from ..output.ledger.writing import write_ledger

    if len(drawn.rows) > _MOST_ROWS:
        raise UsageError(
            f"共 {len(drawn.rows):,} 行，一份台账至多 {_MOST_ROWS:,} 行",
            remedy="请用 --notice、--unit 或 --section 分开导出，或用 --all 每个单位一份",
        )
    who = "督查室、填报单位" if asked.role == "office" else "填报单位"
    about = [
        "、".join(drawn.labels[:3]) + (" 等" if len(drawn.labels) > 3 else ""),
        f"截至 {asked.as_of}" if asked.as_of else "未判定亮灯",
        f"共 {len(drawn.rows)} 行",
        f"白色的格由{who}填写，灰色的格不填",
    ]
    title = f"{drawn.unit}督查台账" if drawn.unit else "督查台账"
    return write_ledger(drawn.rows, drawn.ticket, title=title, about="　".join(about))


def _units(reader: Reader, asked: Asked) -> Iterator[str]:
    """Who reports, each once, members of a group singly; groups whose members are not known are told."""
    names = Names(directory)
    seen: set[str] = set()
    unknown: dict[str, None] = {}
    tasks = tracked_tasks(
        reader, notice=asked.notice or None, section=asked.section or None, directory=directory()
    )
    owners = {
        (owner, task.label): None
        for task in tasks
        for stone in task.milestones
        for owner in reporting_units(task, stone.item)
    }
    for owner, label in owners:
        if owner.kind is PartyKind.GROUP:
            members = names.members(owner.text, label)
            found = [(member, names.name_of(member)) for member in members]
            if not found:
                unknown[owner.text] = None
        else:
            found = [(owner.key, owner.text)]
        for key, unit in found:
            if key not in seen:
                seen.add(key)
                yield unit
    if unknown:
        listed = "、".join(list(unknown)[:_EXAMPLES]) + ("等" if len(unknown) > _EXAMPLES else "")
        say(f"“{listed}”没有写明是哪些单位，没有单独的台账，在全部的台账里")
