"""What a notice says about scoring: weights, formulas, items of bonus and deduction, caps, criteria.

Every value is a decimal string as it is written; every span quotes the words that tell it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .span import Span


@dataclass(frozen=True, slots=True)
class Weight:
    """``name`` has the share ``value`` (``70%``); it is empty where the words do not tell whose it is."""

    span: Span
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Term:
    """A summand of a formula: its name, its weight (``70%``), and what it is made of itself."""

    span: Span
    name: str
    weight: str | None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """``result = terms``, from the result's name to the last summand."""

    span: Span
    result: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What has marks of its own: a row of a scoring table, or a sentence of a cell (成立领导小组（1分）).

    ``level``: total (总分), group (heads others), row, piece (of a cell or line). ``full``: its full marks,
    None where it has none written; ``nature``: 定量 or 定性 where a column says so; ``parent``: index of the
    indicator that holds it. ``span`` quotes ``name``.
    """

    span: Span
    name: str
    level: str
    full: str | None = None
    nature: str = ""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """``kind`` bonus or deduction: ``text`` tells the occasion, ``value`` the marks a time; ``upper`` where
    it is a range; ``cap`` of the item; ``variant`` where one sentence sets several (较大、重大、特大).
    ``mode``: each, range or proportional (其他按比例). ``indicator``: index of the one that it belongs to."""

    span: Span
    kind: str
    text: str
    value: str
    upper: str | None
    cap: str | None
    variant: str
    mode: str
    indicator: int | None = None


@dataclass(frozen=True, slots=True)
class TotalCap:
    """The cap of all items of a kind together."""

    span: Span
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class CountBonus:
    """Marks for those with the most tasks in a role (``name``: 牵头部门), the others in proportion."""

    span: Span
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A rule of a scoring table: ``points`` (得5分, （3分）), ``proportion`` (按完成比例得分), ``exhaust``
    (扣完为止), ``zero`` (不得分), ``rank`` (依次赋予60分、57分…), ``base`` (基准分100分), ``method``,
    ``band``, ``date``. ``values``: its numbers; ``indicator``: index of the one that it belongs to."""

    span: Span
    kind: str
    text: str
    values: tuple[str, ...] = ()
    indicator: int | None = None


@dataclass(frozen=True, slots=True)
class Scoring:
    """All that a notice says about scoring, in reading order."""

    weights: tuple[Weight, ...] = ()
    formulas: tuple[Formula, ...] = ()
    items: tuple[ScoreItem, ...] = ()
    caps: tuple[TotalCap, ...] = ()
    task_bonus: tuple[CountBonus, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    indicators: tuple[Indicator, ...] = ()


def scoring_to_dict(scoring: Scoring | None) -> dict[str, Any] | None:
    """The JSON form: lists of plain objects, spans as ``[start, end]``."""
    if scoring is None:
        return None
    return {
        "weights": [{"span": [*w.span], "name": w.name, "value": w.value} for w in scoring.weights],
        "formulas": [
            {"span": [*f.span], "result": f.result, "terms": [_term(t) for t in f.terms]}
            for f in scoring.formulas
        ],
        "items": [
            {
                "span": [*i.span], "kind": i.kind, "text": i.text, "value": i.value, "upper": i.upper,
                "cap": i.cap, "variant": i.variant, "mode": i.mode,
                "indicator": i.indicator,
            }
            for i in scoring.items
        ],
        "caps": [{"span": [*c.span], "kind": c.kind, "value": c.value} for c in scoring.caps],
        "task_bonus": [{"span": [*b.span], "name": b.name, "value": b.value} for b in scoring.task_bonus],
        "criteria": [
            {
                "span": [*c.span], "kind": c.kind, "text": c.text, "values": [*c.values],
                "indicator": c.indicator,
            }
            for c in scoring.criteria
        ],
        "indicators": [
            {
                "span": [*i.span], "name": i.name, "level": i.level, "full": i.full, "nature": i.nature,
                "parent": i.parent,
            }
            for i in scoring.indicators
        ],
    }  # fmt: skip


def _term(term: Term) -> dict[str, Any]:
    terms = [_term(inner) for inner in term.terms]
    return {"span": [*term.span], "name": term.name, "weight": term.weight, "terms": terms}


def scoring_from_dict(record: dict[str, Any] | None) -> Scoring | None:
    """The scoring that :func:`scoring_to_dict` wrote."""
    if record is None:
        return None
    return Scoring(
        tuple(Weight(**_spanned(row)) for row in record["weights"]),
        tuple(Formula(Span(*f["span"]), f["result"], _terms(f["terms"])) for f in record["formulas"]),
        tuple(ScoreItem(**_spanned(row)) for row in record["items"]),
        tuple(TotalCap(**_spanned(row)) for row in record["caps"]),
        tuple(CountBonus(**_spanned(row)) for row in record["task_bonus"]),
        tuple(Criterion(**{**_spanned(row), "values": tuple(row["values"])}) for row in record["criteria"]),
        tuple(Indicator(**_spanned(row)) for row in record.get("indicators", ())),
    )


def _spanned(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "span": Span(*row["span"])}


def _terms(rows: list[dict[str, Any]]) -> tuple[Term, ...]:
    return tuple(Term(Span(*r["span"]), r["name"], r["weight"], _terms(r["terms"])) for r in rows)
