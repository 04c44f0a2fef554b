"""The months of the 2021 notice's measures, as milestones, against the gold that people wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from duban.extract import parse_text
from duban.model import Notice
from duban.model.progress.milestones import milestones
from notices_at_hand import LIAONING, SHARED, liaoning, skip_without

GOLD = SHARED / "notices" / "gold-liaoning-2021.json"
EVERY_MONTH = [f"2021-{month:02}" for month in range(1, 13)]
QUARTERS = ["2021-01/2021-03", "2021-04/2021-06", "2021-07/2021-09", "2021-10/2021-12"]
#: What recurs, and ranges of months, as the gold writes them.
UNROLLED = {
    "每季度": QUARTERS,
    "每月": EVERY_MONTH,
    "施工期每月": EVERY_MONTH,
    "按季度": QUARTERS,
    "6月起": EVERY_MONTH[5:],  # the gold has only the words; the measure goes on: 月调度
    "5月起每月": EVERY_MONTH[4:],
    "2021-07/2021-08": EVERY_MONTH[6:8],
    "2021-06/2021-12": EVERY_MONTH[5:],
}
#: 每周, 52 weeks and the days before the first: compared by number.
WEEKLY = (35, 4)


def month(start: str | None, due: str) -> str:
    return due[:7] if start is None or start[:7] == due[:7] else f"{start[:7]}/{due[:7]}"


def test_months_of_the_2021_notice() -> None:
    skip_without(SHARED, "the gold")
    gold: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    notice = parse_text(liaoning(2021), LIAONING[2021].name)
    tasks = {task.number: task for task in notice.tasks}
    found: dict[tuple[int, int], list[str]] = {}
    expected: dict[tuple[int, int], list[str]] = {}
    for record in gold["tasks"]:
        stones = milestones(tasks[record["number"]], 2021)
        for measure in record["measures"]:
            key = record["number"], measure["index"]
            mine = [stone for stone in stones if stone.item == f"measure:{measure['index']}"]
            found[key] = [month(stone.start, stone.due) for stone in mine]
            expected[key] = [part for text in measure["months"] for part in UNROLLED.get(text, [text])]
    assert len(found) == 500
    assert len(found.pop(WEEKLY)) == 53
    assert expected.pop(WEEKLY) == ["每周"]
    assert {key: found[key] for key in found if found[key] != expected[key]} == {}


@pytest.mark.parametrize("year", LIAONING)
def test_every_task_of_both_notices_has_milestones(year: int) -> None:
    notice: Notice = parse_text(liaoning(year), LIAONING[year].name)
    assert len(notice.tasks) > 50
    assert all(milestones(task, year) for task in notice.tasks)
