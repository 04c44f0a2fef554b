"""The trace of a score: a tree of results, each with its formula, its inputs and where they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .decimals import plain, printed

#: Where a value that is not computed comes from.
SOURCE_KINDS = frozenset({"entry", "evidence", "ballot", "clause", "input", "group", "count"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: ``kind`` is one of :data:`SOURCE_KINDS`, ``place`` tells the spot (a key of the
    inputs file, a cell, an entry's number, a rule of the pack), ``quote`` the words that stand there."""

    kind: str
    place: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a trace.

    ``formula`` says how it follows from ``inputs`` by their names, in the notation of
    :mod:`duban.score.recompute`; a value that was given has none, but an ``origin``.
    ``note`` tells in words what a formula does not: which rule chose it, what was left out and why.
    """

    name: str
    value: Decimal
    formula: str = ""
    inputs: tuple[Node, ...] = ()
    origin: Origin | None = None
    note: str = ""

    def walk(self) -> Iterator[Node]:
        """The node and all below it, depth first."""
        yield self
        for inner in self.inputs:
            yield from inner.walk()


def given(name: str, value: Decimal, kind: str, place: str, quote: str = "") -> Node:
    """A value that is not computed."""
    return Node(name, value, origin=Origin(kind, place, quote))


def node_to_dict(node: Node) -> dict[str, Any]:
    """The JSON form: ``name``, ``value``; and where there are any ``formula``, ``source``, ``note``,
    ``inputs``. Values are exact decimal strings."""
    made: dict[str, Any] = {"name": node.name, "value": plain(node.value)}
    if node.formula:
        made["formula"] = node.formula
    if node.origin is not None:
        made["source"] = {"kind": node.origin.kind, "place": node.origin.place}
        if node.origin.quote:
            made["source"]["quote"] = node.origin.quote
    if node.note:
        made["note"] = node.note
    if node.inputs:
        made["inputs"] = [node_to_dict(inner) for inner in node.inputs]
    return made


def node_from_dict(record: dict[str, Any]) -> Node:
    """The node that :func:`node_to_dict` wrote."""
    source = record.get("source")
    return Node(
        record["name"],
        Decimal(record["value"]),
        record.get("formula", ""),
        tuple(node_from_dict(inner) for inner in record.get("inputs", ())),
        None if source is None else Origin(source["kind"], source["place"], source.get("quote", "")),
        record.get("note", ""),
    )


_KINDS = {
    "entry": "进展记录", "evidence": "证明材料", "ballot": "评价票", "clause": "条款", "input": "填报",
    "group": "同组数据", "count": "计数",
}  # fmt: skip


def lines_of(node: Node, depth: int = 0, quoted: set[str] | None = None) -> Iterator[str]:
    """The tree as lines for people: value to two digits (half up), formula, source; two blanks a level. A
    sentence of the plan (those ``quoted`` already left out) is quoted once."""
    quoted = set() if quoted is None else quoted
    line = f"{'  ' * depth}{node.name} = {printed(node.value)}"
    if printed(node.value) != plain(node.value) and Decimal(printed(node.value)) != node.value:
        line += f"（{plain(node.value)}）"
    if node.formula:
        line += f"  ← {node.formula}"
    if node.origin is not None:
        kind, place, quote = node.origin.kind, node.origin.place, node.origin.quote
        # a clause is told by its words; its number is for those who keep the pack
        told = "" if kind == "clause" and quote else f"：{place}"
        line += f"  [{_KINDS.get(kind, kind)}{told}]"
        if quote and (kind != "clause" or quote not in quoted):
            line += f"“{quote}”"
        quoted.add(quote)
    if node.note:
        line += f"  ※{node.note}"
    yield line
    for inner in node.inputs:
        yield from lines_of(inner, depth + 1, quoted)
