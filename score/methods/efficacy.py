"""功效系数法: how far a result is on the way from the worst allowed to the satisfactory one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ..decimals import divide, exactly

#: Coefficients of the five grades 优、良、平均、较低、较差 (财统字〔1999〕6号).
COEFFICIENTS = tuple(Decimal(c) for c in ("1.0", "0.8", "0.6", "0.4", "0.2"))


class Anchors(NamedTuple):
    """满意值 and 不允许值."""

    best: Decimal
    worst: Decimal


@exactly
def efficacy(
    actual: Decimal,
    anchors: Anchors,
    *,
    base: Decimal = Decimal(60),
    scope: Decimal = Decimal(40),
    low: Decimal = Decimal(0),
    high: Decimal = Decimal(100),
) -> Decimal:
    """``d = base + scope·(x − x_s)/(x_h − x_s)``, kept within ``[low, high]``; the classical form is 60 + 40.

    A reverse indicator has its smaller anchor as the best. Equal anchors tell nothing apart: ``high``.
    Source: the textbook form 功效系数 d = (x − x_s)/(x_h − x_s)×40+60.
    """
    best, worst = anchors
    if best == worst:
        return high
    return min(max(base + divide(scope * (actual - worst), best - worst), low), high)


def group_anchors(values: Sequence[Decimal], *, reverse: bool = False) -> Anchors:
    """The best and the worst result of the group: scores become relative, and one unit more or less changes
    everybody's. Raises ValueError for an empty group."""
    if not values:
        raise ValueError("a group without results has no anchors")
    return Anchors(min(values), max(values)) if reverse else Anchors(max(values), min(values))


@exactly
def distance(actual: Decimal, ideal: Decimal) -> Decimal:
    """For a moderate indicator (适度指标): how far from the ideal value, to be scored as a reverse one."""
    return abs(actual - ideal)


@exactly
def tiered_efficacy(
    actual: Decimal,
    weight: Decimal,
    standards: Sequence[Decimal],
    coefficients: Sequence[Decimal] = COEFFICIENTS,
) -> Decimal:
    """The tiered form: 本档基础分 + (实际 − 本档标准)/(上档标准 − 本档标准)×(上档基础分 − 本档基础分).

    ``standards`` run from the best grade's to the worst's, falling or (a reverse indicator) rising; at or
    beyond the best the full weight, short of the worst 0. Raises ValueError where they do neither or are not
    as many as the coefficients. Source: 财统字〔1999〕6号 (国有资本金效绩评价计分方法).
    """
    tier = tier_of(actual, standards, coefficients)
    if tier is None:
        return Decimal(0)
    if tier == 0:
        return weight * coefficients[0]
    base, upper = weight * coefficients[tier], weight * coefficients[tier - 1]
    return base + divide((actual - standards[tier]) * (upper - base), standards[tier - 1] - standards[tier])


def tier_of(actual: Decimal, standards: Sequence[Decimal], coefficients: Sequence[Decimal]) -> int | None:
    """Index of the grade that a result reaches; None short of the worst. Raises ValueError."""
    if len(standards) != len(coefficients) or len(standards) < 2:
        raise ValueError(f"{len(standards)} standards for {len(coefficients)} coefficients")
    steps = [better - worse for better, worse in pairwise(standards)]
    if not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        raise ValueError("the standards must run from best to worst without a step back")
    rising = steps[0] > 0
    for index, standard in enumerate(standards):
        if (actual >= standard) if rising else (actual <= standard):
            return index
    return None
