"""位次法: a rank becomes a score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ..decimals import comparable, divide, exactly


@exactly
def rank_linear(
    rank: Decimal, count: int, top: Decimal = Decimal(100), bottom: Decimal = Decimal(60)
) -> Decimal:
    """``top − (top − bottom)·(r − 1)/(N − 1)``: the first gets ``top``, the last ``bottom``; alone, ``top``.

    Raises ValueError for a rank outside 1…N.
    """
    _check(rank, count)
    if count == 1:
        return top
    return top - divide((top - bottom) * (rank - 1), Decimal(count - 1))


@exactly
def rank_step(
    rank: Decimal, count: int, full: Decimal = Decimal(100), step: Decimal = Decimal("0.02")
) -> Decimal:
    """The first gets ``full``, each rank further takes off the same share ``step`` of it, not below 0.

    Source: 瑞安2012 "第一名得基本分200分,名次每降低1位减基本分2%".
    """
    _check(rank, count)
    return max(full - full * step * (rank - 1), Decimal(0))


@exactly
def rank_bands(rank: Decimal, count: int, quotas: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The mark of the band that the rank falls in: ``(share of N, mark)``, best first, shares added up;
    behind all shares the last mark. A unit is in a band while its rank is at most the added share of N.

    Raises ValueError for no band, shares that exceed 1, marks that rise.
    """
    _check(rank, count)
    marks = [mark for _, mark in quotas]
    if not quotas or sum((share for share, _ in quotas), Decimal(0)) > 1:
        raise ValueError("shares of bands must add up to at most 1")
    if any(better < worse for better, worse in pairwise(marks)):
        raise ValueError("bands must run from best to worst")
    reached = Decimal(0)
    for share, mark in quotas:
        reached += share
        if rank <= reached * count:
            return mark
    return marks[-1]


@exactly
def share_of_first(actual: Decimal, first: Decimal, full: Decimal = Decimal(100)) -> Decimal:
    """``full·x/x₁``: the others in proportion to the first (按第1名的比例得分). A first of 0: all ``full``.

    Raises ValueError for a first below 0 or a result above it.
    """
    if first < 0 or actual > first:
        raise ValueError("the first must be the largest and not negative")
    return full if first == 0 else divide(full * max(actual, Decimal(0)), first)


def shared_ranks(values: Sequence[Decimal], *, ties: str = "mean", reverse: bool = False) -> list[Decimal]:
    """The rank of each value, best first. ``ties``: ``mean`` gives equal values the mean of their places,
    ``min`` the best of them (1, 2, 2, 4). Raises ValueError for another word."""
    if ties not in ("mean", "min"):
        raise ValueError(f"ties must be mean or min, not {ties!r}")
    keys = [comparable(value) for value in values]
    places: dict[Decimal, list[int]] = {}
    for place, key in enumerate(sorted(keys, reverse=not reverse), start=1):
        places.setdefault(key, []).append(place)
    chosen = {
        key: Decimal(at[0]) if ties == "min" else divide(Decimal(at[0] + at[-1]), Decimal(2))
        for key, at in places.items()
    }
    return [chosen[key] for key in keys]


def _check(rank: Decimal, count: int) -> None:
    if count < 1 or not 1 <= rank <= count:
        raise ValueError(f"rank {rank} is not one of 1…{count}")
