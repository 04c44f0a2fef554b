"""The examples of docs/language.md run and print what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\nprints\n\n```text\n(.*?)```", PAGE, re.S)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == PAGE.count("```python") == 2


@pytest.mark.parametrize(("code", "printed"), EXAMPLES, ids=["quantities", "pipeline"])
def test_an_example(code: str, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, "language.md", "exec"), {})
    assert capsys.readouterr().out == printed
