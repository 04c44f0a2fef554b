"""Rules of the special forms: letter (10.1), order (10.2), minutes (10.3)."""

from __future__ import annotations

import re

from ..lengths import TWIPS_PER_MM
from .catalogue import Fault, Strength, Unknown, Verdict, rule
from .colours import is_red_hex
from .measures import SIZE_3, gap_fault, shown_mm, typeset
from .reading import Document, Line
from .roles import Kind, Roles

#: Both lines of a letter are 170 mm long.
_LETTER_LINE = 170 * TWIPS_PER_MM


def _double_lines(document: Document) -> list[Line]:
    return [line for line in document.lines if line.compound]


@rule(
    "10.1a",
    Strength.MUST,
    "信函上下各有一条红色双线，上为上粗下细、下为上细下粗",
    "画红色双线：上 thickThin，下 thinThick",
)
def letter_lines(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.LETTER:
        return None
    lines = _double_lines(document)
    if len(lines) < 2:
        return [Fault("首页", f"{len(lines)} 条双线", "2 条红色双线")]
    faults = [
        Fault("首页", f"双线颜色 {line.colour or '自动'}", "红色")
        for line in lines[:2]
        if not is_red_hex(line.colour)
    ]
    if [line.compound for line in lines[:2]] != ["thickThin", "thinThick"]:
        faults.append(Fault("首页", "、".join(line.compound for line in lines[:2]), "上粗下细、上细下粗"))
    return faults


@rule("10.1b", Strength.MUST, "信函双线长 170 mm，居中", "把线长改为 170 mm")
def letter_line_width(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.LETTER:
        return None
    lines = _double_lines(document)[:2]
    known = [line for line in lines if line.width is not None]
    if not known:
        return Unknown("线宽要排版后测量") if lines else None
    return [
        Fault("首页双线", shown_mm(line.width), "170 mm")
        for line in known
        if line.width is not None and abs(line.width - _LETTER_LINE) > 57
    ]


@rule("10.1c", Strength.MUST, "信函首页不显示页码", "勾选首页不同，首页页脚留空")
def letter_first_page(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.LETTER:
        return None
    section = document.sections[0]
    first = [f for f in section.footers if f.kind == "first"]
    if section.title_page and not any(f.numbered for f in first):
        return []
    return [Fault("首页页脚", "显示页码", "首页不显示页码")]


@rule("10.1d", Strength.MUST, "信函发文字号顶格居版心右边缘", "设为右对齐")
def letter_number(_: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.LETTER or roles.number is None:
        return None
    return [] if roles.number.look.align == "right" else [Fault(roles.number.where, "未居右", "居右顶格")]


@rule("10.1e", Strength.MUST, "信函版记不加印发机关和印发日期、分隔线", "删去印发机关、印发日期和分隔线")
def letter_imprint(_: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.LETTER:
        return None
    return [Fault(p.where, "有印发机关和印发日期", "不加") for p in roles.printed[:1]]


@rule("10.1f", Strength.MUST, "信函发文机关标志使用发文机关全称或者规范化简称，不加“文件”", "删去“文件”")
def letter_mark(_: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.LETTER or not roles.mark:
        return None
    return [Fault(p.where, p.words, "不加“文件”") for p in roles.mark if p.words.endswith("文件")]


@rule("10.1g", Strength.MUST, "信函标志上边缘距纸上边 30 mm，双线距标志 4 mm、距纸下边 20 mm", "调整位置")
def letter_place(_: Document, roles: Roles) -> Verdict:
    return Unknown("要排版后测量（安装 LibreOffice 后自动测）") if roles.kind is Kind.LETTER else None


@rule("10.2a", Strength.MUST, "命令（令）的标志由发文机关全称加“命令”或“令”组成", "补上“命令”或“令”")
def order_mark(_: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.ORDER or not roles.mark:
        return None
    words = "".join(p.words for p in roles.mark)
    return (
        []
        if words.endswith(("命令", "令", "（令）"))
        else [Fault(roles.mark[-1].where, words, "……命令（令）")]
    )


@rule("10.2b", Strength.MUST, "令号在标志下空二行居中，令号下空二行编排正文", "标志、令号、正文之间各空二行")
def order_number(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.ORDER or roles.number is None or not roles.mark:
        return None
    faults = [] if roles.number.look.align == "center" else [Fault(roles.number.where, "未居中", "居中")]
    faults += gap_fault(document, roles, roles.mark[-1], roles.number, 2) or []
    following = (*roles.title, *roles.body)
    if following:
        faults += gap_fault(document, roles, roles.number, following[0], 2) or []
    return faults


@rule("10.3a", Strength.MAY, "纪要的“出席”“请假”“列席”用 3 号黑体，左空二字", "设为三号黑体，首行缩进 2 字符")
def minutes_attendance(_: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.MINUTES:
        return None
    lists = [p for p in roles.body if re.match(r"^(?:出席|请假|列席)", p.words)]
    if not lists:
        return None
    return typeset(
        lists,
        "黑体",
        SIZE_3,
        part=lambda text: text.strip() if re.match(r"^\s*(?:出席|请假|列席)", text) else "",
    )


@rule("10.3b", Strength.MUST, "纪要标志由“×××××纪要”组成", "标志以“纪要”结尾")
def minutes_mark(_: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.MINUTES or not roles.mark:
        return None
    words = "".join(p.words for p in roles.mark)
    return [] if words.endswith("纪要") else [Fault(roles.mark[-1].where, words, "……纪要")]
