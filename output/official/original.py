"""The original notice set again: its text, line by line, as the parts of an official document.

A line becomes a part (title, 文号, 主送, signature …) only where that part reads like it to the letter; every
other line stays a paragraph where it stands. :func:`prove_whole` holds the document against the text.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...model.errors import ProofError
from .document import (
    LISTING,
    Attachment,
    Block,
    Head,
    Imprint,
    OfficialDocument,
    Signature,
    Table,
    day_text,
    label_of,
)
from .original_lines import (
    bare,
    cells_of,
    edge_of,
    folded,
    is_heading,
    is_row,
    is_title_line,
    joined,
    lines_of,
)

#: Lines in which the front of a notice is looked for, and those of a title.
_FRONT, _TITLE = 40, 8
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_PRINTED = re.compile(r"(.+?)(\d{4}年\d{1,2}月\d{1,2}日)印发")
_COPIES = re.compile(r"抄送[：:](.+?)。?")
_NOTE = re.compile(r"[（(]([^（）()]+)[）)]")
_MARK_LINE = re.compile("([\u4e00-\u9fff]{3,30})文件")
#: Lines between title and 主送 in which a web page puts its own.
_BETWEEN = 12
#: Title of the last page, for what stands about the title of the file and is no part of the notice's head.
_LOOSE = "原件题头（网页附加的文字）"
_LABEL = re.compile(r"附件[0-9一二三四五六七八九十]*[：:]?")
_ENTRY = re.compile(r"\d+[.．、]")
#: Longest line that can name a signing office, and most characters between two names of a joint mark.
_SIGNER = 40
_MARK = 22


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registry knows of a notice beside its text; None and empty where it knows nothing."""

    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """The document, and the lines that say a second time what stands in its head (a web page's headline)."""

    document: OfficialDocument
    repeated: tuple[str, ...]


