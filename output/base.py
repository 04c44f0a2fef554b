"""Base: parts of every document's package, as small as Word, WPS and LibreOffice accept.

python-docx's own empty document carries parts that fail schema checks; ours hold nothing that is not used or
expected.
"""

from __future__ import annotations

from .layout import Layout
from .namespaces import NAMESPACES, PACKAGE
from .text import escape

WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: XML declaration of every part.
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Fonts that stand in where the named one is not installed.
_ALTERNATIVES = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


def content_types(*footers: str, pictures: bool = False) -> str:
    """The ``[Content_Types].xml`` of a document with these footer parts (names without their ending)."""
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings"}
    kinds |= {"fontTable": "fontTable", **dict.fromkeys(footers, "footer")}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WML}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    png = '<Default Extension="png" ContentType="image/png"/>' if pictures else ""
    return (
        f'<Types xmlns="{PACKAGE}/content-types">{png}'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )


def relationships(*targets: tuple[str, str, str]) -> str:
    """A relationships part: id, type and target of each."""
    items = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in targets
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def font_table(layout: Layout) -> str:
    """``w:fonts`` of the layout's fonts, with those that may stand in."""
    fonts = []
    for name in dict.fromkeys(str(font) for font in layout.tables["fonts"].values()):
        other = _ALTERNATIVES.get(name)
        alternative = f'<w:altName w:val="{other}"/>' if other else ""
        fonts.append(
            f'<w:font w:name="{escape(name)}">{alternative}<w:charset w:val="86"/>'
            '<w:family w:val="auto"/></w:font>'
        )
    return f"<w:fonts {NAMESPACES}>{''.join(fonts)}</w:fonts>"
