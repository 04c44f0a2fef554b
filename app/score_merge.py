"""Inputs of a file put upon those of the registry: the file's word goes first; and what neither tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from ..model.errors import InputsError
from ..score.ballots import Ballot
from ..score.inputs import Inputs, UnitInputs
from ..score.pack import TOTAL, Part, Readings, RulePack
from ..score.results import TaskResult
from ..score.trace import Origin
from .score_registry import Judged, Told
from .score_results import Missing


def merged(made: Inputs, extra: Inputs, told: Told, among: Judged, pack: RulePack) -> Inputs:
    """``made`` from the registry with what ``extra`` from a file tells: parts, sums, counts, results of
    the same task and ballots in place, events beside. Raises InputsError for a unit that is not judged."""

    def name(word: str) -> str:
        found = among.name_of(told.key_of(word))
        if found is None:
            raise InputsError(
                f"“{word}”不是这次考评的{among.track.name}", place=extra.place,
                remedy=f"可写 {'、'.join(list(among.names.values())[:8])} 等",
            )  # fmt: skip
        return found

    own = {name(unit.unit): unit for unit in extra.units}
    results = {(result.task, result.unit): result for result in made.results}
    for result in extra.results:
        results[result.task, name(result.unit)] = replace(result, unit=name(result.unit))
    return Inputs(
        made.track,
        tuple(_one(unit, own.get(unit.unit), pack) for unit in made.units),
        tuple(results.values()),
        tuple(_renamed(ballot, name) for ballot in extra.ballots),
        " + ".join(place for place in (made.place, extra.place) if place),
    )


def _one(unit: UnitInputs, more: UnitInputs | None, pack: RulePack) -> UnitInputs:
    if more is None:
        return unit
    told = more.task_bonus is not None or more.lead_tasks is not None or more.responsible_tasks is not None
    counts = more if told else unit
    summed = {kind for kind in ("bonus", "deduction") if getattr(more, kind) is not None}
    kinds = {item.code: item.kind for item in pack.items}
    events = [event for event in unit.events if kinds.get(event.code) not in summed]
    return UnitInputs(
        unit.unit, more.parts, (*events, *more.events), more.bonus, more.deduction, counts.task_bonus,
        counts.lead_tasks, counts.responsible_tasks, counts.all_lead, more.process or unit.process,
        more.place, )  # fmt: skip


def with_ballots(inputs: Inputs, ballots: Iterable[Ballot]) -> Inputs:
    """With further ballots."""
    return replace(inputs, ballots=(*inputs.ballots, *ballots))


def _renamed(ballot: Ballot, name: Callable[[str], str]) -> Ballot:
    return replace(
        ballot,
        marks={name(unit): mark for unit, mark in ballot.marks.items()},
        recused=frozenset(name(unit) for unit in ballot.recused),
        places={name(unit): place for unit, place in ballot.places.items()},
    )


def with_final_parts(
    made: Inputs, extra: Inputs, pack: RulePack, readings: Readings
) -> tuple[Inputs, set[str]]:
    """Without the registry's process deductions for units whose file gives the part that is made of
    results, or one above it: that score is final. And those units."""
    parts = {part.key: part for part in pack.under(readings).parts if part.track == made.track}
    above: set[str] = set()
    for part in parts.values():
        at: Part | None = part if part.results else None
        while at is not None:
            above.add(at.key)
            at = parts.get(at.parent)
    final = {unit.unit for unit in made.units if above & unit.parts.keys()}
    own = {unit.unit: unit.process for unit in extra.units}
    units = tuple(
        replace(unit, process=own.get(unit.unit, ())) if unit.unit in final else unit for unit in made.units
    )
    return replace(made, units=units), final


def with_zeros(inputs: Inputs, missing: Iterable[Missing]) -> Inputs:
    """With 0 marks for each task that has no result, its trace telling why."""
    zeros = tuple(
        TaskResult(
            one.what, one.unit, "直接计分", Decimal(0), None, one.full, (), {},
            Origin("entry", f"按 0 分：{one.reason}"),
        )
        for one in missing
    )  # fmt: skip
    return replace(inputs, results=(*inputs.results, *zeros))


def without_units(inputs: Inputs, left_out: set[str]) -> Inputs:
    """Without units that cannot be scored. Raises InputsError where a ballot has judged one: the ranks of the
    others would have a gap."""
    for ballot in inputs.ballots:
        if judged := sorted(left_out & ballot.marks.keys()):
            raise InputsError(
                f"{ballot.voter}评了{'、'.join(judged[:3])}，其他部分却没有", place=inputs.place,
                remedy="请补上这些单位的其他部分",
            )  # fmt: skip
    units = tuple(unit for unit in inputs.units if unit.unit not in left_out)
    results = tuple(result for result in inputs.results if result.unit not in left_out)
    counts = [
        (unit.lead_tasks or 0, unit.responsible_tasks or 0, *(unit.all_lead or (0, 0)))
        for unit in inputs.units
    ]
    keys = ("lead", "responsible", "lead all", "responsible all")
    most = dict(zip(keys, map(max, zip(*counts, strict=True)), strict=True))
    return replace(inputs, units=units, results=results, most_tasks=most)


def untold_parts(pack: RulePack, inputs: Inputs, readings: Readings) -> list[Missing]:
    """The parts of the score that neither registry nor file tells, for each unit."""
    held = pack.under(readings)
    voted = {(ballot.part, unit) for ballot in inputs.ballots for unit in ballot.marks}
    scored = {result.unit for result in inputs.results}

    def lacking(unit: UnitInputs, part: Part) -> Iterable[Part]:
        if part.key in unit.parts or (part.ballots and (part.key, unit.unit) in voted):
            return
        if part.results and unit.unit in scored:
            return
        children = held.children(inputs.track, part.key)
        if not children:
            yield part
        for child in children:
            yield from lacking(unit, child)

    return [
        Missing(unit.unit, f"{part.name}（{part.key}）", _why(part))
        for unit in inputs.units
        for top in held.children(inputs.track, TOTAL)
        for part in lacking(unit, top)
    ]


def _why(part: Part) -> str:
    if part.results:
        return "没有一项任务有经审核或核验的结果"
    return "没有评价票" if part.ballots else "没有填报"
