"""完成比例法: the share of the target that was reached."""

from __future__ import annotations

from decimal import Decimal

from ..decimals import divide, exactly

#: The forms of a ratio, see :func:`ratio`.
FORMS = ("level", "reverse", "distance", "baseline")


def form_of(target: Decimal, *, reverse: bool = False, baseline: Decimal | None = None) -> str:
    """Which form fits: from a baseline where there is one; a ratio of levels makes no sense at a target of
    0 or below, there the distance to it counts."""
    if baseline is not None:
        return "baseline"
    if target <= 0:
        return "distance"
    return "reverse" if reverse else "level"


@exactly
def ratio(
    actual: Decimal, target: Decimal, *, reverse: bool = False, baseline: Decimal | None = None
) -> Decimal:
    """The share reached, not below 0 and not cut above.

    * level: x/t (新增贷款 2350 of 2600; also a reduction rate, 下降 3.0% of 3.2%);
    * reverse: t/x where less is better (失业率 within 4.5); 1 at x ≤ 0;
    * distance: 1 − shortfall/|t| for t < 0; at t = 0 the target is met or not: 1 or 0;
    * baseline: (x − b)/(t − b), the way gone from where it began, up or down.

    Raises ValueError where the baseline is the target already.
    Source: 比率法 "A/B×100%×相应的分数" (facts of the field: 池州2004, 未完成的按完成比例得分).
    """
    form = form_of(target, reverse=reverse, baseline=baseline)
    if form == "baseline":
        assert baseline is not None
        if baseline == target:
            raise ValueError("the baseline is the target: no way to go")
        return max(divide(actual - baseline, target - baseline), Decimal(0))
    if form == "distance":
        shortfall = actual - target if reverse else target - actual
        if target == 0:
            return Decimal(1) if shortfall <= 0 else Decimal(0)
        return max(1 - divide(shortfall, abs(target)), Decimal(0))
    if form == "reverse":
        return max(divide(target, actual), Decimal(0)) if actual > 0 else Decimal(1)
    return max(divide(actual, target), Decimal(0))


@exactly
def completion(
    actual: Decimal,
    target: Decimal,
    full: Decimal = Decimal(100),
    *,
    reverse: bool = False,
    baseline: Decimal | None = None,
    threshold: Decimal | None = None,
    most: Decimal = Decimal(1),
) -> Decimal:
    """``full·min(most, share)``; 0 where the share is below ``threshold`` (低于80%不得分).

    ``most`` above 1 gives credit for over-fulfilment up to that share.
    """
    share = ratio(actual, target, reverse=reverse, baseline=baseline)
    if threshold is not None and share < threshold:
        return Decimal(0)
    return full * min(share, most)
