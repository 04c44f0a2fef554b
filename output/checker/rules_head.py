"""Rules of the 版头: copy number, secrecy, urgency, issuing mark, document number, signers, line (7.2)."""

from __future__ import annotations

import re

from ..lengths import TWIPS_PER_MM
from .catalogue import Fault, Strength, Unknown, Verdict, rule
from .colours import is_red_hex
from .measures import (
    CHARACTERS,
    SIZE_3,
    gap_fault,
    is_face,
    left_characters,
    near,
    right_characters,
    shown_mm,
    size_name,
    typeset,
)
from .reading import Box, Document, Line, Paragraph
from .roles import Kind, Roles

_UPWARD = re.compile("签发人")
_DIGITS = re.compile(r"\d+")


def _flush_left(paragraph: Paragraph) -> list[Fault]:
    inset = left_characters(paragraph)
    if paragraph.look.align in ("left", "both") and abs(inset) <= CHARACTERS:
        return []
    found = f"空 {inset:.1f} 字" if paragraph.look.align in ("left", "both") else "未居左"
    return [Fault(paragraph.where, found, "顶格")]


@rule("7.2.1a", Strength.USUAL, "份号用 6 位阿拉伯数字", "份号补足 6 位，如 000012")
def copy_number(_: Document, roles: Roles) -> Verdict:
    found = roles.copy_number
    if found is None:
        return None
    return [] if re.fullmatch(r"\d{6}", found.words) else [Fault(found.where, found.words, "6 位数字")]


@rule(
    "7.2.1b",
    Strength.USUAL,
    "份号用 3 号字，顶格编排在版心左上角第一行",
    "份号字号设为三号，取消缩进，放在第一行",
)
def copy_number_place(document: Document, roles: Roles) -> Verdict:
    found = roles.copy_number
    if found is None:
        return None
    faults = _flush_left(found)
    if found.size != SIZE_3:
        faults.append(Fault(found.where, size_name(found.size), "3号"))
    if document.written[0] is not found:
        faults.append(Fault(found.where, "不在第一行", "版心左上角第一行"))
    return faults


@rule("7.2.1c", Strength.MUST, "涉密公文标注份号", "绝密、机密、秘密级公文加 6 位份号")
def copy_number_for_secrets(_: Document, roles: Roles) -> Verdict:
    if roles.secrecy is None:
        return None
    return [] if roles.copy_number else [Fault(roles.secrecy.where, "没有份号", "有份号")]


@rule("7.2.2a", Strength.USUAL, "密级和保密期限用 3 号黑体，顶格", "设为三号黑体，取消缩进")
def secrecy_type(_: Document, roles: Roles) -> Verdict:
    if roles.secrecy is None:
        return None
    return typeset([roles.secrecy], "黑体", SIZE_3) + _flush_left(roles.secrecy)


@rule("7.2.2b", Strength.MUST, "保密期限中的数字用阿拉伯数字", "如：机密★1年")
def secrecy_term(_: Document, roles: Roles) -> Verdict:
    if roles.secrecy is None or not re.search(r"[★*年月]", roles.secrecy.words):
        return None
    words = roles.secrecy.words
    if re.search(r"[一二三四五六七八九十]", words) or (
        re.search("[年月]", words) and not _DIGITS.search(words)
    ):
        return [Fault(roles.secrecy.where, words, "阿拉伯数字，如 机密★1年")]
    return []


@rule("7.2.3a", Strength.USUAL, "紧急程度用 3 号黑体，顶格", "设为三号黑体，取消缩进")
def urgency_type(_: Document, roles: Roles) -> Verdict:
    if roles.urgency is None:
        return None
    return typeset([roles.urgency], "黑体", SIZE_3) + _flush_left(roles.urgency)


@rule(
    "7.2.3b",
    Strength.USUAL,
    "份号、密级、紧急程度自上而下分行排列",
    "按份号、密级和保密期限、紧急程度的顺序排列",
)
def front_order(_: Document, roles: Roles) -> Verdict:
    present = [p for p in (roles.copy_number, roles.secrecy, roles.urgency) if p is not None]
    if len(present) < 2:
        return None
    if [p.index for p in present] == sorted({p.index for p in present}):
        return []
    shown = "、".join(p.words for p in sorted(present, key=lambda p: p.index))
    return [Fault(present[0].where, shown, "份号、密级和保密期限、紧急程度")]


@rule("7.2.3c", Strength.MUST, "紧急程度标注为“特急”或“加急”", "改为特急或加急（电报另有特提、平急）")
def urgency_words(_: Document, roles: Roles) -> Verdict:
    if roles.urgency is None:
        return None
    words = roles.urgency.words
    return (
        [] if words in ("特急", "加急", "特提", "平急") else [Fault(roles.urgency.where, words, "特急、加急")]
    )


def _has_mark(roles: Roles) -> bool:
    return bool(roles.mark) and roles.kind is not Kind.PLAIN


