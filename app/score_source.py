"""Where the scores of one run come from: a file of inputs, the registry as of a day, or both."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..model.errors import InputsError, UsageError
from ..score.ballot_files import read_ballots
from ..score.ballots import Ballot, ballot_rules
from ..score.decimals import plain
from ..score.inputs import Inputs, load_inputs
from ..score.pack import Readings, RulePack
from .console import say
from .corpus import directory
from .files import Found, read
from .rule_packs import read_text
from .score_inputs import LEAVE, REFUSE, ZERO, gather
from .score_merge import untold_parts, with_ballots, without_units
from .score_registry import last_entry
from .score_results import Missing

#: So many tasks are named; further ones are counted.
_NAMED = 3
_OUTCOMES = {REFUSE: "不能计分", ZERO: "按 0 分", LEAVE: "不计入"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """``inputs`` of each track; ``needs_person``: something was told on standard error; ``source``: what they
    were made of, to be kept with a locked round."""

    inputs: list[Inputs]
    needs_person: bool
    source: dict[str, Any]


def day_of(word: str, option: str) -> str:
    """An ISO day of an option. Raises UsageError."""
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise UsageError(f"{option} 不是日期：{word}", remedy="请写 2018-12-31 这样的日期") from None


def check_source(options: argparse.Namespace, pack: RulePack) -> None:
    """Whether the options say where scores come from, before anything large is read. Raises UsageError."""
    if options.inputs is None and options.as_of is None:
        raise UsageError(
            "没有写成绩从哪里来",
            remedy="请用 --as-of 日期（从登记库），或 --inputs 文件（各部分得分），或两者都写",
        )
    if options.as_of is not None:
        options.as_of = day_of(options.as_of, "--as-of")
    elif options.missing or options.registry or options.notice:
        raise UsageError(
            "--missing、--registry、--notice 要与 --as-of 一起写", remedy="请写 --as-of 2018-12-31"
        )
    keys = [track.key for track in pack.tracks]
    if options.track is not None and options.track not in keys:
        raise UsageError(f"没有 track“{options.track}”", place=pack.place, remedy=f"可写 {'、'.join(keys)}")


def prepare(
    options: argparse.Namespace, pack: RulePack, readings: Readings, *, whole: bool = True
) -> Prepared:
    """The inputs that the options name. What is missing is told on standard error for each unit; where not
    ``whole``, parts of the score may be missing.

    Raises UsageError, InputsError (also where a task or part is missing that nobody allowed to be), the kinds
    of RegistryError.
    """
    check_source(options, pack)
    text = None if options.inputs is None else read_text(options.inputs)
    given = () if text is None else load_inputs(text, options.inputs, pack, partial=options.as_of is not None)
    cast, void = _ballots(options, pack)
    if options.as_of is None:
        chosen = [inputs for inputs in given if options.track in (None, inputs.track)]
        if not chosen:
            raise UsageError(
                f"文件里没有 track“{options.track}”", place=options.inputs, remedy="请改 --track"
            )
        source = {"inputs": text, "ballots": [ballot_to_dict(ballot) for ballot in cast]}
        return Prepared(_with_own(chosen, cast, options.track), void, source)
    made = _from_registry(options, pack, readings, given, cast, whole=whole)
    source = {**made.source, "inputs": text, "ballots": [ballot_to_dict(ballot) for ballot in cast]}
    return Prepared(made.inputs, made.needs_person or void, source)


def ballot_to_dict(ballot: Ballot) -> dict[str, Any]:
    """A ballot in the form of the inputs."""
    return {
        "part": ballot.part, "voter": ballot.voter,
        ballot.kind: {unit: plain(mark) for unit, mark in ballot.marks.items()},
        "recused": sorted(ballot.recused),
    }  # fmt: skip


def _ballots(options: argparse.Namespace, pack: RulePack) -> tuple[list[Ballot], bool]:
    """The valid ballots of ``--ballots``, and whether there were void ones, which are told."""
    found: list[Ballot] = []
    void = False
    for word in options.ballots:
        part, _, name = word.partition("=")
        check_ballot_part(pack, part, "--ballots")
        if not name:
            raise UsageError(f"--ballots 没有写文件：{word}", remedy="请写 --ballots leaders=评价票.xlsx")
        place = Path(name).name
        made, faults = read_ballots(
            read(Found(name, place, place)), place, part, rules=ballot_rules(pack, part)
        )
        for fault in faults:
            say(fault)
        found, void = [*found, *made], void or bool(faults)
    return found, void


def check_ballot_part(pack: RulePack, part: str, option: str) -> None:
    """Raises UsageError for a part that no ballots make."""
    known = sorted({part.key for part in pack.parts if part.ballots})
    if part not in known:
        raise UsageError(f"“{part}”不以评价票计分", remedy=f"{option} 可写 {'、'.join(known)}")


def _with_own(chosen: list[Inputs], cast: list[Ballot], track: str | None) -> list[Inputs]:
    """Each track with the ballots that judge its units. Raises InputsError for one that judges others."""
    units = [{unit.unit for unit in inputs.units} for inputs in chosen]
    for ballot in cast if track is None else ():
        if not any(ballot.marks.keys() <= own for own in units):
            strange = next(unit for unit in ballot.marks if not any(unit in own for own in units))
            raise InputsError(
                f"{ballot.voter}的评价票（{ballot.part}）里的“{strange}”不在成绩里", place=chosen[0].place,
                remedy="请写同样的单位名称，一张表只写同一类对象",
            )  # fmt: skip
    return [
        with_ballots(inputs, [ballot for ballot in cast if ballot.marks.keys() <= own])
        for inputs, own in zip(chosen, units, strict=True)
    ]


def _from_registry(
    options: argparse.Namespace,
    pack: RulePack,
    readings: Readings,
    given: tuple[Inputs, ...],
    cast: list[Ballot],
    *,
    whole: bool,
) -> Prepared:
    from ..model.progress.audit import head_of
    from ..model.registry import default_registry_path, reading

    missing = options.missing or REFUSE
    with reading(options.registry or str(default_registry_path())) as reader:
        found = gather(
            reader, pack, options.as_of, directory(), readings,
            notice=options.notice, track=options.track, given=given, ballots=cast, missing=missing,
        )  # fmt: skip
        head = head_of(last_entry(reader))
    for one in found:
        for note in one.notes:
            say(note)
        _tell(one.missing, _OUTCOMES[missing])
    lacking = [task for one in found for task in one.missing]
    made = [one.inputs for one in found]
    untold = [part for inputs in made if whole for part in untold_parts(pack, inputs, readings)]
    _tell_parts(untold)
    if missing == LEAVE and untold:
        made = [without_units(inputs, {part.unit for part in untold}) for inputs in made]
        made = [inputs for inputs in made if inputs.units]
    elif untold:
        units = len({part.unit for part in untold})
        raise InputsError(
            f"{units} 个单位缺少得分的组成部分", place=f"--as-of {options.as_of}",
            remedy="登记库里没有的（评价票、共性指标等）请用 --inputs 补上；--missing leave 只算齐全的单位",
        )  # fmt: skip
    if lacking and missing == REFUSE:
        units = len({task.unit for task in lacking})
        raise InputsError(
            f"{units} 个单位共 {len(lacking)} 项任务没有可计分的结果", place=f"--as-of {options.as_of}",
            remedy="请补登、审核；或写明怎样处理：--missing zero 按 0 分，--missing leave 不计入",
        )  # fmt: skip
    if not made:
        raise InputsError(
            "没有一个单位的得分齐全", place=f"--as-of {options.as_of}", remedy="请按上面的提示补上"
        )
    source = {"registry": {"as_of": options.as_of, "notice": options.notice, "head": head}}
    needs_person = bool(lacking or untold or any(one.notes for one in found))
    return Prepared(made, needs_person, source)


def _tell(missing: Iterable[Missing], outcome: str) -> None:
    by_unit: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in missing:
        by_unit[one.unit][one.reason].append(one.what.partition(" ")[0])
    for unit, reasons in by_unit.items():
        words = "；".join(f"{reason}：{_listed(tasks)}" for reason, tasks in reasons.items())
        say(f"{unit}：{sum(map(len, reasons.values()))} 项任务没有可计分的结果，{outcome}（{words}）")


def _listed(names: list[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等 {len(names)} 项" if len(names) > _NAMED else "")


def _tell_parts(untold: Iterable[Missing]) -> None:
    by_part: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in untold:
        by_part[one.what, one.reason].append(one.unit)
    for (part, reason), lacking in by_part.items():
        say(f"缺少{part}：{reason}（{len(lacking)} 个单位：{'、'.join(lacking)}）")
