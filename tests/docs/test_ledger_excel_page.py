"""docs/ledger-excel.md: its commands and program run in this order; columns and limits are the code's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from commands import run
from duban.output.ledger import making
from duban.output.ledger.columns import CLEARED, COLUMNS, END, KEY, OFFICE_PARTS, OFFLINE
from ledgers import edited, fill

PAGE = (Path(__file__).parents[2] / "docs" / "ledger-excel.md").read_text(encoding="utf-8")
NOTICE = "澜江市人民政府关于印发2024年任务的通知\n1.疏浚3公里。（市水利局负责）\n"


def test_the_commands_and_the_program_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    assert run(monkeypatch, "ingest", "a.txt").status == 0
    lines = [line for line in PAGE.splitlines() if line.startswith("$ duban ")]
    assert len(lines) == 7
    told = []
    for line in lines:
        if "--dry-run" in line:
            edited(Path("市水利局.xlsx"), fill(("进展", 4, "疏浚1公里")), tmp_path / "市水利局.xlsx")
        ran = run(monkeypatch, *shlex.split(line)[2:])
        assert ran.status == 0, ran.err
        told.append(ran.err)
    assert "会改 1 格" in told[4]
    assert "登记 1 条" in told[5]
    assert "没有要改的" in told[6]
    exec(compile(re.findall(r"```python\n(.*?)```", PAGE, re.S)[0], "ledger-excel.md", "exec"), {})
    assert capsys.readouterr().out == "4 []\n"


def test_the_page_lists_the_columns() -> None:
    listed = re.findall(r"^\| (\S+) \| (–|unit|office) \|", PAGE, re.M)
    assert listed == [
        (column.head, "–" if column.fixed else "office" if column.part in OFFICE_PARTS else "unit")
        for column in COLUMNS
        if column.name not in (KEY, END)
    ]
    assert f"`{CLEARED}`" in PAGE
    assert OFFLINE in PAGE


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{making._MATTER} characters" in PAGE
    assert PAGE.count(f"{making._PIECES} characters") == 2
    most = next(column.most for column in COLUMNS if column.head == "进展")
    assert f"up to {most:,} characters" in PAGE
