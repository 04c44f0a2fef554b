"""Quantities: the figures of a stretch that are targets, with metric, comparator, baseline and shares.

Total and linear; positions count in the notice's text. Rules serve the genre of government task notices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ...model import Quantity, Share, Span
from ..patterns import pattern
from .figures import Figure, figures
from .metrics import clause_start, direction_of, is_soft, metric_of
from .targets import Quotes, Reason, reason_of

_DIGIT = pattern(
    r"\d|百分之|分之|[二三四五六七八九十两百](?:个|家|户|所|座|项|条|套|场|次|批次|名|人|支|只|亩|公里|台|处|倍|成|万|千)"
)
_ALLOCATION = pattern(r"其中[,:、]?")
_PARTY = pattern(r"[、,和及;]*(?P<party>[\u4e00-\u9fff]{2,10}?)(?:各)?$")
_NO_PARTY = pattern(r"新增|达到|完成|建设|不低于|增长|提高|以上|下降|补贴|奖励|率")
_TIMES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that is no target, and why."""

    span: Span
    reason: Reason


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who has which part (其中,沈阳4.7万亩、…): all of one unit, two at least."""

    span: Span
    unit: str
    shares: tuple[Share, ...]

    def total(self) -> str:
        """The sum of the shares, exact."""
        return str(sum(Decimal(share.value) for share in self.shares))

    @staticmethod
    def differs(one: str, other: str) -> bool:
        """Whether two decimal strings mean different numbers."""
        return Decimal(one) != Decimal(other)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the figures of a stretch are; each of them is in one of the three."""

    quantities: tuple[Quantity, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    #: Those whose whole does not stand in front of them in the stretch.
    allocations: tuple[Allocation, ...] = ()


_NOTHING = Reading()


def read(text: str, folded: str, start: int, end: int) -> Reading:
    """Reads the figures of ``[start, end)``. ``folded`` is the folded view of ``text``; never raises."""
    if _DIGIT.search(folded, start, end) is None:
        return _NOTHING
    found = figures(folded, start, end)
    quotes = Quotes(folded, start, end)
    allocated, allocations = _allocations(text, folded, found, start, end)
    left_out: list[LeftOut] = []
    targets: list[tuple[Figure, str, Quantity]] = []
    metric = ""
    previous: Figure | None = None
    reason: Reason | None = None
    baseline: Figure | None = None
    scope = start
    reasons = _reasons(folded, found, start, end, quotes)
    for index, figure in enumerate(found):
        reason = Reason.SHARE if index in allocated else reasons[index]
        if reason is not None:
            left_out.append(LeftOut(Span(figure.start, figure.end), reason))
            if reason is Reason.BASELINE:
                baseline = figure
            elif reason is Reason.SCOPE:
                scope = figure.end
            continue
        if previous is not None and sentence_break(folded, previous.end, figure.start):
            metric, previous, baseline = "", None, None
        if baseline is not None:
            metric = _with_base(figure, baseline, folded, start, end)
        elif previous is None or not previous.shared:  # 9.5和8.7折通行费: both count the same
            last = index
            while found[last].shared and last + 1 < len(found):
                last += 1
            metric = metric_of(
                figure if last == index else replace(figure, end=found[last].end),
                previous,
                metric,
                folded,
                start=max(scope, start),
                end=end,
            )
        begin = clause_start(folded, start, figure.start)
        change = folded[max(begin, figure.start - 40) : figure.start]
        quantity = Quantity(
            Span(figure.start, figure.end),
            metric,
            figure.comparator,
            figure.value,
            figure.upper,
            figure.unit,
            None if baseline is None else _in_unit_of(baseline, figure),
            direction_of(metric + change),
            (),
            is_soft(folded, start, figure.start),
        )
        targets.append((figure, metric, quantity))
        previous, baseline = figure, None
    quantities = [quantity for _, _, quantity in targets]
    return Reading(*_joined(quantities, allocations, left_out))


def sentence_break(folded: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two places."""
    return any(folded.find(stop, start, end) >= 0 for stop in "。;\n")


def _reasons(
    folded: str, found: Sequence[Figure], start: int, end: int, quotes: Quotes
) -> list[Reason | None]:
    """Each figure's reason; one that shares a measure word shares the fate of the number that has it."""
    reasons: list[Reason | None] = []
    for figure in found:
        reasons.append(reason_of(figure, folded, clause_start(folded, start, figure.at), end, quotes))
    for index in range(len(found) - 2, -1, -1):
        here, there = found[index], found[index + 1]
        near = folded[here.end : there.at].strip() in ("、", "和", "及", "与")
        if near and (here.shared or not here.unit) and reasons[index + 1] is not None:
            reasons[index] = reasons[index + 1]
    return reasons


def _with_base(figure: Figure, baseline: Figure, folded: str, start: int, end: int) -> str:
    """由45天压缩到20天: the metric stands before the baseline."""
    words = metric_of(baseline, None, "", folded, start=start, end=baseline.end)
    for lead in ("由", "从", "自"):
        at = words.rfind(lead)
        if at > 0 and len(words) - at <= 8:
            words = words[:at]
        words = words.removesuffix(lead)
    return words.removeprefix("将").removeprefix("把") or metric_of(
        figure, baseline, "", folded, start=start, end=end
    )


def _in_unit_of(baseline: Figure, figure: Figure) -> str | None:
    """The baseline in the target's unit, exact: 9000万元 to 1亿元 is 0.9; None where they do not compare."""
    have, have_base = _times(baseline.unit)
    want, want_base = _times(figure.unit)
    if baseline.unit == figure.unit or not baseline.unit:
        return baseline.value
    if have_base != want_base:
        return None
    return format((Decimal(baseline.value).scaleb(have - want)).normalize(), "f")


def _times(unit: str) -> tuple[int, str]:
    power = 0
    while unit and unit[0] in _TIMES and unit not in ("千瓦", "千米", "千克", "千伏", "百分点"):
        power += _TIMES[unit[0]]
        unit = unit[1:]
    return power, unit


def _allocations(
    text: str, folded: str, found: Sequence[Figure], start: int, end: int
) -> tuple[set[int], list[Allocation]]:
    """Lists of places with figures behind 其中; the numbers of the figures that they take."""
    taken: set[int] = set()
    allocations = []
    for match in _ALLOCATION.finditer(folded, start, end):
        shares: list[Share] = []
        indices: list[int] = []
        position = match.end()
        for index in range(bisect_left(found, match.end(), key=lambda figure: figure.at), len(found)):
            figure = found[index]
            party = _PARTY.fullmatch(folded, position, figure.at)
            if party is None or figure.shared or not figure.unit or _NO_PARTY.search(party["party"]):
                break
            if shares and figure.unit != shares[0].unit:
                break
            name = Span(*party.span("party"))
            shares.append(Share(Span(name.start, figure.end), name.of(text), figure.value, figure.unit))
            indices.append(index)
            position = figure.end
        if len(shares) > 1:
            taken.update(indices)
            allocations.append(Allocation(Span(match.start(), position), shares[0].unit, tuple(shares)))
    return taken, allocations


def _joined(
    quantities: list[Quantity], allocations: list[Allocation], left_out: list[LeftOut]
) -> tuple[tuple[Quantity, ...], tuple[LeftOut, ...], tuple[Allocation, ...]]:
    """Gives each allocation to the quantity in front of it that has its unit."""
    alone = []
    for allocation in allocations:
        index = bisect_left(quantities, allocation.span.start, key=lambda quantity: quantity.span.start) - 1
        if index < 0 or quantities[index].unit != allocation.unit:
            alone.append(allocation)
        else:
            quantities[index] = replace(quantities[index], shares=allocation.shares)
    return tuple(quantities), tuple(left_out), tuple(alone)
