"""Rules of attachments, signature, date, note and annexes (7.3.4 to 7.3.7) and of the 版记 (7.4)."""

from __future__ import annotations

import re

from ..lengths import TWIPS_PER_MM
from .catalogue import Fault, Strength, Unknown, Verdict, rule
from .measures import (
    SIZE_3,
    SIZE_4,
    gap_fault,
    gap_lines,
    left_characters,
    near,
    right_characters,
    shown_mm,
    text_characters,
    typeset,
)
from .reading import Document, Line, Paragraph
from .roles import Kind, Roles

_ATTACHMENT_NUMBER = re.compile(r"^(?:附件\s*[：:])?\s*(\d{1,2})\s*[.．、]\s*")
_DATE = re.compile(r"^\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日$")


@rule("7.3.4a", Strength.MUST, "附件说明在正文下空一行", "正文与附件说明之间空一行")
def attachments_gap(document: Document, roles: Roles) -> Verdict:
    if not roles.attachments or not roles.body:
        return None
    faults = gap_fault(document, roles, roles.body[-1], roles.attachments[0], 1)
    return Unknown("不在正文流中") if faults is None else faults


@rule("7.3.4b", Strength.MUST, "附件说明左空二字", "首行缩进 2 字符")
def attachments_indent(_: Document, roles: Roles) -> Verdict:
    if not roles.attachments:
        return None
    inset = left_characters(roles.attachments[0])
    return [] if near(inset, 2) else [Fault(roles.attachments[0].where, f"左空 {inset:.1f} 字", "左空二字")]


@rule("7.3.4c", Strength.MUST, "附件名称后不加标点符号", "删去附件名称后的标点")
def attachments_unpunctuated(_: Document, roles: Roles) -> Verdict:
    if not roles.attachments:
        return None
    return [
        Fault(p.where, f"“{p.words[-1]}”", "不加标点")
        for p in roles.attachments
        if p.words[-1] in "。；，、.;,："
    ]


@rule("7.3.4d", Strength.MUST, "“附件”后标全角冒号，多个附件用阿拉伯数字标序号", "如：附件：1. ××")
def attachments_numbers(_: Document, roles: Roles) -> Verdict:
    listed = roles.attachments
    if not listed:
        return None
    faults = (
        []
        if listed[0].words.startswith("附件：")
        else [Fault(listed[0].where, listed[0].words[:4], "附件：")]
    )
    numbers = [_ATTACHMENT_NUMBER.match(p.words) for p in listed]
    if len(listed) > 1 or len(roles.annexes) > 1:
        found = [int(n[1]) if n else None for n in numbers]
        if found != list(range(1, len(listed) + 1)):
            faults.append(Fault(listed[0].where, "序号不是 1. 2. 3.", "1. 2. 3."))
    return faults


@rule("7.3.4e", Strength.USUAL, "附件说明用 3 号仿宋体", "设为三号仿宋")
def attachments_type(_: Document, roles: Roles) -> Verdict:
    return typeset(roles.attachments, "仿宋", SIZE_3) if roles.attachments else None


@rule("7.3.5a", Strength.MUST, "成文日期用阿拉伯数字标全年、月、日，月、日不编虚位", "如：2026年1月5日")
def date_form(_: Document, roles: Roles) -> Verdict:
    if roles.date is None:
        return None
    words = roles.date.words
    return [] if _DATE.match(words) else [Fault(roles.date.where, words, "如 2026年1月5日")]


@rule("7.3.5b", Strength.MUST, "有成文日期和发文机关署名", "补上署名和成文日期")
def signed_and_dated(_: Document, roles: Roles) -> Verdict:
    if roles.kind in (Kind.MINUTES, Kind.PLAIN) or not roles.body:
        return None
    faults = []
    if roles.date is None:
        faults.append(Fault("文末", "没有成文日期", "成文日期"))
    elif not roles.signature:
        faults.append(Fault(roles.date.where, "没有发文机关署名", "发文机关署名"))
    return faults


@rule(
    "7.3.5c",
    Strength.USUAL,
    "成文日期右空四字（加盖印章、签发人签名章）或按不加盖印章的规定编排",
    "右缩进 4 字符；不盖章的右空二字起排",
)
def date_place(document: Document, roles: Roles) -> Verdict:
    date = roles.date
    if date is None:
        return None
    right = _right_edge(document, date)
    if near(right, 4, 0.6):
        return []
    if roles.signature:
        # Of a joint document the first name is that of the office in charge.
        signature = roles.signature[0]
        start = _left_edge(document, date) - _left_edge(document, signature)
        longer = text_characters(date) > text_characters(signature) - 2
        # 7.3.5.2: 署名 右空二字, the date two characters right of it; a longer date 右空二字 itself.
        inside = any(near(_right_edge(document, name), 2, 0.6) for name in roles.signature)
        if near(start, 2, 0.7) and (inside or longer):
            return []
        if longer and near(right, 2, 0.6):
            return []
    return [
        Fault(
            date.where,
            f"右空 {right:.1f} 字",
            "右空四字（盖章），或署名右空二字、日期首字比署名首字右移二字（不盖章）",
        )
    ]


