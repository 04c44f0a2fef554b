"""Evaluation: a notice's record against gold, field by field, every difference with its place.

Clauses match where more than half of the shorter one overlaps; a party counts by text, and by text and role;
a deadline counts where it overlaps and, as ``deadline_due``, where the day is the same, too; a quantity by
comparator, value and unit in its stretch; its metric by shared characters; a month by what it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..model import Assignment, Deadline, Item, Notice, Quantity, Section, Span, Task
from .gold import Gold, GoldClause, GoldQuantity

FIELDS = (
    "clause", "clause_span", "party", "party_role", "task", "clause_task",
    "deadline", "deadline_due", "quantity", "metric", "months",
)  # fmt: skip
_BORDERS = "()（）〔〕[]【】〈〉。；;，, \n\t\r\u3000"
_NO_PARTY = ("部门", "单位")
#: As many characters of the notice are shown on either side of a difference.
_CONTEXT = 16


@dataclass(slots=True)
class Tally:
    """Right, invented and missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def add(self, right: int, invented: int, missed: int) -> None:
        """Counts more of each."""
        self.right, self.invented, self.missed = (
            self.right + right, self.invented + invented, self.missed + missed
        )  # fmt: skip

    @property
    def precision(self) -> float:
        """Of what was found, the part that is right; 1 where nothing was found."""
        return self.right / (self.right + self.invented) if self.right + self.invented else 1.0

    @property
    def recall(self) -> float:
        """Of what there is, the part that was found; 1 where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Where record and gold differ: field, line, the words around, what gold wants and what was got."""

    file: str
    field: str
    line: int
    context: str
    wanted: str
    got: str

    @property
    def key(self) -> tuple[str, str, int, str, str]:
        """What makes two runs' differences the same one."""
        return self.file, self.field, self.line, self.wanted, self.got


@dataclass(slots=True)
class Result:
    """Of one notice: tallies by field, and all differences in reading order."""

    gold: Gold
    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def count(self, name: str, right: int, invented: int, missed: int) -> None:
        """Adds to a field's tally."""
        self.tallies.setdefault(name, Tally()).add(right, invented, missed)

    def differ(self, name: str, span: Span, wanted: str, got: str) -> None:
        """Notes a difference."""
        text = self.gold.source.text
        around = text[max(0, span.start - _CONTEXT) : min(span.end, span.start + 60) + _CONTEXT]
        line = text.count("\n", 0, span.start) + 1
        self.differences.append(
            Difference(self.gold.name, name, line, _flat(around), _flat(wanted), _flat(got))
        )


def compare(gold: Gold, notice: Notice) -> Result:
    """All fields that gold looked at."""
    result = Result(gold)
    if gold.clauses is not None:
        _compare_clauses(result, gold.clauses, gold.tasks or (), notice)
    if gold.tasks is not None:
        _compare_tasks(result, gold.tasks, notice)
    if gold.deadlines is not None:
        _compare_deadlines(result, gold.deadlines, notice)
    if gold.quantities is not None:
        _compare_quantities(result, gold.quantities, notice)
    if gold.months is not None:
        _compare_months(result, gold.months, notice)
    result.differences.sort(key=lambda d: (d.line, d.field, d.wanted, d.got))
    return result


def _flat(words: str) -> str:
    return "".join(words.split())


def _inner(text: str, span: Span) -> Span:
    """The span without the brackets, stops and blanks at its borders."""
    start, end = span
    while start < end and text[start] in _BORDERS:
        start += 1
    while end > start and text[end - 1] in _BORDERS:
        end -= 1
    return Span(start, end)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _assignments(notice: Notice) -> list[tuple[Assignment, Task | None]]:
    found: list[tuple[Assignment, Task | None]] = [
        (assignment, None) for section in notice.sections for assignment in section.assignments
    ]
    for task in notice.tasks:
        holders: tuple[Task | Item, ...] = (task, *task.targets, *task.measures)
        found += [(assignment, task) for holder in holders for assignment in holder.assignments]
    found.sort(key=lambda pair: pair[0].span)
    return [pair for pair in found if pair[0].evidence.value == "quoted"]


