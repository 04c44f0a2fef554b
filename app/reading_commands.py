"""`duban text` and `duban parse`: they read files and print; no registry is touched."""

from __future__ import annotations

import argparse

from ..extract import parse as parse_source
from ..extract import read_text, rebuild
from ..extract.lexer import lex
from ..model import Notice
from ..model.errors import DubanError, InputError
from .console import output_to, say, show_diagnostics, show_failures
from .corpus import directory
from .files import each

_ROLE_WORDS = {"lead": "牵头", "cooperating": "配合", "responsible": ""}


def text(options: argparse.Namespace) -> int:
    """Print the text that every span counts in, unchanged."""
    failures: list[InputError] = []
    done = 0
    with output_to(options.output) as stream:
        for file, raw in each(options.files, failures):
            try:
                source = read_text(raw, file.name, encoding=options.encoding)
            except InputError as error:
                failures.append(error)
                continue
            stream.write(source.text.encode("utf-8", "surrogatepass"))
            done += 1
    return _status(done, failures, needs_person=False)


def parse(options: argparse.Namespace) -> int:
    """Print each file's record, its table of tasks, or its bytes rebuilt from the parse."""
    failures: list[InputError] = []
    done, needs_person = 0, False
    with output_to(options.output) as stream:
        for file, raw in each(options.files, failures):
            try:
                source = read_text(raw, file.name, encoding=options.encoding)
            except InputError as error:
                failures.append(error)
                continue
            notice = parse_source(source, directory=directory())
            stream.write(_printed(notice, options.format))
            if not options.quiet:
                show_diagnostics(notice, file.label)
            needs_person = needs_person or notice.needs_person
            done += 1
    return _status(done, failures, needs_person=needs_person)


def _printed(notice: Notice, form: str) -> bytes:
    if form == "source":
        words = notice.source.text
        return rebuild(notice.source, "".join(words[token.start : token.end] for token in lex(words)))
    if form == "table":
        return _table(notice).encode("utf-8", "replace")
    from ..model.border import notice_to_json

    return notice_to_json(notice).encode("utf-8", "surrogatepass") + b"\n"


def _table(notice: Notice) -> str:
    from .text_table import lay_out

    words = notice.source.text
    rows = []
    for task in notice.tasks:
        parties = "、".join(f"{party.text}{_mark(party.role.value)}" for party in task.parties)
        dated = [*task.deadlines, *(d for item in (*task.targets, *task.measures) for d in item.deadlines)]
        due = "、".join(dict.fromkeys(d.text for d in dated))
        counts = f"{len(task.targets) or ''}/{len(task.measures) or ''}".strip("/")
        rows.append(["".join(task.path), task.text_span.of(words), parties, due, counts])
    facts = (notice.document_number or "（无文号）", notice.issuer or "", notice.issued_on or "")
    head = f"{notice.title or notice.source.name}\n{'  '.join(facts)}\n\n"
    return head + lay_out(["编号", "任务", "责任单位", "时限", "目标/措施"], rows, [16, 48, 48, 24, 10])


def _mark(role: str) -> str:
    word = _ROLE_WORDS[role]
    return f"({word})" if word else ""


def _status(done: int, failures: list[InputError], *, needs_person: bool) -> int:
    show_failures(failures)
    if not done:
        return DubanError.exit_status
    if failures:
        say(f"其余 {done} 个文件已处理")
    return 1 if failures or needs_person else 0