@dataclass(slots=True)
class _Front:
    """The parts found before the text."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    addressee: str = ""
    repeated: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def set_again(text: str, facts: Facts) -> Original:
    """The notice as an official document. ``text`` is all of the notice, lines as they stand there."""
    whole = _day_apart(_run_together(lines_of(text), facts))
    edge = edge_of(whole)
    imprint, lines = _imprint(whole)
    front, lines = _front(lines, facts)
    body, signature, note, rest = _signed(lines)
    if signature is None:
        body, rest = _before_tables(body)
    issuer = front.issuer or facts.issuer or ""
    head = None
    if front.number and issuer:
        head = Head(_issuers(issuer), front.number)
    elif front.number:
        body = [front.number, *body]
    parts = list(_parts(rest, edge))
    if front.loose:
        parts.append(Attachment(_LOOSE, tuple(front.loose), label=""))
    document = OfficialDocument(
        title=front.title,
        text=tuple(_listed(joined(body, edge))),
        addressees=(front.addressee,) if front.addressee else (),
        head=head,
        signature=signature,
        note=note,
        attachments=tuple(parts),
        imprint=imprint,
    )
    prove_whole(document, whole, front.repeated)
    return Original(document, tuple(front.repeated))


def prove_whole(document: OfficialDocument, lines: Iterable[str], repeated: Iterable[str] = ()) -> None:
    """Raise :class:`~duban.model.errors.ProofError` where a line of the text is not in the document in order.

    Blanks, the bars of tables and the width of marks are layout. Parts of the front may stand in any order
    among themselves: 文号 comes before the title, whatever the file had. ``repeated`` lines are left out.
    """
    out = Counter(repeated)
    said = [folded(part) for part in _said(document)]
    front, later = said[: _front_parts(document)], said[_front_parts(document) :]
    loose = {folded(line) for one in document.attachments[-1:] if one.title == _LOOSE
             for line in one.blocks if isinstance(line, str)}  # fmt: skip
    stream, at = "".join(later), 0
    for line in lines:
        plain = folded(line)
        if out[line]:
            out[line] -= 1
            continue
        if not at and (plain in loose or _unmarked(line).strip("（）") in _unmarked("".join(front))):
            continue  # a part of the front, as long as the text has not begun
        found = stream.find(plain, at)
        if found < 0:
            raise ProofError(
                "原文的这一行没有排进文件", place=line[:30], remedy="文件没有放行；请报告这份通知"
            )
        at = found + len(plain)


def _front_parts(document: OfficialDocument) -> int:
    return 3 + len(document.addressees)


def _said(document: OfficialDocument) -> Iterator[str]:
    """What the document says, top to bottom; the front takes as many places as :func:`_front_parts` tells."""
    head = document.head
    yield "".join(f"{name}" for name in head.issuers) + "文件" if head else ""
    yield head.number if head else ""
    yield document.title
    yield from (f"{one}：" for one in document.addressees)
    yield from document.text
    if document.signature:
        yield from (document.signature.issuer, day_text(document.signature.day))
    if document.note:
        yield f"（{document.note}）"
    for number, one in enumerate(document.attachments, 1):
        yield from (label_of(document, number), one.title)
        for block in one.blocks:
            if isinstance(block, str):
                yield block
            elif isinstance(block, Table):
                yield from ("".join(row) for row in (block.head, *block.rows))
    if document.imprint:
        yield from (f"抄送：{one}。" for one in document.imprint.copies_to)
        yield f"{document.imprint.printer}{day_text(document.imprint.printed_on)}印发"


def _imprint(lines: list[str]) -> tuple[Imprint | None, list[str]]:
    """版记 at the very end: 抄送 and 印发 lines."""
    found = _PRINTED.fullmatch(bare(lines[-1])) if lines else None
    day = _day(found[2]) if found else None
    if found is None or day is None:
        return None, lines
    copies = _COPIES.fullmatch(lines[-2].strip()) if len(lines) > 1 else None
    rest = lines[: -2 if copies else -1]
    return Imprint(found[1], day, (copies[1],) if copies else ()), rest


def _front(lines: list[str], facts: Facts) -> tuple[_Front, list[str]]:
    """Head, title and 主送 from the first lines, and the lines that follow them."""
    front = _Front()
    at = _title_at(lines, facts)
    start = 0
    if at is not None:
        front.title, start = facts.title or "", at[1]
        _about_title(front, lines[: at[0]], facts)
    near = range(start, min(start + _BETWEEN, len(lines)))
    to = next((n for n in near if _names_all(lines[n], facts) and lines[n][-1:] in "：:"), None)
    if to is not None:
        _about_title(front, lines[start:to], facts)
        front.addressee, start = lines[to][:-1], to + 1
    elif facts.number and not front.number and start in near and _is_number(lines[start], facts.number):
        front.number, start = facts.number, start + 1
    return front, lines[start:]


def _names_all(line: str, facts: Facts) -> bool:
    """Whether a line names every addressee."""
    return bool(facts.addressees) and all(bare(name) in bare(line) for name in facts.addressees)


def _run_together(lines: list[str], facts: Facts) -> list[str]:
    """The lines with title, 文号 and 主送 apart that stand on one with what follows them."""
    made: list[str] = []
    for at, line in enumerate(lines):
        if at >= _FRONT:
            return made + lines[at:]
        rest = line
        for words in (facts.title, facts.number):
            end = _prefix(rest, words) if words and len(rest) > len(words) else 0
            if end:
                made.append(rest[:end])
                rest = rest[end:].strip()
        colon = re.search("[：:]", rest)
        if colon and len(rest) > colon.end() and _names_all(rest[: colon.start()], facts):
            made.append(rest[: colon.end()])
            rest = rest[colon.end() :].strip()
        made += [rest] if rest else []
    return made


def _prefix(line: str, words: str) -> int:
    """Characters of a line that say the words it begins with, blanks counted; 0 where it does not."""
    wanted, seen = folded(words), ""
    for at, character in enumerate(line):
        seen += folded(character)
        if not wanted.startswith(seen):
            return 0
        if seen == wanted:
            return at + 1
    return 0


def _about_title(front: _Front, lines: Sequence[str], facts: Facts) -> None:
    """What stands about the title: the mark, 文号, what says them a second time, and the rest."""
    number, title = facts.number or "", facts.title or ""
    again = {_unmarked(words) for words in (title, number + title, title + number, number)} - {""}
    for line in lines:
        mark = _MARK_LINE.fullmatch(bare(line))
        if number and not front.number and _is_number(line, number):
            front.number = number
        elif mark and not front.issuer and facts.issuer in (None, mark[1]):
            front.issuer = mark[1]
        elif front.title and _unmarked(line) in again:
            front.repeated.append(line)
        else:
            front.loose.append(line)


def _unmarked(line: str) -> str:
    """A line for comparing, the marks about titles left out."""
    return re.sub("[《》]", "", folded(line))


def _begins_text(line: str, facts: Facts) -> bool:
    """Whether a line is 主送 or a sentence."""
    return _names_all(line, facts) or line.endswith("。")


def _title_at(lines: Sequence[str], facts: Facts) -> tuple[int, int] | None:
    """First and last-but-one line of the title; the last place where it stands before the text begins."""
    if not facts.title:
        return None
    wanted = folded(facts.title)
    found = None
    for start in range(min(_FRONT, len(lines))):
        for end in range(start + 1, min(start + _TITLE, len(lines)) + 1):
            said = folded("".join(lines[start:end]))
            if said in (wanted, f"《{wanted}》"):
                found = (start, end)
            if len(said) > len(wanted) + 2:
                break
        if found is None and _begins_text(lines[start], facts):
            return None  # the title is that of what the notice issues
        if found is not None and start >= found[1]:
            break
    return found


def _is_number(line: str, number: str) -> bool:
    return folded(line).strip("（）") == folded(number)


def _issuers(issuer: str) -> tuple[str, ...]:
    """The names of a joint mark; one that is too long for a mark stays one name."""
    names = tuple(name for name in re.split("[、\\s]", issuer) if name)
    return names if all(len(name) <= _MARK for name in names) else (issuer,)


def _signed(lines: list[str]) -> tuple[list[str], Signature | None, str, list[str]]:
    """Text, signature, note and what follows: at the first short line with a day of its own below it."""
    for at in range(1, len(lines)):
        name, day = lines[at - 1], _day(lines[at])
        if day is None or len(name) > _SIGNER or re.search("[。；：:，|]", name) or is_heading(name):
            continue
        if any(map(is_row, lines[: at - 1])):
            break  # tables before the signature stay where they are, and so does it
        rest = lines[at + 1 :]
        note = _NOTE.fullmatch(rest[0]) if rest else None
        said = note[1] if note and "件" in note[1] else ""
        return lines[: at - 1], Signature(name, day), said, rest[1:] if said else rest
    return lines, None, "", []


def _day_apart(lines: list[str]) -> list[str]:
    """The lines with a signature's day apart from a note and a title that run on behind it."""
    text = "".join(lines)
    for at in range(1, len(lines)):
        found = _DAY.match(lines[at])
        if found is None or found.end() == len(lines[at]) or len(lines[at - 1]) > _SIGNER:
            continue
        day, rest = found[0], lines[at][found.end() :].strip()
        note = _NOTE.match(rest)
        pieces = [day]
        if note and "件" in note[1]:
            pieces.append(note[0])
            rest = rest[note.end() :].strip()
        named = (name for name in re.findall("《([^《》]{4,60})》", text) if rest.startswith(name))
        title = max(named, key=len, default="")
        pieces += [piece for piece in (title, rest[len(title) :]) if piece]
        return [*lines[:at], *pieces, *lines[at + 1 :]]
    return lines