@rule(
    "7.3.5d",
    Strength.USUAL,
    "署名在成文日期之上，以成文日期为准居中（盖章）或右空二字（不盖章）",
    "调整署名的位置",
)
def signature_place(document: Document, roles: Roles) -> Verdict:
    if roles.date is None or len(roles.signature) != 1:
        return Unknown("联合行文署名要排版后核验") if len(roles.signature) > 1 else None
    signature, date = roles.signature[0], roles.date
    start = _left_edge(document, date) - _left_edge(document, signature)
    if near(_right_edge(document, signature), 2, 0.6) or near(start, 2, 0.7):
        return []
    middle = _left_edge(document, signature) + text_characters(signature) / 2
    wanted = _left_edge(document, date) + text_characters(date) / 2
    edge = near(_right_edge(document, signature), 0, 0.6) and text_characters(signature) > text_characters(
        date
    )
    if near(middle, wanted, 0.8) or edge:
        return []
    return [Fault(signature.where, f"比日期居中位置偏 {middle - wanted:+.1f} 字", "与成文日期居中对齐")]


def _width(document: Document, paragraph: Paragraph) -> float:
    spacing = paragraph.runs[0].spacing if paragraph.runs else 0
    step = paragraph.em + spacing
    return document.sections[min(paragraph.section, len(document.sections) - 1)].text_width / step


def _left_edge(document: Document, paragraph: Paragraph) -> float:
    """Characters from the left edge of the type area to the first word of a one-line paragraph."""
    width, words = _width(document, paragraph), text_characters(paragraph)
    if paragraph.look.align == "right":
        return width - right_characters(paragraph) - words
    if paragraph.look.align == "center":
        left, right = left_characters(paragraph), right_characters(paragraph)
        return left + (width - left - right - words) / 2
    return left_characters(paragraph)


def _right_edge(document: Document, paragraph: Paragraph) -> float:
    return _width(document, paragraph) - _left_edge(document, paragraph) - text_characters(paragraph)


@rule("7.3.5e", Strength.MUST, "印章或署名所在页有正文", "调整行距、字距，使署名与正文同页")
def signature_with_text(_: Document, roles: Roles) -> Verdict:
    return Unknown("要排版后才知道（安装 LibreOffice 后自动核验）") if roles.date else None


@rule("7.3.5f", Strength.USUAL, "署名、成文日期用 3 号仿宋体", "设为三号仿宋")
def signature_type(_: Document, roles: Roles) -> Verdict:
    return typeset([*roles.signature, roles.date], "仿宋", SIZE_3) if roles.date else None


@rule("7.3.6a", Strength.MUST, "附注居左空二字，加圆括号，在成文日期下一行", "改为（××），首行缩进 2 字符")
def note(document: Document, roles: Roles) -> Verdict:
    if roles.note is None:
        return None
    faults = []
    inset = left_characters(roles.note)
    if not near(inset, 2) or roles.note.look.align not in ("left", "both"):
        faults.append(Fault(roles.note.where, f"左空 {inset:.1f} 字", "居左空二字"))
    if not re.match(r"^（.*）$", roles.note.words):
        faults.append(Fault(roles.note.where, "半角圆括号", "全角圆括号（）"))
    if roles.date is not None:
        gap = gap_lines(document, roles, roles.date, roles.note)
        if gap is not None and gap > 0.5:
            faults.append(Fault(roles.note.where, f"与成文日期之间空 {gap:.0f} 行", "在成文日期下一行"))
    return faults


@rule("7.3.7a", Strength.MUST, "附件另面编排", "附件前插入分页符")
def annex_new_page(document: Document, roles: Roles) -> Verdict:
    if not roles.annexes:
        return None
    return [
        Fault(label.where, "接排在正文之后", "另面编排")
        for label, _ in roles.annexes
        if not _starts_page(document, label)
    ]


def _starts_page(document: Document, paragraph: Paragraph) -> bool:
    if paragraph.look.page_break_before or paragraph.page_break:
        return True
    for before in reversed(document.paragraphs[: paragraph.index - 1]):
        if before.section != paragraph.section or before.page_break:
            return True
        if not before.blank:
            return False
    return False


