"""Target: where a registry is (a SQLite file or a PostgreSQL URL), and where it is by default."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import RegistryError, RegistryMissingError
from ..folders import data_folder
from ..reasons import system_reason

_SCHEME = re.compile(r"([a-z][a-z0-9+]+)://(.*)", re.DOTALL)
#: What follows the user's part: host and port, a base, options.
_SERVER = re.compile(r"[^@/?]*(/[^@?]*)?(\?([^=&]+=.*)?)?", re.DOTALL)
_PASSWORD_OPTION = re.compile(r"([?&][a-z]*password=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Either ``path`` (SQLite) or ``url`` (PostgreSQL, with its driver) is set. ``place`` names it to
    people."""

    place: str
    path: Path | None = None
    url: str = ""


def parse_target(target: str | Path | Target) -> Target:
    """A path, ``sqlite:///PATH`` or ``postgresql://…``. Raises RegistryError for another kind of URL."""
    if isinstance(target, Target):
        return target
    match = _SCHEME.match(str(target))
    if isinstance(target, Path) or not match:
        return Target(str(target), path=Path(target))
    scheme, rest = match.groups()
    if scheme == "sqlite":
        path = Path(rest.removeprefix("/"))
        return Target(str(path), path=path)
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
        user, server = _split(rest)
        return Target(_without_password(scheme, rest), url=f"postgresql+psycopg://{user}{server}")
    raise RegistryError(
        f"不支持 {scheme} 数据库",
        place=_without_password(scheme, rest),
        remedy="请写文件路径、sqlite:///路径 或 postgresql://用户@主机/库名",
    )


def _split(rest: str) -> tuple[str, str]:
    """The part ``user:password@`` of a URL, and what follows; / ? # : and @ may stand in a password."""
    at = rest.find("@")
    while at >= 0 and not _SERVER.fullmatch(rest, at + 1) and rest.find("@", at + 1) >= 0:
        at = rest.find("@", at + 1)
    if at < 0:
        return "", rest
    user, colon, password = rest[:at].partition(":")
    for char in "/?#:@":
        password = password.replace(char, f"%{ord(char):02X}")
    return f"{user}{colon}{password}@", rest[at + 1 :]


def _without_password(scheme: str, rest: str) -> str:
    """The URL as messages show it."""
    user, server = _split(rest)
    name, colon, _ = user.partition(":")
    return f"{scheme}://{name}{':***@' if colon else ''}" + _PASSWORD_OPTION.sub(r"\1***", server)


def default_registry_path() -> str:
    """Where the registry is when nobody says: ``$DUBAN_REGISTRY`` (path or URL), else a file in the user's
    data folder by the platform's own rule."""
    named = os.environ.get("DUBAN_REGISTRY", "").strip()
    return named or str(data_folder() / "registry.db")


def check_file(path: Path, *, create: bool) -> None:
    """Make sure that a SQLite file can stand at ``path``; ``create`` makes the folders above it.

    Raises RegistryMissingError when nothing is there and nothing may be created, RegistryError for a
    folder, for a place whose folder cannot be made, or one that cannot be looked at.
    """
    try:
        if path.is_dir():
            raise RegistryError(
                "这是一个文件夹，不是登记库文件", place=str(path), remedy="请写明文件名，例如 registry.db"
            )
        if path.exists():
            return
        if not create:
            raise RegistryMissingError(
                "没有找到登记库",
                place=str(path),
                remedy="请先用 duban ingest 文件 登记通知，或用 --registry 指明登记库",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RegistryError(
            f"登记库的位置无法使用（{system_reason(error)}）",
            place=str(path),
            remedy="请检查路径和权限，或用 --registry 另选位置",
        ) from error
