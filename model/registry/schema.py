"""The registry's tables in SQLAlchemy Core; ``migrations/`` makes the same ones, and a test compares the two.

A *notice* is what people mean by it; its *versions* are the files it was read from, the newest current.
Tasks, items, parties and deadlines belong to a version and never change. Spans count characters of
``notice_version.text``.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

notice = Table(
    "notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created_at", String(32), nullable=False),
    sqlite_autoincrement=True,
)

notice_version = Table(
    "notice_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice_id", Integer, ForeignKey("notice.id"), nullable=False),
    # 1, 2, … within the notice
    Column("number", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("encoding", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("document_number", Text),
    Column("issuer", Text),
    Column("title", Text),
    Column("year", Integer),
    Column("issued_on", String(10)),
    # folded: document number; number + title + name + issuer
    Column("number_key", Text, nullable=False),
    Column("label_key", Text, nullable=False),
    Column("ingested_at", String(32), nullable=False),
    # last, so that SQLite reads the columns above without walking through these
    Column("raw", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    # the notice as duban.notice/1 JSON
    Column("record", Text, nullable=False),
    UniqueConstraint("sha256"),
    UniqueConstraint("notice_id", "number"),
    sqlite_autoincrement=True,
)
Index(
    "ix_notice_version_current",
    notice_version.c.notice_id,
    unique=True,
    sqlite_where=text("is_current"),
    postgresql_where=text("is_current"),
)
Index("ix_notice_version_number_key", notice_version.c.number_key)

task = Table(
    "task",
    metadata,
    # never used again: it is the row id in the bigram index, whose rows are never deleted
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, ForeignKey("notice_version.id"), nullable=False),
    # 0, 1, … in the notice's order
    Column("ordinal", Integer, nullable=False),
    Column("number", Integer),
    Column("marker", Text, nullable=False),
    # JSON array of markers
    Column("path", Text, nullable=False),
    Column("section", Text),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("text_start", Integer, nullable=False),
    Column("text_end", Integer, nullable=False),
    # the whole task as it stands, and the search keys of it and of its statement
    Column("body", Text, nullable=False),
    Column("body_key", Text, nullable=False),
    Column("statement_key", Text, nullable=False),
    UniqueConstraint("version_id", "ordinal"),
    sqlite_autoincrement=True,
)

item = Table(
    "item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", Integer, ForeignKey("task.id"), nullable=False, index=True),
    # "target" or "measure"
    Column("kind", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("marker", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

# Each form of a name once: units are looked up here, few rows instead of many.
party_name = Table(
    "party_name",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folded", Text, nullable=False),
    UniqueConstraint("folded"),
)

# Effective parties of a task (item_id null) and of its items.
party = Table(
    "party",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", Integer, ForeignKey("task.id"), nullable=False, index=True),
    Column("item_id", Integer, ForeignKey("item.id")),
    Column("name_id", Integer, ForeignKey("party_name.id"), nullable=False),
    # verbatim
    Column("text", Text, nullable=False),
    # directory id, where the parser told one
    Column("unit", Text),
    Column("role", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
)
Index("ix_party_name_id", party.c.name_id, party.c.task_id)
Index("ix_party_unit", party.c.unit, party.c.task_id)

# Deadlines of a task (item_id null) and of its items; a section's where they have none of their own
# (inherited).
deadline = Table(
    "deadline",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", Integer, ForeignKey("task.id"), nullable=False, index=True),
    Column("item_id", Integer, ForeignKey("item.id")),
    Column("text", Text, nullable=False),
    Column("start_on", String(10)),
    Column("due_on", String(10)),
    Column("recurrence", Text),
    Column("evidence", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
)
Index("ix_deadline_due_on", deadline.c.due_on, deadline.c.task_id)

# What was done about tasks, one row an entry, never changed (``protection.py``); see docs/ledger.md.
progress_entry = Table(
    "progress_entry",
    metadata,
    # 1, 2, … without a gap
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("notice_id", Integer, ForeignKey("notice.id"), nullable=False),
    # the task's number, or its path; "" or target:1, measure:2
    Column("task", Text, nullable=False),
    Column("piece", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("made_on", String(10), nullable=False),
    # JSON: what stood, and what was entered
    Column("before", Text),
    Column("after", Text, nullable=False),
    Column("undoes", Integer),
    # hash of the entry before, 64 zeros for the first; hash of this one
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("undoes"),
    UniqueConstraint("hash"),
)
Index(
    "ix_progress_entry_task",
    progress_entry.c.notice_id,
    progress_entry.c.task,
    progress_entry.c.piece,
    progress_entry.c.kind,
)

Index("ix_progress_entry_made_on", progress_entry.c.made_on)

# Which entries say where things stand today: derived, may hold more than needed, never less.
progress_current = Table(
    "progress_current",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
)

# Number and hash of each entry a second time: what is missing there is found here.
progress_seal = Table(
    "progress_seal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
)
