"""The methods with their traces: a task's result becomes a node that shows formula and inputs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..decimals import exactly, number, percentage, plain
from ..results import TaskResult
from ..trace import Node, Origin
from .completion import completion, form_of, ratio
from .efficacy import COEFFICIENTS, Anchors, distance, efficacy, group_anchors, tier_of, tiered_efficacy
from .marks import all_or_nothing, banded, direct_deduction
from .rank import rank_linear, rank_step, share_of_first, shared_ranks
from .registry import Apply, Method

_FULL = "满分"


def _setting(result: TaskResult, key: str, default: str) -> Decimal:
    return percentage(result.settings.get(key, default))


def _direction(result: TaskResult) -> str:
    word = result.settings.get("direction", "up")
    if word not in ("up", "down", "near"):
        raise ValueError(f"direction 只能是 up、down、near，不能是 {word}")
    return word


def _actual(result: TaskResult) -> Decimal:
    if result.actual is None:
        raise ValueError(f"{result.method}需要实际值 actual")
    return result.actual


def _target(result: TaskResult) -> Decimal:
    if result.target is None:
        raise ValueError(f"{result.method}需要目标值 target")
    return result.target


def _leaf(result: TaskResult, name: str, value: Decimal, kind: str = "", place: str = "") -> Node:
    return Node(name, value, origin=Origin(kind, place) if kind else result.origin)


def _full(result: TaskResult) -> Node:
    return _leaf(result, _FULL, result.full, "clause", f"{result.task} 满分")


def _setup(result: TaskResult, name: str, value: Decimal, key: str) -> Node:
    if result.basis is not None and key == "目标值":
        return Node(name, value, origin=result.basis)
    return _leaf(result, name, value, "clause", f"{result.task} {key}")


@exactly
def efficacy_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """功效系数法 with anchors of the group or fixed ones (``best``, ``worst``), scaled to the full mark."""
    direction = _direction(result)
    actual = _leaf(result, "实际值", _actual(result))
    if direction == "near":
        ideal = _target(result)
        away = distance(actual.value, ideal)
        aim = _leaf(result, "适度值", ideal, "clause", f"{result.task} 目标值")
        actual = Node("实际值", away, "最大(实得−适度值,适度值−实得)", (_named(actual, "实得"), aim))
    fixed = "best" in result.settings or "worst" in result.settings
    if fixed:
        if not {"best", "worst"} <= result.settings.keys():
            raise ValueError("best 和 worst 要同时写")
        anchors = Anchors(number(result.settings["best"]), number(result.settings["worst"]))
        kind, place = "clause", f"{result.task} 定值"
    else:
        results = [_actual(other) for other in group]
        if direction == "near":
            results = [distance(value, _target(result)) for value in results]
        anchors = group_anchors(results, reverse=direction != "up")
        kind, place = "group", f"{result.task} 的 {len(group)} 个单位"
    low, high = _setting(result, "low", "0"), Decimal(100)
    score = efficacy(actual.value, anchors, low=low, high=high)
    if anchors.best == anchors.worst:
        return Node(
            result.task, result.full, _FULL, (_full(result), actual),
            note=f"满意值与不允许值相同（{plain(anchors.best)}），不分高低，得满分",
        )  # fmt: skip
    inputs = (
        actual,
        _leaf(result, "满意值", anchors.best, kind, place),
        _leaf(result, "不允许值", anchors.worst, kind, place),
    )
    coefficient = "60+40×(实际值−不允许值)÷(满意值−不允许值)"
    made = Node("功效系数", score, f"最小(最大({coefficient},{plain(low)}),100)", inputs)
    note = "相对得分：同组单位变动，得分随之变动" if not fixed else ""
    scaled = score * result.full * Decimal("0.01")
    return Node(result.task, scaled, "功效系数×满分×1%", (made, _full(result)), note=note)


def _named(node: Node, name: str) -> Node:
    return Node(name, node.value, node.formula, node.inputs, node.origin, node.note)


@exactly
def tiered_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """The form of 1999; ``standards``: the five standards from best to worst, blanks between."""
    del group
    words = result.settings.get("standards", "").split()
    if not words:
        raise ValueError("standards 要写五档标准值，从优到差")
    standards = [number(word) for word in words]
    actual = _actual(result)
    score = tiered_efficacy(actual, result.full, standards)
    tier = tier_of(actual, standards, COEFFICIENTS)
    if tier is None:
        return Node(result.task, score, "0", (_leaf(result, "实际值", actual),), note="未达到最低一档，得0分")
    clause = "standards"
    inputs = [_full(result), _leaf(result, "实际值", actual)]
    inputs.append(_setup(result, "本档系数", COEFFICIENTS[tier], clause))
    if tier == 0:
        return Node(result.task, score, "满分×本档系数", tuple(inputs), note="达到最高一档")
    inputs += [
        _setup(result, "上档系数", COEFFICIENTS[tier - 1], clause),
        _setup(result, "本档标准", standards[tier], clause),
        _setup(result, "上档标准", standards[tier - 1], clause),
    ]
    formula = "满分×本档系数+(实际值−本档标准)÷(上档标准−本档标准)×(满分×上档系数−满分×本档系数)"
    return Node(result.task, score, formula, tuple(inputs))


_RATIOS = {
    "level": "实际值÷目标值",
    "reverse": "目标值÷实际值",
    "baseline": "(实际值−基期值)÷(目标值−基期值)",
}


@exactly
def completion_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """完成比例法; settings ``direction`` (up, down), ``baseline``, ``threshold``, ``most``."""
    del group
    direction = _direction(result)
    if direction == "near":
        raise ValueError("完成比例法的 direction 只能是 up 或 down")
    actual, target, reverse = _actual(result), _target(result), direction == "down"
    baseline = number(result.settings["baseline"]) if "baseline" in result.settings else None
    most = _setting(result, "most", "1")
    threshold = _setting(result, "threshold", "0") if "threshold" in result.settings else None
    share = ratio(actual, target, reverse=reverse, baseline=baseline)
    score = completion(
        actual, target, result.full, reverse=reverse, baseline=baseline, threshold=threshold, most=most
    )
    form = form_of(target, reverse=reverse, baseline=baseline)
    inputs = [_leaf(result, "实际值", actual), _setup(result, "目标值", target, "目标值")]
    if baseline is not None:
        inputs.append(_setup(result, "基期值", baseline, "基期值"))
    formula, note = _ratio_formula(form, actual, target, reverse=reverse)
    reached = Node("完成比例", share, formula, tuple(inputs), note=note)
    if threshold is not None and share < threshold:
        return Node(result.task, score, "0", (reached,), note=f"完成比例低于 {plain(threshold)}，不得分")
    return Node(result.task, score, f"满分×最小(完成比例,{plain(most)})", (_full(result), reached))


def _ratio_formula(form: str, actual: Decimal, target: Decimal, *, reverse: bool) -> tuple[str, str]:
    if form == "distance":
        if target == 0:
            met = actual <= 0 if reverse else actual >= 0
            return ("1" if met else "0"), "目标为0，只看是否达到"
        short = "实际值−目标值" if reverse else "目标值−实际值"
        return f"最大(1−({short})÷(0−目标值),0)", "目标为负，按差距计算"
    if form == "reverse" and actual <= 0:
        return "1", "实际值不大于0，已优于目标"
    return f"最大({_RATIOS[form]},0)", ""


@exactly
def deduction_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """直接扣分法: the full mark less each deduction, down to 0."""
    del group
    score = direct_deduction(result.full, [found.amount for found in result.deductions])
    if not result.deductions:
        nothing = Node("扣分", Decimal(0), origin=result.origin)
        return Node(result.task, score, "满分−扣分", (_full(result), nothing), note="没有扣分")
    taken = tuple(found.traced() for found in result.deductions)
    total = sum((found.amount for found in result.deductions), Decimal(0))
    return Node(
        result.task, score, "最大(满分−扣分,0)", (_full(result), Node("扣分", total, "合计(全部)", taken))
    )


@exactly
def banded_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """分档: ``bands`` as ``限值:得分`` from best to worst, blanks between; ``otherwise`` the rest's mark."""
    del group
    pairs = [word.partition(":") for word in result.settings.get("bands", "").split()]
    if not pairs or any(not mark for _, _, mark in pairs):
        raise ValueError("bands 要写成“限值:得分 限值:得分”，从优到差")
    bands = [(number(limit), number(mark)) for limit, _, mark in pairs]
    reverse = _direction(result) == "down"
    otherwise = _setting(result, "otherwise", "0")
    score = banded(_actual(result), bands, otherwise, reverse=reverse)
    if score > result.full:
        raise ValueError(f"最高一档 {plain(score)} 分超过满分 {plain(result.full)}")
    inputs = (_setup(result, "档分", score, f"bands {result.settings['bands']}"),
              _leaf(result, "实际值", _actual(result)))  # fmt: skip
    return Node(result.task, score, "档分", inputs)


