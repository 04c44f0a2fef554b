"""Reading scoring rules takes time in proportion to the text, whatever stands there."""

from __future__ import annotations

from statistics import median
from time import process_time

import pytest
from duban.extract.page import Page
from duban.extract.scoring import read_scoring

PIECES = (
    "迟报的每次扣1分；",
    "权重占10%,",
    "甲得分=乙×50%+",
    "加1分、",
    "所有加分项不超过3分\n",
    "得分=",
    "=甲×50%+",
    "考核12月",
    "成立小组得1分；少一次扣1分。",
    "\n项目 | 分值 | 内容 |\n",
    "\n1 | 防汛 | 5 | 1.巡查（5分） |",
    "\n | 5 |",
    "省、市",
)
#: Eight times the text; twice as much as that is noise, a square would be 64.
LIMIT = 32


def seconds(piece: str, count: int) -> float:
    """The median processor time of reading ``count`` pieces."""
    page = Page.of("得分=。扣分。不得分\n序号 | 项目 | 分值 | 标准 |\n" + piece * count)
    taken = []
    for _ in range(3):
        start = process_time()
        read_scoring(page)
        taken.append(process_time() - start)
    return median(taken)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_eight_times_the_text(piece: str) -> None:
    assert seconds(piece, 8000) <= LIMIT * max(seconds(piece, 1000), 1e-3)
