"""Rule packs from TOML, checked: every mistake is told with file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any, TypeVar

from ..model.errors import RulesError
from ..model.reasons import toml_reason
from .decimals import number, percentage
from .methods.registry import methods
from .pack import (
    BONUS,
    DEDUCTION,
    KINDS,
    OPTIONS,
    BallotQuota,
    BallotSetting,
    Band,
    Choice,
    Clause,
    Conversion,
    Indicator,
    Limit,
    Minimum,
    NodeDeduction,
    Option,
    PackItem,
    Part,
    Reading,
    RulePack,
    Sentence,
    Step,
    TaskBonus,
    Track,
    Unclear,
    When,
)  # fmt: skip
from .pack_checks import check
from .recompute import NOT_IN_NAMES

T = TypeVar("T")
_MISSING = object()


class _Row:
    """A TOML table that knows its place and which of its keys were read."""

    def __init__(self, data: object, file: str, place: str) -> None:
        if not isinstance(data, dict):
            raise RulesError("这里应当是一个表", place=f"{file} {place}", remedy="请对照 docs/scoring.md")
        self.data: dict[str, Any] = data
        self.file, self.place = file, place
        self.read: set[str] = set()

    def fault(self, key: str, words: str, remedy: str = "请对照 docs/scoring.md") -> RulesError:
        return RulesError(words, place=f"{self.file} {self.place}.{key}", remedy=remedy)

    def _get(self, key: str, default: object) -> Any:
        self.read.add(key)
        value = self.data.get(key, default)
        if value is _MISSING:
            raise self.fault(key, f"缺少 {key}", f"请写 {key} = …")
        return value

    def text(self, key: str, default: object = _MISSING, *, among: Collection[str] = ()) -> str:
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.fault(key, f"{key} 应当是加引号的文字，不是 {value!r}")
        if among and value not in among:
            raise self.fault(key, f"{key} 不认识“{value}”", f"可写 {'、'.join(sorted(among))}")
        return value

    def texts(self, key: str, default: object = _MISSING) -> tuple[str, ...]:
        value = self._get(key, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(word, str) for word in value):
            raise self.fault(key, f"{key} 应当是一列文字")
        return tuple(value)

    def whole(self, key: str, default: object = _MISSING) -> int:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.fault(key, f"{key} 应当是不小于 0 的整数，不是 {value!r}")
        return value

    def flag(self, key: str) -> bool:
        value = self._get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, f"{key} 应当是 true 或 false")
        return value

    def decimal(self, key: str, default: object = _MISSING) -> Decimal:
        value = self._get(key, default)
        try:
            found = percentage(value)
        except ValueError:
            raise self.fault(key, f"{key} 不是数：{value!r}", "请写加引号的小数或百分数") from None
        if found < 0:
            raise self.fault(key, f"{key} 不能小于 0")
        return found

    def cap(self, key: str) -> Decimal | None:
        if self._get(key, None) is None:
            raise self.fault(key, f"缺少上限 {key}", f'请写 {key} = "数"；原文没有上限的写 {key} = "none"')
        return None if self.data[key] == "none" else self.decimal(key)

    def clause(self) -> Clause:
        quote, span = self.text("quote", ""), self._get("span", None)
        if span is not None:
            whole = isinstance(span, list) and len(span) == 2 and all(type(at) is int for at in span)
            if not whole or not 0 <= span[0] < span[1] or span[1] - span[0] != len(quote):
                raise self.fault("span", "span 与 quote 的长度不符", "span 是原文中 [开始, 结束) 的字符位置")
            span = (span[0], span[1])
        return Clause(quote, span, self.text("rule", ""))

    def when(self, sentences: dict[str, Unclear]) -> When:
        found = []
        for word in self.text("when", "").split():
            key, _, reading = word.partition("=")
            if key not in sentences or reading not in [r.id for r in sentences[key].readings]:
                raise self.fault("when", f"没有“{word}”这种读法", "when 要写 unclear 里的 id=reading")
            found.append((key, reading))
        return tuple(found)

    def done(self) -> None:
        """Raises for a key that nothing reads: a slip of the pen would be a rule that silently fails."""
        for key in self.data:
            if key not in self.read:
                raise self.fault(key, f"不认识 {key}", f"这里可写 {'、'.join(sorted(self.read))}")


def load_pack(text: str, place: str) -> RulePack:
    """The pack of a TOML text; ``place`` names its file in messages. Raises RulesError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(
            f"不是 TOML 文件（{toml_reason(error)}）", place=place, remedy="请检查引号和括号"
        ) from None
    known = {"pack", "gap", "unclear", *TABLES}
    for key in data:
        if key not in known:
            raise RulesError(f"不认识 {key}", place=place, remedy=f"可写 {'、'.join(sorted(known))}")
    head = _Row(data.get("pack", {}), place, "[pack]")
    sentences = _unclear(data, place)
    made: dict[str, Any] = {}
    for table, (target, build) in TABLES.items():
        rows = _rows(data, place, table)
        entries = [build(row, row.clause(), row.when(sentences)) for row in rows]
        for row in rows:
            row.done()
        made[target] = tuple(entries)
    gaps = tuple(row.text("words") for row in _rows(data, place, "gap"))
    pack = RulePack(
        head.text("id"), head.text("title"), head.text("document", ""), head.text("notice", ""),
        head.text("sha256", ""), head.whole("year"), head.decimal("scale", "100"), place,
        unclear=tuple(sentences.values()), gaps=gaps, **made,
    )  # fmt: skip
    head.done()
    check(pack)
    return pack


