"""Scores by the pack of 2018: the vectors, the caps, the readings, and laws for any inputs."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from duban.model.errors import BallotError, InputsError
from duban.score.decimals import plain, printed
from duban.score.inputs import load_inputs
from duban.score.pack_file import load_pack
from duban.score.readings import simulate
from duban.score.recompute import faults
from hypothesis import given
from hypothesis import strategies as st
from packs import CITY, DEPARTMENT, SMALL, liaoning, scored, scoring

BONUS_3_4 = [{"code": "B1a", "count": 3}, {"code": "B1b", "count": 2}, {"code": "P1b"}]


def one(track: str, unit: dict[str, Any], **readings: str) -> Decimal:
    return scored(track, {"甲": unit}, **readings).units[0].score


def test_city_vectors() -> None:
    events = [{"code": "B1a"}, {"code": "B1b", "count": 2}, {"code": "P2c"}]
    assert plain(one("city", {**CITY, "events": events})) == "91.7"
    assert plain(one("city", {**CITY, "bonus": "1.4", "deduction": "0.5"})) == "91.7"
    many = [{"code": "B1a", "count": 3}, {"code": "B2a"}, {"code": "B1b"}]
    assert plain(one("city", {**CITY, "events": many})) == "93.8"
    assert plain(one("city", {**CITY, "bonus": "3.7"})) == "93.8"


@pytest.mark.parametrize(
    ("readings", "score"),
    [
        ({}, "94.9647"),
        ({"task_bonus_place": "total"}, "95.775"),
        ({"documents": "flat"}, "95.3497"),
        ({"task_bonus_place": "bonus"}, "93.585"),
    ],
)
def test_department_vectors(readings: dict[str, str], score: str) -> None:
    unit = {**DEPARTMENT, "task_bonus": "2.19", "events": BONUS_3_4}
    assert plain(one("department", unit, **readings)) == score


def marks(events: list[dict[str, Any]], track: str = "department", **readings: str) -> str:
    """Bonus less deduction of these events."""
    unit = {**(CITY if track == "city" else DEPARTMENT), "events": events}
    trace = scored(track, {"甲": unit}, **readings).units[0].trace
    return plain(next(node.value for node in trace.walk() if node.name == "加减分"))


@pytest.mark.parametrize(
    ("events", "sum_"),
    [
        ([{"code": "B1b", "count": 9}], "0.4"),
        ([{"code": "B6", "kind": "综合性工作"}, {"code": "B6", "kind": "单项工作", "count": 3}], "0.5"),
        ([{"code": "B6", "kind": "单项工作", "count": 3}], "0.3"),
        ([{"code": "B6b", "count": 3}], "0.3"),
        ([{"code": "B4a", "value": "0.15"}, {"code": "B4b", "value": "0.1"}], "0.25"),
        ([{"code": "B3", "amount": "5"}], "2"),
        ([{"code": "P6", "kind": "特大"}], "-3"),
        ([{"code": "P6c"}, {"code": "P6", "value": "2"}], "-5"),
        ([{"code": "P4", "count": 4}], "-4"),
        ([{"code": "B1a", "event": "国发1号"}, {"code": "B2a", "event": "国发1号"}], "1"),
        ([{"code": "B1a", "count": 9}, {"code": "P3"}], "2.8"),
    ],
)
def test_events(events: list[dict[str, Any]], sum_: str) -> None:
    assert marks(events) == sum_


def test_events_under_other_readings() -> None:
    same = [{"code": "B1a", "event": "国发1号"}, {"code": "B2a", "event": "国发1号"}]
    assert marks(same, same_event="each") == "1.5"
    assert marks([{"code": "P4", "count": 4}], deduction_cap="same") == "-3"
    unit = {**CITY, "events": [{"code": "P4"}]}
    assert plain(one("city", unit)) == plain(Decimal("90.8") - 1)
    assert plain(one("city", unit, falsification="void")) == plain(Decimal("0.3") * 88 - 1)


def test_proportional_marks_look_at_all_units() -> None:
    units = {
        "甲": {**DEPARTMENT, "events": [{"code": "B3", "amount": "300"}]},
        "乙": {**DEPARTMENT, "events": [{"code": "B3", "amount": "75"}]},
    }
    result = scored("department", units)
    base = one("department", DEPARTMENT)
    assert {unit.unit: plain(unit.score - base) for unit in result.units} == {"甲": "2", "乙": "0.5"}


def test_task_bonus_in_proportion() -> None:
    units = {
        "甲": {**DEPARTMENT, "lead_tasks": 48, "responsible_tasks": 40},
        "乙": {**DEPARTMENT, "lead_tasks": 21, "responsible_tasks": 35},
    }
    traces = {unit.unit: unit.trace for unit in scored("department", units).units}
    shown = [printed(n.value, 4) for n in traces["乙"].walk() if n.name.endswith("任务数量加分")]
    assert shown == ["2.1875", "2.6250"]


def test_common_items_and_rounds() -> None:
    items = {"脱贫攻坚": {"half": "80", "annual": "90"}, "安全生产": "70", "保密安全": None}
    unit = {**DEPARTMENT, "common": items}
    base = one("department", {**DEPARTMENT, "common": "80"})
    assert one("department", unit) == base
    assert one("department", unit, common_rounds="mean") == one(
        "department", {**DEPARTMENT, "common": "77.5"}
    )


def test_process_deductions_need_a_reason_and_a_reading() -> None:
    unit = {**DEPARTMENT, "process": [{"amount": "0.4", "reason": "6月节点迟报", "source": "进展 12"}]}
    less = one("department", {**DEPARTMENT, "tasks": "94.6"})
    assert one("department", unit) == less
    assert one("department", unit, process="half") == one("department", {**DEPARTMENT, "tasks": "97.3"})


def test_ranks_bands_and_order() -> None:
    units = {f"市{n:02}": {**CITY, "indicator": str(70 + n)} for n in range(14)}
    units["市12"]["indicator"] = "83"
    result = scored("city", units)
    assert [unit.rank for unit in result.units][:4] == [1, 1, 3, 4]
    assert [unit.unit for unit in result.units][:2] == ["市12", "市13"]
    bands = [unit.band for unit in result.units]
    assert [bands.count(band) for band in ("优秀", "良好", "一般")] == [4, 5, 5]
    assert one("city", CITY) > 90
    assert scored("city", {"甲": CITY}, band_scheme="floor").units[0].band == "优秀"


def test_scores_above_the_scale() -> None:
    unit = dict.fromkeys(CITY, "100") | {"bonus": "2"}
    assert one("city", unit) == 102
    assert one("city", unit, above_100="cut") == 100
    assert one("city", dict.fromkeys(CITY, "0") | {"deduction": "2"}) == 0


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ({"indicator": "92"}, "缺少"),
        ({**CITY, "indicator": "九十"}, "不是数"),
        ({**CITY, "indicator": "-1"}, "不能小于"),
        ({**CITY, "indikator": "1"}, "不认识"),
        ({**CITY, "composite": "80"}, "都写了"),
        ({**CITY, "events": [{"code": "B9"}]}, "没有加减分项"),
        ({**CITY, "events": [{"code": "B3", "amount": "1"}]}, "不适用"),
        ({**CITY, "events": [{"code": "P6"}]}, "哪一种"),
        ({**CITY, "events": [{"code": "B1a", "value": "7"}]}, "每次 1 分"),
        ({**CITY, "events": [{"code": "B1a", "count": "1.5"}]}, "整数"),
        ({**CITY, "events": [{"code": "B1a"}], "bonus": "1"}, "都写了"),
        ({**CITY, "events": [{}]}, "没有写 code"),
    ],
)
def test_faults_of_inputs(unit: dict[str, Any], words: str) -> None:
    with pytest.raises(InputsError, match=words) as told:
        scored("city", {"沈阳市": unit})
    assert "inputs.json" in str(told.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ('{"track": "city", "units": {"甲": {}, "甲": {}}}', "两次"),
        ('{"track": "city", "units": {"甲": {"indicator": NaN}}}', "NaN"),
        ('{"track": "town", "units": {"甲": {}}}', "town"),
        ('{"track": "city", "units": {}}', "没有单位"),
        ('{"track": "city", "units": []}', "units"),
        ("[" * 100_000, "太深"),
        ("3", "应当是"),
    ],
)
def test_broken_files(text: str, words: str) -> None:
    with pytest.raises(InputsError, match=words):
        load_inputs(text, "inputs.json", liaoning())


_SCORE = st.decimals(min_value=0, max_value=100, places=2).map(str)
_UNIT = st.fixed_dictionaries(
    dict.fromkeys(DEPARTMENT, _SCORE),
    optional={
        "events": st.lists(
            st.sampled_from(["B1a", "B1b", "B2c", "B5", "B6a", "P1a", "P3", "P6b"]).map(
                lambda c: {"code": c}
            ),
            max_size=8,
        ),
        "lead_tasks": st.integers(0, 50),
        "responsible_tasks": st.integers(0, 50),
    },
)
_UNITS = st.dictionaries(st.sampled_from(["甲", "乙", "丙", "丁"]), _UNIT, min_size=1)


@given(_UNITS, st.randoms(use_true_random=False))
def test_laws(units: dict[str, Any], chance: random.Random) -> None:
    """Order is no matter; more of anything never lowers a score; bonuses keep their cap; traces recompute."""
    made = scoring("department", units)
    result = made.scores()
    mixed = list(units)
    chance.shuffle(mixed)
    again = {u: {**units[u], "events": chance.sample(e := units[u].get("events", []), len(e))} for u in mixed}
    other = scoring("department", again).scores()
    assert [(u.unit, u.score, u.rank) for u in result.units] == [
        (u.unit, u.score, u.rank) for u in other.units
    ]
    for unit in result.units:
        assert faults(unit.trace) == []
        bonus = next(node for node in unit.trace.walk() if node.name == "加分")
        assert bonus.value <= 3
    lucky = chance.choice(sorted(units))
    key = chance.choice(sorted(DEPARTMENT))
    better = {**units, lucky: {**units[lucky], key: str(Decimal(units[lucky][key]) + 1)}}
    assert _score_of(better, lucky) >= _score_of(units, lucky)


def _score_of(units: dict[str, Any], unit: str) -> Decimal:
    return next(u.score for u in scoring("department", units).scores().units if u.unit == unit)


@given(_UNITS)
def test_readings_agree_with_a_scoring_from_nothing(units: dict[str, Any]) -> None:
    """What is remembered between readings is what a fresh scoring gives; ranges hold all combinations."""
    made = scoring("department", units)
    found = simulate(made)
    ranges = {unit.unit: unit for unit in found.units}
    for readings in ({}, {"documents": "flat"}, {"task-bonus-place": "bonus", "deduction-cap": "same"}):
        fresh = scoring("department", units).scores(liaoning().chosen() | readings)
        kept = made.scores(liaoning().chosen() | readings)
        assert fresh == kept
        for unit in fresh.units:
            own = ranges[unit.unit]
            assert own.lowest <= unit.score <= own.highest
            assert own.best_rank <= unit.rank <= own.worst_rank


def test_readings_tell_which_sentence_moves_whom() -> None:
    units = {
        "甲": {**DEPARTMENT, "task_bonus": "2.19", "events": BONUS_3_4},
        "乙": {**DEPARTMENT, "documents": "99", "common": "95"},
    }
    found = simulate(scoring("department", units))
    assert found.combinations == 6
    assert set(found.asked) == {"documents", "task-bonus-place"}
    moves = {(e.sentence, e.reading): {m.unit: plain(m.change) for m in e.moves} for e in found.effects}
    assert moves["task-bonus-place", "total"] == {"甲": "0.8103"}
    assert moves["documents", "flat"]["甲"] == "0.385"
    assert moves["ranking", "step"] == {}


def test_results_and_ballots_make_parts() -> None:
    pack = load_pack(SMALL, "t.toml")
    results = [
        {"task": "增速", "unit": "甲", "method": "功效系数法", "actual": "8", "source": "进展 3"},
        {"task": "增速", "unit": "乙", "method": "功效系数法", "actual": "5"},
        {"task": "贷款", "unit": "甲", "method": "完成比例法", "actual": "2350", "target": "2600"},
        {
            "task": "贷款",
            "unit": "乙",
            "method": "直接扣分法",
            "deductions": [{"amount": "3", "reason": "迟报"}],
        },
    ]
    ballots = [
        {"part": "vote", "voter": "领导一", "ranks": {"甲": 1, "乙": 2}},
        {"part": "vote", "voter": "领导二", "scores": {"甲": "91", "乙": "88"}},
        {"part": "vote", "voter": "乙", "ranks": {"甲": 1}, "recused": ["乙"]},
    ]
    result = scoring(
        "unit", {"甲": {}, "乙": {"events": [{"code": "J1"}]}}, pack, results=results, ballots=ballots
    ).scores()
    scores = {unit.unit: printed(unit.score) for unit in result.units}
    assert scores == {"甲": "96.15", "乙": printed(Decimal("0.8") * Decimal("78.5") + 12 + 1)}
    sources = {n.origin.place for unit in result.units for n in unit.trace.walk() if n.origin}
    assert "进展 3" in sources
    bad = [{**ballots[0], "ranks": {"甲": 1, "乙": 1}}]
    with pytest.raises(BallotError, match="全部相同"):
        scoring("unit", {"甲": {}, "乙": {}}, pack, results=results, ballots=bad)


def test_a_trace_that_is_wrong_is_never_put_out() -> None:
    made = scoring("city", {"甲": CITY})
    node = made.node("甲", liaoning().chosen())
    assert faults(replace(node, value=node.value + 1))
