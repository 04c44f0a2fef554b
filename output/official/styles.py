"""Styles of official documents: one for each role, all four font slots set, no theme fonts.

“ ” … — belong to no script: with the Chinese font in every slot they cannot change font inside a run.
"""

from __future__ import annotations

from ..lengths import twips
from ..namespaces import NAMESPACES
from ..styles import table_styles
from ..text import escape
from .settings import Settings

#: Off: lines are to hold 28 characters whatever stands in them. LibreOffice 7.4 reads ``overflowPunct`` the
#: wrong way round and hangs a mark beyond the edge; other programs take it as ISO 29500 says.
_PLAIN_LINES = '<w:overflowPunct w:val="0"/>{auto}<w:snapToGrid w:val="0"/>'
_AUTO = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
#: The language of Latin letters and digits: as Chinese they would be broken inside a number.
_UNBROKEN = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
_HEADINGS = (("Heading1", "heading 1", "title", 0), ("Heading2", "heading 2", "level1", 1),
             ("Heading3", "heading 3", "level2", 2))  # fmt: skip


def twentieths(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def look(settings: Settings, role: str, *, size: float | None = None, colour: str = "") -> str:
    """Run properties of a role: fonts, colour, tightening for the body's size, size; in schema order."""
    font = escape(settings.font(role))
    slots = " ".join(f'w:{slot}="{font}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    points = size if size is not None else settings.size(role)
    tight = settings.layout.number("text", "tighten_pt") if points == settings.size("body") else 0.0
    tightened = f'<w:spacing w:val="{-twentieths(tight)}"/>'
    colours = f'<w:color w:val="{colour or "000000"}"/>'
    half = round(points * 2)
    return f'<w:rFonts {slots}/>{colours}{tightened}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def official_styles(settings: Settings) -> str:
    """``w:styles``: Normal is the body (3号仿宋, 28 characters); headings carry real outline levels."""
    pitch = twentieths(settings.pitch_pt)
    two = twentieths(settings.character_pt * 2)
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{pitch}" w:lineRule="exact"/>'
    # Letters and digits are English: Chinese ones LibreOffice breaks at a line's end (GB/T 15835 forbids it).
    parts = [
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{look(settings, 'body')}",
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault>',
        f'<w:pPr><w:widowControl w:val="0"/>{_PLAIN_LINES.format(auto=_AUTO)}{exact}</w:pPr>',
        "</w:pPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>',
        '<w:qFormat/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>',
        _style("Body", "公文正文", f'<w:ind w:firstLine="{two}"/>'),
    ]
    for id_, name, role, level in _HEADINGS:
        place = (
            '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
            if level == 0
            else f'<w:ind w:firstLine="{two}"/>'
        )
        parts.append(_style(id_, name, f'{place}<w:outlineLvl w:val="{level}"/>', look(settings, role)))
    pitch_of_table = twentieths(settings.table_pitch_pt)
    table = f'<w:widowControl/><w:spacing w:line="{pitch_of_table}" w:lineRule="exact"/>'
    plain = look(settings, "table") + _UNBROKEN
    black = look(settings, "level1", size=settings.size("table")) + _UNBROKEN
    across, down = settings.cell_margins_mm
    parts += [
        _style("Label", "公文黑体", "", look(settings, "level1")),
        _style("Cell", "公文表格", f'{table}<w:jc w:val="left"/>', plain),
        _style("CellCentre", "公文表格居中", f'{table}<w:jc w:val="center"/>', plain),
        _style("CellHead", "公文表头", f'<w:keepNext/>{table}<w:jc w:val="center"/>', black),
        _style("CellLabel", "公文表格项目", f'{table}<w:jc w:val="center"/>', black),
        _style("CellSection", "公文表格分组", f'<w:keepNext/>{table}<w:jc w:val="left"/>', black),
        # A line of exact pitch would cut a picture off.
        _style("Picture", "公文图片", '<w:keepNext/><w:spacing w:before="120" w:line="240" '
               'w:lineRule="auto"/><w:jc w:val="center"/>'),
        _style("Caption", "caption", f'<w:spacing w:after="120" w:line="{pitch_of_table}" '
               'w:lineRule="exact"/><w:jc w:val="center"/>', black),
        _style("Imprint", "公文版记", "", look(settings, "imprint")),
        _style("Footer", "footer", '<w:spacing w:line="280" w:lineRule="exact"/>', look(settings, "page")),
        table_styles(twips(across), twips(down)),
        "</w:styles>",
    ]  # fmt: skip
    return "".join(parts)


def _style(id_: str, name: str, paragraph: str, run: str = "") -> str:
    paragraph = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>{paragraph}{run}</w:style>'
    )
