"""The laws that hold for every text, as checks that name what broke them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from duban.extract import lex, parse, rebuild, text_source
from duban.extract.checks import CATALOGUE, MOST_ALIKE
from duban.extract.pipeline import clauses_of
from duban.model import Assignment, Deadline, Item, Notice, Party, Source, Span, Task
from duban.model.border import notice_to_json


class BrokenLawError(AssertionError):
    """A law does not hold; the message tells which, and for what."""


def hold(law: str, what: object, *, when: bool) -> None:
    """Raise unless the law holds."""
    if not when:
        raise BrokenLawError(f"{law}: {what!r}")


def check_text(text: str) -> Notice:
    """All laws, for a text that came from no file."""
    source = text_source(text)
    return check_source(source, text.encode("utf-8", "surrogatepass"))


def check_source(source: Source, raw: bytes) -> Notice:
    """All laws, for a file's bytes and what was read from them."""
    check_tokens(source, raw)
    notice = parse(source)
    check_notice(notice)
    hold("same bytes, same JSON", source.name, when=notice_to_json(notice) == notice_to_json(parse(source)))
    return notice


def check_tokens(source: Source, raw: bytes) -> None:
    """Tokens tile the text, and the bytes can be made of them."""
    tokens = lex(source.text)
    ends = [0, *(token.end for token in tokens)]
    hold("tokens tile", source.name, when=[token.start for token in tokens] == ends[:-1])
    hold("tokens reach the end", ends[-1], when=ends[-1] == len(source.text))
    hold("no token is empty", source.name, when=all(token.start < token.end for token in tokens))
    joined = "".join(source.text[token.start : token.end] for token in tokens)
    hold("rebuild gives the bytes back", source.name, when=rebuild(source, joined) == raw)


def check_notice(notice: Notice) -> None:
    """Every span quotes what it says, lies where it belongs, and no clause is lost or doubled."""
    text = notice.source.text
    whole = Span(0, len(text))
    for section in notice.sections:
        hold("a section's span is its title", section, when=section.span.of(text) == section.title)
        check_deadlines(text, section.deadlines, whole)
        check_assignments(text, section.assignments, whole)
    for task in notice.tasks:
        check_task(text, task)
    hold("tasks stand in order", "", when=in_order(task.span for task in notice.tasks))
    for entry in notice.roster:
        hold("a roster entry is quoted", entry, when=entry.span.of(text) == entry.text)
    check_clauses(notice)
    for span in notice.unparsed:
        hold("what is unparsed is not blank", span, when=bool(span.of(text).strip()))
    hold("unparsed spans are ordered and disjoint", "", when=disjoint(notice.unparsed))
    for found in notice.diagnostics:
        hold("every code is in the catalogue", found, when=found.code in CATALOGUE)
        hold(
            "a diagnostic points into the text", found, when=found.span is None or whole.contains(found.span)
        )


def check_task(text: str, task: Task) -> None:
    """A task, its items, and everything that hangs on them."""
    hold("a task begins with its marker", task, when=text.startswith(task.marker, task.span.start))
    hold("the path ends with the marker", task, when=not task.marker or task.path[-1] == task.marker)
    hold("the statement is inside the task", task, when=task.span.contains(task.text_span))
    check_deadlines(text, task.deadlines, task.span)
    check_assignments(text, task.assignments, task.span)
    check_parties(text, task.parties)
    for items in (task.targets, task.measures):
        hold("items stand in order", items, when=disjoint([item.span for item in items]))
        for item in items:
            check_item(text, item, task)


def check_item(text: str, item: Item, task: Task) -> None:
    """A target or measure."""
    hold("an item begins with its marker", item, when=text.startswith(item.marker, item.span.start))
    hold("an item is inside its task", item, when=task.span.contains(item.span))
    hold("the wording is inside the item", item, when=item.span.contains(item.text_span))
    check_deadlines(text, item.deadlines, item.span)
    check_assignments(text, item.assignments, item.span)
    check_parties(text, item.parties)


def check_assignments(text: str, assignments: Sequence[Assignment], around: Span) -> None:
    """Clauses in order, inside what they belong to, with their parties inside them."""
    hold("clauses are in order and disjoint", assignments, when=disjoint([a.span for a in assignments]))
    for assignment in assignments:
        hold("a clause is inside its item", assignment, when=around.contains(assignment.span))
        hold("a clause names somebody", assignment, when=bool(assignment.parties))
        inside = all(assignment.span.contains(party.span) for party in assignment.parties)
        hold("parties stand inside their clause", assignment, when=inside)
        spans = [party.span for party in assignment.parties]
        hold("parties are in order and disjoint", assignment, when=disjoint(spans))
        check_parties(text, assignment.parties)


def check_parties(text: str, parties: Iterable[Party]) -> None:
    """Names are quoted and not blank."""
    for party in parties:
        hold("a party is quoted", party, when=party.span.of(text) == party.text)
        hold("a party has a name", party, when=bool(party.text) and party.text == party.text.strip())


def check_deadlines(text: str, deadlines: Sequence[Deadline], around: Span) -> None:
    """Deadlines are quoted, inside what they date, in order, and end after they begin."""
    for deadline in deadlines:
        hold("a deadline is quoted", deadline, when=deadline.span.of(text) == deadline.text)
        hold("a deadline is inside its item", deadline, when=around.contains(deadline.span))
        both = deadline.start is not None and deadline.due is not None
        hold("a period ends after it begins", deadline, when=not both or deadline.start <= deadline.due)


def check_clauses(notice: Notice) -> None:
    """Each clause that stands in the text stands exactly once in the record, or is reported as homeless."""
    counts = Counter(assignment.span for assignment in assignments_of(notice))
    doubled = [span for span, count in counts.items() if count > 1]
    hold("a clause stands once in the record", doubled, when=not doubled)
    reported = [found.span for found in notice.diagnostics if found.code == "N032"]
    if len(reported) < MOST_ALIKE:
        lost = {Span(clause.start, clause.end) for clause in clauses_of(notice.source.text)}
        lost -= {*counts, *reported}
        hold("no clause is lost", [span.of(notice.source.text) for span in lost], when=not lost)


def assignments_of(notice: Notice) -> Iterator[Assignment]:
    """Every clause of the record."""
    for section in notice.sections:
        yield from section.assignments
    for task in notice.tasks:
        for holder in (task, *task.targets, *task.measures):
            yield from holder.assignments


def in_order(spans: Iterable[Span]) -> bool:
    """Whether the spans begin one after the other."""
    return all(left <= right for left, right in pairwise(spans))


def disjoint(spans: Sequence[Span]) -> bool:
    """Whether each span ends before the next begins."""
    return all(left.end <= right.start for left, right in pairwise(spans))
