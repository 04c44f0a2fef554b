"""The way of a notice: Source → tokens → clauses and tables → outline → records with diagnostics."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from ..model import Document as DocumentRecord
from ..model import Notice, Source, Span, Task
from ..model.collector import collector_paused
from ..model.place import body_end
from . import checks, records
from .bar_tables import find_bar_tables
from .brackets import pair
from .clauses import Clause, bracket_clauses
from .coverage import unparsed_spans
from .deadline_words import Calendar
from .documents import Document, read_documents
from .front import Front
from .key_lines import line_clauses
from .lexer import lex
from .lowering import Lowering
from .nodes import attach_clauses, let_go
from .outline import build
from .ownership import settle
from .page import Page, trim
from .partners import implicit_partners
from .patterns import pattern
from .readers.registry import ReadOptions, read
from .reading import text_source
from .roster import read_roster
from .scoring import read_scoring
from .sentence_clauses import sentence_clauses
from .stacked_tables import find_stacked_tables
from .tables import Table
from .tokens import Tokens

if TYPE_CHECKING:
    from ..model.units import Resolver, UnitDirectory

_YEAR = pattern(r"(20\d\d)年")
# The first year in a title: 2024年, 2024-2026年.
_TITLE_YEAR = pattern(r"(20\d\d)(?: ?年?[—–~至-] ?(?:20)?\d\d)? ?年")
_ASIDE_LINE = pattern(r"[^\r\n]+")
# The year in a document number: 〔2018〕.
_NUMBER_YEAR = pattern(r"[〔\[(](20\d\d)[〕\])]")


def parse_bytes(
    raw: bytes,
    name: str = "<bytes>",
    *,
    encoding: str | None = None,
    directory: UnitDirectory | None = None,
    language: bool = True,
) -> Notice:
    """Read and parse a notice of any format. Raises InputError subclasses for bytes that cannot be read."""
    return parse(read(raw, name, ReadOptions(encoding=encoding)), directory=directory, language=language)


def parse_text(text: str, name: str = "<text>") -> Notice:
    """Parse a notice given as text. Total: any text gives a Notice, which reports what was not understood."""
    return parse(text_source(text, name))


def parse(source: Source, *, directory: UnitDirectory | None = None, language: bool = True) -> Notice:
    """Parse a Source. Never raises; linear in the length of the text.

    ``directory`` gives parties their unit id, where the notice is of one of its regions. ``language``: read
    figures into quantities; its modules are not loaded otherwise.
    """
    with collector_paused():
        return _parse(source, directory, language=language)


def _parse(source: Source, directory: UnitDirectory | None, *, language: bool) -> Notice:
    body = body_end(source.text, source.pieces)
    page = Page.of(source.text[:body])
    folded, lines = page.folded, page.lines
    tokens = lex(page.text, folded)
    front, documents = read_documents(page)
    tables = _tables(page, source.spanned)
    groups = pair(tokens, folded)
    bracketed = bracket_clauses(folded, groups)
    clauses = _clauses(page, tokens, bracketed, tables)
    nodes, table_parts, cut = build(folded, tokens, clauses, front.breaks, [table.span for table in tables])
    homeless = attach_clauses(nodes, clauses)
    settle(nodes, folded)
    year, told = _year(front, folded)
    resolve = _resolver(directory, front, year)
    further = [
        (
            d.start,
            _calendar(d, folded, year, told=told),
            _resolver(directory, d.front, year) if d.front.issuer or d.front.document_number else resolve,
        )
        for d in documents[1:]
    ]
    low = Lowering(page.text, folded, Calendar(year, front.issued_on, told), resolve, further)
    tasks, sections = records.from_outline(low, nodes, table_parts)
    more_tasks, more_sections = records.from_tables(low, tables, _inside(bracketed, tables))
    tasks += (*more_tasks, *records.from_paragraphs(low, homeless, lines))
    sections += more_sections
    tasks.sort(key=lambda task: task.span)
    sections.sort(key=lambda section: section.span)
    allocations: list[tuple[Span, str, str]] = []
    if language:
        from .language.annotation import with_quantities  # late: not loaded where it is switched off

        tasks, allocations = with_quantities(tasks, page.text, folded)
    roster = read_roster(page, resolve)
    taken = [
        *front.taken,
        *(table.span for table in tables),
        *(Span(node.start, node.end) for node in nodes if node.parent is None),
        *(Span(clause.start, clause.end) for clause in homeless),
        *((roster.span,) if roster else ()),
    ]
    unparsed = unparsed_spans(folded, lines, taken)
    unparsed += _asides(source.text, body)
    suggested = implicit_partners(page, tasks, low.resolver_at)
    held = _documents(documents, tasks, folded, year)
    facts = checks.Facts(
        source, folded, year, front, held, nodes, cut, tables, groups, clauses, homeless, tasks, sections,
        low.recovered, roster, unparsed, suggested, allocations,
    )  # fmt: skip
    diagnostics = checks.run(facts)
    let_go(nodes)
    return Notice(
        source=source,
        title=front.title,
        document_number=front.document_number,
        issuer=front.issuer,
        issued_on=front.issued_on,
        year=year,
        addressees=front.addressees,
        sections=tuple(sections),
        tasks=tuple(tasks),
        scoring=read_scoring(page),
        roster=roster.entries if roster else (),
        documents=held,
        unparsed=tuple(unparsed),
        diagnostics=tuple(diagnostics),
        suggested=tuple(suggested),
    )


def _asides(text: str, body: int) -> list[Span]:
    """The lines behind the notice proper: menus of a web page, running headers."""
    lines = (Span(*trim(text, *match.span())) for match in _ASIDE_LINE.finditer(text, body))
    return [line for line in lines if line.start < line.end]


def clauses_of(text: str) -> list[Clause]:
    """The responsibility clauses of a text, in order; those of tables, which are cells, left out."""
    page = Page.of(text)
    tokens = lex(text, page.folded)
    return _clauses(page, tokens, bracket_clauses(page.folded, pair(tokens, page.folded)), _tables(page))


def _tables(page: Page, spanned: Sequence[int] = ()) -> list[Table]:
    tables = [
        *find_bar_tables(page.folded, page.lines, spanned),
        *find_stacked_tables(page.folded, page.lines),
    ]
    tables.sort(key=lambda table: table.start)
    return tables


def _clauses(page: Page, tokens: Tokens, bracketed: list[Clause], tables: Sequence[Table]) -> list[Clause]:
    clauses = _outside(bracketed, tables)
    clauses += _outside(line_clauses(page.folded, tokens, clauses), tables)
    clauses.sort(key=attrgetter("start"))
    clauses += _outside(sentence_clauses(page.folded, tokens, clauses), tables)
    clauses.sort(key=attrgetter("start"))
    return clauses


def _outside(clauses: list[Clause], tables: Sequence[Table]) -> list[Clause]:
    """Clauses that stand in no table: there, the unit cell is the clause."""
    return [clause for clause in clauses if not _stands_in(clause, tables)] if tables else clauses[:]


def _inside(clauses: list[Clause], tables: Sequence[Table]) -> list[Clause]:
    """The clauses that stand in tables, behind targets and measures."""
    return [clause for clause in clauses if _stands_in(clause, tables)] if tables else []


def _stands_in(clause: Clause, tables: Sequence[Table]) -> bool:
    index = bisect_right(tables, clause.start, key=attrgetter("start")) - 1
    return index >= 0 and clause.start < tables[index].end


def _resolver(directory: UnitDirectory | None, front: Front, year: int | None) -> Resolver | None:
    """What names mean in a notice with this front matter."""
    if directory is None:
        return None
    words = (front.issuer, front.document_number, front.title)
    return directory.resolver_for(*words, on=front.issued_on or (str(year) if year else None))


def _calendar(document: Document, folded: str, year: int | None, *, told: bool) -> Calendar:
    """The calendar of a further document: its own year, else the first one's."""
    own, own_told = _year(document.front, folded[document.start : document.end])
    issued_on = document.front.issued_on
    return Calendar(year, issued_on, told) if own is None else Calendar(own, issued_on, own_told)


