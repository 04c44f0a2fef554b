"""Files: names that every system takes; writing that keeps the old file until the new one is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model.errors import OutputError, OutputFullError, OutputTargetError
from ..model.reasons import system_reason

#: Bytes of a name in UTF-8 before its ending; file systems take 255 in all.
STEM_BYTES = 200

#: Marks that Windows forbids, and what people read in their place.
_FORBIDDEN = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
#: Control, format (direction overrides), surrogate, private and line-separating characters.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_RESERVED = re.compile(r"(?i)(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?")
_NAMELESS = "未命名"

_NO_RIGHTS = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


def safe_stem(name: str) -> str:
    """``name`` as a file name without ending: no path, no reserved name, never empty, at most 200 bytes."""
    text = unicodedata.normalize("NFC", name).translate(_FORBIDDEN)
    text = "".join(c for c in text if unicodedata.category(c) not in _UNSEEN)
    text = text.encode()[:STEM_BYTES].decode(errors="ignore").strip(" .\u3000")
    if not text:
        return _NAMELESS
    return f"_{text}" if _RESERVED.fullmatch(text) else text


def unique_stems(names: Iterable[str]) -> Iterator[str]:
    """A safe stem for each name, different also where upper and lower case are the same to the system."""
    taken: set[str] = set()
    for name in names:
        stem = plain = safe_stem(name)
        count = 1
        while (key := unicodedata.normalize("NFKC", stem).casefold()) in taken:
            count += 1
            stem = f"{plain}({count})"
        taken.add(key)
        yield stem


def make_folder(folder: Path) -> None:
    """Make the folder and those above it; raises :class:`OutputTargetError` where that is impossible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise output_error(error, folder) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``: a reader finds the old file or the new one, never a part.

    A link is followed; a device or pipe is written to, never replaced. Raises
    :class:`OutputTargetError` or :class:`OutputFullError`; an old file is then untouched.
    """
    try:
        if path.is_dir():
            raise OutputTargetError(
                "这是一个文件夹，不是文件", place=str(path), remedy="写明文件名，如 清单.docx"
            )
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path = path.resolve() if path.is_symlink() else path
    except (OSError, ValueError) as error:
        raise output_error(error, path) from error
    make_folder(path.parent)
    partial = path.parent / f".duban-{secrets.token_hex(8)}.tmp"
    try:
        # Mode 0o666 less the user's umask, as any program's new file.
        descriptor = os.open(
            partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
        )
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise
    except (OSError, ValueError) as error:
        raise output_error(error, path) from error


def output_error(error: OSError | ValueError, path: Path) -> OutputError:
    """What a failed write means for the user."""
    place = ascii(str(path)) if isinstance(error, ValueError) else str(path)
    if isinstance(error, ValueError):
        return OutputTargetError("路径中有不能用的字符", place=place, remedy="改正路径")
    if error.errno in _FULL:
        return OutputFullError(
            "磁盘空间或配额不足，文件没有写成，原文件未动", place=place, remedy="腾出空间或换一个磁盘"
        )
    if error.errno in _NO_RIGHTS:
        return OutputTargetError(
            "没有写入权限，或文件正被别的程序打开",
            place=place,
            remedy="关闭打开的文件，或换一个有权限的文件夹",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return OutputTargetError("路径中有一段是文件，不是文件夹", place=place, remedy="换一个文件夹")
    if error.errno == errno.ENAMETOOLONG:
        return OutputTargetError("文件名太长", place=place, remedy="缩短文件名")
    return OutputTargetError(f"写不进去({system_reason(error)})", place=place, remedy="检查路径")
