"""Stored tasks: reading tasks back with their items, parties and deadlines."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..party import Party, PartyKind, Role
from ..span import Evidence, Span
from ..task import Deadline
from .failures import intact
from .notices import notice_label
from .reader import Reader

#: Ids in one query; both databases allow many more.
_CHUNK = 1000

_ROLES = {role.value: role for role in Role}
_KINDS = {kind.value: kind for kind in PartyKind}
_EVIDENCE = {evidence.value: evidence for evidence in Evidence}


@dataclass(frozen=True, slots=True)
class NamedParty:
    """An effective party with the id of its name in the registry."""

    party: Party
    name: int


@dataclass(frozen=True, slots=True)
class StoredItem:
    """A target or measure. ``text`` is its wording without marker and closing clause."""

    kind: str
    marker: str
    evidence: Evidence
    span: Span
    text: str
    parties: tuple[NamedParty, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A task of a current version, and what its notice is called."""

    id: int
    notice_id: int
    #: Document number, else title, else file name.
    notice: str
    title: str | None
    year: int | None
    issued_on: str | None
    #: The notice's names, folded.
    label_key: str
    #: Whether the notice tells by issuer or number where it is from.
    placed: bool
    number: int | None
    path: tuple[str, ...]
    section: str | None
    span: Span
    text_span: Span
    body: str
    parties: tuple[NamedParty, ...]
    items: tuple[StoredItem, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def text(self) -> str:
        """The statement."""
        return self.body[self.text_span.start - self.span.start : self.text_span.end - self.span.start]

    def all_parties(self) -> list[NamedParty]:
        """Effective parties of the task and then of its items."""
        return [*self.parties, *(named for item in self.items for named in item.parties)]

    def all_deadlines(self) -> list[Deadline]:
        """Deadlines of the task and then of its items."""
        return [*self.deadlines, *(deadline for item in self.items for deadline in item.deadlines)]


def load_tasks(reader: Reader, ids: Sequence[int]) -> list[StoredTask]:
    """The tasks with these ids, in the order of ``ids``. Raises RegistryDamagedError for rows that make no
    task."""
    found: dict[int, StoredTask] = {}
    with intact(reader.place):
        for at in range(0, len(ids), _CHUNK):
            listed = ", ".join(str(int(task_id)) for task_id in ids[at : at + _CHUNK])
            found |= {task.id: task for task in _load(reader, listed)}
        return [found[task_id] for task_id in ids]


def _load(reader: Reader, listed: str) -> Iterable[StoredTask]:
    parties: defaultdict[tuple[int, int | None], list[NamedParty]] = defaultdict(list)
    for task_id, item_id, name, text, unit, role, kind, evidence, start, end in reader.rows(
        "SELECT task_id, item_id, name_id, text, unit, role, kind, evidence, span_start, span_end"
        f" FROM party WHERE task_id IN ({listed}) ORDER BY id"
    ):
        party = Party(text, Span(start, end), _ROLES[role], _KINDS[kind], _EVIDENCE[evidence], unit)
        parties[task_id, item_id].append(NamedParty(party, name))
    deadlines: defaultdict[tuple[int, int | None], list[Deadline]] = defaultdict(list)
    for task_id, item_id, text, start_on, due_on, recurrence, evidence, start, end in reader.rows(
        "SELECT task_id, item_id, text, start_on, due_on, recurrence, evidence, span_start, span_end"
        f" FROM deadline WHERE task_id IN ({listed}) ORDER BY id"
    ):
        deadlines[task_id, item_id].append(
            Deadline(Span(start, end), text, start_on, due_on, recurrence, _EVIDENCE[evidence])
        )
    items: defaultdict[int, list[StoredItem]] = defaultdict(list)
    for item_id, task_id, kind, marker, evidence, start, end, text in reader.rows(
        "SELECT id, task_id, kind, marker, evidence, span_start, span_end, text"
        f" FROM item WHERE task_id IN ({listed}) ORDER BY id"
    ):
        items[task_id].append(
            StoredItem(
                kind,
                marker,
                _EVIDENCE[evidence],
                Span(start, end),
                text,
                tuple(parties[task_id, item_id]),
                tuple(deadlines[task_id, item_id]),
            )
        )
    for row in reader.rows(
        "SELECT t.id, v.notice_id, v.document_number, v.title, v.name, v.year, v.issued_on, v.label_key,"
        " v.issuer, t.number, t.path, t.section, t.span_start, t.span_end, t.text_start, t.text_end, t.body"
        " FROM task t JOIN notice_version v ON v.id = t.version_id"
        f" WHERE t.id IN ({listed})"
    ):
        yield _task(row, parties[row[0], None], items[row[0]], deadlines[row[0], None])


def _task(
    row: Sequence[Any], parties: list[NamedParty], items: list[StoredItem], deadlines: list[Deadline]
) -> StoredTask:
    (task_id, notice_id, document_number, title, name, year, issued_on, label_key, issuer, *own) = row
    number, path, section, span_start, span_end, text_start, text_end, body = own
    return StoredTask(
        id=task_id,
        notice_id=notice_id,
        notice=notice_label(document_number, title, name),
        title=title,
        year=year,
        issued_on=issued_on,
        label_key=label_key,
        placed=document_number is not None or issuer is not None,
        number=number,
        path=tuple(json.loads(path)),
        section=section,
        span=Span(span_start, span_end),
        text_span=Span(text_start, text_end),
        body=body,
        parties=tuple(parties),
        items=tuple(items),
        deadlines=tuple(deadlines),
    )
