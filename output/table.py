"""Table: a list's rows as a WordprocessingML table, written as text (a cell at a time would be quadratic)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .cells import Cells
from .lengths import twips
from .text import paragraph
from .wording import Wording

#: Columns whose few words stand in the middle of the cell.
CENTRED = ("seq", "role", "deadlines", "source")


def table(
    rows: Sequence[Cells], whole: Sequence[bool], widths: Mapping[str, float], wording: Wording, *, empty: str
) -> str:
    """``w:tbl`` for the rows; ``empty`` is said in place of them when there are none.

    ``widths`` are the columns' in millimetres, ``whole`` tells of each row whether it is kept on one page
    (``w:cantSplit``). The head row is repeated on every page.
    """
    exact = {name: twips(width) for name, width in widths.items()}
    across = sum(exact.values())
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in exact.values())
    head = "".join(
        _cell(_properties(width, middle=True), paragraph(wording.say(f"head_{name}"), "ListHead"))
        for name, width in exact.items()
    )
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ListTable"/><w:tblW w:w="{across}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    ]
    parts += _rows(rows, whole, exact)
    if not rows:
        parts.append(_spanning(empty, "ListCentre", across, len(exact)))
    parts.append("</w:tbl>")
    return "".join(parts)


def _rows(rows: Iterable[Cells], whole: Iterable[bool], widths: Mapping[str, int]) -> list[str]:
    across = sum(widths.values())
    plan = [
        (name, _properties(width), "ListCentre" if name in CENTRED else "") for name, width in widths.items()
    ]
    parts = []
    for row, keep in zip(rows, whole, strict=True):
        if row.section:
            parts.append(_spanning(row.section, "ListSection", across, len(widths)))
        parts.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>" if keep else "<w:tr>")
        for name, properties, style in plan:
            parts.append(_cell(properties, *[paragraph(text, style) for text in row.cells[name]]))
        parts.append("</w:tr>")
    return parts


def _properties(width: int, *, span: int = 1, middle: bool = False) -> str:
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    place = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanning}{place}</w:tcPr>'


def _cell(properties: str, *paragraphs: str) -> str:
    return f"<w:tc>{properties}{''.join(paragraphs)}</w:tc>"


def _spanning(text: str, style: str, width: int, columns: int) -> str:
    cell = _cell(_properties(width, span=columns), paragraph(text, style))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"
