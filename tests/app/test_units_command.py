"""`duban units`, own unit lists in every command, and the marks of history in a search."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from commands import Ran, run

NOTICE = """安徽省人民政府办公厅关于印发工作要点的通知
皖政办〔2022〕3号
一、稳增长
1.减税。(牵头单位:省财政厅,配合单位:省财厅、省数据局)
2.春耕。(责任单位:各市人民政府)
"""
LIST = "名称,编号,层级,类别\n省财政厅,finance,省,部门\n省数据资源局,data,省,部门\n"
DOCUMENT = Path(__file__).parents[2] / "docs" / "units.md"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORPUS = Path(__file__).parents[2] / "corpus" / "liaoning"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a notice and a list, and a data folder of its own."""
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "单位.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "registry.db"))
    monkeypatch.delenv("DUBAN_UNITS", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path


def units(monkeypatch: pytest.MonkeyPatch, *words: str) -> Ran:
    return run(monkeypatch, "units", *words)


def resolved(monkeypatch: pytest.MonkeyPatch, *options: str) -> dict[str, str | None]:
    record = json.loads(run(monkeypatch, "parse", "-q", "通知.txt", *options).out)
    return {party["text"]: party["unit"] for task in record["tasks"] for party in task["parties"]}


@pytest.mark.usefixtures("place")
def test_an_office_reads_its_own_province(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(resolved(monkeypatch).values()) == {None}
    added = units(
        monkeypatch, "add", "单位.csv", "--region", "anhui", "--marks", "安徽,皖政", "--prefix", "安徽"
    )
    assert added.status == 0, added.err
    assert resolved(monkeypatch)["省财政厅"] == "anhui/finance"
    assert resolved(monkeypatch)["省财厅"] is None
    found = json.loads(units(monkeypatch, "suggest", "通知.txt", "--format", "json").out)
    assert {row["text"] for row in found} == {"省数据局", "省财厅"}
    likely = {row["text"]: [u["unit"] for u in row["likely"]] for row in found}
    assert "anhui/data" in likely["省数据局"]
    assert units(monkeypatch, "add", "--name", "省财厅", "--unit", "anhui/finance").status == 0
    assert resolved(monkeypatch)["省财厅"] == "anhui/finance"
    listed = json.loads(units(monkeypatch, "list", "--unit", "省财厅", "--format", "json").out)
    assert [unit["id"] for unit in listed] == ["anhui/finance"]
    assert "安徽省财政厅" in [name["text"] for name in listed[0]["names"]]
    again = units(monkeypatch, "add", "单位.csv", "--region", "anhui")
    assert again.status == 2
    assert "--replace" in again.err


@pytest.mark.usefixtures("place")
def test_lists_of_one_command_and_of_the_environment(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "own.toml").write_text(
        '[[unit]]\nid = "own/data"\nname = "省数据局"\nlevel = "province"\n', encoding="utf-8"
    )
    assert resolved(monkeypatch, "--units", "own.toml")["省数据局"] == "own/data"
    assert resolved(monkeypatch)["省数据局"] is None
    monkeypatch.setenv("DUBAN_UNITS", "own.toml")
    assert resolved(monkeypatch)["省数据局"] == "own/data"


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("add",), 2, "没有写添加什么"),
        (("add", "--name", "甲"), 2, "--unit"),
        (("add", "--name", "甲", "--unit", "外星人"), 2, "名录中没有“外星人”"),
        (("add", "--name", "甲", "--unit", "省工业信息化厅"), 2, "相近的有：省工业和信息化厅"),
        (("add", "--name", "省水利厅", "--unit", "省财政厅"), 3, "省水利厅 既指"),
        (("add", "没有.csv"), 3, "读不了"),
        (("check", "坏.csv"), 3, "第 3 行"),
        (("list", "--unit", "外星人"), 1, "名录中没有"),
        (("suggest", "没有.txt"), 3, "没有.txt"),
        (("suggest",), 3, "没有找到登记库"),
        (("nothing",), 2, "不能是"),
    ],
)
def test_mistakes(
    place: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int, told: str
) -> None:
    (place / "坏.csv").write_text("名称,层级\n省甲局,省\n省乙局,星\n", encoding="utf-8")
    ran = units(monkeypatch, *words)
    assert (ran.status, told in ran.err) == (status, True), ran.err
    assert not list((place / "data").rglob("*.toml")), "nothing half-written"


