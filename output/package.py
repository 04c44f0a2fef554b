"""Package: base parts opened with python-docx, filled, and written: same input, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.parsers import expat

from .base import FOOTER_ID, HEAD
from .layout import A4, Layout
from .lengths import twips
from .namespaces import NAMESPACES
from .text import clean, escape

if TYPE_CHECKING:
    from docx.document import Document

#: First moment that a zip entry can bear: no clock reaches the bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: What the footer block says where the page number and the number of pages go.
PAGE, PAGES = "\ue000", "\ue001"
_CORE_TITLE_CHARACTERS = 255


def open_base(base: Mapping[str, bytes], footer: str) -> Document:
    """The document of the base parts, with the page footer in place."""
    import docx
    from docx.oxml.parser import parse_xml

    document = docx.Document(io.BytesIO(pack(base)))
    footer_element = document.part.related_parts[FOOTER_ID].element
    paragraph = f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_footer(footer)}</w:p>'
    footer_element.replace(footer_element[0], parse_xml(paragraph))
    return document


def fill(document: Document, base: dict[str, bytes], body: str, title: str) -> bytes:
    """The package's bytes with ``body`` (block elements, the last ``w:sectPr``) in place of what it held."""
    text = f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()
    # Whatever the notice held, what goes out is XML: a fault of ours must show here, not in Word.
    expat.ParserCreate().Parse(text, True)
    document.core_properties.title = clean(title)[:_CORE_TITLE_CHARACTERS]
    # Relationships and content types stay those of the base: no part is added or dropped.
    changed = {part.partname.membername: part.blob for part in document.part.package.iter_parts()}
    return pack(base | changed | {"word/document.xml": text})


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in fixed order, with fixed times and attributes; content types come first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def section(layout: Layout, *, landscape: bool) -> str:
    """``w:sectPr`` of A4 pages, upright or lying, that begins on a new page."""
    across, down = (A4[1], A4[0]) if landscape else A4
    edges = {
        edge: twips(layout.number("page", f"margin_{edge}_mm")) for edge in ("top", "right", "bottom", "left")
    }
    margins = " ".join(f'w:{edge}="{value}"' for edge, value in edges.items())
    footer = twips(layout.number("page", "footer_mm"))
    turned = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{FOOTER_ID}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(across)}" w:h="{twips(down)}"{turned}/>'
        f'<w:pgMar {margins} w:header="{footer}" w:footer="{footer}" w:gutter="0"/></w:sectPr>'
    )


def _footer(text: str) -> str:
    runs = []
    for piece in re.split(f"([{PAGE}{PAGES}])", text):
        field = {PAGE: "PAGE", PAGES: "NUMPAGES"}.get(piece)
        if field is None:
            runs.append(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' if piece else "")
        else:
            runs.append(f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    return "".join(runs)
