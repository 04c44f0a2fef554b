"""An appraisal for documents: scored now, or a locked round whose results still hold."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ...model.errors import RoundError, UsageError
from ...output.official.appraisal import Appraisal, ScoredTrack
from ...output.official.kind import full_width
from ...score import rounds as book
from ...score.bands import bands_of
from ...score.breakdown import breakdown
from ...score.decimals import ranks
from ...score.inputs import load_inputs
from ...score.pack import RulePack
from ...score.recompute import faults
from ...score.results import TaskResult
from ...score.scoring import Scoring, TrackScores, UnitScore
from ...score.trace import node_from_dict
from ..console import say
from ..rule_packs import find_pack
from ..score_command import readings_of, scores_to_dict
from ..score_rounds import book_of
from ..score_source import prepare
from .job import Job

_REMEDY = "请用 --rules 写锁定时的规则"


def appraisal(job: Job) -> Appraisal:
    """What ``--inputs``, the registry on ``--as-of``, or the round ``--name`` gives.

    Raises UsageError, RulesError, InputsError, RoundError where a locked round does not hold.
    """
    options = job.options
    if (options.name is None) == (options.inputs is None and options.as_of is None):
        raise UsageError(
            "要写成绩从哪里来",
            remedy="请用 --inputs 写成绩文件，--as-of 写截至哪一天（从登记库），或 --name 写已锁定的轮次",
        )
    if options.name is not None:
        return _locked(job)
    pack = find_pack(options.rules, options.year)
    readings = readings_of(options, pack)
    # Who scores from a file alone may name a registry for other kinds: it is not looked at.
    alone = {"registry": None, "notice": None} if options.as_of is None else {"registry": job.target}
    inputs = prepare(argparse.Namespace(**(vars(options) | alone)), pack, readings).inputs
    scored = [Scoring(pack, one).scores(readings) for one in inputs]
    results = [result for one in inputs for result in one.results]
    return _taken_apart(pack, readings, scored, results, ())


def _locked(job: Job) -> Appraisal:
    """The results that were locked, once they were found to hold: every formula gives its value, ranks and
    bands are those of the scores, and inputs that were kept give the same results by the rules of today."""
    options = job.options
    path = book_of(options.rounds)
    state = book.state_of(path, options.name)
    content = next(record.content for record in reversed(state.history) if "results" in record.content)
    pack = find_pack(options.rules or content["pack"], options.year)
    readings = content["readings"]
    scored = [_scores(track, readings) for track in state.results["tracks"]]
    place = f"{path} {options.name}"
    for track in scored:
        _check(track, pack.under(readings), place)
    results: list[TaskResult] = []
    if content.get("inputs") is not None and "registry" not in content and not content.get("ballots"):
        inputs = load_inputs(content["inputs"], options.name, pack)
        results = [result for one in inputs for result in one.results]
        again = [scores_to_dict(Scoring(pack, one).scores(readings)) for one in inputs]
        if _outcomes(again) != _outcomes(state.results["tracks"]):
            raise RoundError("按现在的规则算不出锁定的结果", place=place, remedy=_REMEDY)
    if state.stage:
        say(f"{options.name}：{state.state}，还没有审定，文中不写审定")
    chain = () if state.stage else tuple(stage["name"] for stage in state.history[0].content["chain"])
    return _taken_apart(pack, readings, scored, results, chain)


def _scores(track: Mapping[str, Any], readings: Mapping[str, str]) -> TrackScores:
    """A track's results from their JSON form."""
    units = tuple(
        UnitScore(
            unit["unit"],
            Decimal(unit["score"]),
            unit["rank"],
            unit["band"],
            unit["bands"],
            node_from_dict(unit["trace"]),
        )
        for unit in track["units"]
    )
    return TrackScores(track["track"], track["pack"], readings, units)


def _check(track: TrackScores, pack: RulePack, place: str) -> None:
    """Raise RoundError where the locked results of a track do not follow from their own traces."""
    for unit in track.units:
        if unit.trace.value != unit.score or faults(unit.trace):
            raise RoundError(
                f"{unit.unit}的得分不能由算式重算", place=place, remedy="请从备份恢复，或重新锁定"
            )
    scored = [(unit.score, unit.rank) for unit in track.units]
    if ranks(score for score, _ in scored) != [rank for _, rank in scored]:
        raise RoundError("名次与得分不符", place=place, remedy="请从备份恢复，或重新锁定")
    if bands_of(pack, scored) != [dict(unit.bands) for unit in track.units]:
        raise RoundError("按现在的规则算不出锁定的等次", place=place, remedy=_REMEDY)


def _outcomes(tracks: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[str, int, str]]:
    """Score, rank and band of every unit, of results in their JSON form."""
    return {
        (track["track"], unit["unit"]): (unit["score"], unit["rank"], unit["band"])
        for track in tracks
        for unit in track["units"]
    }


def _taken_apart(
    pack: RulePack,
    readings: Mapping[str, str],
    scored: Iterable[TrackScores],
    results: list[TaskResult],
    approvals: tuple[str, ...],
) -> Appraisal:
    under = pack.under(readings)
    chosen = tuple(
        (sentence.question, reading.words)
        for sentence in pack.unclear
        for reading in sentence.readings
        if reading.id == readings[sentence.id]
    )
    tracks = tuple(_track(under, scores, results) for scores in scored)
    return Appraisal(under, tracks, chosen, approvals, _place(tracks))


def _track(pack: RulePack, scores: TrackScores, results: list[TaskResult]) -> ScoredTrack:
    """The units by name as documents print it, with full-width brackets."""
    known = pack.track(scores.track)
    units = tuple(replace(unit, unit=full_width(unit.unit)) for unit in scores.units)
    apart = {
        unit.unit: replace(breakdown(raw.unit, raw.trace, pack, scores.track, results), unit=unit.unit)
        for raw, unit in zip(scores.units, units, strict=True)
    }
    return ScoredTrack(scores.track, known.name if known else scores.track, units, apart)


def _place(tracks: Iterable[ScoredTrack]) -> str:
    """The file that scores were given in, as the traces name it: no document tells a file's name."""
    for track in tracks:
        for unit in track.units:
            for node in unit.trace.walk():
                if node.origin is not None and node.origin.kind == "input":
                    place, found, _ = node.origin.place.partition(f" {unit.unit}.")
                    if found:
                        return place.partition(" tracks[")[0]
    return ""
