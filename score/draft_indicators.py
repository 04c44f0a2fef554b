"""Indicators and bands of a drafted pack: what a scoring table tells, and sums that do not add up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from ..model.scoring import Criterion, Indicator, ScoreItem, Scoring
from .decimals import number, plain
from .draft_writer import Writer

#: The method that a criterion asks for.
_METHODS = {"proportion": "完成比例法", "rank": "位次法", "zero": "0-1法"}
_GRADE = re.compile(r"(?:为|评为|定为)([A-E]级|[一二三四五]级)$")
_NAMED = re.compile(r"^(优秀|良好|优|良|中等|合格|较差|不合格)")


def inside_indicator(scoring: Scoring, item: ScoreItem) -> bool:
    """Whether a deduction is taken off an indicator's own marks (5分，少一次扣1分) and not off the total."""
    if item.kind != "deduction" or item.indicator is None:
        return False
    owner = scoring.indicators[item.indicator]
    return owner.full is not None and owner.level in ("row", "piece")


def write_indicators(writer: Writer, gaps: list[str], scoring: Scoring, tracks: Sequence[str]) -> None:
    """``[[indicator]]`` for each row or sentence with marks of its own; a gap for each sum that parts do not
    add up to, and for what has no marks or no method."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for index, indicator in enumerate(scoring.indicators):
        below[indicator.parent].append(index)
    leaves = [
        index for index, found in enumerate(scoring.indicators)
        if found.full is not None and number(found.full) and found.level in ("row", "piece")
        and not any(scoring.indicators[child].full for child in below[index])
    ]  # fmt: skip
    names = _names(scoring, leaves)
    unmethodical = []
    for index in leaves:
        found, (method, words) = scoring.indicators[index], _method(scoring, index)
        if not method:
            unmethodical.append(names[index])
        writer.quoted("[[indicator]]", *found.span, track=tracks[0], name=names[index], full=found.full,
                      method=method, criteria=words)  # fmt: skip
    gaps += _sums(scoring, below)
    unmarked = [f for f in scoring.indicators if f.level == "row" and f.full is None]
    if unmarked:
        gaps.append(f"{len(unmarked)} 项指标没有写分值（indicator.full），如“{unmarked[0].name}”")
    if unmethodical:
        gaps.append(f"{len(unmethodical)} 项指标没有写计分方法（indicator.method），如“{unmethodical[0]}”")
    if leaves and len(tracks) > 1:
        gaps.append("指标适用于哪一类对象（indicator.track），请逐项确认")
    for base in (c for c in scoring.criteria if c.kind == "base"):
        gaps.append(f"“{base.text}”：基准分怎样进入总分（part），请确认")


def _names(scoring: Scoring, leaves: Sequence[int]) -> dict[int, str]:
    """Each leaf's name; where several have the same, with what holds them in front, then numbered."""
    made = {index: scoring.indicators[index].name for index in leaves}
    for index in [i for i in leaves if Counter(made.values())[made[i]] > 1]:
        parent = scoring.indicators[index].parent
        if parent is not None:
            made[index] = f"{scoring.indicators[parent].name}：{made[index]}"
    seen: Counter[str] = Counter()
    for index in leaves:
        seen[made[index]] += 1
        if seen[made[index]] > 1:
            made[index] = f"{made[index]}（{seen[made[index]]}）"
    return made


def _method(scoring: Scoring, index: int) -> tuple[str, list[str]]:
    """The method that an indicator's criteria ask for (empty: none, or several that differ), their words."""
    items = [item for item in scoring.items if item.indicator == index and item.kind == "deduction"]
    criteria = [c for c in scoring.criteria if c.indicator == index and c.kind != "points"]
    words = [f"{item.text}扣{item.value}分" for item in items] + [criterion.text for criterion in criteria]
    found = {_METHODS[c.kind] for c in criteria if c.kind in _METHODS}
    if items:
        found = (found - {"0-1法"}) | {"直接扣分法"}
    return (found.pop() if len(found) == 1 else ""), words


def _sums(scoring: Scoring, below: dict[int | None, list[int]]) -> list[str]:
    """Where the marks of the parts do not add up to the marks of the whole."""
    wrong = []
    total = next((f for f in scoring.indicators if f.level == "total" and f.full), None)
    wholes: list[tuple[Indicator, list[int]]] = [
        (found, below[index]) for index, found in enumerate(scoring.indicators) if found.full and below[index]
    ]
    if total is not None:
        wholes.insert(0, (total, [i for i in below[None] if scoring.indicators[i].level in ("group", "row")]))
    for whole, parts in wholes:
        marks = [scoring.indicators[part].full for part in parts]
        if len(parts) > 1 and whole.full in marks:
            continue  # each part has the whole's marks: one of them is for each unit
        given = sum((number(mark) for mark in marks if mark is not None), Decimal(0))
        if whole.full is not None and given != number(whole.full) and any(marks):
            wrong.append(f"“{whole.name}”{whole.full}分，其下各项合计{plain(given)}分，请核对原文")
    return wrong


def write_bands(writer: Writer, gaps: list[str], scoring: Scoring) -> None:
    """``[[band]]`` of those criteria that name a grade with its least score or its share."""
    floors: dict[str, tuple[Decimal, Criterion]] = {}
    quotas: dict[str, Criterion] = {}
    for criterion in (c for c in scoring.criteria if c.kind == "band"):
        grade = _GRADE.search(criterion.text) or _NAMED.match(criterion.text)
        if grade is None:
            continue
        if criterion.text.endswith("%"):
            quotas.setdefault(grade[1], criterion)
        else:
            least = Decimal(0) if "以下" in criterion.text else min(number(v) for v in criterion.values)
            floors.setdefault(grade[1], (least, criterion))
    for name, criterion in quotas.items():
        writer.quoted(
            "[[band]]", *criterion.span, scheme="quota", name=name, share=f"{criterion.values[-1]}%"
        )
    for name, (least, criterion) in sorted(floors.items(), key=lambda band: (-band[1][0], band[1][1].span)):
        writer.quoted("[[band]]", *criterion.span, scheme="floor", name=name, least=plain(least))
    if not floors and not quotas:
        gaps.append("没有读到等次（band）")
