"""Task results from the registry: what was accepted or verified, against the task's figures, by the pack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..model import Quantity
from ..model.folding import fold
from ..model.progress.tracked import TrackedPiece, TrackedTask
from ..score.decimals import divide, exactly, plain
from ..score.methods.completion import ratio
from ..score.methods.registry import methods
from ..score.methods.traced import completion_node
from ..score.pack import RulePack
from ..score.results import Deduction, TaskResult
from ..score.trace import Node, Origin, given
from .score_registry import Accepted, Judged, Told, accepted, answering, in_common, stopped

FULL = Decimal(100)
#: What 左右 allows: five per cent of the figure, half a point of a rate (requirements R68).
_ABOUT, _ABOUT_POINTS = Decimal("0.05"), Decimal("0.5")
_RATES = ("%", "％", "‰", "个百分点", "百分点")
_NUMBER = re.compile(r"(?:约|达|到|达到|完成|实现)?\s*([-−]?\d+(?:\.\d+)?)\s*([^\d\s,，;；、]{0,8})$")
_PARTING = re.compile(r"[;；]")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit's task that cannot be scored, or part that nobody has told, and why. ``full``: the task's
    marks; ``waits``: its clock stands, so that nothing is owed yet."""

    unit: str
    what: str
    reason: str
    full: Decimal = FULL
    waits: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one result is about: a target's or the statement's, with the figure that it is held to."""

    name: str
    item: str
    quantity: Quantity | None
    #: Place among the figures of the statement, and how many those are.
    index: int
    count: int
    #: Keys of the units that answer for it, and of those that do as one of a group (各市).
    surely: frozenset[str]
    common: frozenset[str]


@exactly
def task_results(told: Told, pack: RulePack, among: Judged) -> tuple[list[TaskResult], list[Missing]]:
    """The results of all judged units in every task that they answer for, and what is missing."""
    results: list[TaskResult] = []
    missing: list[Missing] = []
    for standing in told.standings:
        for found in _of_task(told, pack, among, standing.task):
            if isinstance(found, Missing):
                missing.append(found)
            else:
                results.append(found)
    return results, missing


def _of_task(told: Told, pack: RulePack, among: Judged, task: TrackedTask) -> Iterator[TaskResult | Missing]:
    targets = [piece for target in task.targets for piece in _pieces(told, task, among, target)]
    whole = _pieces(told, task, among, None)
    office = {item: accepted(told, task, item) for item in {"", *(piece.item for piece in targets)}}
    held = _units(told, task, among)
    for key in (key for key in among.names if key in held):
        own = [piece for piece in targets if key in piece.surely] or whole
        share = FULL if len(own) == 1 else divide(FULL, Decimal(len(own)))
        for piece in own:
            found = office[piece.item](key)
            if isinstance(found, str) and piece.item:
                told_of_all = office[""](key)
                rated = not isinstance(told_of_all, str) and told_of_all.report.percent is not None
                found = told_of_all if rated else found
            if isinstance(found, str) and (why := stopped(told, task, piece.item)):
                yield Missing(among.names[key], piece.name, f"暂停（{why}）", share, waits=True)
            elif isinstance(found, str):
                yield Missing(among.names[key], piece.name, found, share)
            else:
                yield _result(told, pack, among, piece, found, task=task, key=key, full=share)


def _units(told: Told, task: TrackedTask, among: Judged) -> set[str]:
    """Who is scored in a task; one of 相关市 only where it has entries of its own in the task."""
    surely, possibly = answering(told, task.parties, among)
    for target in task.targets:
        more, perhaps = answering(told, target.parties, among)
        surely |= more
        possibly |= perhaps
    active: set[str] = set()
    for item in ("", *(piece.item for piece in task.pieces)) if possibly else ():
        state = told.state.get((task.notice_id, task.key, item))
        for units in state.units.values() if state else ():
            active |= {told.key_of(name) for name in units if name}
    return surely | (possibly & active)


def _pieces(told: Told, task: TrackedTask, among: Judged, target: TrackedPiece | None) -> list[_Piece]:
    """A target, or (None) the statement: one for each figure that is promised, without any one for all."""
    item, words, owners = (
        ("", task.text, ()) if target is None else (target.item, target.text, target.parties)
    )
    owners = owners or task.parties
    change = told.changed.get((task.key, item))
    words = words if change is None else change.text("target")
    quantities = promised(told, task, item)
    surely, _ = answering(told, owners, among)
    who = (frozenset(surely), frozenset(in_common(told, owners, among)))
    place = item.partition(":")[2]
    head = f"{task.name}目标{place} " if place else f"{task.name} "
    if not quantities:
        return [_Piece(head + _short(words), item, None, 0, 0, *who)]
    return [
        _Piece(
            head + _short(q.metric if len(quantities) > 1 else words), item, q, index, len(quantities), *who
        )
        for index, q in enumerate(quantities)
    ]


def promised(told: Told, task: TrackedTask, item: str) -> list[Quantity]:
    """The figures of a piece that are promised, not only striven for."""
    return [quantity for quantity in told.quantities.get((task.key, item), ()) if not quantity.soft]


def _short(words: str) -> str:
    words = " ".join(words.split()).rstrip("。；")
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _result(
    told: Told,
    pack: RulePack,
    among: Judged,
    piece: _Piece,
    found: Accepted,
    *,
    task: TrackedTask,
    key: str,
    full: Decimal,
) -> TaskResult | Missing:
    """One result: a figure against its target, else the completion rate. Words alone tell neither."""
    quantity, report, name, unit = piece.quantity, found.report, piece.name, among.names[key]
    common = key in piece.common
    actual = "" if quantity is None else _figure(report.value, piece)
    target = "" if quantity is None else _target(quantity, unit, common=common)
    if quantity is not None and isinstance(actual, Decimal) and isinstance(target, Decimal):
        kind = "comparable" if common and quantity.unit in _RATES else "numeric"
        settings = {"direction": "down"} if quantity.comparator in ("<=", "<") else {}
        basis = Origin("clause", f"{task.name} {quantity.metric}", _told(quantity))
        if (change := told.changed.get((task.key, piece.item))) is not None:
            place = f"第 {change.number} 条（目标调整，{change.text('approval')}）"
            basis = Origin("entry", place, change.text("target"))
    elif report.percent is not None:
        actual, target, settings = report.percent, FULL, {}
        kind, basis = ("numeric" if quantity else "qualitative"), Origin("clause", f"{task.name} 完成比例")
        name += "（按完成比例）" if quantity else ""  # never in one group with figures of others
    else:
        why = (
            target
            if isinstance(actual, Decimal)
            else f"第 {report.number} 条“{_short(report.value)}”{actual}"
        )
        return Missing(unit, name, f"{why}，没有写完成比例", full)
    method, chosen = _choice(pack, among.track.key, task, kind)
    origin = _origin(found)
    if method == "直接扣分法":
        known = _known("完成比例法", settings | chosen)
        reached = TaskResult(name, unit, "完成比例法", actual, target, full, (), known, origin, basis)
        return _with_shortfall(pack, reached)
    return TaskResult(
        name, unit, method, actual, target, full, (), _known(method, settings | chosen), origin, basis
    )


def _known(method: str, settings: dict[str, str]) -> dict[str, str]:
    """Those settings that the method has."""
    return {key: word for key, word in settings.items() if key in methods()[method].settings}


def _choice(pack: RulePack, track: str, task: TrackedTask, kind: str) -> tuple[str, dict[str, str]]:
    """The method of the pack for this task, with its settings; without one R37's."""
    choices = [choice for choice in pack.choices if choice.track == track]
    for choice in choices:
        if task.key in choice.tasks:
            return choice.method, dict(choice.settings)
    for choice in choices:
        if choice.kind == kind:
            return choice.method, dict(choice.settings)
    return {"numeric": "完成比例法", "comparable": "功效系数法"}.get(kind, "直接扣分法"), {}


