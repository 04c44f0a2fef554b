"""Records: what can be entered about a task between the notice and the result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, TypeAlias

from ..errors import ProgressError
from .classified import refuse_marked_field

PROOF_KINDS = ("文件文号", "会议纪要", "统计报表", "批复验收", "系统数据", "其他")
INSPECTION_KINDS = ("督查", "暗访")
_DECIMAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")


#: What people call the kinds of records, and their fields; two mean another thing in one kind.
KIND_WORDS = MappingProxyType(
    {
        "plan": "计划", "status": "进展", "proof": "证明材料", "review": "审核", "verification": "实地核验",
        "inspection": "检查", "stop": "停表", "change": "目标调整", "undo": "撤销",
    }
)  # fmt: skip
_FIELD_WORDS = {
    "unit": "单位", "office": "处室", "person": "责任人", "standard": "完成标准", "planned": "计划值",
    "value": "完成情况", "note": "说明", "percent": "完成比例", "due": "节点", "problem": "问题",
    "next_step": "下步", "completed_on": "办结日", "sort": "种类", "number": "文号", "sha256": "文件",
    "name": "文件名", "receipt": "线下收文号", "of": "条目", "accepted": "审核", "reason": "理由",
    "finding": "发现的情况", "published_on": "通报日", "since": "起", "until": "止", "target": "调整后的目标",
    "effective_on": "生效日", "approval": "批准文号", "moved_from": "原节点", "moved_to": "新节点",
}  # fmt: skip


def place_of(kind: str, field: str) -> str:
    """A field of a record as a message names it: 进展·完成比例."""
    return f"{KIND_WORDS[kind]}·{_FIELD_WORDS[field]}"


def checked_date(value: str, what: str) -> str:
    """An ISO day, 2021-06-30. Raises ProgressError for anything else."""
    try:
        if date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise ProgressError(f"“{value}”不是日期", place=what, remedy="请写成 2021-06-30 的样子")


def checked_text(value: str, what: str, *, needed: bool = False) -> str:
    """A text that every database stores and that bears no mark of secrecy.

    Raises ProgressError for one that is blank though ``needed``, or holds characters that are no text;
    ClassifiedError for a marked one.
    """
    if needed and not value.strip():
        raise ProgressError("没有填写", place=what, remedy="这一项不能为空")
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        raise ProgressError("含有不是文字的字符", place=what, remedy="请改用普通文字")
    refuse_marked_field(value, what)
    return value


def checked_percent(value: str, what: str) -> str:
    """A completion rate, ``80`` or ``102.5``, without a sign; empty for none. Raises ProgressError."""
    if value and _DECIMAL.fullmatch(value) is None:
        raise ProgressError(
            f"“{value}”不是完成比例", place=what, remedy="请写 80 或 102.5 这样的数，不带百分号"
        )
    return value


@dataclass(frozen=True, slots=True)
class _Record:
    """Texts are checked when a record is made, so that none that is refused can be passed on."""

    #: Name in ``progress_entry.kind``.
    kind: ClassVar[str]
    #: Whether a newer entry takes the place of the older one; else all of them stand side by side.
    replaces: ClassVar[bool] = True
    #: Fields in which a newer entry must agree with the older one to take its place.
    slot: ClassVar[tuple[str, ...]] = ()
    #: Fields that may not be blank, and those that hold a day.
    needed: ClassVar[tuple[str, ...]] = ()
    days: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            what = place_of(self.kind, field.name)
            if isinstance(value, str):
                checked_text(value, what, needed=field.name in self.needed)
            if field.name in self.days and value is not None:
                checked_date(value, what)

    def payload(self) -> dict[str, Any]:
        """The fields as JSON values; those that say no more than their default are left out."""
        return {
            field.name: value
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default or field.default is MISSING
        }


@dataclass(frozen=True, slots=True)
class Plan(_Record):
    """What a unit lays down before the year: 处室, person, when the work counts as done, value planned."""

    kind: ClassVar[str] = "plan"
    slot: ClassVar[tuple[str, ...]] = ("unit",)

    #: The unit that the plan is of; empty for the office's own, which speaks for all.
    unit: str = ""
    office: str = ""
    person: str = ""
    standard: str = ""
    planned: str = ""

    def __post_init__(self) -> None:
        super(Plan, self).__post_init__()
        if not (self.office or self.person or self.standard or self.planned):
            raise ProgressError(
                "什么都没有填写", place=KIND_WORDS["plan"], remedy="请写处室、责任人、完成标准或计划值"
            )


@dataclass(frozen=True, slots=True)
class Status(_Record):
    """What a unit reports of itself: the value reached (figure or words)."""

    kind: ClassVar[str] = "status"
    slot: ClassVar[tuple[str, ...]] = ("unit", "due")
    needed: ClassVar[tuple[str, ...]] = ("value",)
    days: ClassVar[tuple[str, ...]] = ("completed_on",)

    value: str
    note: str = ""
    #: Completion rate, ``80``; 100 and more says that it is done; empty where it is not told.
    percent: str = ""
    #: Day of the milestone that is reported on, as the notice has it; empty for the piece as a whole.
    due: str = ""
    #: Which unit reports; empty for the office, which speaks for all. Units' reports stand side by side.
    unit: str = ""
    problem: str = ""
    next_step: str = ""
    #: 办结日, as the unit has it.
    completed_on: str | None = None

    def __post_init__(self) -> None:
        super(Status, self).__post_init__()
        _check_report(self.percent, self.due, self.kind)
        if self.completed_on and not is_done(self.percent):
            raise ProgressError(
                "有办结日而完成比例不到 100",
                place=place_of("status", "completed_on"),
                remedy="办结的请写完成比例 100",
            )


@dataclass(frozen=True, slots=True)
class Proof(_Record):
    """Evidence: a document's number, a file kept by its SHA-256, or the receipt number of an offline one."""

    kind: ClassVar[str] = "proof"
    replaces: ClassVar[bool] = False

    sort: str
    number: str = ""
    sha256: str = ""
    name: str = ""
    receipt: str = ""
    #: As in :class:`Status`.
    due: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        super(Proof, self).__post_init__()
        if self.sort not in PROOF_KINDS:
            raise ProgressError(
                f"没有“{self.sort}”这种证明材料",
                place=place_of("proof", "sort"),
                remedy=f"可写 {'、'.join(PROOF_KINDS)}",
            )
        _check_report("", self.due, self.kind)
        if not (self.number or self.sha256 or self.receipt):
            raise ProgressError(
                "没有证明材料", place=KIND_WORDS["proof"], remedy="请写文号、文件或线下收文号"
            )


