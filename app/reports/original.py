"""通知原文: a notice of the registry set again as an official document, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ...model.folding import plain_radicals
from ...model.registry import record_of, text_of
from ...output.official.document import OfficialDocument
from ...output.official.original import Facts, Original, set_again
from ...output.points import full_width, printed
from ..console import say
from .job import Job, Prepared

#: A line that goes on for so many characters behind a task's beginning has lost its breaks.
_LONG = 1500


def documents(job: Job) -> Iterator[Prepared]:
    """The notice; of a file that holds several, each."""
    notice = job.notice()
    many = len(_pieces(job.target, notice.id))
    for at in range(many):
        name = f"通知原文{f'-{at + 1}' if many > 1 else ''}"
        original = _set_again(job.target, notice.id, at)
        if original.repeated:
            say(f"{name}：文件开头有 {len(original.repeated)} 行与标题、文号重复，没有重排")
        if not original.document.title:
            say(f"{name}：登记的文字里没有通知自己的标题")
        yield Prepared(name, original.document, partial(_again, job.target, notice.id, at))


def _again(target: str, notice: int, at: int) -> OfficialDocument:
    return _set_again(target, notice, at).document


def _set_again(target: str, notice: int, at: int) -> Original:
    """The notice at that place of the file, as the registry has it now."""
    text, facts = _pieces(target, notice)[at]
    return set_again(text, facts)


def _pieces(target: str, notice: int) -> list[tuple[str, Facts]]:
    """Text and facts of each notice of the file."""
    record = record_of(target, notice)
    text = text_of(target, notice)
    held = record.get("documents") or [record]
    starts = [0, *(one["span"][0] for one in held[1:])]
    return [
        (
            _words("\n".join(_stretches(text, record, start, end))),
            _facts(one, record["addressees"] if start == 0 else ()),
        )
        for one, start, end in zip(held, starts, [*starts[1:], len(text)], strict=True)
    ]


def _stretches(text: str, record: dict[str, Any], start: int, end: int) -> Iterator[str]:
    """Text from start to end, very long lines broken before parts and tasks: some sites lose all breaks."""
    heads = {section["span"][0] - len(section["marker"]) for section in record["sections"]}
    heads |= {
        holder["span"][0]
        for task in record["tasks"]
        for holder in (task, *task["targets"], *task["measures"])
    }
    at = start
    for head in sorted(heads):
        line = text.rfind("\n", 0, head) + 1
        if at < head < end and head - max(at, line) > 0 and text.find("\n", head, head + _LONG) < 0:
            yield text[at:head]
            at = head
    yield text[at:end]


def _words(text: str) -> str:
    """The text as documents print it, line by line: no look-alike radicals, full-width marks (GB/T 15834)."""
    return "\n".join(map(full_width, plain_radicals(text).splitlines()))


def _facts(record: dict[str, Any], addressees: Any) -> Facts:
    def words(key: str) -> str | None:
        return printed(record[key]) if record.get(key) else None

    return Facts(words("title"), words("document_number"), words("issuer"), tuple(map(printed, addressees)))
