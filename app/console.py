"""What the user sees: results on standard output, diagnostics and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from ..model import Notice, Severity
from ..model.errors import DubanError, OutputTargetError
from ..output.files import output_error, write_whole
from .text_table import one_line

T = TypeVar("T")
_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def put(data: bytes, path: str | None) -> None:
    """Write a command's result to standard output, or whole to a file. Raises OutputError."""
    if path is not None and path != "-":
        write_whole(Path(path), data)
        return
    if sys.stdout is None:
        raise OutputTargetError("标准输出已关闭", remedy="请用 -o 写入文件")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise output_error(error, Path("标准输出")) from error


def say(words: str) -> None:
    """A line on standard error, safe for the terminal."""
    if sys.stderr is not None:
        print(one_line(words) if "\n" not in words.strip() else words, file=sys.stderr)


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
    if quiet or sys.stderr is None or not sys.stderr.isatty() or (total is not None and total < 5):
        return items
    from tqdm import tqdm

    bar: Iterable[T] = tqdm(items, total=total, desc=words, file=sys.stderr, unit="份", leave=False)
    return bar


@contextmanager
def counter(total: int, words: str) -> Iterator[Callable[[int], None]]:
    """As :func:`progress`, for work whose parts are ready out of turn: call it with how many more are."""
    if sys.stderr is None or not sys.stderr.isatty() or total < 5:
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(total=total, desc=words, file=sys.stderr, unit="份", leave=False) as bar:
        yield bar.update
