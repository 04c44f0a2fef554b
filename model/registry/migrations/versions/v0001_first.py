"""The first schema: notices and their versions, tasks, items, parties, deadlines, the bigram index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables in an empty database."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice_version",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("notice_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("encoding", sa.Text, nullable=False),
        sa.Column("parser", sa.Text, nullable=False),
        sa.Column("document_number", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("issued_on", sa.String(10)),
        sa.Column("number_key", sa.Text, nullable=False),
        sa.Column("label_key", sa.Text, nullable=False),
        sa.Column("ingested_at", sa.String(32), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_version"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_notice_version_notice_id_notice"),
        sa.UniqueConstraint("sha256", name="uq_notice_version_sha256"),
        sa.UniqueConstraint("notice_id", "number", name="uq_notice_version_notice_id"),
        sqlite_autoincrement=True,
    )
    current = sa.text("is_current")
    op.create_index(
        "ix_notice_version_current",
        "notice_version",
        ["notice_id"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_index("ix_notice_version_number_key", "notice_version", ["number_key"])
    op.create_table(
        "task",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("text_start", sa.Integer, nullable=False),
        sa.Column("text_end", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("body_key", sa.Text, nullable=False),
        sa.Column("statement_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["notice_version.id"], name="fk_task_version_id_notice_version"
        ),
        sa.UniqueConstraint("version_id", "ordinal", name="uq_task_version_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("task_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_item_task_id_task"),
    )
    op.create_index("ix_item_task_id", "item", ["task_id"])
    op.create_table(
        "party_name",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_party_name"),
        sa.UniqueConstraint("folded", name="uq_party_name_folded"),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("task_id", sa.Integer, nullable=False),
        sa.Column("item_id", sa.Integer),
        sa.Column("name_id", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_party"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_party_task_id_task"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_party_item_id_item"),
        sa.ForeignKeyConstraint(["name_id"], ["party_name.id"], name="fk_party_name_id_party_name"),
    )
    op.create_index("ix_party_task_id", "party", ["task_id"])
    op.create_index("ix_party_name_id", "party", ["name_id", "task_id"])
    op.create_index("ix_party_unit", "party", ["unit", "task_id"])
    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("task_id", sa.Integer, nullable=False),
        sa.Column("item_id", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("start_on", sa.String(10)),
        sa.Column("due_on", sa.String(10)),
        sa.Column("recurrence", sa.Text),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deadline"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_deadline_task_id_task"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_deadline_item_id_item"),
    )
    op.create_index("ix_deadline_task_id", "deadline", ["task_id"])
    op.create_index("ix_deadline_due_on", "deadline", ["due_on", "task_id"])
    for statement in INDEX[op.get_bind().dialect.name]:
        op.execute(statement)


INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE task_bigram USING fts5"
        "(grams, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE task_bigram (task_id INTEGER NOT NULL CONSTRAINT pk_task_bigram PRIMARY KEY"
        " CONSTRAINT fk_task_bigram_task_id_task REFERENCES task (id), grams TSVECTOR)",
        "CREATE INDEX ix_task_bigram_grams ON task_bigram USING gin (grams)",
        "CREATE INDEX ix_task_bigram_without ON task_bigram (task_id) WHERE grams IS NULL",
    ),
}
