"""Dialect: the few places where SQLite and PostgreSQL are told things differently, above all the bigram
index."""

from __future__ import annotations

from dataclasses import dataclass

#: A tsvector holds 1 MB; a task with more distinct pairs is stored without and read through instead.
_POSTGRES_GRAMS = 40_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """SQL of one database. ``{}`` in a template is filled by the method of the same meaning."""

    name: str
    #: Statements that make the bigram index of an empty registry.
    index_ddl: tuple[str, ...]
    #: Puts one task's pairs (``:grams``) into the index.
    index_insert: str
    #: Ids of the tasks that ``:match`` finds.
    index_match: str
    #: Whether a text holds another.
    holds: str
    #: Table names of the registry's schema.
    tables: str
    #: First statement of a writing transaction, so that writers queue up.
    queue: str

    def stored_grams(self, grams: list[str]) -> str | list[str] | None:
        """The value of ``:grams`` in :attr:`index_insert`."""
        if self.name == "sqlite":
            return " ".join(grams)
        return grams if len(grams) <= _POSTGRES_GRAMS else None

    def match(self, sought: list[tuple[str, bool]]) -> str:
        """The value of ``:match``: all of the tokens, some of them only beginnings."""
        if self.name == "sqlite":
            return " ".join(f'"{token}"*' if begins else f'"{token}"' for token, begins in sought)
        return " & ".join(f"'{token}':*" if begins else f"'{token}'" for token, begins in sought)

    def contains(self, column: str, parameter: str) -> str:
        """Condition: the text in ``column`` holds the text of ``:parameter``, letter by letter."""
        return self.holds.format(column, parameter)


SQLITE = Dialect(
    name="sqlite",
    index_ddl=(
        "CREATE VIRTUAL TABLE task_bigram USING fts5"
        "(grams, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    index_insert="INSERT INTO task_bigram (rowid, grams) VALUES (:task_id, :grams)",
    index_match="SELECT rowid FROM task_bigram WHERE task_bigram MATCH :match",
    holds="instr({}, :{}) > 0",
    tables="SELECT name FROM sqlite_master WHERE type = 'table'",
    queue="BEGIN IMMEDIATE",
)

POSTGRESQL = Dialect(
    name="postgresql",
    index_ddl=(
        "CREATE TABLE task_bigram (task_id INTEGER NOT NULL CONSTRAINT pk_task_bigram PRIMARY KEY"
        " CONSTRAINT fk_task_bigram_task_id_task REFERENCES task (id), grams TSVECTOR)",
        "CREATE INDEX ix_task_bigram_grams ON task_bigram USING gin (grams)",
        "CREATE INDEX ix_task_bigram_without ON task_bigram (task_id) WHERE grams IS NULL",
    ),
    index_insert="INSERT INTO task_bigram (task_id, grams)"
    " VALUES (:task_id, array_to_tsvector(CAST(:grams AS TEXT[])))",
    index_match="SELECT task_id FROM task_bigram WHERE grams @@ CAST(:match AS TSQUERY)"
    " UNION ALL SELECT task_id FROM task_bigram WHERE grams IS NULL",
    holds="strpos({}, :{}) > 0",
    tables="SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    # The number is this program's own; the lock ends with the transaction.
    queue="SELECT pg_advisory_xact_lock(7370001)",
)
