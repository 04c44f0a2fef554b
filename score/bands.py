"""Bands (等次): by share of the ranks, and by score; and how far the results spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from .decimals import comparable, exactly
from .methods.combine import mean
from .pack import RulePack

_ROOT = Context(prec=40)


@exactly
def bands_of(pack: RulePack, scored: Sequence[tuple[Decimal, int]]) -> list[dict[str, str]]:
    """The band of each ``(score, rank)`` by each scheme of the pack.

    quota: a band takes at most its share of the units (30% of 14 is 4), shares added up from the top; units
    of one rank stay together, in the lower band where not all of them fit. floor: the first band whose least
    score is reached.
    """
    quota = [band for band in pack.bands if band.scheme == "quota"]
    floor = [band for band in pack.bands if band.scheme == "floor"]
    sizes = Counter(rank for _, rank in scored)
    made = []
    for score, rank in scored:
        told: dict[str, str] = {}
        last = rank + sizes[rank] - 1
        reached = Decimal(0)
        for band in quota:
            reached += band.share or Decimal(0)
            if last <= reached * len(scored):
                told["quota"] = band.name
                break
        for band in floor:
            if band.least is not None and score >= band.least:
                told["floor"] = band.name
                break
        made.append(told)
    return made


@dataclass(frozen=True, slots=True)
class Spread:
    """How far results lie apart (拉开等次). ``deviation`` is the population's standard deviation,
    ``ties`` the units that share their score with another."""

    count: int
    highest: Decimal
    lowest: Decimal
    mean: Decimal
    deviation: Decimal
    ties: int


@exactly
def spread(scores: Sequence[Decimal]) -> Spread:
    """The spread of scores. Raises ValueError without any."""
    middle = mean(scores)
    squares = mean([comparable(score - middle) * comparable(score - middle) for score in scores])
    counts = Counter(comparable(score) for score in scores)
    ties = sum(count for count in counts.values() if count > 1)
    return Spread(len(scores), max(scores), min(scores), middle, squares.sqrt(_ROOT), ties)
