"""Agreements: what a document says must agree with itself, its figures, shares and ranks, whatever made it.

The comparison with the records finds what is not as it was made; an agreement finds what was made wrong: an
office's wording that adds up two counts, a table that lost a row on its way to the records. A builder names
what must agree; figures that a wording does not state are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ...model.errors import ProofError

if TYPE_CHECKING:
    from .proof import Reading

_REMEDY = "文件没有放行；请检查模板里的数和登记数据"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Figure(NamedTuple):
    """A number that a document states, and where."""

    value: Decimal
    place: str


class Source(Protocol):
    """Where figures are found in a document."""

    def figures(self, reading: Reading) -> Iterable[Figure]:
        """The figures, in order; none where the document does not state them."""


class Agreement(Protocol):
    """Something that must hold within a document."""

    def check(self, reading: Reading) -> None:
        """Raise :class:`ProofError` where it does not hold."""


@dataclass(frozen=True, slots=True)
class Said:
    """Figures in the text: the first group of every match of ``pattern``; ``summed`` adds up a paragraph's.

    ``quoted`` are words of others that the text cites, titles and headings of a notice: their figures are
    not the document's.
    """

    pattern: str
    summed: bool = False
    quoted: tuple[str, ...] = ()

    def figures(self, reading: Reading) -> Iterator[Figure]:
        """As in :class:`Source`."""
        for number, text in enumerate(reading.paragraphs, 1):
            text = _own(text, self.quoted)
            found = [Decimal(one[1]) for one in re.finditer(self.pattern, text)]
            if self.summed and found:
                yield Figure(sum(found, Decimal(0)), f"第{number}段合计")
            elif not self.summed:
                yield from (Figure(value, f"第{number}段") for value in found)


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows a table has, headings across it left out; of those only whose ``column`` fits ``cell``.

    ``table`` and ``column`` count from 0; the first row is the head.
    """

    table: int = 0
    column: int = 0
    cell: str = ""

    def figures(self, reading: Reading) -> Iterator[Figure]:
        """As in :class:`Source`."""
        if self.table < len(reading.tables):
            rows = _body(reading.tables[self.table])
            count = sum(re.match(self.cell, row[self.column]) is not None for row in rows)
            yield Figure(Decimal(count), f"表{self.table + 1}行数")


@dataclass(frozen=True, slots=True)
class Tables:
    """How many tables there are whose first cell fits ``head``: forms."""

    head: str

    def figures(self, reading: Reading) -> Iterator[Figure]:
        """As in :class:`Source`."""
        count = sum(re.match(self.head, rows[0][0]) is not None for rows in reading.tables)
        yield Figure(Decimal(count), "表数")


@dataclass(frozen=True, slots=True)
class Column:
    """The sum of a table's column; cells without a number count as nothing."""

    table: int
    column: int

    def figures(self, reading: Reading) -> Iterator[Figure]:
        """As in :class:`Source`."""
        if self.table < len(reading.tables):
            numbers = (_number(row[self.column]) for row in _body(reading.tables[self.table]))
            total = sum((one for one in numbers if one is not None), Decimal(0))
            yield Figure(total, f"表{self.table + 1}第{self.column + 1}栏合计")


@dataclass(frozen=True, slots=True)
class Exactly:
    """A figure that is known: shares sum to 100."""

    value: int

    def figures(self, reading: Reading) -> Iterator[Figure]:  # noqa: ARG002
        """As in :class:`Source`."""
        yield Figure(Decimal(self.value), "应为")


@dataclass(frozen=True, slots=True)
class Same:
    """All figures of all sources are one, where the first source states any."""

    what: str
    sources: tuple[Source, ...]

    def check(self, reading: Reading) -> None:
        """As in :class:`Agreement`."""
        first, *others = self.sources
        stated = list(first.figures(reading))
        if stated:
            stated += (figure for source in others for figure in source.figures(reading))
        for one, other in pairwise(stated):
            if one.value != other.value:
                _refuse(self.what, (one, other))


@dataclass(frozen=True, slots=True)
class Parts:
    """In a paragraph that states ``whole``, the figures of ``part`` sum to it, where there are any.

    ``quoted`` as in :class:`Said`.
    """

    what: str
    whole: str
    part: str
    quoted: tuple[str, ...] = ()

    def check(self, reading: Reading) -> None:
        """As in :class:`Agreement`."""
        for number, text in enumerate(reading.paragraphs, 1):
            text = _own(text, self.quoted)
            whole = re.search(self.whole, text)
            parts = [Decimal(one[1]) for one in re.finditer(self.part, text)]
            if whole and parts and sum(parts) != Decimal(whole[1]):
                place = f"第{number}段"
                total = Figure(sum(parts, Decimal(0)), f"{place}各项合计")
                _refuse(self.what, (Figure(Decimal(whole[1]), place), total))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A table's ranks go by its figures, the highest first; equal figures have one rank (1, 2, 2, 4).

    A row whose rank or figure is no number is left out. ``rounded``: the ranks are those of the figures
    before they were rounded, so that equal ones may have ranks one after another.
    """

    table: int
    rank: int
    value: int
    rounded: bool = False

    def check(self, reading: Reading) -> None:
        """As in :class:`Agreement`."""
        if self.table >= len(reading.tables):
            return
        rows = []
        for number, row in enumerate(_body(reading.tables[self.table]), 1):
            rank, value = _number(row[self.rank]), _number(row[self.value])
            if rank is not None and value is not None:
                rows.append((rank, value, f"表{self.table + 1}第{number}行"))
        for rank, value, place in rows:
            meant = 1 + sum(other > value for _, other, _ in rows)
            last = sum(other >= value for _, other, _ in rows) if self.rounded else meant
            if not meant <= rank <= last:
                _refuse("名次", (Figure(rank, place), Figure(Decimal(meant), "按得分应为")))


def _own(text: str, quoted: Iterable[str]) -> str:
    for words in filter(None, quoted):
        text = text.replace(words, "")
    return text


def check_agreements(agreements: Iterable[Agreement], reading: Reading) -> None:
    """Raise :class:`ProofError` at the first agreement that does not hold."""
    for one in agreements:
        one.check(reading)


def _body(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The rows of a table below its head, without headings across it."""
    columns = max(map(len, rows))
    return [row for row in rows[1:] if len(row) == columns]


def _number(text: str) -> Decimal | None:
    found = _NUMBER.search(text.replace(",", ""))
    return Decimal(found[0]) if found else None


def _refuse(what: str, figures: Sequence[Figure]) -> None:
    told = "，".join(f"{one.place}{one.value}" for one in figures)
    raise ProofError(f"{what}前后不一致：{told}", place=figures[0].place, remedy=_REMEDY)
