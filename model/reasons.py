"""Reasons: in Chinese, why the system or a library refused; their own English words are for no officer."""

from __future__ import annotations

import errno
import re

_SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个位置只能读",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额不足",
    errno.EIO: "磁盘出错",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "正被别的程序占用",
    errno.ELOOP: "链接指回自己",
}
#: How :mod:`tomllib` ends its messages.
_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")


def system_reason(error: OSError | ValueError) -> str:
    """Why reading or writing failed. ValueError: what :mod:`os` raises for a name with a zero byte."""
    if isinstance(error, ValueError):
        return "路径中有不能用的字符"
    return _SYSTEM.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统错误")


def toml_reason(error: ValueError) -> str:
    """Where :mod:`tomllib` stopped: line and column from 1, or that the text ended too early."""
    at = toml_place(error)
    return f"第 {at[0]} 行第 {at[1]} 字处" if at else "结尾处没有写完"


def toml_place(error: ValueError) -> tuple[int, int] | None:
    """Line and column from 1 where :mod:`tomllib` stopped; None at the text's end."""
    found = _AT.search(str(error))
    return (int(found[1]), int(found[2])) if found else None
