"""The figures of the two Liaoning notices, and their records in the corpus."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest
from duban.extract import parse_text
from duban.model import Assignment, Evidence, Notice, PartyKind, Task
from laws import assignments_of
from notices_at_hand import CORPUS, LIAONING, liaoning

each_year = pytest.mark.parametrize("year", LIAONING)


@cache
def read(year: int) -> tuple[Notice, dict[str, Any]]:
    record = json.loads((CORPUS / "gold" / f"liaoning-{year}.json").read_text(encoding="utf-8"))
    return parse_text(liaoning(year), LIAONING[year].name), record


def mentions(notice: Notice) -> list[PartyKind]:
    return [party.kind for assignment in assignments_of(notice) for party in assignment.parties]


def codes(notice: Notice) -> Counter[str]:
    return Counter(found.code for found in notice.diagnostics)


@each_year
def test_front_matter(year: int) -> None:
    notice, gold = read(year)
    found = {
        "year": notice.year,
        "document_number": notice.document_number,
        "issuer": notice.issuer,
        "issued_on": notice.issued_on,
        "addressees": list(notice.addressees),
    }
    assert found == {field: gold[field] for field in found}


@each_year
def test_eight_sections_with_the_counts_they_declare(year: int) -> None:
    notice, gold = read(year)
    found = [
        {
            "marker": section.marker,
            "title": section.title,
            "declared": section.declared_tasks,
            "path": list(section.path),
            "tasks": sum(task.path[:1] == section.path for task in notice.tasks),
        }
        for section in notice.sections
    ]
    assert found == gold["sections"]
    assert len(found) == gold["totals"]["sections"] == 8
    assert all(section["declared"] == section["tasks"] for section in found)
    assert not {"N001", "N012", "N013", "N014", "N015", "N016"} & {*codes(notice)}


@each_year
def test_tasks_are_numbered_in_order(year: int) -> None:
    notice, gold = read(year)
    assert [task.number for task in notice.tasks] == list(range(1, gold["totals"]["tasks"] + 1))


def test_targets_and_measures_of_2021() -> None:
    notice, gold = read(2021)
    found = [[t.number, len(t.targets), len(t.measures), len(recovered(t))] for t in notice.tasks]
    assert found == gold["per_task"]
    totals = gold["totals"]
    assert (sum(row[1] for row in found), sum(row[2] for row in found)) == (185, 500)
    assert (totals["targets"], totals["measures"]) == (185, 500)


def recovered(task: Task) -> list[str]:
    return [item.marker for item in task.measures if item.evidence is Evidence.RECOVERED]


def test_six_measures_of_2021_were_recovered_and_say_so() -> None:
    notice, gold = read(2021)
    assert {task.number: len(recovered(task)) for task in notice.tasks if recovered(task)} == {51: 3, 52: 3}
    assert gold["totals"]["recovered"] == codes(notice)["N021"] == 6


def test_party_mentions_of_2021() -> None:
    notice, gold = read(2021)
    heads = [a for task in notice.tasks for a in task.assignments]
    tails = [a for task in notice.tasks for i in (*task.targets, *task.measures) for a in i.assignments]
    assert named(heads) == gold["totals"]["head_mentions"]
    assert named(tails) == gold["totals"]["tail_mentions"]


def named(assignments: list[Assignment]) -> int:
    return sum(len(assignment.parties) for assignment in assignments)


def test_party_mentions_of_2018() -> None:
    notice, gold = read(2018)
    kinds = Counter(mentions(notice))
    assert (kinds[PartyKind.UNIT], kinds[PartyKind.GROUP], kinds.total()) == (539, 298, 837)
    totals = gold["totals"]
    assert (totals["unit_mentions"], totals["group_mentions"], totals["mentions"]) == (539, 298, 837)


def test_the_roster_of_2018() -> None:
    notice, gold = read(2018)
    assert [entry.text for entry in notice.roster] == gold["roster"]
    assert len(notice.roster) == gold["totals"]["roster"] == 53


@each_year
def test_all_but_a_trace_of_the_characters_have_an_owner(year: int) -> None:
    notice, _ = read(year)
    left = sum(span.end - span.start for span in notice.unparsed)
    assert 1 - left / notice.source.characters >= 0.995


@each_year
def test_every_task_but_those_with_items_of_their_own_names_who_answers(year: int) -> None:
    notice, _ = read(year)
    assert all(task.assignments or task.targets for task in notice.tasks)
    assert all(task.parties for task in notice.tasks)