def _before_tables(lines: list[str]) -> tuple[list[str], list[str]]:
    """Text up to the first table or attachment, which begins on a new page."""
    at = next((n for n, line in enumerate(lines) if is_row(line) or _LABEL.fullmatch(bare(line))), len(lines))
    return lines[:at], lines[at:]


def _day(line: str) -> datetime.date | None:
    """The day that a line is, written as it will be set again; else None."""
    found = _DAY.fullmatch(bare(line))
    if found is None:
        return None
    try:
        day = datetime.date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if day_text(day) == found[0] else None


def _parts(lines: list[str], edge: int | None) -> Iterator[Attachment]:
    """What a notice issues, then its attachments, each with the label and title lines of its own."""
    starts = [n for n, line in enumerate(lines) if _LABEL.fullmatch(bare(line))]
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        some = lines[start:end]
        label = some[0] if start in starts and some else ""
        some = some[1:] if label else some
        count = 0
        while count < min(_TITLE // 2, len(some)) and is_title_line(some[count]):
            count += 1
        blocks = tuple(_blocks(_listed(joined(some[count:], edge))))
        if some or label:
            yield Attachment("".join(some[:count]), blocks, label=label, landscape=_is_wide(blocks))


def _listed(lines: list[str]) -> list[str]:
    """The lines with each entry of 附件说明 on one: a name that goes on in a second line has no number."""
    start = next((n for n, line in enumerate(lines) if LISTING.match(line)), len(lines))
    made = lines[:start]
    for at in range(start, len(lines)):
        line = lines[at]
        if at == start or _ENTRY.match(line):
            made.append(line)
        elif len(line) < _SIGNER and not is_row(line) and line[-1] not in "。：":
            made[-1] += line
        else:
            return made + lines[at:]
    return made


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Paragraphs and tables; a table's first row is its head."""
    rows: list[tuple[str, ...]] = []
    for line in lines:
        if is_row(line):
            rows.append(cells_of(line))
            continue
        if rows:
            yield _table(rows)
            rows = []
        yield line
    if rows:
        yield _table(rows)


def _table(rows: Sequence[tuple[str, ...]]) -> Table:
    """Rows of equal length; one that fills its first cell alone goes across."""
    across = max(map(len, rows))
    full = [row + ("",) * (across - len(row)) for row in rows]
    later = [(row[0],) if across > 1 and row[0] and not any(row[1:]) else row for row in full[1:]]
    return Table(full[0], tuple(later))


def _is_wide(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Table) and len(block.head) > 7 for block in blocks)
