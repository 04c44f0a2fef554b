"""Styles of tables: Word's plain one and that of lists."""

from __future__ import annotations

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


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
        f"<w:tblCellMar>{inner}</w:tblCellMar></w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )
