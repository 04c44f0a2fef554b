"""The page: a text as all rules look at it: as it stands, folded, and line by line."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self, overload

from ..model.folding import fold
from .patterns import pattern

#: ``(start, end)`` of a line that is not empty, its line end left out.
Line = tuple[int, int]

# A line, whatever ends it: \n, \r\n or \r.
_LINE = pattern(r"[^\r\n]+")


class Lines(Sequence[Line]):
    """Lines in order, packed: a file of five million has them in some tens of megabytes."""

    __slots__ = ("ends", "starts")

    def __init__(self, spans: Iterable[Line]) -> None:
        self.starts, self.ends = array("I"), array("I")
        for start, end in spans:
            self.starts.append(start)
            self.ends.append(end)

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Line]:
        return zip(self.starts, self.ends, strict=True)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        """A line, or a list of them."""
        if isinstance(index, slice):
            return [*zip(self.starts[index], self.ends[index], strict=True)]
        return self.starts[index], self.ends[index]


class Page(NamedTuple):
    """``text`` is quoted, ``folded`` (same length, same positions) is what rules match."""

    text: str
    folded: str
    lines: Sequence[Line]

    @classmethod
    def of(cls, text: str) -> Self:
        """The page of a text."""
        folded = fold(text)
        return cls(text, folded, Lines(match.span() for match in _LINE.finditer(folded)))


def starts_of(lines: Sequence[Line]) -> Sequence[int]:
    """Where the lines start."""
    return lines.starts if isinstance(lines, Lines) else [start for start, _ in lines]


def trim_end(folded: str, start: int, end: int) -> int:
    """Where ``[start, end)`` ends without the blank space behind it."""
    while end > start and folded[end - 1].isspace():
        end -= 1
    return end


def before_blanks(folded: str, lowest: int, at: int) -> int:
    """Where the spaces and tabs before ``at`` begin, not before ``lowest``; ``at`` where there are none."""
    while at > lowest and folded[at - 1] in " \t":
        at -= 1
    return at


def trim(folded: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without the blank space at its borders; ``(start, start)`` where all is blank."""
    end = trim_end(folded, start, end)
    while start < end and folded[start].isspace():
        start += 1
    return start, end


def without_blanks(words: str) -> str:
    """``words`` without any blank space: ``责 任 单 位`` as ``责任单位``."""
    return "".join(words.split())
