"""Scores from the registry: what entries become, what is missing, and the whole way from notice to trace."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from commands import Ran, run
from duban.app.corpus import directory
from duban.app.score_inputs import LEAVE, ZERO, Gathered, gather
from duban.extract import parse, text_source
from duban.model.errors import InputsError, UsageError
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append, undo
from duban.model.progress.records import (
    ClockStop,
    Inspection,
    Proof,
    Record,
    Review,
    Status,
    TargetChange,
    Verification,
)
from duban.model.registry import open_registry, reading
from duban.model.registry.store import Registry
from duban.score.decimals import plain
from duban.score.inputs import load_inputs
from duban.score.pack_file import load_pack
from duban.score.recompute import faults
from duban.score.results import TaskResult
from duban.score.rounds import read_records
from duban.score.scoring import Scoring
from duban.score.trace import node_from_dict
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
NOTICE = ROOT / "corpus" / "liaoning" / "liaoning-2018-assessment.txt"

TEXT = """关于下达重点任务的通知
辽政办发〔2024〕9号
2024年1月10日
一、重点任务
1.地区生产总值增长6%。(责任单位:省发展改革委、各市人民政府)
2.新增贷款100亿元,新增社会融资200亿元。(责任单位:省财政厅)
3.城镇登记失业率控制在5%以内,6月底前完成。(责任单位:沈阳市人民政府)
4.建设科技馆。(责任单位:省科技厅、相关市人民政府)
5.新建高标准农田100万亩,其中沈阳60万亩、大连40万亩。(责任单位:沈阳市人民政府、大连市人民政府)
6.居民收入增长5%左右。(责任单位:大连市人民政府)
7.新增就业50万人。(责任单位:各市人民政府)
"""
PACK = """
[pack]
id = "T"
title = "试行办法"
document = "辽政办发〔2024〕9号"
year = 2024
[[track]]
key = "city"
name = "市"
members = ["沈阳市", "大连市"]
[[part]]
track = "city"
key = "work"
name = "工作"
parent = "total"
weight = "80%"
results = true
[[part]]
track = "city"
key = "vote"
name = "评议"
parent = "total"
weight = "20%"
ballots = "leaders"
[[track]]
key = "department"
name = "部门"
members = ["省发展改革委", "省财政厅", "省科技厅"]
[[part]]
track = "department"
key = "tasks"
name = "任务"
parent = "total"
weight = "100%"
results = true
[[choice]]
track = "department"
kind = "numeric"
method = "直接扣分法"
[[choice]]
track = "department"
kind = "comparable"
method = "直接扣分法"
[[conversion]]
form = "linear"
[[item]]
kind = "deduction"
code = "P3"
name = "慢作为"
each = "0.2"
cap = "none"
tracks = ["city", "department"]
[[limit]]
kind = "deduction"
cap = "none"
[[node_deduction]]
key = "late"
name = "逾期"
amount = "0.2"
[[node_deduction]]
key = "quantity"
name = "数量"
amount = "0.3"
[[node_deduction]]
key = "quality"
name = "质量"
amount = "0.4"
[[option]]
name = "inspection_code"
value = "P3"
"""
_STEP = re.compile(r"(\d+)([+!?x])([^=/@]*)(?:=([^/@]*))?(?:/([\d.]+))?(?:@([\d-]+))?")


def registry(path: Path | str) -> Registry:
    made = open_registry(path)
    notice = parse(text_source(TEXT, "t.txt"), directory=directory())
    assert len(notice.tasks) == 7
    made.ingest(notice, TEXT.encode())
    return made


def enter(made: Registry, steps: str) -> None:
    """``1+沈阳市=6.2%/80@03-31``: task 1, of 沈阳市, value, completion rate, day; ``+`` accepted, ``?``
    not looked at, ``x`` returned, ``!`` found on the spot."""
    for step in steps.split():
        match = _STEP.fullmatch(step)
        assert match, step
        task, kind, unit, value, percent, day = match.groups()
        on = f"2024-{day or '12-30'}"
        about = Identity(1, task)
        sort = Verification if kind == "!" else Status
        record: Record = sort(value or "办了", percent=percent or "", unit=unit)
        entry = append(made, [Draft(about, record, "张三", on)])[0]
        if kind in "+x":
            append(made, [Draft(about, Review(entry.number, kind == "+", "不实"), "李四", on)])


def gathered(
    path: Path | str, *, day: str = "2024-12-30", missing: str = LEAVE, pack: str = PACK, **more: Any
) -> list[Gathered]:
    rules = load_pack(pack, "t.toml")
    with reading(path) as reader:
        return gather(reader, rules, day, directory(), rules.chosen(), missing=missing, **more)


def shown(result: TaskResult) -> str:
    """``1 沈阳市 完成比例法 6.2/6 of 100``; deductions behind."""
    task = result.task.removeprefix("第").partition("项")[0]
    figures = (
        "" if result.actual is None else f" {plain(result.actual)}/{plain(result.target or result.actual)}"
    )
    lost = "".join(f" -{plain(d.amount)}" for d in result.deductions)
    way = " ".join(f"{k}={v}" for k, v in result.settings.items())
    return f"{task} {result.unit} {result.method}{figures} of {plain(result.full)}{lost} {way}".rstrip()


@pytest.mark.parametrize(
    ("steps", "results"),
    [
        # a rate that all cities are held to, a department's by deduction of what is short
        ("1+沈阳市=6.2%", ["1 沈阳市 功效系数法 6.2/6 of 100"]),
        ("1+沈阳市人民政府=6.2", ["1 沈阳市 功效系数法 6.2/6 of 100"]),
        ("1+省发展改革委=4.5%", ["1 省发展改革委 直接扣分法 of 100 -25"]),
        ("1+省发展改革委=7%", ["1 省发展改革委 直接扣分法 of 100"]),
        # the office speaks for all; a unit's own word goes before it
        ("1+=6.1% 1+大连市=5.9%", ["1 沈阳市 功效系数法 6.1/6 of 100", "1 大连市 功效系数法 5.9/6 of 100",
                                    "1 省发展改革委 直接扣分法 of 100"]),
        # which the newer word of the office for all goes before in turn
        ("5+大连市=30 5!=20", ["5 沈阳市 完成比例法 20/60 of 100", "5 大连市 完成比例法 20/40 of 100"]),
        # found on the spot before what was accepted earlier, not before what is accepted later
        ("1+沈阳市=6.2% 1!沈阳市=5%", ["1 沈阳市 功效系数法 5/6 of 100"]),
        ("1!沈阳市=5% 1+沈阳市=6.2%", ["1 沈阳市 功效系数法 6.2/6 of 100"]),
        # less is better, shares, about
        ("3+沈阳市=4.6%", ["3 沈阳市 完成比例法 4.6/5 of 100 direction=down"]),
        ("5+沈阳市=66万亩 5+大连市=20",
         ["5 沈阳市 完成比例法 66/60 of 100", "5 大连市 完成比例法 20/40 of 100"]),
        ("6+大连市=4.6%", ["6 大连市 完成比例法 4.6/4.5 of 100"]),
        # two figures are two halves
        ("2+省财政厅=50;200", ["2 省财政厅 直接扣分法 of 50 -25", "2 省财政厅 直接扣分法 of 50"]),
        # no figure asked for, or told: the completion rate
        ("4+省科技厅=在建/80", ["4 省科技厅 直接扣分法 of 100 -20"]),
        ("4+大连市=在建/80", ["4 大连市 直接扣分法 of 100 -20"]),
        ("7+大连市=3/60", ["7 大连市 完成比例法 60/100 of 100"]),
        ("2+省财政厅=大半/70", ["2 省财政厅 直接扣分法 of 50 -15", "2 省财政厅 直接扣分法 of 50 -15"]),
        # what is not accepted does not count
        ("1?沈阳市=6.2% 1x大连市=6.2%", []),
        ("1+沈阳市=6.2% 1?沈阳市=9%", ["1 沈阳市 功效系数法 6.2/6 of 100"]),
    ],
)  # fmt: skip
def test_results(tmp_path: Path, steps: str, results: list[str]) -> None:
    with registry(tmp_path / "r.sqlite") as made:
        enter(made, steps)
    found = [shown(result) for one in gathered(tmp_path / "r.sqlite") for result in one.inputs.results]
    assert found == results


def test_what_is_missing_is_told_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with registry(path) as made:
        enter(
            made,
            "1+沈阳市=很好 1?大连市=6.2% 2x省财政厅=90;200 5+大连市=20万元 7+大连市=3 4+省科技厅=在建"
            " 6+大连市=约5",
        )
    told = {
        (m.unit, m.what.partition("项")[0].removeprefix("第")): m.reason
        for one in gathered(path)
        for m in one.missing
    }
    assert told == {
        ("沈阳市", "1"): "第 1 条“很好”不是数，没有写完成比例",
        ("大连市", "1"): "第 3 条尚未审核",
        ("省发展改革委", "1"): "没有进展",
        ("省财政厅", "2"): "第 4 条已退回（不实）",
        ("沈阳市", "3"): "没有进展",
        ("省科技厅", "4"): "第 10 条“在建”，没有写完成比例",
        ("沈阳市", "5"): "没有进展",
        ("大连市", "5"): "第 6 条“20万元”的单位不是“万亩”，没有写完成比例",
        ("沈阳市", "7"): "没有进展",
        ("大连市", "7"): "目标“新增就业50万人”是合计数，没有分解到单位，没有写完成比例",
    }
    zeros = gathered(path, missing=ZERO)[0].inputs.results
    assert "7 大连市 直接计分 0/0 of 100" in [shown(result) for result in zeros]


@pytest.mark.parametrize(
    ("steps", "day", "process"),
    [
        # due at the end of June: nothing before that day has passed
        ("", "2024-06-30", []),
        ("", "2024-07-01", ["0.2 逾期：第3项 6月底前（2024-06-30）未办结"]),
        ("3+沈阳市=5.5%@06-20", "2024-07-01", ["0.3 数量：第3项 6月底前（2024-06-30）完成 90.9%"]),
        ("3+沈阳市=4.9%@06-20", "2024-07-01", []),
        (
            "3+沈阳市=4.9%@07-05",
            "2024-07-06",
            ["0.2 逾期：第3项 6月底前（2024-06-30）逾期办结（2024-07-05）"],
        ),
        ("3+沈阳市=差一些/60@06-20", "2024-07-01", ["0.3 数量：第3项 6月底前（2024-06-30）完成 60.0%"]),
        ("3x沈阳市=4.9%@06-20", "2024-06-25", ["0.4 质量：第3项 6月底前（2024-06-30）退回：不实"]),
        ("3!沈阳市=停工/20@06-20", "2024-07-01", ["0.3 数量：第3项 6月底前（2024-06-30）完成 20.0%"]),
    ],
)
def test_process_deductions(tmp_path: Path, steps: str, day: str, process: list[str]) -> None:
    with registry(tmp_path / "r.sqlite") as made:
        enter(made, steps)
    units = {u.unit: u for one in gathered(tmp_path / "r.sqlite", day=day) for u in one.inputs.units}
    assert [f"{plain(d.amount)} {d.reason}" for d in units["沈阳市"].process] == process
    assert all(not unit.process for name, unit in units.items() if name != "沈阳市")


@pytest.mark.parametrize(("option", "count"), [("last", 1), ("all", 4), ("none", 0)])
def test_milestones_that_the_office_supplied(tmp_path: Path, option: str, count: int) -> None:
    with registry(tmp_path / "r.sqlite"):
        pass
    pack = f'{PACK}[[option]]\nname = "supplied_nodes"\nvalue = "{option}"\n'
    units = {u.unit: u for u in gathered(tmp_path / "r.sqlite", day="2025-01-01", pack=pack)[1].inputs.units}
    assert [len(units["省财政厅"].process), len(units["省科技厅"].process)] == [count, count]


def test_a_stopped_clock_costs_nothing(tmp_path: Path) -> None:
    with registry(tmp_path / "r.sqlite") as made:
        append(made, [Draft(Identity(1, "3"), ClockStop("2024-05-01", None, "待批复"), "张三", "2024-05-01")])
    assert gathered(tmp_path / "r.sqlite", day="2024-07-01")[0].inputs.units[0].process == ()


def test_a_task_whose_clock_stands_is_not_missing(tmp_path: Path) -> None:
    with registry(tmp_path / "r.sqlite") as made:
        append(made, [Draft(Identity(1, "3"), ClockStop("2024-05-01", None, "待批复"), "张三", "2024-05-01")])
    city = gathered(tmp_path / "r.sqlite")[0]
    assert "沈阳市 第3项 城镇登记失业率控制在5%以内,6月底前完成：暂停（待批复），不计入" in city.notes
    assert not any(missing.what.startswith("第3项") for missing in city.missing)


def test_an_approved_change_is_what_is_held_to(tmp_path: Path) -> None:
    def change(task: str, words: str, effective: str) -> Draft:
        return Draft(
            Identity(1, task), TargetChange(words, effective, "辽政〔2024〕9号"), "张三", "2024-07-01"
        )

    with registry(tmp_path / "r.sqlite") as made:
        changes = (
            ("3", "城镇登记失业率控制在5.5%以内", "2024-07-01"),
            ("6", "居民收入稳步增长", "2024-07-01"),
            ("1", "地区生产总值增长9%", "2025-01-01"),
        )
        append(made, [change(*told) for told in changes])
        enter(made, "3+沈阳市=5.4% 6+大连市=4.9% 1+沈阳市=6%")
    city = gathered(tmp_path / "r.sqlite")[0]
    assert [shown(result) for result in city.inputs.results] == [
        "1 沈阳市 功效系数法 6/6 of 100",
        "3 沈阳市 完成比例法 5.4/5.5 of 100 direction=down",
    ]
    basis = city.inputs.results[1].basis
    assert basis is not None
    assert (basis.kind, basis.place) == ("entry", "第 1 条（目标调整，辽政〔2024〕9号）")
    assert [m.reason for m in city.missing if m.what.startswith("第6项")] == ["第 6 条“4.9%”，没有写完成比例"]


def test_published_findings_are_events(tmp_path: Path) -> None:
    def finding(words: str, unit: str, published: str | None) -> Draft:
        return Draft(Identity(1, "3"), Inspection("暗访", words, unit, published), "张三", "2024-05-01")

    with registry(tmp_path / "r.sqlite") as made:
        append(made, [
            finding("推诿", "沈阳市政府", "2024-05-10"), finding("未公布", "沈阳市", None),
            finding("日后公布", "沈阳市", "2025-01-01"), finding("没有单位", "", "2024-05-10"),
            finding("别处", "省商务厅", "2024-05-10"), finding("错登", "沈阳市", "2024-05-10"),
        ])  # fmt: skip
        undo(made, 6, who="张三", made_on="2024-06-01")
    city, _ = gathered(tmp_path / "r.sqlite")
    assert [(e.code, e.evidence) for u in city.inputs.units for e in u.events] == [
        ("P3", "第 1 条暗访：推诿")
    ]
    assert city.notes == ("第 4 条暗访：没有单位（没有写明单位，未计）",)


def test_a_file_goes_before_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with registry(path) as made:
        enter(made, "1+沈阳市=6.2% 1+大连市=5.9%")
    rules = load_pack(PACK, "t.toml")
    told = {
        "track": "city",
        "units": {"沈阳市人民政府": {"vote": "90"}, "大连市": {"work": "70", "vote": "80"}},
    }
    told["results"] = [
        {"task": "第1项 地区生产总值增长6%", "unit": "沈阳市人民政府", "method": "直接计分", "actual": "55"}
    ]
    given = load_inputs(json.dumps(told), "in.json", rules)
    city = gathered(path, given=given, track="city", day="2025-06-30")[0]
    scores = {unit.unit: unit for unit in Scoring(rules, city.inputs).scores().units}
    assert city.missing[0].unit == "沈阳市"
    assert all(missing.unit == "沈阳市" for missing in city.missing)  # 大连市's part is given whole
    assert plain(scores["大连市"].score) == "72"  # and nothing is taken off it
    places = {node.origin.place for node in scores["大连市"].trace.walk() if node.origin is not None}
    assert "in.json 大连市.work" in places
    assert [r.method for r in city.inputs.results if r.unit == "沈阳市"] == ["直接计分"]
    other = load_inputs(json.dumps({"track": "city", "units": {"鞍山市": {"vote": "1"}}}), "in.json", rules)
    with pytest.raises(InputsError, match="鞍山市"):
        gathered(path, given=other)


def test_which_notice_and_who_is_judged(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with registry(path):
        pass
    with pytest.raises(UsageError, match="没有这份"):
        gathered(path, notice="没有这份")
    with pytest.raises(UsageError, match="members"):
        gathered(path, pack=PACK.replace('members = ["沈阳市", "大连市"]\n', ""))
    with pytest.raises(UsageError, match="群体"):
        gathered(path, pack=PACK.replace('["沈阳市", "大连市"]', '["各县市区政府"]'))
    group = gathered(
        path,
        pack=PACK.replace('["沈阳市", "大连市"]', '["各市人民政府"]').replace(
            'name = "市"', 'name = "市"\nunits = 13'
        ),
    )
    assert len(group[0].inputs.units) == 14
    assert group[0].notes == ("规则写 13 个市，名单有 14 个",)


def test_choices_of_the_pack(tmp_path: Path) -> None:
    with registry(tmp_path / "r.sqlite") as made:
        enter(made, "1+沈阳市=6.2% 3+沈阳市=5.5%")
    rows = """[[choice]]
