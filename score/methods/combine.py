"""加权 and 平均: several scores become one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..decimals import divide, exactly


@exactly
def weighted(values: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal:
    """``Σ w·x``. Raises ValueError where the weights do not sum to 1 or are not as many as the values."""
    if len(values) != len(weights) or sum(weights, Decimal(0)) != 1:
        raise ValueError("weights must sum to 1, one for each value")
    return sum((w * x for w, x in zip(weights, values, strict=True)), Decimal(0))


@exactly
def mean(values: Sequence[Decimal]) -> Decimal:
    """The arithmetic mean. Raises ValueError without values."""
    if not values:
        raise ValueError("no values, no mean")
    return divide(sum(values, Decimal(0)), Decimal(len(values)))


def trimmed(values: Sequence[Decimal], *, more_than: int = 5) -> list[Decimal]:
    """The values without one highest and one lowest where there are more than five (去掉最高最低分)."""
    ordered = sorted(values)
    return ordered[1:-1] if len(ordered) > more_than else ordered
