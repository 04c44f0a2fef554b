"""Resolver: what names mean in one notice, by its region and its date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

# What a prefix written once is: 省发改委、工信厅. The longer one first.
_PREFIX = re.compile(r"(?:[\u4e00-\u9fff]{2,3}省|省)(?!委|直|级)")
# Names that have an owner of their own; no prefix is put before them.
_OWNED = re.compile(
    r"省|市|县|区|州|盟|旗|国家|国务院|中央|中国|全国|中共|人民银行|[\u4e00-\u9fff]{2,3}[省市县区]|各|有关|相关|团"
)


class Resolver:
    """Answers for one notice. Called with a name: the id of its unit, or None where that is not certain."""

    __slots__ = ("_find", "_known")

    def __init__(self, find: Callable[[str], str | None]) -> None:
        self._find = find
        #: Names are repeated many times in a notice.
        self._known: dict[str, str | None] = {}

    def __call__(self, name: str) -> str | None:
        try:
            return self._known[name]
        except KeyError:
            found = self._known[name] = self._find(name)
            return found

    def listed(self, names: Sequence[str]) -> list[str | None]:
        """The ids of names that stand in one list: a prefix written once (省发改委、工信厅) counts for those
        behind it that mean nothing by themselves, until a name with another owner comes. An empty name
        stands for what is no unit, and ends the prefix."""
        found = [self(name) for name in names]
        if None not in found or len(found) < 2:
            return found
        prefix: str | None = None
        for index, name in enumerate(names):
            if found[index] is not None:
                written = _PREFIX.match(name)
                prefix = written.group() if written else None
            elif prefix is not None and name and _OWNED.match(name) is None:
                found[index] = self(prefix + name)
            else:
                prefix = None
        return found

    def longest_at(self, text: str, start: int, longest: int) -> tuple[int, str] | None:
        """End and id of the longest name that begins at ``start``; None where none does. A name is not taken
        out of a longer word: 大连海关 is not 大连."""
        for end in range(min(len(text), start + longest), start + 1, -1):
            unit = self(text[start:end])
            if unit is not None:
                return end, unit
        return None


def days_of(on: str | None) -> tuple[str, str] | None:
    """First and last day that an ISO date, ``YYYY-MM`` or ``YYYY`` covers; None for None."""
    if on is None:
        return None
    return (on + "-01-01"[len(on) - 4 :] if len(on) < 10 else on), (on + "-12-31"[len(on) - 4 :])


def only(ids: Iterable[str]) -> str | None:
    """The one id there is; None for none or several: which one is meant would be a guess."""
    different = set(ids)
    return different.pop() if len(different) == 1 else None
