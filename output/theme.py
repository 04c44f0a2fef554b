"""Theme: the part that Office expects to find; no style of ours refers to it."""

from __future__ import annotations

from .layout import Layout
from .text import escape

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
#: Office's plain colours: dark and light text and background, six accents, two kinds of link.
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(layout: Layout) -> str:
    """``a:theme`` with the title's and the body's font."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    fonts = _font("major", layout.text("fonts", "title")) + _font("minor", layout.text("fonts", "body"))
    return (
        f'<a:theme xmlns:a="{_A}" name="清单"><a:themeElements>'
        f'<a:clrScheme name="清单">{colours}</a:clrScheme><a:fontScheme name="清单">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="清单"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _font(use: str, name: str) -> str:
    name = escape(name)
    return (
        f'<a:{use}Font><a:latin typeface="{name}"/><a:ea typeface="{name}"/><a:cs typeface=""/></a:{use}Font>'
    )
