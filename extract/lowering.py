"""Lowering: clauses and stretches of text become assignments, parties and deadlines of the record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..model import Assignment, Deadline, Evidence, Item, Party, PartyKind, Role, Span
from . import deadlines
from .clauses import Clause
from .deadline_words import Calendar, Stretch
from .page import trim
from .patterns import pattern

if TYPE_CHECKING:
    from ..model.units import Resolver

# The count that a heading declares: (16项), (共23项).
_COUNT = pattern(r"\((?:共|合计)?(\d{1,3})(?:项|条|个|件)[^)]{0,6}\)")
# The rule that makes the first party of each clause lead: 列第一位的为牵头单位,下同.
_RULE_LEAD = pattern(
    r"(?:(?:列|排(?:名|序|列)?)在?(?:第一|首)(?:位|个|名)?|首[位个]|第一[个位]?)(?:的|者)?(?:责任)?(?:单位|部门)?的?(?:为|是)"
    r"(?:牵头|主责|第一责任|主要责任)"
)


class Lowering:
    """Makes the parts of one notice's records. Positions count in ``text``; ``folded`` is its folded view."""

    def __init__(
        self,
        text: str,
        folded: str,
        calendar: Calendar,
        resolve: Resolver | None = None,
        further: Sequence[tuple[int, Calendar, Resolver | None]] = (),
    ) -> None:
        self.text, self.folded, self.calendar, self.resolve = text, folded, calendar, resolve
        #: Where the file's further documents begin, the calendar of each, and what names mean in it.
        self._further = further
        rule = _RULE_LEAD.search(folded)
        #: From here on the first party of a clause leads, unless the clause's own words tell the lead.
        self.lead_by_position = rule.start() if rule else len(text)
        #: Items whose marker was lost, as they were found.
        self.recovered: list[Item] = []
        self._inherited: dict[int, tuple[tuple[Party, ...], tuple[Party, ...]]] = {}

    def trim(self, start: int, end: int) -> Span:
        """The stretch without the blank space at its borders."""
        return Span(*trim(self.folded, start, end))

    def parties(self, clause: Clause) -> tuple[Party, ...]:
        """The parties that a clause names, in its order."""
        text = self.text
        first_leads = clause.end > self.lead_by_position and not clause.lead_told
        made = []
        units: list[str | None] = [None] * len(clause.parties)
        resolve = self.resolver_at(clause.start)
        if resolve is not None:
            # A group means nobody by itself, and ends a prefix that was written once.
            units = resolve.listed(
                ["" if kind is PartyKind.GROUP else text[start:end] for start, end, _, kind in clause.parties]
            )
        for (start, end, role, kind), unit in zip(clause.parties, units, strict=True):
            evidence = Evidence.QUOTED
            if first_leads and role is Role.RESPONSIBLE:
                role, evidence, first_leads = Role.LEAD, Evidence.DERIVED, False
            name = text[start:end]
            made.append(Party(name, Span(start, end), role, kind, evidence, unit))
        return tuple(made)

    def assignments(self, clauses: Iterable[Clause], scope_start: int) -> tuple[Assignment, ...]:
        """Each clause assigns the text before it, from ``scope_start`` or the clause before it on."""
        made = []
        for clause in clauses:
            scope = self.trim(scope_start, max(scope_start, clause.start))
            made.append(Assignment(Span(clause.start, clause.end), scope, self.parties(clause)))
            scope_start = clause.end
        return tuple(made)

    def shared_assignments(self, clauses: Iterable[Clause], scope_start: int) -> tuple[Assignment, ...]:
        """Each clause assigns all from ``scope_start`` on (clauses of a whole section)."""
        return tuple(found for clause in clauses for found in self.assignments((clause,), scope_start))

    def inherit(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The same parties, marked as taken over; made once for each list."""
        known = self._inherited.get(id(parties))
        if known is not None:
            return known[1]
        made = tuple(Party(p.text, p.span, p.role, p.kind, Evidence.INHERITED, p.unit) for p in parties)
        self._inherited[id(parties)] = (parties, made)  # the key's tuple stays alive, so its id stays its own
        return made

    def deadlines(self, start: int, end: int, *, is_measure: bool = False) -> tuple[Deadline, ...]:
        """The deadlines of a stretch; ``is_measure``: its first words may say when (6月开展…)."""
        return tuple(deadlines.find(self._stretch(start, end, is_measure=is_measure)))

    def deadlines_in_cell(self, cell: Span) -> list[Deadline]:
        """The deadlines that a table's cell lists."""
        return deadlines.in_cell(self._stretch(cell.start, cell.end))

    def _stretch(self, start: int, end: int, *, is_measure: bool = False) -> Stretch:
        return Stretch(self.text, self.folded, start, end, self._calendar_at(start), is_measure)

    def _calendar_at(self, position: int) -> Calendar:
        """The calendar of the document in which a place stands."""
        index = self._document_at(position)
        return self.calendar if index == 0 else self._further[index - 1][1]

    def resolver_at(self, position: int) -> Resolver | None:
        """What names mean in the document in which a place stands."""
        index = self._document_at(position)
        return self.resolve if index == 0 else self._further[index - 1][2]

    def _document_at(self, position: int) -> int:
        if not self._further:
            return 0
        return bisect_right(self._further, position, key=lambda further: further[0])

    def declared(self, start: int, end: int) -> tuple[Span, int | None]:
        """A heading's title without the count at its end, and the count that it declares."""
        counts = list(_COUNT.finditer(self.folded, start, end))
        if not counts:
            return self.trim(start, end), None
        count = counts[-1]
        if not self.folded[count.end() : end].strip():
            end = count.start()
        return self.trim(start, end), int(count[1])


def parties_of(assignments: Sequence[Assignment]) -> tuple[Party, ...]:
    """All parties that the clauses name, in their order."""
    return tuple(party for assignment in assignments for party in assignment.parties)