def _compare_clauses(
    result: Result, wanted: Sequence[GoldClause], heads: Sequence[int], notice: Notice
) -> None:
    text = notice.source.text
    found = _assignments(notice)
    places = [_inner(text, assignment.span) for assignment, _ in found]
    used: set[int] = set()
    for clause in wanted:
        place = _inner(text, clause.span)
        best = max(
            (index for index in range(len(places)) if index not in used and _shared(place, places[index])),
            key=lambda index: (_shared(place, places[index]), -index),
            default=None,
        )
        lengths = () if best is None else (place.end - place.start, places[best].end - places[best].start)
        if best is None or 2 * _shared(place, places[best]) < min(lengths):
            for name in ("clause", "clause_span"):
                result.count(name, 0, 0, 1)
            result.differ("clause", clause.span, clause.span.of(text), "")
            _compare_parties(result, clause, None)
            continue
        used.add(best)
        assignment, task = found[best]
        result.count("clause", 1, 0, 0)
        exact = places[best] == place
        result.count("clause_span", exact, not exact, not exact)
        if not exact:
            result.differ("clause_span", clause.span, clause.span.of(text), assignment.span.of(text))
        _compare_parties(result, clause, assignment)
        before = [head for head in heads if head <= clause.span.start]
        if before:
            hangs = task is None or clause.of_section or abs(task.text_span.start - before[-1]) <= 2
            result.count("clause_task", hangs, not hangs, not hangs)
            if not hangs:
                got = "" if task is None else task.text_span.of(text)[:30]
                result.differ("clause_task", clause.span, text[before[-1] : before[-1] + 30], got)
    for index, (assignment, _) in enumerate(found):
        if index not in used:
            result.count("clause", 0, 1, 0)
            result.count("clause_span", 0, 1, 0)
            result.differ("clause", assignment.span, "", assignment.span.of(text))
            _compare_parties(result, None, assignment)


def _compare_parties(result: Result, clause: GoldClause | None, assignment: Assignment | None) -> None:
    wanted_all = [] if clause is None else [(_flat(name), role) for name, role in clause.parties]
    got_all = (
        [] if assignment is None else [(_flat(party.text), party.role.value) for party in assignment.parties]
    )
    for name, by_role in (("party", False), ("party_role", True)):
        wanted, got = (
            Counter((party, role if by_role else "") for party, role in pairs if party not in _NO_PARTY)
            for pairs in (wanted_all, got_all)
        )
        right = (wanted & got).total()
        result.count(name, right, got.total() - right, wanted.total() - right)
        if wanted != got and clause is not None and assignment is not None:
            result.differ(name, clause.span, _listed(wanted - got), _listed(got - wanted))


def _listed(counter: Counter[tuple[str, str]]) -> str:
    return "、".join("/".join(filter(None, pair)) for pair in sorted(counter.elements()))


def _compare_tasks(result: Result, heads: Sequence[int], notice: Notice) -> None:
    left = [task.text_span.start for task in notice.tasks]
    text = notice.source.text
    for head in heads:
        near = next((start for start in left if abs(start - head) <= 2), None)
        if near is None:
            result.count("task", 0, 0, 1)
            result.differ("task", Span(head, head), text[head : head + 30], "")
        else:
            left.remove(near)
            result.count("task", 1, 0, 0)
    for start in left:
        result.count("task", 0, 1, 0)
        result.differ("task", Span(start, start), "", text[start : start + 30])


def _deadlines(notice: Notice) -> Iterator[Deadline]:
    seen = set()
    holders: list[Section | Task] = [*notice.sections]
    holders += notice.tasks
    for holder in holders:
        parts: list[Section | Task | Item] = [holder]
        if isinstance(holder, Task):
            parts += [*holder.targets, *holder.measures]
        for deadline in (found for part in parts for found in part.deadlines):
            if deadline.span not in seen:
                seen.add(deadline.span)
                yield deadline


