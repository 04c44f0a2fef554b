"""Self-checks: the notice's own counts and numbers against what was found; each finding has a stable code.

``CATALOGUE`` is the list of codes; docs/diagnostics.md explains them and a test keeps both alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ..model import Diagnostic, Document, Item, PartyKind, Section, Severity, Source, Span, Suggested, Task
from .brackets import MAX_GROUPS, Group
from .clauses import Clause
from .front import Front
from .lifted import is_scanned, lifted_digits
from .nodes import Node
from .outline import MAX_ITEMS
from .patterns import pattern
from .roster import Roster
from .tables import Table

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
#: code: (severity, what it says).
CATALOGUE: dict[str, tuple[Severity, str]] = {
    "N001": (_ERROR, "没有找到任务：没有一个编号事项带责任分工"),
    "N002": (_WARNING, "没有找到成文日期，年度无法确定"),
    "N003": (_INFO, "没有找到发文字号"),
    "N004": (_INFO, "年度取自正文出现最多的年份，不是成文日期"),
    "N005": (_WARNING, "一个文件里有几份通知，应分开登记"),
    "N012": (_ERROR, "标题声明的任务数与实际不符"),
    "N013": (_WARNING, "正文声明的任务总数与实际不符"),
    "N014": (_WARNING, "编号不连续"),
    "N015": (_WARNING, "编号重复"),
    "N016": (_WARNING, "名单声明的单位数与实际不符"),
    "N021": (_INFO, "序号丢失的事项已恢复"),
    "N022": (_WARNING, "责任分工的括号没有闭合"),
    "N023": (_INFO, "括号没有闭合"),
    "N030": (_WARNING, "事项未写责任单位，上级任务有多个责任单位，继承不明确"),
    "N024": (_WARNING, "编号事项或括号过多，其后的不再识别"),
    "N031": (_INFO, "同级事项都有责任单位，此项没有"),
    "N032": (_WARNING, "责任分工不在任何编号事项之内"),
    "N033": (_INFO, "正文提到共同办理的单位，责任分工中没有写明"),
    "N040": (_WARNING, "表格行无法对应到表头"),
    "N050": (_INFO, "名单中没有这个单位"),
    "N060": (_INFO, "有文字未被任何规则识别"),
    "N061": (_INFO, "文件不是 UTF-8 编码"),
    "N070": (_WARNING, "数字与所在句子脱离，请对照原件"),
    "N071": (_WARNING, "文字来自扫描识别，数字和名称请对照原件"),
    "N073": (_WARNING, "分解数之和与总数不符"),
    "N074": (_INFO, "分解数没有对应的总数"),
}


# A total that the text declares: 180项重点任务.
_TOTAL = pattern(r"(\d{2,4})项(?:目标任务|重点任务|工作任务|重点工作任务|任务目标)")
# The alias behind a unit's name: 省司法厅|(省监狱管理局).
_ALIAS = pattern(r"[(（〔\[].*$")
#: A damaged file has so many findings of one kind that nobody reads them all.
MOST_ALIKE = 1000
#: As many characters of the text are quoted in a message.
_QUOTED = 30


class Facts(NamedTuple):
    """Everything the checks look at. ``nodes`` know what ownership made of them."""

    source: Source
    folded: str
    year: int | None
    front: Front
    #: The notices of a file that holds several.
    documents: Sequence[Document]
    nodes: Sequence[Node]
    #: Marker of the first item that is one too many.
    cut: Span | None
    tables: Sequence[Table]
    groups: Sequence[Group]
    clauses: Sequence[Clause]
    #: Clauses outside every node.
    homeless: Sequence[Clause]
    tasks: Sequence[Task]
    sections: Sequence[Section]
    #: Items whose marker was lost.
    recovered: Sequence[Item]
    roster: Roster | None
    unparsed: Sequence[Span]
    suggested: Sequence[Suggested]
    #: Allocations that have no whole or do not add up to it: the place, the code, and what is wrong.
    allocations: Sequence[tuple[Span, str, str]] = ()

    def quote(self, span: Span) -> str:
        """The first words of a span."""
        return self.source.text[span.start : min(span.end, span.start + _QUOTED)]


def run(facts: Facts) -> list[Diagnostic]:
    """All findings, in order of place; those about the notice as a whole first.

    Of findings with the same code the first ``MOST_ALIKE`` are listed, and one more tells how many follow.
    """
    found: list[Diagnostic] = []
    counts: Counter[str] = Counter()
    for finding in chain(
        _whole(facts),
        _counts(facts),
        _numbering(facts),
        _rows(facts),
        _brackets(facts),
        _responsibility(facts),
        _roster(facts),
        _layout(facts),
        (_make(code, detail, span) for span, code, detail in facts.allocations),
    ):
        counts[finding.code] += 1
        if counts[finding.code] <= MOST_ALIKE:
            found.append(finding)
    for code, count in counts.items():
        if count > MOST_ALIKE:
            found.append(_make(code, f"另有 {count - MOST_ALIKE} 处，不再逐一列出"))
    found.sort(key=lambda d: (d.span is not None, d.span or Span(0, 0), d.code))
    return found


def _make(code: str, detail: str = "", span: Span | None = None) -> Diagnostic:
    severity, words = CATALOGUE[code]
    return Diagnostic(code, severity, f"{words}{'：' if detail else ''}{detail}", span)


def _whole(facts: Facts) -> Iterator[Diagnostic]:
    if not facts.tasks:
        yield _make("N001")
    if facts.cut is not None:
        yield _make("N024", f"只识别前 {MAX_ITEMS} 项", facts.cut)
    if len(facts.groups) >= MAX_GROUPS:
        last = facts.groups[-1].start
        yield _make("N024", f"只识别前 {MAX_GROUPS} 对括号", Span(last, last + 1))
    if facts.year is None:
        yield _make("N002")
    elif facts.front.issued_on is None and facts.front.document_number is None:
        yield _make("N004", f"{facts.year} 年")
    if facts.front.document_number is None:
        yield _make("N003")
    for index, document in enumerate(facts.documents[1:], 2):
        number = document.document_number or "无文号"
        title = (document.title or "无标题")[:_QUOTED]
        yield _make("N005", f"第 {index} 份：{number}，{title}", document.span)
    if facts.source.encoding != "utf-8":
        yield _make("N061", f"按 {facts.source.encoding} 读取")
    if facts.unparsed:
        size = sum(span.end - span.start for span in facts.unparsed)
        share = 100 * size / max(1, len(facts.folded))
        yield _make("N060", f"{len(facts.unparsed)} 处，共 {size} 字（{share:.1f}%），见 unparsed")


def _counts(facts: Facts) -> Iterator[Diagnostic]:
    """Declared numbers of tasks against those that were found: of each section, and of the whole."""
    places = [task.span.start for task in facts.tasks]
    for index, section in enumerate(facts.sections):
        declared = section.declared_tasks
        if declared is None:
            continue
        end = _section_end(facts, index)
        count = bisect_left(places, end) - bisect_left(places, section.span.start)
        if count != declared:
            detail = f"“{section.title[:24]}”声明 {declared} 项，找到 {count} 项"
            yield _make("N012", detail, section.span)
    totals: Counter[int] = Counter()
    first: dict[int, Span] = {}
    for match in _TOTAL.finditer(facts.folded):
        total = int(match[1])
        totals[total] += 1
        first.setdefault(total, Span(*match.span()))
    if totals and facts.tasks and len(facts.tasks) not in totals:
        total = totals.most_common(1)[0][0]
        yield _make("N013", f"声明 {total} 项，找到 {len(facts.tasks)} 项", first[total])


def _section_end(facts: Facts, index: int) -> int:
    """Where the next section of the same or a higher level begins."""
    depth = len(facts.sections[index].path)
    for following in range(index + 1, len(facts.sections)):
        if len(facts.sections[following].path) <= depth:
            return facts.sections[following].span.start
    return len(facts.folded)


def _numbering(facts: Facts) -> Iterator[Diagnostic]:
    """Gaps and repetitions in the numbers of siblings; numbers that run on through headings are right."""
    previous: dict[tuple[int, str], int] = {}
    siblings: dict[tuple[int, str, Node | None], int] = {}
    for node in facts.nodes:
        if node.label is not None:
            continue
        family = (node.part, node.shape, node.parent)
        before = siblings.get(family)
        siblings[family] = node.value
        last = previous.get((node.part, node.shape))
        previous[node.part, node.shape] = node.value
        expected = 1 if before is None else before + 1
        if node.value in (expected, 1) or (last is not None and node.value == last + 1):
            continue
        span = Span(node.start, node.mark_end)
        if before is not None and node.value <= before:
            yield _make("N015", f"{before} 之后又是 {node.value}", span)
        elif before is not None or last is not None:
            yield _make("N014", f"{before or last} 之后是 {node.value}", span)
        else:
            yield _make("N014", f"从 {node.value} 开始", span)


def _rows(facts: Facts) -> Iterator[Diagnostic]:
    """Gaps in the numbers of a table's rows, and rows that do not fit its header."""
    for table in facts.tables:
        last: int | None = None
        for row in table.rows:
            if row.number is None:
                continue
            if last is not None and row.number not in (last + 1, 1) and row.marker is not None:
                yield _make("N014", f"{last} 之后是 {row.number}", row.marker)
            last = row.number
        for span in table.strange:
            yield _make("N040", facts.quote(span), span)


