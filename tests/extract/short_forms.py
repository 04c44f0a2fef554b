"""Short forms of what was read, so that a case is one line: ``"1. 牵=市水务局 配=市教育局、各县人民政府*"``.

A task is its path and its parties by role (责 牵 配); ``*`` marks a group, ``~`` before a role that the
parties were inherited, ``^`` that the lead was told by position. A deadline is
``6月底前=2021-06-01..2021-06-30``: its words, the first day where there is one, the last; or what recurs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from duban.extract import parse_text
from duban.model import Deadline, Evidence, Notice, Party, PartyKind, Role

ROLES = {Role.LEAD: "牵", Role.COOPERATING: "配", Role.RESPONSIBLE: "责"}
MARKS = {Evidence.QUOTED: "", Evidence.INHERITED: "~", Evidence.DERIVED: "^"}
#: A head that tells year and day, for cases of deadlines.
DATED = "雁汀市人民政府关于印发重点工作方案的通知\n雁汀市人民政府\n2021年4月27日\n重点工作方案\n"


def parties(found: Sequence[Party]) -> str:
    """``牵=市水务局 责=市教育局、市财政局``."""
    groups = groupby(found, key=lambda party: MARKS[party.evidence] + ROLES[party.role])
    return " ".join(f"{role}={'、'.join(map(name, members))}" for role, members in groups)


def name(party: Party) -> str:
    """The name without line ends, ``*`` behind it for a group."""
    return "".join(party.text.split()) + ("*" if party.kind is PartyKind.GROUP else "")


def tasks(notice: Notice | str) -> list[str]:
    """Each task in short."""
    if isinstance(notice, str):
        notice = parse_text(notice)
    return [f"{''.join(task.path)} {parties(task.parties)}".strip() for task in notice.tasks]


def clause(words: str) -> str:
    """The parties of a clause that closes an item; ``""`` where the words are none."""
    notice = parse_text(f"1.办好实事。{words}\n")
    return parties([party for task in notice.tasks for party in task.parties])


def statements(text: str) -> list[str]:
    """The wording of each task."""
    notice = parse_text(text)
    return [task.text_span.of(text) for task in notice.tasks]


def deadlines(sentence: str, *, measure: bool = False, head: str = DATED) -> str:
    """The deadlines of an item's sentence, or of its only measure."""
    item = f"1.办好实事。落实措施：{sentence}" if measure else f"1.{sentence}"
    found = parse_text(f"{head}一、任务\n{item}（责任单位：市水务局）\n").tasks
    holders = [item for task in found for item in (*task.measures, task)]
    return " ".join(deadline(each) for each in holders[0].deadlines) if holders else "no task"


def deadline(found: Deadline) -> str:
    """``6月底前=2021-06-01..2021-06-30``."""
    days = found.due or ""
    if found.start is not None:
        days = f"{found.start}..{days}"
    return f"{found.text}={days}{found.recurrence or ''}"