@rule(
    "7.3.7b",
    Strength.USUAL,
    "“附件”二字及顺序号用 3 号黑体，顶格编排在版心左上角第一行",
    "设为三号黑体，取消缩进",
)
def annex_label(_: Document, roles: Roles) -> Verdict:
    if not roles.annexes:
        return None
    labels = [label for label, _ in roles.annexes]
    faults = typeset(labels, "黑体", SIZE_3)
    for label in labels:
        if not near(left_characters(label), 0) or label.look.align not in ("left", "both"):
            faults.append(Fault(label.where, "未顶格", "居左顶格"))
        if label.words.endswith(("：", ":")):
            faults.append(Fault(label.where, label.words, "附件后不加冒号"))
    return faults


@rule("7.3.7c", Strength.MUST, "附件标题居中编排在版心第三行", "附件序号与附件标题之间空一行，标题居中")
def annex_title(document: Document, roles: Roles) -> Verdict:
    titled = [(label, title) for label, title in roles.annexes if title]
    if not titled:
        return None
    faults = []
    for label, title in titled:
        if any(p.look.align != "center" for p in title):
            faults.append(Fault(title[0].where, "未居中", "居中"))
        faults += gap_fault(document, roles, label, title[0], 1) or []
    return faults


@rule("7.3.7d", Strength.MUST, "附件顺序号和附件标题与附件说明一致", "改成一致")
def annexes_as_listed(_document: Document, roles: Roles) -> Verdict:
    if not roles.attachments and not roles.annexes:
        return None
    if not roles.attachments:
        return [Fault(roles.annexes[0][0].where, "正文下没有附件说明", "附件：…")]
    if not roles.annexes:
        return Unknown("附件不在这个文件里")
    listed = [_bare(p.words) for p in roles.attachments]
    there = [_bare("".join(p.words for p in title)) for _, title in roles.annexes]
    if len(listed) != len(there):
        return [Fault(roles.attachments[0].where, f"说明 {len(listed)} 个，附有 {len(there)} 个", "一致")]
    faults = []
    for (label, _), name, title in zip(roles.annexes, listed, there, strict=True):
        if title and name != title:
            faults.append(Fault(label.where, title, name))
    numbers = [_annex_number(label.words) for label, _ in roles.annexes]
    if len(numbers) > 1 and numbers != list(range(1, len(numbers) + 1)):
        faults.append(Fault(roles.annexes[0][0].where, "附件顺序号不连续", "附件1、附件2…"))
    return faults


def _bare(words: str) -> str:
    words = re.sub(r"^附件\s*[：:]\s*", "", words)
    return re.sub(r"[\s\u3000《》]", "", _ATTACHMENT_NUMBER.sub("", words)).rstrip("。；，")


def _annex_number(words: str) -> int | None:
    found = re.search(r"\d+", words)
    return int(found[0]) if found else None


def imprint_lines(document: Document, roles: Roles) -> list[Line]:
    """The lines of the 版记: those that hang on its paragraphs, on its table, or in its text box."""
    members = [p.index for p in (*roles.copies, *roles.printed)]
    if not members:
        return []
    low, high = min(members) - 1, max(members) + 1
    return [line for line in document.lines if low <= line.paragraph <= high]


def _has_imprint(roles: Roles) -> bool:
    return bool(roles.printed or roles.copies) and roles.kind is not Kind.LETTER


