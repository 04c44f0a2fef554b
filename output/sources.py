"""Where wording and layout come from: the shipped files, and those of an office's own folder."""

from __future__ import annotations

import os
import stat
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ..model.errors import TemplateError
from ..model.reasons import system_reason

#: A wording or layout file is a page of text; more is no wording.
LIMIT_BYTES = 64 * 1024


class SourceText(NamedTuple):
    """A template file: the place to name in messages, and its text."""

    place: str
    text: str


def shipped(name: str) -> SourceText:
    """The file of this name that comes with the program."""
    return SourceText(f"duban/templates/{name}", files("duban.templates").joinpath(name).read_text("utf-8"))


def own(folder: Path | None, name: str) -> SourceText | None:
    """The office's own file of this name, or None where the folder has none.

    Raises :class:`TemplateError` when the folder does not exist or the file cannot be read as UTF-8 text.
    """
    if folder is None:
        return None
    if not os.path.isdir(folder):
        raise TemplateError(
            "模板文件夹不存在或不是文件夹", place=str(folder), remedy="检查路径,或不指定模板文件夹"
        )
    path = folder / name
    try:
        # Opened without blocking, judged by the open file: a pipe or device must not hang the program.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise TemplateError("不是普通文件", place=str(path), remedy="换成文本文件")
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        os.close(descriptor)
    if len(data) > LIMIT_BYTES:
        raise TemplateError(
            f"超过 {LIMIT_BYTES // 1024} KB", place=str(path), remedy="模板只写文字,删去多余内容"
        )
    try:
        return SourceText(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TemplateError(
            "不是 UTF-8 编码的文本", place=f"{path}:{line}", remedy="另存为 UTF-8 编码"
        ) from error


def _unreadable(path: Path, error: OSError) -> TemplateError:
    return TemplateError(
        f"模板文件读不出来({system_reason(error)})", place=str(path), remedy="检查文件及其权限"
    )
