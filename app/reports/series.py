"""A series of documents from one reading of the records, proven against a second one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from ...model.errors import ChartFontError, ProofError, UsageError
from ...output.official.document import OfficialDocument, day_text
from ..console import say
from .job import Job, Prepared, iso_day

#: Documents by the names of their files.
Made = Mapping[str, OfficialDocument]


def series(job: Job, read: Callable[[], Made]) -> Iterator[Prepared]:
    """The documents that ``read`` makes. The second reading is one for all of them.

    Raises UsageError for one 发文字号 on several documents.
    """
    second, made = cache(read), read()
    if len(made) > 1 and job.options.number:
        raise UsageError(f"共 {len(made)} 份，不能用同一个发文字号", remedy="请去掉 --number，或逐份生成")
    for name, document in made.items():
        yield Prepared(name, document, partial(_again, second, name))


def pictured(read: Callable[[bool], Made]) -> Callable[[], Made]:
    """The reading with pictures where this machine can draw them; without a font it goes without, and says
    so."""
    told: list[str] = []

    def made() -> Made:
        try:
            return read(True)
        except ChartFontError as error:
            if not told:
                told.append(str(error))
                say(told[0])
            return read(False)

    return made


def _again(read: Callable[[], Made], name: str) -> OfficialDocument:
    made = read().get(name)
    if made is None:
        raise ProofError("登记在生成期间有变动，这一份已不该有", place=name, remedy="请重新生成")
    return made


def reply_by(job: Job) -> str:
    """``--reply-by`` as a document prints it; empty without it. Raises UsageError."""
    return day_text(iso_day(job.options.reply_by)) if job.options.reply_by else ""