def _documents(
    documents: Sequence[Document], tasks: Sequence[Task], folded: str, year: int | None
) -> tuple[DocumentRecord, ...]:
    """The documents of a file as records, where at least two of them hold tasks."""
    starts = [task.span.start for task in tasks]
    bearing = sum(bisect_right(starts, d.end - 1) > bisect_right(starts, d.start - 1) for d in documents)
    if bearing < 2:
        return ()
    return tuple(
        DocumentRecord(
            Span(d.start, d.end),
            d.front.title,
            d.front.document_number,
            d.front.issuer,
            d.front.issued_on,
            _year(d.front, folded[d.start : d.end])[0] or year,
        )
        for d in documents
    )


def _year(front: Front, folded: str) -> tuple[int | None, bool]:
    """The notice's year, and whether its date, document number or title tells it (2024-2026年: the first).

    Else it is the year that the text speaks of most, where one stands out.
    """
    if front.issued_on:
        return int(front.issued_on[:4]), True
    found = _NUMBER_YEAR.search(front.document_number or "") or _TITLE_YEAR.search(front.title or "")
    if found:
        return int(found[1]), True
    years = Counter(_YEAR.findall(folded)).most_common(2)
    if not years or (len(years) > 1 and 2 * years[0][1] < 3 * years[1][1]):
        return None, False
    return int(years[0][0]), False
