"""The JSON border: the contract's keys in their order, and notices that come back as they were."""

from __future__ import annotations

import json
import time
from statistics import median

import pytest
from duban.model import (
    Assignment,
    Deadline,
    Diagnostic,
    Document,
    Evidence,
    Item,
    Notice,
    Party,
    PartyKind,
    Quantity,
    Role,
    RosterEntry,
    Section,
    Severity,
    Source,
    Span,
    Suggested,
    Task,
)
from duban.model.border import notice_from_dict, notice_to_dict, notice_to_json
from hypothesis import given, settings
from hypothesis import strategies as st
from notice_builder import build

WORDS = st.text(max_size=6)
MAYBE = st.none() | WORDS
SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
EVIDENCE = st.sampled_from(Evidence)
PARTIES = st.builds(Party, WORDS, SPANS, st.sampled_from(Role), st.sampled_from(PartyKind), EVIDENCE, MAYBE)


def few(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=2).map(tuple)


ASSIGNMENTS = st.builds(Assignment, SPANS, SPANS, few(PARTIES), EVIDENCE)
QUANTITIES = st.builds(Quantity, SPANS, WORDS, WORDS, WORDS, MAYBE, WORDS, MAYBE, MAYBE)
DEADLINES = st.builds(Deadline, SPANS, WORDS, MAYBE, MAYBE, MAYBE, EVIDENCE)
HELD = {"assignments": few(ASSIGNMENTS), "deadlines": few(DEADLINES)}
EFFECTIVE = HELD | {"parties": few(PARTIES), "quantities": few(QUANTITIES)}
ITEMS = st.builds(Item, WORDS, SPANS, SPANS, EVIDENCE, **EFFECTIVE)
SECTIONS = st.builds(Section, WORDS, WORDS, few(WORDS), SPANS, st.none() | st.integers(0, 99), **HELD)
SUGGESTED = st.builds(Suggested, few(WORDS), WORDS, SPANS, WORDS, MAYBE)
TASKS = st.builds(
    Task,
    st.none() | st.integers(0, 99),
    WORDS,
    few(WORDS),
    SPANS,
    SPANS,
    targets=few(ITEMS),
    measures=few(ITEMS),
    **EFFECTIVE,
)
SOURCES = st.builds(
    Source,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    st.binary(max_size=3),
    few(st.tuples(st.integers(0, 99), st.binary(max_size=4))),
)
NOTICES = st.builds(
    Notice,
    SOURCES,
    MAYBE,
    MAYBE,
    MAYBE,
    MAYBE,
    st.none() | st.integers(1949, 2099),
    few(WORDS),
    few(SECTIONS),
    few(TASKS),
    few(st.builds(RosterEntry, WORDS, SPANS, MAYBE)),
    few(st.builds(Document, SPANS, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | st.integers(1949, 2099))),
    few(SPANS),
    few(st.builds(Diagnostic, WORDS, st.sampled_from(Severity), WORDS, st.none() | SPANS)),
    few(SUGGESTED),
)


@given(NOTICES)
@settings(max_examples=50, deadline=None)
def test_a_notice_comes_back_as_it_was(notice: Notice) -> None:
    written = notice_to_json(notice)
    back = notice_from_dict(json.loads(written), notice.source.text)
    assert back == notice
    assert notice_to_json(back) == written


def test_keys_are_the_contracts_in_its_order() -> None:
    record = notice_to_dict(build("一、稳增长\n1.减税。(责任:省财政厅)\n目标 ①6月底前减税。"))
    assert list(record) == [
        "schema",
        "source",
        "title",
        "document_number",
        "issuer",
        "issued_on",
        "year",
        "addressees",
        "sections",
        "tasks",
        "scoring",
        "roster",
        "documents",
        "suggested",
        "unparsed",
        "diagnostics",
    ]
    task = record["tasks"][0]
    assert list(task) == [
        "number",
        "marker",
        "path",
        "span",
        "text_span",
        "assignments",
        "parties",
        "targets",
        "measures",
        "quantities",
        "deadlines",
    ]
    item = task["targets"][0]
    assert list(item) == [
        "marker",
        "evidence",
        "span",
        "text_span",
        "assignments",
        "parties",
        "quantities",
        "deadlines",
    ]
    assert list(task["assignments"][0]) == ["span", "scope", "evidence", "parties"]
    assert list(task["parties"][0]) == ["text", "span", "role", "kind", "evidence", "unit"]
    assert list(item["deadlines"][0]) == ["span", "text", "start", "due", "recurrence", "evidence"]
    assert list(record["sections"][0]) == (
        ["marker", "title", "declared_tasks", "path", "span", "assignments", "deadlines"]
    )


def test_json_is_one_line_of_plain_chinese() -> None:
    written = notice_to_json(build("1.减税。(责任:省财政厅)"))
    assert "\n" not in written
    assert '"text":"省财政厅","span":[9,13],"role":"responsible"' in written


def test_another_schema_or_text_is_refused() -> None:
    notice = build("1.减税。")
    record = notice_to_dict(notice)
    with pytest.raises(ValueError, match="characters"):
        notice_from_dict(record, "x")
    with pytest.raises(ValueError, match="schema must be"):
        notice_from_dict({**record, "schema": "duban.notice/9"}, notice.source.text)


def test_a_large_notice_is_written_quickly() -> None:
    task = "1.减税。(牵头:省财政厅,配合:省税务局)\n" + "措施 ①宣传。(责任:省财政厅)\n" * 8
    notice = build(task * 83)
    middle = median(_seconds(notice) for _ in range(5))
    assert middle < 0.1, "about 10 ms on the machine it was measured on; ten times that is a fault"


def _seconds(notice: Notice) -> float:
    start = time.process_time()
    notice_to_json(notice)
    return time.process_time() - start