@exactly
def _with_shortfall(pack: RulePack, result: TaskResult) -> TaskResult:
    """直接扣分法 with what the result fell short by as a deduction, by the pack's option ``shortfall``."""
    option = next((o.value for o in pack.options if o.name == "shortfall"), "share")
    made = completion_node(result, ())
    lost = result.full - made.value
    taken: tuple[Deduction, ...] = ()
    if option != "none" and lost > 0 and result.actual is not None and result.target is not None:
        reason = f"未完成（{plain(result.actual)}，目标 {plain(result.target)}）"
        full = given("满分", result.full, "clause", f"{result.task} 满分")
        reached = Node("完成得分", made.value, made.formula, made.inputs, made.origin, made.note)
        node = Node(reason, lost, "满分−完成得分", (full, reached))
        if option == "whole":
            node = Node(reason, result.full, "满分", (full, reached), note="未完成的扣完")
        taken = (Deduction(node.value, reason, result.origin, node),)
    return TaskResult(
        result.task, result.unit, "直接扣分法", None, None, result.full, taken, {}, result.origin
    )


def _origin(found: Accepted) -> Origin:
    report = found.report
    word = "实地核验" if found.review is None else f"审核第 {found.review} 条"
    place = f"第 {report.number} 条（{report.made_on} {report.who}，{word}）"
    return Origin("entry", place + (f"，{found.evidence}" if found.evidence else ""), report.value)


