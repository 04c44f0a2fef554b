"""Folders: where this user's data and caches are, by the platform's own rule."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """The folder for this user's data; not created here."""
    if sys.platform == "win32":
        return _folder("LOCALAPPDATA", Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "duban"
    return _folder("XDG_DATA_HOME", Path.home() / ".local" / "share")


def cache_folder() -> Path:
    """The folder for what can be computed again; not created here."""
    if sys.platform == "win32":
        return _folder("LOCALAPPDATA", Path.home() / "AppData" / "Local") / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "duban"
    return _folder("XDG_CACHE_HOME", Path.home() / ".cache")


def _folder(variable: str, fallback: Path) -> Path:
    """``$variable`` where it is an absolute path (XDG: relative ones are to be ignored), else
    ``fallback``."""
    value = Path(os.environ.get(variable, ""))
    return (value if value.is_absolute() else fallback) / "duban"
