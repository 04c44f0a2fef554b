"""`duban ledger import`: ledgers that were filled in, back into the registry, all or nothing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.errors import DubanError, StaleError, UsageError
from ..model.progress.entries import Entry
from ..model.progress.records import checked_date, checked_text
from ..model.registry import default_registry_path, open_registry, reading
from ..model.registry.notices import matching_notices
from ..model.registry.reader import Reader
from .console import put, say
from .files import Found, expand
from .files import read as read_bytes
from .text_table import one_line

if TYPE_CHECKING:
    from ..output.ledger.entering import Outcome
    from ..output.ledger.returned import Returned

#: Another program may enter something between reading and writing; then everything is compared again.
_TRIES = 5


def take(options: argparse.Namespace) -> int:
    """Take ledgers back: compare, show, and enter what they change in one transaction."""
    from ..output.ledger.returned import read_returned

    checked_text(options.by, "--by", needed=True)
    checked_date(options.on, "--on")
    files = expand(options.files, (".xlsx",))
    forced = {file.label for name in options.force for file in expand([name], (".xlsx",))}
    if unknown := forced - {file.label for file in files}:
        raise UsageError(
            f"--force 的文件不在导入的文件里：{'、'.join(sorted(unknown))}", remedy="请写同样的文件名"
        )
    returned, failures = _read(files, read_returned)
    target = _target(options)
    if not options.dry_run:
        open_registry(target, create=False).close()  # an older one is brought up to date first
    for left in reversed(range(_TRIES)):
        outcomes, last = _compare(target, returned, options, forced)
        refused = bool(failures) or any(one.faults or one.conflicts for one in outcomes)
        if options.dry_run or refused:
            entered: tuple[Entry, ...] = ()
            break
        try:
            entered = _enter(target, outcomes, options, last)
            break
        except StaleError:
            if not left:
                raise
    _show(outcomes, failures, entered, options)
    return 1 if refused else 0


def _read(files: Sequence[Found], read: Any) -> tuple[list[Returned], list[DubanError]]:
    """The ledgers; what cannot be read at all is told with the faults of the others."""
    returned: list[Returned] = []
    failures: list[DubanError] = []
    for file in files:
        try:
            returned.append(read(read_bytes(file), file.label))
        except DubanError as error:
            failures.append(error)
    if failures and not returned:
        for failure in failures[:-1]:
            say(str(failure))
        raise failures[-1]
    return returned, failures


def _compare(
    target: str, returned: Sequence[Returned], options: argparse.Namespace, forced: set[str]
) -> tuple[list[Outcome], int]:
    """What each file enters, in their order, and the number of the registry's last entry."""
    from ..output.ledger import sources
    from ..output.ledger.comparing import compare
    from ..output.ledger.entering import Entering, Outcome
    from ..output.ledger.findings import Note, Place

    outcomes: list[Outcome] = []
    with reading(target) as reader:
        notice = _notice(reader, options.notice)
        today = sources.today(reader, [one.ticket for one in returned])
        last = today.last
        for one in returned:
            foreign = sources.ticket_faults(reader, one.ticket, one.label, notice)
            if foreign:
                outcomes.append(Outcome(faults=[*foreign, *(n for n in one.faults if n.classified)]))
                continue
            entering = Entering(
                options.by, options.on, office=options.role == "office", force=one.label in forced
            )
            base = sources.exported_state(reader, one.ticket)
            undone, moved = sources.undone_since(reader, one.ticket), sources.moved_since(reader, one.ticket)
            outcome = compare(one, base, undone, today, entering, moved=moved)
            outcome.remarks += sources.newer_versions(reader, one.ticket, one.label)
            marked = _marked_name(one.label)
            if marked:
                outcome.faults.append(Note(Place(one.label), marked, classified=True))
            today = today.after(len(outcome.records))
            outcomes.append(outcome)
    return outcomes, last


def _marked_name(label: str) -> str:
    """Why a file's name may not be."""
    from ..model.errors import ClassifiedError
    from ..model.progress.classified import refuse_marked_field

    try:
        refuse_marked_field(Path(label).name, "")
    except ClassifiedError as error:
        return error.message
    return ""


def _notice(reader: Reader, named: str | None) -> int | None:
    """The id of the notice that ``--notice`` means."""
    if not named:
        return None
    found = matching_notices(reader, named)
    if len(found) != 1:
        raise UsageError(
            f"“{named}”{'对应多份通知' if found else '没有对应的通知'}", remedy="请写编号、文号或标题中的字"
        )
    return found[0].id


def _enter(
    target: str, outcomes: Sequence[Outcome], options: argparse.Namespace, last: int
) -> tuple[Entry, ...]:
    """Enter all records, or none. Raises StaleError where the registry moved on meanwhile."""
    from ..model.progress.log import Draft, append

    drafts = [
        Draft(about, record, options.by, options.on)
        for outcome in outcomes
        for about, record in outcome.records
    ]
    if not drafts:
        return ()
    with open_registry(target, create=False) as registry:
        return append(registry, drafts, expected=last)


def _show(
    outcomes: Sequence[Outcome],
    failures: Sequence[DubanError],
    entered: Sequence[Entry],
    options: argparse.Namespace,
) -> None:
    faults = [str(error) for error in failures] + [str(note) for one in outcomes for note in one.faults]
    remarks = [str(note) for one in outcomes for note in one.remarks]
    changes = [change for one in outcomes for change in one.changes]
    conflicts = [conflict for one in outcomes for conflict in one.conflicts]
    if options.format == "json":
        import json
        from dataclasses import asdict

        told = {
            "entered": [entry.number for entry in entered],
            "changes": [asdict(change) for change in changes],
            "conflicts": [asdict(conflict) for conflict in conflicts],
            "faults": faults,
            "remarks": remarks,
        }
        put((json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8", "replace"), None)
    else:
        lines = [
            f"{change.place}　{change.row}：{_worded(change.old)} → {_worded(change.new)}"
            for change in changes
        ]
        lines += [
            f"{one.place}　{one.row}：导出时 {_worded(one.exported)}；"
            f"登记库现为 {_worded(one.now)}（{one.by}）；文件 {_worded(one.file)}"
            for one in conflicts
        ]
        put("".join(f"{one_line(line)}\n" for line in lines).encode("utf-8", "replace"), None)
        for line in remarks:
            say(f"提示 {one_line(line)}")
        for line in faults:
            say(f"错误 {one_line(line)}")
    _sum_up(faults, conflicts, changes, entered, options)


def _sum_up(
    faults: Sequence[str], conflicts: Sequence[Any], changes: Sequence[Any], entered: Sequence[Entry],
    options: argparse.Namespace,
) -> None:  # fmt: skip
    if faults or conflicts:
        told = [f"{len(faults)} 处错误"] if faults else []
        told += [f"{len(conflicts)} 格在导出后登记库已更新"] if conflicts else []
        remedy = "；核对后以文件为准的，请加 --force 文件名" if conflicts else ""
        say(f"{'，'.join(told)}，没有登记任何内容{remedy}")
    elif options.dry_run:
        say(f"会改 {len(changes)} 格；只是试看，没有登记")
    elif entered:
        say(f"改 {len(changes)} 格，登记 {len(entered)} 条（第 {entered[0].number}—{entered[-1].number} 条）")
    else:
        say("没有要改的，没有登记")


def _worded(text: str) -> str:
    return f"“{one_line(text)}”" if text else "（空白）"


def _target(options: argparse.Namespace) -> str:
    return options.registry or str(default_registry_path())
