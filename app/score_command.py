"""`duban score`: results, explanations, readings, counts, ballots and rounds."""

from __future__ import annotations

import argparse
from typing import Any

from ..model.errors import InputsError, UsageError
from ..score.bands import spread
from ..score.decimals import plain, printed
from ..score.inputs import Inputs
from ..score.pack import Readings, RulePack
from ..score.readings import Simulation, simulate
from ..score.scoring import Scoring, TrackScores
from ..score.trace import lines_of, node_to_dict
from .console import put
from .corpus import directory
from .rule_packs import find_pack
from .score_source import prepare
from .text_table import lay_out, one_line

_SCHEMES = {"quota": "按比例", "floor": "按分数"}


def score(options: argparse.Namespace) -> int:
    """Run one action of the scorer; its exit status. Arguments are checked before anything is read."""
    _check(options)
    if options.action in ("lock", "approve", "appeal", "rounds"):
        from .score_rounds import rounds

        return rounds(options)
    if options.action == "counts":
        from .score_counts import counts

        return counts(options)
    if options.action == "ballots":
        from .score_ballots import ballots

        return ballots(options)
    if options.action == "explain" and options.name is None:
        raise UsageError("没有写单位", remedy="请写 duban score explain 单位")
    if options.action != "explain" and options.name is not None:
        raise UsageError(f"不认识“{options.name}”", remedy="请看 duban score --help")
    pack = find_pack(options.rules, options.year)
    readings = readings_of(options, pack)
    prepared = prepare(options, pack, readings)
    scorings = [Scoring(pack, inputs) for inputs in prepared.inputs]
    if options.action == "explain":
        _explain(options, scorings, readings)
    elif options.action == "readings":
        found = [simulate(scoring) for scoring in scorings]
        _put(options, [simulation_to_dict(s, pack) for s in found], _simulations(found, pack))
    else:
        results = [scoring.scores(readings) for scoring in scorings]
        records = [scores_to_dict(result) for result in results]
        tables = (_table(r, pack, i.place) for r, i in zip(results, prepared.inputs, strict=True))
        _put(options, records, "\n".join(tables))
    return 1 if prepared.needs_person else 0


#: Options that only some actions understand (``""``: no action).
_ACTIONS = {
    "part": ("ballots",), "statistics": ("ballots",), "stage": ("approve",), "returned": ("approve",),
    "words": ("approve", "appeal"), "by": ("lock", "approve", "appeal", "rounds"),
    "on": ("lock", "approve", "appeal", "rounds"),
    "rounds": ("lock", "approve", "appeal", "rounds"),
    "inputs": ("", "explain", "readings", "ballots", "lock", "appeal"),
    "as_of": ("", "explain", "readings", "ballots", "lock", "appeal"),
    "ballots": ("", "explain", "readings", "lock", "appeal"),
    "missing": ("", "explain", "readings", "ballots", "lock", "appeal"),
    "registry": ("", "explain", "readings", "ballots", "lock", "appeal"),
    "track": ("", "explain", "readings", "ballots", "lock", "appeal"),
    "notice": ("", "explain", "readings", "ballots", "lock", "appeal", "counts"),
}  # fmt: skip


def _check(options: argparse.Namespace) -> None:
    """Raises UsageError for an option that the action would pass over."""
    action = options.action or ""
    for name, actions in _ACTIONS.items():
        if getattr(options, name) and action not in actions:
            option = "--return" if name == "returned" else f"--{name.replace('_', '-')}"
            used = "、".join(f"duban score {other}".rstrip() for other in actions)
            raise UsageError(f"{option} 在这里用不上", remedy=f"{option} 用于 {used}")


def inputs_of(options: argparse.Namespace, pack: RulePack) -> list[Inputs]:
    """The inputs that the options name, one track where asked for; see :mod:`.score_source`."""
    return prepare(options, pack, readings_of(options, pack)).inputs


def readings_of(options: argparse.Namespace, pack: RulePack) -> dict[str, str]:
    """The chosen readings, those of ``--reading`` in their place. Raises UsageError."""
    chosen = pack.chosen()
    known = {sentence.id: [reading.id for reading in sentence.readings] for sentence in pack.unclear}
    for word in options.reading:
        key, _, value = word.partition("=")
        if value not in known.get(key, ()):
            choice = "、".join(f"{k}={r}" for k, readings in known.items() for r in readings)
            raise UsageError(f"没有读法“{word}”", remedy=f"可写 {choice}")
        chosen[key] = value
    return chosen


def scores_to_dict(scores: TrackScores) -> dict[str, Any]:
    """The JSON form of a track's results; scores are exact decimal strings."""
    return {
        "track": scores.track,
        "pack": scores.pack,
        "readings": dict(scores.readings),
        "units": [
            {
                "unit": unit.unit,
                "score": plain(unit.score),
                "rank": unit.rank,
                "band": unit.band,
                "bands": dict(unit.bands),
                "trace": node_to_dict(unit.trace),
            }
            for unit in scores.units
        ],
    }


