"""Milestones: which days a deadline stands for, and the laws that hold for every deadline."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from duban.model import Deadline, Item, Span, Task
from duban.model.progress.milestones import SUPPLIED, milestones
from hypothesis import given
from hypothesis import strategies as st

NOWHERE = Span(0, 0)


def task(*deadlines: Deadline, measures: tuple[Item, ...] = ()) -> Task:
    return Task(1, "1.", ("1.",), NOWHERE, NOWHERE, deadlines=deadlines, measures=measures)


def deadline(start: str | None, due: str | None, recurrence: str | None = None) -> Deadline:
    return Deadline(NOWHERE, "words", start, due, recurrence)


@pytest.mark.parametrize(
    ("start", "due", "recurrence", "expected"),
    [
        ("2021-06-01", "2021-06-30", None, "month 06-30"),
        ("2021-07-01", "2021-09-30", None, "quarter 09-30"),
        ("2021-01-01", "2021-06-30", None, "half-year 06-30"),
        ("2021-01-01", "2021-12-31", None, "year 12-31"),
        (None, "2021-06-30", None, "day 06-30"),
        ("2021-09-01", "2021-09-20", None, "day 09-20"),
        ("2021-03-01", "2021-06-30", None, "month 03-31 04-30 05-31 06-30"),
        ("2021-02-01", "2021-04-30", None, "month 02-28 03-31 04-30"),
        (None, None, "quarterly", "quarter 03-31 06-30 09-30 12-31"),
        (None, None, "half-yearly", "half-year 06-30 12-31"),
        (None, None, "yearly", "year 12-31"),
        ("2021-10-01", None, "monthly", "month 10-31 11-30 12-31"),
        ("2021-12-20", None, "weekly", "week 12-26 12-31"),
        (None, None, "ongoing", "quarter 03-31 06-30 09-30 12-31"),
    ],
)
def test_days_of_a_deadline(
    start: str | None, due: str | None, recurrence: str | None, expected: str
) -> None:
    found = milestones(task(deadline(start, due, recurrence)), 2021)
    assert {stone.period for stone in found} == {expected.split(maxsplit=1)[0]}
    assert [stone.due[5:] for stone in found] == expected.split()[1:]
    assert all(stone.supplied == (recurrence == "ongoing") for stone in found)


def test_no_deadline_is_marked_as_supplied() -> None:
    found = milestones(task(), 2021)
    assert [stone.due for stone in found] == ["2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31"]
    assert {stone.basis for stone in found} == {SUPPLIED}


def test_a_measure_keeps_its_own_days() -> None:
    measure = Item("①", NOWHERE, NOWHERE, deadlines=(deadline("2021-05-01", "2021-05-31"),))
    (found,) = milestones(task(measures=(measure,)), 2021)
    assert (found.item, found.due, found.supplied) == ("measure:1", "2021-05-31", False)


DAYS = st.dates(date(2020, 1, 1), date(2023, 12, 31))


@given(
    DAYS,
    st.integers(0, 800),
    st.sampled_from([None, "weekly", "monthly", "quarterly", "half-yearly", "yearly"]),
)
def test_milestones_tile_their_deadline(first: date, days: int, recurrence: str | None) -> None:
    last = first + timedelta(days)
    found = milestones(task(deadline(first.isoformat(), last.isoformat(), recurrence)), 2021)
    assert (found[0].start, found[-1].due) == (first.isoformat(), last.isoformat())
    for before, after in pairwise(found):
        assert after.start == (date.fromisoformat(before.due) + timedelta(1)).isoformat()


@pytest.mark.parametrize(
    ("words", "by_then"),
    [
        ("6月底前", True), ("2024年2月底前", True), ("年底前", True), ("9月20日前", True), ("年底", True),
        ("6月", False), ("3—6月", False), ("3至6月底前", False), ("每月10日前", False), ("按季度", False),
        ("第四季度", False), ("全年", False), (SUPPLIED, False),
    ],
)  # fmt: skip
def test_words_that_tell_only_by_when(words: str, by_then: bool) -> None:
    [found] = milestones(task(Deadline(NOWHERE, words, "2021-06-01", "2021-06-30")), 2021)
    assert found.by_then is by_then


def test_pieces_of_one_day_stand_in_the_notices_order() -> None:
    measures = tuple(
        Item("①", NOWHERE, NOWHERE, deadlines=(deadline("2021-05-01", "2021-05-31"),)) for _ in range(12)
    )
    found = milestones(task(measures=measures), 2021)
    assert [stone.item for stone in found] == [f"measure:{number}" for number in range(1, 13)]
