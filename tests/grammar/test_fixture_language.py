"""The one-line fixture language says what it writes: every span of its oracle points at its words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fixture_language import SENTENCES, UNITS, notice_of
from hypothesis import given, settings
from notice_writer import Found, ItemFound, Written
from strategies import strict_notices


def words(written: Written, span: tuple[int, int]) -> str:
    return written.text[span[0] : span[1]]


def test_the_documented_example_becomes_a_notice() -> None:
    written = notice_of("节(3)/务1(责:A,B)/目(①x(A)②y)/措(①z)")

    assert written.text == (
        "一、推进重点工作(3项)\n"
        "1.完成年度任务。(责任单位:省财政厅、省税务局)\n"
        "年度目标:①完成年度任务。(省财政厅)②6月底前办理事项达到95%以上。工作有序推进。\n"
        "落实措施:①5月组织开展检查(含较大型企业)。\n"
    )
    (task,) = written.found.tasks
    assert written.found.sections == (("一、", "推进重点工作", 3),)
    assert words(written, task.statement) == SENTENCES["x"]
    assert words(written, task.clause.span) == "(责任单位:省财政厅、省税务局)"
    assert task.clause.parties == ((UNITS["A"], "responsible"), (UNITS["B"], "responsible"))
    assert [(item.marker, words(written, item.text)) for item in task.targets] == [
        ("①", SENTENCES["x"]),
        ("②", SENTENCES["y"]),
    ]
    assert task.targets[1].clause is None


def test_a_lost_marker_is_written_as_a_middle_dot() -> None:
    written = notice_of("节(1)/务1(责:A)/目(x)/措(①x(A)·自定措施(B))")
    (task,) = written.found.tasks

    assert written.text.endswith("①完成年度任务。(省财政厅)自定措施。(省税务局)\n")
    assert [item.marker for item in task.measures] == ["①", ""]


def test_roles_follow_their_keys() -> None:
    (task,) = notice_of("节(1)/务1〔牵:A;配:B,C〕/目(x)/措(x)").found.tasks
    assert [role for _, role in task.clause.parties] == ["lead", "cooperating", "cooperating"]


def test_a_table_has_rows_and_a_roster() -> None:
    written = notice_of("表水源(1)/行7建井(A,F)/册(A,E)")

    assert written.text == (
        "序号 | 指标名称 | 考核对象 |\n一、水源(1项) | ||\n7 | 建井。 | 省财政厅、各市人民政府 |\n"
        "附件2\n省政府部门和单位名单\n省财政厅、省司法厅(省监狱管理局)。\n"
    )
    assert written.found.roster == ("省财政厅", "省司法厅(省监狱管理局)")
    assert words(written, written.found.tasks[0].clause.span) == "省财政厅、各市人民政府"


@pytest.mark.parametrize("case", ["节", "务(责:A)", "目(①x)(A)", "乱(1)", "行(A)", "节(1)/务1(主:A)"])
def test_an_unknown_part_is_refused(case: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        notice_of(case)


@given(strict_notices())
@settings(deadline=None)
def test_spans_of_generated_notices_point_at_their_words(written: Written) -> None:
    assert written.text[written.body_start :].startswith("一、")
    for words_of_a_task, parties in _quotations(written.found):
        quoted = words(written, words_of_a_task)
        assert quoted
        assert all(name in quoted for name, _ in parties)
    spans = [span for span, _ in _quotations(written.found)]
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def _quotations(found: Found) -> list[tuple[tuple[int, int], tuple[tuple[str, str], ...]]]:
    """Every span of the oracle with the parties that must stand in it, in reading order."""

    def of_item(item: ItemFound) -> list[tuple[tuple[int, int], tuple[tuple[str, str], ...]]]:
        clause = [(item.clause.span, item.clause.parties)] if item.clause else []
        return [(item.text, ()), *clause]

    quotations = []
    for task in found.tasks:
        quotations += [(task.statement, ()), (task.clause.span, task.clause.parties)]
        for item in (*task.targets, *task.measures):
            quotations += of_item(item)
    return quotations
