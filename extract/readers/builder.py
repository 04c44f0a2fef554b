"""Builder: a text put together piece by piece, each with its place in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ...model import Piece, Source
from ...model.errors import EmptyError

Box = tuple[float, float, float, float]
#: A piece without start and end: part, where, box, generated, aside.
Place = tuple[str, tuple[int, ...], Box | None, bool, bool]
#: Text, place inside the part, and whether the file does not hold the characters.
Stretch = tuple[str, tuple[int, ...], bool]


class TextBuilder:
    """Collects a Source's text and pieces; neighbours from one place become one piece."""

    __slots__ = ("_chunks", "_pieces", "_place", "_start", "length", "spanned")

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._pieces: list[Piece] = []
        self._place: Place | None = None
        self._start = 0
        #: Characters so far.
        self.length = 0
        #: Places of empty cells that a merged cell above spans, see :class:`Source`.
        self.spanned: list[int] = []

    def add(
        self,
        text: str,
        part: str,
        where: tuple[int, ...] = (),
        *,
        box: Box | None = None,
        generated: bool = False,
        aside: bool = False,
    ) -> None:
        """Append a stretch from one place; an empty one leaves no piece."""
        self.add_text(text, (part, where, box, generated, aside))

    def add_text(self, text: str, place: Place) -> None:
        """:meth:`add`, for many stretches."""
        if not text:
            return
        if place != self._place:
            if self._start < self.length:
                self._close()
            self._place, self._start = place, self.length
        self._chunks.append(text)
        self.length += len(text)

    def add_lines(self, lines: Iterable[Iterable[Stretch]], part: str, *, aside: bool) -> None:
        """:meth:`add` for whole lines, each of which gets its line end. A large table has ten thousands of
        stretches: the loop keeps to local names and calls no function of Python's."""
        place = self._place
        goes_on = place is not None and (place[0], place[2], place[4]) == (part, None, aside)
        if not goes_on:
            self._close()
            self._place = None
        open_where = place[1] if place is not None and goes_on else None
        open_made = place is not None and place[3]
        start, at = (self._start, self.length) if goes_on else (self.length, self.length)
        chunk, piece, new = self._chunks.append, self._pieces.append, tuple.__new__
        for line in lines:
            where: tuple[int, ...] = ()
            for text, where, made in line:
                if not text:
                    if not where:  # lines.SPANNED_CELL
                        self.spanned.append(at)
                    continue
                if made is not open_made or (where is not open_where and where != open_where):
                    if start < at:
                        piece(new(Piece, (start, at, part, open_where, None, open_made, aside)))
                    start, open_where, open_made = at, where, made
                chunk(text)
                at += len(text)
            if not open_made or where != open_where:
                if start < at:
                    piece(new(Piece, (start, at, part, open_where, None, open_made, aside)))
                start, open_where, open_made = at, where, True
            chunk("\n")
            at += 1
        if open_where is not None:
            self._place, self._start, self.length = (part, open_where, None, open_made, aside), start, at

    def _close(self) -> None:
        if self._place is not None and self._start < self.length:
            # Piece(...) would go through a Python function; a table has ten thousands of them
            self._pieces.append(tuple.__new__(Piece, (self._start, self.length, *self._place)))

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._chunks)

    def pieces(self) -> tuple[Piece, ...]:
        """The pieces, which tile the text."""
        self._close()
        self._place = None
        return tuple(self._pieces)

    def extend(self, text: str, pieces: Iterable[Piece]) -> None:
        """Append another builder's text with its pieces."""
        for piece in pieces:
            self.add(
                text[piece.start : piece.end],
                piece.part,
                piece.where,
                box=piece.box,
                generated=piece.generated,
                aside=piece.aside,
            )

    def source(self, name: str, form: str, raw: bytes, *, encoding: str = "utf-8") -> Source:
        """The Source. Raises EmptyError when there is no text outside what stands aside."""
        pieces = self.pieces()
        text = self.text
        if not any(text[p.start : p.end].strip() for p in pieces if not p.aside and not p.generated):
            raise EmptyError("文件里没有文字", place=name, remedy="请检查是否存错了文件，或内容全是图片")
        digest, spanned = hashlib.sha256(raw).hexdigest(), tuple(self.spanned)
        return Source(name, form, digest, encoding, text, pieces=pieces, spanned=spanned, raw=raw)
