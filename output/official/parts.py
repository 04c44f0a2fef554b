"""Parts of an official document's package: base, footers with the page number, section properties."""

from __future__ import annotations

from collections.abc import Sequence

from ..base import HEAD, content_types, font_table, relationships
from ..layout import A4
from ..lengths import EMU_PER_MM, MM_PER_POINT, twips
from ..namespaces import NAMESPACES, PACKAGE, RELATIONS
from ..package import pack
from ..text import clean, escape
from ..theme import theme
from .document import Picture
from .drawing import media_name, picture_id
from .settings import Settings
from .styles import look, official_styles, twentieths

DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
#: How far the dash of a turned line lies left of the line's middle, in millimetres.
_TURNED_MM = 0.55
#: Footer parts by relationship id: odd and even pages, upright and lying.
_FOOTERS = {"rId4": "footer1", "rId6": "footer2", "rId7": "footer3", "rId8": "footer4"}
_FIELD = (
    '<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{look}<w:instrText xml:space="preserve"> PAGE '
    '</w:instrText></w:r><w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{look}<w:t>1</w:t></w:r>'
    '<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
)


def package(settings: Settings, body: str, title: str, pictures: Sequence[Picture] = ()) -> bytes:
    """The document's bytes: ``body`` holds block elements and the last ``w:sectPr``.

    ``pictures`` are those that ``body`` refers to by :func:`~.drawing.inline`, in order.
    """
    texts = {
        "[Content_Types].xml": content_types(*_FOOTERS.values(), pictures=bool(pictures)),
        "_rels/.rels": relationships(
            ("rId1", f"{RELATIONS}/officeDocument", "word/document.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(clean(title)[:255])}</dc:title>'
            "<dc:language>zh-CN</dc:language></cp:coreProperties>"
        ),
        "word/document.xml": f"<w:document {NAMESPACES} {DRAWING}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            ("rId1", f"{RELATIONS}/styles", "styles.xml"),
            ("rId2", f"{RELATIONS}/settings", "settings.xml"),
            ("rId3", f"{RELATIONS}/fontTable", "fontTable.xml"),
            ("rId5", f"{RELATIONS}/theme", "theme/theme1.xml"),
            *((id_, f"{RELATIONS}/footer", f"{name}.xml") for id_, name in _FOOTERS.items()),
            *(
                (picture_id(number), f"{RELATIONS}/image", f"media/{media_name(number)}")
                for number in range(1, len(pictures) + 1)
            ),
        ),
        "word/theme/theme1.xml": theme(settings.layout),
        "word/settings.xml": _settings(),
        "word/styles.xml": official_styles(settings),
        "word/fontTable.xml": font_table(settings.layout),
        "word/footer1.xml": _footer(settings, even=False),
        "word/footer2.xml": _footer(settings, even=True),
        "word/footer3.xml": _turned_footer(settings, even=False),
        "word/footer4.xml": _turned_footer(settings, even=True),
    }
    media = {f"word/media/{media_name(number)}": one.png for number, one in enumerate(pictures, 1)}
    return pack({name: (HEAD + text).encode() for name, text in texts.items()} | media)


def section(settings: Settings, *, landscape: bool = False, first: bool = False) -> str:
    """``w:sectPr``: A4 upright, or lying with the page number where the upright page has it (clause 8).

    ``first``: its first page has no number (10.1).
    """
    across, down = (A4[1], A4[0]) if landscape else A4
    top, right, bottom, left = settings.top_mm, settings.right_mm, settings.bottom_mm, settings.left_mm
    if landscape:
        # Turned left: the upright page's top is the lying page's right edge.
        top, right, bottom, left = left, top, right, bottom
    turned = ' w:orient="landscape"' if landscape else ""
    odd, even = ("rId7", "rId8") if landscape else ("rId4", "rId6")
    footer = twips(settings.place("footer_mm"))
    title = "<w:titlePg/>" if first else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(across)}" w:h="{twips(down)}"{turned}/>'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" '
        f'w:left="{twips(left)}" w:header="851" w:footer="{footer}" w:gutter="0"/>{title}</w:sectPr>'
    )


def text_box(
    id_: int,
    name: str,
    at: str,
    size_mm: tuple[float, float],
    paragraphs: str,
    *,
    turned: bool = False,
    wrap: str = "<wp:wrapNone/>",
) -> str:
    """A run with a DrawingML text box; ``at`` is ``wp:positionH`` and ``wp:positionV``, the size in mm."""
    width, height = (round(size * EMU_PER_MM) for size in size_mm)
    vertical = ' vert="vert"' if turned else ""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{at}<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}'
        f'<wp:docPr id="{id_}" name="{name}" descr="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr{vertical} wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/>'
        "</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )


def _footer(settings: Settings, *, even: bool) -> str:
    return f"<w:ftr {NAMESPACES}>{_number(settings, even=even)}</w:ftr>"


def _number(settings: Settings, *, even: bool) -> str:
    """``— 1 —``: odd pages right, even pages left, one 4号 character in (7.5)."""
    side = "left" if even else "right"
    run = f"<w:rPr>{look(settings, 'page')}</w:rPr>"
    dash = f'<w:r>{run}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    inset = twentieths(settings.size("page"))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="{inset}"/><w:jc w:val="{side}"/></w:pPr>'
        f"{dash.format('— ')}{_FIELD.format(look=run)}{dash.format(' —')}</w:p>"
    )


def _turned_footer(settings: Settings, *, even: bool) -> str:
    """The number at the left edge of a lying page, turned: the foot of the page when it is held upright."""
    across = settings.width_mm
    # The upright page's foot is the lying page's left edge: 7 mm left of the type area.
    left = round(
        (A4[1] - settings.foot_mm - 7 - settings.size("page") * MM_PER_POINT / 2 + _TURNED_MM) * EMU_PER_MM
    )
    top = round(settings.left_mm * EMU_PER_MM)
    at = (
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
    )
    box = text_box(12 if even else 11, "页码", at, (4.94, across), _number(settings, even=even), turned=True)
    return f'<w:ftr {NAMESPACES} {DRAWING}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{box}</w:p></w:ftr>'


def _settings() -> str:
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
    )
