"""Every combination of the readings of unclear sentences: how far each unit's score and rank may move, and
which sentence moves whom."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal

from ..model.collector import collector_paused
from .decimals import comparable, exactly, ranks
from .scoring import Scoring


@dataclass(frozen=True, slots=True)
class Range:
    """A unit's score and rank as chosen, and the ranges over all combinations."""

    unit: str
    score: Decimal
    rank: int
    lowest: Decimal
    highest: Decimal
    best_rank: int
    worst_rank: int


@dataclass(frozen=True, slots=True)
class Move:
    """What one reading alone, all others as chosen, does to a unit."""

    unit: str
    score: Decimal
    change: Decimal
    rank: int
    was: int


@dataclass(frozen=True, slots=True)
class Effect:
    """The moves of one reading that was not chosen; none: it changes neither a score nor a rank."""

    sentence: str
    question: str
    reading: str
    words: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """``combinations`` were computed; ``asked`` are the sentences that these inputs touch."""

    track: str
    combinations: int
    asked: tuple[str, ...]
    units: tuple[Range, ...]
    effects: tuple[Effect, ...]


@collector_paused()
@exactly
def simulate(scoring: Scoring) -> Simulation:
    """All combinations of the readings that the inputs touch; the others change nothing, whatever is chosen.

    A part that a reading does not touch is computed once (:class:`Scoring` remembers), so the number of
    combinations costs little.
    """
    pack = scoring.pack
    chosen = pack.chosen()
    readings = {sentence.id: [r.id for r in sentence.readings] for sentence in pack.unclear}
    asked: tuple[str, ...] = ()
    while True:
        found, more = _scored(scoring, chosen, {key: readings[key] for key in asked})
        if more <= set(asked):
            break
        asked = tuple(sorted(more | set(asked)))
    base = _scores(scoring, chosen)
    names = list(scoring.units)
    own = _ranked(base, names)
    low, high = dict(base), dict(base)
    best, worst = dict(own), dict(own)
    for scores in found:
        for name, rank in _ranked(scores, names).items():
            low[name], high[name] = min(low[name], scores[name]), max(high[name], scores[name])
            best[name], worst[name] = min(best[name], rank), max(worst[name], rank)
    units = [Range(n, base[n], own[n], low[n], high[n], best[n], worst[n]) for n in names]
    units.sort(key=lambda unit: (unit.rank, unit.unit))
    effects = [
        Effect(s.id, s.question, r.id, r.words, _moves(scoring, chosen | {s.id: r.id}, base, own))
        for s in pack.unclear
        for r in s.readings
        if r.id != s.chosen
    ]
    return Simulation(scoring.track, len(found), asked, tuple(units), tuple(effects))


def _scored(
    scoring: Scoring, chosen: dict[str, str], choices: dict[str, list[str]]
) -> tuple[list[dict[str, Decimal]], set[str]]:
    """The scores under each combination of these choices, and the sentences that any of them asked for."""
    asked: set[str] = set()
    found = []
    for combination in itertools.product(*choices.values()):
        readings = chosen | dict(zip(choices, combination, strict=True))
        found.append({unit: scoring.node(unit, readings, asked).value for unit in scoring.units})
    return found, asked


def _scores(scoring: Scoring, readings: dict[str, str]) -> dict[str, Decimal]:
    return {unit: scoring.node(unit, readings).value for unit in scoring.units}


def _ranked(scores: dict[str, Decimal], names: list[str]) -> dict[str, int]:
    return dict(zip(names, ranks(scores[name] for name in names), strict=True))


def _moves(
    scoring: Scoring, readings: dict[str, str], base: dict[str, Decimal], own: dict[str, int]
) -> tuple[Move, ...]:
    scores = _scores(scoring, readings)
    ranked = _ranked(scores, list(scores))
    return tuple(
        Move(unit, scores[unit], comparable(scores[unit] - base[unit]), ranked[unit], own[unit])
        for unit in scores
        if comparable(scores[unit]) != comparable(base[unit]) or ranked[unit] != own[unit]
    )