@rule("7.2.4a", Strength.MUST, "发文机关标志居中排布", "发文机关标志设为居中，取消缩进")
def mark_centred(_: Document, roles: Roles) -> Verdict:
    if not _has_mark(roles):
        return None
    return [
        Fault(p.where, "未居中", "居中")
        for p in roles.mark
        if p.look.align not in ("center", "distribute") and p.box is Box.FLOW
    ]


@rule("7.2.4b", Strength.ADVISED, "发文机关标志用小标宋体，颜色为红色", "字体设为小标宋，颜色设为红色 FF0000")
def mark_type(_: Document, roles: Roles) -> Verdict:
    if not _has_mark(roles):
        return None
    faults = []
    for paragraph in roles.mark:
        runs = [run for run in paragraph.runs if run.text.strip()]
        if not all(is_red_hex(run.colour) for run in runs):
            faults.append(Fault(paragraph.where, "不是红色", "红色"))
        if not all(is_face(run.font, "小标宋") for run in runs):
            faults.append(Fault(paragraph.where, paragraph.font or "未指定字体", "小标宋体"))
    return faults


@rule(
    "7.2.4c",
    Strength.MUST,
    "发文机关标志上边缘至版心上边缘为 35 mm",
    "调整标志段前距，使其上边缘距纸上边 72 mm",
)
def mark_top(_: Document, roles: Roles) -> Verdict:
    if not _has_mark(roles) or roles.kind in (Kind.LETTER, Kind.ORDER):
        return None
    return Unknown("要排版后测量（安装 LibreOffice 后自动测）")


def _document_number(roles: Roles) -> tuple[Paragraph, str] | None:
    """The paragraph and words of the 发文字号; None without one, as in minutes and orders with 第12号."""
    if roles.number is None or roles.kind in (Kind.ORDER, Kind.PLAIN) or _minutes_issue(roles):
        return None
    return roles.number, re.split(r"\s*签发人", roles.number.words)[0].strip()


def _minutes_issue(roles: Roles) -> bool:
    """Minutes and orders carry 第12号 in place of a document number."""
    return (
        roles.number is not None
        and bool(re.fullmatch(r"[〔（(]?第?\s*\S+?\s*[号期][〕）)]?", roles.number.words))
        and ("〔" not in roles.number.words and roles.kind in (Kind.MINUTES, Kind.ORDER))
    )


@rule("7.2.5a", Strength.MUST, "发文字号的年份用六角括号〔〕括入", "改为〔〕（U+3014、U+3015）")
def number_brackets(_: Document, roles: Roles) -> Verdict:
    found = _document_number(roles)
    if found is None:
        return None
    number, words = found
    return [] if re.search(r"〔[^〕]+〕", words) else [Fault(number.where, words, "〔2026〕")]


@rule("7.2.5b", Strength.MUST, "发文字号的年份标全称", "年份写四位数字")
def number_year(_: Document, roles: Roles) -> Verdict:
    found = _document_number(roles)
    if found is None:
        return None
    number, words = found
    year = _DIGITS.search(words)
    return [] if year and len(year[0]) == 4 else [Fault(number.where, words, "四位年份")]


@rule("7.2.5c", Strength.MUST, "发文顺序号不加“第”字，不编虚位", "删去“第”和前面的 0")
def number_plain(_: Document, roles: Roles) -> Verdict:
    found = _document_number(roles)
    if found is None:
        return None
    number, words = found
    if "第" in words or re.search(r"[〕\])）\]】﹞\s]0\d*\s*号$", words):
        return [Fault(number.where, words, "如 10号")]
    return []


@rule(
    "7.2.5d",
    Strength.MUST,
    "发文字号居中；上行文居左空一字，与最后一个签发人同行",
    "下行文、平行文设为居中；上行文左缩进一字",
)
def number_place(_: Document, roles: Roles) -> Verdict:
    number = roles.number
    if number is None or roles.kind is not Kind.GENERAL:
        return None
    if roles.signers:
        if roles.signers[-1].index != number.index and number.box is not Box.TABLE:
            return [Fault(number.where, "与签发人不同行", "与最后一个签发人同行")]
        if number.look.align not in ("left", "both", "distribute") or not near(left_characters(number), 1):
            return [Fault(number.where, f"左空 {left_characters(number):.1f} 字", "居左空一字")]
        return []
    return [] if number.look.align == "center" else [Fault(number.where, "未居中", "居中")]


@rule("7.2.5e", Strength.MUST, "发文字号在发文机关标志下空二行", "标志与发文字号之间空二行")
def number_gap(document: Document, roles: Roles) -> Verdict:
    if not _has_mark(roles) or roles.number is None or roles.kind not in (Kind.GENERAL, Kind.ORDER):
        return None
    last = max(roles.mark, key=lambda p: p.index)
    first = min([roles.number, *roles.signers], key=lambda p: p.index)
    faults = gap_fault(document, roles, last, first, 2)
    return Unknown("标志或文号不在正文流中，要排版后测量") if faults is None else faults


