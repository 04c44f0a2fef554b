"""docs/formats.md is true: its reader runs, its limits are those of the code, its formats are installed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from duban.extract.readers import ReadOptions, html, readers, xlsx
from duban.model import packages

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_reader_of_the_page_reads() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    names: dict[str, Any] = {}
    exec(compile(example, "docs/formats.md", "exec"), names)
    reader = names["READER"]
    raw = "%NOTE\n一、任务\n1.治理。\n".encode()
    assert reader.sniff(raw)
    source = reader.read(raw, "a.note", ReadOptions())
    assert source.text == "一、任务\n1.治理。\n"
    assert [piece.where for piece in source.pieces if not piece.generated] == [(0,), (1,)]


def test_the_limits_are_those_of_the_code() -> None:
    limits = (
        packages.MOST_ENTRIES,
        packages.MOST_RATIO,
        packages.MOST_MARKS,
        html.MOST_TAGS,
        xlsx.MOST_CELLS,
    )
    for limit in limits:
        assert f"{limit:,}" in PAGE
    for size in (packages.MOST_PART, packages.MOST_TOTAL):
        assert f"{size // 2**20} MB" in PAGE


def test_the_formats_are_installed() -> None:
    installed = {reader.format for reader in readers()}
    assert {"docx", "html", "xlsx", "csv"} <= installed
    for name in ("docx", "html", "xlsx", "csv"):
        assert f"| `{name}` |" in PAGE
