"""Suggesting: the names of a notice that no directory knows, with units they may mean. A person confirms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..folding import fold_name
from ..party import Party, PartyKind
from .directory import UnitDirectory
from .groups import group_words

#: Names less alike than this are no help.
_ALIKE = 60.0
_MOST = 3


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of one name. ``status``: ``unit``, ``group`` (the directory has its members, or knows that
    nobody does), ``open`` (a group told by its words alone: 有关部门) or ``unknown``."""

    text: str
    mentions: int
    status: str
    #: Id of the unit or group; for an open group what its words tell.
    id: str | None


@dataclass(frozen=True, slots=True)
class LikelyUnit:
    """A unit that a name may mean. ``score``: rapidfuzz ``ratio``, 0 to 100. Never taken without a person."""

    unit: str
    name: str
    score: float


def resolutions(parties: Iterable[Party], directory: UnitDirectory) -> tuple[Resolution, ...]:
    """Every different name with what it was resolved to, unknown ones first, then the most frequent."""
    counts: Counter[tuple[str, PartyKind, str | None]] = Counter()
    for party in parties:
        counts[party.text, party.kind, party.unit] += 1
    found = [
        Resolution(text, mentions, *_status(text, kind, unit, directory))
        for (text, kind, unit), mentions in counts.items()
    ]
    order = ("unknown", "open", "group", "unit")
    return tuple(sorted(found, key=lambda r: (order.index(r.status), -r.mentions, r.text, r.id or "")))


def _status(text: str, kind: PartyKind, unit: str | None, directory: UnitDirectory) -> tuple[str, str | None]:
    if unit is not None:
        return "unit", unit
    if group := directory.group_of_text(text):
        return "group", group.id
    if kind is PartyKind.GROUP and (words := group_words(text)):
        return "open", words.kind + (f":{words.size}" if words.size is not None else "")
    return "unknown", None


def likely_units(name: str, directory: UnitDirectory) -> tuple[LikelyUnit, ...]:
    """Up to three units with a name like ``name``, the likeliest first; loads rapidfuzz.

    Only a hint: 省残联 and 省文联 are as alike as 省工信厅 and 省工业和信息化厅.
    """
    from rapidfuzz import fuzz, process

    names = list(directory.all_names())
    found: dict[str, LikelyUnit] = {}
    for text, score, index in process.extract(
        fold_name(name),
        [fold_name(text) for text, _ in names],
        scorer=fuzz.ratio,
        limit=20,
        score_cutoff=_ALIKE,
    ):
        unit = names[index][1]
        found.setdefault(unit, LikelyUnit(unit, text, round(score, 1)))
    return tuple(sorted(found.values(), key=lambda likely: (-likely.score, likely.unit))[:_MOST])
