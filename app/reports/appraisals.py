"""An appraisal for documents: scored from inputs, or a locked round that the rules still give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model.errors import RoundError, UsageError
from ...output.official.appraisal import Appraisal, ScoredTrack
from ...score import rounds as book
from ...score.breakdown import breakdown
from ...score.inputs import Inputs, load_inputs
from ...score.pack import RulePack
from ...score.scoring import Scoring, TrackScores
from ..console import say
from ..rule_packs import find_pack
from ..score_command import inputs_of, readings_of, scores_to_dict
from ..score_rounds import book_of
from .job import Job


def appraisal(job: Job) -> Appraisal:
    """What ``--inputs`` or the round ``--name`` gives.

    A round is scored once more from the inputs that were locked: where the rules no longer give the locked
    results nothing is made. Raises UsageError, RulesError, InputsError, RoundError.
    """
    options = job.options
    if (options.name is None) == (options.inputs is None):
        raise UsageError("要写成绩从哪里来", remedy="请用 --inputs 写成绩文件，或用 --name 写已锁定的轮次")
    if options.name is None:
        pack = find_pack(options.rules, options.year)
        return _taken_apart(_scored(pack, readings_of(options, pack), inputs_of(options, pack)), ())
    path = book_of(options.rounds)
    state = book.state_of(path, options.name)
    content = next(record.content for record in reversed(state.history) if "results" in record.content)
    pack = find_pack(options.rules or content["pack"], options.year)
    inputs = load_inputs(content["inputs"], options.name, pack)
    scored = _scored(pack, content["readings"], inputs)
    if _outcomes(scores_to_dict(track) for _, track in scored.tracks) != _outcomes(state.results["tracks"]):
        raise RoundError(
            "按现在的规则算不出锁定的结果",
            place=f"{path} {options.name}",
            remedy="请用 --rules 写锁定时的规则",
        )
    if state.stage:
        say(f"{options.name}：{state.state}，还没有审定，文中不写审定")
        return _taken_apart(scored, ())
    return _taken_apart(scored, tuple(stage["name"] for stage in state.history[0].content["chain"]))


@dataclass(frozen=True, slots=True)
class _Scored:
    pack: RulePack
    readings: Mapping[str, str]
    tracks: tuple[tuple[Inputs, TrackScores], ...]


def _scored(pack: RulePack, readings: Mapping[str, str], inputs: Sequence[Inputs]) -> _Scored:
    return _Scored(pack, readings, tuple((one, Scoring(pack, one).scores(readings)) for one in inputs))


def _outcomes(tracks: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[str, int, str]]:
    """Score, rank and band of every unit, of results in their JSON form."""
    return {
        (track["track"], unit["unit"]): (unit["score"], unit["rank"], unit["band"])
        for track in tracks
        for unit in track["units"]
    }


def _taken_apart(scored: _Scored, approvals: tuple[str, ...]) -> Appraisal:
    under = scored.pack.under(scored.readings)
    chosen = tuple(
        (sentence.question, reading.words)
        for sentence in scored.pack.unclear
        for reading in sentence.readings
        if reading.id == scored.readings[sentence.id]
    )
    return Appraisal(
        under,
        tuple(_track(under, scores, inputs) for inputs, scores in scored.tracks),
        chosen,
        approvals,
        scored.tracks[0][0].place.partition(" tracks[")[0] if scored.tracks else "",
    )


def _track(pack: RulePack, scores: TrackScores, inputs: Inputs) -> ScoredTrack:
    known = pack.track(scores.track)
    apart = {
        unit.unit: breakdown(unit.unit, unit.trace, pack, scores.track, inputs.results)
        for unit in scores.units
    }
    return ScoredTrack(scores.track, known.name if known else scores.track, scores.units, apart)