def _compare_deadlines(result: Result, wanted: Sequence[tuple[Span, str | None]], notice: Notice) -> None:
    found = list(_deadlines(notice))
    used: set[int] = set()
    for span, due in wanted:
        index = next((i for i, d in enumerate(found) if i not in used and _shared(d.span, span)), None)
        if index is None:
            result.count("deadline", 0, 0, 1)
            result.count("deadline_due", 0, 0, 1)
            result.differ("deadline", span, f"{span.of(result.gold.source.text)} {due}", "")
            continue
        used.add(index)
        result.count("deadline", 1, 0, 0)
        same = found[index].due == due
        result.count("deadline_due", same, not same, not same)
        if not same:
            result.differ("deadline_due", span, str(due), str(found[index].due))
    for index, deadline in enumerate(found):
        if index not in used:
            result.count("deadline", 0, 1, 0)
            result.count("deadline_due", 0, 1, 0)
            result.differ("deadline", deadline.span, "", f"{deadline.text} {deadline.due}")


def _compare_quantities(
    result: Result, wanted: Sequence[tuple[Span, tuple[GoldQuantity, ...]]], notice: Notice
) -> None:
    """By stretch: only those that gold looked through count."""
    holders: list[Task | Item] = [*notice.tasks]
    holders += [item for task in notice.tasks for item in task.targets]
    found = sorted((q for holder in holders for q in holder.quantities), key=lambda quantity: quantity.span)
    for span, quantities in wanted:
        inside = [quantity for quantity in found if span.contains(quantity.span)]
        left = list(inside)
        for gold in quantities:
            match = next((q for q in left if (q.comparator, q.value, q.unit) == gold[:3]), None)
            if match is None:
                result.count("quantity", 0, 0, 1)
                result.differ("quantity", span, _shown(gold[:3]), "、".join(map(_quantity_words, left)))
                continue
            left.remove(match)
            result.count("quantity", 1, 0, 0)
            if gold[3] is not None:
                same = metrics_overlap(gold[3], match.metric)
                result.count("metric", same, not same, not same)
                if not same:
                    result.differ("metric", match.span, gold[3], match.metric)
        for quantity in left:
            result.count("quantity", 0, 1, 0)
            result.differ("quantity", quantity.span, "", _quantity_words(quantity))


def _quantity_words(quantity: Quantity) -> str:
    return _shown((quantity.comparator, quantity.value, quantity.unit))


def _shown(parts: tuple[str, str, str]) -> str:
    return "".join(parts)


def metrics_overlap(wanted: str, got: str) -> bool:
    """Whether two metrics share half their characters: Dice's measure over characters, 0.5 at least."""
    one, other = Counter(_flat(wanted)), Counter(_flat(got))
    return 4 * (one & other).total() >= one.total() + other.total() > 0


def _compare_months(result: Result, wanted: Sequence[tuple[Span, tuple[str, ...]]], notice: Notice) -> None:
    measures = {item.text_span.start: item for task in notice.tasks for item in task.measures}
    for span, months in wanted:
        item = measures.get(span.start)
        want = Counter(map(gold_month, months))
        got = Counter(month_of(deadline) for deadline in (() if item is None else item.deadlines))
        right = (want & got).total()
        result.count("months", right, got.total() - right, want.total() - right)
        if want != got:
            result.differ(
                "months", span, "、".join((want - got).elements()), "、".join((got - want).elements())
            )


def gold_month(words: str) -> str:
    """What gold's month means, in the form of ``month_of``: 5月起每月 is ``5月起 monthly``."""
    if words[:2] == "20":
        return words
    every = next(
        (
            name
            for word, name in (("月", "monthly"), ("季", "quarterly"), ("周", "weekly"))
            if f"每{word}" in words or f"按{word}" in words
        ),
        "ongoing",
    )
    since = words.partition("起")[0] + "起 " if "起" in words else ""
    return since + every


def month_of(deadline: Deadline) -> str:
    """A deadline as months: 2021-06, 2021-07/2021-08, monthly, ``5月起 monthly``."""
    if deadline.recurrence is not None:
        since = "" if deadline.start is None else f"{int(deadline.start[5:7])}月起 "
        return since + deadline.recurrence
    last = "" if deadline.due is None else deadline.due[:7]
    first = last if deadline.start is None else deadline.start[:7]
    return last if first == last else f"{first}/{last}"
