"""Annexes of 考评结果通报: scores by unit, bonus and deduction, deductions with their reasons, the method."""

from __future__ import annotations

from collections.abc import Iterator

from ...score.breakdown import inner_parts
from ...score.decimals import plain
from ...score.pack import BONUS, TOTAL, Limit, PackItem, Part
from ...score.scoring import SCORE_NAME
from ..wording import Wording
from .appraisal import Appraisal, ScoredTrack, marks, times
from .document import Table
from .kind import numbered, sentence

Blocks = tuple[str | Table, ...]
_KIND = {BONUS: "加分", "deduction": "减分"}


def score_tables(appraisal: Appraisal, words: Wording) -> Blocks:
    """A table for each track, ranks from top to bottom, every part that has a score of its own a column."""
    made: list[str | Table] = []
    titles = numbered(
        words.say("track_units", track=track.name, count=len(track.units)) for track in appraisal.tracks
    )
    for title, track in zip(titles, appraisal.tracks, strict=True):
        made += [title] if len(titles) > 1 else []
        made.append(_score_table(appraisal, track))
    return tuple(made)


def _score_table(appraisal: Appraisal, track: ScoredTrack) -> Table:
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
    head = ("名次", "单位", *columns, "加分", "减分", SCORE_NAME, "等次")
    return Table(head, tuple(rows), (5.0, 15.0, *(9.0 for _ in columns), 7.0, 7.0, 9.0, 7.0))


def _column_names(appraisal: Appraisal, track: ScoredTrack) -> Iterator[str]:
    """Parts in reading order: what a part is made of stands before it."""
    for part in appraisal.pack.children(track.key, TOTAL):
        yield from (inner.name for inner in appraisal.pack.children(track.key, part.key))
        yield part.name


def mark_table(appraisal: Appraisal) -> Blocks:
    """Every event of bonus and deduction; none where there is none."""
    rows = []
    for track in appraisal.tracks:
        for unit in track.units:
            apart = track.apart[unit.unit]
            for mark in apart.marks:
                basis = "；".join(filter(None, (mark.occasion, appraisal.source(mark.evidence))))
                cut = next((c for c in apart.cuts if c.kind == mark.kind and c.name == mark.name), None)
                capped = f"合计{marks(cut.total)}分，封顶{marks(cut.cap)}分" if cut else ""
                note = "；".join(filter(None, (mark.note, capped)))
                rows.append(
                    (
                        unit.unit,
                        _KIND[mark.kind],
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
                    _KIND[cut.kind],
                    "全部事项合计",
                    "—",
                    "—",
                    marks(cut.total),
                    f"封顶{marks(cut.cap)}分",
                )
                for cut in apart.cuts
                if not cut.name
            ]
    head = ("单位", "类别", "项目", "依据", "次数", "分值", "说明")
    return (Table(head, tuple(rows), (16, 9, 32, 26, 9, 9, 17)),) if rows else ()


def deduction_table(appraisal: Appraisal) -> Blocks:
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
    head = ("单位", "考核事项", "扣分原因", "扣分", "依据")
    return (Table(head, tuple(rows), (16, 28, 40, 8, 24)),) if rows else ()


def method(appraisal: Appraisal) -> Blocks:
    """Formula and weights of each track with the sentences that they come from; items, caps; readings."""
    made: list[str | Table] = []
    pack = appraisal.pack
    for number, track in enumerate(appraisal.tracks, 1):
        rows = [
            (
                part.name,
                _weight(part),
                _formula(appraisal, track.key, part),
                sentence(part.clause.quote) or "—",
            )
            for part in pack.parts
            if part.track == track.key
        ]
        rows.insert(0, (SCORE_NAME, "—", _total(appraisal, track.key), "—"))
        made += [
            f"{number}. {track.name}得分的组成。",
            Table(("部分", "权重", "算法", "依据"), tuple(rows), (24, 8, 36, 48)),
        ]
    keys = {track.key for track in appraisal.tracks}
    items = [
        (
            _KIND[item.kind],
            sentence(item.name),
            _worth(item),
            _cap(item.cap),
            sentence(item.clause.quote) or "—",
        )
        for item in pack.items
        if keys & set(item.tracks)
    ]
    items += [(_KIND[one.kind], "全部事项合计", "—", _cap(one.cap), _limit_words(one)) for one in pack.limits]
    at = len(appraisal.tracks) + 1
    if items:
        made += [
            f"{at}. 加分减分事项。",
            Table(("类别", "事项", "分值", "上限", "依据"), tuple(items), (9, 38, 18, 10, 42)),
        ]
        at += 1
    if appraisal.readings:
        rows_read = tuple((sentence(question), sentence(words)) for question, words in appraisal.readings)
        made += [
            f"{at}. 考评规定中有不同理解的，按下列口径计算。",
            Table(("问题", "采用的口径"), rows_read, (50, 50)),
        ]
        at += 1
    made.append(f"{at}. 得分保留两位小数，四舍五入；计算过程不舍入。得分相同的名次并列，其后名次顺延。")
    return tuple(made)


def _weight(part: Part) -> str:
    return f"{plain(part.weight * 100)}%" if part.weight is not None else "—"


def _total(appraisal: Appraisal, track: str) -> str:
    terms = [_term(part) for part in appraisal.pack.children(track, TOTAL)]
    terms += [
        bonus.name for bonus in appraisal.pack.task_bonus if (bonus.track, bonus.into) == (track, TOTAL)
    ]
    return "＋".join([*terms, "加分－减分"])


def _formula(appraisal: Appraisal, track: str, part: Part) -> str:
    children = appraisal.pack.children(track, part.key)
    if children and part.aggregate == "mean":
        return "、".join(child.name for child in children) + "的平均"
    terms = [_term(child) for child in children]
    bonuses = [bonus for bonus in appraisal.pack.task_bonus if (bonus.track, bonus.into) == (track, part.key)]
    terms += [bonus.name for bonus in bonuses]
    if terms:
        return "＋".join(terms)
    if part.items:
        return f"{len(part.items)}项的平均：" + "、".join(part.items)
    return (
        "评价票折算"
        if part.ballots
        else "各项任务得分合计÷满分合计×" + plain(appraisal.pack.scale)
        if part.results
        else "—"
    )


def _term(part: Part) -> str:
    return f"{part.name}×{_weight(part)}" if part.weight is not None else part.name


def _worth(item: PackItem) -> str:
    if item.mode == "proportional":
        return f"最多的{plain(item.each)}分，其他按比例"
    if item.mode == "range":
        return f"{plain(item.least or item.each)}—{plain(item.each)}分"
    return f"每次{plain(item.each)}分"


def _cap(cap: object) -> str:
    from decimal import Decimal

    return f"{plain(cap)}分" if isinstance(cap, Decimal) else "不设"


def _limit_words(limit: Limit) -> str:
    return sentence(limit.clause.quote) or "—"
