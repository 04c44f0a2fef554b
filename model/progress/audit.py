"""Audit: whether every entry is there, unchanged and in its place.

Each entry's hash covers the one before, and number and hash stand a second time in ``progress_seal``. Who
rewrites both tables wholly makes a new chain; that is found against a head (``12:hash``) noted elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..registry.protection import PROTECTION, STANDING
from ..registry.reader import Reader
from .entries import GENESIS, Entry, entries, standing
from .evidence import missing_files
from .state import numbers_needed

_HEAD = re.compile(r"([1-9][0-9]*):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong with the entry ``number`` (0: with the whole), told in Chinese."""

    number: int
    kind: str
    words: str


def verify(reader: Reader, *, head: str | None = None, evidence: Path | None = None) -> list[Finding]:
    """What was changed, removed, inserted, moved or cut off, by number.

    ``head`` is a head noted before; ``evidence`` the folder of evidence files, looked through when given.
    Raises UsageError for a head that is none.
    """
    found = entries(reader)
    seals = {row[0]: row[1] for row in reader.rows("SELECT number, hash FROM progress_seal")}
    findings = [*_rows(found, seals), *_missing(found, seals), *_triggers(reader)]
    if head is not None:
        findings += _against(found, head)
    if not findings:
        findings += _current(reader, found)
    if evidence is not None:
        findings += [Finding(n, "evidence", words) for n, words in missing_files(found, evidence)]
    return sorted(set(findings))


def head_of(found: list[Entry]) -> str:
    """The last entry's number and hash, to be noted outside the registry."""
    return f"{found[-1].number}:{found[-1].hash}" if found else f"0:{GENESIS}"


def _rows(found: list[Entry], seals: dict[int, str]) -> list[Finding]:
    sealed = {digest: number for number, digest in seals.items()}
    findings: list[Finding] = []
    for entry in found:
        number = entry.number
        home = sealed.get(entry.hash)
        if number not in seals:
            words = (
                "是插入的，不曾登记（或它的封存记录被删）" if home is None else f"是移来的，原为第 {home} 条"
            )
            findings.append(Finding(number, "inserted" if home is None else "moved", words))
        elif home is not None and home != number:
            findings.append(Finding(number, "moved", f"次序被改，原为第 {home} 条"))
        elif entry.hash != seals[number]:
            findings.append(Finding(number, "changed", "内容或校验码被改"))
        elif entry.computed() != entry.hash:
            findings.append(Finding(number, "changed", "内容被改"))
        elif entry.previous != (GENESIS if number == 1 else seals.get(number - 1)):
            findings.append(Finding(number, "broken", "与前一条接不上"))
    return findings


def _missing(found: list[Entry], seals: dict[int, str]) -> list[Finding]:
    there = {entry.number for entry in found}
    last = max(there, default=0)
    known = there | seals.keys()
    gone = sorted(set(range(1, max(known, default=0) + 1)) - there | (seals.keys() - there))
    return [
        Finding(number, "truncated", "在末尾，被删去")
        if number > last
        else Finding(number, "removed", "被删去")
        for number in gone
    ]


def _triggers(reader: Reader) -> list[Finding]:
    """The triggers that should stand: same names, and in SQLite the same words."""
    name = reader.dialect.name
    there = {row[0]: row[1] for row in reader.rows(STANDING[name])}
    findings = []
    for statement in PROTECTION[name]:
        if not statement.startswith("CREATE TRIGGER"):
            continue
        trigger = statement.split()[2]
        if trigger not in there or (name == "sqlite" and there[trigger] != statement):
            findings.append(Finding(0, "unprotected", f"数据库的防改触发器 {trigger} 不在或被改"))
    return findings


def _current(reader: Reader, found: list[Entry]) -> list[Finding]:
    """Whether what counts today is marked so, and nothing that was undone."""
    marked = {row[0] for row in reader.rows("SELECT number FROM progress_current")}
    wanted = numbers_needed(found)
    stands = {entry.number for entry in standing(found)}
    words = "现状索引与登记不符，请运行 duban audit rebuild"
    return [Finding(number, "current", words) for number in sorted((wanted - marked) | (marked - stands))]


def _against(found: list[Entry], head: str) -> list[Finding]:
    match = _HEAD.fullmatch(head)
    if match is None:
        raise UsageError("--head 不是“编号:校验码”", remedy="请照抄上次 duban audit verify 显示的末条")
    number = int(match[1])
    entry = next((entry for entry in found if entry.number == number), None)
    if entry is None:
        return [Finding(number, "truncated", "上次核对时在，现在没有")]
    if entry.computed() != match[2]:
        return [Finding(number, "rewritten", "与上次核对时的校验码不同：它或它之前的条目被改写")]
    return []
