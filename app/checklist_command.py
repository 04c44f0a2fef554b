"""`duban checklist`: responsibility lists of one unit or of all, as Word files."""

from __future__ import annotations

import argparse

from ..model.errors import UsageError
from ..model.registry import Query, default_registry_path, suggest
from ..output import write_checklist, write_checklists
from .console import progress, say
from .corpus import directory
from .text_table import one_line
from .unit_lists import list_of_unit, lists_of_all


def checklist(options: argparse.Namespace) -> int:
    """Write the lists; prints the files on standard output."""
    if not options.all and not (options.unit or "").strip():
        raise UsageError("没有写哪个单位", remedy="请用 --unit 单位，或 --all")
    if not options.output.strip() or options.output == "-":
        raise UsageError("-o 要写文件夹或 .docx 文件", remedy="例如 -o 责任清单/")
    target = options.registry or str(default_registry_path())
    if options.all:
        lists = lists_of_all(target, year=options.year, notice=options.notice, exact=options.exact)
        if not lists:
            say("没有任务，没有生成清单；请检查 --year 和 --notice")
            return 1
        bar = progress(range(len(lists)), len(lists), "生成清单")
        step = iter(bar)
        files = write_checklists(
            lists, options.output, templates=options.templates, progress=lambda *_: next(step, None)
        )
    else:
        made = list_of_unit(
            target, options.unit, year=options.year, notice=options.notice, exact=options.exact
        )
        if not made.rows:
            found = suggest(target, Query(unit=options.unit), directory())
            remedy = "是否想找：" + "、".join(s.text for s in found) if found else "请检查单位名称"
            say(f"没有找到“{options.unit}”的任务，没有生成清单。{remedy}")
            return 1
        files = (
            (write_checklist(made, options.output, templates=options.templates),)
            if options.output.lower().endswith(".docx")
            else write_checklists([made], options.output, templates=options.templates)
        )
    for file in files:
        print(one_line(str(file)))
    return 0
