"""Rules of title, addressees and text with its levels (7.3.1 to 7.3.3)."""

from __future__ import annotations

import re
from dataclasses import replace

from .catalogue import Fault, Strength, Unknown, Verdict, rule
from .measures import (
    SIZE_2,
    SIZE_3,
    faced,
    gap_fault,
    left_characters,
    near,
    typeset,
    wrapped_characters,
)
from .reading import Document, Paragraph
from .roles import Kind, Roles, level_of
from .rules_head import red_lines

#: Lists of minutes, whose heads are 黑体 (10.3).
_ATTENDANCE = re.compile(r"^(?:出席|请假|列席)")
#: How the four levels are written.
_FORMS = {
    1: re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    2: re.compile(r"^（[一二三四五六七八九十]{1,3}）(?![、.．，])"),
    3: re.compile(r"^\d{1,3}[.．](?!\d)"),
    4: re.compile(r"^（\d{1,3}）(?![、.．，])"),
}
_SHOWN = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
#: The kinds of official documents (条例第八条), and of what goes out as a list in its own right.
_DOCUMENT_KINDS = (
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告",
    "请示", "批复", "议案", "函", "纪要", "方案", "规定", "办法", "细则", "条例", "要点",
    "清单", "台账", "任务书", "时间表", "路线图", "计划", "规划", "总结", "措施", "催办单",
    "告知书", "对账单", "提示单",
)  # fmt: skip
#: A heading stands alone on its paragraph; longer ones carry their text with them.
_HEADING = 60


def _plain_text(roles: Roles) -> list[Paragraph]:
    return [p for p in roles.body if level_of(p.words) is None]


@rule("7.3.1a", Strength.USUAL, "标题用 2 号小标宋体", "字体设为小标宋，字号二号")
def title_type(_: Document, roles: Roles) -> Verdict:
    return typeset(roles.title, "小标宋", SIZE_2) if roles.title else None


@rule("7.3.1b", Strength.USUAL, "标题居中排布", "设为居中，取消缩进")
def title_centred(_: Document, roles: Roles) -> Verdict:
    if not roles.title:
        return None
    return [Fault(p.where, "未居中", "居中") for p in roles.title if p.look.align != "center"]


