"""A registry of given notices for tests that make documents from it."""

from __future__ import annotations

from pathlib import Path

from duban.app.main import main

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def ingested(folder: Path, *files: Path) -> str:
    """A registry in ``folder`` with these notices."""
    registry = str(folder / "registry.db")
    assert main(["ingest", "-q", "--registry", registry, *map(str, files)]) in {0, 1}
    return registry
