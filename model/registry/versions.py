"""Versions: which stored notice a file is another version of, and which version is the current one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select, update

from ..folding import fold_name
from ..notice import Notice
from .notices import Ingested
from .schema import notice_version as versions


def same_notice(connection: Connection, notice: Notice) -> int | None:
    """Id of the stored notice that this is another file of: same number, and no other issuer or year."""
    if not notice.document_number:
        return None
    rows = connection.execute(
        select(versions.c.notice_id, versions.c.issuer, versions.c.year)
        .where(versions.c.number_key == fold_name(notice.document_number), versions.c.is_current)
        .order_by(versions.c.id.desc())
    )
    return next((row.notice_id for row in rows if _agree(row, notice)), None)


def resembling(connection: Connection, notice: Notice) -> int | None:
    """Id of the newest stored notice of the same title, issuer and year; None for a notice without title."""
    if not notice.title:
        return None
    rows = connection.execute(
        select(versions.c.notice_id, versions.c.title, versions.c.issuer)
        .where(versions.c.is_current, versions.c.year.is_not_distinct_from(notice.year))
        .order_by(versions.c.id.desc())
    )
    wanted = _folded(notice.title), _folded(notice.issuer)
    return next((row.notice_id for row in rows if (_folded(row.title), _folded(row.issuer)) == wanted), None)


def bring_back(connection: Connection, version_id: int, holder: int, named: int) -> Ingested:
    """Make a stored version the current one of the notice ``named``.

    Where it belongs to another notice (``holder``), that one's versions are put behind those of ``named`` in
    their order, and it has none left: people said that both are one.
    """
    both = versions.c.notice_id.in_({holder, named})
    connection.execute(update(versions).where(both).values(is_current=False))
    if holder != named:
        last = connection.execute(
            select(func.max(versions.c.number)).where(versions.c.notice_id == named)
        ).scalar_one()
        connection.execute(
            update(versions)
            .where(versions.c.notice_id == holder)
            .values(notice_id=named, number=versions.c.number + last)
        )
    this = versions.c.id == version_id
    connection.execute(update(versions).where(this).values(is_current=True))
    number = connection.execute(select(versions.c.number).where(this)).scalar_one()
    return Ingested("version", named, number)


def _agree(row: Any, notice: Notice) -> bool:
    same_issuer = not row.issuer or not notice.issuer or _folded(row.issuer) == _folded(notice.issuer)
    return same_issuer and (row.year is None or notice.year is None or row.year == notice.year)


def _folded(text: str | None) -> str:
    return fold_name(text or "")
