"""Ballots (按比例排序评价): which are valid, and how their ranks become scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .decimals import exactly, plain
from .methods.combine import mean
from .methods.rank import rank_bands, rank_linear, rank_step, shared_ranks
from .pack import Conversion, RulePack
from .trace import Node, Origin, given


@dataclass(frozen=True, slots=True)
class Ballot:
    """One evaluator's sheet for one part of the score. ``marks``: unit to rank (``kind`` ranks) or to score
    (``kind`` scores, ranked here). ``recused``: units that the evaluator must not judge (itself, its own).
    ``places``: where each mark stands, a cell or a key."""

    part: str
    voter: str
    kind: str
    marks: Mapping[str, Decimal]
    recused: frozenset[str] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict, compare=False)

    def place(self, unit: str) -> str:
        """Where the mark for ``unit`` stands."""
        return self.places.get(unit, f"{self.part} {self.voter} {unit}")


@dataclass(frozen=True, slots=True)
class Quota:
    """Of the marks of one ballot at least ``least`` and at most ``most`` lie in ``[low, high)``: counts, or
    with ``share`` shares of all marks (at most rounded down, at least rounded up)."""

    low: Decimal | None
    high: Decimal | None
    least: Decimal = Decimal(0)
    most: Decimal | None = None
    share: bool = False

    def holds(self, marks: Collection[Decimal]) -> bool:
        """Whether the marks keep the quota."""
        inside = sum(
            (self.low is None or self.low <= mark) and (self.high is None or mark < self.high)
            for mark in marks
        )
        whole = len(marks) if self.share else 1
        return self.least * whole <= inside and (self.most is None or inside <= self.most * whole)

    def words(self) -> str:
        """The quota for people."""
        low = "" if self.low is None else f"{plain(self.low)} 分以上"
        high = "" if self.high is None else f"{plain(self.high)} 分以下"
        least = f"至少 {self._amount(self.least)}" if self.least else ""
        most = "" if self.most is None else f"至多 {self._amount(self.most)}"
        return (
            f"{low}{'、' if low and high else ''}{high}的{'、'.join(word for word in (least, most) if word)}"
        )

    def _amount(self, value: Decimal) -> str:
        return f"{plain(value * 100)}%" if self.share else f"{plain(value)} 个"


@dataclass(frozen=True, slots=True)
class BallotRules:
    """``ties``: whether one rank may be given to several units (then 1, 2, 2, 4). ``scale``: the highest
    score of a ballot of scores."""

    ties: bool = False
    quotas: tuple[Quota, ...] = ()
    scale: Decimal = Decimal(100)


_DEFAULT = BallotRules()


def ballot_rules(pack: RulePack, part: str) -> BallotRules:
    """The pack's rules for ballots of a part: its own setting, else the general one; all quotas that fit."""
    settings = {setting.part: setting for setting in pack.ballot_settings}
    setting = settings.get(part) or settings.get("")
    quotas = tuple(
        Quota(q.low, q.high, q.least, q.most, q.share) for q in pack.ballot_quotas if q.part in ("", part)
    )
    if setting is None:
        return BallotRules(quotas=quotas)
    return BallotRules(setting.ties, quotas, setting.scale)


def ballot_faults(ballot: Ballot, units: Sequence[str], rules: BallotRules = _DEFAULT) -> list[str]:
    """What makes a ballot void, each with its place; empty for a valid one.

    A unit that is left out is one; a recused unit that was judged, too; marks that are all equal tell
    nothing; a rank is a whole number from 1 on and stands once (with ``ties``: as in 1, 2, 2, 4).
    """
    found = []
    for unit in ballot.marks:
        if unit not in units:
            found.append(f"{ballot.place(unit)}: 没有考评对象“{unit}”")
        elif unit in ballot.recused:
            found.append(f"{ballot.place(unit)}: {ballot.voter}应回避{unit}，却评了分")
    expected = [unit for unit in units if unit not in ballot.recused]
    if missing := [unit for unit in expected if unit not in ballot.marks]:
        found.append(f"{ballot.voter}: 漏评 {'、'.join(missing)}")
    if found:
        return found
    marks = [ballot.marks[unit] for unit in expected]
    if len(marks) > 1 and len(set(marks)) == 1:
        found.append(f"{ballot.voter}: 全部相同（{plain(marks[0])}），评价票无效")
    if ballot.kind == "scores":
        for unit in expected:
            if not 0 <= ballot.marks[unit] <= rules.scale:
                found.append(
                    f"{ballot.place(unit)}: {plain(ballot.marks[unit])} 不在 0 和 {plain(rules.scale)} 之间"
                )
    elif not found:
        found += _rank_faults(ballot, expected, ties=rules.ties)
    for quota in rules.quotas if ballot.kind == "scores" else ():  # ranks stand once each: no quota is needed
        if not quota.holds(marks):
            found.append(f"{ballot.voter}: 不合比例要求（{quota.words()}）")
    return found


