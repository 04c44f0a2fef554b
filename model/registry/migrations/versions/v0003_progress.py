"""Progress entries, their seals, and the triggers that keep both from being changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "progress_entry",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("notice_id", sa.Integer, nullable=False),
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("piece", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("made_on", sa.String(10), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_progress_entry"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_progress_entry_notice_id_notice"),
        sa.UniqueConstraint("undoes", name="uq_progress_entry_undoes"),
        sa.UniqueConstraint("hash", name="uq_progress_entry_hash"),
    )
    op.create_index("ix_progress_entry_task", "progress_entry", ["notice_id", "task", "piece", "kind"])
    op.create_table(
        "progress_seal",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_progress_seal"),
    )
    for statement in PROTECTION[op.get_bind().dialect.name]:
        op.execute(statement)


PROTECTION = {
    "sqlite": (
        "CREATE TRIGGER progress_entry_update BEFORE UPDATE ON progress_entry"
        " BEGIN SELECT RAISE(ABORT, 'progress_entry is append-only'); END",
        "CREATE TRIGGER progress_entry_delete BEFORE DELETE ON progress_entry"
        " BEGIN SELECT RAISE(ABORT, 'progress_entry is append-only'); END",
        "CREATE TRIGGER progress_entry_insert BEFORE INSERT ON progress_entry WHEN EXISTS"
        " (SELECT 1 FROM progress_entry WHERE number >= NEW.number OR hash = NEW.hash OR undoes = NEW.undoes)"
        " BEGIN SELECT RAISE(ABORT, 'progress_entry is append-only'); END",
        "CREATE TRIGGER progress_seal_update BEFORE UPDATE ON progress_seal"
        " BEGIN SELECT RAISE(ABORT, 'progress_seal is append-only'); END",
        "CREATE TRIGGER progress_seal_delete BEFORE DELETE ON progress_seal"
        " BEGIN SELECT RAISE(ABORT, 'progress_seal is append-only'); END",
        "CREATE TRIGGER progress_seal_insert BEFORE INSERT ON progress_seal WHEN EXISTS"
        " (SELECT 1 FROM progress_seal WHERE number >= NEW.number)"
        " BEGIN SELECT RAISE(ABORT, 'progress_seal is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION progress_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'progress tables are append-only'; END $$",
        "CREATE TRIGGER progress_entry_change BEFORE UPDATE OR DELETE ON progress_entry"
        " FOR EACH ROW EXECUTE FUNCTION progress_append_only()",
        "CREATE TRIGGER progress_entry_truncate BEFORE TRUNCATE ON progress_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION progress_append_only()",
        "CREATE TRIGGER progress_seal_change BEFORE UPDATE OR DELETE ON progress_seal"
        " FOR EACH ROW EXECUTE FUNCTION progress_append_only()",
        "CREATE TRIGGER progress_seal_truncate BEFORE TRUNCATE ON progress_seal"
        " FOR EACH STATEMENT EXECUTE FUNCTION progress_append_only()",
    ),
}
