"""docs/checker.md lists the rules that there are, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from duban.output.checker.checking import in_order
from made_documents import spoilt

PAGE = (Path(__file__).parents[2] / "docs" / "checker.md").read_text(encoding="utf-8")


def test_the_page_lists_every_rule() -> None:
    listed = re.findall(r"^\| (\d[\w.]*) \| (\S+) \| (.*) \|$", PAGE, re.M)
    assert listed == [(rule.code, rule.strength.value, rule.what) for rule in in_order()]


def test_the_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = spoilt("word/document.xml", lambda made: made.replace("市直各部门：", "市直各部门:"))
    (tmp_path / "通知.docx").write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    exec(compile(re.findall(r"```python\n(.*?)```", PAGE, re.S)[0], "checker.md", "exec"), {})
    assert "7.3.2 最后一个主送机关名称后标全角冒号" in capsys.readouterr().out
