"""Agreements within a document: totals, parts, shares and ranks that do not fit are named with a place."""

from __future__ import annotations

import pytest
from duban.model.errors import ProofError
from duban.output.official.agreements import (
    Agreement,
    Column,
    Exactly,
    Parts,
    Ranked,
    Rows,
    Said,
    Same,
    Tables,
    check_agreements,
)
from duban.output.official.proof import Reading

TOTAL = r"共(\d+)项"
SAME = Same("任务数", (Said(TOTAL), Rows()))
OWN = Same("任务数", (Said(TOTAL, quoted=("《共9项任务》",)), Rows()))
FORMS = Same("任务数", (Said(TOTAL), Tables("任务")))
PARTS = Parts("任务数", TOTAL, r"(?:牵头|责任)(\d+)项")
SAID_SHARES = Same("占比", (Said(r"占([\d.]+)%", summed=True), Exactly(100)))
LIST = (
    ("序号", "任务", "职责"),
    ("一、稳增长",),
    ("1", "甲", "牵头"),
    ("2", "乙", "责任"),
    ("3", "丙", "责任"),
)
SHARES = (("类别", "占比"), ("已完成", "10.8%"), ("达进度", "72.9%"), ("其它", "16.3%"))
RANKS = (
    ("名次", "单位", "得分"),
    ("1", "甲", "98.50"),
    ("2", "乙", "97.1"),
    ("2", "丙", "97.10"),
    ("4", "丁", "90"),
)

#: Agreement, paragraphs, tables, and what a person is told; empty where all agrees.
CASES = [
    (SAME, ("共3项。",), (LIST,), ""),
    (SAME, ("共4项。",), (LIST,), "第1段4，表1行数3"),
    # the same figure stated twice
    (SAME, ("共3项。", "以上共2项。"), (LIST,), "第1段3，第2段2"),
    # a document that states no total has nothing to agree with
    (SAME, ("现印发清单。",), (LIST,), ""),
    # figures of a title that is cited are not the document's own
    (OWN, ("落实《共9项任务》，共3项。",), (LIST,), ""),
    (SAME, ("落实《共9项任务》，共3项。",), (LIST,), "第1段9，第1段3"),
    # rows of one role
    (Same("责任任务数", (Said(r"责任(\d+)项"), Rows(0, 2, "责任"))), ("责任2项",), (LIST,), ""),
    (Same("责任任务数", (Said(r"责任(\d+)项"), Rows(0, 2, "责任"))), ("责任1项",), (LIST,), "行数2"),
    (FORMS, ("共2项",), ((("任务1",),), (("任务2",),), (("签字",),)), ""),
    (FORMS, ("共2项",), ((("任务1",),), (("签字",),)), "表数1"),
    (PARTS, ("共3项，其中牵头1项、责任2项。",), (), ""),
    (PARTS, ("共3项，其中牵头1项、责任3项。",), (), "各项合计4"),
    (PARTS, ("共3项。", "牵头9项。"), (), ""),
    (Same("占比", (Column(0, 1), Exactly(100))), (), (SHARES,), ""),
    (Same("占比", (Column(0, 1), Exactly(100))), (), ((*SHARES, ("超进度", "0.1%")),), "合计100.1"),
    (SAID_SHARES, ("已完成占27%，正在办理占73%。",), (), ""),
    (SAID_SHARES, ("已完成占27%，其它占72%。",), (), "合计99"),
    (Ranked(0, 0, 2), (), (RANKS,), ""),
    (Ranked(0, 0, 2), (), ((*RANKS[:4], ("3", "丁", "90")),), "第4行3，按得分应为4"),
    (Ranked(0, 0, 2), (), ((*RANKS, ("—", "戊", "99")),), ""),
]  # fmt: skip


@pytest.mark.parametrize(("agreement", "paragraphs", "tables", "told"), CASES)
def test_what_does_not_agree_is_named(
    agreement: Agreement,
    paragraphs: tuple[str, ...],
    tables: tuple[tuple[tuple[str, ...], ...], ...],
    told: str,
) -> None:
    reading = Reading(paragraphs, tables)
    if not told:
        check_agreements((agreement,), reading)
        return
    with pytest.raises(ProofError, match="前后不一致") as stopped:
        check_agreements((agreement,), reading)
    assert told in stopped.value.message
    assert stopped.value.place
