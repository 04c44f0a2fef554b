"""Pictures of 考评结果通报: the ranking of each track, and what its units' scores are made of."""

from __future__ import annotations

from decimal import Decimal

from ...score.breakdown import Breakdown
from ...score.decimals import exactly, printed
from ...score.pack import TOTAL
from ..wording import Wording
from .appraisal import Appraisal, ScoredTrack
from .document import Picture


def score_charts(appraisal: Appraisal, words: Wording) -> tuple[Picture, ...]:
    """Two pictures a track, more for a long one; none of a track of one unit. Raises ChartFontError."""
    from ..charts import Composed, Ranked, composition, ranking

    made: list[Picture] = []
    for track in appraisal.tracks:
        if len(track.units) < 2:
            continue
        ranked = tuple(Ranked(unit.rank, unit.unit, _cents(unit.score), unit.band) for unit in track.units)
        composed = tuple(
            Composed(unit.unit, parts_of(appraisal, track, track.apart[unit.unit])) for unit in track.units
        )
        made += ranking(ranked, title=words.say("chart_ranking", track=track.name))
        made += composition(composed, title=words.say("chart_composition", track=track.name))
    return tuple(made)


@exactly
def parts_of(appraisal: Appraisal, track: ScoredTrack, apart: Breakdown) -> dict[str, Decimal]:
    """What each part brings to the score: its value times its weight, rounded so that they sum to what is
    published; then bonus, and deduction below zero."""
    weights = {part.name: part.weight for part in appraisal.pack.children(track.key, TOTAL)}
    exact = {node.name: node.value * (weights.get(node.name) or 1) for node in apart.parts}
    exact |= {"加分": apart.bonus, "减分": -apart.deduction}
    parts = {name: _cents(value) for name, value in exact.items()}
    total = sum(exact.values(), Decimal(0))
    if apart.parts and total == apart.total.value:
        # A hundredth that rounding lost or won goes to the first part.
        first = apart.parts[0].name
        parts[first] += _cents(apart.total.value) - sum(parts.values(), Decimal(0))
    return {name: value for name, value in parts.items() if value}


def _cents(value: Decimal) -> Decimal:
    return Decimal(printed(value))
