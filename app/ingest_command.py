"""`duban ingest`: parses files into the registry; one bad file never stops the rest."""

from __future__ import annotations

import argparse

from ..extract import parse
from ..extract.readers import read
from ..model import Notice, Severity
from ..model.errors import DubanError, InputError, RegistryError, UsageError
from ..model.registry import Ingested, default_registry_path, open_registry, reading
from ..model.registry.notices import notice_label
from .console import progress, say, show_diagnostics, show_failures
from .corpus import directory
from .files import Found, each, expand
from .reading_options import read_options
from .text_table import lay_out, one_line

_HEADS = ("文件", "格式", "结果", "编号", "任务", "警告", "通知")
_WIDTHS = (40, 6, 16, 6, 6, 6, 60)
_STATUS = {"new": "新登记", "unchanged": "已登记过", "version": "新版本"}


def ingest(options: argparse.Namespace) -> int:
    """Store each file; prints a closing table on standard output, whatever happens."""
    count = _count(options.files)
    if options.supersedes is not None and (count != 1 or not options.supersedes.strip()):
        raise UsageError("--supersedes 只能用于一个文件", remedy="请一次登记一个更正后的文件")
    failures: list[DubanError] = []
    unreadable: list[InputError] = []
    rows: list[list[str]] = []
    needs_person = False
    target = options.registry or str(default_registry_path())
    try:
        with open_registry(target) as registry:
            files = progress(each(options.files, unreadable), count, "登记", quiet=options.quiet)
            for file, raw in files:
                try:
                    source = read(raw, file.name, read_options(options))
                    notice = parse(source, directory=directory())
                    stored = registry.ingest(notice, raw, supersedes=options.supersedes)
                except RegistryError:
                    raise  # the registry itself fails: every further file would, too
                except DubanError as error:
                    if isinstance(error, InputError):
                        error.place = file.label
                    failures.append(error)
                    continue
                if not options.quiet:
                    show_diagnostics(notice, file.label)
                needs_person = needs_person or notice.needs_person
                rows.append(_row(file, notice, stored))
                _hint(file, stored)
                needs_person = _renumbered(target, stored) or needs_person
    finally:
        if rows and not options.quiet:
            print(lay_out(_HEADS, rows, _WIDTHS), end="")
            say(f"登记库：{target}")
        failures.extend(unreadable)
        show_failures(failures)
    if not rows:
        return max((error.exit_status for error in failures), default=0)
    return 1 if failures or needs_person else 0


def _hint(file: Found, stored: Ingested) -> None:
    """What the user may not expect: an old version, or a second notice of the same name."""
    if not stored.current:
        say(f"{file.label}: 这份文件是通知 {stored.notice} 的旧版本，现行版本没有改变")
    if stored.resembles is not None:
        say(
            f"{file.label}: 与通知 {stored.resembles} 的标题、发文机关和年度相同。"
            f"若是它的更正，请再登记一次：duban ingest {file.label} --supersedes {stored.resembles}"
        )


def _renumbered(target: str, stored: Ingested) -> bool:
    """Tell where entries now stand at another matter than they were made about; whether any do."""
    if stored.status != "version":
        return False
    from ..model.progress.renumbered import entries_at, moved_places

    with reading(target) as reader:
        entered = entries_at(reader, stored.notice)
        moved = [one for one in moved_places(reader, stored.notice) if entered[one.place]] if entered else []
    for one in moved:
        told = f"现为{_place(*one.now)}" if one.now else "新版本里没有了"
        say(
            f"{_place(*one.place)}“{one_line(one.words)[:30]}”{told}，"
            f"而原来的 {entered[one.place]} 条登记仍在{_place(*one.place)}名下"
        )
    if moved:
        say("请用 duban progress list 核对，不符的用 duban progress undo 撤销，再按新的编号登记")
    return bool(moved)


def _place(task: str, piece: str) -> str:
    from ..model.progress.identity import piece_label

    return f"任务{task}{piece_label(piece)}"


def _row(file: Found, notice: Notice, stored: Ingested) -> list[str]:
    label = notice_label(notice.document_number, notice.title, notice.source.name)
    version = f"第{stored.version}版" if stored.version > 1 else ""
    warnings = sum(found.severity is not Severity.INFO for found in notice.diagnostics)
    return [
        file.name,
        notice.source.format,
        f"{_STATUS[stored.status]}{version}",
        str(stored.notice),
        str(len(notice.tasks)),
        str(warnings),
        label,
    ]


def _count(names: list[str]) -> int | None:
    try:
        return len(expand(names))
    except InputError:
        return None
