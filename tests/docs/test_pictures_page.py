"""docs/pictures.md: its example runs, and its tables name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from duban.output import charts
from duban.output.charts import fonts
from duban.output.official.plan import ROADMAP_BLOCKS, TIMETABLE_BLOCKS

PAGE = (Path(__file__).parents[2] / "docs" / "pictures.md").read_text(encoding="utf-8")


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    if not fonts._installed():
        pytest.skip("no chart is drawn: this machine lacks a Chinese font")
    exec(compile(re.findall(r"```python\n(.*?)```", PAGE, re.S)[0], "pictures.md", "exec"), {})
    assert capsys.readouterr().out == "条形图：各单位任务进展。省财政厅：已完成3，红灯1。\n"


def test_the_tables_name_every_chart_and_every_block() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \| `\w+\(", PAGE, re.M))
    assert listed == {name for name in charts.__all__ if name[0].islower()}
    blocks = {name for name in (*TIMETABLE_BLOCKS, *ROADMAP_BLOCKS) if not name.startswith("head_")}
    rows = re.findall(r"^\| ((?:`\w+` ?)+)\| .* \| .*`unit`|^\| ((?:`\w+` ?)+)\| .*the same", PAGE, re.M)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", "".join(row))} == blocks
    (variables,) = re.findall(r"titles of the attachments \| (.*) \|", PAGE)
    for block in blocks:
        known = (TIMETABLE_BLOCKS | ROADMAP_BLOCKS)[block]
        assert set(re.findall(r"`(\w+)`", variables)) == known