@dataclass(frozen=True, slots=True)
class Review(_Record):
    """The office's word on the status entry numbered ``of``: accepted, or returned with its reason."""

    kind: ClassVar[str] = "review"
    slot: ClassVar[tuple[str, ...]] = ("of",)

    of: int
    accepted: bool
    reason: str = ""

    def __post_init__(self) -> None:
        super(Review, self).__post_init__()
        if not self.accepted and not self.reason.strip():
            raise ProgressError(
                "退回没有写理由", place=place_of("review", "reason"), remedy="请写明退回的理由"
            )


@dataclass(frozen=True, slots=True)
class Verification(_Record):
    """What was found on the spot; it goes before the self-report, and both are kept."""

    kind: ClassVar[str] = "verification"
    slot: ClassVar[tuple[str, ...]] = ("unit", "due")
    needed: ClassVar[tuple[str, ...]] = ("value",)

    value: str
    note: str = ""
    #: As in :class:`Status`.
    percent: str = ""
    due: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        super(Verification, self).__post_init__()
        _check_report(self.percent, self.due, self.kind)


@dataclass(frozen=True, slots=True)
class Inspection(_Record):
    """A finding of a 督查 or 暗访, about ``unit`` where it is of one, which sees it once it is published."""

    kind: ClassVar[str] = "inspection"
    replaces: ClassVar[bool] = False
    needed: ClassVar[tuple[str, ...]] = ("finding",)
    days: ClassVar[tuple[str, ...]] = ("published_on",)

    sort: str
    finding: str
    unit: str = ""
    published_on: str | None = None

    def __post_init__(self) -> None:
        super(Inspection, self).__post_init__()
        if self.sort not in INSPECTION_KINDS:
            raise ProgressError(
                f"没有“{self.sort}”这种检查", place=place_of("inspection", "sort"), remedy="可写 督查、暗访"
            )


@dataclass(frozen=True, slots=True)
class ClockStop(_Record):
    """A dependency outside that stops the clock, from ``since`` to ``until`` (None: still)."""

    kind: ClassVar[str] = "stop"
    slot: ClassVar[tuple[str, ...]] = ("since",)
    needed: ClassVar[tuple[str, ...]] = ("reason",)
    days: ClassVar[tuple[str, ...]] = ("since", "until")

    since: str
    until: str | None
    reason: str

    def __post_init__(self) -> None:
        super(ClockStop, self).__post_init__()
        if self.until is not None and self.until < self.since:
            raise ProgressError("止期早于起期", place=place_of("stop", "until"), remedy="请核对两个日期")


@dataclass(frozen=True, slots=True)
class TargetChange(_Record):
    """An approved change from ``effective_on`` on: of a target's words, or of the day of one milestone."""

    kind: ClassVar[str] = "change"
    slot: ClassVar[tuple[str, ...]] = ("moved_from",)
    needed: ClassVar[tuple[str, ...]] = ("target", "approval")
    days: ClassVar[tuple[str, ...]] = ("effective_on", "moved_from", "moved_to")

    #: What is to be reached from then on; for a postponement the milestone's words.
    target: str
    effective_on: str
    approval: str
    #: The milestone due on ``moved_from`` (as the notice has it) is due on ``moved_to``.
    moved_from: str | None = None
    moved_to: str | None = None

    def __post_init__(self) -> None:
        super(TargetChange, self).__post_init__()
        if (self.moved_from is None) != (self.moved_to is None):
            raise ProgressError(
                "延期要写原节点和新节点", place=place_of("change", "moved_to"), remedy="请把两个日期都写上"
            )


@dataclass(frozen=True, slots=True)
class Undo(_Record):
    """Takes back the entry numbered ``of``, which stays where it is."""

    kind: ClassVar[str] = "undo"

    of: int
    reason: str = ""


Record: TypeAlias = (
    Plan | Status | Proof | Review | Verification | Inspection | ClockStop | TargetChange | Undo
)


KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        made.kind: made
        for made in (Plan, Status, Proof, Review, Verification, Inspection, ClockStop, TargetChange, Undo)
    }
)


@lru_cache(maxsize=1024)
def is_done(percent: str) -> bool:
    """Whether a completion rate says that the work is done."""
    return bool(percent) and Decimal(percent) >= 100


def _check_report(percent: str, due: str, kind: str) -> None:
    checked_percent(percent, place_of(kind, "percent"))
    if due:
        checked_date(due, place_of(kind, "due"))
