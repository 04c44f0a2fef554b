"""Composing: an official document's records as WordprocessingML, top of the first page to 版记."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from ..layout import A4
from ..lengths import EMU_PER_MM, MM_PER_POINT, POINTS_PER_MM, twips
from ..text import run
from .document import (
    LISTING,
    Attachment,
    Form,
    Head,
    Imprint,
    OfficialDocument,
    Picture,
    Seal,
    Signature,
    Table,
    day_text,
    label_of,
)
from .drawing import inline
from .fit import KEPT_LINES, LINE_PT, SEAL_LINES, Ending, ending, line_space, mark_size, rows, width
from .flow import places
from .forms import special_head
from .parts import package, section, text_box
from .settings import Settings
from .styles import look, twentieths
from .tables import table
from .title import title_lines

RED = "FF0000"
#: Size and tightening make a 2号 line hold this many characters; that of a lying page.
_TITLE_CHARACTERS, _LYING_TITLE = 19, 28
_LEVEL1 = re.compile(r"[一二三四五六七八九十百]+、")
_LEVEL2 = re.compile(r"[（(][一二三四五六七八九十百]+[）)]")
#: Points above a picture, below its caption, and of play.
_ABOUT_PICTURE_PT = 18
#: A heading with its sentence's end inside it goes on as text in the same paragraph.
_ATTENDANCE = re.compile(r"(?:出席|请假|列席)：")
_SENTENCE = re.compile(r"[。：；]")
_ENTRY = re.compile(r"\d+[.．、]")


def compose(document: OfficialDocument, settings: Settings) -> bytes:
    """The document as .docx; same input, same bytes."""
    parts = [] if document.bare else list(_first(document, settings))
    drawn = count(1)
    for number, attachment in enumerate(document.attachments, 1):
        before = document.attachments[number - 2].landscape if number > 1 else False
        letter = number == 1 and _form(document) is Form.LETTER
        if parts:
            parts.append(_break(settings, landscape=before, first=letter))
        parts += _attachment(attachment, label_of(document, number), settings, drawn)
    lying = document.attachments[-1].landscape if document.attachments else False
    if lying and document.imprint:
        # 版记 lies on the foot of an upright page; the box of a lying one would be turned with it.
        parts.append(_break(settings, landscape=True))
        lying = False
    imprint, tall = (
        _imprint(document.imprint, settings, lined=_form(document) is not Form.LETTER)
        if document.imprint
        else ("", 0.0)
    )
    if imprint or document.attachments:
        # The paragraph that must follow a table carries the imprint's box; it takes next to no room.
        fresh = ""
        if not document.attachments and (left := _ending(document, settings).left) is not None:
            # A box that does not fit below the date would push date and name to a page without text.
            tall += (A4[1] - settings.bottom_mm - settings.foot_mm) * POINTS_PER_MM
            fresh = "<w:pageBreakBefore/>" if left * settings.pitch_pt < tall + 1 else ""
        parts.append(_paragraph("", style="Normal", properties=fresh + _EXACT_NOTHING, runs=imprint))
    parts.append(
        section(settings, landscape=lying, first=_form(document) is Form.LETTER and not document.attachments)
    )
    return package(settings, "".join(parts), document.title, document.pictures)


#: A blank line that stays with the next paragraph.
_KEPT = "<w:p><w:pPr><w:keepNext/></w:pPr></w:p>"
_EXACT_NOTHING = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def _first(document: OfficialDocument, settings: Settings) -> Iterator[str]:
    if document.head is not None:
        if document.head.form is Form.GENERAL:
            yield from _head(document.head, settings)
            yield _blank() * 2
        else:
            yield special_head(document.head, settings)
    end = _ending(document, settings)
    titled = _title(document)
    if titled:
        yield _paragraph("\n".join(titled), style="Heading1")
    if document.addressees:
        yield _blank()
        yield _paragraph("，".join(document.addressees) + "：")
    elif document.text and titled:
        yield _blank()
    listing = ""
    for number, text in enumerate(document.text, 1):
        # No page may hold the signature alone (7.3.5.5): a short last paragraph goes along whole, of a long
        # one the last lines do. The first paragraph has to stay on page 1 (7.3.3).
        last = number == len(document.text) and document.signature is not None
        whole = last and number > 1 and rows(text) <= KEPT_LINES
        room = _room(end, settings) if last and end.room_pt else ""
        label = _ATTENDANCE.match(text) if _form(document) is Form.MINUTES else None
        if label:
            runs = _run(label[0], look(settings, "level1")) + run(text[label.end() :])
            yield _paragraph("", style="Body", runs=runs)
            continue
        listing = _listing(text, settings, after=bool(listing))
        yield listing or _text(text, settings, keep=whole, room=room, at=end.at)
    yield from _attachment_note(tuple(one for one in document.attachments if one.listed), settings)
    if document.signature is not None:
        yield from _signature(document.signature, settings)
    if document.note:
        yield _paragraph(f"（{document.note}）", style="Body")


def _title(document: OfficialDocument) -> tuple[str, ...]:
    if not document.title or (document.head is not None and not document.head.titled):
        return ()
    return document.title_lines or title_lines(document.title, _TITLE_CHARACTERS)


def _form(document: OfficialDocument) -> Form:
    return document.head.form if document.head is not None else Form.GENERAL


def _ending(document: OfficialDocument, settings: Settings) -> Ending:
    return ending(document, settings, len(_title(document)))


def _room(end: Ending, settings: Settings) -> str:
    """Room at the foot of the page: an empty box that the text keeps clear of."""
    at = (
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
    )
    size = (settings.width_mm, end.room_pt / POINTS_PER_MM)
    empty = _paragraph("", style="Imprint", properties=_EXACT_NOTHING)
    return text_box(2, "留白", at, size, empty, wrap="<wp:wrapTopAndBottom/>")


def _head(head: Head, settings: Settings) -> Iterator[str]:
    """版头 (7.2): the mark's top edge lies where ``[place] mark_top_mm`` says, whatever stands above it."""
    above = [text for text in (head.copy, head.secrecy, head.urgency) if text]
    for text in above:
        yield _paragraph(text, style="Normal" if text == head.copy else "Label")
    names = [*head.issuers]
    size = mark_size(head, settings)
    used = len(above) * settings.pitch_pt
    before = (settings.place("mark_top_mm") - settings.top_mm) * POINTS_PER_MM - used
    before -= settings.place("mark_rise_pt")
    red = look(settings, "mark", size=size, colour=RED)
    line = f'w:line="{twentieths(size * 1.2)}" w:lineRule="exact"'
    if len(names) == 1:
        space = f'<w:spacing w:before="{twentieths(before)}" {line}/><w:jc w:val="center"/>'
        yield _paragraph(f"{names[0]}文件", properties=space, font=red)
    else:
        yield from _joint(names, size, before, red, settings)
    yield _blank() * 2
    yield from _number_line(head, settings)


