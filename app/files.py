"""Input files: what the user named becomes bytes, or an error that says what is wrong with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..extract.reading import MAX_BYTES
from ..model.errors import InputError, TooLargeError, UsageError

#: Endings of the files taken from a folder; a file named by itself is read whatever its ending.
SUFFIXES = frozenset((".txt", ".text"))
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. ``label`` is what messages call it, ``name`` what the record keeps."""

    path: str
    label: str
    name: str


def expand(names: Sequence[str], suffixes: Collection[str] = SUFFIXES) -> list[Found]:
    """The files that the arguments mean: folders give their files with one of ``suffixes``, deeper
    ones too, in order of name.

    Raises InputError for a folder without any such file or one that cannot be listed; missing files are told
    when they are read.
    """
    found: list[Found] = []
    for name in names:
        if not name.strip():
            raise UsageError("文件名是空的", remedy="请写文件或文件夹")
        if name == STANDARD_INPUT:
            found.append(Found(name, "标准输入", "stdin"))
            continue
        if not _is_folder(name):
            found.append(_found(name))
            continue
        inside = _inside(name, suffixes)
        if not inside:
            raise InputError(
                f"文件夹里没有 {min(suffixes, key=len)} 文件",
                place=_shown(name),
                remedy="请指明文件，或换一个文件夹",
            )
        found.extend(inside)
    return found


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False  # reading it will tell what is wrong


def _inside(folder: str, suffixes: Collection[str]) -> list[Found]:
    def refuse(error: OSError) -> None:
        place = _shown(str(error.filename))
        raise InputError("文件夹打不开，没有权限或已损坏", place=place, remedy="请检查权限") from None

    paths: list[str] = []
    for place, _, names in os.walk(folder, onerror=refuse):
        paths += [os.path.join(place, name) for name in names if Path(name).suffix.lower() in suffixes]
    return [_found(path) for path in sorted(paths) if os.path.isfile(path)]


def _found(path: str) -> Found:
    return Found(path, _shown(path), _shown(Path(path).name))


def _shown(path: str) -> str:
    """A path as it can be printed and stored, whatever bytes the file system holds (old Windows archives)."""
    return os.fsencode(path).decode("utf-8", "replace")


def read(file: Found) -> bytes:
    """The bytes of a file. Raises InputError with place and remedy; never reads more than the limit."""
    if file.path == STANDARD_INPUT:
        if sys.stdin is None:
            raise InputError("标准输入已关闭", place=file.label, remedy="请指明文件")
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
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"读取失败（{why}）", place=file.label, remedy="请检查磁盘和路径") from None


def _too_large(label: str) -> TooLargeError:
    return TooLargeError(
        f"文件超过上限 {MAX_BYTES // (1024 * 1024)} MB",
        place=label,
        remedy="通知正文不会这样大，请检查文件，或拆分后再读",
    )


def each(
    names: Sequence[str], failures: list[InputError], suffixes: Collection[str] = SUFFIXES
) -> Iterator[tuple[Found, bytes]]:
    """Files with their bytes; one that cannot be read is noted in ``failures`` and the rest goes on."""
    for name in names:
        try:
            files = expand([name], suffixes)
        except InputError as error:
            failures.append(error)
            continue
        for file in files:
            try:
                yield file, read(file)
            except InputError as error:
                failures.append(error)
