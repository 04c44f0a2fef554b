"""Input files: what the user named becomes bytes, or an error that says what is wrong with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..extract.readers import suffixes as readable_suffixes
from ..extract.reading import MAX_BYTES, too_large
from ..model.errors import InputError, UsageError
from ..model.reasons import system_reason

#: Heads of lock files and hidden files that office programs leave in a folder.
_LEAVINGS = ("~$", ".~", "._")
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. ``label`` is what messages call it, ``name`` what the record keeps."""

    path: str
    label: str
    name: str


def expand(names: Sequence[str], suffixes: Collection[str] | None = None) -> list[Found]:
    """The files that the arguments mean: folders give their files with one of ``suffixes`` (by default those
    of the formats that can be read), deeper ones too, in order of name; patterns (``通知/*.docx``, ``**`` for
    folders at any depth) give the files that fit.

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
            found += _fitting(name) if _is_pattern(name) else [_found(name)]
            continue
        suffixes = readable_suffixes() if suffixes is None else suffixes
        inside = _inside(name, suffixes)
        if not inside:
            raise InputError(
                f"文件夹里没有能读的文件（{'、'.join(sorted(suffixes))}）",
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


def _is_pattern(name: str) -> bool:
    """Whether a name is a pattern that the shell has not expanded, and no file is called so."""
    return any(sign in name for sign in "*?[") and not os.path.exists(name)


def _fitting(pattern: str) -> list[Found]:
    """The files that fit a pattern, in order of name. Raises InputError when there is none."""
    from glob import glob

    paths = sorted(path for path in glob(pattern, recursive=True) if os.path.isfile(path))
    if not paths:
        raise InputError("没有这样的文件", place=_shown(pattern), remedy="请检查路径和通配符")
    return [_found(path) for path in paths]


def _inside(folder: str, suffixes: Collection[str]) -> list[Found]:
    def refuse(error: OSError) -> None:
        place = _shown(str(error.filename))
        raise InputError("文件夹打不开，没有权限或已损坏", place=place, remedy="请检查权限") from None

    paths: list[str] = []
    for place, _, names in os.walk(folder, onerror=refuse):
        paths += [
            os.path.join(place, name)
            for name in names
            if Path(name).suffix.lower() in suffixes and not name.startswith(_LEAVINGS)
        ]
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
            raise too_large(file.label)
        return raw
    path = Path(file.path)
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise too_large(file.label)
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("没有这个文件", place=file.label, remedy="请检查路径和文件名") from None
    except IsADirectoryError:
        raise InputError("这是文件夹", place=file.label, remedy="请指明文件") from None
    except PermissionError:
        raise InputError("没有读取权限", place=file.label, remedy="请检查文件权限，或复制一份再读") from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"读取失败（{system_reason(error)}）", place=file.label, remedy="请检查磁盘和路径"
        ) from None


def each(
    names: Sequence[str], failures: list[InputError], suffixes: Collection[str] | None = None
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
