"""Looks: what a run or paragraph really looks like once styles, defaults and themes are resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..namespaces import W

_W = f"{{{W}}}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: Properties of a run that are kept; ``rFonts`` and ``spacing`` have several values.
_FLAGS = ("b", "i", "vanish")
#: Word's own defaults, where a document says nothing: 10 pt, single spacing.
_DEFAULT_HALF_POINTS = 20
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunLook:
    """Text and look of a run: ``size`` in half-points, ``spacing`` in twips a character, colour hex."""

    text: str
    font: str = ""
    ascii_font: str = ""
    size: int = _DEFAULT_HALF_POINTS
    bold: bool = False
    colour: str | None = None
    spacing: int = 0


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """A paragraph's look. Lengths in twips; ``line`` with its rule, ``chars`` are hundredths of a character.

    ``ind`` holds w:ind's attributes, ``spacing`` w:spacing's, as numbers.
    """

    align: str = "left"
    ind: dict[str, int] = field(default_factory=dict)
    spacing: dict[str, int] = field(default_factory=dict)
    line_rule: str = "auto"
    page_break_before: bool = False
    #: Edge → border element, for lines drawn by paragraphs.
    borders: dict[str, Any] = field(default_factory=dict)
    #: List and level of an automatic number.
    numbering: tuple[str, int] | None = None
    framed: bool = False


class Styles:
    """The styles of a document, asked for the whole properties of a paragraph or run."""

    def __init__(self, styles: Any | None, theme: Any | None) -> None:
        self._by_id: dict[str, Any] = {}
        self._default = ""
        self._theme = dict(_theme_fonts(theme))
        self._run_defaults: Properties = {}
        self._paragraph_defaults: Any | None = None
        if styles is None:
            return
        for style in styles.iterfind(f"{_W}style"):
            self._by_id[style.get(f"{_W}styleId", "")] = style
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on"):
                self._default = style.get(f"{_W}styleId", "")
        self._run_defaults = _run_properties(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        self._paragraph_defaults = styles.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr")

    def run(self, paragraph: Any, run: Any, text: str) -> RunLook:
        """The look of a run's text."""
        found = dict(self._run_defaults)
        for style in self._chain(_style_id(paragraph.find(f"{_W}pPr"), "pStyle") or self._default):
            found |= _run_properties(style.find(f"{_W}rPr"))
        own = run.find(f"{_W}rPr")
        for style in self._chain(_style_id(own, "rStyle")):
            found |= _run_properties(style.find(f"{_W}rPr"))
        found |= _run_properties(own)
        return RunLook(
            text,
            font=self._font(found, "eastAsia"),
            ascii_font=self._font(found, "ascii"),
            size=found.get("sz", _DEFAULT_HALF_POINTS),
            bold=found.get("b", False),
            colour=found.get("color"),
            spacing=found.get("spacing", 0),
        )

    def paragraph(self, paragraph: Any) -> ParagraphLook:
        """The look of a paragraph."""
        own = paragraph.find(f"{_W}pPr")
        layers = [self._paragraph_defaults]
        layers += [s.find(f"{_W}pPr") for s in self._chain(_style_id(own, "pStyle") or self._default)]
        layers.append(own)
        found: Properties = {"ind": {}, "spacing": {}, "borders": {}}
        for layer in layers:
            _add_paragraph_properties(found, layer)
        return ParagraphLook(
            align=found.get("jc", "left"),
            ind=found["ind"],
            spacing=found["spacing"],
            line_rule=found.get("lineRule", "auto"),
            page_break_before=found.get("pageBreakBefore", False),
            borders=found["borders"],
            numbering=found.get("numPr"),
            framed=own is not None and own.find(f"{_W}framePr") is not None,
        )

    def default_size(self) -> int:
        """Half-points of the default paragraph style: what a character grid counts with."""
        found = dict(self._run_defaults)
        for style in self._chain(self._default):
            found |= _run_properties(style.find(f"{_W}rPr"))
        return int(found.get("sz", _DEFAULT_HALF_POINTS))

    def _chain(self, style_id: str) -> list[Any]:
        """The styles that a style is based on, the farthest first, itself last."""
        chain: list[Any] = []
        while style_id in self._by_id and len(chain) < 20:  # a loop of styles is Word's business
            chain.insert(0, self._by_id[style_id])
            style_id = _style_id(self._by_id[style_id], "basedOn")
        return chain

    def _font(self, found: Properties, script: str) -> str:
        theme = found.get(f"{script}Theme")
        if theme is not None:  # a theme attribute wins over a name beside it
            return self._theme.get(theme, "")
        return str(found.get(script, ""))


