"""Every bench that ``python -m bench`` names is there and has what it calls."""

from __future__ import annotations

import importlib
import inspect
from importlib.util import find_spec

import pytest

from bench.__main__ import BENCHES

#: What only benches use; they come with ``pip install 'duban[bench]'``.
EXTRAS = {
    "parse_speed": "parsimonious",
    "checklist_docx": "docxtpl",
    "read_docx": "docxtpl",
    "numbering_labels": "mammoth",
}


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_can_be_run(name: str) -> None:
    extra = EXTRAS.get(name)
    if extra and find_spec(extra) is None:
        pytest.skip(f"{extra} is not installed (pip install 'duban[bench]')")
    run = importlib.import_module(f"bench.{name}").run
    inspect.signature(run).bind()
    assert inspect.signature(run).return_annotation == "list[Row]"
