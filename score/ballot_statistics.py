"""What ballots tell beside scores: agreement with the indicators, the weight of one's own superior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import combinations

from .ballots import Ballot, ballot_nodes, ranks_of
from .decimals import comparable, divide, exactly, ranks
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
    """A unit's mean score and rank with all ballots, and without that of its own superior (分管领导)."""

    unit: str
    superior: str
    score: Decimal
    without: Decimal
    rank: int
    rank_without: int

    @property
    def change(self) -> Decimal:
        """What the superior's ballot adds."""
        return comparable(self.score) - comparable(self.without)


def superior_effects(
    ballots: Sequence[Ballot], superiors: Mapping[str, str], conversion: Conversion
) -> list[SuperiorEffect]:
    """The effect for each unit of ``superiors`` (unit: evaluator) whose superior voted and others did, too.

    The others' ranks are those without the same ballot: who would stand where if the superior had not voted.
    """
    units = list(dict.fromkeys(unit for ballot in ballots for unit in ballot.marks))
    whole = _placed(ballots, units, conversion)
    rest = {
        superior: _placed([b for b in ballots if b.voter != superior], units, conversion)
        for superior in dict.fromkeys(superiors.values())
        if any(ballot.voter == superior for ballot in ballots)
    }
    return [
        SuperiorEffect(
            unit, superior, whole[unit][0], rest[superior][unit][0], whole[unit][1], rest[superior][unit][1]
        )
        for unit, superior in superiors.items()
        if unit in whole and unit in rest.get(superior, {})
    ]


def _placed(
    ballots: Sequence[Ballot], units: Sequence[str], conversion: Conversion
) -> dict[str, tuple[Decimal, int]]:
    """Score and rank of each unit that these ballots judge."""
    nodes = ballot_nodes("全部", ballots, units, conversion)
    placed = ranks(node.value for node in nodes.values())
    return {unit: (node.value, rank) for (unit, node), rank in zip(nodes.items(), placed, strict=True)}


@dataclass(frozen=True, slots=True)
class VoterFigures:
    """How one evaluator's ballot stands to the others': the units judged, Kendall's τ of its scores against
    those of all ballots and against ``scores`` from elsewhere (indicators); None where nothing is told."""

    voter: str
    judged: int
    lowest: Decimal
    highest: Decimal
    with_all: Decimal | None
    with_scores: Decimal | None


def voter_figures(
    ballots: Sequence[Ballot], conversion: Conversion, scores: Mapping[str, Decimal]
) -> list[VoterFigures]:
    """The figures of each ballot, in their order; ``scores`` by unit, empty where there are none."""
    units = list(dict.fromkeys(unit for ballot in ballots for unit in ballot.marks))
    whole = {unit: score for unit, (score, _) in _placed(ballots, units, conversion).items()}
    found = []
    far = voter_spread(ballots)
    for ballot in ballots:
        low, high = far[ballot.voter]
        own = {unit: -rank for unit, rank in ranks_of(ballot, ties=conversion.ties).items()}
        found.append(
            VoterFigures(ballot.voter, len(own), low, high, agreement(own, whole), agreement(own, scores))
        )
    return found


def agreement(left: Mapping[str, Decimal], right: Mapping[str, Decimal]) -> Decimal | None:
    """Kendall's τ over the units that both have; None for fewer than two."""
    both = [unit for unit in left if unit in right]
    return (
        kendall_tau([left[unit] for unit in both], [right[unit] for unit in both]) if len(both) > 1 else None
    )


@exactly
def voter_spread(ballots: Sequence[Ballot]) -> dict[str, tuple[Decimal, Decimal]]:
    """Each evaluator's lowest and highest mark: who told hardly anything apart."""
    return {ballot.voter: (min(ballot.marks.values()), max(ballot.marks.values())) for ballot in ballots}
