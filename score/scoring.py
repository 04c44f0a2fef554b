"""Scoring a track: from inputs and a rule pack to each unit's score with its trace, under any readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeVar

from ..model.collector import collector_paused
from ..model.errors import BallotError, InputsError, RulesError, TraceError
from .ballots import Ballot, ballot_faults, ballot_nodes, ballot_rules
from .bands import bands_of
from .decimals import divide, exactly, plain, ranks
from .events import item_of, items_node
from .inputs import Event, Inputs, UnitInputs
from .methods.combine import mean
from .methods.registry import methods
from .pack import (
    BONUS,
    DEDUCTION,
    OPTIONS,
    TOTAL,
    Conversion,
    Limit,
    PackItem,
    Part,
    Readings,
    RulePack,
    When,
)
from .recompute import faults
from .results import TaskResult
from .trace import Node, given

T = TypeVar("T")
SCORE_NAME = "综合考评得分"
_ROLES = {"lead": "牵头", "responsible": "责任"}


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's result. ``band`` is by the pack's scheme, ``bands`` by each scheme that it has."""

    unit: str
    score: Decimal
    rank: int
    band: str
    bands: Mapping[str, str]
    trace: Node


@dataclass(frozen=True, slots=True)
class TrackScores:
    """A track's results, the best first; equal ranks in order of name."""

    track: str
    pack: str
    readings: Readings
    units: tuple[UnitScore, ...]


class _Asked:
    """Readings that remember which sentences were asked for, so that a part is computed once for all
    readings that do not touch it."""

    __slots__ = ("chosen", "seen")

    def __init__(self, chosen: Readings) -> None:
        self.chosen = chosen
        self.seen: set[str] = set()

    def holds(self, when: When) -> bool:
        self.seen.update(key for key, _ in when)
        return all(self.chosen[key] == value for key, value in when)


