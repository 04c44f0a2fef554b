"""Responsibility clauses: brackets and key lines that assign the text before them to units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Role
from .brackets import Group
from .lexer import BLANK, BOXED_KEY, KEY, MARKER, NEWLINE, ROLE_KEY, Token
from .parties import Named, Reading, ends_as_unit, looks_like_party, read_parties


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause ``[start, end)`` and its parties, positions counted in the text."""

    start: int
    end: int
    parties: tuple[Named, ...]
    #: ``bracket``, ``lines`` or ``cell``.
    form: str
    #: A clause in brackets whose closing bracket is missing.
    unclosed: bool = False
    #: The clause's own words make somebody the lead.
    lead_told: bool = False


_STARTS_WITH_KEY = re.compile(rf"\s*(?:注:)?\s*(?:{ROLE_KEY}|{BOXED_KEY}|(?:牵头|责任|配合)(?:责任)?(?:单位|部门))")
_PROSE = re.compile(r"[《》!?]|应当|可以|不得|要求|如下|以下简称|详见|是指|包括|除外")
_NUMBERED = re.compile(r"\d{1,2}[.、)]|\([\d一二三四五六七八九十]{1,2}\)|[①-⑳]")
_BETWEEN_LINES = re.compile(rf"[\r\n]+\s*(?:{_NUMBERED.pattern})?")
_TIME_KEY = re.compile(r"(?:完成|办结|工作|整改|推进|时间)+(?:时限|期限|时间|进度|节点)(?:要求|安排)? ?:")
_TIME_LINE = re.compile(r"(?:完成|办结|工作|整改|推进|时间)*(?:时限|期限|时间|进度)(?:要求|安排)? ?:[^\r\n]*")
#: A clause that names every department of a province has about 600 characters.
_LONGEST = 2400
#: After which a list of names in brackets, without any role word, assigns the sentence before it.
_SENTENCE_END = "。;!?”"


def bracket_clauses(folded: str, groups: Sequence[Group]) -> list[Clause]:
    """The groups that are clauses, in order; nothing inside an accepted one is looked at again."""
    found: list[Clause] = []
    reached = -1
    for group in groups:
        if group.start < reached:
            continue
        clause = _from_group(folded, group)
        if clause is not None:
            found.append(clause)
            reached = clause.end
    return found


def _from_group(folded: str, group: Group) -> Clause | None:
    start, end, closed = group
    keyed = _STARTS_WITH_KEY.match(folded, start + 1, end)
    if not closed:
        if not keyed:
            return None
        end = _unclosed_end(folded, start, end)
    if not 3 < end - start <= _LONGEST:
        return None
    content = folded[start + 1 : end - 1 if closed else end]
    places: list[int] | None = None
    if "\n" in content or "\r" in content:
        content, places = unwrap(content)
    if places is not None and not keyed:
        keyed = _STARTS_WITH_KEY.match(content)
    reading = read_parties(content)
    if not reading.parties:
        return None
    if keyed:
        if not _believable(content, reading) or (places is not None and not reading.plausible):
            return None
    elif reading.verbal:
        if not _assigns(content, reading):
            return None
    elif _PROSE.search(content) or not (
        reading.plausible and _closes_sentence(folded, start, end) and _all_named(content, reading)
    ):
        return None
    return Clause(
        start,
        end,
        _shift(reading, start + 1, places),
        "bracket",
        unclosed=not closed,
        lead_told=_lead_told(reading),
    )


def _unclosed_end(folded: str, start: int, end: int) -> int:
    """A clause whose bracket is never closed ends at the full stop or with its line."""
    stop = folded.find("。", start, min(end, start + _LONGEST))
    return end if stop < 0 else stop


def _believable(content: str, reading: Reading) -> bool:
    """A keyed list may hold names of any form, but prose (各责任单位要按照…) is no list."""
    if reading.plausible:
        return True
    names = [content[named.start : named.end] for named in reading.parties]
    return any(looks_like_party(name) for name in names) or all(len(name) <= 12 for name in names)


def _assigns(content: str, reading: Reading) -> bool:
    """Names before a role verb: all look like units, or the verb leaves no doubt (按职责分工负责) and one does."""
    if reading.plausible and not _PROSE.search(content):
        return True
    names = [content[named.start : named.end] for named in reading.parties]
    likely = sum(looks_like_party(name) for name in names)
    if _BY_DUTY.search(content):
        if likely:
            return all(len(name) <= 40 for name in names)
        return all(len(name) <= 8 for name in names)  # 市发改、财政、住建按职责分工负责
    return 2 * likely >= len(names) and not _PROSE.search(content) and all(len(name) <= 24 for name in names)


_BY_DUTY = re.compile(r"按照?(?:各自|部门)?(?:职责|职能)(?:分工)?|牵头[,;]")


