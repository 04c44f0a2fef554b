"""Rules of the page (clause 5) and of page numbers (7.5) and landscape tables (8)."""

from __future__ import annotations

import re

from .catalogue import Fault, Strength, Unknown, Verdict, rule
from .colours import is_red_hex
from .measures import (
    SIZE_3,
    SIZE_4,
    is_face,
    left_characters,
    mm,
    near,
    pitch,
    right_characters,
    shown_mm,
    size_name,
)
from .reading import Box, Document, Footer, Paragraph
from .roles import Kind, Roles

#: Margins above: as typed into Word (profile A), or from the ink of the first line (profile B,
#: GB/T 33476.2-2016 as cited; facts/official-documents.md §2).
_TOP = {"A": 37.0, "B": 34.58}
_HEIGHT = {"A": 225.0, "B": 229.84}


def _where(index: int) -> str:
    return f"第{index + 1}节页面设置"


@rule("5.1", Strength.MUST, "用纸为 A4（210 mm×297 mm）", "页面设置→纸张大小选 A4")
def paper(document: Document, _: Roles) -> Verdict:
    faults = []
    for index, section in enumerate(document.sections):
        short, long = sorted((section.width, section.height))
        if not (near(mm(short), 210, 1) and near(mm(long), 297, 1)):
            faults.append(
                Fault(_where(index), f"{shown_mm(section.width)}×{shown_mm(section.height)}", "210 mm×297 mm")
            )
    return faults


@rule("5.2.1a", Strength.MUST, "天头（上白边）为 37 mm±1 mm", "页面设置→上边距 3.7 厘米")
def top_margin(document: Document, roles: Roles) -> Verdict:
    if roles.kind is Kind.LETTER:
        return None
    return [
        Fault(_where(index), shown_mm(section.top), "37 mm±1 mm（按字面起算的版式为 34.6 mm）")
        for index, section in enumerate(document.sections)
        if not section.landscape and not any(near(mm(section.top), top, 1) for top in _TOP.values())
    ]


@rule("5.2.1b", Strength.MUST, "订口（左白边）为 28 mm±1 mm", "页面设置→左边距 2.8 厘米，装订线 0")
def left_margin(document: Document, _: Roles) -> Verdict:
    return [
        Fault(_where(index), shown_mm(section.left), "28 mm±1 mm")
        for index, section in enumerate(document.sections)
        if not section.landscape and not near(mm(section.left), 28, 1)
    ]


@rule("5.2.1c", Strength.MUST, "版心宽 156 mm、高 225 mm", "右边距 2.6 厘米，下边距 3.5 厘米")
def type_area(document: Document, roles: Roles) -> Verdict:
    faults = []
    for index, section in enumerate(document.sections):
        if section.landscape or (roles.kind is Kind.LETTER and index == 0):
            continue
        wide = near(mm(section.text_width), 156, 1.5)
        high = any(near(mm(section.text_height), height, 1.5) for height in _HEIGHT.values())
        if not (wide and high):
            found = f"{shown_mm(section.text_width)}×{shown_mm(section.text_height)}"
            faults.append(Fault(_where(index), found, "156 mm×225 mm"))
    return faults


@rule("5.2.2", Strength.USUAL, "正文用 3 号字", "选中正文，字号设为三号（16 磅）")
def body_size(_: Document, roles: Roles) -> Verdict:
    if not roles.body:
        return None
    return [
        Fault(p.where, size_name(p.size), "3号") for p in roles.body if p.size != SIZE_3 and len(p.words) > 1
    ]


def _upright(document: Document, body: tuple[Paragraph, ...]) -> list[Paragraph]:
    """The text on upright pages: a list that lies (clause 8) has another grid."""
    return [p for p in body if not document.sections[min(p.section, len(document.sections) - 1)].landscape]


