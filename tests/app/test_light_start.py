"""What the commands for plain text load: a person waits for every module, so only what the command needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

#: Packages and modules that neither `duban parse` of a text nor `duban search` needs.
HEAVY = (
    "spacy", "jieba", "pypdfium2", "pdfplumber", "lxml", "docx", "openpyxl", "jinja2", "sqlalchemy",
    "alembic", "matplotlib", "pebble", "rapidfuzz", "multiprocessing", "zipfile", "duban.score",
    "duban.output.checklist", "duban.extract.readers.docx",
)  # fmt: skip
PROGRAM = f"""
import sys
from duban.app.main import main
status = main(sys.argv[1:])
heavy = sorted(set(sys.modules) & set({HEAVY!r}))
print(status, heavy, "duban.model.registry" in sys.modules, file=sys.stderr)
"""
NOTICE = "关于做好工作的通知\n一、任务\n1.新建水库3座。（责任单位：省水利厅）\n某省人民政府\n2021年1月5日\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("light")
    (place / "notice.txt").write_text(NOTICE, encoding="utf-8")
    loaded(place, "ingest", "notice.txt", "--registry", "r.db")
    return place


def loaded(place: Path, *arguments: str) -> str:
    """Exit status, the heavy modules that are loaded after a command, and whether the registry's are."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    run = subprocess.run(command, cwd=place, capture_output=True, text=True, encoding="utf-8", check=True)
    return run.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["text", "parse"])
def test_a_text_is_read_without_registry_readers_of_packages_or_libraries(folder: Path, command: str) -> None:
    assert loaded(folder, command, "notice.txt") == "0 [] False"


def test_a_search_loads_no_library(folder: Path) -> None:
    assert loaded(folder, "search", "--unit", "省水利厅", "--registry", "r.db") == "0 [] True"
