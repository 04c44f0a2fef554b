"""An appraisal's results as records for documents: tracks with their units' scores, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...score.breakdown import Breakdown, is_of
from ...score.decimals import exactly, plain, printed
from ...score.pack import RulePack
from ...score.scoring import UnitScore
from ...score.trace import Node

#: What a plan's title ends in, apart from what it is about.
_PLAN = re.compile(r"(?:的?实施)?(?:方案|办法|细则|规则|意见)(?:（[^（）]*）)?$")
_KINDS = {
    "entry": "进展记录", "evidence": "证明材料", "ballot": "评价票", "clause": "考评规定", "input": "填报",
    "group": "同组数据", "count": "计数",
}  # fmt: skip
#: Roles as a trace's counts name them.
_ROLES = {"lead": "牵头任务数", "responsible": "责任任务数"}
_ROLE = re.compile(r" (lead|responsible)\b ?")
#: A formula's signs as an official document has them.
_SIGNS = str.maketrans("(),+", "（），＋")


@dataclass(frozen=True, slots=True)
class ScoredTrack:
    """A track: its units, the best first, and each unit's score taken apart."""

    key: str
    name: str
    units: tuple[UnitScore, ...]
    apart: Mapping[str, Breakdown]

    def bands(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each band that a unit has, the best first, with its units in order of rank."""
        for band in dict.fromkeys(unit.band for unit in self.units):
            if band:
                yield band, tuple(unit.unit for unit in self.units if unit.band == band)

    def ties(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each rank that several units share."""
        for rank in dict.fromkeys(unit.rank for unit in self.units):
            sharing = tuple(unit.unit for unit in self.units if unit.rank == rank)
            if len(sharing) > 1:
                yield rank, sharing


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What was appraised and how it came out. ``pack`` is the one under the readings that were used;
    ``readings`` are the unclear sentences' questions with the words of the reading taken.

    ``approvals``: the stages of the approval chain, told only when all of them have approved. ``place`` is
    the inputs' file: what stands there is told as 填报, without the file's name.
    """

    pack: RulePack
    tracks: tuple[ScoredTrack, ...]
    readings: tuple[tuple[str, str], ...] = ()
    approvals: tuple[str, ...] = ()
    place: str = ""

    @property
    def matter(self) -> str:
        """What the appraisal is called: the pack's title, that of a plan without 方案 and ending in 考评."""
        title = _PLAN.sub("", self.pack.title.strip())
        return title if title.endswith(("考评", "考核", "评价")) else f"{title}考评"

    def source(self, place: str) -> str:
        """A place as a document tells it: none where it is a spot of the inputs' file."""
        return "" if self.place and place.startswith(self.place) else place

    def title(self, node: Node) -> str:
        """A node's name; an item of bonus or deduction is told by its words instead of its code."""
        for item in self.pack.items:
            if is_of(node, item):
                return node.name.replace(item.code + item.variant, item.name, 1)
            if node.name == f"{item.group}合计" and node.inputs:
                met = dict.fromkeys(self.title(event).partition("：")[0] for event in node.inputs)
                return f"{'、'.join(met)}合计"
        return node.name

    def origin(self, node: Node) -> str:
        """Where a given value comes from: the sentence of the rules, the evidence, or in a word."""
        if node.origin is None:
            return ""
        told = node.origin.quote or self.source(node.origin.place)
        told = _ROLE.sub(lambda found: _ROLES[found[1]], told)
        if node.origin.kind == "input" and told:
            return told
        return f"{_KINDS[node.origin.kind]}：{told}" if told else _KINDS[node.origin.kind]


def marks(value: Decimal) -> str:
    """A mark as it is printed: two digits, half up."""
    return printed(value).replace("-", "−")


def times(value: Decimal) -> str:
    """How many times, as it was entered."""
    return plain(value)


def formula(node: Node) -> str:
    """How a node is computed, in full-width signs."""
    return node.formula.translate(_SIGNS)


def steps(node: Node, number: str = "") -> Iterator[tuple[str, Node]]:
    """A calculation's nodes with their numbers, depth first; the whole has none, its inputs 1, 2, 2.1 …"""
    yield number, node
    for at, inner in enumerate(node.inputs, 1):
        yield from steps(inner, f"{number}.{at}" if number else str(at))


@exactly
def summed(values: Sequence[Decimal]) -> Decimal:
    """The sum, exact."""
    return sum(values, Decimal(0))