def _figure(value: str, piece: _Piece) -> Decimal | str:
    """The figure that a report tells for a piece's quantity; else what is wrong with it, in Chinese.

    A statement with several figures is reported with as many, parted by semicolons, in their order.
    """
    assert piece.quantity is not None
    words = [part.strip() for part in _PARTING.split(value)]
    if len(words) != piece.count:
        return f"不是 {piece.count} 个数" if piece.count > 1 else "不是一个数"
    match = _NUMBER.match(words[piece.index])
    if match is None:
        return "不是数"
    if match[2] and fold(match[2]) != fold(piece.quantity.unit):
        return f"的单位不是“{piece.quantity.unit}”"
    return Decimal(match[1].replace("−", "-"))


def reached(
    told: Told, task: TrackedTask, item: str, among: Judged
) -> Callable[[str], tuple[Decimal, str] | None]:
    """For a piece of a task: how far a unit's (by key) accepted figures have come, as a share of what they
    are held to (the least of several), and the day of the report; None where that is not told."""
    target = task.piece(item) if item else None
    pieces = [piece for piece in _pieces(told, task, among, target) if piece.quantity is not None]
    if not pieces:
        return lambda _: None
    office = accepted(told, task, item)

    def of_unit(key: str) -> tuple[Decimal, str] | None:
        found = office(key)
        if isinstance(found, str):
            return None
        shares = []
        for piece in pieces:
            assert piece.quantity is not None
            figure = _figure(found.report.value, piece)
            target = _target(piece.quantity, among.names[key], common=key in piece.common)
            if isinstance(figure, str) or isinstance(target, str):
                return None
            shares.append(ratio(figure, target, reverse=piece.quantity.comparator in ("<=", "<")))
        return min(shares), found.report.made_on

    return of_unit


def _target(quantity: Quantity, unit: str, *, common: bool) -> Decimal | str:
    """What a unit is to reach: its own share where the notice allocates, the lower end of a range; for
    左右 the least that still is. Else why nobody can tell, in Chinese."""
    for share in quantity.shares:
        if unit.startswith(share.party.removesuffix("市")):
            return Decimal(share.value)
    if quantity.shares:
        return f"目标“{_told(quantity)}”没有分给这个单位"
    if common and quantity.unit not in _RATES:
        return f"目标“{_told(quantity)}”是合计数，没有分解到单位"
    value = Decimal(quantity.value)
    if quantity.comparator != "~":
        return value
    if quantity.direction != "up":
        return f"目标“{_told(quantity)}”没有写明高低"
    return value - (_ABOUT_POINTS if quantity.unit in _RATES else value * _ABOUT)


def _told(quantity: Quantity) -> str:
    signs = {">=": "不低于", "<=": "不高于", ">": "高于", "<": "低于", "~": "左右"}
    return f"{quantity.metric}{signs.get(quantity.comparator, '')}{quantity.value}{quantity.unit}"