def _closes_sentence(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else ""
    return before in _SENTENCE_END and before != ""


_NAME_HEAD = re.compile(r"[省市县区州国各有相属团]")


def _all_named(content: str, reading: Reading) -> bool:
    """Whether a bare list (no role word) is made of names only, each beginning or ending as a unit's does."""
    names = [content[named.start : named.end] for named in reading.parties]
    return all(_NAME_HEAD.match(name) or ends_as_unit(name) for name in names)


_WRAP = re.compile(r"\s*(?:\r\n|\r|\n)(?:\s*[-—] ?\d+ ?[-—]\s*(?:\r\n|\r|\n))?\s*")


def unwrap(content: str) -> tuple[str, list[int]]:
    """Take hard line ends (and page marks between them) out; the list gives each character's old position."""
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for match in _WRAP.finditer(content):
        pieces.append(content[position : match.start()])
        places.extend(range(position, match.start()))
        position = match.end()
    pieces.append(content[position:])
    places.extend(range(position, len(content)))
    return "".join(pieces), places


def _shift(reading: Reading, by: int, places: Sequence[int] | None = None) -> tuple[Named, ...]:
    if places is None:
        return tuple(
            Named(named.start + by, named.end + by, named.role, named.kind) for named in reading.parties
        )
    return tuple(
        Named(places[named.start] + by, places[named.end - 1] + 1 + by, named.role, named.kind)
        for named in reading.parties
    )


def _lead_told(reading: Reading) -> bool:
    return any(named.role is Role.LEAD for named in reading.parties)


def line_clauses(folded: str, tokens: Sequence[Token], taken: Sequence[Clause]) -> list[Clause]:
    """Clauses without brackets: ``牵头单位:…`` and ``责任单位:…`` on lines of their own or after a sentence.

    Keys that follow each other, also over blank lines and a 完成时限 line, are one clause from the first key
    to the end of the last list of names.
    """
    found: list[Clause] = []
    inside = iter(taken)
    current = next(inside, None)
    run: list[tuple[int, int]] = []  # key start and end of the list of each key of the clause being gathered
    for index, token in enumerate(tokens):
        if token.kind != KEY:
            continue
        while current is not None and current.end <= token.start:
            current = next(inside, None)
        if current is not None and current.start <= token.start:
            continue
        if not _begins_statement(folded, tokens, index):
            continue
        end = _list_end(folded, tokens, index)
        if run and token.start >= run[-1][1] and not _only_filler(folded, run[-1][1], token.start):
            found.extend(_from_run(folded, run))
            run = []
        if not run or token.start >= run[-1][1]:
            run.append((token.start, end))
    found.extend(_from_run(folded, run))
    return found


def _begins_statement(folded: str, tokens: Sequence[Token], index: int) -> bool:
    if folded[tokens[index].start] in "【〔[":
        return True
    before = index - 1
    while before >= 0 and tokens[before].kind == BLANK:
        before -= 1
    if before < 0 or tokens[before].kind in (NEWLINE, MARKER):
        return True
    return folded[tokens[before].end - 1] in "。;,!?)]〕】"


def _list_end(folded: str, tokens: Sequence[Token], index: int) -> int:
    """Where the list of names of a key ends: at a full stop, an item marker or the line's end."""
    position = tokens[index].end
    for following in range(index + 1, len(tokens)):
        token = tokens[following]
        if token.kind == MARKER and folded[token.start] != "(":
            break
        if token.kind == NEWLINE:
            names = folded[tokens[index].end : token.start].strip()
            if names and names[-1] not in "、,":
                break
            continue
        if token.kind == KEY:
            break
        time_key = _TIME_KEY.search(folded, token.start, token.end)
        if time_key is not None:  # 责任单位:甲 完成时限:年底前
            break
        stop = folded.find("。", token.start, token.end)
        if stop >= 0:
            position = stop
            break
        if token.kind != BLANK:
            position = token.end
    while position > tokens[index].end and folded[position - 1] in " \t;,、":
        position -= 1
    return position


def _only_filler(folded: str, start: int, end: int) -> bool:
    if end - start > 200:
        return False
    between = _NUMBERED.sub("", _TIME_LINE.sub("", folded[start:end]))
    return not between.strip(" \t\r\n;,。、|")


def _from_run(folded: str, run: Sequence[tuple[int, int]]) -> list[Clause]:
    if not run:
        return []
    start, end = run[0][0], run[-1][1]
    # Lines and their numbers part the names, as 、 does; same length, so that positions stay.
    reading = read_parties(_BETWEEN_LINES.sub(lambda match: "、" * len(match[0]), folded[start:end]))
    if not reading.parties or not reading.keyed or not reading.plausible:
        return []
    return [Clause(start, end, _shift(reading, start), "lines", lead_told=_lead_told(reading))]
