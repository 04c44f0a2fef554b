"""Span and Evidence: where words stand in a notice, and how sure we are that they stand there."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` of a notice's text, counted in Unicode code points.

    ``text[span.start:span.end]`` is exactly the quoted words (contract §3).
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of ``text`` that this span quotes."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span; equal spans contain each other."""
        return self.start <= other[0] and other[1] <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other[1] and other[0] < self.end


class Evidence(StrEnum):
    """How a value is backed by the notice (contract §3)."""

    #: The words stand there.
    QUOTED = "quoted"
    #: Taken over from an enclosing task or section, which is quoted.
    INHERITED = "inherited"
    #: The text stands there, but its marker was lost on the way (⑪ and above often are).
    RECOVERED = "recovered"
    #: Computed by a named rule: a year taken from the notice, a lead told by position.
    DERIVED = "derived"
