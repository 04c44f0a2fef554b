"""Styles: how each kind of paragraph and the table of a list look, as ``word/styles.xml``.

Table cells use the style ``Normal``, so that thousands of paragraphs need not name one.
"""

from __future__ import annotations

from .layout import Layout
from .lengths import twips
from .namespaces import NAMESPACES
from .text import escape

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CENTRE = '<w:jc w:val="center"/>'


def styles(layout: Layout) -> str:
    """``w:styles`` for the layout. No font refers to the theme: it would win over the name."""
    pitch = {key: layout.number("pitch", f"{key}_pt") for key in ("title", "note", "head", "body")}
    footer = layout.number("sizes", "footer_pt") + 2
    note = _look(layout, "note")
    return "".join(
        (
            f"<w:styles {NAMESPACES}>{_defaults(layout, pitch['body'])}",
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>',
            '<w:qFormat/><w:pPr><w:jc w:val="left"/></w:pPr></w:style>',
            _style(
                "Heading1",
                "heading 1",
                f'<w:keepNext/>{_pitch(pitch["title"], after=6)}{_CENTRE}<w:outlineLvl w:val="0"/>',
                _look(layout, "title"),
            ),
            _style("ListNote", "清单说明", f"<w:keepNext/>{_pitch(pitch['note'], after=2)}", note),
            _style("ListClosing", "清单落款", _pitch(pitch["note"], before=6), note),
            _style(
                "ListHead",
                "清单表头",
                f"<w:keepNext/>{_pitch(pitch['head'])}{_CENTRE}",
                _look(layout, "head"),
            ),
            _style("ListCentre", "清单居中", _CENTRE),
            _style("ListSection", "清单分组", "<w:keepNext/>", _look(layout, "head", "body")),
            # A table may fill its page to the last point: what must follow it takes next to no room.
            _style("ListEnd", "清单结尾", _pitch(0.05), '<w:sz w:val="2"/><w:szCs w:val="2"/>'),
            _style("Footer", "footer", f"{_pitch(footer)}{_CENTRE}", _look(layout, "footer")),
            table_styles(
                twips(layout.number("columns", "padding_mm")),
                round(layout.number("rows", "padding_pt") * 20),
            ),
            "</w:styles>",
        )
    )


def _defaults(layout: Layout, pitch: float) -> str:
    # w:val is the language of Latin letters and digits: as Chinese they would be broken inside a number.
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_look(layout, 'body')}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/>{_pitch(pitch)}</w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def table_styles(across: int, down: int) -> str:
    """The table styles: Word's plain one and ``ListTable``, its cells' margins in twips."""
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    inner = "".join(
        f'<w:{edge} w:w="{width}" w:type="dxa"/>'
        for edge, width in (("top", down), ("left", across), ("bottom", down), ("right", across))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="ListTable"><w:name w:val="清单表格"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders>'
        f"<w:tblCellMar>{inner}</w:tblCellMar></w:tblPr></w:style>"
    )


def _style(id_: str, name: str, paragraph: str, run: str = "") -> str:
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>'
    )


def _look(layout: Layout, font: str, size: str | None = None) -> str:
    """Font and size. All four slots: “ ” … — ① go by the Latin one here and by the Chinese one there."""
    name = escape(layout.text("fonts", font))
    slots = " ".join(f'w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    half_points = round(layout.number("sizes", f"{size or font}_pt") * 2)
    return f'<w:rFonts {slots}/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _pitch(points: float, *, before: float = 0.0, after: float = 0.0) -> str:
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(points * 20)}" w:lineRule="exact"/>'
    )
