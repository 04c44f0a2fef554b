"""`duban check`: official documents against GB/T 9704-2012."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..model.errors import InputError
from .console import progress, put, show_failures
from .files import Found, each

if TYPE_CHECKING:
    from ..output.checker.checking import Report

#: Documents that are held and set together.
_MOST = 40
SUFFIXES = frozenset((".docx",))


def add_options(command: argparse.ArgumentParser) -> None:
    """Options of the command."""
    words = ".docx 文件、文件夹或 - (标准输入) / .docx files, folders, or - for standard input"
    command.add_argument("files", metavar="FILE", nargs="+", help=words)
    command.add_argument(
        "--kind",
        choices=("公文", "无版头", "信函", "命令", "纪要"),
        help="公文格式，默认自动判断 / the form, told from the document by default",
    )
    command.add_argument(
        "--no-render", action="store_true", help="不排版，只核验设置 / settings only, do not set the pages"
    )
    command.add_argument(
        "--format", choices=("table", "json"), default="table", help="输出格式 / output format"
    )
    command.add_argument("-o", "--output", metavar="PATH", help="写入文件 / write to a file")
    command.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Check each file; exit status 1 where a rule of strength 规定 is not met."""
    from ..output.checker import check as check_document
    from ..output.checker.rendering import render_all
    from ..output.checker.report import report_lines, report_to_dict
    from ..output.checker.roles import Kind

    kind = None if options.kind is None else Kind(options.kind)
    failures: list[InputError] = []
    reports: list[Report] = []
    files = progress(each(options.files, failures, SUFFIXES), None, "核验")
    for some in _together(files, failures):
        settings = [None] * len(some) if options.no_render else render_all(some)
        reports += [
            check_document(raw, name, kind=kind, rendered=not options.no_render, setting=setting)
            for (name, raw), setting in zip(some, settings, strict=True)
        ]
    if options.format == "json":
        printed = json.dumps([report_to_dict(r) for r in reports], ensure_ascii=False, indent=1) + "\n"
    else:
        printed = "".join(line + "\n" for report in reports for line in report_lines(report))
    if reports:
        put(printed.encode("utf-8", "replace"), options.output)
    show_failures(failures)
    if not reports:
        return InputError.exit_status
    return 1 if failures or any(report.violations for report in reports) else 0


def _together(
    files: Iterable[tuple[Found, bytes]], failures: list[InputError]
) -> Iterator[list[tuple[str, bytes]]]:
    """The documents that can be read, as many in a list as are set together."""
    from ..output.checker.reading import read_document

    some: list[tuple[str, bytes]] = []
    for file, raw in files:
        try:
            read_document(raw, file.name)
        except InputError as error:
            error.place = file.label
            failures.append(error)
            continue
        some.append((file.name, raw))
        if len(some) == _MOST:
            yield some
            some = []
    if some:
        yield some