@rule("5.2.3a", Strength.USUAL, "每面排 22 行", "段落→行距选固定值 28.95 磅（版心 225 mm）")
def lines_a_page(document: Document, roles: Roles) -> Verdict:
    body = _upright(document, roles.body)
    exact = [p for p in body if p.look.line_rule == "exact" or document.sections[p.section].grid]
    if not body:
        return None
    if not exact:
        return Unknown("行距不是固定值，要排版后才能数行")
    line = pitch(document, roles)
    height = document.sections[body[0].section].text_height
    if int(height / line + 0.02) == 22:
        return []
    return [Fault("正文", f"行距 {line / 20:g} 磅，每面 {int(height / line)} 行", "每面 22 行")]


@rule("5.2.3b", Strength.USUAL, "每行排 28 个字", "字体→高级→间距紧缩 0.25 磅（三号字 28 字排满 156 mm）")
def characters_a_line(document: Document, roles: Roles) -> Verdict:
    body = [p for p in _upright(document, roles.body) if p.size == SIZE_3 and p.runs]
    if not body:
        return None
    section = document.sections[body[0].section]
    spacings = [run.spacing for p in body for run in p.runs]
    spacing = max(set(spacings), key=spacings.count)
    if section.grid in ("linesAndChars", "snapToChars"):
        step = document.default_size * 10 + section.char_space / 4096 * 20
    else:
        step = SIZE_3 * 10.0 + spacing
    fits = int(section.text_width / step + 0.02)
    if fits == 28:
        return []
    return [Fault("正文", f"每行 {fits} 字", "每行 28 字")]


@rule("5.2.4", Strength.MUST, "文字颜色为黑色", "选中文字，字体颜色设为黑色或自动")
def black(document: Document, roles: Roles) -> Verdict:
    marks = {p.index for p in roles.mark}
    faults = []
    for paragraph in document.written:
        coloured = next(
            (r for r in paragraph.runs if r.text.strip() and r.colour not in (None, "000000")), None
        )
        if coloured is not None and not (paragraph.index in marks and is_red_hex(coloured.colour)):
            faults.append(Fault(paragraph.where, f"颜色 {coloured.colour}", "黑色"))
    return faults


def _numbered(document: Document) -> list[Footer]:
    seen: dict[int, Footer] = {}
    for section in document.sections:
        for footer in section.footers:
            if footer.numbered:
                seen.setdefault(id(footer), footer)
    return list(seen.values())


def _number_line(footer: Footer) -> Paragraph | None:
    return next((p for p in footer.paragraphs if re.search(r"[\d—–―-]", p.words)), None)


@rule("7.5a", Strength.USUAL, "有页码", "插入→页码")
def page_number(document: Document, _: Roles) -> Verdict:
    return [] if _numbered(document) else [Fault("页脚", "没有页码", "每面有页码")]


@rule("7.5b", Strength.USUAL, "页码左右各放一条一字线：— 1 —", "页码两边各加一字线（—）和空格")
def page_dashes(document: Document, _: Roles) -> Verdict:
    footers = _numbered(document)
    if not footers:
        return None
    faults = []
    for footer in footers:
        line = _number_line(footer)
        words = "" if line is None else line.words
        if not re.fullmatch(r"[—–]\s*\d*\s*[—–]", words) or "–" in words:
            faults.append(Fault("页脚", words or "（空）", "— 1 —"))
    return faults


@rule("7.5c", Strength.USUAL, "页码用 4 号半角宋体阿拉伯数字", "选中页码，字体宋体，字号四号")
def page_number_type(document: Document, _: Roles) -> Verdict:
    footers = _numbered(document)
    if not footers:
        return None
    faults = []
    for footer in footers:
        line = _number_line(footer)
        for run in () if line is None else line.runs:
            if run.text.strip() and (run.size != SIZE_4 or not is_face(run.ascii_font or run.font, "宋体")):
                found = f"{size_name(run.size)}{run.ascii_font or run.font or '未指定字体'}"
                faults.append(Fault("页脚", found, "4号宋体"))
                break
    return faults


