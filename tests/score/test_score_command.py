"""`duban score` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands import Ran, run
from packs import CITY, DEPARTMENT, SMALL
from test_ballots import workbook


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    path = tmp_path / "inputs.json"
    city = {"沈阳市": {**CITY, "events": [{"code": "B1a"}, {"code": "B1b", "count": 2}, {"code": "P2c"}]}}
    department = {"省财政厅": {**DEPARTMENT, "task_bonus": "2.19", "bonus": "3.4", "deduction": 1}}
    tracks = [{"track": "city", "units": city}, {"track": "department", "units": department}]
    path.write_text(json.dumps({"tracks": tracks}, ensure_ascii=False), encoding="utf-8")
    return path


def records(ran: Ran) -> Any:
    assert ran.status == 0, ran.err
    return json.loads(ran.out)


def test_json_is_the_form_of_the_contract(monkeypatch: pytest.MonkeyPatch, inputs: Path) -> None:
    ran = run(
        monkeypatch,
        "score",
        "--rules",
        "liaoning-2018",
        "--inputs",
        inputs,
        "--format",
        "json",
        "--track",
        "city",
    )
    found = records(ran)
    assert (found["track"], found["pack"]) == ("city", "LN-2018-10")
    unit = found["units"][0]
    assert (unit["unit"], unit["score"], unit["rank"]) == ("沈阳市", "91.7", 1)
    assert unit["trace"]["value"] == "91.7"
    both = records(run(monkeypatch, "score", "--inputs", inputs, "--format", "json", "--year", "2018"))
    assert [track["units"][0]["score"] for track in both["tracks"]] == ["91.7", "94.9647"]


def test_readings_are_chosen_and_simulated(monkeypatch: pytest.MonkeyPatch, inputs: Path) -> None:
    common = ("--inputs", inputs, "--track", "department", "--format", "json")
    for reading, score in (("task-bonus-place=total", "95.775"), ("documents=flat", "95.3497")):
        assert records(run(monkeypatch, "score", *common, "--reading", reading))["units"][0]["score"] == score
    found = records(run(monkeypatch, "score", "readings", *common))
    assert found["units"][0]["scores"] == ["93.585", "96.16"]
    table = run(monkeypatch, "score", "readings", "--inputs", inputs).out
    assert "省财政厅 +0.81" in table


def test_explain_prints_the_tree(monkeypatch: pytest.MonkeyPatch, inputs: Path) -> None:
    out = run(monkeypatch, "score", "explain", "省财政厅", "--inputs", inputs).out
    assert out.splitlines()[0].startswith("省财政厅：94.96 分，第 1 名")
    assert "综合考评得分 = 94.96（94.9647）  ← 指标考核得分×70%+综合评价得分×30%+加减分" in out
    assert "“以上所有加分项,累计不超过3分”" in out
    ran = run(monkeypatch, "score", "explain", "省教育厅", "--inputs", inputs)
    assert ran.status == 3
    assert "E610" in ran.err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("score",), 2),
        (("score", "--rules", "nowhere.toml", "--inputs", "x"), 2),
        (("score", "--year", "1999", "--inputs", "x"), 2),
        (("score", "--inputs", "nowhere.json"), 3),
        (("score", "--reading", "a=b", "--inputs", "IN"), 2),
        (("score", "--track", "town", "--inputs", "IN"), 2),
        (("score", "explain", "--inputs", "IN"), 2),
        (("score", "lock"), 2),
        (("score", "lock", "一", "--inputs", "IN"), 3),
        (("score", "lock", "一", "--on", "昨天", "--inputs", "IN"), 2),
        (("score", "ballots"), 2),
        (("score", "counts", "--inputs", "x.json"), 2),
        (("score", "--part", "leaders"), 2),
        (("score", "lock", "年终", "--stage", "review"), 2),
        (("score", "approve", "年终", "--as-of", "2019-01-20"), 2),
        (("score", "lock", "年终", "--inputs", "none.json", "--by", "甲", "--on", "某日"), 2),
        (("score", "lock", "年终", "--inputs", "none.json"), 3),
        (("score", "甲"), 2),
        (("score", "dance"), 2),
    ],
)
def test_wrong_usage_is_told(
    monkeypatch: pytest.MonkeyPatch, inputs: Path, tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    told = [str(inputs) if word == "IN" else word for word in arguments]
    more = ["--rounds", tmp_path / "r"] if "lock" in told else []
    ran = run(monkeypatch, *told, *more)
    assert ran.status == status, ran.err
    assert "处理办法" in ran.err
    assert not (tmp_path / "r").exists()


def test_a_round_is_locked_approved_and_scored_anew(
    monkeypatch: pytest.MonkeyPatch, inputs: Path, tmp_path: Path
) -> None:
    where = ("--rounds", tmp_path / "rounds.jsonl", "--by", "督查室", "--on", "2019-01-20")
    assert run(monkeypatch, "score", "lock", "年终", "--inputs", inputs, *where).status == 0
    assert run(monkeypatch, "score", "approve", "年终", *where).status == 0
    inputs.write_text(inputs.read_text(encoding="utf-8").replace('"92"', '"93"', 1), encoding="utf-8")
    ran = run(monkeypatch, "score", "appeal", "年终", "--inputs", inputs, *where)
    assert "91.70 → 92.40" in ran.out
    assert "复核后待审批" in run(monkeypatch, "score", "rounds", *where).out


def test_ballots_of_a_sheet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, inputs: Path) -> None:
    sheet = tmp_path / "票.xlsx"
    sheet.write_bytes(workbook(("对象", "一", "二"), ("沈阳市", 1, 1), ("大连市", 2, 1)))
    ran = run(monkeypatch, "score", "ballots", sheet, "--part", "leaders", "--format", "json")
    assert ran.status == 1
    assert "票.xlsx!C2" in ran.err or "全部相同" in ran.err
    made = json.loads(ran.out)
    parts = {"indicator": "90", "office": "90", "departments": "90"}
    units = {"沈阳市": parts, "大连市": parts}
    inputs.write_text(json.dumps({"track": "city", "units": units, "ballots": made}), encoding="utf-8")
    scores = records(run(monkeypatch, "score", "--inputs", inputs, "--format", "json"))["units"]
    assert {unit["unit"]: unit["score"] for unit in scores} == {"沈阳市": "92.25", "大连市": "83.25"}
    assert run(monkeypatch, "score", "ballots", sheet, "--part", "leaders").out.startswith("名次")


def test_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    found = records(run(monkeypatch, "score", "counts", "--format", "json"))
    units = {unit["unit"]: unit for unit in found["units"]}
    assert units["省发展改革委"]["task_bonus"] == {"lead": "5", "responsible": "3"}
    assert units["省审计厅"]["short"] == 7
    assert "5.00+3.00" in run(monkeypatch, "score", "counts").out


def _sheet(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (
        ("得分", "领导一", "领导二", "领导三"),
        ("沈阳市", 95, 90, 70),
        ("大连市", 90, 92, 80),
        ("鞍山市", 80, 75, 90),
    ):
        book.active.append(row)
    superiors = book.create_sheet("分管")
    superiors.append(("沈阳市", "领导三"))
    book.save(path)
    return path


def test_statistics_of_ballots(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sheet, file = _sheet(tmp_path / "票.xlsx"), tmp_path / "in.json"
    units = {
        "沈阳市": {"indicator": "95"},
        "大连市人民政府": {"indicator": "90"},
        "鞍山市": {"indicator": "85"},
    }
    file.write_text(json.dumps({"track": "city", "units": units}), encoding="utf-8")
    base = ("score", "ballots", sheet, "--part", "leaders", "--statistics")
    told = records(run(monkeypatch, *base, "--inputs", file, "--format", "json"))
    figures = told["statistics"]
    assert figures["compared_with"] == "指标考核得分"
    assert [(v["voter"], v["tau_indicator"][:6]) for v in figures["voters"]] == [
        ("领导一", "1"), ("领导二", "0.3333"), ("领导三", "-1"),
    ]  # fmt: skip
    assert len(told["ballots"]) == 3
    assert figures["superiors"] == [
        {"unit": "沈阳市", "superior": "领导三", "score": "80", "without": "90", "change": "-10", "rank": 2,
         "rank_without": 1}
    ]  # fmt: skip
    table = run(monkeypatch, *base).out
    assert "分管领导" in table
    assert "-10.00" in table
    assert "指标考核得分" not in table
    assert "全部评价票与指标考核得分：" in run(monkeypatch, *base, "--inputs", file).out


def test_statistics_need_the_units_in_the_inputs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sheet, file = _sheet(tmp_path / "票.xlsx"), tmp_path / "in.json"
    file.write_text('{"track": "city", "units": {"沈阳市": {"indicator": "95"}}}', encoding="utf-8")
    base = ("score", "ballots", sheet, "--part", "leaders")
    ran = run(monkeypatch, *base, "--statistics", "--inputs", file)
    assert (ran.status, "不在成绩里" in ran.err) == (3, True)
    assert run(monkeypatch, *base, "--inputs", file).status == 2  # only for statistics


def test_quotas_of_the_pack_void_a_ballot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pack = tmp_path / "p.toml"
    pack.write_text(SMALL + '[[ballot_quota]]\nlow = "90"\nmost = "1"\n', encoding="utf-8")
    ran = run(
        monkeypatch, "score", "ballots", _sheet(tmp_path / "票.xlsx"), "--part", "vote", "--rules", pack
    )
    assert ran.status == 1
    assert ran.err.count("90 分以上的至多 1 个") == 2
    told = {"track": "unit", "units": {u: {"work": "80"} for u in ("甲", "乙")}}
    told["ballots"] = [{"part": "vote", "voter": "一", "scores": {"甲": "95", "乙": "91"}}]
    file = tmp_path / "in.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    ran = run(monkeypatch, "score", "--rules", pack, "--inputs", file)
    assert (ran.status, "至多 1 个" in ran.err) == (3, True)