def _joint(names: list[str], size: float, before: float, red: str, settings: Settings) -> Iterator[str]:
    """A joint mark (7.2.4): the names one below the other, spread to one width, 文件 at their middle."""
    word, total = twentieths(size * 2.4), twips(settings.width_mm)
    left = total - word
    line = f'<w:spacing w:line="{twentieths(size * 1.2)}" w:lineRule="exact"/>'
    spacer = f'<w:spacing w:line="{max(20, twentieths(before))}" w:lineRule="exact"/>'
    yield _paragraph("", properties=spacer)
    rows = []
    for number, name in enumerate(names):
        merge = '<w:vMerge w:val="restart"/>' if number == 0 else "<w:vMerge/>"
        cells = (
            f'<w:tc><w:tcPr><w:tcW w:w="{left}" w:type="dxa"/></w:tcPr>'
            + _paragraph(name, properties=f'{line}<w:jc w:val="distribute"/>', font=red)
            + f'</w:tc><w:tc><w:tcPr><w:tcW w:w="{word}" w:type="dxa"/>{merge}'
            + '<w:vAlign w:val="center"/></w:tcPr>'
            + _paragraph("文件" if number == 0 else "", properties=f'{line}<w:jc w:val="right"/>', font=red)
            + "</w:tc>"
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{word}"/></w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _number_line(head: Head, settings: Settings) -> Iterator[str]:
    """发文字号 and 签发人, with the red line 4 mm below (7.2.5 to 7.2.7)."""
    space, size = line_space(settings), round(LINE_PT * 8)
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="{size}" w:space="{space}" w:color="{RED}"/></w:pBdr>'
    if not head.signers:
        yield _paragraph(head.number, properties=f'{border}<w:jc w:val="center"/>')
        return
    one = twentieths(settings.character_pt)
    pairs = [head.signers[at : at + 2] for at in range(0, len(head.signers), 2)]
    rows = ["　".join(pair) for pair in pairs]
    label = "签发人："
    # Every row's names begin under the first name; the longest row ends one character in.
    names_at = twips(settings.width_mm) - one - one * max(map(len, rows))
    name = look(settings, "level2")
    for number, names in enumerate(rows):
        last = number == len(rows) - 1
        at = names_at - (one * len(label) if number == 0 else 0)
        properties = (border if last else "") + f'<w:tabs><w:tab w:val="left" w:pos="{at}"/></w:tabs>'
        runs = (
            run(head.number if last else "") + "<w:r><w:tab/></w:r>" + run(label if number == 0 else "")
            + _run(names, name)
        )  # fmt: skip
        yield _paragraph("", properties=f'{properties}<w:ind w:firstLine="{one}"/>', runs=runs)


def _text(
    text: str,
    settings: Settings,
    *,
    keep: bool = False,
    on_new_page: bool = False,
    room: str = "",
    at: int = 0,
) -> str:
    """A paragraph of the text: 一、 black, （一） in 楷体, the rest as text; ``room`` hangs on ``at``."""
    fresh = "<w:pageBreakBefore/>" if on_new_page else ""
    kept = ("<w:keepNext/>" if keep else "") + fresh
    for pattern, style, role in ((_LEVEL1, "Heading2", "level1"), (_LEVEL2, "Heading3", "level2")):
        if pattern.match(text):
            end = _SENTENCE.search(text)
            if end is None or end.end() == len(text):
                return _paragraph(text, style=style, properties=f"<w:keepNext/>{fresh}")
            # Only the first sentence is the heading; the rest is text in the same paragraph.
            heading, rest = text[: end.end()], text[end.end() :]
            return _paragraph(
                "",
                style="Body",
                properties=kept,
                runs=_run(heading, look(settings, role)) + _hung(rest, room, max(0, at - len(heading))),
            )
    return _paragraph("", style="Body", properties=kept, runs=_hung(text, room, at))


def _hung(text: str, room: str, at: int) -> str:
    return run(text[:at]) + room + run(text[at:]) if room else run(text)


def _attachment_note(attachments: tuple[Attachment, ...], settings: Settings) -> Iterator[str]:
    """附件说明 (7.3.4): a name's further lines begin under its first character; no mark behind a name."""
    if not attachments:
        return
    yield _KEPT
    character = settings.character_pt
    if len(attachments) == 1:
        yield _hanging(f"附件：{attachments[0].title}", 2 * character, 3 * character)
        return
    for number, attachment in enumerate(attachments, 1):
        label = f"附件：{number}. " if number == 1 else f"{number}. "
        start = 2 if number == 1 else 5
        hanging = (4 if number == 1 else 1) * character + 0.0
        yield _hanging(f"{label}{attachment.title}", start * character, hanging)


def _listing(text: str, settings: Settings, *, after: bool) -> str:
    """A paragraph of 附件说明 that the text has itself (7.3.4); empty for any other.

    ``after``: the paragraph before was one.
    """
    character = settings.character_pt
    if found := LISTING.match(text):
        return _KEPT + _hanging(text, 2 * character, (4 if found["number"] else 3) * character)
    return _hanging(text, 5 * character, character) if after and _ENTRY.match(text) else ""


def _hanging(text: str, start_pt: float, hanging_pt: float) -> str:
    left = twentieths(start_pt + hanging_pt)
    return _paragraph(
        text, properties=f'<w:keepNext/><w:ind w:left="{left}" w:hanging="{twentieths(hanging_pt)}"/>'
    )


def _signature(signature: Signature, settings: Settings) -> Iterator[str]:
    """署名 and 成文日期 (7.3.5), kept together and with the line before; joint issuers stand in a column."""
    day = day_text(signature.day)
    character = settings.character_pt
    date = width(day)
    keep = "<w:keepNext/>"
    if signature.seal is Seal.STAMPED:
        yield _KEPT * 2
        yield _right(f"{signature.post}　　{signature.issuer}", 4 * character, keep)
        yield _KEPT
        yield _right(day, 4 * character)
        return
    names = (signature.issuer, *signature.others)
    longest = max(map(width, names))
    if signature.seal is Seal.UNSEALED:
        # The date begins two characters right of the names; it or the longest name ends two characters in.
        right_date = 2.0 if date >= longest - 2 else 2.0 + longest - 2 - date
        begin = right_date + date + 2
        yield _KEPT
        for name in names:
            yield _right(name, (begin - width(name)) * character, keep)
        yield _right(day, right_date * character)
        return
    yield _KEPT * 2
    # Centred over the date, but never beyond the type area; each name has room for its seal.
    middle = max(4 + date / 2, longest / 2)
    for number, name in enumerate(names):
        if number:
            yield _KEPT * (SEAL_LINES - 1)
        yield _right(name, (middle - width(name) / 2) * character, keep)
    yield _right(day, (middle - date / 2) * character)


def _attachment(
    attachment: Attachment, label: str, settings: Settings, drawn: Iterator[int]
) -> Iterator[str]:
    """附件 (7.3.7): its number on the first line, its title on the third; a list on its own has no number.

    ``drawn`` numbers the pictures.
    """
    lines = 0
    if label:
        yield _paragraph(label, style="Label")
        yield _blank()
        lines += 2
    if attachment.title:
        across = _LYING_TITLE if attachment.landscape else _TITLE_CHARACTERS
        title = title_lines(attachment.title, across)
        yield _paragraph("\n".join(title), style="Heading1")
        yield _blank()
        lines += len(title) + 1
    line = settings.pitch_pt * MM_PER_POINT
    wide, down = settings.area_mm(landscape=attachment.landscape)
    placed = places(attachment, settings, lines * line)
    listing = ""
    for at, (block, place) in enumerate(zip(attachment.blocks, placed, strict=True)):
        after_table = at > 0 and isinstance(attachment.blocks[at - 1], Table)
        if isinstance(block, Table):
            if place.on_new_page:
                yield _paragraph("", properties=f"<w:pageBreakBefore/>{_EXACT_NOTHING}")
            elif after_table:
                yield _blank()
            yield table(block, settings, landscape=attachment.landscape, above_mm=place.above_mm % down)
        elif isinstance(block, Picture):
            room = (wide, down - (0.0 if at else lines * line))
            yield from _picture(block, next(drawn), settings, room)
        else:
            listing = _listing(block, settings, after=bool(listing))
            yield listing or _text(block, settings, on_new_page=place.on_new_page)


def _picture(block: Picture, number: int, settings: Settings, room: tuple[float, float]) -> Iterator[str]:
    """A picture and its caption, kept on one page; ``room`` in millimetres is what the page has for both."""
    across, down = room
    caption = settings.table_pitch_pt if block.caption else 0.0
    down -= (caption + _ABOUT_PICTURE_PT) * MM_PER_POINT
    keep = "" if block.caption else '<w:keepNext w:val="0"/>'
    yield _paragraph("", style="Picture", properties=keep, runs=inline(block, number, across, down))
    if block.caption:
        yield _paragraph(block.caption, style="Caption")


def _imprint(imprint: Imprint, settings: Settings, *, lined: bool) -> tuple[str, float]:
    """Run and height in points of the 版记 (7.4): a box on the type area's foot, where no table floats."""
    one = settings.size("imprint")
    pitch = settings.size("imprint") * 1.6
    inside = settings.width_mm * POINTS_PER_MM - 2 * one
    lines = []
    height = 0.0
    copies = []
    if imprint.addressees:
        copies.append(f"主送：{'，'.join(imprint.addressees)}。")
    if imprint.copies_to:
        copies.append(f"抄送：{'，'.join(imprint.copies_to)}。")
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{twentieths(pitch)}" w:lineRule="exact"/>'
    if copies and lined:
        # A rule follows its paragraph's indents: it stands in one of its own.
        rule = f"<w:pBdr>{_edge('top', 8)}</w:pBdr>{_EXACT_NOTHING}"
        lines.append(_paragraph("", style="Imprint", properties=rule))
        height += 2
    for text in copies:
        hanging = twentieths(3 * one)
        indent = (
            f'<w:ind w:left="{twentieths(one) + hanging}" w:right="{twentieths(one)}" w:hanging="{hanging}"/>'
        )
        lines.append(_paragraph(text, style="Imprint", properties=f"{exact}{indent}"))
        height += pitch * max(1, -(-(len(text) - 3) * one // (inside - 3 * one)))
    if lined:
        border = f"<w:pBdr>{_edge('top', 6 if copies else 8)}{_edge('bottom', 8)}</w:pBdr>"
        right = twips(settings.width_mm) - twentieths(one)
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
        last = f"{border}{tabs}{exact}" + f'<w:ind w:firstLine="{twentieths(one)}"/>'
        lines.append(
            _paragraph(
                f"{imprint.printer}\t{day_text(imprint.printed_on)}印发", style="Imprint", properties=last
            )
        )
        height += pitch + 3
    foot = round((settings.foot_mm - height / POINTS_PER_MM) * EMU_PER_MM)
    at = (
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{foot}</wp:posOffset></wp:positionV>'
    )
    size = (settings.width_mm, height / POINTS_PER_MM)
    return text_box(1, "版记", at, size, "".join(lines), wrap="<wp:wrapTopAndBottom/>"), height


def _edge(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'


def _break(settings: Settings, *, landscape: bool, first: bool = False) -> str:
    """End of a section; the next begins on a new page."""
    return f"<w:p><w:pPr>{_EXACT_NOTHING}{section(settings, landscape=landscape, first=first)}</w:pPr></w:p>"


def _blank() -> str:
    return "<w:p/>"


def _right(text: str, inset_pt: float, before: str = "") -> str:
    return _paragraph(
        text, properties=f'{before}<w:ind w:right="{twentieths(inset_pt)}"/><w:jc w:val="right"/>'
    )


def _run(text: str, properties: str) -> str:
    return run(text).replace("<w:r>", f"<w:r><w:rPr>{properties}</w:rPr>")


def _paragraph(text: str, *, style: str = "", properties: str = "", font: str = "", runs: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    body = _run(text, font) if font else run(text)
    return f"<w:p>{inner}{body}{runs}</w:p>"
