"""What ballots tell beside scores: agreement with the indicators, the weight of one's own superior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import combinations

from .ballots import Ballot, ballot_nodes
from .decimals import comparable, divide, exactly
from .pack import Conversion

_ROOT = Context(prec=40)


@exactly
def kendall_tau(left: Sequence[Decimal], right: Sequence[Decimal]) -> Decimal | None:
    """Kendall's τ-b of two rows of scores, between −1 and 1, ties taken into account; None where one of them
    tells nothing apart. Source: Kendall, The treatment of ties in ranking problems (1945).

    Raises ValueError for rows of different length.
    """
    if len(left) != len(right):
        raise ValueError("both rows must have the same units")
    agree = tied_left = tied_right = pairs = 0
    for (a, x), (b, y) in combinations(zip(map(comparable, left), map(comparable, right), strict=True), 2):
        pairs += 1
        tied_left += a == b
        tied_right += x == y
        agree += ((a > b) - (a < b)) * ((x > y) - (x < y))
    free = (pairs - tied_left) * (pairs - tied_right)
    if free == 0:
        return None
    return divide(Decimal(agree), Decimal(free).sqrt(_ROOT))


@dataclass(frozen=True, slots=True)
class SuperiorEffect:
    """A unit's mean score with all ballots and without that of its own superior (分管领导)."""

    unit: str
    superior: str
    score: Decimal
    without: Decimal

    @property
    def change(self) -> Decimal:
        """What the superior's ballot adds."""
        return comparable(self.score) - comparable(self.without)


def superior_effects(
    ballots: Sequence[Ballot], superiors: Mapping[str, str], conversion: Conversion
) -> list[SuperiorEffect]:
    """The effect for each unit of ``superiors`` (unit: evaluator) that others judged, too."""
    units = list(dict.fromkeys(unit for ballot in ballots for unit in ballot.marks))
    nodes = ballot_nodes("全部", ballots, units, conversion)
    found = []
    for unit, superior in superiors.items():
        others = [ballot for ballot in ballots if ballot.voter != superior]
        rest = ballot_nodes("其他", others, units, conversion)
        if unit in nodes and unit in rest and len(others) < len(ballots):
            found.append(SuperiorEffect(unit, superior, nodes[unit].value, rest[unit].value))
    return found


@exactly
def voter_spread(ballots: Sequence[Ballot]) -> dict[str, tuple[Decimal, Decimal]]:
    """Each evaluator's lowest and highest mark: who told hardly anything apart."""
    return {ballot.voter: (min(ballot.marks.values()), max(ballot.marks.values())) for ballot in ballots}
