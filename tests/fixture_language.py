"""A one-line language for grammar cases: ``'节(3)/务1(责:A,B)/目(①x(A)②y)/措(①z)'``.

Parts are joined by ``/`` and become one line of a strict-dialect notice each:

=========================  =====================================================================
``节(3)`` ``节市场(3)``    section heading ``一、…(3项)``, with a title of its own or a stock one
``务1(责:A,B)``            task ``1.…(责任单位:…)``; keys 责 牵 配, several joined by ``;``
``务1〔牵:A;配:B〕``       the same in the other brackets
``目(①x(A)②y)``           ``年度目标:`` with its items; ``(A,B)`` after an item is its clause
``措(①z·w(A))``           ``落实措施:``; ``·`` starts an item whose marker was lost; no sign: lone item
``表(2)`` ``表水源(2)``    section row of a table, ``一、…(2项) | ||``; the column heads come before it
``行1(A,B)``               table row ``1 | … | … |``
``册(A,B)``                annex with the roster of units
=========================  =====================================================================

A capital letter is a stock unit (``UNITS``), a small letter a stock sentence (``SENTENCES``); anything
longer stands for itself. ``notice_of`` gives the text and what a parser must find in it.
"""

from __future__ import annotations

import re

from notice_writer import NoticeWriter, Written

UNITS = dict(
    zip(
        "ABCDEFGH",
        (
            "省财政厅",
            "省税务局",
            "省发展改革委",
            "省工业和信息化厅",
            "省司法厅(省监狱管理局)",
            "各市人民政府",
            "人民银行沈阳分行",
            "省文化和旅游厅",
        ),
        strict=True,
    )
)
SENTENCES = dict(
    zip(
        "wxyz",
        (
            "印发《管理办法(试行)》,规模突破3.65万亿元。",
            "完成年度任务。",
            "6月底前办理事项达到95%以上。工作有序推进。",
            "5月组织开展检查(含较大型企业)。",
        ),
        strict=True,
    )
)
TABLE_HEAD = "序号 | 指标名称 | 考核对象 |\n"
KEYS = {"责": "责任单位", "牵": "牵头单位", "配": "配合单位"}

_PART = re.compile(r"(?P<kind>[节务目措表行册])(?P<label>[^(〔]*)(?P<open>[(〔])(?P<body>.*)(?P<close>[)〕])")
_ITEM = re.compile(r"(?P<marker>[①-⑩·]?)(?P<words>[^①-⑩·()]+)(?:\((?P<units>[^()]*)\))?")


def _names(listed: str) -> list[str]:
    return [UNITS.get(name, name) for name in listed.split(",") if name]


def _sentence(words: str) -> str:
    return SENTENCES.get(words) or words + "。"


def _items(body: str) -> list[tuple[str, str, list[str]]]:
    found, position = [], 0
    while position < len(body):
        match = _ITEM.match(body, position)
        if match is None:
            raise ValueError(f"no item at {body[position:]!r}")
        marker = match["marker"].replace("·", "")
        found.append((marker, _sentence(match["words"]), _names(match["units"] or "")))
        position = match.end()
    return found


def notice_of(case: str, *, front: str = "", last_line_end: bool = True) -> Written:
    """The notice that a case stands for. Raises ValueError for a part that the language does not know."""
    writer = NoticeWriter(front + (TABLE_HEAD if case.startswith("表") else ""))
    for part in case.split("/"):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"not a part of the fixture language: {part!r}")
        kind, label, body = match["kind"], match["label"], match["body"]
        if kind in "节表":
            writer.section(label or "推进重点工作", int(body), table=kind == "表")
        elif kind == "务":
            number = re.match(r"\d+", label)
            if number is None:
                raise ValueError(f"a task needs a number: {part!r}")
            roles = [(KEYS[role[0]], _names(role[2:])) for role in body.split(";")]
            statement = _sentence(label[number.end() :] or "x")
            writer.task(int(number[0]), statement, roles, brackets=match["open"] + match["close"])
        elif kind == "目":
            writer.targets(_items(body))
        elif kind == "措":
            writer.measures(_items(body))
        elif kind == "行":
            number = re.match(r"\d+", label)
            if number is None:
                raise ValueError(f"a row needs a number: {part!r}")
            writer.row(int(number[0]), _sentence(label[number.end() :] or "x"), _names(body))
        else:
            writer.roster("省政府部门和单位名单", _names(body))
    return writer.written(last_line_end=last_line_end)
