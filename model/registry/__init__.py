"""The registry: stores notices whole and finds their tasks; one SQLite file, or a PostgreSQL database when
shared.

Writing is in :mod:`.store` (SQLAlchemy, loaded by ``open_registry``); reading needs the standard library
alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .reader import TIMEOUT
from .target import default_registry_path

if TYPE_CHECKING:
    from .store import Registry

__all__ = ["default_registry_path", "open_registry"]


def open_registry(target: str | Path, *, create: bool = True, timeout: float = TIMEOUT) -> Registry:
    """Open a registry for writing; see :func:`duban.model.registry.store.open_registry`."""
    from .store import open_registry

    return open_registry(target, create=create, timeout=timeout)