def test_a_broken_list_is_named_by_every_command(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "坏.toml").write_text("[[unit]]\nid = 1\n", encoding="utf-8")
    ran = run(monkeypatch, "parse", "通知.txt", "--units", "坏.toml")
    assert ran.status == 3
    assert "坏.toml，第 1 个 [[unit]]" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("place")
def test_the_directory_in_use_has_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = units(monkeypatch, "check")
    assert ran.status == 0
    assert "没有错误" in ran.err
    assert "同名：省知识产权局" in ran.err
    shown = units(monkeypatch, "list")
    assert "省生态环境厅" in shown.out
    assert "由省环保厅更名" in shown.out


@pytest.mark.usefixtures("place")
def test_the_registry_s_unknown_names(monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "ingest", "-q", "通知.txt")
    found = json.loads(units(monkeypatch, "suggest", "--all", "--format", "json").out)
    assert {row["text"]: row["mentions"] for row in found} == {
        "省财政厅": 1,
        "省财厅": 1,
        "省数据局": 1,
        "各市人民政府": 1,
    }


@pytest.mark.usefixtures("place")
def test_a_search_shows_the_marks_of_history(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "ingest", "-q", CORPUS).status == 0
    table = run(monkeypatch, "search", "--unit", "省环保厅", "--year", "2021").out
    assert table.count("〔原省环保厅〕") >= 5
    told: list[dict[str, Any]] = json.loads(
        run(monkeypatch, "search", "--unit", "省环保厅", "--year", "2021", "--format", "json").out
    )
    histories = [match["history"] for hit in told for match in hit["why"]]
    assert {history["badge"] for history in histories} == {"原省环保厅"}
    assert histories[0]["steps"][0]["to"] == "liaoning/ecology-environment"
    exact = run(monkeypatch, "search", "--unit", "省环保厅", "--year", "2021", "--exact").out
    assert exact == ""
    doubtful = run(monkeypatch, "search", "--unit", "省农委", "--year", "2021").out
    assert "〔原省农委（待确认）〕" in doubtful
    assert "编号" in run(monkeypatch, "search", "--unit", "省知识产权局").err


def test_a_list_shows_the_mark(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docx import Document

    run(monkeypatch, "ingest", "-q", CORPUS)
    for unit, marked in (("省环保厅", True), ("省农委", False)):
        ran = run(monkeypatch, "checklist", "--unit", unit, "-o", f"{unit}.docx")
        assert ran.status == 0, ran.err
        body = Document(str(place / f"{unit}.docx")).element.body
        cells = {"".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in body.iter(f"{W}tc")}
        assert any(f"原{unit}" in cell for cell in cells) == marked


@pytest.mark.usefixtures("place")
def test_the_document_s_commands_run(monkeypatch: pytest.MonkeyPatch) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", text, re.S)
    for line in block.strip().splitlines():
        words = line.removeprefix("$ duban units ").split()
        ran = units(monkeypatch, *words)
        assert ran.status == 0, (line, ran.err)


@pytest.mark.usefixtures("place")
def test_the_document_s_list_is_one(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (listed,) = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    (place / "anhui.toml").write_text(listed, encoding="utf-8")
    assert units(monkeypatch, "check", "anhui.toml").status == 0
    assert units(monkeypatch, "add", "anhui.toml").status == 0
    assert resolved(monkeypatch)["省财厅"] == "anhui/finance"
    kept = tomllib.loads((place / "data" / "duban" / "units" / "anhui.toml").read_text(encoding="utf-8"))
    assert kept == tomllib.loads(listed)
