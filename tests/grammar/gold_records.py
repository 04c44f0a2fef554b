"""The corpus' hand-written gold records: loading them and finding their strings in the notice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLES = sorted(path.stem for path in (CORPUS / "samples").glob("*.txt"))

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """A sample and its gold record; ``spans`` gives each clause, task head and deadline its place.

    The keys of ``spans`` are those of the record: ``clauses``, ``tasks``, ``deadlines``.
    """

    text: str
    record: dict[str, Any]
    spans: dict[str, tuple[Span, ...]]


@cache
def gold_of(name: str) -> Gold:
    """Raises ValueError where a string of the record does not stand in the notice in reading order."""
    record = json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    text = (CORPUS / "samples" / record["file"]).read_bytes().decode(record["encoding"])
    spans = {
        "clauses": _in_order(text, [clause["text"] for clause in record["clauses"]]),
        "tasks": _in_order(text, [task["head"] for task in record["tasks"]]),
        "deadlines": _in_order(text, [deadline["text"] for deadline in record["deadlines"]]),
    }
    return Gold(text, record, spans)


def _in_order(text: str, wanted: list[str]) -> tuple[Span, ...]:
    spans, position = [], 0
    for words in wanted:
        start = text.find(words, position)
        if start < 0:
            raise ValueError(f"not found after character {position}: {words!r}")
        position = start + len(words)
        spans.append((start, position))
    return tuple(spans)