@rule("7.4a", Strength.USUAL, "有版记（印发机关和印发日期）", "文末加版记")
def imprint(_: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.GENERAL:
        return None
    return [] if roles.printed else [Fault("文末", "没有印发机关和印发日期", "版记")]


@rule("7.4.1a", Strength.MUST, "版记有分隔线，与版心等宽", "版记首条、末条加线，宽 156 mm")
def imprint_has_lines(document: Document, roles: Roles) -> Verdict:
    if not _has_imprint(roles):
        return None
    lines = imprint_lines(document, roles)
    place = (*roles.copies, *roles.printed)[0]
    if len(lines) < 2:
        return [Fault(place.where, f"{len(lines)} 条分隔线", "至少首、末两条")]
    wanted = document.sections[min(place.section, len(document.sections) - 1)].text_width
    return [
        Fault(place.where, shown_mm(line.width), shown_mm(wanted))
        for line in lines
        if line.width is not None and abs(line.width - wanted) > 2 * TWIPS_PER_MM
    ][:1]


@rule(
    "7.4.1b",
    Strength.ADVISED,
    "版记首条和末条分隔线粗 0.35 mm，中间的 0.25 mm",
    "边框粗细：首末 1 磅，中间 0.75 磅",
)
def imprint_thickness(document: Document, roles: Roles) -> Verdict:
    lines = imprint_lines(document, roles) if _has_imprint(roles) else []
    if len(lines) < 2:
        return None
    thick = [line.thickness / TWIPS_PER_MM for line in lines]
    place = (*roles.copies, *roles.printed)[0]
    if max(thick) > 0.42 or min(thick) < 0.2:
        return [Fault(place.where, "、".join(f"{t:.2f} mm" for t in thick), "0.35 mm、0.25 mm")]
    if not any(near(t, 0.35, 0.05) for t in thick):
        return [Fault(place.where, "、".join(f"{t:.2f} mm" for t in thick), "首末条 0.35 mm")]
    return []


@rule("7.4.1c", Strength.MUST, "版记末条分隔线与末页版心下边缘重合", "把版记移到末页底端")
def imprint_at_foot(_: Document, roles: Roles) -> Verdict:
    return Unknown("要排版后测量（安装 LibreOffice 后自动测）") if _has_imprint(roles) else None


@rule("7.4.2a", Strength.USUAL, "抄送机关用 4 号仿宋体，左右各空一字", "设为四号仿宋，左右缩进 1 字符")
def copies_type(_: Document, roles: Roles) -> Verdict:
    if not roles.copies:
        return None
    faults = typeset(roles.copies, "仿宋", SIZE_4)
    for paragraph in roles.copies:
        if paragraph.cell is not None:
            continue  # cells have margins of their own
        if not near(left_characters(paragraph), 1, 0.5):
            faults.append(Fault(paragraph.where, f"左空 {left_characters(paragraph):.1f} 字", "左空一字"))
    return faults


@rule("7.4.2b", Strength.MUST, "“抄送”后标全角冒号，最后一个抄送机关后标句号", "如：抄送：××，××。")
def copies_points(_: Document, roles: Roles) -> Verdict:
    if not roles.copies:
        return None
    faults = []
    for paragraph in roles.copies:
        if not re.match(r"^(?:抄送|主送)：", paragraph.words):
            faults.append(Fault(paragraph.where, paragraph.words[:3], "抄送："))
        if not paragraph.words.endswith("。"):
            faults.append(Fault(paragraph.where, f"“{paragraph.words[-1]}”", "句号“。”"))
    return faults


@rule("7.4.2c", Strength.MUST, "抄送机关在印发机关和印发日期之上", "把抄送移到印发机关之上一行")
def copies_above(_: Document, roles: Roles) -> Verdict:
    if not roles.copies or not roles.printed:
        return None
    late = [p for p in roles.copies if p.index > roles.printed[0].index]
    return [Fault(p.where, "在印发机关之下", "在印发机关之上") for p in late]


@rule("7.4.3a", Strength.USUAL, "印发机关和印发日期用 4 号仿宋体", "设为四号仿宋")
def printed_type(_: Document, roles: Roles) -> Verdict:
    return typeset(roles.printed, "仿宋", SIZE_4) if roles.printed else None


@rule("7.4.3b", Strength.MUST, "印发日期用阿拉伯数字标全年、月、日，后加“印发”二字", "如：2026年1月6日印发")
def printed_form(_: Document, roles: Roles) -> Verdict:
    if not roles.printed:
        return None
    words = "\t".join(p.words for p in roles.printed)
    if re.search(r"\d{4}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日印发", words):
        return []
    return [Fault(roles.printed[-1].where, words[-14:].strip(), "2026年1月6日印发")]


@rule("7.4.3c", Strength.USUAL, "印发机关左空一字，印发日期右空一字", "左右各缩进 1 字符")
def printed_place(_: Document, roles: Roles) -> Verdict:
    flow = [p for p in roles.printed if p.cell is None]
    if not flow:
        return None
    return [
        Fault(p.where, f"左空 {left_characters(p):.1f} 字", "左空一字")
        for p in flow
        if not near(left_characters(p), 1, 0.5)
    ]


@rule("7.4.3d", Strength.USUAL, "印发日期不早于成文日期", "核对两个日期")
def printed_after_date(_: Document, roles: Roles) -> Verdict:
    if roles.date is None or not roles.printed:
        return None
    days = [_day(p.words) for p in (roles.date, *roles.printed)]
    dated, printed = days[0], next((d for d in days[1:] if d), None)
    if dated is None or printed is None:
        return None
    return [] if printed >= dated else [Fault(roles.printed[-1].where, "早于成文日期", "不早于成文日期")]


def _day(words: str) -> tuple[int, ...] | None:
    found = re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", words)
    return None if found is None else tuple(map(int, found.groups()))
