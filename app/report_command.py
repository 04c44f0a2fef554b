"""`duban report`: official documents made from the registry, proven against it before they are written."""

from __future__ import annotations

import argparse
import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.errors import UsageError
from ..model.folding import plain_radicals
from ..model.registry import default_registry_path, reading, record_of, tasks_of_unit, text_of
from ..model.registry.notices import matching_notices
from .console import say
from .corpus import directory
from .text_table import one_line

if TYPE_CHECKING:
    from ..model.registry import NoticeRow
    from ..output.official.tasks import Frame, TaskRow

KINDS = ("任务清单",)
#: What may stand about the number of a part: 四、 （四） 第四部分.
_PART = re.compile(r"[\s（()）、.．]|^第|部分$")


def report_options(command: argparse.ArgumentParser) -> None:
    """Options of `duban report`."""
    command.add_argument("kind", metavar="KIND", choices=KINDS, help="文种：任务清单 / kind of document")
    command.add_argument("--notice", metavar="N", required=True, help="通知 / the notice: id, number, title")
    command.add_argument("--unit", metavar="U", help="只列该单位的任务 / only tasks of this unit")
    command.add_argument("--section", metavar="S", help="只列该部分，如 四 / one part, by number")
    command.add_argument("--issuer", metavar="NAME", help="发文机关 / issuing office")
    command.add_argument("--number", metavar="NO", help="发文字号 / document number")
    command.add_argument("--date", metavar="D", help="成文日期，2021-07-01 / date of the document")
    command.add_argument("--to", metavar="U", action="append", default=[], help="主送机关 / addressee")
    command.add_argument("--copy-to", metavar="U", action="append", default=[], help="抄送机关 / copies to")
    command.add_argument("--profile", choices=("A", "B"), help="版心计法 / margin profile")
    command.add_argument("--templates", metavar="DIR", help="本单位的模板 / your own templates")
    command.add_argument("--preview", action="store_true", help="只显示文字 / print the text only")
    command.add_argument("-o", "--output", metavar="PATH", help="写入文件 / write to a .docx file")
    command.add_argument(
        "--registry",
        metavar="PATH-OR-URL",
        help="登记库 / the registry (default: $DUBAN_REGISTRY, else a file in your data folder)",
    )
    command.set_defaults(run=report)


def report(options: argparse.Namespace) -> int:
    """Make the document, prove it, write it; prints the file on standard output."""
    from ..output.files import write_whole
    from ..output.official.compose import compose
    from ..output.official.proof import prove, prove_rows, read_document
    from ..output.official.settings import read_settings
    from ..output.official.tasks import task_list

    if not options.preview and not (options.output or "").lower().endswith(".docx"):
        raise UsageError("-o 要写 .docx 文件", remedy="例如 -o 任务清单.docx，或用 --preview 只看文字")
    target = options.registry or str(default_registry_path())
    notice = _notice(target, options.notice)
    rows = task_rows(target, notice, options.unit, options.section)
    if not rows:
        say("没有任务，没有生成文件；请检查 --notice、--unit 和 --section")
        return 1
    templates = Path(options.templates) if options.templates else None
    document = task_list(
        rows,
        source=_plain(notice.title or notice.name),
        number=notice.document_number or "",
        year=notice.year,
        unit=options.unit or "",
        section=_PART.sub("", options.section or ""),
        frame=_frame(options),
        templates=templates,
    )
    made = compose(document, read_settings(templates, options.profile))
    prove(made, document, most=5000)
    # The registry itself is asked once more: what was read from the file has to be what it says now.
    again = tuple(row.cells() for row in task_rows(target, notice, options.unit, options.section))
    found = read_document(made)
    prove_rows(found.tables[-1][1:], again, place="清单")
    if options.preview:
        for text in found.paragraphs:
            print(one_line("".join(text.splitlines())))
        for cells in found.tables[-1]:
            print(one_line("｜".join(cells)))
        return 0
    write_whole(Path(options.output), made)
    print(one_line(options.output))
    return 0


def task_rows(
    target: str, notice: NoticeRow, unit: str | None = None, section: str | None = None
) -> tuple[TaskRow, ...]:
    """The notice's tasks as the registry has them, in the notice's order; those of one unit or of one part.

    ``section`` is the number of a part of the notice as it stands there, 四.
    """
    from ..output.official.tasks import TaskRow

    record = record_of(target, notice.id)
    text = text_of(target, notice.id)
    paths = None
    if unit is not None:
        duties = tasks_of_unit(target, unit, directory(), notice=str(notice.id))
        paths = {(duty.number, tuple(duty.path)) for duty in duties}
    rows: list[TaskRow] = []
    for task in record["tasks"]:
        if paths is not None and (task["number"], tuple(task["path"])) not in paths:
            continue
        heading = task["path"][0] if len(task["path"]) > 1 else ""
        if section is not None and _PART.sub("", heading) != _PART.sub("", section):
            continue
        start, end = task["text_span"]
        lead = _names(task["parties"], lead=True)
        rows.append(
            TaskRow(
                number=str(task["number"] or len(rows) + 1),
                section=heading,
                task=_plain(text[start:end].strip()),
                leads=lead,
                others=_names(task["parties"], lead=False),
                deadlines=_deadlines(task),
            )
        )
    return tuple(rows)


def _names(parties: list[dict[str, Any]], *, lead: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(p["text"]) for p in parties if (p["role"] == "lead") is lead))


def _deadlines(task: dict[str, Any]) -> tuple[str, ...]:
    holders = (task, *task["targets"], *task["measures"])
    return tuple(dict.fromkeys(_plain(d["text"]) for holder in holders for d in holder["deadlines"]))


def _notice(target: str, named: str) -> NoticeRow:
    with reading(target) as reader:
        found = matching_notices(reader, named)
    if not found:
        raise UsageError(f"登记库里没有通知“{named}”", remedy="请检查 --notice，或先用 duban ingest 登记")
    if len(found) > 1:
        names = "；".join(f"{one.id} {one.document_number or one.title or one.name}" for one in found[:5])
        raise UsageError(f"“{named}”可指 {len(found)} 份通知：{names}", remedy="请用编号指明一份")
    return found[0]


def _frame(options: argparse.Namespace) -> Frame:
    from ..output.official.document import Head, Imprint, Signature
    from ..output.official.tasks import Frame

    if options.number and not options.issuer:
        raise UsageError("有发文字号而没有发文机关", remedy="请加上 --issuer 发文机关")
    if options.copy_to and not (options.issuer and options.date):
        raise UsageError("抄送要有印发机关和日期", remedy="请加上 --issuer 和 --date")
    day = None
    if options.date:
        try:
            day = datetime.date.fromisoformat(options.date)
        except ValueError:
            raise UsageError(f"“{options.date}”不是日期", remedy="请写成 2021-07-01 的形式") from None
    signed = options.issuer if day else None
    return Frame(
        head=Head((options.issuer,), options.number) if options.number else None,
        addressees=tuple(options.to),
        signature=Signature(options.issuer, day) if signed and day else None,
        imprint=Imprint(options.issuer, day, tuple(options.copy_to))
        if signed and day and options.number
        else None,
    )


def _plain(text: str) -> str:
    return plain_radicals("".join(text.splitlines()))
