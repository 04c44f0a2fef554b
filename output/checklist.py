"""Checklist: what a responsibility list (责任清单) says, apart from storage and layout."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..model.party import Role


class Partner(NamedTuple):
    """Another unit or group that answers for the same task."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One task on the list of one unit. Texts are printed as given; a line break in them stays one.

    ``targets`` and ``measures`` are whole sentences with their markers (``①…``) and, where the notice
    has one, the clause that names who does it: one paragraph each. ``deadlines`` are short
    (``6月底前``) and come out once each, in the given order.
    """

    #: Number on this list, from 1.
    seq: int
    #: Title of the notice; may be empty when the notice has none.
    notice: str
    task: str
    #: What the unit is for this task.
    role: Role
    #: The task's number in the notice; None where it has none.
    number: int | None = None
    document_number: str | None = None
    #: Heading of the part that holds the task, marker included: ``二、深入推进…``.
    section: str = ""
    targets: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    #: Whether a target or measure has a deadline of its own: what to say where the task has none.
    dated_items: bool = False
    partners: tuple[Partner, ...] = ()
    #: The group through which alone the unit answers (``各市人民政府``); None when it is named itself.
    via: str | None = None
    #: Whether the group's words leave open that the unit is meant (相关市人民政府); printed as such.
    possible: bool = False
    #: Whether the role is taken over from the section or the task above.
    inherited: bool = False
    #: What the unit is to the one that the notice names (``原省环保厅``); None when it is that one.
    history: str | None = None
    #: Printed as the place in the notice when ``number`` is None: ``(三)2.``.
    source: str = ""
    #: Marker of the notice's outermost part that holds the task: ``二、``; not printed.
    part: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The tasks of one unit. Rows stand in the order in which they are printed."""

    unit: str
    rows: tuple[ChecklistRow, ...]
    #: Overrides the title that the template makes.
    title: str | None = None
    #: Year of the work, for the title; None leaves it out.
    year: int | None = None
    #: Date of making as it is to be printed; never taken from the clock.
    made_on: datetime.date | None = None


class Totals(NamedTuple):
    """How many tasks a list has, in all and by role. ``via`` counts those that come through a group."""

    total: int
    lead: int
    responsible: int
    cooperating: int
    via: int


class NoticeLabel(NamedTuple):
    """A notice that a list draws on."""

    title: str
    document_number: str | None


def totals(checklist: Checklist) -> Totals:
    """Counts of a list; a row counts once, whatever its number."""
    roles = [row.role for row in checklist.rows]
    return Totals(
        total=len(roles),
        lead=roles.count(Role.LEAD),
        responsible=roles.count(Role.RESPONSIBLE),
        cooperating=roles.count(Role.COOPERATING),
        via=sum(1 for row in checklist.rows if row.via is not None),
    )


def notices(rows: Iterable[ChecklistRow]) -> tuple[NoticeLabel, ...]:
    """The notices of the rows, each once, in order of first use."""
    return tuple(dict.fromkeys(NoticeLabel(row.notice, row.document_number) for row in rows))


def bracketed(title: str) -> str:
    """A notice's title in 《》, title marks inside it turned into 〈〉 (GB/T 15834); nothing for no title."""
    title = title.strip()
    if title.startswith("《") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    return f"《{title.replace('《', '〈').replace('》', '〉')}》" if title else ""
