"""加减分: events become marks by the pack's items, capped by item and all together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from ..model.errors import InputsError
from .decimals import comparable, divide, plain
from .inputs import Event
from .pack import BONUS, Limit, PackItem
from .trace import Node, given

#: The largest amount of all units for a proportional item.
Largest = Mapping[str, Decimal]
KIND_NAMES = {BONUS: "加分", "deduction": "减分"}


def item_of(event: Event, items: Sequence[PackItem], track: str) -> PackItem:
    """The pack's item that an event means: by code and ``kind``; or by the mark (``value``); or by a letter
    behind the code (P6a, P6b, P6c) in the pack's order. Raises InputsError."""
    coded = [item for item in items if item.code == event.code]
    if not coded and event.code[-1:].isalpha():
        variants = [item for item in items if item.code == event.code[:-1] and item.variant]
        index = ord(event.code[-1]) - ord("a")
        coded = variants[index : index + 1] if index >= 0 else []
    if not coded:
        listed = "、".join(dict.fromkeys(item.code for item in items if track in item.tracks))
        raise InputsError(f"没有加减分项“{event.code}”", place=event.place, remedy=f"可写 {listed}")
    fitting = [item for item in coded if event.variant in ("", item.variant)]
    if len(fitting) > 1 and event.value is not None:
        fitting = [item for item in fitting if item.each == event.value]
    if len(fitting) != 1:
        kinds = "、".join(item.variant for item in coded)
        raise InputsError(f"{event.code} 要写明是哪一种", place=event.place, remedy=f"kind 可写 {kinds}")
    item = fitting[0]
    if track not in item.tracks:
        raise InputsError(f"{item.code}（{item.name}）不适用于这一类对象", place=event.place, remedy="请删去")
    return item


def event_node(event: Event, item: PackItem, largest: Largest) -> Node:
    """What one event is worth before any cap. Raises InputsError."""
    name = f"{item.code}{item.variant}：{event.event}" if event.event else f"{item.code}{item.variant}"
    kind, place = ("evidence", event.evidence) if event.evidence else ("input", event.place)
    if item.mode == "proportional":
        if event.amount is None:
            raise InputsError(
                f"{item.code} 按比例加分，要写数额 amount（{item.unit}）", place=event.place, remedy="请补上"
            )
        most = largest[item.code]
        inputs = (
            given("最高分值", item.each, "clause", item.clause.rule, item.clause.quote),
            given("数额", event.amount, kind, place),
            given("最大数额", most, "group", f"各单位 {item.code} 的最大数额"),
        )
        if most == 0:
            return Node(name, Decimal(0), "0", inputs, note="没有单位有数额")
        return Node(name, divide(item.each * event.amount, most), "最高分值×数额÷最大数额", inputs)
    if item.mode == "range":
        low = item.least or Decimal(0)
        if event.value is None or not low <= event.value <= item.each:
            raise InputsError(
                f"{item.code} 要写分值 value，{plain(low)} 到 {plain(item.each)}",
                place=event.place,
                remedy="请补上",
            )
        each = given("分值", event.value, kind, place, item.clause.quote)
    else:
        if event.value is not None and event.value != item.each:
            raise InputsError(
                f"{item.code} 每次 {plain(item.each)} 分，不是 {plain(event.value)}",
                place=event.place,
                remedy="请改正",
            )
        each = given("每次分值", item.each, "clause", item.clause.rule, item.clause.quote)
    return Node(
        name, each.value * event.count, f"{each.name}×次数", (each, given("次数", event.count, kind, place))
    )


def items_node(
    kind: str,
    events: Iterable[Event],
    find: Callable[[Event], PackItem],
    limit: Callable[[Decimal], Limit | None],
    largest: Largest,
    *,
    once: Callable[[], bool],
    extra: Sequence[Node] = (),
) -> Node:
    """All events of a kind as one node: each event, its item's cap, the total cap.

    ``once`` is asked when one occasion fits several items or stands twice: whether only the largest counts.
    ``limit`` is asked for the total cap with the sum at hand. ``extra``: marks without an item.
    """
    found = [(event, item, event_node(event, item, largest)) for event in events
             if (item := find(event)).kind == kind]  # fmt: skip
    groups: dict[str, list[Node]] = defaultdict(list)
    heads: dict[str, PackItem] = {}
    dropped = _dropped(found, once)
    for index, (_, item, node) in enumerate(found):
        heads[item.group] = item
        if index in dropped:
            node = Node(node.name, Decimal(0), "0", node.inputs, note="同一事件已按最高的一项计，不重复计")
        groups[item.group].append(node)
    nodes = [*extra, *(_capped(heads[group], groups[group]) for group in sorted(groups))]
    name = KIND_NAMES[kind]
    if not nodes:
        return given(name, Decimal(0), "input", "没有" + name)
    total = sum((node.value for node in nodes), Decimal(0))
    held = limit(total)
    if held is None or held.cap is None or total <= held.cap:
        return Node(name, total, "合计(全部)", tuple(nodes))
    return Node(
        name, held.cap, f"最小(合计(全部),{plain(held.cap)})", tuple(nodes), note=f"“{held.clause.quote}”"
    )


def _dropped(found: Sequence[tuple[Event, PackItem, Node]], once: Callable[[], bool]) -> set[int]:
    by_occasion: dict[str, list[int]] = defaultdict(list)
    for index, (event, _, _) in enumerate(found):
        if event.event:
            by_occasion[event.event].append(index)
    repeated = [indexes for indexes in by_occasion.values() if len(indexes) > 1]
    if not repeated or not once():
        return set()
    dropped: set[int] = set()
    for indexes in repeated:
        # the largest stays; of equal ones that of the smaller code, so that the order of entries is no matter
        kept = min(
            indexes, key=lambda i: (-comparable(found[i][2].value), found[i][1].code, found[i][1].variant, i)
        )
        dropped |= {*indexes} - {kept}
    return dropped


def _capped(item: PackItem, nodes: Sequence[Node]) -> Node:
    total = sum((node.value for node in nodes), Decimal(0))
    name = f"{item.group}合计"
    ordered = tuple(sorted(nodes, key=lambda node: (node.name, node.value)))
    if item.cap is None or total <= item.cap:
        return Node(name, total, "合计(全部)", ordered)
    return Node(name, item.cap, f"最小(合计(全部),{plain(item.cap)})", ordered, note=f"“{item.clause.quote}”")
