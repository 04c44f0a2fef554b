"""Rounds: results that were locked, their way through the approval chain, appeals. A file that only grows.

Each line is a JSON record that holds the SHA-256 of the line before it: what was locked cannot be changed
from outside without the next reading telling so.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..model.errors import RoundError
from ..model.reasons import system_reason
from .pack import RulePack

#: Kinds of records.
LOCKED, APPROVED, RETURNED, APPEALED = "locked", "approved", "returned", "appealed"
_FIRST = "0" * 64
#: How long a writer waits for another one, in seconds.
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Record:
    """One line: ``kind``, the round's ``name``, who did it, on which day (ISO, as told), and the content."""

    kind: str
    name: str
    by: str
    on: str
    content: dict[str, Any]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class RoundState:
    """Where a round stands. ``stage`` is the next stage of the chain; empty: all have approved."""

    name: str
    locked_on: str
    stage: str
    state: str
    history: tuple[Record, ...]
    results: dict[str, Any]


def read_records(path: Path) -> list[Record]:
    """The records of a file, none where it is missing. Raises RoundError where a line was changed, left
    out or cut off."""
    if not path.exists():
        return []
    found: list[Record] = []
    previous = _FIRST
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise RoundError(f"读不了（{system_reason(error)}）", place=str(path), remedy="请检查权限") from None
    if lines[-1]:
        raise RoundError(
            "最后一行没有写完", place=f"{path}:{len(lines)}", remedy="请从备份恢复，或删去这半行"
        )
    for number, line in enumerate(lines[:-1], start=1):
        try:
            row = json.loads(line)
            record = Record(
                row["kind"], row["name"], row["by"], row["on"], row["content"], row["previous"],
                hashlib.sha256(line).hexdigest(),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError):
            raise RoundError("不是轮次记录", place=f"{path}:{number}", remedy="请从备份恢复") from None
        if record.previous != previous:
            raise RoundError("与上一行接不上，记录被改动过", place=f"{path}:{number}", remedy="请从备份恢复")
        previous = record.digest
        found.append(record)
    return found


@contextmanager
def _alone(path: Path, timeout: float) -> Iterator[None]:
    """Nobody else writes while this holds: the write lock of an empty SQLite file beside the records, as the
    registry's own; it ends with the process that held it, whatever becomes of it. Raises RoundError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".lock")
        with closing(sqlite3.connect(beside, timeout=timeout, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise RoundError("另一个程序正在写", place=str(path), remedy="请稍后再试") from None
        raise RoundError("写不进去（锁文件）", place=str(path), remedy="请检查磁盘和权限") from None
    except OSError as error:
        raise RoundError(
            f"写不进去（{system_reason(error)}）", place=str(path), remedy="请检查磁盘和权限"
        ) from None


def append(
    path: Path, kind: str, name: str, content: dict[str, Any], *, by: str, on: str, timeout: float = TIMEOUT
) -> Record:
    """Add a record; on any error the file is as before. Two programs write one after the other.

    Raises RoundError, also where another program holds the file for ``timeout`` seconds.
    """
    check_signed(name, by=by, on=on)
    with _alone(path, timeout):
        return _added(path, kind, name, content, by=by, on=on)


def check_signed(name: str, *, by: str, on: str) -> None:
    """Raises RoundError where it is not told who does it, or on which day."""
    if not by.strip() or not on.strip():
        raise RoundError("没有写经办人或日期", place=name, remedy="请用 --by 和 --on")


def _added(path: Path, kind: str, name: str, content: dict[str, Any], *, by: str, on: str) -> Record:
    records = read_records(path)
    previous = records[-1].digest if records else _FIRST
    row = {"kind": kind, "name": name, "by": by, "on": on, "content": content, "previous": previous}
    line = json.dumps(row, ensure_ascii=False, sort_keys=True).encode()
    with path.open("ab") as stream:
        before = stream.tell()
        try:
            stream.write(line + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(before)
            raise
    return Record(kind, name, by, on, content, previous, hashlib.sha256(line).hexdigest())


def check_free(path: Path, name: str) -> None:
    """Raises RoundError for a name that is taken."""
    if any(record.kind == LOCKED and record.name == name for record in read_records(path)):
        raise RoundError(f"“{name}”已经锁定", place=str(path), remedy="请换名称；有申诉请用 appeal")


def lock(path: Path, name: str, pack: RulePack, content: dict[str, Any], *, by: str, on: str) -> Record:
    """Lock a round: inputs, rules and results as they stand. Raises RoundError for a name that is taken."""
    check_signed(name, by=by, on=on)
    chain = [{"key": stage.key, "name": stage.name} for stage in pack.approval]
    with _alone(path, TIMEOUT):
        check_free(path, name)
        return _added(path, LOCKED, name, {**content, "chain": chain}, by=by, on=on)


def appeal(path: Path, name: str, content: dict[str, Any], words: str, *, by: str, on: str) -> Record:
    """Results scored anew after an appeal, with what differs (``changes``) from those that stood. Raises
    RoundError where there is no such round."""
    check_signed(name, by=by, on=on)
    state_of(path, name)  # no lock file for a round that is none
    with _alone(path, TIMEOUT):
        changes = differences(state_of(path, name).results, content["results"])
        return _added(path, APPEALED, name, {**content, "changes": changes, "words": words}, by=by, on=on)


def state_of(path: Path, name: str) -> RoundState:
    """Where a round stands: each stage approves in the chain's order; a return sends it back to the first
    stage, and so does an appeal. Raises RoundError where there is no such round."""
    history = tuple(record for record in read_records(path) if record.name == name)
    if not history:
        raise RoundError(f"没有轮次“{name}”", place=str(path), remedy="请先用 lock 锁定")
    chain = history[0].content["chain"]
    results = history[0].content["results"]
    passed, state = 0, "待审批"
    for record in history[1:]:
        if record.kind == APPROVED:
            passed, state = passed + 1, "审批中"
        elif record.kind == RETURNED:
            passed, state = 0, "已退回"
        elif record.kind == APPEALED:
            passed, state, results = 0, "复核后待审批", record.content["results"]
    stage = chain[passed]["key"] if passed < len(chain) else ""
    return RoundState(name, history[0].on, stage, state if stage else "已审定", history, results)


def decide(path: Path, name: str, stage: str, words: str, *, by: str, on: str, approved: bool) -> Record:
    """Record the decision of a stage with its minutes or remarks. Raises RoundError out of turn, and for a
    return without remarks."""
    check_signed(name, by=by, on=on)
    if not approved and not words.strip():
        raise RoundError("退回要写意见", place=name, remedy="请用 --words")
    state_of(path, name)
    with _alone(path, TIMEOUT):
        state = state_of(path, name)
        if stage != state.stage:
            turn = state.stage or "（已审定）"
            raise RoundError(f"现在轮到 {turn}，不是 {stage}", place=name, remedy="请按审批次序")
        kind = APPROVED if approved else RETURNED
        return _added(path, kind, name, {"stage": stage, "words": words}, by=by, on=on)


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Units whose score or rank differs between two results (JSON form), with what each of them was."""
    old = {(t["track"], u["unit"]): u for t in before["tracks"] for u in t["units"]}
    new = {(t["track"], u["unit"]): u for t in after["tracks"] for u in t["units"]}
    found = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, {}), new.get(key, {})
        if (was.get("score"), was.get("rank")) != (now.get("score"), now.get("rank")):
            found.append({
                "track": key[0], "unit": key[1], "score": [was.get("score"), now.get("score")],
                "rank": [was.get("rank"), now.get("rank")],
            })  # fmt: skip
    return found
