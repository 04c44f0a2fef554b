"""What the progress tests share: a registry with tasks, drafts, and raw SQL past the protection."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from duban.model.progress.audit import Finding, verify
from duban.model.progress.entries import Entry, entries
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append
from duban.model.progress.records import Record
from duban.model.registry import open_registry, reading
from duban.model.registry.protection import PROTECTION
from duban.model.registry.store import Registry
from notice_builder import build, raw_of

LAYOUT = """
1.减税。(责任:省财政厅)
目标 ①减税100亿元。
措施 ①宣传。
2.春耕。(责任:省农业厅)
3.修路。(责任:省交通厅)
"""
NUMBER = "辽政发〔2021〕6号"


def filled(target: str | Path) -> Registry:
    """An open registry with one notice (id 1) of three tasks."""
    registry = open_registry(target)
    notice = build(LAYOUT, document_number=NUMBER)
    registry.ingest(notice, raw_of(notice))
    return registry


def enter(registry: Registry, record: Record, task: str = "1", piece: str = "") -> Entry:
    """Enter one record."""
    return append(registry, [Draft(Identity(1, task, piece), record, "张三", "2021-06-30")])[0]


def stored(target: str | Path) -> list[Entry]:
    """The entries."""
    with reading(target) as reader:
        return entries(reader)


def audited(target: str | Path, **settings: str) -> list[Finding]:
    """What the audit finds."""
    with reading(target) as reader:
        return verify(reader, **settings)  # type: ignore[arg-type]


def tamper(path: Path, *statements: str) -> None:
    """Change a registry past its triggers, which stand again afterwards."""
    connection = sqlite3.connect(path)
    for trigger in PROTECTION["sqlite"]:
        connection.execute(f"DROP TRIGGER {trigger.split()[2]}")
    for statement in statements:
        connection.execute(statement)
    for trigger in PROTECTION["sqlite"]:
        connection.execute(trigger)
    connection.commit()
    connection.close()
