"""The JSON border: a notice as the record of ``duban.notice/1`` (contract §4), and back.

Plain functions without reflection: a notice with 1,300 parties is on every command's path.
"""

from __future__ import annotations

from typing import Any

from .border_places import mark_computed, places_record, read_places
from .diagnostic import Diagnostic, Severity
from .notice import SCHEMA, Document, Notice, RosterEntry, Source
from .party import Assignment, Party, PartyKind, Role
from .scoring import scoring_from_dict, scoring_to_dict
from .span import Evidence, Span
from .task import Deadline, Item, Quantity, Section, Task

#: A JSON object: keys in the contract's order, spans as ``[start, end]``.
Record = dict[str, Any]


def notice_to_dict(notice: Notice) -> Record:
    """The record of a notice. Same notice, same keys in the same order; shares nothing with the notice.

    Beyond the contract: ``roster``, ``documents`` and, in ``source``, what ``rebuild`` needs beside the text:
    ``bom`` (hex) and ``irregular`` (``[[character index, hex], …]``). For a file that is no plain text,
    ``parts`` and ``pieces`` tell where each stretch of the text came from (docs/formats.md), and a section,
    task or item whose marker the program that shows the file computes has ``marker_evidence`` ``derived``.
    """
    source = notice.source
    record: Record = {
        "schema": SCHEMA,
        "source": {
            "name": source.name,
            "format": source.format,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "characters": source.characters,
            "bom": source.bom.hex(),
            "irregular": [[index, data.hex()] for index, data in source.irregular],
            **places_record(source.pieces),
        },
        "title": notice.title,
        "document_number": notice.document_number,
        "issuer": notice.issuer,
        "issued_on": notice.issued_on,
        "year": notice.year,
        "addressees": list(notice.addressees),
        "sections": [_section(section) for section in notice.sections],
        "tasks": [_task(task) for task in notice.tasks],
        "scoring": scoring_to_dict(notice.scoring),
        "roster": [{"text": e.text, "span": [*e.span], "unit": e.unit} for e in notice.roster],
        "documents": [_document(document) for document in notice.documents],
        "unparsed": [{"span": [*span]} for span in notice.unparsed],
        "diagnostics": [
            {
                "code": d.code,
                "severity": d.severity.value,
                "span": None if d.span is None else [*d.span],
                "message": d.message,
            }
            for d in notice.diagnostics
        ],
    }
    mark_computed(record, notice)
    return record


def _document(document: Document) -> Record:
    return {
        "span": [*document.span],
        "title": document.title,
        "document_number": document.document_number,
        "issuer": document.issuer,
        "issued_on": document.issued_on,
        "year": document.year,
    }


def notice_to_json(notice: Notice) -> str:
    """The record as one line of JSON: no blanks, Chinese as it is, no line feed at the end. Deterministic."""
    return record_to_json(notice_to_dict(notice))


def record_to_json(record: Any) -> str:
    """Any value of plain dicts, lists and scalars as one line of JSON, written like a notice."""
    import json

    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _parties(parties: tuple[Party, ...]) -> list[Record]:
    return [
        {
            "text": p.text,
            "span": [*p.span],
            "role": p.role._value_,
            "kind": p.kind._value_,
            "evidence": p.evidence._value_,
            "unit": p.unit,
        }
        for p in parties
    ]


def _assignments(assignments: tuple[Assignment, ...]) -> list[Record]:
    return [
        {
            "span": [*a.span],
            "scope": [*a.scope],
            "evidence": a.evidence._value_,
            "parties": _parties(a.parties),
        }
        for a in assignments
    ]


def _deadlines(deadlines: tuple[Deadline, ...]) -> list[Record]:
    return [
        {
            "span": [*d.span],
            "text": d.text,
            "start": d.start,
            "due": d.due,
            "recurrence": d.recurrence,
            "evidence": d.evidence._value_,
        }
        for d in deadlines
    ]


def _quantities(quantities: tuple[Quantity, ...]) -> list[Record]:
    return [
        {
            "span": [*q.span],
            "metric": q.metric,
            "comparator": q.comparator,
            "value": q.value,
            "upper": q.upper,
            "unit": q.unit,
            "baseline": q.baseline,
            "direction": q.direction,
        }
        for q in quantities
    ]


def _section(section: Section) -> Record:
    return {
        "marker": section.marker,
        "title": section.title,
        "declared_tasks": section.declared_tasks,
        "path": [*section.path],
        "span": [*section.span],
        "assignments": _assignments(section.assignments),
        "deadlines": _deadlines(section.deadlines),
    }


def _task(task: Task) -> Record:
    return {
        "number": task.number,
        "marker": task.marker,
        "path": [*task.path],
        "span": [*task.span],
        "text_span": [*task.text_span],
        "assignments": _assignments(task.assignments),
        "parties": _parties(task.parties),
        "targets": [_item(item) for item in task.targets],
        "measures": [_item(item) for item in task.measures],
        "quantities": _quantities(task.quantities),
        "deadlines": _deadlines(task.deadlines),
    }


