"""Bracket groups: which opening bracket belongs to which closing one, tolerant of mixture and loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .lexer import BLANK, CLOSE, MARKER, NEWLINE, OPEN, Token

_CLOSER = dict(zip("([〔【<〈", ")]〕】>〉", strict=True))
#: A bracket may run over this many line ends (hard-wrapped text); a blank line or an item ends it at once.
_MAX_LINES = 12


class Group(NamedTuple):
    """A bracket group ``[start, end)``, brackets included; ``closed`` is False where the closing one is missing.

    An unclosed group ends at the end of the line it began on.
    """

    start: int
    end: int
    closed: bool


def pair(tokens: Sequence[Token], folded: str) -> list[Group]:
    """All groups of the text in order of their opening bracket. Linear."""
    groups: list[Group] = []
    stack: list[tuple[int, str]] = []  # position and bracket of each open group
    line_ends: list[int] = []  # ends of the lines since the outermost open bracket
    blank_line = True
    for token in tokens:
        kind = token[0]
        if kind == OPEN:
            stack.append((token[1], folded[token[1]]))
            blank_line = False
        elif kind == CLOSE:
            blank_line = False
            if stack:
                _close(stack, groups, folded[token[1]], token[2])
                if not stack:
                    line_ends.clear()
        elif kind == NEWLINE:
            if stack:
                line_ends.append(token[1])
                if blank_line or len(line_ends) > _MAX_LINES:
                    _drop(stack, groups, line_ends)
            blank_line = True
        elif kind == MARKER:
            if stack and blank_line:  # an item begins: nothing from the lines before reaches into it
                _drop(stack, groups, line_ends)
            blank_line = False
        elif kind != BLANK:
            blank_line = False
    if stack:
        line_ends.append(len(folded))
        _drop(stack, groups, line_ends)
    groups.sort()
    return groups


def _close(stack: list[tuple[int, str]], groups: list[Group], closer: str, end: int) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if _CLOSER[stack[depth][1]] == closer:
            del stack[depth + 1 :]  # brackets opened inside and never closed
            groups.append(Group(stack.pop()[0], end, True))
            return
    if closer not in ">〉":  # a comparison sign or a stray quote closes nothing
        groups.append(Group(stack.pop()[0], end, True))


def _drop(stack: list[tuple[int, str]], groups: list[Group], line_ends: list[int]) -> None:
    for start, _ in stack:
        end = next((line_end for line_end in line_ends if line_end > start), line_ends[-1])
        groups.append(Group(start, end, False))
    stack.clear()
    line_ends.clear()