def _brackets(facts: Facts) -> Iterator[Diagnostic]:
    unclosed = set()
    for clause in facts.clauses:
        if clause.unclosed:
            unclosed.add(clause.start)
            span = Span(clause.start, clause.end)
            yield _make("N022", facts.quote(span), span)
    for group in facts.groups:
        if not group.closed and group.start not in unclosed and facts.folded[group.start] != "<":
            words = facts.source.text[group.start : min(group.end, group.start + 20)]
            yield _make("N023", words, Span(group.start, group.start + 1))


def _responsibility(facts: Facts) -> Iterator[Diagnostic]:
    for item in facts.recovered:
        yield _make("N021", facts.source.text[item.span.start : item.span.start + 20], item.span)
    rows = {row.statement.start for table in facts.tables for row in table.rows}
    for task in facts.tasks:
        named = sum(len(assignment.parties) for assignment in task.assignments)
        if named < 2 or task.text_span.start in rows:  # a row's units answer for all its cells
            continue
        for item in (*task.targets, *task.measures):
            if not item.assignments:
                yield _make("N030", f"任务 {task.marker}{item.marker}", item.span)
    for clause in facts.homeless:
        span = Span(clause.start, clause.end)
        yield _make("N032", facts.quote(span), span)
    for partner in facts.suggested:
        yield _make("N033", f"{partner.word}{partner.text}", partner.span)
    yield from _without_clause(facts)