def _item(item: Item) -> Record:
    return {
        "marker": item.marker,
        "evidence": item.evidence._value_,
        "span": [*item.span],
        "text_span": [*item.text_span],
        "assignments": _assignments(item.assignments),
        "parties": _parties(item.parties),
        "quantities": _quantities(item.quantities),
        "deadlines": _deadlines(item.deadlines),
    }


def notice_from_dict(record: Record, text: str) -> Notice:
    """The notice that :func:`notice_to_dict` made ``record`` of; ``text`` is the source's, not in the record.

    Raises ValueError when the schema is another one or the text has another length than the record says.
    """
    if record.get("schema") != SCHEMA:
        raise ValueError(f"schema must be {SCHEMA}, not {record.get('schema')!r}")
    source = record["source"]
    if source["characters"] != len(text):
        raise ValueError(f"the record tells of {source['characters']} characters, the text has {len(text)}")
    return Notice(
        source=Source(
            name=source["name"],
            format=source["format"],
            sha256=source["sha256"],
            encoding=source["encoding"],
            text=text,
            bom=bytes.fromhex(source.get("bom", "")),
            irregular=tuple((index, bytes.fromhex(data)) for index, data in source.get("irregular", ())),
            pieces=read_places(source),
        ),
        title=record["title"],
        document_number=record["document_number"],
        issuer=record["issuer"],
        issued_on=record["issued_on"],
        year=record["year"],
        addressees=tuple(record["addressees"]),
        sections=tuple(_read_section(row) for row in record["sections"]),
        tasks=tuple(_read_task(row) for row in record["tasks"]),
        scoring=scoring_from_dict(record.get("scoring")),
        roster=tuple(
            RosterEntry(row["text"], Span(*row["span"]), row["unit"]) for row in record.get("roster", ())
        ),
        documents=tuple(
            Document(**{**row, "span": Span(*row["span"])}) for row in record.get("documents", ())
        ),
        unparsed=tuple(Span(*row["span"]) for row in record["unparsed"]),
        diagnostics=tuple(_read_diagnostic(row) for row in record["diagnostics"]),
    )


def _read_diagnostic(row: Record) -> Diagnostic:
    span = None if row["span"] is None else Span(*row["span"])
    return Diagnostic(row["code"], Severity(row["severity"]), row["message"], span)


def _read_parties(rows: list[Record]) -> tuple[Party, ...]:
    return tuple(
        Party(
            text=row["text"],
            span=Span(*row["span"]),
            role=Role(row["role"]),
            kind=PartyKind(row["kind"]),
            evidence=Evidence(row["evidence"]),
            unit=row["unit"],
        )
        for row in rows
    )


def _read_assignments(rows: list[Record]) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(
            Span(*row["span"]), Span(*row["scope"]), _read_parties(row["parties"]), Evidence(row["evidence"])
        )
        for row in rows
    )


def _read_deadlines(rows: list[Record]) -> tuple[Deadline, ...]:
    return tuple(
        Deadline(
            span=Span(*row["span"]),
            text=row["text"],
            start=row["start"],
            due=row["due"],
            recurrence=row["recurrence"],
            evidence=Evidence(row.get("evidence", "quoted")),
        )
        for row in rows
    )


def _read_quantities(rows: list[Record]) -> tuple[Quantity, ...]:
    return tuple(Quantity(**{**row, "span": Span(*row["span"])}) for row in rows)


def _read_section(row: Record) -> Section:
    return Section(
        marker=row["marker"],
        title=row["title"],
        path=tuple(row["path"]),
        span=Span(*row["span"]),
        declared_tasks=row["declared_tasks"],
        assignments=_read_assignments(row["assignments"]),
        deadlines=_read_deadlines(row["deadlines"]),
    )


def _read_task(row: Record) -> Task:
    return Task(
        number=row["number"],
        marker=row["marker"],
        path=tuple(row["path"]),
        span=Span(*row["span"]),
        text_span=Span(*row["text_span"]),
        assignments=_read_assignments(row["assignments"]),
        parties=_read_parties(row["parties"]),
        targets=tuple(_read_item(item) for item in row["targets"]),
        measures=tuple(_read_item(item) for item in row["measures"]),
        quantities=_read_quantities(row["quantities"]),
        deadlines=_read_deadlines(row["deadlines"]),
    )


def _read_item(row: Record) -> Item:
    return Item(
        marker=row["marker"],
        evidence=Evidence(row["evidence"]),
        span=Span(*row["span"]),
        text_span=Span(*row["text_span"]),
        assignments=_read_assignments(row["assignments"]),
        parties=_read_parties(row["parties"]),
        quantities=_read_quantities(row["quantities"]),
        deadlines=_read_deadlines(row["deadlines"]),
    )
