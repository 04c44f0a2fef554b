"""A score taken apart: marks less what caps took are what was counted, and every loss has its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from duban.score.breakdown import Breakdown, breakdown, inner_parts
from duban.score.decimals import EXACT, exactly
from duban.score.pack import BONUS, DEDUCTION
from duban.score.trace import given as leaf
from hypothesis import given
from hypothesis import strategies as st
from packs import CITY, DEPARTMENT, liaoning, scoring


def taken_apart(track: str, units: dict[str, Any], unit: str, **more: Any) -> Breakdown:
    found = scoring(track, units, **more)
    scores = found.scores()
    trace = next(one.trace for one in scores.units if one.unit == unit)
    return breakdown(unit, trace, liaoning().under(scores.readings), track, found.inputs.results)


def test_an_inexact_sum_is_no_cap() -> None:
    """Two thirds of a mark to forty digits are not cut to themselves in the narrower context of a caller."""
    units = {
        "甲": {**DEPARTMENT, "events": [{"code": "B3", "amount": "1"}, {"code": "B1b", "count": 3}]},
        "乙": {**DEPARTMENT, "events": [{"code": "B3", "amount": "3"}]},
    }
    apart = taken_apart("department", units, "甲")
    assert [(cut.name, cut.total, cut.cap) for cut in apart.cuts] == [
        ("党中央、国务院单项表彰奖励或通报表扬", Decimal("0.6"), Decimal("0.4"))
    ]
    assert [mark.note for mark in apart.marks_of(BONUS)] == ["", "数额1万元"]


def test_a_shared_cap_is_told_by_the_items_that_were_met() -> None:
    events = [{"code": "B6", "kind": "单项工作", "count": 7}]
    (cut,) = taken_apart("department", {"甲": {**DEPARTMENT, "events": events}}, "甲").cuts
    assert (cut.group, cut.name) == ("B6", "部门单项工作在全国系统中排前五名")
    events.append({"code": "B6", "kind": "综合性工作"})
    (cut,) = taken_apart("department", {"甲": {**DEPARTMENT, "events": events}}, "甲").cuts
    assert cut.name == "部门单项工作在全国系统中排前五名、部门综合性工作在全国系统中排前五名"


EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(["B1a", "B1b", "B1c", "B2a", "B2b", "B5", "P1a", "P2c", "P3", "P6a"]),
            "count": st.integers(1, 5),
            "event": st.sampled_from(["", "一号", "二号", "三：号"]),
        }
    ),
    max_size=8,
)


@given(EVENTS)
@exactly
def test_marks_less_what_caps_took_are_what_counts(events: list[dict[str, Any]]) -> None:
    apart = taken_apart("city", {"甲": {**CITY, "events": events}}, "甲")
    for kind, counted in ((BONUS, apart.bonus), (DEDUCTION, apart.deduction)):
        taken = EXACT.create_decimal(0)
        for cut in apart.cuts:
            if cut.kind == kind:
                taken += cut.total - cut.cap
        assert sum(mark.value for mark in apart.marks_of(kind)) - taken == counted
    assert len(apart.marks) == len(events)
    assert sorted(mark.occasion for mark in apart.marks) == sorted(event["event"] for event in events)


def test_losses_name_the_part_the_reason_and_the_record() -> None:
    unit: dict[str, Any] = {key: value for key, value in CITY.items() if key != "indicator"}
    unit["process"] = [{"amount": "0.2", "reason": "迟报", "source": "第3条"}]
    results = [
        {"task": "一", "unit": "甲", "method": "直接扣分法",
         "deductions": [{"amount": 1, "reason": "不实", "source": "核查1"}]},
        {"task": "二", "unit": "甲", "method": "完成比例法", "actual": 9, "target": 10, "source": "第9条"},
        {"task": "三", "unit": "甲", "method": "完成比例法", "actual": 11, "target": 10},
    ]  # fmt: skip
    apart = taken_apart("city", {"甲": unit}, "甲", results=results)
    assert [(loss.part, loss.task, str(loss.amount), loss.stated, loss.source) for loss in apart.losses] == [
        ("指标考核得分", "一", "1", True, "核查1"),
        ("指标考核得分", "二", "10.0", False, "第9条"),
        ("指标考核得分", "", "0.2", True, "第3条"),
    ]
    assert apart.losses[1].reason == "实际值9，目标值10，计分方法为完成比例法"
    alone = breakdown("甲", apart.total, liaoning().under(liaoning().chosen()), "city")
    assert [(loss.amount, loss.source) for loss in alone.losses] == [
        (loss.amount, loss.source) for loss in apart.losses
    ]
    assert alone.losses[1].reason == "实际值9，目标值10"


def test_parts_below_a_part_are_found_behind_what_was_added() -> None:
    units = {"甲": {**DEPARTMENT, "lead_tasks": 3, "responsible_tasks": 4}}
    scores = scoring("department", units).scores()
    indicator = scores.units[0].trace.inputs[0]
    inner = inner_parts(liaoning(), "department", indicator)
    assert [node.name for node in inner] == ["个性指标得分", "共性指标得分"]
    assert [node.name for node in inner_parts(liaoning(), "department", inner[0])] == [
        "目标任务完成情况", "四类事项落实情况",
    ]  # fmt: skip


def test_what_is_no_score_is_refused() -> None:
    with pytest.raises(ValueError, match="no bonus"):
        breakdown("甲", leaf("得分", Decimal(1), "input", ""), liaoning(), "city")


def test_a_part_made_void_is_told() -> None:
    from duban.score.scoring import Scoring

    events = [{"code": "P4", "count": 1}]
    found: Scoring = scoring("city", {"甲": {**CITY, "events": events}})
    scores = found.scores(liaoning().chosen() | {"falsification": "void"})
    apart = breakdown("甲", scores.units[0].trace, liaoning().under(scores.readings), "city")
    assert apart.void == ("弄虚作假（P4），成绩作废",)
