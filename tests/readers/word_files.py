"""Word files for tests, written in short forms, and what their body reads as."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from duban.extract.readers import ReadOptions, read
from duban.model import Source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="{_OFFICE}"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a Word file: ``body`` is the inside of w:body; ``numbering``, ``styles``, ``header1``,
    ``footnotes`` … are the insides of theirs."""
    roots = {"footnotes": "footnotes", "styles": "styles", "numbering": "numbering", "endnotes": "endnotes"}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    relations = ""
    for name, content in others.items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind) or roots[kind]
        parts[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
        relations += f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    )
    overrides = _type_of("document.xml", "document.main") + "".join(
        _type_of(f"{name}.xml", name.rstrip("0123456789")) for name in others
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return parts


def _type_of(file: str, kind: str) -> str:
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    return f'<Override PartName="/word/{file}" ContentType="{kind}"/>'


def word(body: str, **others: str) -> bytes:
    """A Word file."""
    return package(parts_of(body, **others))


def read_word(body: str, revisions: str = "accepted", **others: str) -> Source:
    """What a Word file with this body is read as."""
    return read(word(body, **others), "a.docx", ReadOptions(revisions=revisions))


def run(text: str, *, deleted: bool = False) -> str:
    """A run."""
    tag = "delText" if deleted else "t"
    return f'<w:r><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def para(content: str = "", *, list_: tuple[int, int] | None = None, style: str = "", mark: str = "") -> str:
    """A paragraph of XML ``content``, or of a text without ``<``; ``list_`` is numId and level."""
    inside = content if content.startswith("<") or not content else run(content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_ is not None:
        properties += f'<w:numPr><w:ilvl w:val="{list_[1]}"/><w:numId w:val="{list_[0]}"/></w:numPr>'
    properties += f"<w:rPr><w:{mark}/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def ins(content: str) -> str:
    """Inserted runs."""
    return f'<w:ins w:id="1" w:author="a">{content}</w:ins>'


def dele(text: str) -> str:
    """A deleted run."""
    return f'<w:del w:id="1" w:author="a">{run(text, deleted=True)}</w:del>'


def level(index: int, form: str, text: str, *, start: int = 1, suff: str = "nothing", more: str = "") -> str:
    """A level of a list; ``more`` stands before w:lvlText (isLgl, lvlRestart, pStyle)."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(levels: Sequence[str], nums: str | None = None) -> str:
    """numbering.xml: one abstract list 0 of these levels, and num 1 on it unless ``nums`` says otherwise."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>' + (nums or num(1))


def num(number: int, inside: str = "", abstract: int = 0) -> str:
    """A w:num."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{inside}</w:num>'


def start_at(index: int, value: int) -> str:
    """A start override."""
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def cell(*paragraphs: str, span: int = 1, merge: str = "") -> str:
    """A table cell; ``merge`` is restart or continue."""
    vertical = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{vertical}</w:tcPr>'
        f"{''.join(p if p.startswith('<') else para(p) for p in paragraphs)}</w:tc>"
    )


def row(*cells: str, mark: str = "") -> str:
    """A table row; ``mark`` ins or del tracks it."""
    marked = f"<w:trPr><w:{mark}/></w:trPr>" if mark else ""
    return f"<w:tr>{marked}{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def box(*paragraphs: str) -> str:
    """A run with a text box, twice in the file as Word writes it."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
