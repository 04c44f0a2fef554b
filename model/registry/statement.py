"""The statement: a query as one portable SQL query for task ids, the most relevant first.

Relevance: the unit is named itself, named by an enclosing text, named inside other words, answers through a
group, may answer through one; within that, all words stand in the statement before some stand in targets,
measures or clauses only; within that, the newest notice, then the notice's own order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .bigrams import grams_sought
from .matching import UnitMatcher
from .notices import matching_notices
from .query import Query
from .reader import Reader

_NEWEST = "coalesce(v.issued_on, CAST(v.year AS TEXT), '') DESC, v.id DESC, t.ordinal"


@dataclass(frozen=True, slots=True)
class _Found:
    """What follows SELECT for all hits, the place of a hit in the order, and the parameters."""

    source: str
    place: str
    parameters: dict[str, Any]


def task_ids(reader: Reader, query: Query, unit: UnitMatcher | None) -> list[tuple[int, int]]:
    """``(task id, rank)`` of all hits up to the query's limit, in order.

    ``unit`` is the matcher for ``query.unit``, whose names only a directory knows.
    """
    found = _found(reader, query, unit)
    limit = "" if query.limit is None else f"LIMIT {int(query.limit)}"
    rows = reader.rows(
        f"SELECT t.id, {found.place} AS place {found.source} ORDER BY place, {_NEWEST} {limit}",
        **found.parameters,
    )
    return [(int(row[0]), int(row[1])) for row in rows]


def count_tasks(reader: Reader, query: Query, unit: UnitMatcher | None) -> int:
    """How many hits there are, the query's limit not regarded."""
    found = _found(reader, query, unit)
    return int(reader.rows(f"SELECT count(*) {found.source}", **found.parameters)[0][0])


def _found(reader: Reader, query: Query, unit: UnitMatcher | None) -> _Found:
    parameters: dict[str, Any] = {}
    where = ["v.is_current"]
    joined = ""
    tier = "0"
    if unit is not None:
        answering, of_unit = unit.sql(reader.dialect, query.role)
        parameters |= of_unit
        joined = f"JOIN ({answering}) u ON u.task_id = t.id"
        tier = "u.tier"
    elif query.role is not None:
        parameters["role"] = query.role
        where.append("t.id IN (SELECT p.task_id FROM party p WHERE p.role = :role)")
    if query.notice is not None:
        listed = ", ".join(str(row.id) for row in matching_notices(reader, query.notice))
        where.append(f"v.notice_id IN ({listed})" if listed else "FALSE")
    if query.year is not None:
        parameters["year"] = query.year
        where.append("v.year = :year")
    if query.due_before is not None:
        parameters["due"] = query.due_before
        where.append("t.id IN (SELECT d.task_id FROM deadline d WHERE d.due_on < :due)")
    in_statement = "0"
    if keys := query.keys:
        parameters["match"] = reader.dialect.match(grams_sought(keys))
        where.append(f"t.id IN ({reader.dialect.index_match})")
        words = {f"word_{index}": key for index, key in enumerate(keys)}
        parameters |= words
        where += [reader.dialect.contains("t.body_key", name) for name in words]
        in_statement = " AND ".join(reader.dialect.contains("t.statement_key", name) for name in words)
        in_statement = f"CASE WHEN {in_statement} THEN 0 ELSE 1 END"
    source = f"FROM task t JOIN notice_version v ON v.id = t.version_id {joined} WHERE {' AND '.join(where)}"
    return _Found(source, f"{tier} * 2 + {in_statement}", parameters)
