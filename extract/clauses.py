"""Clauses in brackets: (责任单位:…), (X牵头,Y配合), (省财政厅) behind a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..model import Role
from .brackets import Group
from .lexer import BOXED_KEY, ROLE_KEY
from .names import ends_as_unit, looks_like_party
from .parties import Named, Reading, read_parties
from .patterns import pattern

#: A clause that names every department of a province has about 600 characters; what is longer is none.
LONGEST = 2400
#: A clause stands in so many other brackets at most.
_DEEPEST = 6


class Clause(NamedTuple):
    """A clause ``[start, end)`` and its parties, positions counted in the text."""

    start: int
    end: int
    parties: tuple[Named, ...]
    #: ``bracket``, ``lines`` or ``cell``.
    form: str
    #: A clause in brackets whose closing bracket is missing.
    unclosed: bool = False

    @property
    def lead_told(self) -> bool:
        """Whether the clause's own words make somebody the lead."""
        return any(named.role is Role.LEAD for named in self.parties)


# The inside begins with a role key: (责任单位:省财政厅), (注:牵头单位 省财政厅).
_STARTS_WITH_KEY = pattern(
    rf"\s*(?:注:|以上|上述)?(?:任务|工作|措施)?\s*(?:{ROLE_KEY}|{BOXED_KEY}|(?:牵头|责任|配合)(?:责任)?(?:单位|部门)"
    rf"|(?:[\u4e00-\u9fff]{{0,4}}(?:领导|责任人|负责人|联系人)) ?:[^;,]{{1,40}}[;,] ?{ROLE_KEY})"
)
# Words of sentences, not of lists: (详见附件), (不得由省财政厅负责), (含省财政厅).
_PROSE = pattern(r"[《》!?]|应当|可以|不得|要求|如下|以下简称|详见|是指|包括|除外|^含")
# Verbs that leave no doubt that a bracket assigns: (市发改、财政、住建按职责分工负责), (市发改委牵头,…).
_BY_DUTY = pattern(r"按照?(?:各自|部门)?(?:职责|职能)(?:分工)?|牵头[,;]")
# How the name of a unit begins where its end tells nothing: 省电力, 各商会, 国网.
_NAME_HEAD = pattern(r"[省市县区州国各有相属团]")
# A hard line end inside a bracket, with a page mark (— 3 —) perhaps.
_WRAP = pattern(r"\s*(?:\r\n|\r|\n)(?:\s*[-—] ?\d+ ?[-—]\s*(?:\r\n|\r|\n))?\s*")
#: Behind these a list of names in brackets, without any role word, assigns the sentence.
_SENTENCE_END = frozenset("。;!?”")


def bracket_clauses(folded: str, groups: Sequence[Group]) -> list[Clause]:
    """The groups that are clauses, in order; nothing inside an accepted one is looked at again. Linear."""
    found: list[Clause] = []
    reached = -1
    around: list[int] = []  # ends of the groups around that were looked at and are no clauses
    for group in groups:
        while around and around[-1] <= group.start:
            around.pop()
        if group.start < reached or len(around) >= _DEEPEST:
            continue
        clause = _from_group(folded, group)
        if clause is not None:
            found.append(clause)
            reached = clause.end
        elif group.closed and group.end - group.start <= LONGEST:
            around.append(group.end)
    return found


def _from_group(folded: str, group: Group) -> Clause | None:
    start, end, closed = group
    keyed = _STARTS_WITH_KEY.match(folded, start + 1, end)
    if not closed:
        if not keyed:
            return None
        end = _unclosed_end(folded, start, end)
    if not 3 < end - start <= LONGEST:
        return None
    content = folded[start + 1 : end - 1 if closed else end]
    places: list[int] | None = None
    if "\n" in content or "\r" in content:
        content, places = unwrap(content)
        keyed = keyed or _STARTS_WITH_KEY.match(content)
    reading = read_parties(content)
    if not reading.parties:
        return None
    if keyed:
        if not _believable(content, reading) or (places is not None and not reading.plausible):
            return None
    elif reading.verbal:
        if not _assigns(content, reading):
            return None
    elif not _is_bare_list(content, reading) or folded[start - 1 : start] not in _SENTENCE_END:
        return None
    return Clause(start, end, moved(reading, start + 1, places), "bracket", not closed)


def _unclosed_end(folded: str, start: int, end: int) -> int:
    """A clause whose bracket is never closed ends at the full stop or with its line."""
    stop = folded.find("。", start, min(end, start + LONGEST))
    return end if stop < 0 else stop


def _names(content: str, reading: Reading) -> list[str]:
    return [content[named.start : named.end] for named in reading.parties]


def _believable(content: str, reading: Reading) -> bool:
    """A keyed list may hold names of any form, but prose (各责任单位要按照…) is no list."""
    if reading.plausible:
        return True
    names = _names(content, reading)
    return any(looks_like_party(name) for name in names) or all(len(name) <= 12 for name in names)


def _assigns(content: str, reading: Reading) -> bool:
    """Names before a role verb: all look like units, or the verb leaves no doubt and one of them does."""
    if reading.plausible and not _PROSE.search(content):
        return True
    names = _names(content, reading)
    likely = sum(looks_like_party(name) for name in names)
    if _BY_DUTY.search(content):
        if likely:
            return all(len(name) <= 40 for name in names)
        return all(len(name) <= 8 for name in names)  # 市发改、财政、住建按职责分工负责
    return 2 * likely >= len(names) and not _PROSE.search(content) and all(len(name) <= 24 for name in names)


def _is_bare_list(content: str, reading: Reading) -> bool:
    """Whether there are but names, without any role word, each beginning or ending as a unit's does."""
    if _PROSE.search(content) or not reading.plausible:
        return False
    return all(_NAME_HEAD.match(name) or ends_as_unit(name) for name in _names(content, reading))


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


def moved(reading: Reading, by: int, places: Sequence[int] | None = None) -> tuple[Named, ...]:
    """A reading's parties with positions in the text; content begins at ``by``, ``places`` undo unwrap."""
    if places is None:
        return tuple(Named(n.start + by, n.end + by, n.role, n.kind) for n in reading.parties)
    return tuple(
        Named(places[n.start] + by, places[n.end - 1] + 1 + by, n.role, n.kind) for n in reading.parties
    )
