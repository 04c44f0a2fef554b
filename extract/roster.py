"""The roster: a list of assessed units that a notice appends (附件2 …单位名单)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model import RosterEntry, Span
from .names import looks_like_party
from .page import Line, Page, trim
from .patterns import pattern

if TYPE_CHECKING:
    from ..model.units import Resolver

# The heading of the list: 省政府53个部门和单位名单.
_HEADING = pattern(r"(?P<count>\d{1,3})?个?(?:部门和单位|部门|单位|成员单位|责任单位|考核对象|市县)名单\s*$")
# What parts the names, but not inside a bracket.
_SEPARATOR = pattern(r"[(\[〔][^()\[\]〔〕]*[)\]〕]|([、,;。])")
#: A heading is no longer, and fewer names are no roster.
_LONGEST_HEADING, _FEWEST = 40, 3


class Roster(NamedTuple):
    """The listed units, and the count that the heading declares (省政府53个部门和单位名单)."""

    entries: tuple[RosterEntry, ...]
    declared: int | None
    span: Span


def read_roster(page: Page, resolve: Resolver | None = None) -> Roster | None:
    """The last heading …名单 that a line of unit names follows; None where a notice has none."""
    lines = page.lines
    for index in range(len(lines) - 2, -1, -1):
        start, end = lines[index]
        if end - start > _LONGEST_HEADING:
            continue
        heading = _HEADING.search(page.folded, start, end)
        if heading is None:
            continue
        entries = _entries(page, lines[index + 1], resolve)
        if len(entries) >= _FEWEST:
            declared = int(heading["count"]) if heading["count"] else None
            return Roster(entries, declared, Span(start, lines[index + 1][1]))
    return None


def _entries(page: Page, line: Line, resolve: Resolver | None) -> tuple[RosterEntry, ...]:
    """The names of a line; none when one of them is no unit's name."""
    start, end = line
    stops = [match.start() for match in _SEPARATOR.finditer(page.folded, start, end) if match[1]]
    found: list[RosterEntry] = []
    for stop in (*stops, end):
        left, right = trim(page.folded, start, stop)
        if left < right:
            if not looks_like_party(page.folded[left:right]):
                return ()
            name = page.text[left:right]
            found.append(RosterEntry(name, Span(left, right), resolve(name) if resolve else None))
        start = stop + 1
    return tuple(found)
