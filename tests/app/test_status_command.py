"""`duban status`, `due` and `quality`: what an officer sees of the year, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from commands import Ran, run
from duban.app.status_table import burden_lines
from duban.model.progress.load import BurdenWarning

NOTICE = """澜江市人民政府关于印发重点任务的通知
澜政发〔2024〕6号
2024年1月5日

一、重点任务
1.疏浚河道3公里。（责任单位：市水利局）
年度目标：疏浚3公里。
落实措施：①6月底前完成主体工程。（市财政局）②每周汇总各县（市、区）河道疏浚进度并印发通报。
2.建设公园。（责任单位：市住建局、市财政局）
年度目标：力争建成。
落实措施：①每周汇总各县（市、区）河道疏浚进度并印发通报。
"""


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "r.db"
    monkeypatch.setenv("DUBAN_REGISTRY", str(path))
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    assert run(monkeypatch, "ingest", tmp_path / "a.txt").status == 0
    return path


def asked(monkeypatch: pytest.MonkeyPatch, command: str, *arguments: str) -> Ran:
    return run(monkeypatch, command, "--notice", "1", *arguments)


def signed(monkeypatch: pytest.MonkeyPatch, action: str, *arguments: str, on: str) -> None:
    ran = run(monkeypatch, "progress", action, *arguments, "--by", "张三", "--on", on)
    assert ran.status == 0, ran.err


@pytest.mark.usefixtures("registry")
def test_the_overview_counts_what_the_entries_say(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ("--notice", "1", "--task", "1", "--piece", "measure:1")
    signed(monkeypatch, "add", *one, "--value", "完成", "--percent", "100", on="2024-06-20")
    before = json.loads(asked(monkeypatch, "status", "--as-of", "2024-07-02", "--format", "json").out)
    assert before["tasks"] == 2
    assert before["milestones"]["reported"]["done"] == 1
    assert before["milestones"]["verified"]["done"] == 0
    late = [(one["number"], one["piece"], one["days_late"]) for one in before["overdue"]]
    assert (1, "measure:1", 2) in late
    signed(monkeypatch, "review", "1", "--accept", on="2024-07-01")
    after = json.loads(asked(monkeypatch, "status", "--as-of", "2024-07-02", "--format", "json").out)
    assert after["milestones"]["verified"]["done"] == 1
    assert after["units"]["市财政局"]["2024-06"]["done"] == 1
    assert sum(after["lights"]["verified"].values()) == 2
    table = asked(monkeypatch, "status", "--as-of", "2024-07-02", "--limit", "2")
    assert "截至2024-07-02，任务 2 项" in table.out
    assert "前 2 个" in table.out
    assert "报送过频" in table.err
    assert "重复填报" in table.err
    rows = list(
        csv.reader(io.StringIO(asked(monkeypatch, "status", "--as-of", "2024-07-02", "--format", "csv").out))
    )
    assert len(rows) - 1 == after["milestones"]["total"]


@pytest.mark.usefixtures("registry")
def test_what_is_due_is_listed_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads(
        asked(monkeypatch, "due", "--within", "14天", "--as-of", "2024-06-20", "--format", "json").out
    )
    days = [one["due"] for one in found["milestones"]]
    assert days == sorted(days)
    assert "2024-06-30" in days
    assert all("2024-06-20" <= day <= "2024-07-04" for day in days)
    mine = asked(monkeypatch, "due", "--within", "2w", "--as-of", "2024-06-20", "--unit", "市财政局")
    assert "第1项" in mine.out
    assert "2024-06-30" in mine.out
    assert asked(monkeypatch, "due", "--within", "下周").status == 2


def test_a_unit_without_a_dated_piece_sees_the_tasks_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "own.db"))
    lines = ("澜江市人民政府关于2024年任务的通知", "1.疏浚河道。（责任单位：市水利局、市财政局）",
             "落实措施：①6月底前完成主体工程。（市水利局）②加强资金监管。（市财政局）")  # fmt: skip
    (tmp_path / "b.txt").write_text("\n".join(lines), encoding="utf-8")
    assert run(monkeypatch, "ingest", tmp_path / "b.txt").status == 0
    found = json.loads(
        asked(monkeypatch, "status", "--unit", "市财政局", "--as-of", "2024-07-02", "--format", "json").out
    )
    assert [one["due"] for one in found["overdue"]] == ["2024-06-30"]


@pytest.mark.usefixtures("registry")
def test_an_offices_own_rule_and_a_day_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "灯.toml"
    own.write_text("soon_days = 60\n", encoding="utf-8")
    wide = asked(monkeypatch, "status", "--as-of", "2024-01-10", "--light-rule", str(own), "--format", "json")
    usual = asked(monkeypatch, "status", "--as-of", "2024-01-10", "--format", "json")
    blue = [json.loads(ran.out)["milestones"]["verified"]["blue"] for ran in (wide, usual)]
    assert blue[0] > blue[1] > 0
    assert asked(monkeypatch, "status", "--as-of", "6月底").status == 2
    assert asked(monkeypatch, "status", "--as-of", "2024-01-10", "--section", "九").status == 1
    told = asked(monkeypatch, "status", "--section", "一")
    assert "没有写 --as-of，按今天" in told.err


@pytest.mark.usefixtures("registry")
def test_what_a_task_lacks_is_told_and_gone_once_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = asked(monkeypatch, "quality", "--as-of", "2024-01-31", "--format", "json")
    assert first.status == 1
    lacks = {one["number"]: set(one["missing"]) for one in json.loads(first.out)}
    assert lacks == {1: {"可追责"}, 2: {"可量化", "可考核", "可查验", "可追责"}}
    for task, standard in (("1", ""), ("2", "建成开放")):
        plan = ("--notice", "1", "--task", task, "--office", "工程处", "--planned", "3")
        signed(monkeypatch, "plan", *plan, "--standard", standard, on="2024-01-20")
    second = asked(monkeypatch, "quality", "--as-of", "2024-01-31")
    assert "有多个责任单位而没有牵头单位" in second.out
    assert "任务 2 项，齐备 1 项；缺项：可追责 1" in second.out


def test_a_notice_without_any_date_has_no_milestones_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "r.db"))
    (tmp_path / "a.txt").write_text("关于印发任务的通知\n1.疏浚河道。（市水利局负责）\n", encoding="utf-8")
    assert run(monkeypatch, "ingest", tmp_path / "a.txt").status == 0
    ran = run(monkeypatch, "status", "--as-of", "2024-07-02")
    assert ran.status == 0
    assert "1 项任务没有节点" in ran.err


def test_a_table_over_several_notices_and_years_says_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "many.db"))
    line = "每月汇总各县（市、区）河道疏浚进度并印发通报。"
    for year, unit in ((2022, "市水利局"), (2024, "市住建局")):
        tasks = [
            f"{number}.疏浚第{number}段河道。（责任单位：{unit}）\n落实措施：①{line}"
            for number in range(1, 6)
        ]
        text = f"澜江市人民政府关于{year}年任务的通知\n澜政发〔{year}〕6号\n" + "\n".join(tasks)
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
        assert run(monkeypatch, "ingest", tmp_path / f"{year}.txt").status == 0
    ran = run(monkeypatch, "status", "--as-of", "2024-07-02", "--limit", "3")
    late = ran.out.split("\n逾期 ")[1].splitlines()
    assert late[1].split()[0] == "通知"
    assert late[3].startswith("澜政发〔2022〕6号")
    head, months, _, *rows = ran.out.split("各单位各月节点数")[1].splitlines()
    assert "另有 12 个月、1 个单位不在表中" in head
    assert months.split()[1:] == [f"24-{month:02}" for month in range(1, 13)]
    assert [row.split()[0] for row in rows] == ["市住建局"]
    one = asked(monkeypatch, "status", "--as-of", "2024-07-02")
    assert "通知" not in one.out.split("\n逾期 ")[1].splitlines()[1]


def test_breaches_of_one_rule_are_counted_not_listed_without_end() -> None:
    found = [BurdenWarning("重复填报", f"第{number}项") for number in range(1, 6)]
    found.append(BurdenWarning("报送过频", "第9项"))
    assert list(burden_lines(found)) == [
        "负担提示 重复填报：第1项；第2项；第3项等 5 处（--format json 列出全部）",
        "负担提示 报送过频：第9项",
    ]


def test_silence_on_supplied_quarters_is_overdue_or_by_the_offices_rule_listed_once_a_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "r.db"))
    lines = (
        "澜江市人民政府关于2024年任务的通知",
        "1.疏浚河道。（市水利局负责）",
        "2.造林，6月底前完成。（市林业局负责）",
    )
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    assert run(monkeypatch, "ingest", tmp_path / "a.txt").status == 0
    told = json.loads(asked(monkeypatch, "status", "--as-of", "2024-07-02", "--format", "json").out)
    assert told["unreported"] == []
    assert [one["number"] for one in told["overdue"]] == [1, 1, 2]
    (tmp_path / "灯.toml").write_text('quarter = "yellow"\n', encoding="utf-8")
    own = ("--light-rule", str(tmp_path / "灯.toml"))
    told = json.loads(asked(monkeypatch, "status", "--as-of", "2024-07-02", "--format", "json", *own).out)
    assert [(one["number"], one["due"]) for one in told["unreported"]] == [(1, "2024-06-30")]
    assert [one["number"] for one in told["overdue"]] == [2]
    table = asked(monkeypatch, "status", "--as-of", "2024-07-02", *own).out
    assert "季度未报 1 个" in table
    assert "季度调度节点已过2天，未报进展" in table
    assert "季度未报" not in asked(monkeypatch, "status", "--as-of", "2024-03-31", *own).out


def test_nobody_fills_in_all_that_is_asked_of_units_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_REGISTRY", str(tmp_path / "r.db"))
    lines = [f"{number}.整修第{number}段河道。（责任单位：市水利局、有关部门）" for number in range(1, 61)]
    (tmp_path / "a.txt").write_text(
        "\n".join(["澜江市人民政府关于2024年任务的通知", *lines]), encoding="utf-8"
    )
    assert run(monkeypatch, "ingest", tmp_path / "a.txt").status == 0
    told = json.loads(asked(monkeypatch, "status", "--as-of", "2024-07-02", "--format", "json").out)
    over = [one["message"] for one in told["warnings"] if one["rule"] == "填报过多"]
    assert [words[:4] for words in over] == ["市水利局"]
