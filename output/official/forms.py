"""Heads of the special forms: letter (10.1), order (10.2), minutes (10.3)."""

from __future__ import annotations

from ..layout import A4
from ..lengths import EMU_PER_MM
from ..text import run
from .document import Form, Head
from .fit import DOUBLE_MM, LETTER_MARK_MM, letter_line_mm, letter_space_pt, mark_pt, mark_size
from .parts import text_box
from .settings import Settings
from .styles import look, twentieths

_RED = "FF0000"
#: Length of a letter's double lines, and how far the lower one lies above the paper's edge.
_LINE_MM, _LOWER_MM = 170, 20
#: Thickness of a double line in eighths of a point.
_THICK = 24
_BLANK = "<w:p/>"
_NOTHING = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def special_head(head: Head, settings: Settings) -> str:
    """Mark and number of a letter, an order or minutes, with the two blank lines that follow."""
    size = mark_size(head, settings)
    mark = (
        f"<w:r><w:rPr>{look(settings, 'mark', size=size, colour=_RED)}</w:rPr>{_inner(mark_text(head))}</w:r>"
    )
    line = f'w:line="{twentieths(size * 1.2)}" w:lineRule="exact"'
    if head.form is Form.LETTER:
        return _letter(head, settings, mark, line)
    before = twentieths(mark_pt(head, settings))
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}" {line}/><w:jc w:val="center"/></w:pPr>{mark}</w:p>'
        f'{_BLANK * 2}<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run(head.number)}</w:p>{_BLANK * 2}'
    )


def mark_text(head: Head) -> str:
    """Words of the issuing mark; those of a letter are the office's name alone."""
    return "".join(head.issuers) + {Form.ORDER: "令", Form.MINUTES: "纪要"}.get(head.form, "")


def _letter(head: Head, settings: Settings, mark: str, line: str) -> str:
    """The mark lies above the type area, the lower line below it: they hang on the page, not in the text."""
    size = mark_size(head, settings)
    words = f'<w:p><w:pPr><w:spacing {line}/><w:jc w:val="center"/></w:pPr>{mark}</w:p>'
    top = LETTER_MARK_MM - settings.place("mark_rise_pt") / 72 * 25.4
    boxes = text_box(21, "发文机关标志", _at(top), (_LINE_MM, size * 1.2 / 72 * 25.4), words)
    for id_, name, kind, at in (
        (22, "上双线", "thickThinSmallGap", letter_line_mm(head, settings) + DOUBLE_MM),
        (23, "下双线", "thinThickSmallGap", A4[1] - _LOWER_MM),
    ):
        boxes += text_box(id_, name, _at(at - 2), (_LINE_MM, 2), _double(kind))
    before = twentieths(letter_space_pt(head, settings))
    pitch = twentieths(settings.pitch_pt)
    spacing = f'<w:spacing w:before="{before}" w:line="{pitch}" w:lineRule="exact"/>'
    return (
        f"<w:p><w:pPr>{_NOTHING}</w:pPr>{boxes}</w:p>"
        f'<w:p><w:pPr>{spacing}<w:jc w:val="right"/></w:pPr>{run(head.number)}</w:p>{_BLANK * 2}'
    )


def _double(kind: str) -> str:
    edge = f'<w:bottom w:val="{kind}" w:sz="{_THICK}" w:space="0" w:color="{_RED}"/>'
    return f"<w:p><w:pPr><w:pBdr>{edge}</w:pBdr>{_NOTHING}</w:pPr></w:p>"


def _at(top_mm: float) -> str:
    left = round((A4[0] - _LINE_MM) / 2 * EMU_PER_MM)
    return (
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{round(top_mm * EMU_PER_MM)}</wp:posOffset>'
        "</wp:positionV>"
    )


def _inner(text: str) -> str:
    return run(text).removeprefix("<w:r>").removesuffix("</w:r>")
