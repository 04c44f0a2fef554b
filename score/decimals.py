"""Numbers of scores: exact decimals, divisions to forty digits, rounded only for print."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable
from decimal import Context, Decimal
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

#: Sums and products are exact or raise: no score loses a digit on its way. (A bare ``/`` raises, too.)
EXACT = Context(
    prec=400,
    rounding=decimal.ROUND_HALF_EVEN,
    traps=[
        decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow, decimal.Inexact,
        decimal.FloatOperation,
    ],
)  # fmt: skip
_QUOTIENT = Context(
    prec=40,
    rounding=decimal.ROUND_HALF_EVEN,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
#: Digits that a number from outside may have: more is no achievement but a broken export.
MOST_DIGITS = 30
#: Scores that differ by less are equal: only the rounding of divisions is so small.
_NOISE = Decimal("1e-30")
_PRINT = Context(prec=450, rounding=decimal.ROUND_HALF_UP)


def exactly(function: Callable[P, T]) -> Callable[P, T]:
    """Runs a function in the exact context, whatever context its caller has."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if decimal.getcontext().prec == EXACT.prec:
            return function(*args, **kwargs)
        with decimal.localcontext(EXACT):
            return function(*args, **kwargs)

    return run


def divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The quotient to forty significant digits. Raises ZeroDivisionError for a divisor of 0."""
    return _QUOTIENT.divide(dividend, divisor)


def number(value: object) -> Decimal:
    """A decimal from a text, an integer or a decimal. Raises ValueError for anything else: a float has lost
    what was written, NaN and infinity are no scores, and beyond thirty digits something is broken."""
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise ValueError(f"{value!r} is no decimal number")
    try:
        made = Decimal(value.strip() if isinstance(value, str) else value)
    except decimal.InvalidOperation:
        raise ValueError(f"{value!r} is no decimal number") from None
    exponent = made.as_tuple().exponent
    if not isinstance(exponent, int) or made.adjusted() > MOST_DIGITS or exponent < -MOST_DIGITS:
        raise ValueError(f"{value!r} is no number of at most {MOST_DIGITS} digits")
    return made


def percentage(value: object) -> Decimal:
    """A share written as ``70%`` or ``0.7``. Raises ValueError."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        return number(value.rstrip()[:-1]).scaleb(-2, EXACT)
    return number(value)


def plain(value: Decimal) -> str:
    """The exact value as text: no exponent, no zeros at its end (``91.70`` is ``91.7``)."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def printed(value: Decimal, digits: int = 2) -> str:
    """The value rounded half up (四舍五入) for people; nothing is ever computed from it."""
    return format(value.quantize(Decimal(1).scaleb(-digits), context=_PRINT), "f")


def comparable(value: Decimal) -> Decimal:
    """The value without the rounding noise of divisions, for comparing scores."""
    return value.quantize(_NOISE, context=_PRINT)


def ranks(scores: Iterable[Decimal]) -> list[int]:
    """The rank of each score, the highest first; equal scores share a rank: 1, 2, 2, 4."""
    keys = [comparable(score) for score in scores]
    first: dict[Decimal, int] = {}
    for place, key in enumerate(sorted(keys, reverse=True), start=1):
        first.setdefault(key, place)
    return [first[key] for key in keys]
