"""Current: which entries say where things stand today, kept beside them so that a look at the year does not
read through all that was ever entered.

Derived from the entries and never trusted: ``duban audit verify`` compares, :func:`rebuild` makes it anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from ..registry.schema import progress_current as table
from ..registry.schema import progress_entry
from ..registry.store import Registry
from .entries import Entry
from .state import numbers_needed

#: Numbers in one query; both databases allow many more.
_CHUNK = 1000


def renew(connection: Connection, entries: Sequence[Entry]) -> None:
    """Bring the table up to date for pieces of tasks; ``entries`` are all that these pieces have."""
    numbers = [entry.number for entry in entries]
    stored: set[int] = set()
    for at in range(0, len(numbers), _CHUNK):
        asked = table.c.number.in_(numbers[at : at + _CHUNK])
        stored.update(connection.scalars(select(table.c.number).where(asked)))
    wanted = numbers_needed(entries)
    if gone := stored - wanted:
        connection.execute(
            delete(table).where(table.c.number == bindparam("gone")), [{"gone": number} for number in gone]
        )
    if fresh := wanted - stored:
        connection.execute(insert(table), [{"number": number} for number in sorted(fresh)])


def rebuild(registry: Registry) -> int:
    """Make the table anew from the entries; how many count today. Raises the kinds of RegistryError."""
    with registry.writing() as connection:
        wanted = numbers_needed(Entry(*row) for row in connection.execute(select(progress_entry)))
        connection.execute(delete(table))
        if wanted:
            connection.execute(insert(table), [{"number": number} for number in sorted(wanted)])
        return len(wanted)
