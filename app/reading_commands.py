"""`duban text` and `duban parse`: they read files and print; no registry is touched."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from ..extract import parse as parse_source
from ..extract import rebuild
from ..extract.lexer import lex
from ..extract.readers import read
from ..model import Notice, Source
from ..model.errors import DubanError, InputError
from .console import put, say, show_diagnostics, show_failures
from .corpus import directory
from .files import Found, each
from .reading_options import read_options

_ROLE_WORDS = {"lead": "牵头", "cooperating": "配合", "responsible": ""}


def text(options: argparse.Namespace) -> int:
    """Print the text that every span counts in, unchanged."""
    failures: list[InputError] = []
    results = [source.text.encode("utf-8", "surrogatepass") for _, source in _sources(options, failures)]
    return _finish(results, failures, options.output, needs_person=False)


def parse(options: argparse.Namespace) -> int:
    """Print each file's record, its table of tasks, or its bytes rebuilt from the parse."""
    failures: list[InputError] = []
    results: list[bytes] = []
    needs_person = False
    to_file = options.output not in (None, "-")
    done = 0
    for file, source in _sources(options, failures):
        notice = parse_source(source, directory=directory())
        printed = _printed(notice, options.format)
        if to_file:
            results.append(printed)
        else:  # at once: thousands of files need no memory
            put(printed, None)
        if not options.quiet:
            show_diagnostics(notice, file.label)
        needs_person = needs_person or notice.needs_person
        done += 1
    return _finish(
        results if to_file else None, failures, options.output, needs_person=needs_person, done=done
    )


def _sources(options: argparse.Namespace, failures: list[InputError]) -> Iterator[tuple[Found, Source]]:
    """The files that can be read; the others are noted in ``failures`` with their place."""
    for file, raw in each(options.files, failures):
        try:
            yield file, read(raw, file.name, read_options(options))
        except InputError as error:
            error.place = file.label
            failures.append(error)


def _printed(notice: Notice, form: str) -> bytes:
    if form == "source":
        words = notice.source.text
        return rebuild(notice.source, "".join(words[token.start : token.end] for token in lex(words)))
    if form == "table":
        return _table(notice).encode("utf-8", "replace")
    from ..model.border import notice_to_json

    return notice_to_json(notice).encode("utf-8", "surrogatepass") + b"\n"


def _table(notice: Notice) -> str:
    from .text_table import lay_out, one_line

    words = notice.source.text
    rows = []
    for task in notice.tasks:
        parties = "、".join(f"{party.text}{_mark(party.role.value)}" for party in task.parties)
        dated = [*task.deadlines, *(d for item in (*task.targets, *task.measures) for d in item.deadlines)]
        due = "、".join(dict.fromkeys(d.text for d in dated))
        counts = f"{len(task.targets) or ''}/{len(task.measures) or ''}".strip("/")
        rows.append(["".join(task.path), task.text_span.of(words), parties, due, counts])
    facts = (notice.document_number or "（无文号）", notice.issuer or "", notice.issued_on or "")
    head = f"{one_line(notice.title or notice.source.name)}\n{'  '.join(map(one_line, facts))}\n\n"
    return head + lay_out(["编号", "任务", "责任单位", "时限", "目标/措施"], rows, [16, 48, 48, 24, 10])


def _mark(role: str) -> str:
    word = _ROLE_WORDS[role]
    return f"({word})" if word else ""


def _finish(
    results: list[bytes] | None,
    failures: list[InputError],
    output: str | None,
    *,
    needs_person: bool,
    done: int | None = None,
) -> int:
    """Write what there is (nothing read: an old file stays), name the failures, tell the exit status."""
    if results:
        put(b"".join(results), output)
    done = len(results or ()) if done is None else done
    show_failures(failures)
    if not done:
        return DubanError.exit_status
    if failures:
        say(f"其余 {done} 个文件已处理")
    return 1 if failures or needs_person else 0
