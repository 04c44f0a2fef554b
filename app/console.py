"""What the user sees: results on standard output, diagnostics and progress on standard error."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from ..model import Notice, Severity
from ..model.errors import DubanError, OutputFullError, OutputTargetError
from .text_table import one_line

T = TypeVar("T")
_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


@contextmanager
def output_to(path: str | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears only when all was written. Raises OutputError."""
    if path is None or path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    in_place = target.exists() and not target.is_file()  # a device or a pipe is written, never replaced
    partial = target if in_place else target.with_name(target.name + ".partial")
    try:
        with partial.open("wb") as stream:
            yield stream
        if not in_place:
            partial.replace(target)
    except OSError as error:
        if not in_place:
            partial.unlink(missing_ok=True)
        kind = OutputFullError if error.errno == errno.ENOSPC else OutputTargetError
        raise kind(
            f"写不了文件：{error.strerror or error}", place=path, remedy="请检查磁盘空间、权限和路径"
        ) from None


def say(words: str) -> None:
    """A line on standard error."""
    print(words, file=sys.stderr)


def show_diagnostics(notice: Notice, label: str) -> None:
    """Errors and warnings line by line with their place; hints are counted."""
    text = notice.source.text
    hints = 0
    for diagnostic in notice.diagnostics:
        if diagnostic.severity is Severity.INFO:
            hints += 1
            continue
        place = label
        if diagnostic.span is not None:
            place += f":{line_number(text, diagnostic.span.start)}"
        say(f"{place}: {_WORDS[diagnostic.severity]} {diagnostic.code} {one_line(diagnostic.message)}")
    if hints:
        say(f"{label}: 另有 {hints} 条提示，见 JSON 的 diagnostics")


def line_number(text: str, position: int) -> int:
    """The line of a position, from 1."""
    return text.count("\n", 0, position) + 1


def show_failures(failures: Sequence[DubanError]) -> None:
    """The files that could not be read, named at the end."""
    if failures:
        say(f"{len(failures)} 个文件没有读成：")
    for error in failures:
        say(f"  {error}")


def progress(items: Iterable[T], total: int | None, words: str, *, quiet: bool = False) -> Iterable[T]:
    """A progress bar on standard error, only at a terminal and only for long work."""
    if quiet or not sys.stderr.isatty() or (total is not None and total < 5):
        return items
    from tqdm import tqdm

    bar: Iterable[T] = tqdm(items, total=total, desc=words, file=sys.stderr, unit="份", leave=False)
    return bar
