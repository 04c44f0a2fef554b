"""Explanations: the page of a ledger that tells who fills in what, what lights mean, what to leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from ...model.progress.lights import Light
from ..text import widths
from .columns import CLEARED, COLUMNS, END, KEY, OFFICE_PARTS, hint

_RULES = (
    "只填白色的格；灰色的格是固定内容，已经锁定。可以筛选、调列宽行高，不要删行、插行、合并单元格、改表头。",
    "数值照实填；没有进展的行空着即可，不用逐行填写“无”。",
    f"已有内容的格要清空，请填“{CLEARED}”二字；只是删成空白的，导入时会退回请您确认。",
    "进展、审核、核验填错了要撤回的，由督查室用 duban progress undo 撤销，原记录保留。",
    "同一份证明材料报一次即可，已报的列在“已报佐证”里，不用重复填报。",
    "标有密级的内容一律不得填入本表：材料线下报送，佐证种类选“线下收文号”，只填收文号。",
    "填好后直接存成 .xlsx 发回；同一份表重复导入不会重复登记。",
)
#: Half characters of each column; points of a line.
_WIDTHS = (16, 10, 80)
_LINE = 16
_LIGHTS: Mapping[Light, str] = {
    Light.RED: "节点已过，没有审核通过的完成情况（季度调度节点：没有审核通过的进展）",
    Light.YELLOW: "进度落后，或已退回，或逾期后才完成",
    Light.BLUE: "节点将近",
    Light.GREY: "节点未到",
    Light.DONE: "已完成",
    Light.SUSPENDED: "因外部原因暂停计时",
}


def write_explanations(sheet: Any, looks: Mapping[str, Any]) -> None:
    """Write the page."""
    for place, wide in enumerate(_WIDTHS):
        sheet.set_column(place, place, wide)
    sheet.write_string(0, 0, "填写说明", looks["title"])
    at = 2
    for number, rule in enumerate(_RULES, 1):
        sheet.merge_range(at, 0, at, 2, f"{number}. {rule}", looks["line"])
        sheet.set_row(at, _height(rule, sum(_WIDTHS)))
        at += 1
    at = _table(sheet, at + 1, ("列", "谁填", "怎样填"), looks)
    for column in COLUMNS:
        if column.name not in (KEY, END):
            who = "不用填" if column.fixed else "督查室" if column.part in OFFICE_PARTS else "填报单位"
            for place, text in enumerate((column.head, who, hint(column))):
                sheet.write_string(at, place, text, looks["text"])
            sheet.set_row(at, _height(hint(column), _WIDTHS[-1]))
            at += 1
    at = _table(sheet, at + 1, ("灯", "", "意思"), looks)
    for light, words in _LIGHTS.items():
        sheet.write_string(at, 0, light.word, looks[light.value])
        sheet.write_string(at, 1, "", looks["text"])
        sheet.write_string(at, 2, words, looks["text"])
        at += 1
    sheet.protect()
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")


def _height(text: str, width: int) -> int:
    """Points that a text needs in a column so many half characters wide: merged cells do not grow by
    themselves, nor do rows in every program."""
    return _LINE * max(1, ceil(sum(widths(text)) / (width - 4)))


def _table(sheet: Any, at: int, heads: tuple[str, ...], looks: Mapping[str, Any]) -> int:
    for place, head in enumerate(heads):
        sheet.write_string(at, place, head, looks["head"])
    return at + 1
