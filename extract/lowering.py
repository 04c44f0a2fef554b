"""Lowering: the outline with its clauses becomes sections, tasks and items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ..model import Assignment, Deadline, Evidence, Item, Party, PartyKind, Role, Section, Span, Task
from . import deadlines
from .clauses import Clause
from .deadlines import Calendar
from .outline import MEASURE, TARGET, Node, heading_end
from .ownership import Standing, closing_clause, task_end
from .tables import Row, SectionRow, Table

#: A unit directory's answer to a name: its id, or None.
Resolve = Callable[[str], str | None]
_COUNT = re.compile(r"\s*\((?:共|合计)?(\d{1,3})(?:项|条|个|件)[^)]{0,6}\)")
_RULE_LEAD = re.compile(
    r"(?:(?:列|排(?:名|序|列)?)在?(?:第一|首)(?:位|个|名)?|首位|第一[个位]?)(?:的|者)?(?:责任)?(?:单位|部门)?的?(?:为|是)"
    r"(?:牵头|主责|第一责任|主要责任)"
)


class Lowering:
    """Makes records of one notice. Positions count in ``text``; ``folded`` is its folded view."""

    def __init__(self, text: str, folded: str, calendar: Calendar, resolve: Resolve | None = None) -> None:
        self.text, self.folded, self.calendar, self.resolve = text, folded, calendar, resolve
        rule = _RULE_LEAD.search(folded)
        #: From here on the first party of a clause leads (列第一位的为牵头单位,下同).
        self.lead_by_position = rule.start() if rule else len(text)
        self.recovered: list[Item] = []
        self._inherited: dict[int, tuple[tuple[Party, ...], tuple[Party, ...]]] = {}

    # -- clauses -----------------------------------------------------------------

    def parties(self, clause: Clause) -> tuple[Party, ...]:
        text = self.text
        first_leads = clause.end > self.lead_by_position and not clause.lead_told
        made = []
        for start, end, role, kind in clause.parties:
            evidence = Evidence.QUOTED
            if first_leads and role is Role.RESPONSIBLE:
                role, evidence, first_leads = Role.LEAD, Evidence.DERIVED, False
            name = text[start:end]
            unit = self.resolve(name) if self.resolve is not None and kind is PartyKind.UNIT else None
            made.append(Party(name, Span(start, end), role, kind, evidence, unit))
        return tuple(made)

    def assignment(self, clause: Clause, scope_start: int) -> Assignment:
        scope = Span(*self._trim(scope_start, max(scope_start, clause.start)))
        return Assignment(Span(clause.start, clause.end), scope, self.parties(clause))

    def assignments(
        self, clauses: Sequence[Clause], scope_start: int, *, whole: bool = False
    ) -> tuple[Assignment, ...]:
        """``whole``: each clause assigns all from ``scope_start`` on (table rows, section-wide clauses)."""
        made = []
        for clause in clauses:
            made.append(self.assignment(clause, scope_start))
            if not whole:
                scope_start = clause.end
        return tuple(made)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        folded = self.folded
        while end > start and folded[end - 1].isspace():
            end -= 1
        while start < end and folded[start].isspace():
            start += 1
        return start, end

    def inherit(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The same parties, marked as taken over; made once for each list."""
        known = self._inherited.get(id(parties))
        if known is not None:
            return known[1]
        made = tuple(Party(p.text, p.span, p.role, p.kind, Evidence.INHERITED, p.unit) for p in parties)
        self._inherited[id(parties)] = (parties, made)  # the key's tuple stays alive, so its id stays its own
        return made

    def deadlines(self, start: int, end: int, *, is_measure: bool = False) -> tuple[Deadline, ...]:
        return tuple(deadlines.find(self.text, self.folded, start, end, self.calendar, is_measure=is_measure))

    # -- outline -----------------------------------------------------------------

    def path(self, node: Node) -> tuple[str, ...]:
        markers: list[str] = []
        above: Node | None = node
        while above is not None:
            if above.label is None:
                markers.append(above.marker(self.text))
            above = above.parent
        return tuple(reversed(markers))

    def section(self, node: Node, standing: Standing) -> Section:
        end = heading_end(self.folded, node.text_start, self._heading_limit(node))
        declared = None
        count = None
        for count in _COUNT.finditer(self.folded, node.text_start, end):
            declared = int(count[1])
        if declared is not None and count is not None and not self.folded[count.end() : end].strip():
            end = count.start()
        start, end = self._trim(node.text_start, end)
        return Section(
            node.marker(self.text),
            self.text[start:end],
            self.path(node),
            Span(start, end),
            declared,
            self.assignments(node.clauses, node.text_start, whole=True) if standing.shares else (),
            self.deadlines(node.text_start, node.own_end) + self._closing_deadlines(node, standing),
        )

    def _closing_deadlines(self, node: Node, standing: Standing) -> tuple[Deadline, ...]:
        """完成时限 lines around a clause that closes the whole section stand after its last item."""
        if not standing.shares or not node.children:
            return ()
        clauses = [clause for clause in node.clauses if clause.start >= node.children[-1].start]
        return self.deadlines(clauses[0].start, node.end) if clauses else ()

    def _heading_limit(self, node: Node) -> int:
        limit = node.own_end
        return min([limit, *(clause.start for clause in node.clauses if clause.start >= node.text_start)])

    def task(self, node: Node, standing: Standing, inherited: tuple[Party, ...], last_of_part: bool) -> Task:
        folded = self.folded
        blocks = [child for child in node.children if child.label is not None]
        own = [clause for clause in node.clauses]
        statement_end = self._statement_end(node, blocks, standing, last_of_part)
        closing = closing_clause([c for c in own if c.end <= statement_end], folded, statement_end)
        text_end = statement_end if closing is None else closing.start
        for child in node.children:  # 3、责任单位:…: the clause's own number is no text
            if child.text_start == text_end:
                text_end = child.start
        start, text_end = self._trim(node.text_start, text_end)
        text_span = (
            Span(node.text_start, max(node.text_start, text_end)) if text_end > start else Span(start, start)
        )
        assignments = self.assignments(own, node.text_start)
        parties = tuple(party for assignment in assignments for party in assignment.parties)
        if not parties:
            parties = self.inherit(inherited)
        targets: list[Item] = []
        measures: list[Item] = []
        for block in blocks:
            (targets if block.label == TARGET else measures).extend(self.items(block, parties))
        end = max([statement_end, *(item.span.end for item in (*targets, *measures)), *(c.end for c in own)])
        marker = node.marker(self.text)
        return Task(
            node.value,
            marker,
            self.path(node),
            Span(node.start, end),
            text_span,
            assignments,
            parties,
            tuple(targets),
            tuple(measures),
            (),
            self.deadlines(node.text_start, statement_end),
        )

    def _statement_end(
        self, node: Node, blocks: Sequence[Node], standing: Standing, last_of_part: bool
    ) -> int:
        if blocks:
            return self._trim(node.text_start, blocks[0].start)[1]
        if any(child.clauses for child in node.children):
            return self._trim(node.text_start, node.own_end)[1]
        end = task_end(node, self.folded, last_of_part)
        giver = standing.inherits
        if giver is not None:  # the clause of the section after its last item is not this item's text
            for clause in giver.clauses:
                if node.start < clause.start < end:
                    end = self._trim(node.text_start, clause.start)[1]
        return max(end, node.text_start)

    def items(self, block: Node, task_parties: tuple[Party, ...]) -> Iterable[Item]:
        """The targets or measures of a block; a block without markers is one item."""
        is_measure = block.label == MEASURE
        nodes = block.children or [block]
        for node in nodes:
            end = self._trim(node.text_start, node.end)[1]
            marker = "" if node is block else node.marker(self.text)
            start = node.text_start if node is block else node.start
            pieces = _recovered(node, self.folded, end) if node.value == 10 and node is nodes[-1] else []
            clauses = _all_clauses(node)
            if not pieces:
                yield self._item(marker, start, node.text_start, end, clauses, task_parties, is_measure)
                continue
            bounds = [node.text_start, *pieces, end]
            for number, (left, right) in enumerate(zip(bounds, bounds[1:], strict=False)):
                inside = [clause for clause in clauses if left <= clause.start < right]
                item = self._item(
                    marker if number == 0 else "",
                    start if number == 0 else left,
                    left,
                    self._trim(left, right)[1],
                    inside,
                    task_parties,
                    is_measure,
                    evidence=Evidence.RECOVERED if number else Evidence.QUOTED,
                )
                if number:
                    self.recovered.append(item)
                yield item

    def _item(
        self,
        marker: str,
        start: int,
        text_start: int,
        end: int,
        clauses: Sequence[Clause],
        task_parties: tuple[Party, ...],
        is_measure: bool,
        evidence: Evidence = Evidence.QUOTED,
    ) -> Item:
        closing = closing_clause(clauses, self.folded, end)
        text_end = end if closing is None else self._trim(text_start, closing.start)[1]
        assignments = self.assignments(clauses, text_start)
        parties = tuple(party for assignment in assignments for party in assignment.parties)
        return Item(
            marker,
            Span(start, end),
            Span(text_start, max(text_start, text_end)),
            evidence,
            assignments,
            parties or self.inherit(task_parties),
            (),
            self.deadlines(text_start, end, is_measure=is_measure),
        )

    def paragraph_task(self, line: tuple[int, int], clauses: Sequence[Clause]) -> Task:
        """A paragraph outside the outline that clauses close: a task without number and path."""
        start, end = self._trim(line[0], max(line[1], clauses[-1].end))
        closing = closing_clause(clauses, self.folded, end)
        text_end = end if closing is None else self._trim(start, closing.start)[1]
        assignments = self.assignments(clauses, start)
        parties = tuple(party for assignment in assignments for party in assignment.parties)
        due = self.deadlines(start, end)
        return Task(
            None,
            "",
            (),
            Span(start, end),
            Span(start, max(start, text_end)),
            assignments,
            parties,
            deadlines=due,
        )

    # -- tables ------------------------------------------------------------------

    def table_section(self, row: SectionRow) -> Section:
        start, end = row.title.start, row.title.end
        declared = None
        for count in _COUNT.finditer(self.folded, start, end):
            declared = int(count[1])
            if count.end() == end:
                end = count.start()
        start, end = self._trim(start, end)
        marker = self.text[row.marker.start : row.marker.end]
        return Section(
            marker,
            self.text[start:end],
            (marker,),
            Span(start, end),
            declared,
            self.assignments(row.clauses, start, whole=True),
        )

    def table_task(self, table: Table, row: Row, above: Row | None) -> Task:
        section = table.sections[row.section] if row.section is not None else None
        marker = "" if row.marker is None else self.text[row.marker.start : row.marker.end]
        path = () if section is None else (self.text[section.marker.start : section.marker.end],)
        assignments = tuple(
            Assignment(
                Span(clause.start, clause.end),
                Span(row.statement.start, row.statement.end),
                self.parties(clause),
            )
            for clause in row.clauses
        )
        parties = tuple(party for assignment in assignments for party in assignment.parties)
        if not parties and above is not None and row.marker is None:
            parties = self.inherit(tuple(p for clause in above.clauses for p in self.parties(clause)))
        due = self.deadlines(row.statement.start, row.statement.end)
        if row.due is not None:
            cell = deadlines.in_cell(self.text, self.folded, row.due.start, row.due.end, self.calendar)
            due = due if cell is None else (*due, cell)
        start = row.start if row.marker is None else min(row.marker.start, row.statement.start)
        end = max(
            cell.end
            for cell in (
                row.statement,
                *row.targets,
                *row.measures,
                *row.clauses,
                *((row.due,) if row.due else ()),
            )
        )
        while start < row.statement.start and self.folded[start].isspace():
            start += 1
        return Task(
            row.number,
            marker,
            (*path, marker) if marker else path,
            Span(start, end),
            Span(row.statement.start, row.statement.end),
            assignments,
            parties,
            tuple(self._item("", c.start, c.start, c.end, (), parties, False) for c in row.targets),
            tuple(self._item("", c.start, c.start, c.end, (), parties, True) for c in row.measures),
            (),
            due,
        )


def _all_clauses(node: Node) -> list[Clause]:
    clauses = list(node.clauses)
    for child in node.children:
        clauses.extend(_all_clauses(child))
    return sorted(clauses, key=lambda clause: clause.start)


def _recovered(node: Node, folded: str, end: int) -> list[int]:
    """Starts of the items that follow ⑩ without a marker: text goes on behind a clause that closes a sentence.

    ⑪ and above do not exist in GB2312 and GBK and were lost on the way (facts: parsing, finding 1).
    """
    if node.shape != "①" or node.children:
        return []
    starts = []
    for clause in node.clauses[:-1] if node.clauses else ():
        start = clause.end
        while start < end and (folded[start].isspace() or folded[start] in "。;"):
            start += 1
        if start < end and folded[clause.start - 1] in "。;!?":
            starts.append(start)
    return starts
