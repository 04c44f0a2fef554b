"""Bracket groups: which opening bracket belongs to which closing one, tolerant of mixture and loss."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .tokens import BLANK, CLOSE, MARKER, NEWLINE, OPEN, Tokens

_OPENER = dict(zip(")]〕】>〉", "([〔【<〈", strict=True))
#: A file with more groups is no notice: brackets behind are text, and a diagnostic says so.
MAX_GROUPS = 300_000
#: No text opens so many brackets inside each other: none of them will be closed.
_MAX_OPEN = 1_000
#: A bracket may run over this many line ends (hard-wrapped text); a blank line or an item ends it at once.
_MAX_LINES = 12


class Group(NamedTuple):
    """A bracket group ``[start, end)``, brackets included.

    ``closed`` is False where the closing one is missing; such a group ends with the line it began on.
    """

    start: int
    end: int
    closed: bool


def pair(tokens: Tokens, folded: str) -> list[Group]:
    """The groups of the text, at most ``MAX_GROUPS``, in order of their opening bracket. Linear."""
    pairs = _Pairs()
    blank_line = True
    for kind, start, end in tokens.rows():
        if kind == OPEN:
            if len(pairs.groups) + len(pairs.stack) >= MAX_GROUPS:
                break
            if len(pairs.stack) >= _MAX_OPEN:
                pairs.line_ends.append(start)
                pairs.give_up()
            pairs.open(start, folded[start])
            blank_line = False
        elif kind == CLOSE:
            pairs.close(folded[start], end)
            blank_line = False
        elif kind == NEWLINE:
            if pairs.stack:
                pairs.line_ends.append(start)
                if blank_line or len(pairs.line_ends) > _MAX_LINES:
                    pairs.give_up()
            blank_line = True
        elif kind == MARKER:
            if pairs.stack and blank_line:  # an item begins: nothing from the lines before reaches into it
                pairs.give_up()
            blank_line = False
        elif kind != BLANK:
            blank_line = False
    if pairs.stack:
        pairs.line_ends.append(len(folded))
        pairs.give_up()
    pairs.groups.sort()
    return pairs.groups


class _Pairs:
    """The brackets that wait for their closing one, and the groups found so far."""

    __slots__ = ("groups", "line_ends", "stack", "waiting")

    def __init__(self) -> None:
        self.groups: list[Group] = []
        #: Position and bracket of each open group, the innermost last.
        self.stack: list[tuple[int, str]] = []
        #: How many of each kind of bracket wait: tells without a search whether a closing one has its like.
        self.waiting: Counter[str] = Counter()
        #: Ends of the lines since the outermost open bracket.
        self.line_ends: list[int] = []

    def open(self, start: int, bracket: str) -> None:
        self.stack.append((start, bracket))
        self.waiting[bracket] += 1

    def close(self, closer: str, end: int) -> None:
        """End the innermost group of the same kind, else (a mixture) the innermost of any kind."""
        if not self.stack:
            return
        opener = _OPENER[closer]
        if self.waiting[opener]:
            while self.stack[-1][1] != opener:  # brackets opened inside and never closed
                self.waiting[self.stack.pop()[1]] -= 1
        elif closer in ">〉":  # a comparison sign or a stray quote closes nothing
            return
        start, bracket = self.stack.pop()
        self.waiting[bracket] -= 1
        self.groups.append(Group(start, end, True))
        if not self.stack:
            self.line_ends.clear()

    def give_up(self) -> None:
        """End every open group with the line it began on."""
        for start, _ in self.stack:
            end = next((line_end for line_end in self.line_ends if line_end > start), self.line_ends[-1])
            self.groups.append(Group(start, end, False))
        self.stack.clear()
        self.waiting.clear()
        self.line_ends.clear()
