"""Search: finds tasks by words, unit, role, year, notice and deadline, and says why each was found."""

from __future__ import annotations

from pathlib import Path

from ..party import Party
from ..span import Span
from ..units import UnitDirectory
from .bigrams import find_all, key_positions, search_key
from .failures import intact
from .matching import NAMED, PARTLY, POSSIBLE, Meaning, UnitMatcher, match_unit
from .query import DeadlineMatch, Hit, Match, PartyMatch, Query, WordMatch, merge
from .reader import Reader, reading
from .statement import count_tasks, task_ids
from .target import Target
from .tasks import StoredTask, load_tasks

#: Characters on each side of a word that stands in no statement or item.
_AROUND = 20


def search(target: str | Path | Target | Reader, query: Query, directory: UnitDirectory) -> tuple[Hit, ...]:
    """The tasks of current versions for which all of the query's conditions hold, the most relevant first.

    A word is found where its characters stand together, width, case and blanks not regarded. Raises
    RegistryMissingError when there is no registry yet, and the other kinds of RegistryError.
    """
    with reading(target) as reader:
        unit = match_unit(reader, query.unit, directory, exact=query.exact) if query.unit else None
        ranks = task_ids(reader, query, unit)
        tasks = load_tasks(reader, [task_id for task_id, _ in ranks])
        with intact(reader.place):
            return tuple(_hit(task, query, unit, rank) for task, (_, rank) in zip(tasks, ranks, strict=True))


def count_hits(target: str | Path | Target | Reader, query: Query, directory: UnitDirectory) -> int:
    """How many hits :func:`search` has without the query's limit. Raises what it raises."""
    with reading(target) as reader:
        unit = match_unit(reader, query.unit, directory, exact=query.exact) if query.unit else None
        return count_tasks(reader, query, unit)


def _hit(task: StoredTask, query: Query, unit: UnitMatcher | None, rank: int) -> Hit:
    words, spans = _words(task, query)
    return Hit(
        notice_id=task.notice_id,
        notice=task.notice,
        title=task.title,
        year=task.year,
        number=task.number,
        path=task.path,
        text=task.text,
        text_span=task.text_span,
        body=task.body,
        span=task.span,
        parties=_distinct(task),
        why=(*_parties(task, query, unit), *words, *_deadlines(task, query)),
        spans=spans,
        rank=rank,
    )


def _words(task: StoredTask, query: Query) -> tuple[list[Match], tuple[Span, ...]]:
    """One match for each word, and every place of every word."""
    keys = query.keys
    if not keys:
        return [], ()
    body_key, positions = search_key(task.body), key_positions(task.body)
    matches: list[Match] = []
    everywhere: list[Span] = []
    for key in keys:
        places = [
            Span(task.span.start + positions[at], task.span.start + positions[at + len(key) - 1] + 1)
            for at in find_all(body_key, key)
        ]
        everywhere += places
        best = next((place for place in places if task.text_span.contains(place)), places[0])
        where, quote = _place(task, best)
        matches.append(
            WordMatch(
                task.body[best.start - task.span.start : best.end - task.span.start], best, where, quote
            )
        )
    return matches, merge(everywhere)


def _place(task: StoredTask, span: Span) -> tuple[str, str]:
    """In what part of the task a span lies, and that part's words."""
    if task.text_span.contains(span):
        return "statement", task.text
    for item in task.items:
        if item.span.contains(span):
            return item.kind, item.text
    start = max(0, span.start - task.span.start - _AROUND)
    return "task", task.body[start : span.end - task.span.start + _AROUND]


def _parties(task: StoredTask, query: Query, unit: UnitMatcher | None) -> list[Match]:
    """The parties that were asked for, the surest first, each text and role once."""
    if unit is None and query.role is None:
        return []
    asked = unit.asked if unit is not None else ""
    found: dict[tuple[str, str], tuple[int, PartyMatch]] = {}
    for named in task.all_parties():
        party = named.party
        if query.role is not None and party.role.value != query.role:
            continue
        meaning = Meaning(NAMED) if unit is None else unit.meaning(named, task)
        if meaning is not None:
            tier = meaning.tier
            match = PartyMatch(
                party,
                group=meaning.group,
                possible=tier >= POSSIBLE,
                partly=tier == PARTLY,
                relation=meaning.relation,
                asked=asked,
            )
            key = party.text, party.role.value
            if key not in found or tier < found[key][0]:
                found[key] = tier, match
    return [match for _, match in sorted(found.values(), key=lambda pair: pair[0])]


def _deadlines(task: StoredTask, query: Query) -> list[Match]:
    if query.due_before is None:
        return []
    return [
        DeadlineMatch(deadline.text, deadline.span, deadline.due)
        for deadline in task.all_deadlines()
        if deadline.due is not None and deadline.due < query.due_before
    ]


def _distinct(task: StoredTask) -> tuple[Party, ...]:
    parties: dict[tuple[str, str], Party] = {}
    for named in task.all_parties():
        parties.setdefault((named.party.text, named.party.role.value), named.party)
    return tuple(parties.values())
