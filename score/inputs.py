"""What is scored: the parts of each unit's score as they are given, events, ballots, task results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..model.errors import InputsError
from .ballots import Ballot
from .decimals import number
from .methods.registry import methods
from .pack import Indicator, RulePack
from .results import Deduction, TaskResult
from .trace import Origin

#: An item's score, of half a year and of the year; either may be missing.
Halves = tuple[Decimal | None, Decimal | None]
#: A part as given: its score, or the scores of its items (None: not applicable).
Given = Decimal | Mapping[str, Decimal | Halves | None]


@dataclass(frozen=True, slots=True)
class Event:
    """A bonus or deduction event. ``count`` times; ``value`` the mark of an item with a range; ``amount`` of
    a proportional item; ``event`` the occasion (文号), so that one is not counted twice."""

    code: str
    count: Decimal = Decimal(1)
    variant: str = ""
    value: Decimal | None = None
    amount: Decimal | None = None
    event: str = ""
    place: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class UnitInputs:
    """One unit's year."""

    unit: str
    parts: Mapping[str, Given] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    #: Given as sums instead of events.
    bonus: Decimal | None = None
    deduction: Decimal | None = None
    task_bonus: Decimal | None = None
    lead_tasks: int | None = None
    responsible_tasks: int | None = None
    #: Both counts under the reading that all named units lead; None: the same, whatever is read.
    all_lead: tuple[int, int] | None = None
    #: Deductions of 过程考核, taken from the part made of results.
    process: tuple[Deduction, ...] = ()
    #: Where its parts stand, for traces and messages; empty: as the place of all inputs says.
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one track is scored from. ``place`` names the file, for traces and messages; ``most_tasks``: the
    largest task counts of all units, where some of them are not scored: ``lead``, ``responsible``, and with
    `` all`` behind under the reading that all named units lead."""

    track: str
    units: tuple[UnitInputs, ...]
    results: tuple[TaskResult, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    place: str = "inputs"
    most_tasks: Mapping[str, int] = field(default_factory=dict)


def load_inputs(text: str, place: str, pack: RulePack, *, partial: bool = False) -> tuple[Inputs, ...]:
    """The inputs of a JSON text (docs/scoring.md); one track, or several under ``tracks``.

    ``partial``: they are put upon others, so that ``units`` may be left out, or not hold those of results.
    Numbers may be texts or JSON numbers, which are read as they are written. Raises InputsError.
    """
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise InputsError(
            f"不是 JSON（第 {error.colno} 字处）", place=f"{place}:{error.lineno}", remedy="请检查逗号和引号"
        ) from None
    except _Unreadable as error:
        raise InputsError(str(error), place=place, remedy="请改正") from None
    except RecursionError:
        raise InputsError("JSON 套得太深", place=place, remedy="请对照 docs/scoring.md") from None
    if isinstance(data, dict) and "tracks" in data:
        if set(data) != {"tracks"} or not isinstance(data["tracks"], list):
            raise _fault(place, "tracks", "tracks 应当是一列，旁边没有别的")
        return tuple(
            _track(entry, f"{place} tracks[{i}]", pack, partial=partial)
            for i, entry in enumerate(data["tracks"])
        )
    return (_track(data, place, pack, partial=partial),)


class _Unreadable(Exception):  # noqa: N818
    """JSON that Python reads but nobody can mean."""


def _no_number(word: str) -> Decimal:
    raise _Unreadable(f"{word} 不是数")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise _Unreadable(f"“{twice}”写了两次")
    return made


def _fault(place: str, key: str, words: str, remedy: str = "请对照 docs/scoring.md") -> InputsError:
    return InputsError(words, place=f"{place} {key}".rstrip(), remedy=remedy)


def _decimal(value: object, place: str, key: str) -> Decimal:
    try:
        return number(value)
    except ValueError:
        raise _fault(place, key, f"不是数：{value!r}", '请写 "92.5" 这样的小数') from None


def _score(value: object, place: str, key: str) -> Decimal:
    found = _decimal(value, place, key)
    if found < 0:
        raise _fault(place, key, f"得分不能小于 0：{found}")
    return found


def _count(value: object, place: str, key: str) -> int:
    found = _decimal(value, place, key)
    if found < 0 or found != int(found):
        raise _fault(place, key, f"应当是不小于 0 的整数：{value}")
    return int(found)


def _table(value: object, place: str, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _fault(place, key, "这里应当是 {…}")
    return value


def _list(value: object, place: str, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise _fault(place, key, "这里应当是 […]")
    return value


def _text(value: object, place: str, key: str) -> str:
    if not isinstance(value, str):
        raise _fault(place, key, f"这里应当是文字，不是 {value!r}")
    return value


def _only(row: dict[str, Any], place: str, key: str, known: set[str]) -> None:
    for name in row:
        if name not in known:
            raise _fault(place, f"{key}.{name}", f"不认识 {name}", f"可写 {'、'.join(sorted(known))}")


def _track(data: object, place: str, pack: RulePack, *, partial: bool) -> Inputs:
    row = _table(data, place, "")
    _only(row, place, "", {"track", "units", "results", "ballots"})
    track = pack.track(_text(row.get("track", ""), place, "track"))
    if track is None:
        raise _fault(place, "track", f"没有 track“{row.get('track', '')}”",
                     f"可写 {'、'.join(t.key for t in pack.tracks)}")  # fmt: skip
    units = _table(row.get("units", {}), place, "units")
    if not units and not partial:
        raise _fault(place, "units", "没有单位")
    known = None if partial else set(units)
    keys = {part.key for part in pack.parts if part.track == track.key}
    told = {found.name: found for found in pack.indicators if found.track == track.key}
    return Inputs(
        track.key,
        tuple(_unit(name, value, place, keys) for name, value in units.items()),
        tuple(_result(r, place, f"results[{i}]", known, allowed=track.methods, told=told)
              for i, r in enumerate(_list(row.get("results", []), place, "results"))),
        tuple(_ballot(b, place, f"ballots[{i}]")
              for i, b in enumerate(_list(row.get("ballots", []), place, "ballots"))),
        place,
    )  # fmt: skip


_UNIT_KEYS = {"events", "bonus", "deduction", "task_bonus", "lead_tasks", "responsible_tasks", "process"}


def _unit(unit: str, value: object, place: str, keys: set[str]) -> UnitInputs:
    row = _table(value, place, unit)
    _only(row, place, unit, keys | _UNIT_KEYS)
    sums: dict[str, Any] = {}
    for key in ("bonus", "deduction", "task_bonus"):
        sums[key] = _score(row[key], place, f"{unit}.{key}") if key in row else None
    counts: dict[str, Any] = {}
    for key in ("lead_tasks", "responsible_tasks"):
        counts[key] = _count(row[key], place, f"{unit}.{key}") if key in row else None
    events = _list(row.get("events", []), place, f"{unit}.events")
    process = _list(row.get("process", []), place, f"{unit}.process")
    return UnitInputs(
        unit,
        {key: _part(row[key], place, f"{unit}.{key}") for key in row if key in keys},
        tuple(_event(e, place, f"{unit}.events[{i}]") for i, e in enumerate(events)),
        process=tuple(_deduction(d, place, f"{unit}.process[{i}]") for i, d in enumerate(process)),
        place=f"{place} {unit}",
        **sums, **counts,
    )  # fmt: skip


def _part(value: object, place: str, key: str) -> Given:
    if not isinstance(value, dict):
        return _score(value, place, key)
    if not value:
        raise _fault(place, key, "没有项目")
    return {item: _item(given, place, f"{key}.{item}") for item, given in value.items()}


def _item(value: object, place: str, key: str) -> Decimal | Halves | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        return _score(value, place, key)
    _only(value, place, key, {"half", "annual"})
    half, annual = (
        _score(value[name], place, f"{key}.{name}") if value.get(name) is not None else None
        for name in ("half", "annual")
    )
    if half is None and annual is None:
        raise _fault(place, key, "half 和 annual 都没有")
    return half, annual


def _event(value: object, place: str, key: str) -> Event:
    row = _table(value, place, key)
    _only(row, place, key, {"code", "count", "kind", "value", "amount", "event", "evidence"})
    words = {
        name: _text(row.get(name, ""), place, f"{key}.{name}")
        for name in ("code", "kind", "event", "evidence")
    }
    if not words["code"]:
        raise _fault(place, f"{key}.code", "没有写 code")
    mark = _score(row["value"], place, f"{key}.value") if "value" in row else None
    amount = _score(row["amount"], place, f"{key}.amount") if "amount" in row else None
    count = Decimal(_count(row.get("count", 1), place, f"{key}.count"))
    return Event(
        words["code"], count, words["kind"], mark, amount, words["event"], f"{place} {key}", words["evidence"]
    )


def _deduction(value: object, place: str, key: str) -> Deduction:
    row = _table(value, place, key)
    _only(row, place, key, {"amount", "reason", "source"})
    reason = _text(row.get("reason", ""), place, f"{key}.reason")
    if not reason:
        raise _fault(place, f"{key}.reason", "扣分要写原因")
    origin = Origin("entry", _text(row.get("source", ""), place, f"{key}.source") or f"{place} {key}")
    return Deduction(_score(row.get("amount"), place, f"{key}.amount"), reason, origin)


def _result(
    value: object, place: str, key: str, units: set[str] | None, *, allowed: tuple[str, ...],
    told: dict[str, Indicator],
) -> TaskResult:  # fmt: skip
    row = _table(value, place, key)
    known = {"task", "unit", "method", "actual", "target", "full", "deductions", "settings", "source"}
    _only(row, place, key, known)
    indicator = told.get(str(row.get("task", "")))
    row = {"method": indicator.method, "full": indicator.full} | row if indicator else row
    task, unit, method = (
        _text(row.get(name, ""), place, f"{key}.{name}") for name in ("task", "unit", "method")
    )
    if units is not None and unit not in units:
        raise _fault(place, f"{key}.unit", f"units 里没有“{unit}”")
    if method not in methods() or (allowed and method not in allowed):
        choice = "、".join(allowed or methods())
        raise _fault(place, f"{key}.method", f"不能用计分方法“{method}”", f"可写 {choice}")
    settings = _table(row.get("settings", {}), place, f"{key}.settings")
    for name, word in settings.items():
        if name not in methods()[method].settings:
            listed = "、".join(sorted(methods()[method].settings)) or "（无）"
            raise _fault(place, f"{key}.settings.{name}", f"{method}没有这项设置", f"可写 {listed}")
        _text(word, place, f"{key}.settings.{name}")
    found = _list(row.get("deductions", []), place, f"{key}.deductions")
    return TaskResult(
        task, unit, method,
        _decimal(row["actual"], place, f"{key}.actual") if row.get("actual") is not None else None,
        _decimal(row["target"], place, f"{key}.target") if row.get("target") is not None else None,
        _score(row.get("full", 100), place, f"{key}.full"),
        tuple(_deduction(d, place, f"{key}.deductions[{i}]") for i, d in enumerate(found)),
        settings, Origin("entry", _text(row.get("source", ""), place, f"{key}.source") or f"{place} {key}"),
    )  # fmt: skip


def _ballot(value: object, place: str, key: str) -> Ballot:
    row = _table(value, place, key)
    _only(row, place, key, {"part", "voter", "ranks", "scores", "recused"})
    kind = "scores" if "scores" in row else "ranks"
    if ("scores" in row) == ("ranks" in row):
        raise _fault(place, key, "ranks 和 scores 要写其中一个")
    marks = _table(row[kind], place, f"{key}.{kind}")
    recused = [
        _text(u, place, f"{key}.recused") for u in _list(row.get("recused", []), place, f"{key}.recused")
    ]
    return Ballot(
        _text(row.get("part", ""), place, f"{key}.part"),
        _text(row.get("voter", ""), place, f"{key}.voter"), kind,
        {unit: _decimal(mark, place, f"{key}.{kind}.{unit}") for unit, mark in marks.items()},
        frozenset(recused), {unit: f"{place} {key}.{kind}.{unit}" for unit in marks},
    )  # fmt: skip