track = "city"
tasks = ["3"]
method = "0-1法"
settings = ["direction=down"]
[[choice]]
track = "city"
kind = "comparable"
method = "完成比例法"
settings = ["most=1.2"]
[[option]]
name = "shortfall"
value = "whole"
"""
    city, _ = gathered(tmp_path / "r.sqlite", pack=PACK + rows)
    assert [shown(result) for result in city.inputs.results] == [
        "1 沈阳市 完成比例法 6.2/6 of 100 most=1.2",
        "3 沈阳市 0-1法 5.5/5 of 100 direction=down",
    ]


_UNITS = ("", "沈阳市", "大连市", "省财政厅", "省发展改革委")
_STEPS = st.lists(
    st.tuples(
        st.sampled_from("1235"), st.sampled_from("+!?x"), st.sampled_from(_UNITS), st.integers(0, 120),
        st.integers(0, 120),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=15)
@given(steps=_STEPS)
def test_whatever_was_entered_every_trace_recomputes(steps: list[tuple[str, str, str, int, int]]) -> None:
    """And the day's results do not change by what is entered later."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.sqlite"
        with registry(path) as made:
            enter(
                made,
                " ".join(f"{t}{kind}{unit}={value}/{rate}@05-01" for t, kind, unit, value, rate in steps),
            )
            before = gathered(path, day="2024-12-31", missing=ZERO)
            enter(made, "1+=1/1@12-30 3x沈阳市=1/1@12-30")
        again = gathered(path, day="2024-12-29", missing=ZERO)
    rules = load_pack(PACK, "t.toml")
    for one in before:
        parts = {unit.unit: {"vote": Decimal(80)} for unit in one.inputs.units}
        whole = tuple(
            replace(unit, parts=parts[unit.unit] if one.inputs.track == "city" else {})
            for unit in one.inputs.units
        )
        scored = [unit for unit in whole if any(r.unit == unit.unit for r in one.inputs.results)]
        inputs = replace(one.inputs, units=tuple(scored))
        for unit in Scoring(rules, inputs).scores().units if scored else ():
            assert faults(unit.trace) == []
            assert unit.score >= 0
    assert [one.inputs.results for one in again] == [one.inputs.results for one in before]


