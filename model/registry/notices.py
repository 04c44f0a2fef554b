"""The notices of a registry: listing them, finding one by what people call it, giving record and bytes
back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..errors import UsageError
from ..folding import fold_name
from .failures import intact
from .reader import Reader, reading
from .target import Target

_COLUMNS = """
    SELECT v.notice_id, v.number, v.id, v.name, v.title, v.document_number, v.issuer, v.year, v.issued_on,
        v.sha256, v.ingested_at, (SELECT count(*) FROM task t WHERE t.version_id = v.id), v.label_key,
        v.number_key
    FROM notice_version v WHERE v.is_current
"""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a file. ``new``: a notice not seen before. ``version``: another file of a known
    notice, or an earlier one named again, now the current one. ``unchanged``: these very bytes are stored
    already, as current or earlier version."""

    status: Literal["new", "unchanged", "version"]
    #: Id of the notice, the same for all of its versions.
    notice: int
    #: Number of the version, 1 for the first.
    version: int
    #: Whether this version is the one that is searched; False only for ``unchanged`` bytes of an earlier one.
    current: bool = True
    #: Id of another notice of the same title, issuer and year as this ``new`` one, which it may supersede.
    resembles: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice by its current version. ``id`` stays the same for all versions; ``version`` counts from 1."""

    id: int
    version: int
    version_id: int
    name: str
    title: str | None
    document_number: str | None
    issuer: str | None
    year: int | None
    issued_on: str | None
    sha256: str
    ingested_at: str
    tasks: int

    @property
    def label(self) -> str:
        """What people call it: document number, else title, else file name."""
        return notice_label(self.document_number, self.title, self.name)


def notice_label(document_number: str | None, title: str | None, name: str) -> str:
    """What people call a notice: document number, else title, else file name."""
    return document_number or title or name


def notices(target: str | Path | Target | Reader) -> tuple[NoticeRow, ...]:
    """The notices, newest first. Raises the kinds of RegistryError."""
    with reading(target) as reader:
        return tuple(NoticeRow(*row[:12]) for row in _rows(reader))


def matching_notices(reader: Reader, named: str) -> tuple[NoticeRow, ...]:
    """The notices that ``named`` may mean: the one with that id, else with that document number, else all
    that have it in number, title, file name or issuer. Newest first."""
    rows = _rows(reader)
    sought = fold_name(named)
    if not sought:
        return ()
    for fits in (
        lambda row: str(row[0]) == sought,
        lambda row: row[13] == sought,
        lambda row: sought in row[12],
    ):
        found = tuple(NoticeRow(*row[:12]) for row in rows if fits(row))
        if found:
            return found
    return ()


def record_of(target: str | Path | Target | Reader, notice_id: int, *, version: int | None = None) -> Any:
    """The stored record of a notice. Raises UsageError when there is no such notice or version."""
    import json

    with reading(target) as reader:
        record = _column(reader, "record", notice_id, version)
        with intact(reader.place):
            return json.loads(record)


def raw_of(target: str | Path | Target | Reader, notice_id: int, *, version: int | None = None) -> bytes:
    """The bytes of a notice's file. Raises UsageError when there is no such notice or version."""
    with reading(target) as reader:
        return bytes(_column(reader, "raw", notice_id, version))


def text_of(target: str | Path | Target | Reader, notice_id: int, *, version: int | None = None) -> str:
    """The text that a notice's spans count in. Raises UsageError when there is no such notice or version."""
    with reading(target) as reader:
        return str(_column(reader, "text", notice_id, version))


def _rows(reader: Reader) -> list[Any]:
    rows = reader.rows(_COLUMNS)
    with intact(reader.place):
        return sorted(rows, key=lambda row: (row[8] or str(row[7] or ""), row[2]), reverse=True)


def _column(reader: Reader, column: str, notice_id: int, version: int | None) -> Any:
    which = "v.is_current" if version is None else "v.number = :number"
    asked = {"notice": notice_id} if version is None else {"notice": notice_id, "number": version}
    # ids are of 32 bits on PostgreSQL, of 64 on SQLite: a larger number is no id
    found = (
        reader.rows(
            f"SELECT v.{column} FROM notice_version v WHERE v.notice_id = :notice AND {which}", **asked
        )
        if all(abs(number) < 2**31 for number in asked.values())
        else ()
    )
    if not found:
        raise UsageError(
            f"没有编号为 {notice_id} 的通知" + (f"，或没有第 {version} 版" if version else ""),
            place=reader.place,
            remedy="请先查看登记库中的通知编号",
        )
    return found[0][0]
