"""Columns: what a ledger shows, who fills it in, and what a filled-in cell may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from ...model.progress.records import PROOF_KINDS


class Part(StrEnum):
    """What a column belongs to: the row itself, or the record that its cells make."""

    FIXED = "fixed"
    PLAN = "plan"
    STATUS = "status"
    PROOF = "proof"
    REVIEW = "review"
    VERIFICATION = "verification"


#: Filled in by the supervision office; the others that are not fixed by the reporting unit.
OFFICE_PARTS = frozenset((Part.REVIEW, Part.VERIFICATION))


class Sort(StrEnum):
    """What a cell of the column holds."""

    TEXT = "text"
    PERCENT = "percent"
    DAY = "day"
    CHOICE = "choice"


#: In an entry cell: what stood there is to be blank from now on. A cell that is merely emptied is a fault.
CLEARED = "清空"
#: The kind of evidence that is handed in offline; its number is the receipt's.
OFFLINE = "线下收文号"
ACCEPTED, RETURNED = "通过", "退回"
#: The first and the last column, both hidden: a sheet of which only a part was sorted does not fit any more.
KEY, END = "key", "end"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column. ``width`` in characters of Excel; ``most`` characters that may be entered.

    ``name`` is the record's field, or for fixed columns the row's. ``told`` says what to write, on the head
    cell, when a cell is entered and on the page of explanations.
    """

    name: str
    head: str
    width: float
    part: Part = Part.FIXED
    sort: Sort = Sort.TEXT
    most: int = 0
    choices: tuple[str, ...] = ()
    told: str = ""
    needed: bool = False
    #: Its name among all columns.
    key: str = field(init=False)
    #: Whether nobody fills it in.
    fixed: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.part}.{self.name}")
        object.__setattr__(self, "fixed", self.part is Part.FIXED)


_CLEAR = f"要清空原有内容，请填“{CLEARED}”二字。"

COLUMNS: tuple[Column, ...] = (
    Column(KEY, "行标识", 4, told="系统识别本行用，请勿改动。"),
    Column("serial", "序号", 4, told="本表的行次。"),
    Column("source", "来源", 7, told="通知的哪一部分；几份通知的台账先写是哪份通知。"),
    Column("matter", "事项", 22, told="任务编号和正文，过长的只列开头。"),
    Column("targets", "目标", 18, told="本行是一条目标的，只列该条；其余列任务的各条目标，过长的只列开头。"),
    Column("measures", "措施", 18, told="本行是一条措施的，只列该条；整项任务的列各条措施，过长的只列开头。"),
    Column("lead", "牵头责任单位", 8, told="通知写明的牵头单位、责任单位。"),
    Column("support", "配合单位", 7.5, told="通知写明的配合单位。"),
    Column("unit", "填报单位", 7.5, told="本行由谁填报；空白的由办公室统一填报。"),
    Column("due", "节点", 9.5, sort=Sort.DAY, told="本行的序时节点，以通知为准。"),
    Column("basis", "节点依据", 6.5, told="通知写明节点的话；没有写的为系统补设；批准延期的写明延到哪天。"),
    Column("reported", "灯·自报", 6.5, told="按各单位自报判定，不含核验。"),
    Column("verified", "灯·核定", 6.5, told="按审核、实地核验判定。"),
    Column("office", "责任处室", 7, Part.PLAN, most=100, told="落实到哪个处室。同一事项各节点填一处即可。"),
    Column("person", "责任人", 6, Part.PLAN, most=100, told="落实到哪一个人。同一事项各节点填一处即可。"),
    Column(
        "standard", "完成标准", 9.5, Part.PLAN, most=500,
        told="做到什么程度算完成。同一事项各节点填一处即可。",
    ),
    Column("planned", "计划值", 7, Part.PLAN, most=100, told="计划达到的数值。同一事项各节点填一处即可。"),
    Column(
        "value", "进展", 17, Part.STATUS, most=1000, needed=True,
        told="截至本节点做到了什么：数值或文字，不超过1000字。",
    ),
    Column(
        "percent", "完成比例(%)", 7.5, Part.STATUS, Sort.PERCENT, told="只写数，如 60 表示 60%；办结写 100。"
        "系统补设的季度节点写整项任务到目前的比例，100 表示本季度的工作做完。",
    ),
    Column("problem", "问题", 9.5, Part.STATUS, most=500, told="存在的问题，没有的不填。"),
    Column("next_step", "下步", 9.5, Part.STATUS, most=500, told="下一步打算，没有的不填。"),
    Column(
        "completed_on", "办结日", 9.5, Part.STATUS, Sort.DAY,
        told="办结的日期，如 2021-06-30；完成比例须为 100。",
    ),
    Column("note", "备注", 6.5, Part.STATUS, most=500, told="其他要说明的。"),
    Column("proved", "已报佐证", 8.5, told="已经登记的证明材料，不用再报。"),
    Column(
        "sort", "佐证种类", 7.5, Part.PROOF, Sort.CHOICE, choices=(*PROOF_KINDS, OFFLINE),
        told=f"新报材料的种类；涉密材料线下报送，选“{OFFLINE}”。",
    ),
    Column(
        "number", "佐证编号", 9.5, Part.PROOF, most=500,
        told="新报材料的文号或名称，几份分行写（Alt+Enter）；已报的不用再填。涉密材料只写线下收文号。",
    ),
    Column(
        "accepted", "审核", 5.5, Part.REVIEW, Sort.CHOICE, choices=(ACCEPTED, RETURNED), needed=True,
        told="由督查室填。",
    ),
    Column("reason", "审核意见", 7.5, Part.REVIEW, most=500, told="由督查室填，退回的须写理由。"),
    Column(
        "value", "核验", 8.5, Part.VERIFICATION, most=1000, needed=True,
        told="由督查室填：实地核验的结果。",
    ),
    Column(
        "percent", "核验比例(%)", 7.5, Part.VERIFICATION, Sort.PERCENT, told="由督查室填，如 60 表示 60%。"
    ),
    Column("others", "另有登记", 7.5, told="不在本表各行的进展，如按整项登记的。"),
    Column(END, "行尾标识", 4, told="系统识别本行用，请勿改动。"),
)  # fmt: skip

BY_KEY: Mapping[str, Column] = MappingProxyType({column.key: column for column in COLUMNS})
FIXED: tuple[Column, ...] = tuple(column for column in COLUMNS if column.fixed)
ENTERED: tuple[Column, ...] = tuple(column for column in COLUMNS if not column.fixed)
#: Columns that can be taken back to blank by :data:`CLEARED`; a needed one only goes with its whole entry.
CLEARABLE: tuple[Column, ...] = tuple(
    column for column in ENTERED if not column.needed and column.part not in (Part.PROOF, Part.REVIEW)
)


def hint(column: Column) -> str:
    """What to write in the column, for people."""
    return column.told + (_CLEAR if column in CLEARABLE else "")


#: The columns of each part, left to right.
OF_PART: Mapping[Part, tuple[Column, ...]] = MappingProxyType(
    {part: tuple(column for column in COLUMNS if column.part is part) for part in Part}
)
