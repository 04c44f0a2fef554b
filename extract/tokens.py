"""Tokens: stretches that tile a text, packed, so that ten million of them fit into some tens of megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple, overload

NEWLINE, BLANK, MARKER, OPEN, CLOSE, KEY, LABEL, CELL, TEXT = (
    "newline", "blank", "marker", "open", "close", "key", "label", "cell", "text",
)  # fmt: skip
#: Kind by code. The codes are the numbers of the lexer's groups; a key in brackets is a key, too.
KINDS = (TEXT, NEWLINE, BLANK, MARKER, KEY, OPEN, CLOSE, KEY, LABEL, CELL)


class Token(NamedTuple):
    """A stretch of text with its lexical kind. ``tokens[i].end == tokens[i + 1].start``, without a gap."""

    kind: str
    start: int
    end: int


class Tokens(Sequence[Token]):
    """The tokens of a text in order: the code and start of each, as every end is the next one's start."""

    __slots__ = ("codes", "end", "starts")

    def __init__(self, codes: bytearray, starts: array[int], end: int) -> None:
        self.codes, self.starts, self.end = codes, starts, end

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Token]:
        return map(Token._make, self.rows())

    def rows(self) -> Iterator[tuple[str, int, int]]:
        """Kind, start and end of each token: as iterating, without making objects."""
        ends = chain(islice(self.starts, 1, None), (self.end,))
        return zip(map(KINDS.__getitem__, self.codes), self.starts, ends, strict=False)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        """A token, or a list of them."""
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self.codes)))]
        if index < 0:
            index += len(self.codes)
        following = index + 1
        end = self.starts[following] if following < len(self.starts) else self.end
        return Token(KINDS[self.codes[index]], self.starts[index], end)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]