@rule("7.2.5f", Strength.USUAL, "发文字号用 3 号仿宋体", "设为三号仿宋")
def number_type(_: Document, roles: Roles) -> Verdict:
    if roles.number is None or roles.kind in (Kind.PLAIN, Kind.ORDER):
        return None
    return typeset([roles.number], "仿宋", SIZE_3, part=_before_signers)


def _before_signers(text: str) -> str:
    return text.strip() if not _UPWARD.search(text) and len(text.strip()) > 4 else ""


@rule("7.2.6a", Strength.USUAL, "“签发人”三字用 3 号仿宋体，姓名用 3 号楷体", "分别设置字体")
def signers_type(_: Document, roles: Roles) -> Verdict:
    if not roles.signers:
        return None
    faults: list[Fault] = []
    for row, paragraph in enumerate(roles.signers):
        label_seen = False
        for run in paragraph.runs:
            # In later rows the names stand without the label, behind a tab.
            label_seen = label_seen or (row > 0 and "\t" in run.text)
            _before, label, after = run.text.partition("签发人")
            if label and not is_face(run.font, "仿宋"):
                faults.append(Fault(paragraph.where, f"“签发人”用 {run.font}", "仿宋"))
            name = re.sub(r"[：:\s\u3000]", "", after if label else run.text if label_seen else "")
            label_seen = label_seen or bool(label)
            if name and not is_face(run.font, "楷体"):
                faults.append(Fault(paragraph.where, f"姓名用 {run.font or '未指定字体'}", "楷体"))
            if name and run.size != SIZE_3:
                faults.append(Fault(paragraph.where, size_name(run.size), "3号"))
    return faults


@rule("7.2.6b", Strength.MUST, "签发人居右空一字，后标全角冒号", "右缩进一字；用全角冒号")
def signers_place(_: Document, roles: Roles) -> Verdict:
    if not roles.signers:
        return None
    faults = []
    for row, paragraph in enumerate(roles.signers):
        if row == 0 and "签发人：" not in paragraph.text:
            faults.append(Fault(paragraph.where, "没有全角冒号", "签发人："))
        if (
            not near(right_characters(paragraph), 1)
            and "\t" not in paragraph.text
            and paragraph.box is Box.FLOW
        ):
            faults.append(Fault(paragraph.where, f"右空 {right_characters(paragraph):.1f} 字", "右空一字"))
    return faults


@rule("7.2.6c", Strength.MUST, "上行文标注签发人", "请示、报告在版头加“签发人：姓名”")
def signers_of_upward(_: Document, roles: Roles) -> Verdict:
    title = "".join(p.words for p in roles.title)
    if roles.kind is not Kind.GENERAL or not title.endswith("请示"):
        return None
    return [] if roles.signers else [Fault(roles.title[0].where, "没有签发人", "签发人：姓名")]


def red_lines(document: Document, roles: Roles) -> list[Line]:
    """Lines of the 版头: those that hang on its paragraphs or on blank ones before the title."""
    if not roles.title:
        return [line for line in document.lines if not line.boxed]
    return [line for line in document.lines if not line.boxed and line.paragraph < roles.title[0].index]


@rule("7.2.7a", Strength.MUST, "发文字号之下有红色分隔线", "在发文字号下加红线，颜色 FF0000")
def red_line(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.GENERAL or not roles.number:
        return None
    lines = red_lines(document, roles)
    if not lines:
        return [Fault(roles.number.where, "没有分隔线", "红色分隔线")]
    if not any(is_red_hex(line.colour) for line in lines):
        return [Fault(roles.number.where, f"分隔线颜色 {lines[0].colour or '自动（黑）'}", "红色")]
    return []


@rule("7.2.7b", Strength.MUST, "分隔线与版心等宽（156 mm）", "把线长改为 156 mm，取消线所在段落的左右缩进")
def red_line_width(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.GENERAL or not roles.number:
        return None
    lines = [line for line in red_lines(document, roles) if is_red_hex(line.colour)]
    if not lines:
        return None
    faults = []
    for line in lines:
        paragraph = document.paragraphs[line.paragraph - 1]
        ind = paragraph.look.ind
        wanted = document.sections[paragraph.section].text_width
        width = line.width if line.width is not None else wanted - ind.get("left", 0) - ind.get("right", 0)
        if abs(width - wanted) > 2 * TWIPS_PER_MM:
            faults.append(Fault("版头分隔线", shown_mm(width), shown_mm(wanted)))
    return faults


@rule("7.2.7c", Strength.MUST, "分隔线在发文字号之下 4 mm", "调整线与发文字号之间的距离")
def red_line_gap(document: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.GENERAL or not roles.number:
        return None
    return Unknown("要排版后测量（安装 LibreOffice 后自动测）") if red_lines(document, roles) else None
