"""Input files: what the user named becomes bytes, or an error that says what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..extract.reading import MAX_BYTES
from ..model.errors import InputError, TooLargeError

#: Endings of the files taken from a folder; a file named by itself is read whatever its ending.
SUFFIXES = frozenset((".txt", ".text"))
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. ``label`` is what messages call it, ``name`` what the record keeps."""

    path: str
    label: str
    name: str


def expand(names: Sequence[str]) -> list[Found]:
    """The files that the arguments mean: folders give their notices, deeper ones too, in order of name.

    Raises InputError for a folder without any text file; missing files are told when they are read.
    """
    found: list[Found] = []
    for name in names:
        if name == STANDARD_INPUT:
            found.append(Found(name, "标准输入", "stdin"))
            continue
        path = Path(name)
        if not path.is_dir():
            found.append(Found(name, name, path.name))
            continue
        inside = sorted(
            file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()
        )
        if not inside:
            raise InputError("文件夹里没有 .txt 文件", place=name, remedy="请指明文件，或换一个文件夹")
        found.extend(Found(str(file), str(file), file.name) for file in inside)
    return found


def read(file: Found) -> bytes:
    """The bytes of a file. Raises InputError with place and remedy; never reads more than the limit."""
    if file.path == STANDARD_INPUT:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise _too_large(file.label)
        return raw
    path = Path(file.path)
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise _too_large(file.label)
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("没有这个文件", place=file.label, remedy="请检查路径和文件名") from None
    except IsADirectoryError:
        raise InputError("这是文件夹", place=file.label, remedy="请指明文件") from None
    except PermissionError:
        raise InputError("没有读取权限", place=file.label, remedy="请检查文件权限，或复制一份再读") from None
    except OSError as error:
        raise InputError(
            f"读取失败：{error.strerror or error}", place=file.label, remedy="请检查磁盘和路径"
        ) from None


def _too_large(label: str) -> TooLargeError:
    return TooLargeError(
        f"文件超过上限 {MAX_BYTES // (1024 * 1024)} MB",
        place=label,
        remedy="通知正文不会这样大，请检查文件，或拆分后再读",
    )


def each(names: Sequence[str], failures: list[InputError]) -> Iterator[tuple[Found, bytes]]:
    """Files with their bytes; one that cannot be read is noted in ``failures`` and the rest goes on."""
    for name in names:
        try:
            files = expand([name])
        except InputError as error:
            failures.append(error)
            continue
        for file in files:
            try:
                yield file, read(file)
            except InputError as error:
                failures.append(error)
