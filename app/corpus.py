"""The data that travels with the program: unit directories and the two Liaoning notices."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.units import UnitDirectory


def corpus_folder() -> Path:
    """The folder of the corpus, wherever the package is installed."""
    from .. import corpus

    return Path(next(iter(corpus.__path__)))


@cache
def directory() -> UnitDirectory:
    """All unit directories that travel with the program."""
    from ..model.units import load_directory

    return load_directory(*sorted((corpus_folder() / "units").glob("*.toml")))
