"""Which progress entries count today, so that looking needs not read through all that was ever entered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table, filled with every entry that was not undone: more than needed is harmless."""
    op.create_table(
        "progress_current",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_progress_current"),
    )
    op.create_index("ix_progress_entry_made_on", "progress_entry", ["made_on"])
    op.execute(
        "INSERT INTO progress_current SELECT number FROM progress_entry e WHERE e.undoes IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM progress_entry u WHERE u.undoes = e.number)"
    )
