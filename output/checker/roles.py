"""Roles: which paragraph is the title, the document number, the date … told by words and place, never by look
alone, so that a wrong look can be found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .colours import is_red_hex
from .reading import Box, Document, Paragraph


class Kind(StrEnum):
    """The forms of a document: the general one and the three special ones of clause 10; plain has no 版头."""

    GENERAL = "公文"
    PLAIN = "无版头"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"


_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[［(（【﹝]?\s*\d{2,4}\s*[〕\]］)）】﹞]?\s*(?:年)?第?\s*\d+\s*号$"
)
_SIGNERS = re.compile(r"签发人")
_COPY = re.compile(r"^\d{1,8}$")
_SECRECY = re.compile(r"^(?:绝密|机密|秘密)(?:\s*★.*)?$|^(?:绝密|机密|秘密)[★*\s].{0,10}$")
_URGENCY = re.compile(r"^(?:特急|加急|特提|平急|急件?)$")
_ORDER_NUMBER = re.compile(r"^第?\s*[\d一二三四五六七八九十百〇]+\s*号$")
_DATE = re.compile(
    r"^(?:\d{2,4}|[二一][〇○零O0一二三四五六七八九]{3})\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*日?$"
)
_NOTE = re.compile(r"^[（(].*[）)]$")
_ATTACHMENTS = re.compile(r"^附件\s*[：:]")
_ANNEX = re.compile(r"^附件\s*[\d一二三四五六七八九十]*\s*[：:]?$")
_COPIES = re.compile(r"^(?:抄送|主送)(?:[：:]|\s*[\u4e00-\u9fff])")
_PRINTED = re.compile(r"(?:\d{4}\s*年|[二一][〇○零]..年).{1,12}日\s*(?:印发)?$")
_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．,，]"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"^\d{1,3}\s*[.．、](?!\d)"),
    re.compile(r"^[（(]\d{1,3}[）)]"),
)
#: A title is not longer; a paragraph of more characters in front of the body is the body itself.
_TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Roles:
    """The paragraphs of a document by what they are; empty or None where there is none."""

    kind: Kind
    copy_number: Paragraph | None = None
    secrecy: Paragraph | None = None
    urgency: Paragraph | None = None
    mark: tuple[Paragraph, ...] = ()
    number: Paragraph | None = None
    signers: tuple[Paragraph, ...] = ()
    title: tuple[Paragraph, ...] = ()
    addressees: Paragraph | None = None
    body: tuple[Paragraph, ...] = ()
    attachments: tuple[Paragraph, ...] = ()
    signature: tuple[Paragraph, ...] = ()
    date: Paragraph | None = None
    note: Paragraph | None = None
    #: Label and title of each annex.
    annexes: tuple[tuple[Paragraph, tuple[Paragraph, ...]], ...] = ()
    copies: tuple[Paragraph, ...] = ()
    printed: tuple[Paragraph, ...] = ()


def level_of(text: str) -> int | None:
    """Level of a numbered paragraph: 1 一、 2 （一） 3 1. 4 （1）; None for any other."""
    return next((level for level, form in enumerate(_LEVELS, 1) if form.match(text)), None)


def roles_of(document: Document, kind: Kind | None = None) -> Roles:
    """Tell the elements of a document apart (GB/T 9704-2012 clause 7: 版头, 主体, 版记)."""
    written = list(document.written)
    copies, printed, written = _imprint(written)
    front, rest = _split_front(written)
    found = _front(front)
    kind = kind or _kind(found, front)
    title, rest = _title(rest)
    main, annexes = _annexes(rest)
    addressees, main = _addressees(main)
    end = _end(main)
    body = [p for p in main if p not in end["all"] and p.box is Box.FLOW]
    return Roles(
        kind,
        copy_number=_one(found, "copy"),
        secrecy=_one(found, "secrecy"),
        urgency=_one(found, "urgency"),
        mark=tuple(found.get("mark", ())),
        number=_one(found, "number"),
        signers=tuple(found.get("signers", ())),
        title=tuple(title),
        addressees=addressees,
        body=tuple(body),
        attachments=tuple(end["attachments"]),
        signature=tuple(end["signature"]),
        date=end["date"][0] if end["date"] else None,
        note=end["note"][0] if end["note"] else None,
        annexes=tuple(annexes),
        copies=tuple(copies),
        printed=tuple(printed),
    )


def _one(found: dict[str, list[Paragraph]], name: str) -> Paragraph | None:
    return found[name][0] if found.get(name) else None


def _imprint(written: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
    """抄送 and 印发 lines, wherever they are anchored, and the paragraphs without them."""
    copies, printed = [], []
    half = written[len(written) // 2].index if written else 0
    for paragraph in written:
        if _COPIES.match(paragraph.words) and paragraph.index >= half and not level_of(paragraph.words):
            copies.append(paragraph)
    cells: set[tuple[int, int]] = set()
    for paragraph in written:
        boxed = paragraph.box is not Box.FLOW
        if paragraph.index < half or paragraph in copies or len(paragraph.words) > 60:
            continue
        words = paragraph.words
        dated = _PRINTED.search(words)
        # A day alone is the imprint's only where it stands with the copies: other tables have days, too.
        together = boxed and any(_together(paragraph, copy) for copy in copies)
        if dated and (words.endswith("印发") or together):
            printed.append(paragraph)
            if paragraph.cell:
                cells.add(paragraph.cell[:2])
    # Office and day may stand in two cells of one row.
    row_mates = [
        p for p in written if p.cell and p.cell[:2] in cells and p not in printed and p not in copies
    ]
    printed = sorted([*row_mates, *printed], key=lambda p: p.index)
    taken = {id(p) for p in (*copies, *printed)}
    return copies, printed, [p for p in written if id(p) not in taken]


def _together(one: Paragraph, other: Paragraph) -> bool:
    """Whether two paragraphs stand in the same table, or both in boxes."""
    if one.cell and other.cell:
        return one.cell[0] == other.cell[0]
    return not one.cell and not other.cell and one.box is other.box


def _number_words(words: str) -> str:
    """A number's line without the signers on it: the last row of their names may carry no label (7.2.6)."""
    return re.split(r"\t|\s*签发人", words)[0].strip()


