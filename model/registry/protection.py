"""Protection: triggers by which the database itself refuses to change or remove progress entries."""

from __future__ import annotations

#: By dialect. SQLite's REPLACE removes rows without a delete trigger, so its inserts are looked at, too.
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

#: By dialect, what lists the names of the triggers that stand and work.
STANDING = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE NOT tgisinternal AND tgenabled = 'O' AND n.nspname = current_schema()",
}
