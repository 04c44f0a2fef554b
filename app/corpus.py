"""The data that travels with the program, and the unit lists that an office adds to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.units import UnitDirectory

#: Files of ``--units``, set for one command.
_named: ContextVar[tuple[str, ...]] = ContextVar("units", default=())
_ENDS = (".toml", ".csv", ".xlsx")


def corpus_folder() -> Path:
    """The folder of the corpus, wherever the package is installed."""
    from .. import corpus

    return Path(next(iter(corpus.__path__)))


def use_units(files: Sequence[str]) -> None:
    """From now on :func:`directory` also reads these files (``--units``)."""
    _named.set(tuple(files))


def own_units_folder() -> Path:
    """Where an office keeps its own unit lists: ``units`` beside its registry, in the user's data folder."""
    from ..model.folders import data_folder

    return data_folder() / "units"


def own_units_files() -> tuple[Path, ...]:
    """The office's own lists, in the order in which they are read: those of its folder by name, of
    ``$DUBAN_UNITS`` (paths parted as in ``$PATH``), of ``--units``."""
    named = [part for part in os.environ.get("DUBAN_UNITS", "").split(os.pathsep) if part]
    found = [*_lists_in(own_units_folder())]
    for name in (*named, *_named.get()):
        path = Path(name)
        found += _lists_in(path) if path.is_dir() else [path]
    return tuple(dict.fromkeys(found))


def _lists_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDS)


def directory() -> UnitDirectory:
    """The unit directories that travel with the program, and the office's own. Raises UnitFileError."""
    return _loaded(tuple((path, path.stat().st_mtime_ns if path.is_file() else 0) for path in all_files()))


def all_files() -> tuple[Path, ...]:
    """Every unit list that is read, the office's own last."""
    return (*sorted((corpus_folder() / "units").glob("*.toml")), *own_units_files())


@cache
def _loaded(files: tuple[tuple[Path, int], ...]) -> UnitDirectory:
    from ..model.units import load_directory

    return load_directory(*(path for path, _ in files))