@rule("7.3.1c", Strength.USUAL, "标题在红色分隔线下空二行", "分隔线与标题之间空二行")
def title_gap(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.GENERAL or not roles.title:
        return None
    lines = red_lines(document, roles)
    if not lines:
        return None
    lowest = max(lines, key=lambda line: line.paragraph)
    anchor = document.paragraphs[lowest.paragraph - 1]
    own = 1 if lowest.above and anchor.blank else 0
    faults = gap_fault(document, roles, anchor, roles.title[0], 2 - own)
    return Unknown("分隔线不在正文流中，要排版后测量") if faults is None else faults


@rule(
    "7.3.1d",
    Strength.MUST,
    "公文有标题，标题由发文机关、事由和文种组成",
    "补上标题，以通知、通报、意见等文种结尾",
)
def title_complete(document: Document, roles: Roles) -> Verdict:
    # Minutes, and orders as 10.2 lays them out, go on to the text behind their number.
    if roles.kind is Kind.MINUTES or (roles.kind is Kind.ORDER and not roles.title):
        return None
    if not roles.title:
        place = document.written[0].where if document.written else "文首"
        return [Fault(place, "没有标题", "标题")]
    words = "".join(p.words for p in roles.title)
    if any(
        words.rstrip("）)").removesuffix("（试行").removesuffix("（草案").endswith(kind)
        for kind in _DOCUMENT_KINDS
    ):
        return []
    return [Fault(roles.title[0].where, f"以“{words[-4:]}”结尾", "以文种结尾")]


@rule("7.3.2a", Strength.MUST, "主送机关居左顶格", "取消缩进，设为左对齐")
def addressees_flush(_: Document, roles: Roles) -> Verdict:
    found = roles.addressees
    if found is None:
        return None
    inset = left_characters(found)
    if found.look.align in ("left", "both") and near(inset, 0):
        return []
    return [Fault(found.where, f"空 {inset:.1f} 字", "居左顶格")]


@rule("7.3.2b", Strength.MUST, "最后一个主送机关名称后标全角冒号", "改为全角冒号“：”")
def addressees_colon(_: Document, roles: Roles) -> Verdict:
    found = roles.addressees
    if found is None:
        return None
    return [] if found.words.endswith("：") else [Fault(found.where, f"“{found.words[-1]}”", "“：”")]


@rule("7.3.2c", Strength.MUST, "主送机关在标题下空一行", "标题与主送机关之间空一行")
def addressees_gap(document: Document, roles: Roles) -> Verdict:
    if roles.addressees is None or not roles.title:
        return None
    faults = gap_fault(document, roles, roles.title[-1], roles.addressees, 1)
    return Unknown("不在正文流中") if faults is None else faults


@rule("7.3.2d", Strength.USUAL, "主送机关用 3 号仿宋体", "设为三号仿宋")
def addressees_type(_: Document, roles: Roles) -> Verdict:
    return None if roles.addressees is None else typeset([roles.addressees], "仿宋", SIZE_3)


@rule("7.3.3a", Strength.USUAL, "正文用仿宋体", "选中正文，中文字体设为仿宋")
def text_face(_: Document, roles: Roles) -> Verdict:
    text = [p for p in _plain_text(roles) if len(p.words) > 1 and not _ATTENDANCE.match(p.words)]
    return faced(text, "仿宋") if text else None


@rule("7.3.3b", Strength.MUST, "正文每个自然段左空二字", "段落→首行缩进 2 字符")
def text_indent(_: Document, roles: Roles) -> Verdict:
    faults = []
    for paragraph in roles.body:
        if paragraph.look.align not in ("left", "both", "distribute"):
            continue  # a heading of a part in the middle
        inset = left_characters(paragraph)
        if not near(inset, 2):
            faults.append(Fault(paragraph.where, f"左空 {inset:.1f} 字", "左空二字"))
    return faults if roles.body else None


@rule("7.3.3c", Strength.MUST, "回行顶格", "取消段落的左缩进、右缩进和悬挂缩进")
def text_wraps_flush(_: Document, roles: Roles) -> Verdict:
    if not roles.body:
        return None
    return [
        Fault(p.where, f"回行空 {wrapped_characters(p):.1f} 字", "回行顶格")
        for p in roles.body
        if len(p.words) > 26 and not near(wrapped_characters(p), 0)
    ]


def _headings(roles: Roles, level: int) -> list[Paragraph]:
    return [p for p in roles.body if level_of(p.words) == level]


def _level_face(roles: Roles, level: int, face: str) -> Verdict:
    """Faults of headings of a level: the face of the heading itself, not of text that runs on behind it."""
    headings = _headings(roles, level)
    if not headings:
        return None
    faults = []
    for paragraph in headings:
        length = len(re.split(r"(?<=。)", paragraph.words)[0])
        if length > _HEADING and level > 2:
            continue
        first = next((run for run in paragraph.runs if run.text.strip()), None)
        if first is not None:
            faults += faced([replace(paragraph, runs=(first,))], face)
    return faults


@rule("7.3.3d", Strength.USUAL, "第一层标题“一、”用黑体", "设为黑体")
def first_level(_: Document, roles: Roles) -> Verdict:
    return _level_face(roles, 1, "黑体")


@rule("7.3.3e", Strength.USUAL, "第二层标题“（一）”用楷体", "设为楷体")
def second_level(_: Document, roles: Roles) -> Verdict:
    return _level_face(roles, 2, "楷体")


@rule("7.3.3f", Strength.USUAL, "第三、四层“1.”“（1）”用仿宋体", "设为仿宋")
def deeper_levels(_: Document, roles: Roles) -> Verdict:
    found = [v for v in (_level_face(roles, 3, "仿宋"), _level_face(roles, 4, "仿宋")) if isinstance(v, list)]
    return [fault for faults in found for fault in faults] if found else None


@rule(
    "7.3.3g",
    Strength.MUST,
    "结构层次序数依次为“一、”“（一）”“1.”“（1）”",
    "改正序数的写法：全角括号、顿号、圆点",
)
def level_forms(_: Document, roles: Roles) -> Verdict:
    faults = []
    for paragraph in roles.body:
        level = level_of(paragraph.words)
        if level is not None and not _FORMS[level].match(paragraph.words):
            faults.append(Fault(paragraph.where, paragraph.words[:6], _SHOWN[level]))
    return faults if roles.body else None


@rule(
    "7.3.3h",
    Strength.USUAL,
    "层次不越级",
    "“一、”之下先用“（一）”或“1.”，不直接用“（1）”；“（一）”之前先有“一、”",
)
def level_order(_: Document, roles: Roles) -> Verdict:
    faults = []
    above = 0
    for paragraph in roles.body:
        level = level_of(paragraph.words)
        if level is None:
            continue
        if level > above + 1 and not (above <= 1 and level == 3):  # of two levels 一、 and 1. are usual
            upper = _SHOWN.get(above, "（无）")
            faults.append(Fault(paragraph.where, f"“{_SHOWN[level]}”在“{upper}”之下", "依次使用"))
        above = level
    return faults if above else None


@rule(
    "7.3.3i",
    Strength.USUAL,
    "正文和层次标题不加粗",
    "取消加粗（实务中有的机关对二、三层标题加粗，标准未规定）",
)
def not_bold(_: Document, roles: Roles) -> Verdict:
    if not roles.body:
        return None
    return [
        Fault(p.where, "加粗", "不加粗")
        for p in (*roles.title, *roles.body)
        if any(run.bold and run.text.strip() for run in p.runs)
    ]


@rule("7.3.3j", Strength.MUST, "公文首页显示正文", "压缩标题或主送机关，或把主送机关移至版记")
def first_page_has_text(_: Document, roles: Roles) -> Verdict:
    return Unknown("要排版后才知道（安装 LibreOffice 后自动核验）") if roles.body else None


@rule("7.3.3k", Strength.USUAL, "同层序数连续", "改正序号")
def numbers_run_on(_: Document, roles: Roles) -> Verdict:
    faults = []
    last: dict[int, int] = {}
    for paragraph in roles.body:
        level = level_of(paragraph.words)
        if level is None:
            continue
        value = _ordinal(paragraph.words)
        for deeper in [other for other in last if other > level]:
            if deeper != 3:  # 1. 2. 3. may run on through the headings
                del last[deeper]
        if value is not None and level in last and value != last[level] + 1 and value != 1:
            faults.append(Fault(paragraph.where, f"{last[level]} 之后是 {value}", str(last[level] + 1)))
        if value is not None:
            last[level] = value
    return faults if last else None


def _ordinal(words: str) -> int | None:
    found = re.match(r"^[（(]?([一二三四五六七八九十]{1,3}|\d{1,3})", words)
    if found is None:
        return None
    if found[1].isascii():
        return int(found[1])
    digits = "一二三四五六七八九"
    tens, ten, ones = found[1].rpartition("十")
    if not ten:
        return digits.index(ones) + 1 if len(ones) == 1 else None
    return (digits.index(tens) + 1 if tens else 1) * 10 + (digits.index(ones) + 1 if ones else 0)
