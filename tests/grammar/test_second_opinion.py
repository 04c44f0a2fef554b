"""Two parsers that share no code read the strict dialect: lark's LALR grammar and the project's own."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from duban.extract import parse_text
from fixture_language import notice_of
from hypothesis import given, settings
from lark.exceptions import UnexpectedInput
from notice_writer import Found, TaskFound, Written, found_in, without_parties
from second_opinion import found_in_tree, parse_strict, rebuilt, tokens_of
from strategies import strict_notices

CORPUS = Path(__file__).parents[2] / "corpus"
#: Where the strict dialect begins in each Liaoning notice.
FIRST_HEADING = {
    "liaoning-2021": "一、保持宏观政策连续性",
    "liaoning-2018": "一、重大振兴举措",
}

CASES = (
    "节(1)/务1(责:A)/目(x)/措(y)",
    "节(1)/务1(责:A,B)/目(①x(A)②y)/措(①z)",
    "节(1)/务1(牵:A;配:B,C)/目(①w(A)②x(B))/措(①y②z)",
    "节(1)/务1〔牵:A;配:E〕/目(x(A))/措(z(E))",
    "节(2)/务1(责:F)/目(y)/措(①x②y③z)/务2(责:A)/目(①y)/措(x)/节市场主体(1)/务3(责:E)/目(w)/措(w)",
    "节(1)/务1(责:A)/目(x)/措(①x②x③x④x⑤x⑥x⑦x⑧x⑨x⑩y(A)·z(A)·w(B))",
    "节(1)/务1(责:A)/目(①x(A)②x③y④y⑤z⑥z⑦w⑧w⑨x⑩x(A)·新增5家(B))/措(①x)",
    "表(2)/行1(A)/行2(A,F)",
    "表水源保护(1)/行1(E,G)/表(2)/行2建设3处(A)/行3(A,B,C,D)",
    "表(1)/行1(A,E)/册(A,B,E)",
)


@cache
def notice_text(name: str) -> str:
    return (CORPUS / "liaoning" / facts(name)["file"]).read_text(encoding="utf-8")


@cache
def facts(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return record


@cache
def lark_reading(name: str) -> Found:
    text = notice_text(name)
    start = text.index(FIRST_HEADING[name])
    return found_in_tree(parse_strict(text[start:]), offset=start)


def lark_reading_of(written: Written) -> Found:
    return found_in_tree(parse_strict(written.text[written.body_start :]), offset=written.body_start)


on_liaoning = pytest.mark.parametrize("name", FIRST_HEADING)


@on_liaoning
def test_the_grammar_loses_no_character(name: str) -> None:
    body = notice_text(name)[notice_text(name).index(FIRST_HEADING[name]) :]
    tree = parse_strict(body)

    assert rebuilt(tree).removesuffix("\n") == body.removesuffix("\n")
    assert all(a.end_pos == b.start_pos for a, b in pairwise(tokens_of(tree)))


@on_liaoning
def test_the_grammar_finds_what_the_gold_facts_say(name: str) -> None:
    found, gold = lark_reading(name), facts(name)

    assert found.sections == tuple((s["marker"], s["title"], s["declared"]) for s in gold["sections"])
    assert [task.number for task in found.tasks] == list(range(1, gold["totals"]["tasks"] + 1))
    assert list(found.roster) == gold.get("roster", [])
    if "per_task" in gold:
        assert [[task.number, *block_sizes(task)] for task in found.tasks] == gold["per_task"]


def block_sizes(task: TaskFound) -> tuple[int, int, int]:
    """Targets, measures, and how many of the measures have lost their marker."""
    lost = sum(not item.marker for item in task.measures) if len(task.measures) > 1 else 0
    return len(task.targets), len(task.measures), lost


@on_liaoning
def test_both_parsers_agree_on_the_liaoning_notices(name: str) -> None:
    ours = without_parties(found_in(parse_text(notice_text(name), name)))
    theirs = without_parties(lark_reading(name))

    assert ours.sections == theirs.sections
    for our_task, their_task in zip(ours.tasks, theirs.tasks, strict=True):
        assert our_task == their_task
    assert ours.roster == theirs.roster


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"case{CASES.index(case)}")
def test_the_grammar_reads_a_one_line_case_as_written(case: str) -> None:
    written = notice_of(case)
    assert lark_reading_of(written) == written.found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"case{CASES.index(case)}")
def test_the_project_parser_reads_a_one_line_case_as_written(case: str) -> None:
    written = notice_of(case)
    assert found_in(parse_text(written.text)) == written.found


@given(strict_notices())
@settings(deadline=None)
def test_the_grammar_agrees_with_the_oracle(written: Written) -> None:
    assert lark_reading_of(written) == written.found


@given(strict_notices())
@settings(deadline=None)
def test_the_project_parser_agrees_with_the_oracle(written: Written) -> None:
    assert found_in(parse_text(written.text)) == written.found


@pytest.mark.parametrize(
    "outside",
    [
        "节无数量\n",
        "一、市场(1项)\n1.没有责任单位。\n",
        "一、市场(1项)\n1.办好。(责任单位:省财政厅)\n落实措施:①办。\n",
        "一、市场(1项)\n1.办好。(责任单位:省财政厅\n年度目标:办。\n落实措施:办。\n",
        "一、水源(1项) | ||\n1 | 建成。 |\n",
    ],
)
def test_the_grammar_refuses_what_is_not_in_the_dialect(outside: str) -> None:
    with pytest.raises(UnexpectedInput):
        parse_strict(outside)