def _split_front(written: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The 版头: everything up to the document number, or to the order's or minutes' number."""
    for place, paragraph in enumerate(written[:16]):
        if len(paragraph.words) > 60:
            break
        words = _number_words(paragraph.words)
        if _NUMBER.match(words) or (place and _ORDER_NUMBER.match(words)):
            stop = place + 1
            while stop < len(written) and _SIGNERS.match(written[stop].words):
                stop += 1
            return written[:stop], written[stop:]
    # No number: a mark alone may head the document.
    for place, paragraph in enumerate(written[:6]):
        if paragraph.size >= 60 or (paragraph.words.endswith(("文件", "纪要")) and _is_red(paragraph)):
            return written[: place + 1], written[place + 1 :]
    return [], written


def _is_red(paragraph: Paragraph) -> bool:
    return any(is_red_hex(run.colour) for run in paragraph.runs if run.text.strip())


def _front(front: list[Paragraph]) -> dict[str, list[Paragraph]]:
    found: dict[str, list[Paragraph]] = {}
    for place, paragraph in enumerate(front):
        words = paragraph.words
        head = _number_words(words)
        if _NUMBER.match(head) or (place and _ORDER_NUMBER.match(head)):
            found.setdefault("number", []).append(paragraph)
            if head != words:
                found.setdefault("signers", []).append(paragraph)
        elif _SIGNERS.search(words) or ("signers" in found and "number" not in found):
            found.setdefault("signers", []).append(paragraph)
        elif _COPY.match(words):
            found.setdefault("copy", []).append(paragraph)
        elif _SECRECY.match(words):
            found.setdefault("secrecy", []).append(paragraph)
        elif _URGENCY.match(words):
            found.setdefault("urgency", []).append(paragraph)
        else:
            found.setdefault("mark", []).append(paragraph)
    return found


def _kind(found: dict[str, list[Paragraph]], front: list[Paragraph]) -> Kind:
    if not front:
        return Kind.PLAIN
    words = "".join(p.words for p in found.get("mark", ()))
    number = found["number"][0].words if found.get("number") else ""
    if words.endswith("纪要"):
        return Kind.MINUTES
    if _ORDER_NUMBER.match(number) and words.endswith(("命令", "令", "（令）")):
        return Kind.ORDER
    if words and not words.endswith("文件") and "函" in number:
        return Kind.LETTER
    return Kind.GENERAL


def _title(rest: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The lines of the title: what stands in front of addressees and body, told by place and size."""
    title: list[Paragraph] = []
    for paragraph in rest[:8]:
        words = paragraph.words
        if paragraph.box is Box.TABLE or level_of(words) or len(words) > _TITLE_LENGTH:
            break
        if title and (words.endswith(("：", ":", "。", "；")) or _shape(paragraph) != _shape(title[0])):
            break
        if not title and words.endswith(("。", "；", "：", ":")):
            break
        title.append(paragraph)
    return title, rest[len(title) :]


def _shape(paragraph: Paragraph) -> tuple[int, str, str]:
    return paragraph.size, paragraph.look.align, paragraph.font


def _addressees(main: list[Paragraph]) -> tuple[Paragraph | None, list[Paragraph]]:
    if main and main[0].words.endswith(("：", ":")) and not level_of(main[0].words):
        words = main[0].words
        if "。" not in words and len(words) < 200 and main[0].box is Box.FLOW:
            return main[0], main[1:]
    # Addressees without their colon: short, flush left, units only.
    if main and re.fullmatch(
        r"[^。；：:]{2,120}(?:政府|部门|单位|机构|委员会|厅|局|办|院|公司)[。.,，;；]?", main[0].words
    ):
        return main[0], main[1:]
    return None, main


def _annexes(
    rest: list[Paragraph],
) -> tuple[list[Paragraph], list[tuple[Paragraph, tuple[Paragraph, ...]]]]:
    """The main part, and each annex's label and title."""
    starts = [at for at, p in enumerate(rest) if _ANNEX.match(p.words) and p.box is not Box.TABLE and at > 0]
    if not starts:
        return rest, []
    annexes = []
    for at in starts:
        title: list[Paragraph] = []
        for paragraph in rest[at + 1 : at + 6]:
            if (
                level_of(paragraph.words)
                or paragraph.box is Box.TABLE
                or len(paragraph.words) > _TITLE_LENGTH
            ):
                break
            if title and _shape(paragraph) != _shape(title[0]):
                break
            title.append(paragraph)
        annexes.append((rest[at], tuple(title)))
    return rest[: starts[0]], annexes


def _end(main: list[Paragraph]) -> dict[str, list[Paragraph]]:
    """附件说明, 署名, 成文日期 and 附注 at the end of the main part."""
    attachments: list[Paragraph] = []
    signature: list[Paragraph] = []
    date: list[Paragraph] = []
    note: list[Paragraph] = []
    flow = [p for p in main if p.box is Box.FLOW]
    place = next((at for at in range(len(flow) - 1, -1, -1) if _DATE.match(flow[at].words)), None)
    if place is not None and place >= len(flow) - 4:
        date = [flow[place]]
        note = [p for p in flow[place + 1 :] if _NOTE.match(p.words)][:1]
        at = place - 1
        while at >= 0 and len(signature) < 8 and _may_sign(flow[at]):
            signature.insert(0, flow[at])
            at -= 1
    start = next((at for at, p in enumerate(flow) if _ATTACHMENTS.match(p.words)), None)
    if start is not None:
        attachments = [flow[start]]
        for paragraph in flow[start + 1 :]:
            if not re.match(r"^\d{1,2}\s*[.．、]", paragraph.words) or paragraph in signature:
                break
            attachments.append(paragraph)
        signature = [p for p in signature if p not in attachments]
    return {
        "attachments": attachments,
        "signature": signature,
        "date": date,
        "note": note,
        "all": [*attachments, *signature, *date, *note],
    }


def _may_sign(paragraph: Paragraph) -> bool:
    """Whether a paragraph above the date may be a signing body's name: short, no sentence, no number."""
    words = paragraph.words
    if len(words) > 40 or level_of(words) or _ATTACHMENTS.match(words) or re.match(r"^\d+[.．、]", words):
        return False
    return not words.endswith(("。", "；", "：", "，", "！"))
