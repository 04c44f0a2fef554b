"""Marks that are taken off, set by bands, or given whole: 直接扣分法、分档赋分、0–1 法."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from ..decimals import exactly


@exactly
def direct_deduction(full: Decimal, deductions: Iterable[Decimal], *, floor: Decimal = Decimal(0)) -> Decimal:
    """``max(floor, full − Σd)``: without anything found the full mark, and nothing is ever added (扣完为止).

    Raises ValueError for a negative deduction. Source: 直接扣分法 / 减分法 (辽政办发〔2018〕10号 六(二)2, 3).
    """
    taken = list(deductions)
    if any(amount < 0 for amount in taken):
        raise ValueError("a deduction cannot be negative")
    return max(floor, full - sum(taken, Decimal(0)))


def banded(
    actual: Decimal,
    bands: Sequence[tuple[Decimal, Decimal]],
    otherwise: Decimal = Decimal(0),
    *,
    reverse: bool = False,
) -> Decimal:
    """The mark of the first band that the result reaches: ``(limit, mark)`` from best to worst, limits
    included; ``reverse``: at most the limit (25 日内 15 分, 30 日内 10 分, else 0).

    Raises ValueError where limits or marks do not run from best to worst. Source: 层差法 / 区间赋分.
    """
    for (limit, mark), (worse, less) in pairwise(bands):
        if limit == worse or (limit < worse) != reverse or mark < less:
            raise ValueError("bands must run from best to worst")
    if bands and bands[-1][1] < otherwise:
        raise ValueError("bands must run from best to worst")
    for limit, mark in bands:
        if (actual <= limit) if reverse else (actual >= limit):
            return mark
    return otherwise


def all_or_nothing(actual: Decimal, target: Decimal, full: Decimal, *, reverse: bool = False) -> Decimal:
    """``full`` where the target is met, else 0. Source: 非此即彼法 (0–1 法)."""
    met = actual <= target if reverse else actual >= target
    return full if met else Decimal(0)
