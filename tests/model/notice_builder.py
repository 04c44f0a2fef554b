"""Notices for tests, written in one small language and built so that every span is exact by construction.

    一、稳增长,2021年底前
    1.减税降费。(牵头:省财政厅,配合:省税务局)
      目标 ①减税100亿元。(责任:省财政厅)
      措施 6月底前完成汇编。
    2.春耕生产。(责任:各市人民政府)

A line 一、… is a section, N.… a task, 目标/措施 the task's items; (role:names) at a line's end is its clause,
and X月底前 a deadline. Items without a clause inherit. Blanks at a line's ends are not part of the text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from duban.model import (
    Assignment,
    Deadline,
    Evidence,
    Item,
    Notice,
    Party,
    PartyKind,
    Role,
    Section,
    Source,
    Span,
    Task,
)

_ROLES = {"牵头": Role.LEAD, "配合": Role.COOPERATING, "责任": Role.RESPONSIBLE}
_GROUP = re.compile(r"各市|相关市|沿海|有关|成员单位|各部门")
_LAST_DAY = {6: 30, 9: 30, 12: 31}


def build(
    layout: str,
    *,
    name: str = "test.txt",
    title: str | None = None,
    document_number: str | None = None,
    issuer: str | None = "辽宁省人民政府",
    year: int | None = 2021,
    issued_on: str | None = None,
) -> Notice:
    """The notice that ``layout`` describes."""
    text = "\n".join(line.strip() for line in layout.strip().splitlines())
    sections: list[Section] = []
    tasks: list[Task] = []
    at = 0
    for line in text.split("\n"):
        span = Span(at, at + len(line))
        at += len(line) + 1
        if match := re.match(r"([一二三四五六七八九]+、)(.*)", line):
            start = span.start + match.start(2)
            deadlines = _deadlines(text, Span(start, span.end), year)
            sections.append(
                Section(match[1], match[2], (match[1],), Span(start, span.end), deadlines=deadlines)
            )
        elif match := re.match(r"(\d+)\.", line):
            tasks.append(_task(text, span, match, sections, year))
        elif match := re.match(r"(目标|措施) ?([①-⑳]?)", line):
            tasks[-1] = _with_item(text, tasks[-1], span, match, year)
        else:
            raise ValueError(f"no section, task or item: {line!r}")
    raw = text.encode()
    source = Source(name, "txt", hashlib.sha256(raw).hexdigest(), "utf-8", text)
    return Notice(
        source=source,
        title=title,
        document_number=document_number,
        issuer=issuer,
        issued_on=issued_on,
        year=year,
        sections=tuple(sections),
        tasks=tuple(tasks),
    )


def raw_of(notice: Notice) -> bytes:
    """The bytes that a built notice stands for."""
    return notice.source.text.encode()


def _clause(text: str, span: Span) -> tuple[Span, tuple[Assignment, ...]]:
    """The wording before a clause at the end of ``span``, and the clause."""
    match = re.search(r"\(((?:牵头|配合|责任):[^\n]*)\)$", span.of(text))
    if not match:
        return span, ()
    parties: list[Party] = []
    role = Role.RESPONSIBLE
    offset = span.start + match.start(1)
    for part in re.finditer(r"(?:(牵头|配合|责任):)?([^,、:]+)", match[1]):
        role = _ROLES.get(part[1], role)
        kind = PartyKind.GROUP if _GROUP.search(part[2]) else PartyKind.UNIT
        parties.append(Party(part[2], Span(offset + part.start(2), offset + part.end(2)), role, kind))
    wording = Span(span.start, span.start + match.start())
    clause = Span(span.start + match.start(), span.end)
    return wording, (Assignment(clause, wording, tuple(parties)),)


def _deadlines(text: str, span: Span, year: int | None) -> tuple[Deadline, ...]:
    found: list[Deadline] = []
    for match in re.finditer(r"(?:(\d{4})年)?(?:(\d+)月)?底前", span.of(text)):
        month = int(match[2] or 12)
        due = f"{match[1] or year}-{month:02}-{_LAST_DAY[month]}"
        where = Span(span.start + match.start(), span.start + match.end())
        found.append(Deadline(where, match[0], None, due, None, Evidence.DERIVED))
    return tuple(found)


def _task(text: str, span: Span, match: re.Match[str], sections: list[Section], year: int | None) -> Task:
    wording, assignments = _clause(text, Span(span.start + match.end(), span.end))
    return Task(
        number=int(match[1]),
        marker=match[0],
        path=(*(sections[-1].path if sections else ()), match[0]),
        span=span,
        text_span=wording,
        assignments=assignments,
        parties=tuple(party for assignment in assignments for party in assignment.parties),
        deadlines=_deadlines(text, wording, year),
    )


def _with_item(text: str, task: Task, span: Span, match: re.Match[str], year: int | None) -> Task:
    wording, assignments = _clause(text, Span(span.start + match.end(), span.end))
    own = tuple(party for assignment in assignments for party in assignment.parties)
    item = Item(
        marker=match[2],
        span=Span(span.start + match.start(2), span.end),
        text_span=wording,
        assignments=assignments,
        parties=own or tuple(replace(party, evidence=Evidence.INHERITED) for party in task.parties),
        deadlines=_deadlines(text, wording, year),
    )
    longer = Span(task.span.start, span.end)
    if match[1] == "目标":
        return replace(task, span=longer, targets=(*task.targets, item))
    return replace(task, span=longer, measures=(*task.measures, item))
