"""Party and Assignment: who answers for what, and the clause that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .span import Evidence, Span


class Role(StrEnum):
    """What a clause makes of a party (contract §4, Roles)."""

    #: 牵头单位: answers first.
    LEAD = "lead"
    #: 配合单位, 参与单位, 会同: helps.
    COOPERATING = "cooperating"
    #: 责任单位, 负责, 按职责分工负责, and every party where no role word stands.
    RESPONSIBLE = "responsible"


class PartyKind(StrEnum):
    """Whether a name means one body or several."""

    UNIT = "unit"
    #: 各市人民政府, 有关部门, …成员单位.
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Party:
    """A unit or group named in a clause. ``text`` is verbatim: ``notice_text[span.start:span.end]``."""

    text: str
    span: Span
    role: Role
    kind: PartyKind
    evidence: Evidence = Evidence.QUOTED
    #: Identifier in a unit directory (``liaoning/finance``); None while nobody has resolved the name.
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A responsibility clause as it stands, brackets included, and the parties it names.

    ``scope`` is the text that the clause assigns. A clause stands once in a record: on the item,
    task or section whose text it closes.
    """

    span: Span
    scope: Span
    parties: tuple[Party, ...]
    evidence: Evidence = Evidence.QUOTED
