"""The registry: stores notices whole and finds their tasks; one SQLite file, or a PostgreSQL database when
shared.

Writing is in :mod:`.store` (SQLAlchemy, loaded by ``open_registry``); reading needs the standard library
alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .duties import Duty, DutyItem, UnitLoad, duties_by_unit, tasks_of_unit, units_in
from .notices import Ingested, NoticeRow, notices, raw_of, record_of, text_of
from .query import Hit, Query, highlight
from .reader import TIMEOUT, reading
from .search import count_hits, search
from .suggestions import Suggestion, suggest
from .target import default_registry_path

if TYPE_CHECKING:
    from .store import Registry

__all__ = [
    "Duty",
    "DutyItem",
    "Hit",
    "Ingested",
    "NoticeRow",
    "Query",
    "Suggestion",
    "UnitLoad",
    "count_hits",
    "default_registry_path",
    "duties_by_unit",
    "highlight",
    "notices",
    "open_registry",
    "raw_of",
    "reading",
    "record_of",
    "search",
    "suggest",
    "tasks_of_unit",
    "text_of",
    "units_in",
]


def open_registry(target: str | Path, *, create: bool = True, timeout: float = TIMEOUT) -> Registry:
    """Open a registry for writing; see :func:`duban.model.registry.store.open_registry`."""
    from .store import open_registry

    return open_registry(target, create=create, timeout=timeout)