def _rows(data: dict[str, Any], place: str, table: str) -> list[_Row]:
    rows = data.get(table, [])
    if not isinstance(rows, list):
        raise RulesError(f"{table} 要写成 [[{table}]]", place=place, remedy="请对照 docs/scoring.md")
    return [_Row(row, place, _label(table, index, row)) for index, row in enumerate(rows, start=1)]


def _label(table: str, index: int, row: object) -> str:
    told = row if isinstance(row, dict) else {}
    words = [str(told[key]) for key in ("track", "code", "key", "id", "role", "variant") if key in told]
    return f"[[{table}]]第{index}项" + (f"（{' '.join(words)}）" if words else "")


def _unclear(data: dict[str, Any], place: str) -> dict[str, Unclear]:
    found: dict[str, Unclear] = {}
    for row in _rows(data, place, "unclear"):
        inner = row._get("reading", ())
        readings = [_Row(r, place, f"{row.place}.reading[{i}]") for i, r in enumerate(inner, start=1)]
        made = tuple(Reading(r.text("id"), r.text("words")) for r in readings)
        for reading in readings:
            reading.done()
        if len({reading.id for reading in made}) != len(made) or len(made) < 2:
            raise row.fault("reading", "至少要有两种不同的读法")
        sentence = Unclear(
            row.text("id"), row.text("question"), made, row.text("chosen", among=[r.id for r in made]),
            row.text("by"), row.text("on"), row.clause(),
        )  # fmt: skip
        row.done()
        if sentence.id in found:
            raise row.fault("id", f"id {sentence.id} 用了两次")
        found[sentence.id] = sentence
    return found


def _track(row: _Row, clause: Clause, when: When) -> Track:
    units = row.whole("units") if "units" in row.data else None
    used = row.texts("methods", ())
    for name in used:
        if name not in methods():
            raise row.fault("methods", f"没有计分方法“{name}”", f"可写 {'、'.join(methods())}")
    return Track(row.text("key"), row.text("name"), units, used, row.texts("members", ()), clause, when)


def _part(row: _Row, clause: Clause, when: When) -> Part:
    name = row.text("name")
    if not name or name[0].isdigit() or NOT_IN_NAMES & set(name):
        raise row.fault("name", f"名称“{name}”不能以数字开头，不能含运算符、括号、逗号和空格")
    weight = row.decimal("weight") if "weight" in row.data else None
    return Part(
        row.text("track"), row.text("key"), name, row.text("parent"), weight,
        row.text("aggregate", "weighted", among=("weighted", "mean")), row.texts("items", ()),
        row.text("ballots", ""), row.flag("results"), clause, when,
    )  # fmt: skip


def _conversion(row: _Row, clause: Clause, when: When) -> Conversion:
    form = row.text("form", among=("linear", "step", "bands"))
    bands = []
    for word in row.texts("bands", ()):
        share, _, mark = word.partition(":")
        try:
            bands.append((percentage(share), number(mark)))
        except ValueError:
            raise row.fault("bands", f"“{word}”应当写成 30%:100") from None
    if form == "bands" and not bands:
        raise row.fault("bands", "缺少 bands")
    ties = row.text("ties", "mean", among=("mean", "min"))
    return Conversion(
        form, row.decimal("top", "100"), row.decimal("bottom", "60"), row.decimal("step", "2%"), tuple(bands),
        ties, clause, when,
    )  # fmt: skip


def _ballot(row: _Row, clause: Clause, when: When) -> BallotSetting:
    if when:
        raise row.fault("when", "评价票是否有效不随读法改变", "请删去 when")
    scale = row.decimal("scale", "100")
    if scale == 0:
        raise row.fault("scale", "最高分 scale 不能是 0", "请写 100 这样的数")
    return BallotSetting(row.text("part", ""), row.flag("ties"), scale, clause, when)


def _ballot_quota(row: _Row, clause: Clause, when: When) -> BallotQuota:
    if when:
        raise row.fault("when", "评价票是否有效不随读法改变", "请删去 when")
    low, high, most = (row.decimal(key) if key in row.data else None for key in ("low", "high", "most"))
    least = row.decimal("least", "0")
    written = [str(row.data[key]) for key in ("least", "most") if key in row.data]
    share = any(word.rstrip().endswith("%") for word in written)
    if not written:
        raise row.fault("most", "least 和 most 至少写一个", '请写 most = "3" 或 most = "30%"')
    if share and not all(word.rstrip().endswith("%") for word in written):
        raise row.fault("most", "least 和 most 要么都是个数，要么都是比例", '请写 "3" 或 "30%"')
    for key, value in (("least", least), ("most", most)):
        if value is not None and (value > 1 if share else value != int(value)):
            raise row.fault(key, f"{key} 应当是整数，或不超过 100% 的比例", '请写 "3" 或 "30%"')
    if most is not None and least > most:
        raise row.fault("least", "least 大于 most")
    if (low is None and high is None) or (low is not None and high is not None and low >= high):
        raise row.fault("low", "low 和 high 至少写一个，low 要小于 high", "分数段是 [low, high)")
    return BallotQuota(row.text("part", ""), low, high, least, most, share, clause, when)


