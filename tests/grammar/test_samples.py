"""The project's parser reads each sample of the corpus as the hand-written gold record says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from duban.extract import parse_text
from duban.model import Assignment, Deadline, Notice, Span
from gold_records import SAMPLES, Gold, gold_of

BLANKS = re.compile(r"\s")
each_sample = pytest.mark.parametrize("name", SAMPLES)


def read(name: str) -> tuple[Gold, Notice]:
    gold = gold_of(name)
    return gold, parse_text(gold.text, name)


def assignments(notice: Notice) -> Iterator[Assignment]:
    for section in notice.sections:
        yield from section.assignments
    for task in notice.tasks:
        for holder in (task, *task.targets, *task.measures):
            yield from holder.assignments


def deadlines(notice: Notice) -> list[Deadline]:
    found: dict[tuple[int, int], Deadline] = {}
    for section in notice.sections:
        found.update({deadline.span: deadline for deadline in section.deadlines})
    for task in notice.tasks:
        for holder in (task, *task.targets, *task.measures):
            found.update({deadline.span: deadline for deadline in holder.deadlines})
    return [found[span] for span in sorted(found)]


@each_sample
def test_clauses_and_parties(name: str) -> None:
    gold, notice = read(name)
    wanted = [
        (span, [(unit["text"], unit["role"], unit["kind"]) for unit in clause["units"]])
        for span, clause in zip(gold.spans["clauses"], gold.record["clauses"], strict=True)
    ]
    found = sorted(
        ((a.span[0], a.span[1]), [(p.text, str(p.role), str(p.kind)) for p in a.parties])
        for a in assignments(notice)
    )
    assert found == wanted


@each_sample
def test_tasks(name: str) -> None:
    gold, notice = read(name)
    wanted = [
        (tuple(task["path"]), span[0])
        for span, task in zip(gold.spans["tasks"], gold.record["tasks"], strict=True)
    ]
    assert [(task.path, task.text_span[0]) for task in notice.tasks] == wanted


@each_sample
def test_targets_and_measures(name: str) -> None:
    gold, notice = read(name)
    wanted = {
        tuple(i["path"]): (i["targets"], i["measures"], i["recovered"]) for i in gold.record.get("items", [])
    }
    found = {
        task.path: (
            len(task.targets),
            len(task.measures),
            sum(str(item.evidence) == "recovered" for item in task.measures),
        )
        for task in notice.tasks
        if task.targets or task.measures
    }
    assert found == wanted


@each_sample
def test_deadlines(name: str) -> None:
    """Both mean the same day, wherever the words are cut; one outside every item may be left out."""
    gold, notice = read(name)
    places = list(zip(gold.spans["deadlines"], gold.record["deadlines"], strict=True))
    outside = [span for span, deadline in places if not deadline["path"]]
    found = [d for d in deadlines(notice) if not any(d.span.overlaps(Span(*span)) for span in outside)]
    inside = [(span, deadline["due"]) for span, deadline in places if deadline["path"]]

    assert [(d.text, d.due) for d in found] == [
        (d.text, due) for d, (_, due) in zip(found, inside, strict=False)
    ]
    assert len(found) == len(inside)
    assert all(d.span.overlaps(Span(*span)) for d, (span, _) in zip(found, inside, strict=True))


@each_sample
def test_sections_that_hold_tasks(name: str) -> None:
    gold, notice = read(name)
    wanted = [
        (tuple(s["path"]), BLANKS.sub("", s["title"]), s["declared"])
        for s in gold.record["sections"]
        if s["tasks"]
    ]
    holding = {task.path[: len(s.path)] for s in notice.sections for task in notice.tasks}
    found = [
        (s.path, BLANKS.sub("", s.title), s.declared_tasks)
        for s in notice.sections
        if s.path in holding and all(task.path != s.path for task in notice.tasks)
    ]
    assert found == wanted


@each_sample
def test_front_matter_and_roster(name: str) -> None:
    gold, notice = read(name)
    record = gold.record
    assert BLANKS.sub("", notice.title or "") == record["title"]
    number = notice.document_number and BLANKS.sub("", notice.document_number)
    assert number == (record["document_number"] and BLANKS.sub("", record["document_number"]))
    assert notice.issuer == record["issuer"]
    assert notice.issued_on == record["issued_on"]
    assert notice.year == record["year"]
    assert list(notice.addressees) == record["addressees"]
    assert [entry.text for entry in notice.roster] == record.get("roster", [])
