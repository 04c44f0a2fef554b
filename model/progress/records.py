"""Records: what can be entered about a task between the notice and the result."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, ClassVar, TypeAlias

from ..errors import ProgressError
from .classified import refuse_marked_field

PROOF_KINDS = ("文件文号", "会议纪要", "统计报表", "批复验收", "系统数据", "其他")
INSPECTION_KINDS = ("督查", "暗访")


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


@dataclass(frozen=True, slots=True)
class _Record:
    """Texts are checked when a record is made, so that none that is refused can be passed on."""

    #: Name in ``progress_entry.kind``.
    kind: ClassVar[str]
    #: Whether a newer entry takes the place of the older one; else all of them stand side by side.
    replaces: ClassVar[bool] = True
    #: Fields that may not be blank, and those that hold a day.
    needed: ClassVar[tuple[str, ...]] = ()
    days: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            what = f"{self.kind}.{field.name}"
            if isinstance(value, str):
                checked_text(value, what, needed=field.name in self.needed)
            if field.name in self.days and value is not None:
                checked_date(value, what)

    def payload(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Status(_Record):
    """What a unit reports of itself: the value reached (figure or words)."""

    kind: ClassVar[str] = "status"
    needed: ClassVar[tuple[str, ...]] = ("value",)

    value: str
    note: str = ""


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

    def __post_init__(self) -> None:
        super(Proof, self).__post_init__()
        if self.sort not in PROOF_KINDS:
            raise ProgressError(
                f"没有“{self.sort}”这种证明材料", place="proof.sort", remedy=f"可写 {'、'.join(PROOF_KINDS)}"
            )
        if not (self.number or self.sha256 or self.receipt):
            raise ProgressError("没有证明材料", place="proof", remedy="请写文号、文件或线下收文号")


@dataclass(frozen=True, slots=True)
class Review(_Record):
    """The office's word on the status entry numbered ``of``: accepted, or returned with its reason."""

    kind: ClassVar[str] = "review"

    of: int
    accepted: bool
    reason: str = ""

    def __post_init__(self) -> None:
        super(Review, self).__post_init__()
        if not self.accepted and not self.reason.strip():
            raise ProgressError("退回没有写理由", place="review.reason", remedy="请写明退回的理由")


@dataclass(frozen=True, slots=True)
class Verification(_Record):
    """What was found on the spot; it goes before the self-report, and both are kept."""

    kind: ClassVar[str] = "verification"
    needed: ClassVar[tuple[str, ...]] = ("value",)

    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Inspection(_Record):
    """A finding of a 督查 or 暗访."""

    kind: ClassVar[str] = "inspection"
    replaces: ClassVar[bool] = False
    needed: ClassVar[tuple[str, ...]] = ("finding",)

    sort: str
    finding: str

    def __post_init__(self) -> None:
        super(Inspection, self).__post_init__()
        if self.sort not in INSPECTION_KINDS:
            raise ProgressError(
                f"没有“{self.sort}”这种检查", place="inspection.sort", remedy="可写 督查、暗访"
            )


@dataclass(frozen=True, slots=True)
class ClockStop(_Record):
    """A dependency outside that stops the clock, from ``since`` to ``until`` (None: still)."""

    kind: ClassVar[str] = "stop"
    needed: ClassVar[tuple[str, ...]] = ("reason",)
    days: ClassVar[tuple[str, ...]] = ("since", "until")

    since: str
    until: str | None
    reason: str

    def __post_init__(self) -> None:
        super(ClockStop, self).__post_init__()
        if self.until is not None and self.until < self.since:
            raise ProgressError("止期早于起期", place="stop.until", remedy="请核对两个日期")


@dataclass(frozen=True, slots=True)
class TargetChange(_Record):
    """An approved change of a target, from ``effective_on`` on."""

    kind: ClassVar[str] = "change"
    needed: ClassVar[tuple[str, ...]] = ("target", "approval")
    days: ClassVar[tuple[str, ...]] = ("effective_on",)

    target: str
    effective_on: str
    approval: str


@dataclass(frozen=True, slots=True)
class Undo(_Record):
    """Takes back the entry numbered ``of``, which stays where it is."""

    kind: ClassVar[str] = "undo"

    of: int
    reason: str = ""


Record: TypeAlias = Status | Proof | Review | Verification | Inspection | ClockStop | TargetChange | Undo
