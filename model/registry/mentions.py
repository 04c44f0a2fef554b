"""Mentions: every party as the current notices quote it, for looking over the names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..party import Party, PartyKind, Role
from ..span import Evidence, Span
from .failures import intact
from .reader import Reader, reading
from .target import Target


def mentioned(target: str | Path | Target | Reader) -> Iterator[Party]:
    """Quoted parties of current versions, in order. Raises the kinds of RegistryError."""
    with reading(target) as reader, intact(reader.place):
        rows = reader.rows(
            "SELECT p.text, p.span_start, p.span_end, p.role, p.kind, p.evidence, p.unit FROM party p"
            " JOIN task t ON t.id = p.task_id JOIN notice_version v ON v.id = t.version_id"
            " WHERE v.is_current AND p.evidence <> 'inherited' ORDER BY p.id"
        )
        for text, start, end, role, kind, evidence, unit in rows:
            yield Party(text, Span(start, end), Role(role), PartyKind(kind), Evidence(evidence), unit)
