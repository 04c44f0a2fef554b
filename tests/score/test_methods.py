"""The methods: published vectors, and laws that hold for any numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from duban.score.decimals import number, plain, printed, ranks
from duban.score.methods import registry
from duban.score.methods.combine import mean, trimmed, weighted
from duban.score.methods.completion import completion
from duban.score.methods.efficacy import Anchors, efficacy, group_anchors, tiered_efficacy
from duban.score.methods.marks import all_or_nothing, banded, direct_deduction
from duban.score.methods.rank import rank_bands, rank_linear, rank_step, share_of_first, shared_ranks
from duban.score.methods.registry import methods
from duban.score.recompute import evaluate, faults
from duban.score.results import Deduction, TaskResult
from duban.score.trace import Origin, node_from_dict, node_to_dict
from hypothesis import given
from hypothesis import strategies as st

D = Decimal
values = st.decimals(min_value=-1000, max_value=1000, places=2)
positive = st.decimals(min_value="0.01", max_value=1000, places=2)


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        (efficacy(D(7), Anchors(D(8), D(5))), "86.67"),
        (efficacy(D(4), Anchors(D(8), D(5))), "46.67"),
        (efficacy(D(4), Anchors(D(8), D(5)), low=D(60)), "60.00"),
        (efficacy(D(46), Anchors(D(40), D(60))), "88.00"),
        (efficacy(D(3), Anchors(D(3), D(3))), "100.00"),
        (efficacy(D(99), Anchors(D(8), D(5))), "100.00"),
        (tiered_efficacy(D("6.35"), D(30), [D("14.6"), D("6.0"), D(3), D(1), D(0)]), "24.24"),
        (tiered_efficacy(D(20), D(30), [D("14.6"), D("6.0"), D(3), D(1), D(0)]), "30.00"),
        (tiered_efficacy(D(-1), D(30), [D("14.6"), D("6.0"), D(3), D(1), D(0)]), "0.00"),
        (tiered_efficacy(D(45), D(10), [D(40), D(50), D(60), D(70), D(80)]), "9.00"),
        (completion(D(2350), D(2600)), "90.38"),
        (completion(D(2700), D(2600)), "100.00"),
        (completion(D(2700), D(2600), most=D("1.2")), "103.85"),
        (completion(D(5), D("4.5"), reverse=True), "90.00"),
        (completion(D("3.0"), D("3.2")), "93.75"),
        (completion(D(70), D(60), baseline=D(100)), "75.00"),
        (completion(D(79), D(100), threshold=D("0.8")), "0.00"),
        (completion(D(80), D(100), threshold=D("0.8")), "80.00"),
        (completion(D(-3), D(-2)), "50.00"),
        (completion(D(0), D(0)), "100.00"),
        (direct_deduction(D(10), [D("0.2"), D("0.2")]), "9.60"),
        (direct_deduction(D(1), [D(2)]), "0.00"),
        (banded(D(27), [(D(25), D(15)), (D(30), D(10))], reverse=True), "10.00"),
        (banded(D(31), [(D(25), D(15)), (D(30), D(10))], reverse=True), "0.00"),
        (all_or_nothing(D(1), D(1), D(5)), "5.00"),
        (rank_linear(D(1), 14), "100.00"),
        (rank_linear(D(14), 14), "60.00"),
        (rank_linear(D(2), 14), "96.92"),
        (rank_linear(D(1), 1), "100.00"),
        (rank_step(D(3), 10, D(200)), "192.00"),
        (rank_bands(D(4), 14, [(D("0.3"), D(100)), (D("0.4"), D(85)), (D("0.3"), D(70))]), "100.00"),
        (rank_bands(D(5), 14, [(D("0.3"), D(100)), (D("0.4"), D(85)), (D("0.3"), D(70))]), "85.00"),
        (share_of_first(D(3), D(4), D(6)), "4.50"),
        (weighted([D(90), D(80)], [D("0.7"), D("0.3")]), "87.00"),
        (mean([D(1), D(2)]), "1.50"),
    ],
)  # fmt: skip
def test_vectors(score: Decimal, shown: str) -> None:
    assert printed(score) == shown


def test_rounding_is_half_up_and_only_for_print() -> None:
    assert printed(D("0.125")) == "0.13"
    assert printed(D("-0.125")) == "-0.13"
    assert plain(D("91.70")) == "91.7"
    assert plain(D("100")) == "100"
    assert plain(D("1E+2")) == "100"
    assert plain(D("-0.0")) == "0"


@pytest.mark.parametrize("value", [1.5, True, "NaN", "Infinity", "1e99", "", "九十", None, "0." + "1" * 31])
def test_what_is_no_exact_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="is no"):
        number(value)


def test_ties_share_a_rank() -> None:
    assert ranks([D(90), D(95), D(90), D(80)]) == [2, 1, 2, 4]
    assert ranks([D("90.001"), D("90.002")]) == [2, 1]
    assert shared_ranks([D(90), D(95), D(90), D(80)]) == [D("2.5"), 1, D("2.5"), 4]
    assert shared_ranks([D(90), D(95), D(90)], ties="min") == [2, 1, 2]
    third = mean([D(1), D(0), D(0)])
    assert ranks([third * 3, D(1)]) == [1, 1], "only the rounding of a division tells them apart"


def test_one_highest_and_one_lowest_are_left_out_of_more_than_five() -> None:
    assert trimmed([D(n) for n in (6, 1, 2, 3, 4, 5)]) == [2, 3, 4, 5]
    assert trimmed([D(n) for n in (5, 1, 2)]) == [1, 2, 5]


@given(values, values, positive, positive)
def test_better_is_never_worse(one: Decimal, other: Decimal, target: Decimal, step: Decimal) -> None:
    low, high = sorted((one, other))
    anchors = Anchors(target + step, target)
    assert efficacy(low, anchors) <= efficacy(high, anchors)
    swapped = Anchors(target, target + step)
    assert efficacy(low, swapped) >= efficacy(high, swapped)
    assert completion(low, target) <= completion(high, target)
    assert completion(low, -target) <= completion(high, -target)
    assert completion(low, target, reverse=True) >= completion(high, target, reverse=True)
    standards = [target + 4 * step, target + 3 * step, target + 2 * step, target + step, target]
    assert tiered_efficacy(low, D(30), standards) <= tiered_efficacy(high, D(30), standards)
    assert 0 <= tiered_efficacy(low, D(30), standards) <= 30


@given(st.lists(values, min_size=1, max_size=20), st.randoms())
def test_order_of_the_group_does_not_matter(group: list[Decimal], chance: object) -> None:
    mixed = list(group)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert group_anchors(group) == group_anchors(mixed)
    assert dict(zip(group, shared_ranks(group), strict=True)) == dict(
        zip(mixed, shared_ranks(mixed), strict=True)
    )
    assert sum(shared_ranks(group)) * 2 == len(group) * (len(group) + 1)
    assert mean(group) == mean(mixed)


@given(st.integers(1, 60), st.integers(0, 59))
def test_every_conversion_of_ranks_falls_with_the_rank(count: int, place: int) -> None:
    rank = place % count + 1
    quotas = [(D("0.3"), D(100)), (D("0.4"), D(80)), (D("0.3"), D(60))]
    for convert in (rank_linear, rank_step, lambda r, n: rank_bands(r, n, quotas)):
        assert 0 <= convert(D(rank), count) <= 100
        if rank < count:
            assert convert(D(rank), count) >= convert(D(rank + 1), count)


_RESULTS = st.builds(
    TaskResult,
    task=st.just("任务1"),
    unit=st.sampled_from(["甲市", "乙市"]),
    method=st.just(""),
    actual=st.decimals(min_value=0, max_value=100, places=2),
    target=positive,
    full=st.just(D(100)),
    deductions=st.lists(
        st.builds(Deduction, st.decimals(0, 5, places=1), st.just("迟报"), st.just(Origin("entry", "7"))),
        max_size=3,
    ).map(tuple),
    origin=st.just(Origin("entry", "进展 12")),
)
_SETTINGS: dict[str, list[dict[str, str]]] = {
    "功效系数法": [
        {},
        {"direction": "down"},
        {"direction": "near"},
        {"best": "8", "worst": "5"},
        {"low": "60"},
    ],
    "分档功效系数法": [{"standards": "90 80 60 40 20"}, {"standards": "10 20 30 40 50"}],
    "完成比例法": [{}, {"direction": "down"}, {"threshold": "80%"}, {"most": "1.2"}, {"baseline": "-7"}],
    "直接扣分法": [{}],
    "分档法": [{"bands": "60:100 30:50"}, {"bands": "30:100 60:50", "direction": "down", "otherwise": "10"}],
    "0-1法": [{}, {"direction": "down"}],
    "位次法": [
        {},
        {"form": "step"},
        {"form": "share"},
        {"direction": "down"},
        {"bottom": "0"},
        {"ties": "min"},
    ],
    "直接计分": [{}],
}


@given(st.lists(_RESULTS, min_size=1, max_size=4))
def test_every_trace_recomputes(group: list[TaskResult]) -> None:
    assert set(_SETTINGS) == set(methods())
    for name, choices in _SETTINGS.items():
        for settings in choices:
            results = [replace(result, method=name, settings=settings) for result in group]
            for result in results:
                node = methods()[name].apply(result, results)
                assert faults(node) == [], (name, settings)
                assert node_from_dict(node_to_dict(node)) == node
                assert settings.keys() <= methods()[name].settings


def test_the_checker_finds_a_wrong_value_a_wrong_formula_and_a_missing_source() -> None:
    result = TaskResult("任务1", "甲市", "完成比例法", D(7), D(9), origin=Origin("entry", "1"))
    node = methods()["完成比例法"].apply(result, [result])
    assert faults(node) == []
    assert faults(replace(node, value=node.value + D("1e-20")))
    assert faults(replace(node, formula="满分×完成率"))
    assert faults(replace(node, formula="满分×"))
    assert faults(replace(node, inputs=(replace(node.inputs[0], origin=None), node.inputs[1])))
    assert faults(replace(node, formula=""))


@pytest.mark.parametrize(
    ("name", "settings", "actual", "words"),
    [
        ("完成比例法", {}, None, "实际值"),
        ("完成比例法", {"direction": "sideways"}, D(1), "direction"),
        ("功效系数法", {"best": "3"}, D(1), "同时"),
        ("分档功效系数法", {}, D(1), "五档"),
        ("分档法", {"bands": "3"}, D(1), "限值"),
        ("分档法", {"bands": "3:500"}, D(4), "超过满分"),
        ("位次法", {"form": "round"}, D(1), "form"),
        ("直接计分", {}, D(101), "不在"),
    ],
)
def test_what_does_not_fit_is_told(name: str, settings: dict[str, str], actual: Decimal, words: str) -> None:
    result = TaskResult("任务1", "甲市", name, actual, D(2), settings=settings)
    with pytest.raises(ValueError, match=words):
        methods()[name].apply(result, [result])


def test_another_package_brings_a_method(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        name = "half"

        def load(self) -> registry.Method:
            return registry.Method("折半法", methods_before["0-1法"].apply, False, frozenset(), "测试")

    methods_before = dict(methods())
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Entry()] if group else [])
    methods.cache_clear()
    try:
        assert set(methods()) == {*methods_before, "折半法"}
        monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: [Entry(), Entry()])
        methods.cache_clear()
        with pytest.raises(ValueError, match="no new Method"):
            methods()
    finally:
        methods.cache_clear()


def test_the_second_calculator_reads_what_people_write() -> None:
    inputs = [("甲", Fraction(2)), ("乙", Fraction(3))]
    for formula, value in {
        "甲+乙×2": 8, "(甲+乙)×2": 10, "甲−乙−1": -2, "乙÷甲": Fraction(3, 2), "甲×50%": 1, "−甲": -2,
        "最大(甲,乙,1)": 3, "最小(甲,乙)": 2, "合计(全部)": 5, "平均(全部)": Fraction(5, 2), " 甲 × 0.5 ": 1,
    }.items():  # fmt: skip
        assert evaluate(formula, inputs) == value, formula
