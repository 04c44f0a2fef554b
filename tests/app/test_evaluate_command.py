"""`duban evaluate`: figures that agree with counting by hand, differences in context, gains and losses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from duban.app.evaluation import FIELDS, Tally, gold_month, metrics_overlap

NOTICE = "一、任务\n1.新建水库3座。（责任单位：市水务局）\n2.增长5%以上。（责任单位：市财政局）\n"


def gold(folder: Path, **changes: object) -> Path:
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    record = {
        "file": "notice.txt",
        "clauses": [
            {"text": f"（责任单位：{unit}）", "path": ["一、", number],
             "units": [{"text": unit, "role": "responsible"}]}
            for number, unit in (("1.", "市水务局"), ("2.", "市财政局"))
        ],
        "tasks": [{"head": "新建水库"}, {"head": "增长5%"}],
        "deadlines": [],
        **changes,
    }  # fmt: skip
    path = folder / "gold.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return path


def fields(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> dict[str, dict[str, float]]:
    ran = run(monkeypatch, "evaluate", *arguments, "--format", "json")
    made: dict[str, dict[str, float]] = json.loads(ran.out)["fields"]
    return made


def test_what_is_right_is_right(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = fields(monkeypatch, gold(tmp_path))
    assert {name: (f["right"], f["invented"], f["missed"]) for name, f in made.items()} == {
        "clause": (2, 0, 0), "clause_span": (2, 0, 0), "party": (2, 0, 0), "party_role": (2, 0, 0),
        "task": (2, 0, 0), "clause_task": (2, 0, 0),
    }  # fmt: skip


def test_every_kind_of_difference_counts_and_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = [
        {
            "text": "（责任单位：市水务局）",
            "path": ["一、", "1."],
            "units": [{"text": "市水务局", "role": "lead"}],
        },
    ]
    path = gold(
        tmp_path,
        clauses=other,
        tasks=[{"head": "新建"}, {"head": "责任单位"}],
        deadlines=[{"text": "3座", "due": None}],
    )
    made = fields(monkeypatch, path)
    assert (made["clause"]["right"], made["clause"]["invented"]) == (1, 1)
    assert (made["party"]["right"], made["party"]["invented"]) == (1, 1)
    assert (made["party_role"]["right"], made["party_role"]["invented"], made["party_role"]["missed"]) == (
        0,
        2,
        1,
    )
    assert (made["task"]["right"], made["task"]["invented"], made["task"]["missed"]) == (1, 1, 1)
    assert made["deadline"]["missed"] == 1
    shown = run(monkeypatch, "evaluate", path).out
    assert "第 2 行 party_role 异 “市水务局/lead” → “市水务局/responsible”" in shown
    assert "第 3 行 clause 多 “（责任单位：市财政局）”" in shown
    assert "第 2 行 deadline 漏" in shown


def test_quantities_by_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    found = [{"metric": "新建水库", "comparator": "=", "value": "3", "unit": "座"}]
    wrong = [{"metric": "支出", "comparator": "=", "value": "5", "unit": "%"}]
    rows = [{"text": "新建水库3座。", "found": found}, {"text": "增长5%以上。", "found": wrong}]
    path = tmp_path / "rows.json"
    path.write_text(json.dumps({"file": "notice.txt", "quantities": rows}), encoding="utf-8")
    made = fields(monkeypatch, path)
    assert [made["quantity"][name] for name in ("right", "invented", "missed")] == [1, 1, 1]
    assert [made["metric"][name] for name in ("right", "invented", "missed")] == [1, 0, 0]


def test_gains_and_losses_against_a_baseline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    path = gold(tmp_path)
    assert run(monkeypatch, "evaluate", path, "--save-baseline", baseline).status == 0
    same = run(monkeypatch, "evaluate", path, "--baseline", baseline)
    assert same.status == 0
    assert "得 0 处" in same.out
    assert "失 0 处" in same.out
    gold(tmp_path, tasks=[{"head": "新建水库"}])
    worse = run(monkeypatch, "evaluate", path, "--baseline", baseline)
    assert worse.status == 1
    assert "失 2 处" in worse.out
    assert "task F1 1.0000 → 0.6667" in worse.out
    assert run(monkeypatch, "evaluate", path, "--save-baseline", baseline).status == 0
    gold(tmp_path)
    assert "得 2 处" in run(monkeypatch, "evaluate", path, "--baseline", baseline).out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "不是 JSON"),
        ("[]", "没有 file 一项"),
        ('{"file": "missing.txt"}', "找不到通知 missing.txt"),
        ('{"file": "notice.txt"}', "没有可以比对的标注"),
        (
            '{"file": "notice.txt", "clauses": [{"text": "不在文中"}], "tasks": [], "deadlines": []}',
            "找不到“不在文中”",
        ),
        ('{"file": "notice.txt", "quantities": [{"text": "新建水库", "found": [{}]}]}', "标注的格式不对"),
    ],
)  # fmt: skip
def test_gold_of_no_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str, words: str) -> None:
    gold(tmp_path)
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    ran = run(monkeypatch, "evaluate", path)
    assert ran.status == 3
    assert "E290" in ran.err
    assert words in ran.err
    beside = run(monkeypatch, "evaluate", path, tmp_path / "gold.json")
    assert beside.status == 1
    assert "clause" in beside.out


def test_a_baseline_of_no_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    for name in ("b.json", "none.json"):
        ran = run(monkeypatch, "evaluate", gold(tmp_path), "--baseline", tmp_path / name)
        assert (ran.status, "E290" in ran.err) == (3, True)


def test_measures_of_likeness() -> None:
    assert Tally(3, 1, 2).f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (Tally().precision, Tally().recall, Tally(0, 1, 1).f1) == (1.0, 1.0, 0.0)
    assert metrics_overlap("新增充电桩", "全省新增充电桩")
    assert not metrics_overlap("新增充电桩", "利润")
    assert not metrics_overlap("", "")
    assert [gold_month(m) for m in ("2021-06", "5月起每月", "6月起", "按季度", "每周")] == (
        ["2021-06", "5月起 monthly", "6月起 ongoing", "quarterly", "weekly"]
    )
    assert len(set(FIELDS)) == len(FIELDS)
