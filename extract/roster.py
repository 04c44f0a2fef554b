"""The roster: a list of assessed units that a notice appends (附件2 …单位名单)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..model import RosterEntry, Span
from .parties import looks_like_party

_HEADING = re.compile(
    r"(?P<count>\d{1,3})?个?(?:部门和单位|部门|单位|成员单位|责任单位|考核对象|市县)名单\s*$"
)
_ITEM = re.compile(r"[(\[〔][^)\]〕]*[)\]〕]|([、,;。])")


@dataclass(frozen=True, slots=True)
class Roster:
    """The listed units, and the count that the heading declares (省政府53个部门和单位名单)."""

    entries: tuple[RosterEntry, ...]
    declared: int | None
    span: Span


def read_roster(
    text: str,
    folded: str,
    lines: Sequence[tuple[int, int]],
    resolve: Callable[[str], str | None] | None = None,
) -> Roster | None:
    """The last heading …名单 that a list of unit names follows; None where a notice has none."""
    for index in range(len(lines) - 2, -1, -1):
        start, end = lines[index]
        if end - start > 40 or (heading := _HEADING.search(folded, start, end)) is None:
            continue
        list_start, list_end = lines[index + 1]
        entries = _entries(text, folded, list_start, list_end, resolve or _unresolved)
        if len(entries) >= 3:
            declared = int(heading["count"]) if heading["count"] else None
            return Roster(entries, declared, Span(start, list_end))
    return None


def _unresolved(name: str) -> None:
    """No directory, no ids."""


def _entries(
    text: str, folded: str, start: int, end: int, resolve: Callable[[str], str | None]
) -> tuple[RosterEntry, ...]:
    found: list[RosterEntry] = []
    for match in [*_ITEM.finditer(folded, start, end), None]:
        if match is not None and not match[1]:
            continue
        stop = end if match is None else match.start()
        left, right = start, stop
        while left < right and folded[left].isspace():
            left += 1
        while right > left and folded[right - 1].isspace():
            right -= 1
        if left < right:
            if not looks_like_party(folded[left:right]):
                return ()
            name = text[left:right]
            found.append(RosterEntry(name, Span(left, right), resolve(name)))
        start = stop + 1
    return tuple(found)
