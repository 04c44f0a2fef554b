"""A job of `duban report`: what was asked for, and the documents prepared for it."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...model.errors import UsageError
from ...model.registry import NoticeRow, default_registry_path, reading
from ...model.registry.notices import matching_notices
from ...output.official.document import OfficialDocument
from ...output.official.tasks import Frame
from .frame import frame_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document to be released. ``again`` asks the registry once more and makes it anew, for the proof."""

    #: Name of its file where several are made, without ``.docx``.
    name: str
    document: OfficialDocument
    again: Callable[[], OfficialDocument]


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for. ``options`` holds what only some kinds need."""

    target: str
    frame: Frame
    templates: Path | None
    options: argparse.Namespace

    @property
    def unit(self) -> str:
        """The unit asked for; empty for all."""
        return (self.options.unit or "").strip()

    def day(self) -> str:
        """``--as-of`` as an ISO day. Raises UsageError without it: the clock is never asked."""
        if not self.options.as_of:
            raise UsageError("没有写截至哪一天", remedy="请加上 --as-of 2021-06-30")
        return iso_day(self.options.as_of).isoformat()

    def notice(self) -> NoticeRow:
        """The one notice that ``--notice`` means. Raises UsageError where it is none or several."""
        named = self.options.notice
        if not named:
            raise UsageError("没有写哪份通知", remedy="请用 --notice 写编号、文号或标题中的字")
        with reading(self.target) as reader:
            found = matching_notices(reader, named)
        if not found:
            raise UsageError(f"登记库里没有通知“{named}”", remedy="请检查 --notice，或先用 duban ingest 登记")
        if len(found) > 1:
            names = "；".join(f"{one.id} {one.document_number or one.title or one.name}" for one in found[:5])
            raise UsageError(f"“{named}”可指 {len(found)} 份通知：{names}", remedy="请用编号指明一份")
        return found[0]


def job_of(options: argparse.Namespace) -> Job:
    """The job that the options ask for. Raises UsageError."""
    return Job(
        target=options.registry or str(default_registry_path()),
        frame=frame_of(options),
        templates=Path(options.templates) if options.templates else None,
        options=options,
    )


def iso_day(value: str) -> datetime.date:
    """An ISO day. Raises UsageError."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"“{value}”不是日期", remedy="请写成 2021-07-01 的形式") from None
