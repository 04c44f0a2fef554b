"""What went wrong in a database, told as a :class:`RegistryError` with place and remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from ..errors import (
    RegistryDamagedError,
    RegistryError,
    RegistryFullError,
    RegistryLockedError,
)

_LOCKED = (RegistryLockedError, "登记库正被别的程序写入，等候超时", "请稍后再试，或关闭正在使用登记库的程序")
_DAMAGED = (
    RegistryDamagedError,
    "登记库文件已损坏，或者不是登记库",
    "请用备份恢复；没有备份时把该文件改名留存，再用原通知重新登记",
)
_FULL = (RegistryFullError, "磁盘空间不足，没有写入任何内容", "请清出空间后重新登记，登记库本身完好")
_DISK = (RegistryError, "读写磁盘出错，没有写入任何内容", "请检查磁盘空间、文件大小限制和存储介质后重试")
_READ_ONLY = (RegistryError, "登记库只能读，不能写", "请检查文件和所在文件夹的写权限")
_NOT_PLACED = (RegistryError, "登记库的地址写得不对", "请写成 postgresql://用户:密码@主机/库名")
_NO_DRIVER = (RegistryError, "没有安装 PostgreSQL 驱动", "请先运行 pip install 'duban[postgres]'")
_CANNOT_OPEN = (RegistryError, "无法打开登记库", "请检查文件和所在文件夹的权限")
_SERVER = (RegistryError, "无法连接数据库服务器", "请检查地址、用户名、密码和网络")

#: SQLite's primary result codes.
_BY_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _CANNOT_OPEN,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
}
#: PostgreSQL's SQLSTATE codes.
_BY_STATE = {"53100": _FULL, "55P03": _LOCKED, "40P01": _LOCKED, "XX001": _DAMAGED, "XX002": _DAMAGED}


def registry_error(error: Exception, place: str) -> RegistryError:
    """The error to show for ``error``: of ``sqlite3``, of ``psycopg``, or either wrapped by SQLAlchemy; a
    value that no registry holds (LookupError, ValueError, TypeError); a missing driver."""
    cause = getattr(error, "orig", None) or error
    code: int | None = getattr(cause, "sqlite_errorcode", None)
    if isinstance(cause, ImportError):
        return _NO_DRIVER[0](_NO_DRIVER[1], place=place, remedy=_NO_DRIVER[2])
    if type(cause).__name__ == "ArgumentError":
        return _NOT_PLACED[0](_NOT_PLACED[1], place=place, remedy=_NOT_PLACED[2])
    found: tuple[type[RegistryError], str, str] | None
    if isinstance(cause, (LookupError, ValueError, TypeError)) or "Could not decode" in str(cause):
        found = _DAMAGED
    elif code is not None:
        found = _BY_SQLITE.get(code & 0xFF)
    else:
        state: str | None = getattr(cause, "sqlstate", None)
        found = _BY_STATE.get(state) if state else None
        if found is None and not state and type(cause).__name__ == "OperationalError":
            found = _SERVER
    if found is None:
        found = (RegistryError, "数据库报告错误", "请保留此信息并联系维护人员")
    kind, message, remedy = found
    if code is not None and code & 0xFF in _BY_SQLITE:  # SQLite's own words say no more than these
        return kind(message, place=place, remedy=remedy)
    detail = str(cause).strip().partition("\n")[0]
    return kind(f"{message}（{detail}）", place=place, remedy=remedy)


@contextmanager
def told(place: str, *kinds: type[Exception]) -> Iterator[None]:
    """Turn database errors inside the block (of ``sqlite3``, and of ``kinds``) into a RegistryError."""
    known: tuple[type[Exception], ...] = (sqlite3.Error, *kinds)
    try:
        yield
    except known as error:
        raise registry_error(error, place) from error


def intact(place: str) -> AbstractContextManager[None]:
    """Around the reading of stored rows: a value that this program never stores means a damaged registry."""
    return told(place, LookupError, ValueError, TypeError)