def _task_bonus(row: _Row, clause: Clause, when: When) -> TaskBonus:
    role = row.text("role", among=("lead", "responsible"))
    return TaskBonus(
        row.text("track"), role, row.text("name"), row.decimal("value"), row.text("into"), clause, when
    )


def _item(row: _Row, clause: Clause, when: When) -> PackItem:
    mode = row.text("mode", "each", among=("each", "range", "proportional"))
    each = row.decimal("each")
    least = row.decimal("least") if mode == "range" else None
    if least is not None and least > each:
        raise row.fault("least", "least 大于 each")
    return PackItem(
        row.text("kind", among=(BONUS, DEDUCTION)), row.text("code"), row.text("name"),
        row.text("variant", ""), each, least, row.cap("cap"), row.text("group", row.text("code")),
        row.texts("tracks"), mode, row.text("unit", ""),
        row.whole("fewer_than") if "fewer_than" in row.data else None, clause, when,
    )  # fmt: skip


def _limit(row: _Row, clause: Clause, when: When) -> Limit:
    return Limit(row.text("kind", among=(BONUS, DEDUCTION)), row.cap("cap"), clause, when)


def _band(row: _Row, clause: Clause, when: When) -> Band:
    scheme = row.text("scheme", among=("quota", "floor"))
    share = row.decimal("share") if scheme == "quota" else None
    return Band(
        scheme, row.text("name"), share, row.decimal("least") if scheme == "floor" else None, clause, when
    )


def _indicator(row: _Row, clause: Clause, when: When) -> Indicator:
    method = row.text("method", "", among=("", *methods()))
    full = row.decimal("full")
    if full == 0:
        raise row.fault("full", "满分 full 不能是 0", "没有写分值的指标请不要列入")
    return Indicator(
        row.text("track"), row.text("name"), full, method, row.texts("criteria", ()), clause, when
    )


def _choice(row: _Row, clause: Clause, when: When) -> Choice:
    if when:
        raise row.fault("when", "计分方法的选择不随读法改变", "请删去 when")
    kind, tasks = row.text("kind", "", among=("", *KINDS)), row.texts("tasks", ())
    if bool(kind) == bool(tasks):
        raise row.fault("kind", "kind 和 tasks 要写其中一个", f"kind 可写 {'、'.join(KINDS)}")
    method = row.text("method", among=methods())
    settings = {}
    for word in row.texts("settings", ()):
        key, _, value = word.partition("=")
        if key not in methods()[method].settings or not value:
            listed = "、".join(sorted(methods()[method].settings)) or "（无）"
            raise row.fault("settings", f"{method}没有设置“{word}”", f"写成 键=值，键可写 {listed}")
        settings[key] = value
    return Choice(row.text("track"), kind, tasks, method, settings, clause, when)


def _minimum(row: _Row, clause: Clause, when: When) -> Minimum:
    return Minimum(row.text("track"), row.whole("count"), row.texts("sources"), clause, when)


def _step(row: _Row, clause: Clause, when: When) -> Step:
    return Step(row.text("key"), row.text("name"), clause, when)


def _node_deduction(row: _Row, clause: Clause, when: When) -> NodeDeduction:
    key = row.text("key", among=("late", "quantity", "quality"))
    return NodeDeduction(key, row.text("name"), row.decimal("amount"), clause, when)


def _sentence(row: _Row, clause: Clause, when: When) -> Sentence:
    return Sentence(row.text("note"), clause, when)


def _option(row: _Row, clause: Clause, when: When) -> Option:
    name = row.text("name", among=OPTIONS)
    return Option(name, row.text("value", among=OPTIONS[name] or ()), clause, when)


#: The tables of a pack by name: the field that holds their rows, and what makes a row.
TABLES: dict[str, tuple[str, Callable[[_Row, Clause, When], Any]]] = {
    "track": ("tracks", _track),
    "part": ("parts", _part),
    "conversion": ("conversions", _conversion),
    "ballot": ("ballot_settings", _ballot),
    "ballot_quota": ("ballot_quotas", _ballot_quota),
    "task_bonus": ("task_bonus", _task_bonus),
    "item": ("items", _item),
    "limit": ("limits", _limit),
    "band": ("bands", _band),
    "indicator": ("indicators", _indicator),
    "choice": ("choices", _choice),
    "minimum": ("minimums", _minimum),
    "round": ("rounds", _step),
    "approval": ("approval", _step),
    "node_deduction": ("node_deductions", _node_deduction),
    "sentence": ("sentences", _sentence),
    "option": ("options", _option),
}
