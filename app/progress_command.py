"""`duban progress` enters, lists and takes back; `duban audit verify` checks the chain."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from ..model.errors import InputError, UsageError
from ..model.progress.audit import head_of, verify
from ..model.progress.entries import Entry, entries, standing
from ..model.progress.evidence import evidence_folder, keep
from ..model.progress.identity import identify
from ..model.progress.records import KIND_WORDS, PROOF_KINDS, Proof, Record, Status
from ..model.registry import default_registry_path, open_registry, reading
from ..model.registry.target import parse_target
from .console import put, say
from .files import Found
from .files import read as read_bytes
from .progress_places import check_due, places_named, unit_named
from .text_table import one_line

#: A path rather than a document number: it has a separator or the ending of a file.
_PATH = re.compile(r"[/\\]|\.[A-Za-z0-9]{1,5}$")
#: Fields whose value alone does not tell what it is.
_WORDS = {
    "percent": "完成{}%", "due": "节点{}", "unit": "单位：{}", "problem": "问题：{}", "next_step": "下步：{}",
    "completed_on": "办结日{}", "of": "第{}条", "stands": "现以第{}条为准", "since": "自{}", "until": "至{}",
    "effective_on": "{}起", "moved_from": "原节点{}", "moved_to": "延至{}", "office": "处室：{}",
    "person": "责任人：{}", "standard": "完成标准：{}", "planned": "计划值：{}", "published_on": "通报日{}",
    "receipt": "线下收文号{}",
}  # fmt: skip
#: Fields that say nothing to a reader of the table.
_UNSEEN = {"sha256"}
#: Fields that are read after the others.
_LAST = {"note", "reason"}


def add(options: argparse.Namespace) -> int:
    """Enter a status, evidence, or both, for one task or several, all or none."""
    from ..model.progress.log import Draft, append

    target = registry_of(options)
    if options.value is None and not options.evidence and not options.receipt:
        raise UsageError("没有写要登记什么", remedy="请写 --value、--evidence 或 --receipt")
    if options.value is not None:
        _status(options)  # refused before anything is looked for
    records: list[Record]
    with open_registry(target, create=False) as registry:  # an older one is brought up to date first
        with reading(target) as reader:
            places = places_named(reader, options)
        check_due(places, options.due)
        options.unit = unit_named(places, options.unit)
        about = [place.about for place in places]
        records = [_status(options)] if options.value is not None else []
        for identity in about:  # a wrong day or name is refused before a file is kept
            for record in records or [Status("-", options.note)]:
                Draft(identity, record, options.by, options.on)
        if options.evidence or options.receipt:
            records.append(_proof(options, target))
        drafts = [Draft(identity, record, options.by, options.on) for identity in about for record in records]
        entered = append(registry, drafts)
    show_entries(entered, set())
    return 0


def _status(options: argparse.Namespace) -> Status:
    return Status(
        options.value,
        options.note,
        percent=options.percent,
        due=options.due,
        unit=options.unit,
        problem=options.problem,
        next_step=options.next,
        completed_on=options.completed_on,
    )


def list_entries(options: argparse.Namespace) -> int:
    """Print the entries in order, those that were undone marked."""
    if options.task and not options.notice:
        raise UsageError("--task 要与 --notice 一起写", remedy="请用 --notice 指明通知")
    with reading(registry_of(options)) as reader:
        found = entries(reader)
        wanted = found
        if options.task:
            identity = identify(reader, options.notice, options.task)
            wanted = [e for e in found if (e.notice_id, e.task) == (identity.notice_id, identity.task)]
        elif options.notice:
            from ..model.registry.notices import matching_notices

            ids = {row.id for row in matching_notices(reader, options.notice)}
            wanted = [e for e in found if e.notice_id in ids]
    fallen = {e.number for e in found if e.kind != "undo"} - {e.number for e in standing(found)}
    if options.format == "json":
        import json

        listed = [e.to_dict() | {"undone": e.number in fallen} for e in wanted]
        put((json.dumps(listed, ensure_ascii=False) + "\n").encode("utf-8", "replace"), None)
    else:
        show_entries(wanted, fallen)
        say(f"共 {len(wanted)} 条")
    return 0


def undo_entry(options: argparse.Namespace) -> int:
    """Take an entry back by a new one."""
    from ..model.progress.log import undo

    with open_registry(registry_of(options), create=False) as registry:
        entry = undo(registry, options.number, who=options.by, made_on=options.on, reason=options.note)
    show_entries([entry], set())
    return 0


def audit_verify(options: argparse.Namespace) -> int:
    """Print what is wrong with the chain, or its head; 1 when anything is."""
    target = registry_of(options)
    where = parse_target(target)
    with reading(target) as reader:
        found = entries(reader)
        files = any(e.kind == "proof" for e in found)
        findings = verify(reader, head=options.head, evidence=evidence_folder(where) if files else None)
    for finding in findings:
        label = "" if finding.kind == "unprotected" else f"第 {finding.number} 条："
        put(f"{label}{finding.words}\n".encode("utf-8", "replace"), None)
    if findings:
        say(f"登记链不完整：{len(findings)} 处")
        return 1
    put(f"登记链完整，共 {len(found)} 条；末条 {head_of(found)}\n".encode(), None)
    return 0


def audit_rebuild(options: argparse.Namespace) -> int:
    """Make the index of what counts today anew from the entries; the entries are not touched."""
    from ..model.progress.current import rebuild

    with open_registry(registry_of(options), create=False) as registry:
        count = rebuild(registry)
    say(f"现状索引已重建，现在有效的 {count} 条")
    return 0


def registry_of(options: argparse.Namespace) -> str:
    """The registry that was named, else the usual one."""
    return options.registry or str(default_registry_path())


def _proof(options: argparse.Namespace, target: str) -> Proof:
    """The evidence that was named; a file is kept beside the registry."""
    of = {"due": options.due, "unit": options.unit}
    if options.receipt:
        return Proof(options.sort or PROOF_KINDS[-1], receipt=options.receipt, **of)
    named = options.evidence
    if not _PATH.search(named) and not Path(named).is_file():
        return Proof(options.sort or PROOF_KINDS[0], number=named, **of)
    file = Found(named, named, Path(named).name)
    raw = read_bytes(file)
    sort = options.sort or PROOF_KINDS[-1]
    Proof(sort, number="-", name=file.name)  # refused before the file is kept
    digest = keep(evidence_folder(parse_target(target)), raw, file.name, _text_of(raw, file.name))
    return Proof(sort, sha256=digest, name=file.name, **of)


def _text_of(raw: bytes, name: str) -> str | None:
    """What the file reads as; None, and told, where it has no text that can be looked through."""
    from ..extract.readers import ReadOptions, read

    try:
        return read(raw, name, ReadOptions()).text
    except InputError as error:
        text = _words_of_parts(raw, name)
        if text is not None:
            return text
        say(f"{name}：读不出文字，是否标有密级请人工确认（{error.code} {error.message}）")
        return None


def _words_of_parts(raw: bytes, name: str) -> str | None:
    """The words of a file that is no notice, a spreadsheet of figures or a plain table; None: it has none."""
    from ..extract.reading import read_text

    try:
        if not raw.startswith(b"PK"):
            return read_text(raw, name).text
        from ..model.packages import Package

        package = Package(raw, name)
        parts = [part for part in package.names if part.endswith(".xml")]
        return "\n".join("\n".join(map(str, package.xml(part).itertext())) for part in parts)
    except InputError:
        return None  # the caller tells it, with the reader's own reason


def show_entries(found: Sequence[Entry], fallen: set[int]) -> None:
    """Print entries, a line each; those of ``fallen`` were undone."""
    for entry in found:
        told = dict(sorted(entry.to_dict()["after"].items(), key=lambda field: field[0] in _LAST))
        words = "，".join(
            _told(key, value) for key, value in told.items() if key not in _UNSEEN and value not in ("", None)
        )
        where = f"{entry.notice_id}-{entry.task}{' ' + entry.piece if entry.piece else ''}"
        line = f"{entry.number}  {entry.made_on}  {where}  {entry.who}  {KIND_WORDS[entry.kind]}：{words}"
        line += "（已撤销）" if entry.number in fallen else ""
        put(f"{one_line(line)}\n".encode("utf-8", "replace"), None)


def _told(key: str, value: object) -> str:
    """A field of an entry as a reader understands it without the field's name."""
    if isinstance(value, bool):
        return "认可" if value else "退回"
    return _WORDS.get(key, "{}").format(value)
