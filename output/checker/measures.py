"""Measures: millimetres, characters and lines of a paragraph, and which class of typeface a font is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..lengths import TWIPS_PER_MM
from .catalogue import Fault
from .reading import Box, Document, Paragraph
from .roles import Roles

#: Half-points of the sizes that the standard names.
SIZE_2, SIZE_3, SIZE_4 = 44, 32, 28
SIZE_NAMES = {
    84: "初号", 72: "小初", 52: "一号", 48: "小一", 44: "2号", 36: "小二", 32: "3号", 30: "小三", 28: "4号",
    24: "小四", 21: "5号", 18: "小五",
}  # fmt: skip
#: The standard names classes of typeface, not fonts: words that fonts of a class carry in their names.
TYPEFACES = {
    "仿宋": ("仿宋", "fangsong", "fandolfang"),
    "黑体": ("黑体", "simhei", "heiti", "fandolhei", "notosanscjk", "sourcehansans"),
    "楷体": ("楷", "kaiti", "simkai", "fandolkai"),
    "小标宋": ("小标宋", "xiaobiaosong", "xbs"),
    "宋体": ("宋体", "simsun", "songti", "书宋", "fandolsong", "notoserifcjk"),
}
#: Tolerances: a third of a character, half a line, a millimetre.
CHARACTERS, LINES, MILLIMETRES = 0.35, 0.5, 1.0


def is_face(font: str, face: str) -> bool:
    """Whether a font is of a class of typeface; 仿宋 is no 宋体, 小标宋 is no 宋体."""
    name = font.lower().replace(" ", "").replace("-", "")
    if face == "宋体" and (is_face(font, "仿宋") or is_face(font, "小标宋")):
        return False
    return any(word in name for word in TYPEFACES[face])


def mm(twips: float) -> float:
    """Millimetres of a length in twips."""
    return twips / TWIPS_PER_MM


def shown_mm(twips: float) -> str:
    """A length as a message gives it."""
    return f"{mm(twips):.1f} mm".replace(".0 mm", " mm")


def size_name(half_points: int) -> str:
    """3号, or points where the size has no name."""
    return SIZE_NAMES.get(half_points, f"{half_points / 2:g} 磅")


def typeset(
    paragraphs: Iterable[Paragraph], face: str, size: int, *, part: Callable[[str], str] | None = None
) -> list[Fault]:
    """Faults of paragraphs that are not of one size and class of typeface, one a paragraph.

    ``part`` picks the words of a run that count; by default all that are no blanks.
    """
    faults = []
    for paragraph in paragraphs:
        for run in paragraph.runs:
            words = run.text.strip() if part is None else part(run.text)
            if not words:
                continue
            asian = any("\u4e00" <= character <= "\u9fff" for character in words)
            wrong_face = asian and not is_face(run.font, face)
            if wrong_face or run.size != size:
                found = f"{size_name(run.size)}{run.font or '未指定字体'}"
                faults.append(Fault(paragraph.where, found, f"{size_name(size)}{face}"))
                break
    return faults


def faced(paragraphs: Iterable[Paragraph], face: str) -> list[Fault]:
    """Faults of paragraphs whose Chinese characters are not of a class of typeface."""
    faults = []
    for paragraph in paragraphs:
        wrong = next(
            (r for r in paragraph.runs if _has_han(r.text) and not is_face(r.font, face)),
            None,
        )
        if wrong is not None:
            faults.append(Fault(paragraph.where, wrong.font or "未指定字体", face))
    return faults


def _has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def left_characters(paragraph: Paragraph) -> float:
    """Characters that the first line is moved in from the left edge of the type area."""
    ind = paragraph.look.ind
    left = _characters(paragraph, "left")
    first = (
        ind["firstLineChars"] / 100 if ind.get("firstLineChars") else ind.get("firstLine", 0) / paragraph.em
    )
    hanging = ind["hangingChars"] / 100 if ind.get("hangingChars") else ind.get("hanging", 0) / paragraph.em
    return (
        left
        + (first or -hanging)
        + _blanks(paragraph.text[: len(paragraph.text) - len(_left_cut(paragraph.text))])
    )


def wrapped_characters(paragraph: Paragraph) -> float:
    """Characters that the second and later lines are moved in from the left."""
    return _characters(paragraph, "left")


def right_characters(paragraph: Paragraph) -> float:
    """Characters that a right-aligned paragraph stays away from the right edge."""
    tail = paragraph.text[len(paragraph.text.rstrip(" \u3000\xa0")) :]
    return _characters(paragraph, "right") + _blanks(tail)


def _characters(paragraph: Paragraph, side: str) -> float:
    ind = paragraph.look.ind
    return ind[f"{side}Chars"] / 100 if ind.get(f"{side}Chars") else ind.get(side, 0) / paragraph.em


def _left_cut(text: str) -> str:
    return text.lstrip(" \u3000\xa0")


def _blanks(blanks: str) -> float:
    """Characters of width: a full-width blank is one, any other half."""
    return sum(1.0 if character == "\u3000" else 0.5 for character in blanks)


def text_characters(paragraph: Paragraph) -> float:
    """Width of a short paragraph's words in its own characters: half-width ones count half."""
    return sum(
        0.5 if ord(character) < 0x2E80 and character not in "“”…—" else 1.0 for character in paragraph.words
    )


def pitch(document: Document, roles: Roles) -> float:
    """Line pitch of the body in twips: most of its exact pitches, else 22 lines to the type area."""
    exact = [p.look.spacing.get("line", 0) for p in roles.body if p.look.line_rule == "exact"]
    if exact:
        return float(max(set(exact), key=exact.count))
    section = document.sections[0]
    if section.grid and section.line_pitch:
        return float(section.line_pitch)
    return section.text_height / 22


def gap_lines(document: Document, roles: Roles, upper: Paragraph, lower: Paragraph) -> float | None:
    """Blank lines between two paragraphs of the flow; None where one of them floats."""
    if any(p.box is not Box.FLOW or p.look.framed for p in (upper, lower)):
        return None
    unit = pitch(document, roles)
    gap = 0.0
    between = document.paragraphs[upper.index : lower.index - 1]
    for paragraph in between:
        if paragraph.box is not Box.FLOW or not paragraph.blank:
            continue
        exact = paragraph.look.line_rule == "exact"
        gap += (paragraph.look.spacing.get("line", unit) / unit) if exact else 1.0
        gap += _space(paragraph, "before", unit) + _space(paragraph, "after", unit)
    return gap + _space(upper, "after", unit) + _space(lower, "before", unit)


def _space(paragraph: Paragraph, side: str, unit: float) -> float:
    spacing = paragraph.look.spacing
    if spacing.get(f"{side}Lines"):
        return spacing[f"{side}Lines"] / 100
    return spacing.get(side, 0) / unit


def gap_fault(
    document: Document, roles: Roles, upper: Paragraph, lower: Paragraph, lines: int
) -> list[Fault] | None:
    """The fault of a gap that is not so many blank lines; None where it cannot be told."""
    gap = gap_lines(document, roles, upper, lower)
    if gap is None:
        return None
    if abs(gap - lines) <= LINES:
        return []
    return [
        Fault(
            f"{upper.where}与{lower.where}之间", f"空 {gap:.1f} 行".replace(".0 行", " 行"), f"空 {lines} 行"
        )
    ]


def near(value: float, wanted: float, tolerance: float = CHARACTERS) -> bool:
    """Whether a measure is what it should be, within its tolerance."""
    return abs(value - wanted) <= tolerance