@exactly
def all_or_nothing_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """0–1 法: without a target, ``actual`` 1 is done and 0 is not."""
    del group
    target = Decimal(1) if result.target is None else result.target
    reverse = _direction(result) == "down"
    score = all_or_nothing(_actual(result), target, result.full, reverse=reverse)
    inputs = (
        _full(result),
        _leaf(result, "实际值", _actual(result)),
        _setup(result, "目标值", target, "目标值"),
    )
    met = score == result.full
    return Node(result.task, score, _FULL if met else "0", inputs, note="完成" if met else "未完成")


@exactly
def rank_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """位次法 by results: ``form`` linear (``bottom``), step (``step``) or share (按第1名的比例)."""
    values = [_actual(other) for other in group]
    reverse = _direction(result) == "down"
    form = result.settings.get("form", "linear")
    place, note = f"{result.task} 的 {len(group)} 个单位", "相对得分：同组单位变动，得分随之变动"
    if form == "share":
        if reverse:
            raise ValueError("按第1名的比例得分不能用于 direction = down")
        first = max(values)
        score = share_of_first(_actual(result), first, result.full)
        inputs = (
            _full(result),
            _leaf(result, "实际值", _actual(result)),
            _leaf(result, "第一名", first, "group", place),
        )
        formula = _FULL if first == 0 else "满分×最大(实际值,0)÷第一名"
        return Node(result.task, score, formula, inputs, note=note)
    index = next((i for i, other in enumerate(group) if other is result), None)
    if index is None:
        index = next(i for i, other in enumerate(group) if other.unit == result.unit)
    ranked = shared_ranks(values, ties=result.settings.get("ties", "mean"), reverse=reverse)[index]
    inputs = (_full(result), _leaf(result, "名次", ranked, "group", place),
              _leaf(result, "个数", Decimal(len(group)), "group", place))  # fmt: skip
    if form == "step":
        step = _setting(result, "step", "2%")
        score = rank_step(ranked, len(group), result.full, step)
        return Node(result.task, score, f"最大(满分−满分×{plain(step)}×(名次−1),0)", inputs, note=note)
    if form != "linear":
        raise ValueError(f"form 只能是 linear、step、share，不能是 {form}")
    low = _setting(result, "bottom", "60%")
    score = rank_linear(ranked, len(group), result.full, result.full * low)
    formula = _FULL if len(group) == 1 else f"满分−(满分−满分×{plain(low)})×(名次−1)÷(个数−1)"
    return Node(result.task, score, formula, inputs, note=note)