@rule("7.5d", Strength.USUAL, "单页码居右，双页码居左", "页眉和页脚→奇偶页不同；奇数页右对齐，偶数页左对齐")
def odd_right_even_left(document: Document, _: Roles) -> Verdict:
    footers = [f for f in _numbered(document) if not f.in_box]
    if not footers:
        return None
    if not document.even_and_odd:
        return [Fault("页脚", "奇偶页相同", "单页码居右、双页码居左")]
    faults = []
    for footer in footers:
        line = _number_line(footer)
        wanted = {"default": "right", "even": "left"}.get(footer.kind)
        align = "" if line is None else line.look.align.replace("both", "left")
        if wanted and align != wanted:
            name = "奇数页页脚" if footer.kind == "default" else "偶数页页脚"
            faults.append(Fault(name, _ALIGN.get(align, align), _ALIGN[wanted]))
    if "even" not in {f.kind for f in footers}:
        faults.append(Fault("偶数页页脚", "没有页码", "居左空一字"))
    return faults


_ALIGN = {"left": "居左", "right": "居右", "center": "居中", "both": "两端对齐"}


@rule("7.5e", Strength.USUAL, "页码距版心左右边空一字", "页脚段落缩进一个四号字（14 磅）")
def page_number_indent(document: Document, _: Roles) -> Verdict:
    footers = [f for f in _numbered(document) if not f.in_box and f.kind in ("default", "even")]
    if not footers or not document.even_and_odd:
        return None
    faults = []
    for footer in footers:
        line = _number_line(footer)
        if line is None or line.look.align not in ("left", "right", "both"):
            continue
        inset = right_characters(line) if line.look.align == "right" else left_characters(line)
        if not near(inset, 1):
            faults.append(Fault("页脚", f"空 {inset:.1f} 字", "空一字"))
    return faults


@rule(
    "7.5f",
    Strength.USUAL,
    "页码一字线上距版心下边缘 7 mm",
    "页脚距边界设为 25.5 mm（下边距 35 mm、页码四号固定行距 14 磅时）",
)
def page_number_depth(document: Document, _: Roles) -> Verdict:
    return Unknown("要排版后测量（安装 LibreOffice 后自动测）") if _numbered(document) else None


@rule("8", Strength.MUST, "横排表格的页码位置与其他页相同", "横向节的页码放进竖排文本框，置于纸张左侧或右侧")
def landscape_number(document: Document, _: Roles) -> Verdict:
    lying = [s for s in document.sections if s.landscape]
    if not lying:
        return None
    faults = []
    for section in lying:
        numbered = [f for f in section.footers if f.numbered]
        if not any(f.in_box for f in numbered):
            faults.append(
                Fault("横向页面的页脚", "页码在页面下方" if numbered else "没有页码", "页码位于原竖排页码处")
            )
    return faults


@rule(
    "8a",
    Strength.MUST,
    "横排表格用 A4 横向纸，四边与竖排页一致",
    "横向节的边距设为上 28、下 26、左 35、右 37 mm",
)
def landscape_margins(document: Document, _: Roles) -> Verdict:
    lying = [(i, s) for i, s in enumerate(document.sections) if s.landscape]
    if not lying:
        return None
    return [
        Fault(_where(index), f"上 {shown_mm(s.top)}、左 {shown_mm(s.left)}", "订口 28 mm 在上")
        for index, s in lying
        if not near(mm(s.top), 28, 1.5)
    ]


@rule("5.2.1d", Strength.MUST, "正文不在文本框内", "把正文移出文本框")
def text_in_flow(document: Document, roles: Roles) -> Verdict:
    boxed = [p for p in document.written if p.box is Box.TEXT_BOX]
    ends = {p.index for p in (*roles.copies, *roles.printed, *roles.mark, *roles.signers)}
    words = sum(len(p.words) for p in boxed if p.index not in ends)
    if words * 2 > sum(len(p.words) for p in document.written):
        return [Fault("文本框", f"{words} 字在文本框内", "正文排在版心内")]
    return []
