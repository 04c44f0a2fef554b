"""Annexes of 考评结果通报: scores by unit, bonus and deduction, deductions with their reasons, the method."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

from ...score.breakdown import Cut, inner_parts
from ...score.decimals import plain
from ...score.pack import TOTAL, Clause, Part
from ...score.scoring import SCORE_NAME
from ..wording import Wording
from .appraisal import Appraisal, ScoredTrack, marks, times
from .document import Table
from .kind import items, numbered, sentence

Blocks = tuple[str | Table, ...]
_SCORES = ("rank", "unit", "bonus", "deduction", "score", "band")
_MARKS = ("unit", "kind", "item", "basis", "times", "value", "note")
_DEDUCTIONS = ("unit", "task", "reason", "amount", "source")
_PARTS = ("part", "weight", "formula", "clause")
_ITEMS = ("kind", "item", "worth", "cap", "clause")
_READINGS = ("question", "reading")
_NOTHING = frozenset[str]()
#: Blocks of the annexes' wording, each with its variables.
TABLE_BLOCKS = MappingProxyType(
    {
        **{
            f"head_{name}": _NOTHING
            for name in (*_SCORES, *_MARKS, *_DEDUCTIONS, *_PARTS, *_ITEMS, *_READINGS)
        },
        "kind": frozenset(("kind",)),
        "all_items": _NOTHING,
        "cut": frozenset(("total", "cap", "all")),
        "method_parts": frozenset(("track",)),
        **dict.fromkeys(("method_items", "method_readings", "method_note"), _NOTHING),
        "formula_total": frozenset(("terms",)),
        "formula_mean": frozenset(("parts",)),
        "formula_items": frozenset(("count", "items")),
        "formula_results": frozenset(("scale",)),
        "formula_ballots": _NOTHING,
        "worth": frozenset(("mode", "least", "each")),
        "cap": frozenset(("cap",)),
    }
)


def _head(words: Wording, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words.say(f"head_{name}") for name in names)


def score_tables(appraisal: Appraisal, words: Wording) -> Blocks:
    """A table for each track, ranks from top to bottom, every part that has a score of its own a column."""
    made: list[str | Table] = []
    titles = numbered(
        words.say("track_units", track=track.name, count=len(track.units)) for track in appraisal.tracks
    )
    for title, track in zip(titles, appraisal.tracks, strict=True):
        made += [title] if len(titles) > 1 else []
        made.append(_score_table(appraisal, track, words))
    return tuple(made)


def _score_table(appraisal: Appraisal, track: ScoredTrack, words: Wording) -> Table:
    columns: dict[str, None] = {}
    values: dict[str, dict[str, str]] = {}
    for unit in track.units:
        own = values[unit.unit] = {}
        for part in track.apart[unit.unit].parts:
            inner = inner_parts(appraisal.pack, track.key, part)
            for node in (*inner, part):
                own[node.name] = marks(node.value)
    for part_name in _column_names(appraisal, track):
        if any(part_name in own for own in values.values()):
            columns[part_name] = None
    for own in values.values():
        columns |= dict.fromkeys(own)
    rows = []
    for unit in track.units:
        apart = track.apart[unit.unit]
        rows.append(
            (
                str(unit.rank),
                unit.unit,
                *(values[unit.unit].get(name, "—") for name in columns),
                marks(apart.bonus),
                marks(apart.deduction),
                marks(unit.score),
                unit.band or "—",
            )
        )
    first, last = _head(words, _SCORES[:2]), _head(words, _SCORES[2:])
    shares = (5.0, 15.0, *(9.0 for _ in columns), 7.0, 7.0, 9.0, 7.0)
    centred = (0, *range(2, len(shares)))
    return Table((*first, *columns, *last), tuple(rows), shares, centred)


def _column_names(appraisal: Appraisal, track: ScoredTrack) -> Iterator[str]:
    """Parts in reading order: what a part is made of stands before it."""
    for part in appraisal.pack.children(track.key, TOTAL):
        yield from (inner.name for inner in appraisal.pack.children(track.key, part.key))
        yield part.name


def mark_table(appraisal: Appraisal, words: Wording) -> Blocks:
    """Every event of bonus and deduction; none where there is none."""
    rows = []
    for track in appraisal.tracks:
        for unit in track.units:
            apart = track.apart[unit.unit]
            for mark in apart.marks:
                basis = "；".join(filter(None, (mark.occasion, appraisal.source(mark.evidence))))
                group = mark.item.group if mark.item else ""
                cut = next((c for c in apart.cuts if group and (c.kind, c.group) == (mark.kind, group)), None)
                note = "；".join(filter(None, (mark.note, _cut(cut, words) if cut else "")))
                rows.append(
                    (
                        unit.unit,
                        words.say("kind", kind=mark.kind),
                        sentence(mark.name),
                        basis or "—",
                        times(mark.times) if mark.times is not None else "—",
                        marks(mark.value),
                        note,
                    )
                )
            rows += [
                (
                    unit.unit,
                    words.say("kind", kind=cut.kind),
                    words.say("all_items"),
                    "—",
                    "—",
                    marks(cut.total),
                    _cut(cut, words),
                )
                for cut in apart.cuts
                if not cut.group
            ]
    return (Table(_head(words, _MARKS), tuple(rows), (16, 9, 32, 26, 9, 9, 17), (1, 4, 5)),) if rows else ()


def _cut(cut: Cut, words: Wording) -> str:
    return words.say("cut", total=marks(cut.total), cap=marks(cut.cap), all=not cut.group)


def deduction_table(appraisal: Appraisal, words: Wording) -> Blocks:
    """Every mark that was taken off for a stated reason; none where there is none."""
    rows = [
        (
            unit.unit,
            loss.task or loss.part,
            sentence(loss.reason),
            marks(loss.amount),
            appraisal.source(loss.source) or "—",
        )
        for track in appraisal.tracks
        for unit in track.units
        for loss in track.apart[unit.unit].losses
        if loss.stated
    ]
    return (Table(_head(words, _DEDUCTIONS), tuple(rows), (16, 28, 40, 8, 24), (3,)),) if rows else ()


def method(appraisal: Appraisal, words: Wording) -> Blocks:
    """Formula and weights of each track with the sentences that they come from; items, caps; readings."""
    pack = appraisal.pack
    made: list[tuple[str, Table | None]] = []
    for track in appraisal.tracks:
        total = (SCORE_NAME, "—", _total(appraisal, track.key, words), "—")
        rows = [
            (part.name, _weight(part), _formula(appraisal, track.key, part, words), _clause(part.clause))
            for part in pack.parts
            if part.track == track.key
        ]
        table = Table(_head(words, _PARTS), (total, *rows), (24, 8, 36, 48), (1,))
        made.append((words.say("method_parts", track=track.name), table))
    if found := _items(appraisal, words):
        made.append(
            (words.say("method_items"), Table(_head(words, _ITEMS), found, (9, 38, 18, 10, 42), (0, 3)))
        )
    if appraisal.readings:
        taken = tuple((sentence(question), sentence(said)) for question, said in appraisal.readings)
        made.append((words.say("method_readings"), Table(_head(words, _READINGS), taken, (50, 50), ())))
    made.append((words.say("method_note"), None))
    blocks: list[str | Table] = []
    for title, (_, of) in zip(items(title for title, _ in made), made, strict=True):
        blocks += [title] if of is None else [title, of]
    return tuple(blocks)


def _items(appraisal: Appraisal, words: Wording) -> tuple[tuple[str, ...], ...]:
    """Items of bonus and deduction that hold for a track of the appraisal, and the caps of all together."""
    keys = {track.key for track in appraisal.tracks}
    rows = [
        (
            words.say("kind", kind=item.kind),
            sentence(item.name),
            words.say("worth", mode=item.mode, least=plain(item.least or item.each), each=plain(item.each)),
            _cap(item.cap, words),
            _clause(item.clause),
        )
        for item in appraisal.pack.items
        if keys & set(item.tracks)
    ]
    rows += [
        (
            words.say("kind", kind=one.kind),
            words.say("all_items"),
            "—",
            _cap(one.cap, words),
            _clause(one.clause),
        )
        for one in appraisal.pack.limits
    ]
    return tuple(rows)


def _clause(clause: Clause) -> str:
    return sentence(clause.quote) or "—"


def _weight(part: Part) -> str:
    return f"{plain(part.weight * 100)}%" if part.weight is not None else "—"


def _bonuses(appraisal: Appraisal, track: str, into: str) -> list[str]:
    return [one.name for one in appraisal.pack.task_bonus if (one.track, one.into) == (track, into)]


def _total(appraisal: Appraisal, track: str, words: Wording) -> str:
    terms = [_term(part) for part in appraisal.pack.children(track, TOTAL)]
    return words.say("formula_total", terms="＋".join([*terms, *_bonuses(appraisal, track, TOTAL)]))


def _formula(appraisal: Appraisal, track: str, part: Part, words: Wording) -> str:
    children = appraisal.pack.children(track, part.key)
    if children and part.aggregate == "mean":
        return words.say("formula_mean", parts="、".join(child.name for child in children))
    if terms := [*map(_term, children), *_bonuses(appraisal, track, part.key)]:
        return "＋".join(terms)
    if part.items:
        return words.say("formula_items", count=len(part.items), items="、".join(part.items))
    if part.ballots:
        return words.say("formula_ballots")
    return words.say("formula_results", scale=plain(appraisal.pack.scale)) if part.results else "—"


def _term(part: Part) -> str:
    return f"{part.name}×{_weight(part)}" if part.weight is not None else part.name


def _cap(cap: Decimal | None, words: Wording) -> str:
    return words.say("cap", cap=plain(cap) if cap is not None else "")
