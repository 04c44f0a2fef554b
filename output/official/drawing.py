"""Drawing: a picture in the text, with its alternative text, scaled to the room that the page has."""

from __future__ import annotations

from ..lengths import EMU_PER_MM
from ..text import escape
from .document import Picture

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
#: Drawing ids of text boxes and page numbers lie below.
_FIRST_ID = 100


def picture_id(number: int) -> str:
    """Relationship of the document to its picture of that number, from 1."""
    return f"rId{_FIRST_ID + number}"


def media_name(number: int) -> str:
    """Name of that picture's part in ``word/media``."""
    return f"image{number}.png"


def fitted(picture: Picture, across_mm: float, down_mm: float) -> tuple[float, float]:
    """Width and height in millimetres: the picture's own, smaller where it is beyond the room."""
    scale = min(1.0, across_mm / picture.width_mm, down_mm / picture.height_mm)
    return picture.width_mm * scale, picture.height_mm * scale


def inline(picture: Picture, number: int, across_mm: float, down_mm: float) -> str:
    """A run with the picture of that number, no wider than ``across_mm`` and no higher than ``down_mm``."""
    width, height = (round(size * EMU_PER_MM) for size in fitted(picture, across_mm, down_mm))
    id_, name = _FIRST_ID + number, f"图片{number}"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{id_}" name="{name}" descr="{escape(picture.alt)}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_A}"><a:graphicData uri="{PICTURE}">'
        f'<pic:pic xmlns:pic="{PICTURE}"><pic:nvPicPr><pic:cNvPr id="{id_}" name="{name}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{picture_id(number)}"/><a:stretch><a:fillRect/>'
        '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
