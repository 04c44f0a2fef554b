"""`duban explain`: a task's sentences with what each rule found in them, at the terminal or as a web page."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..extract import parse
from ..model import Notice, Span, Task
from ..model.errors import UsageError
from .console import put
from .corpus import directory
from .notice_file import notice_file, source_of
from .reading_options import read_options
from .text_table import one_line

if TYPE_CHECKING:
    from spacy.language import Language

#: Key of ``Doc.spans``: what a person reads, the terminal's colour, the page's colour.
KINDS = {
    "units": ("单位", "36", "#bfe3f2"),
    "quantity": ("目标值", "32", "#c9ecc4"),
    "deadline": ("时限", "33", "#f7e0a3"),
    "doc_ref": ("文件", "35", "#e3cdf0"),
    "left_out": ("不计", "90", "#e2e2e2"),
}
_STYLE = (
    "body{font-family:serif;max-width:52em;margin:2em auto;line-height:1.9}mark{padding:0 .15em}"
    "td{padding:0 1em 0 0;vertical-align:top}table{font-size:.85em}"
)
_PARTS = {"statement": "任务", "target": "目标", "measure": "措施"}


class Mark(NamedTuple):
    """A span of a sentence: its kind (a key of ``KINDS``), its rule and its values."""

    start: int
    end: int
    kind: str
    rule: str
    record: dict[str, Any]


class Sentence(NamedTuple):
    """A part of a task: what it is, its words, and the marks in them in order."""

    title: str
    words: str
    marks: tuple[Mark, ...]


def explain(options: argparse.Namespace) -> int:
    """Exit status 2 where the notice has no such task."""
    source = source_of(notice_file(options.file), read_options(options))
    notice = parse(source, directory=directory())
    tasks = [
        task
        for task in notice.tasks
        if str(task.number) == options.task or "".join(task.path) == options.task
    ]
    if not tasks:
        numbers = [str(task.number) for task in notice.tasks if task.number is not None]
        known = f"有 {numbers[0]} 至 {numbers[-1]}" if numbers else "没有编号的任务"
        raise UsageError(f"没有任务 {options.task}", place=options.file, remedy=f"请核对序号：{known}")
    sentences = sentences_of(notice, tasks)
    if options.html:
        put(page(options.task, sentences).encode("utf-8", "replace"), options.output)
        return 0
    coloured = options.color == "always" or (options.color == "auto" and _at_terminal(options.output))
    lines = [line for sentence in sentences for line in _lines(sentence, coloured=coloured)]
    put(("\n".join(lines) + "\n").encode("utf-8", "replace"), options.output)
    return 0


def _at_terminal(output: str | None) -> bool:
    to_screen = output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    return to_screen and "NO_COLOR" not in os.environ


def sentences_of(notice: Notice, tasks: list[Task]) -> list[Sentence]:
    """Every part of the tasks, annotated by the pipeline."""
    from ..extract.language.pipeline import build as build_pipeline

    nlp = build_pipeline(directory(), year=notice.year)
    return [
        _annotated(nlp, notice, title, span, is_measure=is_measure)
        for task in tasks
        for title, span, is_measure in _parts(task)
        if span.end > span.start
    ]


def _parts(task: Task) -> Iterator[tuple[str, Span, bool]]:
    number = "".join(task.path)
    yield f"{_PARTS['statement']} {number}", task.text_span, False
    for assignment in task.assignments:
        yield "责任分工", assignment.span, False
    for name, items in (("target", task.targets), ("measure", task.measures)):
        for item in items:
            yield f"{_PARTS[name]} {item.marker}".strip(), item.text_span, name == "measure"


def _annotated(nlp: Language, notice: Notice, title: str, span: Span, *, is_measure: bool) -> Sentence:
    from ..extract.language.pipeline import CALENDAR_KEY

    words = span.of(notice.source.text)
    doc = nlp.make_doc(words)
    doc.user_data[CALENDAR_KEY] = {"issued_on": notice.issued_on, "is_measure": is_measure}
    doc = nlp(doc)
    marks = [
        Mark(found.start_char, found.end_char, key, found.id_, found._.duban or {})
        for key in KINDS
        for found in doc.spans.get(key, ())
    ]
    return Sentence(title, words, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind))))


def pieces(sentence: Sentence) -> Iterator[tuple[str, Mark | None]]:
    """The words cut at the marks: outermost marks only, so that every character comes once."""
    position = 0
    for mark in sentence.marks:
        if mark.start < position:
            continue
        if mark.start > position:
            yield sentence.words[position : mark.start], None
        yield sentence.words[mark.start : mark.end], mark
        position = mark.end
    if position < len(sentence.words):
        yield sentence.words[position:], None


def told(mark: Mark) -> str:
    """A mark's values as a person reads them."""
    record = mark.record
    if mark.kind == "quantity":
        upper = f"—{record['upper']}" if record["upper"] else ""
        extra = [
            f"基数 {record['baseline']}" if record["baseline"] else "",
            "力争" if record["soft"] else "",
            f"分解 {len(record['shares'])} 项" if record["shares"] else "",
        ]
        words = f"{record['metric']} {record['comparator']} {record['value']}{upper} {record['unit']}"
        return "，".join([words, *filter(None, extra)])
    if mark.kind == "deadline":
        days = [day for day in (record["start"], record["due"]) if day]
        return " 至 ".join(days) or record["recurrence"] or "未定日期"
    if mark.kind == "left_out":
        return str(record["reason"])
    if mark.kind == "doc_ref":
        return " ".join(filter(None, (record["title"], record["number"])))
    return mark.rule


def _lines(sentence: Sentence, *, coloured: bool) -> Iterator[str]:
    shown = "".join(
        one_line(words) if mark is None else _marked(one_line(words), mark.kind, coloured=coloured)
        for words, mark in pieces(sentence)
    )
    yield f"{sentence.title}  {shown}"
    for mark in sentence.marks:
        words = one_line(sentence.words[mark.start : mark.end])
        rule = "" if mark.kind == "units" else f"  [{mark.rule}]"
        yield f"    {KINDS[mark.kind][0]} “{words}” {one_line(told(mark))}{rule}"
    yield ""


def _marked(words: str, kind: str, *, coloured: bool) -> str:
    return f"\x1b[{KINDS[kind][1]}m{words}\x1b[0m" if coloured else f"【{words}】"


def page(task: str, sentences: list[Sentence]) -> str:
    """The web page: no script, nothing loaded from elsewhere, every word of the notice escaped."""
    from html import escape

    styles = "".join(f".{kind}{{background:{colour}}}" for kind, (_, _, colour) in KINDS.items())
    legend = "".join(f'<mark class="{kind}">{name}</mark> ' for kind, (name, _, _) in KINDS.items())
    body = []
    for sentence in sentences:
        words = "".join(
            escape(text)
            if mark is None
            else f'<mark class="{mark.kind}" title="{escape(told(mark))}">{escape(text)}</mark>'
            for text, mark in pieces(sentence)
        )
        rows = "".join(
            f"<tr><td>{KINDS[mark.kind][0]}<td>{escape(sentence.words[mark.start : mark.end])}"
            f"<td>{escape(told(mark))}<td>{escape(mark.rule)}"
            for mark in sentence.marks
        )
        body.append(f"<h2>{escape(sentence.title)}</h2><p>{words}</p><table>{rows}</table>")
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8">'
        f"<title>任务 {escape(task)}</title><style>{_STYLE}{styles}</style>"
        f"<p>{legend}</p>{''.join(body)}</html>\n"
    )
