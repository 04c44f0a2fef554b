"""Rules that only set pages show: 22 lines, 28 characters, 72 mm, 7 mm, the foot of the last page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from ..lengths import TWIPS_PER_MM
from .catalogue import Fault, Unknown, Verdict
from .measures import TYPEFACES, is_face
from .reading import Document, Paragraph, Section
from .rendering import Glyph, Page, Rendered
from .roles import Kind, Roles

Measure = Callable[[Rendered, Document, Roles], Verdict]
#: Points of 3号 and 4号, and how far a renderer's figure may be off.
_BODY, _NUMBER, _OFF = 16.0, 14.0, 0.3
#: Marks that LibreOffice lets hang beyond the edge.
_HANGING = frozenset("，。、；：！？）》”’")
_DASHES = frozenset("—―–-")
#: Height of the type area, and how much more margins set to the lines' pitch may leave, in millimetres.
_TYPE_AREA, _MOST_BEYOND = 225, 5.5
MEASURED: dict[str, Measure] = {}


def measured(code: str) -> Callable[[Measure], Measure]:
    """Enter the measure that settles a rule once the document is set."""

    def enter(measure: Measure) -> Measure:
        MEASURED[code] = measure
        return measure

    return enter


def lines_of(page: Page, size: float = _BODY) -> list[list[Glyph]]:
    """The glyphs of a page in one size, line by line from the top."""
    rows: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in page.glyphs:
        if abs(glyph.size - size) <= _OFF and not glyph.text.isspace():
            rows[round((glyph.top + glyph.bottom) / 2)].append(glyph)
    merged: list[list[Glyph]] = []
    last = -10
    for key in sorted(rows):
        if merged and key - last <= 4:  # points of a line sit lower or higher than its characters
            merged[-1] += rows[key]
        else:
            merged.append(list(rows[key]))
            last = key
    for line in merged:
        line.sort(key=lambda glyph: glyph.left)
    return merged


def _middle(line: list[Glyph]) -> float:
    tall = [g for g in line if g.bottom - g.top > 3] or line
    return sum(g.top + g.bottom for g in tall) / (2 * len(tall))


def _inside(page: Page, section: Section) -> list[list[Glyph]]:
    top, bottom = section.top / TWIPS_PER_MM, (section.height - section.bottom) / TWIPS_PER_MM
    return [line for line in lines_of(page) if top - 2 <= _middle(line) <= bottom + 2]


@measured("5.2.3a")
def lines_a_page(pages: Rendered, document: Document, roles: Roles) -> Verdict:
    section = document.sections[0]
    full = [
        len(lines)
        for page in pages.pages[1:-1]
        if page.height > page.width and _is_full(lines := _inside(page, section), section)
    ]
    # One line less on a single page: a heading may have gone along with the text below it.
    if not full or full == [21]:
        return None if not roles.body else Unknown("没有排满的页")
    return [] if max(full) == 22 else [Fault("排满的页", f"{max(full)} 行", "22 行")]


def _is_full(lines: list[list[Glyph]], section: Section) -> bool:
    """Whether a page's lines go down to the foot of the type area, a line kept with the next left out."""
    if len(lines) < 15:
        return False
    pitch = (_middle(lines[-1]) - _middle(lines[0])) / (len(lines) - 1)
    left = (section.height - section.bottom) / TWIPS_PER_MM - _middle(lines[-1])
    return left < 1.9 * pitch


@measured("5.2.3b")
def characters_a_line(pages: Rendered, document: Document, roles: Roles) -> Verdict:
    if not roles.body:
        return None
    section = document.sections[0]
    left, right = section.left / TWIPS_PER_MM, (section.width - section.right) / TWIPS_PER_MM
    counts = [
        len(line) - (line[-1].text in _HANGING and line[-1].left > right - 1)
        for page in pages.pages
        for line in _inside(page, section)
        if line[0].left < left + 3 and line[-1].right > right - 7 and all(ord(g.text) > 0x2E80 for g in line)
    ]
    if not counts:
        return Unknown("没有排满的行")
    # A line whose first or last character is moved to keep points together has one more or less.
    usual = max(set(counts), key=counts.count)
    return [] if 28 in (usual, max(counts)) else [Fault("排满的行", f"{usual} 字", "28 字")]


def _foot(section: Section) -> float:
    """Foot of the 225 mm type area in millimetres from the paper's top.

    Margins may be set to the paper's or, a little smaller, to the lines' exact pitch (34.6 and 32.6 mm): then
    half of what they leave beyond 225 mm lies below the type area.
    """
    beyond = (section.height - section.top - section.bottom) / TWIPS_PER_MM - _TYPE_AREA
    set_to_pitch = beyond / 2 if 0 < beyond <= _MOST_BEYOND else 0.0
    return (section.height - section.bottom) / TWIPS_PER_MM - set_to_pitch


def _mark_glyphs(page: Page, roles: Roles) -> list[Glyph]:
    words = {c for p in roles.mark for c in p.words if not c.isspace()}
    big = [g for g in page.glyphs if g.text in words and g.size > 24]
    return big or [g for g in page.glyphs if g.text in words and g.red]


