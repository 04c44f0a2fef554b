"""A writer of strict-dialect notices that notes what it writes: text and expected structure in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from duban.model import Assignment, Item, Notice, Role, Task

Span = tuple[int, int]
#: ``(name, role)`` of each party of a clause, in reading order.
Parties = tuple[tuple[str, str], ...]

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
ROLE_OF_KEY = {"责任单位": Role.RESPONSIBLE, "牵头单位": Role.LEAD, "配合单位": Role.COOPERATING}


@dataclass(frozen=True, slots=True)
class ClauseFound:
    """A responsibility clause: its span with brackets (in a table, the unit cell) and its parties."""

    span: Span
    parties: Parties = ()


@dataclass(frozen=True, slots=True)
class ItemFound:
    """A target or measure. ``marker`` is ``""`` for a lone item and for one whose marker was lost."""

    marker: str
    text: Span
    clause: ClauseFound | None


@dataclass(frozen=True, slots=True)
class TaskFound:
    """A task or table row: number, statement without marker and clause, clause, the two blocks."""

    number: int
    statement: Span
    clause: ClauseFound
    targets: tuple[ItemFound, ...] = ()
    measures: tuple[ItemFound, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a notice. Spans are half-open, in code points of the whole text.

    ``sections``: ``(marker, title, declared count)`` of each section that declares a count.
    """

    sections: tuple[tuple[str, str, int], ...]
    tasks: tuple[TaskFound, ...]
    roster: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A notice and what stands in it; ``body_start`` is where the first section heading begins."""

    text: str
    found: Found
    body_start: int = 0


class NoticeWriter:
    """Writes a notice line by line; each method returns the writer, ``written()`` the result."""

    def __init__(self, front: str = "") -> None:
        self._parts = [front] if front else []
        self._length = self._body_start = len(front)
        self._sections: list[tuple[str, str, int]] = []
        self._tasks: list[TaskFound] = []
        self._roster: tuple[str, ...] = ()

    def _add(self, piece: str) -> Span:
        start = self._length
        self._parts.append(piece)
        self._length += len(piece)
        return start, self._length

    def section(self, title: str, count: int, *, table: bool = False) -> NoticeWriter:
        marker = ORDINALS[len(self._sections)] + "、"
        self._add(f"{marker}{title}({count}项){' | ||' if table else ''}\n")
        self._sections.append((marker, title, count))
        return self

    def task(
        self,
        number: int,
        statement: str,
        roles: Sequence[tuple[str, Sequence[str]]],
        *,
        brackets: str = "()",
    ) -> NoticeWriter:
        """``roles`` are the clause's keys with their units: ``[("牵头单位", ["省财政厅"]), …]``."""
        self._add(f"{number}.")
        words = self._add(statement)
        body = ",".join(f"{key}:{'、'.join(names)}" for key, names in roles)
        span = self._add(f"{brackets[0]}{body}{brackets[1]}")
        self._add("\n")
        parties = tuple((name, str(ROLE_OF_KEY[key])) for key, names in roles for name in names)
        self._tasks.append(TaskFound(number, words, ClauseFound(span, parties)))
        return self

    def targets(self, items: Iterable[tuple[str, str, Sequence[str]]]) -> NoticeWriter:
        """``items``: ``(marker or "", wording that ends with 。, units or [])``."""
        self._tasks[-1] = replace(self._tasks[-1], targets=self._block("年度目标:", items))
        return self

    def measures(self, items: Iterable[tuple[str, str, Sequence[str]]]) -> NoticeWriter:
        self._tasks[-1] = replace(self._tasks[-1], measures=self._block("落实措施:", items))
        return self

    def _block(self, label: str, items: Iterable[tuple[str, str, Sequence[str]]]) -> tuple[ItemFound, ...]:
        self._add(label)
        found = []
        for marker, words, names in items:
            self._add(marker)
            text = self._add(words)
            clause = None
            if names:
                span = self._add(f"({'、'.join(names)})")
                clause = ClauseFound(span, _responsible(names))
            found.append(ItemFound(marker, text, clause))
        self._add("\n")
        return tuple(found)

    def row(self, number: int, indicator: str, names: Sequence[str]) -> NoticeWriter:
        self._add(f"{number} | ")
        words = self._add(indicator)
        self._add(" | ")
        cell = self._add("、".join(names))
        self._add(" |\n")
        self._tasks.append(TaskFound(number, words, ClauseFound(cell, _responsible(names))))
        return self

    def roster(self, title: str, names: Sequence[str]) -> NoticeWriter:
        self._add(f"附件2\n{title}\n{'、'.join(names)}。\n")
        self._roster = tuple(names)
        return self

    def written(self, *, last_line_end: bool = True) -> Written:
        """The notice; without ``last_line_end`` its last line is left open, as files often are."""
        text = "".join(self._parts)
        if not last_line_end:
            text = text.removesuffix("\n")
        return Written(text, Found(tuple(self._sections), tuple(self._tasks), self._roster), self._body_start)


def _responsible(names: Sequence[str]) -> Parties:
    return tuple((name, str(Role.RESPONSIBLE)) for name in names)


def without_parties(found: Found) -> Found:
    """``found`` with the clauses' spans only: to compare parsers that read names differently."""

    def item(part: ItemFound) -> ItemFound:
        return replace(part, clause=part.clause and ClauseFound(part.clause.span))

    return replace(
        found,
        tasks=tuple(
            replace(
                task,
                clause=ClauseFound(task.clause.span),
                targets=tuple(item(part) for part in task.targets),
                measures=tuple(item(part) for part in task.measures),
            )
            for task in found.tasks
        ),
    )


def _clause(assignments: tuple[Assignment, ...]) -> ClauseFound | None:
    if not assignments:
        return None
    if len(assignments) > 1:
        raise ValueError(f"the strict dialect has one clause an item, not {assignments}")
    only = assignments[0]
    return ClauseFound(
        (only.span[0], only.span[1]), tuple((party.text, str(party.role)) for party in only.parties)
    )


def _item(item: Item) -> ItemFound:
    return ItemFound(item.marker, (item.text_span[0], item.text_span[1]), _clause(item.assignments))


def _task(task: Task) -> TaskFound:
    clause = _clause(task.assignments)
    if clause is None or task.number is None:
        raise ValueError(f"a task of the strict dialect has a number and a clause: {task}")
    return TaskFound(
        number=task.number,
        statement=(task.text_span[0], task.text_span[1]),
        clause=clause,
        targets=tuple(_item(item) for item in task.targets),
        measures=tuple(_item(item) for item in task.measures),
    )


def found_in(notice: Notice) -> Found:
    """What the project's parser found, in the shape of the oracle.

    Sections that declare no count are left out: they are not part of the strict dialect. Raises
    ValueError where the record could not stem from a strict notice.
    """
    return Found(
        sections=tuple(
            (section.marker, section.title, section.declared_tasks)
            for section in notice.sections
            if section.declared_tasks is not None
        ),
        tasks=tuple(_task(task) for task in notice.tasks),
        roster=tuple(entry.text for entry in notice.roster),
    )