def _without_clause(facts: Facts) -> Iterator[Diagnostic]:
    """Items without a clause among siblings most of which are tasks."""
    families: dict[Node, list[Node]] = {}
    for node in facts.nodes:
        if node.parent is not None and not node.is_item:
            families.setdefault(node.parent, []).append(node)
    for children in families.values():
        without = [node for node in children if not node.is_task and not node.children]
        if without and len(children) > 2 and 2 * len(without) < len(children):
            for node in without:
                span = Span(node.start, min(node.end, node.text_start + 20))
                yield _make("N031", span.of(facts.source.text), span)


def _layout(facts: Facts) -> Iterator[Diagnostic]:
    """What a page's layout may have done to the text: figures drawn apart from their sentence, scans."""
    if not facts.source.pieces or facts.source.pieces[0].box is None:
        return
    for span in lifted_digits(facts.folded):
        yield _make("N070", facts.quote(span), span)
    if any(is_scanned(piece.part) for piece in facts.source.pieces):
        yield _make("N071")


def _roster(facts: Facts) -> Iterator[Diagnostic]:
    roster = facts.roster
    if roster is None:
        return
    if roster.declared is not None and roster.declared != len(roster.entries):
        yield _make("N016", f"声明 {roster.declared} 个，找到 {len(roster.entries)} 个", roster.span)
    seen = {_ALIAS.sub("", entry.text) for entry in roster.entries}
    for task in facts.tasks:
        for assignment in task.assignments:
            for party in assignment.parties:
                name = _ALIAS.sub("", party.text)
                if party.kind is PartyKind.UNIT and name not in seen:
                    seen.add(name)
                    yield _make("N050", party.text, party.span)