@measured("7.2.4c")
def mark_top(pages: Rendered, _: Document, roles: Roles) -> Verdict:
    if not roles.mark or roles.kind in (Kind.LETTER, Kind.ORDER, Kind.PLAIN):
        return None
    glyphs = _mark_glyphs(pages.pages[0], roles)
    if not glyphs:
        return Unknown("页面上没有找到发文机关标志")
    top = min(g.top for g in glyphs)
    return [] if abs(top - 72) <= 1 else [Fault(roles.mark[0].where, f"距纸上边 {top:.1f} mm", "72 mm±1 mm")]


def _number_glyphs(page: Page, paragraph: Paragraph) -> list[Glyph]:
    wanted = re.sub(r"\s", "", paragraph.words)
    glyphs = [g for g in page.glyphs if not g.text.isspace()]
    at = "".join(g.text for g in glyphs).find(wanted)
    return glyphs[at : at + len(wanted)] if at >= 0 else []


@measured("7.2.7c")
def red_line_gap(pages: Rendered, _: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.GENERAL or roles.number is None:
        return None
    glyphs = _number_glyphs(pages.pages[0], roles.number)
    lines = [rule for rule in pages.pages[0].rules if rule.red]
    if not glyphs or not lines:
        return Unknown("页面上没有找到发文字号或分隔线")
    bottom = max(g.bottom for g in glyphs)
    below = [rule.y - bottom for rule in lines if rule.y > bottom]
    if not below:
        return [Fault(roles.number.where, "分隔线不在发文字号之下", "发文字号之下 4 mm")]
    # Whether 4 mm counts from the ink or from the character's square is left open: 0.7 mm apart.
    return [] if 3.0 <= min(below) <= 4.9 else [Fault(roles.number.where, f"{min(below):.1f} mm", "4 mm")]


@measured("7.3.3j")
def first_page_has_text(pages: Rendered, _: Document, roles: Roles) -> Verdict:
    if not roles.body:
        return None
    first = pages.pages[0].text
    wanted = re.sub(r"\s", "", roles.body[0].words)[:10]
    return [] if wanted in first else [Fault("首页", "没有正文", "首页显示正文")]


@measured("7.3.5e")
def signature_with_text(pages: Rendered, _: Document, roles: Roles) -> Verdict:
    if roles.date is None or not roles.body:
        return None
    date, last = re.sub(r"\s", "", roles.date.words), re.sub(r"\s", "", roles.body[-1].words)[-6:]
    signed = [page for page in pages.pages if date in page.text]
    if not signed:
        return Unknown("页面上没有找到成文日期")
    together = any(last in page.text for page in signed)
    return [] if together else [Fault(roles.date.where, "署名所在页没有正文", "与正文同页")]


@measured("7.4.1c")
def imprint_at_foot(pages: Rendered, document: Document, roles: Roles) -> Verdict:
    if not (roles.printed or roles.copies) or roles.kind is Kind.LETTER:
        return None
    foot = _foot(document.sections[-1])
    page = pages.pages[-1]
    words = re.sub(r"\s", "", (*roles.printed, *roles.copies)[-1].words)[:8]
    if words not in page.text:
        return [Fault("版记", "不在最后一页", "最后一页")]
    lines = [rule.y for rule in page.rules if not rule.red and rule.right - rule.left > 100]
    if not lines:
        return [Fault("版记", "没有分隔线", "末条分隔线与版心下边缘重合")]
    return (
        [] if abs(max(lines) - foot) <= 1 else [Fault("版记", f"{max(lines):.1f} mm", f"{foot:.0f} mm±1 mm")]
    )


@measured("7.5f")
def page_number_depth(pages: Rendered, document: Document, _: Roles) -> Verdict:
    foot = _foot(document.sections[0])
    faults = []
    for number, page in enumerate(pages.pages, 1):
        if page.width > page.height:
            continue
        dashes = [g for g in page.glyphs if g.text in _DASHES and g.top > foot + 1]
        if not dashes:
            continue
        depth = sum((g.top + g.bottom) / 2 for g in dashes) / len(dashes) - foot
        if abs(depth - 7) > 0.5:
            faults.append(Fault(f"第{number}页", f"{depth:.1f} mm", "7 mm"))
    return faults[:1]


@measured("10.1g")
def letter_place(pages: Rendered, _: Document, roles: Roles) -> Verdict:
    if roles.kind is not Kind.LETTER:
        return None
    page = pages.pages[0]
    glyphs = _mark_glyphs(page, roles)
    if not glyphs:
        return Unknown("页面上没有找到发文机关标志")
    top = min(g.top for g in glyphs)
    faults = (
        [] if abs(top - 30) <= 1 else [Fault(roles.mark[0].where, f"距纸上边 {top:.1f} mm", "30 mm±1 mm")]
    )
    lows = [rule.y for rule in page.rules if rule.red and rule.y > page.height / 2]
    if lows and abs(page.height - max(lows) - 20) > 1.5:
        faults.append(Fault("下双线", f"距纸下边 {page.height - max(lows):.1f} mm", "20 mm"))
    return faults


def substitutions(pages: Rendered, document: Document) -> list[str]:
    """The fonts that the file names and these pages are not set in: line breaks may differ elsewhere."""
    used = {font.lower().replace(" ", "") for font in pages.fonts}
    missing = []
    for font in sorted(document.fonts):
        faces = [face for face in TYPEFACES if is_face(font, face)]
        same = font.lower().replace(" ", "") in used
        if not same and not any(is_face(other, face) for other in pages.fonts for face in faces):
            missing.append(font)
    return missing