class Scoring:
    """One track's inputs under one pack. Raises InputsError and BallotError where they do not fit, RulesError
    for a pack with gaps."""

    def __init__(self, pack: RulePack, inputs: Inputs) -> None:
        if pack.gaps:
            raise RulesError(
                f"规则还有 {len(pack.gaps)} 处空缺，不能计分：{pack.gaps[0]}", place=pack.place,
                remedy="请补上，并删去 [[gap]]",
            )  # fmt: skip
        self.pack, self.inputs, self.track = pack, inputs, inputs.track
        self.parts = [part for part in pack.parts if part.track == inputs.track]
        self.units = {unit.unit: unit for unit in inputs.units}
        #: For each part and unit: the sentences that were asked for, their readings, the node.
        self._memo: dict[tuple[str, str], dict[tuple[str, ...], dict[tuple[str, ...], Node]]] = {}
        self._conversions: dict[int, dict[str, dict[str, Node]]] = {}
        self._ballots = self._checked_ballots()
        self._tasks = self._task_nodes()
        self._largest = self._largest_amounts()
        self._check_overlaps()

    @exactly
    def node(self, unit: str, readings: Readings, asked: set[str] | None = None) -> Node:
        """A unit's score with its trace; ``asked`` gathers the sentences that were asked for."""
        found = _Asked(readings)
        made = self._remembered("score", self.units[unit], found, self._total)
        if asked is not None:
            asked |= found.seen
        return made

    @exactly
    def part_nodes(self, key: str, readings: Readings) -> dict[str, Node]:
        """Each unit's score in one part, whether or not the other parts are told. Raises InputsError where a
        unit has none, KeyError for a part that the track has not under these readings."""
        part = next(
            (part for part in self.parts if part.key == key and _Asked(readings).holds(part.when)), None
        )
        if part is None:
            raise KeyError(key)
        return {
            name: self._remembered(f"part {key}", unit, _Asked(readings), partial(self._part, part))
            for name, unit in self.units.items()
        }

    @collector_paused()
    def scores(self, readings: Readings | None = None, *, check: bool = True) -> TrackScores:
        """All units. Every trace is recomputed first (TraceError), unless ``check`` is false."""
        readings = self.pack.chosen() if readings is None else readings
        nodes = {unit: self.node(unit, readings) for unit in self.units}
        if check:
            for unit, node in nodes.items():
                if wrong := faults(node):
                    raise TraceError(f"{unit}的得分不能由算式重算：{wrong[0]}", remedy="这是程序错误，请报告")
        placed = dict(zip(nodes, ranks(node.value for node in nodes.values()), strict=True))
        bands = bands_of(
            self.pack.under(readings), [(node.value, placed[unit]) for unit, node in nodes.items()]
        )
        scheme = self._option("band_scheme", _Asked(readings))
        made = [
            UnitScore(unit, node.value, placed[unit], told.get(scheme, ""), told, node)
            for (unit, node), told in zip(nodes.items(), bands, strict=True)
        ]
        made.sort(key=lambda found: (found.rank, found.unit))
        return TrackScores(self.track, self.pack.id, readings, tuple(made))

    def _place(self, unit: UnitInputs) -> str:
        return unit.place or f"{self.inputs.place} {unit.unit}"

    # what is prepared once

    def _checked_ballots(self) -> dict[str, list[Ballot]]:
        taken: dict[str, list[Ballot]] = defaultdict(list)
        known = {part.key for part in self.parts if part.ballots}
        voted = set()
        for ballot in self.inputs.ballots:
            if ballot.part not in known:
                raise BallotError(
                    f"没有以评价票计分的部分“{ballot.part}”",
                    place=self.inputs.place,
                    remedy=f"可写 {'、'.join(sorted(known))}",
                )
            if (ballot.part, ballot.voter) in voted:
                raise BallotError(f"{ballot.voter}投了两次", place=self.inputs.place, remedy="请只留一张")
            voted.add((ballot.part, ballot.voter))
            if wrong := ballot_faults(ballot, list(self.units), ballot_rules(self.pack, ballot.part)):
                raise BallotError(
                    f"{ballot.voter}的评价票无效：{'；'.join(wrong)}",
                    place=self.inputs.place,
                    remedy="请改正，或不计这张票",
                )
            taken[ballot.part].append(ballot)
        return {part: sorted(ballots, key=lambda b: b.voter) for part, ballots in taken.items()}

    @collector_paused()
    @exactly
    def _task_nodes(self) -> dict[str, list[tuple[Node, Decimal]]]:
        groups: dict[str, list[TaskResult]] = defaultdict(list)
        for result in self.inputs.results:
            groups[result.task].append(result)
        known = methods()
        made: dict[str, list[tuple[Node, Decimal]]] = defaultdict(list)
        for task, group in groups.items():
            if len({result.unit for result in group}) != len(group):
                raise InputsError(f"任务“{task}”有单位写了两次", place=self.inputs.place, remedy="请合并")
            for result in group:
                try:
                    node = known[result.method].apply(result, group)
                except ValueError as error:
                    raise InputsError(
                        f"{result.unit}的任务“{task}”不能计分：{error}",
                        place=result.origin.place,
                        remedy="请补正",
                    ) from None
                made[result.unit].append((node, result.full))
        for nodes in made.values():
            nodes.sort(key=lambda found: found[0].name)
        return made

    def _largest_amounts(self) -> dict[str, Decimal]:
        largest: dict[str, Decimal] = {}
        for unit in self.inputs.units:
            for event in unit.events:
                if event.amount is not None:
                    largest[event.code] = max(event.amount, largest.get(event.code, event.amount))
        return largest

    def _check_overlaps(self) -> None:
        below: dict[str, set[str]] = defaultdict(set)
        for part in self.parts:
            below[part.parent].add(part.key)
        for unit in self.inputs.units:
            for key in unit.parts:
                if inner := sorted(_all_below(key, below) & unit.parts.keys()):
                    raise InputsError(
                        f"{key} 和它的组成 {'、'.join(inner)} 都写了",
                        place=self._place(unit), remedy="请只写其中一种",
                    )  # fmt: skip
            for key, kind in (("bonus", BONUS), ("deduction", DEDUCTION)):
                items = {item.code for item in self.pack.items if item.kind == kind}
                if getattr(unit, key) is not None and any(_base(e.code, items) for e in unit.events):
                    raise InputsError(
                        f"{key} 和同类的 events 都写了",
                        place=self._place(unit),
                        remedy="请只写其中一种",
                    )
            if unit.task_bonus is not None and (
                unit.lead_tasks is not None or unit.responsible_tasks is not None
            ):
                raise InputsError(
                    "task_bonus 和任务数都写了",
                    place=self._place(unit),
                    remedy="请只写其中一种",
                )

    # what is computed under readings

    def _remembered(
        self, key: str, unit: UnitInputs, asked: _Asked, compute: Callable[[UnitInputs, _Asked], Node]
    ) -> Node:
        known = self._memo.setdefault((key, unit.unit), {})
        for names, by_values in known.items():
            node = by_values.get(tuple(asked.chosen[name] for name in names))
            if node is not None:
                asked.seen.update(names)
                return node
        inner = _Asked(asked.chosen)
        node = compute(unit, inner)
        needed = tuple(sorted(inner.seen))
        known.setdefault(needed, {})[tuple(asked.chosen[name] for name in needed)] = node
        asked.seen |= inner.seen
        return node

    def _option(self, name: str, asked: _Asked) -> str:
        for option in self.pack.options:
            if option.name == name and asked.holds(option.when):
                return option.value
        return (OPTIONS[name] or ("",))[0]

    def _children(self, parent: str, asked: _Asked) -> list[Part]:
        return [part for part in self.parts if part.parent == parent and asked.holds(part.when)]

    def _total(self, unit: UnitInputs, asked: _Asked) -> Node:
        inputs, terms = self._weighted(TOTAL, unit, asked)
        bonuses = self._task_bonus(TOTAL, unit, asked)
        bonus = self._remembered(BONUS, unit, asked, lambda u, a: self._items(BONUS, u, a))
        deduction = self._remembered(DEDUCTION, unit, asked, lambda u, a: self._items(DEDUCTION, u, a))
        both = Node("加减分", bonus.value - deduction.value, "加分−减分", (bonus, deduction))
        value = sum((w * n.value for n, w in zip(inputs, terms, strict=True)), both.value)
        value += sum((node.value for node in bonuses), Decimal(0))
        formula = "+".join([_weighted_words(inputs, terms), *(node.name for node in bonuses), "加减分"])
        nodes = (*inputs, *bonuses, both)
        if value < 0:
            return Node(SCORE_NAME, Decimal(0), f"最大({formula},0)", nodes)
        if value > self.pack.scale and self._option("above_scale", asked) == "cut":
            return Node(SCORE_NAME, self.pack.scale, f"最小({formula},{plain(self.pack.scale)})", nodes)
        note = f"超过 {plain(self.pack.scale)} 分" if value > self.pack.scale else ""
        return Node(SCORE_NAME, value, formula, nodes, note=note)

    def _weighted(self, key: str, unit: UnitInputs, asked: _Asked) -> tuple[list[Node], list[Decimal]]:
        children = self._children(key, asked)
        nodes = [
            self._remembered(f"part {child.key}", unit, asked, partial(self._part, child))
            for child in children
        ]
        return nodes, [child.weight or Decimal(0) for child in children]

    def _part(self, part: Part, unit: UnitInputs, asked: _Asked) -> Node:
        node = self._part_value(part, unit, asked)
        if part.results and unit.process:
            node = self._with_process(part, node, unit, asked)
        bonuses = self._task_bonus(part.key, unit, asked)
        if bonuses:
            base = Node("基础得分", node.value, node.formula, node.inputs, node.origin, node.note)
            value = sum((bonus.value for bonus in bonuses), node.value)
            formula = "+".join(["基础得分", *(bonus.name for bonus in bonuses)])
            node = Node(part.name, value, formula, (base, *bonuses))
        return self._void(part, node, unit, asked)

    def _part_value(self, part: Part, unit: UnitInputs, asked: _Asked) -> Node:
        told = unit.parts.get(part.key)
        place = f"{self._place(unit)}.{part.key}"
        if isinstance(told, Decimal):
            return given(part.name, told, "input", place)
        if told is not None:
            return self._items_mean(part, unit, asked, place)
        if part.results and (tasks := self._tasks.get(unit.unit)):
            return self._results(part, tasks)
        if part.ballots and part.key in self._ballots:
            node = self._voted(part, asked).get(unit.unit)
            if node is not None:
                return node
        children = self._children(part.key, asked)
        if not children:
            raise InputsError(
                f"缺少{part.name}（{part.key}）",
                place=self._place(unit),
                remedy="请补上这一部分",
            )
        nodes, weights = self._weighted(part.key, unit, asked)
        if part.aggregate == "mean":
            return Node(part.name, mean([node.value for node in nodes]), "平均(全部)", tuple(nodes))
        value = sum((w * n.value for n, w in zip(nodes, weights, strict=True)), Decimal(0))
        return Node(part.name, value, _weighted_words(nodes, weights), tuple(nodes))

    def _items_mean(self, part: Part, unit: UnitInputs, asked: _Asked, place: str) -> Node:
        told = unit.parts[part.key]
        assert isinstance(told, Mapping)
        nodes = []
        for item in sorted(told):
            value = told[item]
            if part.items and item not in part.items:
                raise InputsError(
                    f"{part.name}没有“{item}”", place=place, remedy=f"可写 {'、'.join(part.items)}"
                )
            if value is None:
                continue
            where = f"{place}.{item}"
            if isinstance(value, Decimal):
                nodes.append(given(item, value, "input", where))
                continue
            half, annual = value
            if half is not None and annual is not None and self._option("rounds", asked) == "mean":
                both = (
                    given("半年", half, "input", f"{where}.half"),
                    given("年度", annual, "input", f"{where}.annual"),
                )
                nodes.append(Node(item, mean([half, annual]), "(半年+年度)÷2", both))
            elif annual is None:
                raise InputsError(f"{item}没有年度成绩", place=where, remedy="请补上 annual")
            else:
                nodes.append(given(item, annual, "input", f"{where}.annual"))
        if not nodes:
            raise InputsError(f"{part.name}没有适用的项目", place=place, remedy="请至少写一项")
        return Node(part.name, mean([node.value for node in nodes]), "平均(全部)", tuple(nodes))

    def _results(self, part: Part, tasks: list[tuple[Node, Decimal]]) -> Node:
        total = sum((node.value for node, _ in tasks), Decimal(0))
        full = sum((mark for _, mark in tasks), Decimal(0))
        if full == 0:
            raise InputsError(f"{part.name}的满分合计为 0", place=self.inputs.place, remedy="请写 full")
        summed = Node("任务得分合计", total, "合计(全部)", tuple(node for node, _ in tasks))
        whole = given("任务满分合计", full, "count", f"{len(tasks)} 项任务")
        scale = self.pack.scale
        return Node(
            part.name,
            divide(total * scale, full),
            f"任务得分合计×{plain(scale)}÷任务满分合计",
            (summed, whole),
        )

    def _with_process(self, part: Part, node: Node, unit: UnitInputs, asked: _Asked) -> Node:
        base = Node("年终得分", node.value, node.formula, node.inputs, node.origin, node.note)
        taken = tuple(d.traced() for d in unit.process)
        total = sum((d.amount for d in unit.process), Decimal(0))
        lost = Node("过程扣分", total, "合计(全部)", taken)
        scale = self.pack.scale
        if self._option("process", asked) == "half":
            half = Decimal("0.5")
            value = max(scale - total, Decimal(0)) * half + base.value * half
            return Node(part.name, value, f"最大({plain(scale)}−过程扣分,0)×50%+年终得分×50%", (base, lost))
        return Node(part.name, max(base.value - total, Decimal(0)), "最大(年终得分−过程扣分,0)", (base, lost))

    def _voted(self, part: Part, asked: _Asked) -> dict[str, Node]:
        conversion = self._conversion(part, asked)
        known = self._conversions.setdefault(id(conversion), {})
        if part.key not in known:
            known[part.key] = ballot_nodes(part.name, self._ballots[part.key], list(self.units), conversion)
        return known[part.key]

    def _conversion(self, part: Part, asked: _Asked) -> Conversion:
        for conversion in self.pack.conversions:
            if asked.holds(conversion.when):
                return conversion
        raise RulesError(
            f"{part.name}以评价票计分，但没有名次换算", place=self.pack.place, remedy="请写 [[conversion]]"
        )

    def _task_bonus(self, into: str, unit: UnitInputs, asked: _Asked) -> list[Node]:
        rules = [rule for rule in self.pack.task_bonus if rule.track == self.track]
        none = unit.task_bonus is None and unit.lead_tasks is None and unit.responsible_tasks is None
        if none or not rules:
            return []
        rules = [rule for rule in rules if rule.into == into and asked.holds(rule.when)]
        if not rules:
            return []
        if unit.task_bonus is not None:
            place = f"{self._place(unit)}.task_bonus"
            return [given("任务数量加分", unit.task_bonus, "input", place,
                          rules[0].clause.quote)]  # fmt: skip
        made = []
        for rule in rules:
            own = self._tasks_of(unit, rule.role, asked)
            most = max(self._tasks_of(other, rule.role, asked) for other in self.inputs.units)
            key = f"{rule.role} all" if self._all_lead(unit, asked) else rule.role
            most = max(most, self.inputs.most_tasks.get(key, 0))
            inputs = (
                given("分值", rule.value, "clause", rule.clause.rule, rule.clause.quote),
                given("任务数", Decimal(own), "count", f"{unit.unit}{_ROLES[rule.role]}的任务"),
                given("最多任务数", Decimal(most), "group", f"{_ROLES[rule.role]}任务最多的单位"),
            )
            if most == 0:
                made.append(Node(rule.name, Decimal(0), "0", inputs, note="没有单位有任务"))
            else:
                made.append(
                    Node(rule.name, divide(rule.value * own, Decimal(most)), "分值×任务数÷最多任务数", inputs)
                )
        if len(made) > 1 and self._option("task_bonus_roles", asked) == "larger":
            names = ",".join(node.name for node in made)
            return [Node("任务数量加分", max(node.value for node in made), f"最大({names})", tuple(made))]
        return made

    def _tasks_of(self, unit: UnitInputs, role: str, asked: _Asked) -> int:
        if unit.all_lead is not None and self._all_lead(unit, asked):
            return unit.all_lead[("lead", "responsible").index(role)]
        return getattr(unit, f"{role}_tasks") or 0

    def _all_lead(self, unit: UnitInputs, asked: _Asked) -> bool:
        """Whether counts are those of the reading that all named units lead; asked where they differ."""
        return unit.all_lead is not None and self._option("lead", asked) == "all"

    def _items(self, kind: str, unit: UnitInputs, asked: _Asked) -> Node:
        extra = []
        told = unit.bonus if kind == BONUS else unit.deduction
        if told is not None:
            name = "加分合计" if kind == BONUS else "减分合计"
            extra.append(given(name, told, "input", f"{self._place(unit)}.{kind}"))
        if kind == BONUS:
            extra += self._task_bonus(BONUS, unit, asked)
        return items_node(
            kind, unit.events, lambda event: self._item(event, unit, asked),
            lambda total: self._limit(kind, total, asked), self._largest,
            once=lambda: self._option("same_event", asked) == "largest", extra=extra,
        )  # fmt: skip

    def _item(self, event: Event, unit: UnitInputs, asked: _Asked) -> PackItem:
        touched = _conditioned(event.code, self.pack.items)  # else no reading is asked for
        items = [i for i in self.pack.items if not i.when or (touched and asked.holds(i.when))]
        item = item_of(event, items, self.track)
        if item.fewer_than is not None and (
            unit.lead_tasks is not None or unit.responsible_tasks is not None
        ):
            held = (unit.lead_tasks or 0) + (unit.responsible_tasks or 0)
            if held >= item.fewer_than:
                note = f"{unit.unit}承担 {held} 项任务，不少于 {item.fewer_than} 项"
                raise InputsError(
                    f"{item.code} 不适用：{note}", place=event.place, remedy="请删去，或换一种读法"
                )
        return item

    def _limit(self, kind: str, total: Decimal, asked: _Asked) -> Limit | None:
        limits = [limit for limit in self.pack.limits if limit.kind == kind]
        if all(limit.cap is None or total <= limit.cap for limit in limits):
            return None  # no reading changes anything
        return next((limit for limit in limits if asked.holds(limit.when)), None)

    def _void(self, part: Part, node: Node, unit: UnitInputs, asked: _Asked) -> Node:
        if not any(option.name == "void_codes" and option.value for option in self.pack.options):
            return node
        parts = [option.value for option in self.pack.options if option.name == "void_part"]
        possible = {c for o in self.pack.options if o.name == "void_codes" for c in o.value.split()}
        events = [event for event in unit.events if event.code in possible]
        if part.key not in parts or not events:
            return node
        codes = self._option("void_codes", asked).split()
        if not any(event.code in codes for event in events):
            return node
        return Node(part.name, Decimal(0), "0", (node,), note=f"弄虚作假（{'、'.join(codes)}），成绩作废")


def _weighted_words(nodes: list[Node], weights: list[Decimal]) -> str:
    return "+".join(f"{n.name}×{plain(w * 100)}%" for n, w in zip(nodes, weights, strict=True))


def _all_below(key: str, below: Mapping[str, set[str]]) -> set[str]:
    inner = set(below.get(key, ()))
    for child in tuple(inner):
        inner |= _all_below(child, below)
    return inner


def _base(code: str, codes: set[str]) -> bool:
    return code in codes or code[:-1] in codes


def _conditioned(code: str, items: tuple[PackItem, ...]) -> bool:
    return any(item.when and item.code in (code, code[:-1]) for item in items)