def simulation_to_dict(found: Simulation, pack: RulePack) -> dict[str, Any]:
    """The JSON form of the readings simulated."""
    return {
        "track": found.track,
        "pack": pack.id,
        "combinations": found.combinations,
        "asked": list(found.asked),
        "units": [
            {
                "unit": u.unit, "score": plain(u.score), "rank": u.rank,
                "scores": [plain(u.lowest), plain(u.highest)], "ranks": [u.best_rank, u.worst_rank],
            }
            for u in found.units
        ],
        "effects": [
            {
                "sentence": e.sentence, "question": e.question, "reading": e.reading, "words": e.words,
                "moves": [
                    {
                        "unit": m.unit, "score": plain(m.score), "change": plain(m.change), "rank": m.rank,
                        "was": m.was,
                    }
                    for m in e.moves
                ],
            }
            for e in found.effects
        ],
    }  # fmt: skip


def _put(options: argparse.Namespace, records: list[dict[str, Any]], table: str) -> None:
    if options.format == "json":
        import json

        whole: Any = records[0] if len(records) == 1 else {"pack": records[0]["pack"], "tracks": records}
        table = json.dumps(whole, ensure_ascii=False) + "\n"
    put(table.encode("utf-8", "replace"), options.output)


def _explain(options: argparse.Namespace, scorings: list[Scoring], readings: Readings) -> None:
    for scoring in scorings:
        named = unit_named(options.name, scoring)
        if named is None:
            continue
        result = scoring.scores(readings)
        unit = next(unit for unit in result.units if unit.unit == named)
        if options.format == "json":
            record = next(r for r in scores_to_dict(result)["units"] if r["unit"] == unit.unit)
            _put(options, [record], "")
            return
        band = f"，{unit.band}" if unit.band else ""
        head = f"{one_line(unit.unit)}：{printed(unit.score)} 分，第 {unit.rank} 名{band}\n"
        lines = "".join(f"{line}\n" for line in lines_of(unit.trace))
        put((head + lines).encode("utf-8", "replace"), options.output)
        return
    listed = "、".join(unit for scoring in scorings for unit in scoring.units)
    raise InputsError(f"没有单位“{options.name}”", place=str(options.inputs), remedy=f"可写 {listed}")


def unit_named(name: str, scoring: Scoring) -> str | None:
    """The scored unit of that name, or of another of its names in the unit directory."""
    if name in scoring.units:
        return name
    wanted = directory().resolve(name)
    same = [unit for unit in scoring.units if wanted is not None and directory().resolve(unit) == wanted]
    return same[0] if len(same) == 1 else None


def _table(result: TrackScores, pack: RulePack, place: str) -> str:
    track = pack.track(result.track)
    schemes = list(dict.fromkeys(band.scheme for band in pack.bands))
    head = ["名次", "单位", "得分", "等次", *(_SCHEMES[scheme] for scheme in schemes)]
    rows = [
        [str(u.rank), u.unit, printed(u.score), u.band, *(u.bands.get(scheme, "") for scheme in schemes)]
        for u in result.units
    ]
    far = spread([unit.score for unit in result.units])
    words = (
        f"最高 {printed(far.highest)}，最低 {printed(far.lowest)}，平均 {printed(far.mean)}，"
        f"标准差 {printed(far.deviation)}，同分 {far.ties} 个"
    )
    name = track.name if track else result.track
    title = f"{pack.title}（{name}）\n成绩来源：{one_line(place)}"
    return f"{title}\n\n{lay_out(head, rows, [6, 40, 12, *[10] * (len(head) - 3)])}\n{words}\n"


def _simulations(found: list[Simulation], pack: RulePack) -> str:
    return "\n".join(_simulation(simulation, pack) for simulation in found)


def _simulation(found: Simulation, pack: RulePack) -> str:
    track = pack.track(found.track)
    rows = [
        [
            u.unit, printed(u.score), f"{printed(u.lowest)}–{printed(u.highest)}", str(u.rank),
            f"{u.best_rank}–{u.worst_rank}",
        ]
        for u in found.units
    ]  # fmt: skip
    text = f"{pack.title}（{track.name if track else found.track}）：{found.combinations} 种读法组合\n\n"
    text += lay_out(["单位", "得分", "得分范围", "名次", "名次范围"], rows, [40, 12, 20, 6, 10]) + "\n"
    question = ""
    for effect in (effect for effect in found.effects if effect.moves):
        text += f"{effect.question}\n" if effect.question != question else ""
        question = effect.question
        text += f"  改读“{effect.words}”：{_moved(effect.moves)}\n"
    still = len({effect.sentence for effect in found.effects if not effect.moves})
    moving = {effect.sentence for effect in found.effects if effect.moves}
    if still:
        text += f"{'其余' if moving else ''} {still} 处有不同读法的句子不影响这些得分和名次\n".lstrip()
    return text


def _moved(moves: tuple[Any, ...]) -> str:
    words = []
    for move in moves:
        sign = "+" if move.change > 0 else ""
        rank = f"，第 {move.was} 名→第 {move.rank} 名" if move.rank != move.was else ""
        words.append(f"{move.unit} {sign}{printed(move.change)}{rank}")
    return "；".join(words)