@exactly
def score_node(result: TaskResult, group: Sequence[TaskResult]) -> Node:
    """直接计分: ``actual`` is the mark itself, given by those who assess; within 0 and the full mark."""
    del group
    actual = _actual(result)
    if not 0 <= actual <= result.full:
        raise ValueError(f"得分 {plain(actual)} 不在 0 和满分 {plain(result.full)} 之间")
    return Node(result.task, actual, "评分", (_leaf(result, "评分", actual),))


def _method(name: str, apply: Apply, source: str, settings: str = "", *, relative: bool = False) -> Method:
    return Method(name, apply, relative, frozenset(settings.split()), source)


OWN = (
    _method(
        "功效系数法",
        efficacy_node,
        "d = 60 + 40×(x−x_s)/(x_h−x_s)",
        "direction best worst low",
        relative=True,
    ),
    _method("分档功效系数法", tiered_node, "财统字〔1999〕6号", "standards"),
    _method("完成比例法", completion_node, "A/B×100%×分数", "direction baseline threshold most"),
    _method("直接扣分法", deduction_node, "减分法：满分减去扣分，扣完为止"),
    _method("分档法", banded_node, "层差法 / 区间赋分", "direction bands otherwise"),
    _method("0-1法", all_or_nothing_node, "非此即彼法", "direction"),
    _method("位次法", rank_node, "按排名赋分", "direction form bottom step ties", relative=True),
    _method("直接计分", score_node, "考核主体打分"),
)
