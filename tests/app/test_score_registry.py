"""Scores from the registry: what entries become, and what is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from duban.app.score_inputs import ZERO
from duban.model.errors import InputsError, UsageError
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append, undo
from duban.model.progress.records import (
    ClockStop,
    Inspection,
    TargetChange,
)
from duban.score.decimals import plain
from duban.score.inputs import load_inputs
from duban.score.pack_file import load_pack
from duban.score.recompute import faults
from duban.score.scoring import Scoring
from hypothesis import given, settings
from hypothesis import strategies as st
from scored_registry import PACK, enter, gathered, registry, shown


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