def _style_id(element: Any | None, name: str) -> str:
    found = None if element is None else element.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _theme_fonts(theme: Any | None) -> Iterator[tuple[str, str]]:
    """majorEastAsia, minorEastAsia and the Latin ones, with the fonts that the theme gives them."""
    for use in ("major", "minor"):
        font = None if theme is None else theme.find(f".//{_A}{use}Font")
        if font is None:
            continue
        latin, asian = font.find(f"{_A}latin"), font.find(f"{_A}ea")
        hans = next((f.get("typeface", "") for f in font if f.get("script") == "Hans"), "")
        name = "" if latin is None else latin.get("typeface", "")
        yield f"{use}EastAsia", ("" if asian is None else asian.get("typeface", "")) or hans
        yield f"{use}HAnsi", name
        yield f"{use}Ascii", name


def _run_properties(properties: Any | None) -> Properties:
    """What one w:rPr says."""
    found: Properties = {}
    if properties is None:
        return found
    for child in properties:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        value = child.get(f"{_W}val")
        if name in _FLAGS:
            found[name] = value not in ("0", "false", "off")
        elif name == "sz":
            found["sz"] = number(value, _DEFAULT_HALF_POINTS)
        elif name == "spacing":
            found["spacing"] = number(value)
        elif name == "color":
            found["color"] = None if value in (None, "auto") else value.upper()
        elif name == "rFonts":
            for script in ("eastAsia", "ascii"):
                if (font := child.get(f"{_W}{script}")) is not None:
                    found[script] = font
                    found.pop(f"{script}Theme", None)
                    found[f"{script}Theme"] = None
                if (font := child.get(f"{_W}{script}Theme")) is not None:
                    found[f"{script}Theme"] = font
    return found


def _add_paragraph_properties(found: Properties, properties: Any | None) -> None:
    """Lay what one w:pPr says over what the layers below it said."""
    for child in () if properties is None else properties:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        value = child.get(f"{_W}val")
        if name == "jc":
            found["jc"] = {"start": "left", "end": "right"}.get(value, value or "left")
        elif name == "ind":
            _add_numbers(found["ind"], child)
        elif name == "spacing":
            _add_numbers(found["spacing"], child)
            if (rule := child.get(f"{_W}lineRule")) is not None:
                found["lineRule"] = rule
        elif name == "pageBreakBefore":
            found["pageBreakBefore"] = value not in ("0", "false", "off")
        elif name == "pBdr":
            found["borders"] = {
                edge.tag.removeprefix(_W): edge
                for edge in child
                if edge.get(f"{_W}val") not in ("nil", "none")
            }
        elif name == "numPr":
            number_id, level = _style_id(child, "numId"), _style_id(child, "ilvl")
            found["numPr"] = None if number_id in ("", "0") else (number_id, number(level))


def _add_numbers(found: dict[str, int], element: Any) -> None:
    for name, value in element.attrib.items():
        key = name.removeprefix(_W).replace("start", "left").replace("end", "right")
        if key != "lineRule" and value.lstrip("-").replace(".", "", 1).isdigit():
            found[key] = round(float(value))


def number(value: str | None, default: int = 0) -> int:
    """A whole number as the file writes it; ``default`` for what is none."""
    try:
        return round(float(value)) if value is not None else default
    except ValueError:
        return default