def _rank_faults(ballot: Ballot, expected: Sequence[str], *, ties: bool) -> list[str]:
    found = []
    count = len(expected)
    for unit in expected:
        rank = ballot.marks[unit]
        if rank != int(rank) or not 1 <= rank <= count:
            found.append(f"{ballot.place(unit)}: 名次 {plain(rank)} 应当是 1 到 {count} 的整数")
    if found:
        return found
    holders: dict[Decimal, list[str]] = {}
    for unit in expected:
        holders.setdefault(ballot.marks[unit], []).append(unit)
    free = 1
    for rank in sorted(holders):
        shared = holders[rank]
        if len(shared) > 1 and not ties:
            places = "、".join(ballot.place(unit) for unit in shared)
            found.append(f"{places}: 名次 {plain(rank)} 重复（{'、'.join(shared)}）")
        elif rank != free and ties:
            found.append(f"{ballot.place(shared[0])}: 名次 {plain(rank)} 应当是 {free}（并列后要空出名次）")
        free += len(shared)
    return found


def ranks_of(ballot: Ballot, *, ties: str = "mean") -> dict[str, Decimal]:
    """The rank of each judged unit; equal marks share the mean of their places (or the best of them)."""
    units = list(ballot.marks)
    marks = [ballot.marks[unit] for unit in units]
    return dict(zip(units, shared_ranks(marks, ties=ties, reverse=ballot.kind == "ranks"), strict=True))


@exactly
def converted(rank: Decimal, count: int, conversion: Conversion) -> Decimal:
    """The score of a rank by the pack's conversion."""
    if conversion.form == "linear":
        return rank_linear(rank, count, conversion.top, conversion.bottom)
    if conversion.form == "step":
        return rank_step(rank, count, conversion.top, conversion.step)
    return rank_bands(rank, count, conversion.bands)


def ballot_nodes(
    name: str, ballots: Sequence[Ballot], units: Sequence[str], conversion: Conversion
) -> dict[str, Node]:
    """Each unit's score from all valid ballots: the mean over the evaluators who judged it.

    An evaluator without a ballot is left out, never made up. A unit that nobody judged has no entry.
    """
    found: dict[str, list[Node]] = {unit: [] for unit in units}
    for ballot in ballots:
        count = len(ballot.marks)
        size = given("个数", Decimal(count), "count", f"{ballot.voter}评了 {count} 个")
        for unit, rank in ranks_of(ballot, ties=conversion.ties).items():
            leaf = Node("名次", rank, origin=Origin("ballot", ballot.place(unit)))
            found[unit].append(_score_node(ballot.voter, leaf, size, conversion))
    return {
        unit: Node(name, mean([node.value for node in nodes]), "平均(全部)", tuple(nodes))
        for unit, nodes in found.items()
        if nodes
    }


def _score_node(voter: str, rank: Node, size: Node, conversion: Conversion) -> Node:
    count = int(size.value)
    value = converted(rank.value, count, conversion)
    top = plain(conversion.top)
    if conversion.form == "linear":
        reach = plain(conversion.top - conversion.bottom)
        formula = top if count == 1 else f"{top}−{reach}×(名次−1)÷(个数−1)"
        return Node(voter, value, formula, (rank, size))
    if conversion.form == "step":
        return Node(voter, value, f"最大({top}−{top}×{plain(conversion.step)}×(名次−1),0)", (rank, size))
    bands = " ".join(f"{plain(share)}:{plain(mark)}" for share, mark in conversion.bands)
    mark = given("档分", value, "clause", f"分档 {bands}", conversion.clause.quote)
    return Node(voter, value, "档分", (mark, rank, size))
