"""The way of a notice: Source → tokens → clauses and tables → outline → records with diagnostics."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..model import Notice, Party, Section, Source, Span, Task
from ..model.folding import fold
from . import checks
from .brackets import pair
from .clauses import Clause, bracket_clauses, line_clauses
from .coverage import unparsed_spans
from .deadlines import Calendar
from .front import Front, read_front
from .lexer import lex
from .lowering import Lowering
from .outline import Break, Node, attach_clauses, build
from .ownership import Standing, settle
from .reading import read_text, text_source
from .roster import read_roster
from .stacked import find_stacked
from .tables import Table, find_tables

if TYPE_CHECKING:
    from ..model.units import UnitDirectory

_LINE = re.compile(r"[^\r\n]+")
_BODY_YEAR = re.compile(r"(20\d\d)年")
_NUMBER_YEAR = re.compile(r"[〔\[(](20\d\d)[〕\])]")


def parse_bytes(
    raw: bytes, name: str = "<bytes>", *, encoding: str | None = None, directory: UnitDirectory | None = None
) -> Notice:
    """Read and parse a plain text notice. Raises InputError subclasses for bytes that are no text."""
    return parse(read_text(raw, name, encoding=encoding), directory=directory)


def parse_text(text: str, name: str = "<text>") -> Notice:
    """Parse a notice given as text. Total: any text gives a Notice; what was not understood is reported in it."""
    return parse(text_source(text, name))


def parse(source: Source, *, directory: UnitDirectory | None = None) -> Notice:
    """Parse a Source. Never raises; linear in the length of the text.

    ``directory`` gives parties their unit id, where the notice is of one of its regions.
    """
    with _collector_paused():
        return _parse(source, directory)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Parsing makes many records and little garbage: looking for cycles meanwhile costs a quarter of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _parse(source: Source, directory: UnitDirectory | None) -> Notice:
    text = source.text
    folded = fold(text)
    tokens = lex(text, folded)
    lines = [match.span() for match in _LINE.finditer(folded)]
    front = read_front(text, folded, lines)
    tables = sorted((*find_tables(folded, lines), *find_stacked(folded, lines)), key=lambda table: table.start)
    groups = pair(tokens, folded)
    clauses = _outside(bracket_clauses(folded, groups), tables)
    clauses += _outside(line_clauses(folded, tokens, clauses), tables)
    clauses.sort(key=lambda clause: clause.start)
    breaks = sorted(
        (*front.breaks, *(Break(table.start, table.end) for table in tables)), key=lambda b: b.start
    )
    nodes = build(text, folded, tokens, clauses, breaks)
    homeless = attach_clauses(nodes, clauses)
    standing = settle(nodes, folded)
    year = _year(front, folded)
    words = (front.issuer, front.document_number, front.title)
    resolve = None if directory is None else directory.resolver_for(*words)
    lowering = Lowering(text, folded, Calendar(year, front.issued_on), resolve)
    tasks, sections = _records(nodes, standing, tables, homeless, lowering, lines)
    roster = read_roster(text, folded, lines, resolve)
    taken = [
        *front.taken,
        *(Span(table.start, table.end) for table in tables),
        *(Span(node.start, node.end) for node in nodes if node.parent is None),
        *(Span(clause.start, clause.end) for clause in homeless),
        *((roster.span,) if roster else ()),
    ]
    unparsed = unparsed_spans(folded, lines, taken)
    facts = checks.Facts(
        source, folded, year, front, nodes, standing, tables, groups, clauses, homeless,
        tasks, sections, lowering.recovered, roster, unparsed,
    )  # fmt: skip
    found = tuple(checks.run(facts))
    for node in nodes:  # no cycles are left for the collector
        node.parent = None
    return Notice(
        source,
        front.title,
        front.document_number,
        front.issuer,
        front.issued_on,
        year,
        front.addressees,
        tuple(sections),
        tuple(tasks),
        roster.entries if roster else (),
        tuple(unparsed),
        found,
    )


def _outside(clauses: list[Clause], tables: list[Table]) -> list[Clause]:
    """Clauses that stand in no table: there, the unit cell is the clause."""
    if not tables:
        return clauses
    starts = [table.start for table in tables]
    kept = []
    for clause in clauses:
        index = bisect_right(starts, clause.start) - 1
        if index < 0 or clause.start >= tables[index].end:
            kept.append(clause)
    return kept


def _year(front: Front, folded: str) -> int | None:
    """The notice's year: of its date, its document number, its title; else the year it speaks of most."""
    if front.issued_on:
        return int(front.issued_on[:4])
    for words in (front.document_number, front.title):
        found = (_NUMBER_YEAR if words is front.document_number else _BODY_YEAR).search(words or "")
        if found:
            return int(found[1])
    years = Counter(_BODY_YEAR.findall(folded))
    return int(years.most_common(1)[0][0]) if years else None


def _records(
    nodes: list[Node],
    standing: dict[int, Standing],
    tables: list[Table],
    homeless: list[Clause],
    lowering: Lowering,
    lines: list[tuple[int, int]],
) -> tuple[list[Task], list[Section]]:
    """Tasks and sections in reading order. Sections are the headings of the parts that hold tasks."""
    bearing = {node.part for node in nodes if standing[id(node)].is_task}
    last_in_part: dict[int, Node] = {}
    for node in nodes:
        last_in_part[node.part] = node
    tasks: list[Task] = []
    sections: list[Section] = []
    shared: dict[int, tuple[Party, ...]] = {}
    below_task: set[int] = set()
    for node in nodes:
        state = standing[id(node)]
        above = node.parent
        if above is not None and id(above) in below_task:
            below_task.add(id(node))
        if state.is_task:
            giver = state.inherits
            inherited: tuple[Party, ...] = ()
            if giver is not None:
                if id(giver) not in shared:
                    shared[id(giver)] = tuple(p for clause in giver.clauses for p in lowering.parties(clause))
                inherited = shared[id(giver)]
            tasks.append(lowering.task(node, state, inherited, last_in_part[node.part] is node))
            below_task.add(id(node))
        elif not state.is_item and node.part in bearing and id(node) not in below_task:
            sections.append(lowering.section(node, state))
    for table in tables:
        sections += [lowering.table_section(row) for row in table.sections]
        above_row = None
        for row in table.rows:
            tasks.append(lowering.table_task(table, row, above_row))
            above_row = row if row.clauses else above_row
    tasks += _unnumbered(homeless, lowering, lines)
    tasks.sort(key=lambda task: task.span)
    sections.sort(key=lambda section: section.span)
    return tasks, sections


def _unnumbered(homeless: list[Clause], lowering: Lowering, lines: list[tuple[int, int]]) -> list[Task]:
    """A paragraph that no number leads but a clause closes is a task without a number."""
    found: dict[tuple[int, int], list[Clause]] = {}
    starts = [start for start, _ in lines]
    for clause in homeless:
        line = lines[max(0, bisect_right(starts, clause.start) - 1)]
        if clause.form == "bracket" and lowering.folded.find("。", line[0], clause.start) >= 0:
            found.setdefault(line, []).append(clause)
    return [lowering.paragraph_task(line, clauses) for line, clauses in found.items()]
