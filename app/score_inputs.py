"""Inputs of `duban score` from the registry: each track as of a day, with what a file adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..model.collector import collector_paused
from ..model.errors import InputsError
from ..model.registry.reader import Reader
from ..model.units import UnitDirectory
from ..score.ballots import Ballot
from ..score.counts import unit_counts
from ..score.inputs import Inputs, UnitInputs
from ..score.pack import Readings, RulePack
from .score_merge import merged, with_ballots, with_final_parts, with_zeros
from .score_process import inspection_events, process_deductions
from .score_registry import Judged, Told, judged, notice_of, read_told
from .score_results import Missing, task_results

#: What becomes of a task without an accepted result: no score is given, 0 marks, or it is left out.
REFUSE, ZERO, LEAVE = "refuse", "zero", "leave"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Inputs of a track; ``missing`` are tasks without an accepted result, ``notes`` what else needs a
    person, in Chinese."""

    inputs: Inputs
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]


@collector_paused()
def gather(
    reader: Reader,
    pack: RulePack,
    day: str,
    directory: UnitDirectory,
    readings: Readings,
    *,
    notice: str | None = None,
    track: str | None = None,
    given: Iterable[Inputs] = (),
    ballots: Iterable[Ballot] = (),
    missing: str = REFUSE,
) -> list[Gathered]:
    """The inputs of each track, or of one, from the registry as of ``day`` (ISO).

    ``given``, from a file, goes before what the registry tells (:mod:`.score_merge`); its units may have
    any of their names. ``ballots`` go to the track that judges their units. Raises UsageError where
    notice or units are not told, InputsError for a unit in ``given`` that is not judged, and the kinds of
    RegistryError."""
    row = notice_of(reader, pack, notice)
    told = read_told(reader, row, day, directory)
    extra = {inputs.track: inputs for inputs in given}
    cast = list(ballots)
    found = []
    for one in pack.tracks:
        if track not in (None, one.key):
            continue
        among = judged(told, one)
        results, lacking = task_results(told, pack, among)
        events, notes = inspection_events(reader, told, pack, among, row.id)
        process = process_deductions(told, pack, among)
        counts = _counts(told, pack, among, readings)
        units = tuple(
            UnitInputs(
                name, events=tuple(events.get(name, ())), process=tuple(process.get(name, ())),
                **counts.get(name, {}),
            )
            for name in among.names.values()
        )  # fmt: skip
        made = Inputs(one.key, units, tuple(results), (), f"登记库 {told.label}（{day}）")
        own = [ballot for ballot in cast if all(among.name_of(told.key_of(unit)) for unit in ballot.marks)]
        cast = [ballot for ballot in cast if ballot not in own]
        more = with_ballots(extra.get(one.key, Inputs(one.key, (), place="")), own)
        final: set[str] = set()
        if one.key in extra or own:
            made = merged(made, more, told, among, pack)
            made, final = with_final_parts(made, more, pack, readings)
        if one.units is not None and one.units != len(units):
            notes.append(f"规则写 {one.units} 个{one.name}，名单有 {len(units)} 个")
        scored = {(result.task, result.unit) for result in made.results}
        lacking = [m for m in lacking if m.unit not in final and (m.what, m.unit) not in scored]
        notes += [f"{m.unit} {m.what}：{m.reason}，不计入" for m in lacking if m.waits]
        lacking = [m for m in lacking if not m.waits]
        if missing == ZERO:
            made = with_zeros(made, lacking)
        found.append(Gathered(made, tuple(lacking), tuple(notes)))
    if cast and track is None:
        raise InputsError(
            f"{cast[0].voter}的评价票（{cast[0].part}）里有不是考评对象的单位", place=told.label,
            remedy="请核对 A 列的单位名称，一张表只写同一类对象",
        )  # fmt: skip
    return found


def _counts(told: Told, pack: RulePack, among: Judged, readings: Readings) -> dict[str, dict[str, Any]]:
    """How many tasks each unit leads and is responsible for, in those tracks whose plan asks for it."""
    held = pack.under(readings)
    if not any(bonus.track == among.track.key for bonus in held.task_bonus):
        return {}
    units = list(among.names.values())
    first = unit_counts(told.notice, units, told.directory)
    every = unit_counts(told.notice, units, told.directory, lead="all")
    return {
        one.unit: {
            "lead_tasks": one.lead, "responsible_tasks": one.responsible,
            "all_lead": (other.lead, other.responsible),
        }
        for one, other in zip(first, every, strict=True)
    }  # fmt: skip
