"""`duban ingest`: parses files into the registry; one bad file never stops the rest."""

from __future__ import annotations

import argparse

from ..extract import parse, read_text
from ..model.errors import DubanError, InputError, RegistryError
from ..model.registry import default_registry_path, open_registry
from .console import progress, say, show_diagnostics, show_failures
from .corpus import directory
from .files import each, expand
from .text_table import lay_out

_STATUS = {"new": "新登记", "unchanged": "已登记过", "version": "新版本"}


def ingest(options: argparse.Namespace) -> int:
    """Store each file; prints a closing table on standard output."""
    failures: list[DubanError] = []
    unreadable: list[InputError] = []
    rows: list[list[str]] = []
    needs_person = False
    target = options.registry or str(default_registry_path())
    total = _count(options.files)
    with open_registry(target) as registry:
        for file, raw in progress(each(options.files, unreadable), total, "登记", quiet=options.quiet):
            try:
                notice = parse(read_text(raw, file.name, encoding=options.encoding), directory=directory())
                stored = registry.ingest(notice, raw, supersedes=options.supersedes)
            except RegistryError:
                raise  # the registry itself fails: every further file would, too
            except DubanError as error:
                error.place = error.place or file.label
                failures.append(error)
                continue
            if not options.quiet:
                show_diagnostics(notice, file.label)
            needs_person = needs_person or notice.needs_person
            label = notice.document_number or notice.title or notice.source.name
            version = f"第{stored.version}版" if stored.version > 1 else ""
            rows.append(
                [
                    file.name,
                    f"{_STATUS[stored.status]}{version}",
                    str(stored.notice),
                    str(len(notice.tasks)),
                    label,
                ]
            )
    if rows and not options.quiet:
        print(lay_out(["文件", "结果", "编号", "任务", "通知"], rows, [40, 16, 6, 6, 60]), end="")
        say(f"登记库：{target}")
    failures.extend(unreadable)
    show_failures(failures)
    if not rows:
        return max((error.exit_status for error in failures), default=0)
    return 1 if failures or needs_person else 0


def _count(names: list[str]) -> int | None:
    try:
        return len(expand(names))
    except InputError:
        return None