# the whole way, by commands


FILE = {
    "tracks": [
        {"track": "city", "units": {u: {"leaders": "88", "office": "90", "departments": "85"} for u in
        ("沈阳市", "大连市")}}, {"track": "department", "units": {
            u: {"documents": "90", "common": "88", "leaders": "86", "office": "92", "cities": "80"}
            for u in ("省科技厅", "省发展改革委")
        }},
    ]
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with the notice of 2018 and entries of several units, accepted, verified, and with
    evidence."""
    path = tmp_path_factory.mktemp("score") / "r.sqlite"
    source = text_source(NOTICE.read_text(encoding="utf-8"), NOTICE.name)
    signed = ("张三", "2018-12-20")
    with open_registry(path) as made:
        made.ingest(parse(source, directory=directory()), NOTICE.read_bytes())
        told = [("29", "沈阳市", "6.8%", ""), ("29", "大连市", "5.9%", ""), ("29", "省发展改革委", "6.5%",
        ""), ("26", "省科技厅", "在建", "90"), ("26", "沈阳市", "建成", "100")]  # fmt: skip
        entries = append(
            made, [Draft(Identity(1, t), Status(v, percent=p, unit=u), *signed) for t, u, v, p in told]
        )
        abouts = [Identity(1, t) for t, *_ in told]
        append(
            made, [Draft(a, Review(e.number, True), *signed) for a, e in zip(abouts, entries, strict=True)]
        )
        found = Verification("查实未完工", percent="80", unit="省科技厅")
        proof = Proof("文件文号", number="辽科〔2018〕7号", unit="省科技厅")
        append(
            made, [Draft(Identity(1, "26"), record, "督查一处", "2018-12-22") for record in (found, proof)]
        )
    return path


def score(monkeypatch: pytest.MonkeyPatch, filled: Path, *arguments: str) -> Ran:
    file = filled.with_name("in.json")
    file.write_text(json.dumps(FILE), encoding="utf-8")
    return run(
        monkeypatch, "score", *arguments, "--as-of", "2019-01-20", "--registry", filled, "--inputs", file
    )


def test_from_notice_to_trace(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    ran = score(monkeypatch, filled, "--missing", "leave", "--format", "json")
    assert ran.status == 1, ran.err
    units = {u["unit"]: u for track in json.loads(ran.out)["tracks"] for u in track["units"]}
    assert set(units) == {"沈阳市人民政府", "大连市人民政府", "省科技厅", "省发展改革委"}
    for unit in units.values():
        assert faults(node_from_dict(unit["trace"])) == []
        for node in node_from_dict(unit["trace"]).walk():
            assert node.formula or node.origin is not None
    # 省科技厅: found 80 % on the spot; all its other tasks are silent at the year's end
    nodes = {node.name: node for node in node_from_dict(units["省科技厅"]["trace"]).walk()}
    assert plain(nodes["年终得分"].value) == "80"
    origin = nodes["实际值"].origin
    assert origin is not None
    assert (origin.kind, origin.quote) == ("entry", "查实未完工")
    assert "第 11 条（2018-12-22 督查一处，实地核验）" in origin.place
    assert "辽科〔2018〕7号" in origin.place
    # the largest counts are those of all departments, not only of those that are scored
    assert plain(nodes["牵头任务数量加分"].value) == "1.5625"
    assert (
        plain(
            {n.name: n for n in node_from_dict(units["省发展改革委"]["trace"]).walk()}[
                "牵头任务数量加分"
            ].value
        )
        == "5"
    )
    # group anchors: 6.8 and 5.9
    cities = [node_from_dict(units[city]["trace"]) for city in ("沈阳市人民政府", "大连市人民政府")]
    marks = [plain(n.value) for city in cities for n in city.walk() if n.name.startswith("第29项")]
    assert marks == ["100", "60"]


def test_explain_finds_a_unit_by_any_name(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    ran = score(monkeypatch, filled, "explain", "沈阳市政府", "--missing", "leave")
    assert ran.status == 1
    assert ran.out.startswith("沈阳市人民政府：")
    assert "审核第 6 条" in ran.out
    assert "R42" not in ran.out


def test_what_is_missing_stops_the_scores(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    ran = score(monkeypatch, filled)
    assert (ran.status, ran.out) == (3, "")
    assert "省审计厅：3 项任务没有可计分的结果，不能计分（没有进展：第1项、第2项、第4项）" in ran.err
    assert "缺少省政府领导班子成员评价得分（leaders）：没有评价票（63 个单位：" in ran.err
    assert "E610" in ran.err
    zero = score(monkeypatch, filled, "--missing", "zero", "--track", "city")
    assert zero.status == 3  # parts are never made up


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as-of", "昨天"], "--as-of 不是日期"),
        (["--missing", "zero"], "--as-of"),
        (["--notice", "1", "--inputs", "none.json"], "--as-of"),
        ([], "--as-of"),
        (["--as-of", "2019-01-20", "--track", "town"], "town"),
        (["--as-of", "2019-01-20", "--reading", "lead=nobody"], "没有读法"),
        (["explain", "--as-of", "2019-01-20"], "没有写单位"),
    ],
)
def test_wrong_arguments_are_told_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], words: str
) -> None:
    ran = run(
        monkeypatch,
        "score",
        *arguments,
        *(["--registry", tmp_path / "none"] if "--as-of" in arguments else []),
    )
    assert ran.status == 2
    assert words in ran.err


def test_readings_move_the_counts_of_the_notice(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    """Who leads where the notice does not say: all 38 named tasks of 省科技厅, of at most 88."""
    told = json.loads(score(monkeypatch, filled, "readings", "--missing", "leave", "--format", "json").out)
    effects = {e["sentence"]: e for track in told["tracks"] for e in track["effects"] if e["moves"]}
    moves = {move["unit"]: move["change"] for move in effects["lead"]["moves"]}
    share = Decimal(5) * 38 / 88 - Decimal(5) * 15 / 48 - Decimal(3) * 23 / 40
    assert abs(Decimal(moves["省科技厅"]) - share * Decimal("0.63")) < Decimal("1e-9")
    table = score(monkeypatch, filled, "readings", "--missing", "leave").out
    assert "改读“列出的部门都按牵头计”：" in table
    assert "省科技厅 -0.71" in table
    assert "处有不同读法的句子不影响这些得分和名次" in table


def test_a_round_is_locked_and_scored_anew_from_the_registry(
    monkeypatch: pytest.MonkeyPatch, filled: Path, tmp_path: Path
) -> None:
    """A round keeps the day and the last entry; what was accepted later makes the difference of an appeal."""
    copy = tmp_path / "r.sqlite"
    shutil.copyfile(filled, copy)
    more = (
        "--missing",
        "leave",
        "--rounds",
        str(tmp_path / "rounds"),
        "--by",
        "督查室",
        "--on",
        "2019-01-21",
    )
    ran = score(monkeypatch, copy, "lock", "年终", *more)
    assert (ran.status, "待审批" in ran.err) == (1, True), ran.err
    content = read_records(tmp_path / "rounds")[0].content
    assert content["registry"]["as_of"] == "2019-01-20"
    assert content["registry"]["head"].startswith("12:")
    with open_registry(copy) as made:
        about = Identity(1, "26")
        entry = append(
            made, [Draft(about, Status("建成", percent="95", unit="省科技厅"), "张三", "2019-01-10")]
        )[0]
        append(made, [Draft(about, Review(entry.number, True), "李四", "2019-01-10")])
    ran = score(monkeypatch, copy, "appeal", "年终", *more)
    assert ran.status == 1, ran.err
    # 15 points more in a part that has 90% of 90% of 70%
    assert re.search(r"^省科技厅 +80\.50 → 89\.01 ", ran.out, re.M), ran.out
    assert "沈阳市" not in ran.out
    assert "复核后待审批" in ran.err


def _cast(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


CITY = {"track": "city", "units": {"沈阳市": {"work": "90"}, "大连市": {"work": "80"}}}


def test_ballots_come_from_their_sheets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Excel files beside the registry, and beside a file of inputs; a void ballot is told and left out."""
    path, pack, file = tmp_path / "r.sqlite", tmp_path / "p.toml", tmp_path / "in.json"
    pack.write_text(PACK, encoding="utf-8")
    with registry(path) as made:
        enter(made, "1+=6.1% 3+沈阳市=4.9% 5+沈阳市=60 5+大连市=40 6+大连市=5% 7+=50/100")
    sheet = _cast(tmp_path / "票.xlsx", ("考评对象", "甲", "乙"), ("沈阳市政府", 1, 1), ("大连市", 2, 1))
    base = ("score", "--rules", pack, "--track", "city", "--ballots", f"vote={sheet}", "--format", "json")
    ran = run(monkeypatch, *base, "--as-of", "2024-12-30", "--registry", path)
    assert (ran.status, "评价票无效" in ran.err) == (1, True), ran.err
    scores = {unit["unit"]: unit["score"] for unit in json.loads(ran.out)["units"]}
    assert scores == {"沈阳市": "99.84", "大连市": "92"}  # task 3 was done after June: 0.2 of 80%
    file.write_text(json.dumps(CITY), encoding="utf-8")
    sheet = _cast(tmp_path / "票.xlsx", ("考评对象", "甲"), ("沈阳市", 2), ("大连市", 1))
    ran = run(monkeypatch, *base, "--inputs", file)
    assert ran.status == 0, ran.err
    assert {unit["unit"]: unit["score"] for unit in json.loads(ran.out)["units"]} == {
        "沈阳市": "84",
        "大连市": "84",
    }


@pytest.mark.parametrize(
    ("ballots", "status", "words"),
    [
        ("work=票.xlsx", 2, "不以评价票计分"),
        ("vote", 2, "没有写文件"),
        ("vote=没有.xlsx", 3, "没有.xlsx"),
        ("vote=票.xlsx", 3, "鞍山市"),
    ],
)
def test_ballots_that_cannot_be_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ballots: str, status: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    _cast(tmp_path / "票.xlsx", ("考评对象", "甲"), ("沈阳市", 2), ("鞍山市", 1))
    (tmp_path / "p.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "in.json").write_text(json.dumps(CITY), encoding="utf-8")
    ran = run(monkeypatch, "score", "--rules", "p.toml", "--inputs", "in.json", "--ballots", ballots)
    assert (ran.status, words in ran.err) == (status, True), ran.err
    with registry(tmp_path / "r.sqlite"):
        pass
    if status == 3:
        more = ("--as-of", "2024-12-30", "--registry", "r.sqlite", "--missing", "leave")
        ran = run(monkeypatch, "score", "--rules", "p.toml", "--ballots", ballots, *more)
        assert ran.status == 3


def test_a_file_beside_the_registry_needs_no_units(tmp_path: Path) -> None:
    rules = load_pack(PACK, "t.toml")
    told = {
        "track": "city",
        "ballots": [{"part": "vote", "voter": "甲", "ranks": {"沈阳市": 1, "大连市政府": 2}}],
    }
    with pytest.raises(InputsError, match="没有单位"):
        load_inputs(json.dumps(told), "in.json", rules)
    given = load_inputs(json.dumps(told), "in.json", rules, partial=True)
    with registry(tmp_path / "r.sqlite"):
        pass
    city = gathered(tmp_path / "r.sqlite", given=given, track="city")[0]
    assert [set(ballot.marks) for ballot in city.inputs.ballots] == [{"沈阳市", "大连市"}]
