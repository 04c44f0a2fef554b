"""`duban progress plan, review, verify, inspect, stop, change`: what the office enters beside reports."""

from __future__ import annotations

import argparse
from dataclasses import replace

from ..model.errors import UsageError
from ..model.progress.records import (
    INSPECTION_KINDS,
    ClockStop,
    Inspection,
    Plan,
    Record,
    Review,
    TargetChange,
    Verification,
)
from ..model.registry import open_registry, reading
from .console import say
from .progress_command import registry_of, show_entries
from .progress_places import check_due, places_named, unit_named


def plan(options: argparse.Namespace) -> int:
    """Enter 处室, person, completion standard and planned value."""
    made = Plan(options.unit, options.office, options.person, options.standard, options.planned)
    return _enter(options, made, unit=options.unit)


def verify(options: argparse.Namespace) -> int:
    """Enter what was found on the spot."""
    made = Verification(options.value, options.note, options.percent, options.due, options.unit)
    return _enter(options, made, unit=options.unit, due=options.due)


def inspect(options: argparse.Namespace) -> int:
    """Enter a finding of a 督查 or 暗访."""
    if options.sort not in INSPECTION_KINDS:
        raise UsageError(f"没有“{options.sort}”这种检查", remedy=f"--sort 可写 {'、'.join(INSPECTION_KINDS)}")
    return _enter(options, Inspection(options.sort, options.finding, options.unit, options.published))


def stop(options: argparse.Namespace) -> int:
    """Enter what stops the clock; entered again with the same first day and a last one, the clock runs on."""
    return _enter(options, ClockStop(options.since, options.until, options.reason))


def change(options: argparse.Namespace) -> int:
    """Enter an approved change of a target or of a milestone's day."""
    made = TargetChange(
        options.target, options.effective, options.approval, options.moved_from, options.moved_to
    )
    if made.moved_from and made.moved_to and made.moved_to <= made.moved_from:
        say(f"提示：新节点 {made.moved_to} 不晚于原节点 {made.moved_from}，不是延期，请核对")
    return _enter(options, made, moved=options.moved_from)


def review(options: argparse.Namespace) -> int:
    """Accept or return the report that has the number."""
    from ..model.progress import log

    made = Review(options.number, accepted=options.accept, reason=options.returned or options.note)
    with open_registry(registry_of(options), create=False) as registry:
        show_entries([log.review(registry, made, who=options.by, made_on=options.on)], set())
    return 0


def _enter(
    options: argparse.Namespace, record: Record, *, unit: str = "", due: str = "", moved: str | None = None
) -> int:
    """One record for each task that was named, all or none: of ``unit`` and the milestone of the day ``due``,
    or about the one that is moved."""
    from ..model.progress.log import Draft, append

    target = registry_of(options)
    with open_registry(target, create=False) as registry:
        with reading(target) as reader:
            places = places_named(reader, options)
        check_due(places, due)
        check_due(places, moved, anywhere=True)
        if unit and isinstance(record, Plan | Verification):
            record = replace(record, unit=unit_named(places, unit))
        drafts = [Draft(identity, record, options.by, options.on) for identity, _ in places]
        show_entries(append(registry, drafts), set())
    return 0
