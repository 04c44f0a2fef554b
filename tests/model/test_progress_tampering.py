"""Tampering: every way in which a row is changed, removed, inserted, moved or cut off is found and named."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from duban.model.errors import UsageError
from duban.model.progress.audit import head_of
from duban.model.progress.current import rebuild
from duban.model.progress.log import undo
from duban.model.progress.records import Proof, Review, Status, Verification
from duban.model.registry import open_registry
from duban.model.registry.protection import PROTECTION
from progress_state import audited, enter, filled, stored, tamper

ENTRIES = 8
_Z = "'" + "f" * 64 + "'"
_COPY = (
    "INSERT INTO progress_entry SELECT {}, kind, notice_id, task, piece, who, made_on, before, after, NULL,"
    " previous, {} FROM progress_entry WHERE number = {}"
)
_EDIT = "UPDATE progress_entry SET after = replace(after, '{}', '{}') WHERE number = {}"
_SWAP = (
    "UPDATE {0} SET number = -1 WHERE number = 3",
    "UPDATE {0} SET number = 3 WHERE number = 4",
    "UPDATE {0} SET number = 4 WHERE number = -1",
)
_BODY = "kind, notice_id, task, piece, who, made_on, before, after"

#: Name: what is done, and the numbers that must be named (others may be, too).
CASES: dict[str, tuple[tuple[str, ...], set[int]]] = {
    "who": (("UPDATE progress_entry SET who = '李四' WHERE number = 3",), {3}),
    "who of the first": (("UPDATE progress_entry SET who = '李四' WHERE number = 1",), {1}),
    "who of the last": (("UPDATE progress_entry SET who = '李四' WHERE number = 8",), {8}),
    "a blank behind who": (("UPDATE progress_entry SET who = who || ' ' WHERE number = 3",), {3}),
    "who to bytes": (("UPDATE progress_entry SET who = CAST(who AS BLOB) WHERE number = 3",), {3}),
    "day": (("UPDATE progress_entry SET made_on = '2021-06-29' WHERE number = 2",), {2}),
    "kind": (("UPDATE progress_entry SET kind = 'verification' WHERE number = 2",), {2}),
    "kind's case": (("UPDATE progress_entry SET kind = upper(kind) WHERE number = 2",), {2}),
    "task": (("UPDATE progress_entry SET task = '2' WHERE number = 1",), {1}),
    "piece": (("UPDATE progress_entry SET piece = 'target:1' WHERE number = 1",), {1}),
    "notice": (("UPDATE progress_entry SET notice_id = 2 WHERE number = 1",), {1}),
    "before": (("UPDATE progress_entry SET before = '{}' WHERE number = 4",), {4}),
    "before gone": (("UPDATE progress_entry SET before = NULL WHERE number = 4",), {4}),
    "before where none was": (("UPDATE progress_entry SET before = '' WHERE number = 1",), {1}),
    "after": ((_EDIT.format("50", "90", 1),), {1}),
    "a blank in after": (("UPDATE progress_entry SET after = after || ' ' WHERE number = 1",), {1}),
    "a review turned": ((_EDIT.format("false", "true", 2),), {2}),
    "a document number": ((_EDIT.format("1号", "2号", 5),), {5}),
    "another entry undone": (("UPDATE progress_entry SET undoes = 1 WHERE number = 7",), {7}),
    "nothing undone": (("UPDATE progress_entry SET undoes = NULL WHERE number = 7",), {7}),
    "undone by a status": (("UPDATE progress_entry SET undoes = 1 WHERE number = 8",), {8}),
    "hash": ((f"UPDATE progress_entry SET hash = {_Z} WHERE number = 3",), {3}),
    "hash in capitals": (("UPDATE progress_entry SET hash = upper(hash) WHERE number = 3",), {3}),
    "previous": ((f"UPDATE progress_entry SET previous = {_Z} WHERE number = 3",), {3}),
    "previous of the first": ((f"UPDATE progress_entry SET previous = {_Z} WHERE number = 1",), {1}),
    "all rows": (("UPDATE progress_entry SET who = '王五'",), set(range(1, 9))),
    "first removed": (("DELETE FROM progress_entry WHERE number = 1",), {1}),
    "one removed": (("DELETE FROM progress_entry WHERE number = 4",), {4}),
    "two removed": (("DELETE FROM progress_entry WHERE number IN (3, 6)",), {3, 6}),
    "one removed with its seal": (
        ("DELETE FROM progress_entry WHERE number = 4", "DELETE FROM progress_seal WHERE number = 4"),
        {4},
    ),
    "one removed, the rest moved up": (
        (
            "DELETE FROM progress_entry WHERE number = 4",
            "UPDATE progress_entry SET number = -number WHERE number > 4",
            "UPDATE progress_entry SET number = -number - 1 WHERE number < 0",
        ),
        {4, 5, 6, 7, 8},
    ),
    "last cut off": (("DELETE FROM progress_entry WHERE number = 8",), {8}),
    "three cut off": (("DELETE FROM progress_entry WHERE number > 5",), {6, 7, 8}),
    "all removed": (("DELETE FROM progress_entry",), set(range(1, 9))),
    "inserted behind": ((_COPY.format(9, _Z, 1),), {9}),
    "inserted with a seal": (
        (_COPY.format(9, _Z, 1), f"INSERT INTO progress_seal VALUES (9, {_Z})"),
        {9},
    ),
    "inserted before the first": ((_COPY.format(0, _Z, 1),), {0}),
    "inserted far behind": ((_COPY.format(99, _Z, 1),), {99}),
    "inserted in a gap": (
        ("DELETE FROM progress_entry WHERE number = 4", _COPY.format(4, _Z, 1)),
        {4},
    ),
    "two rows swapped": (tuple(s.format("progress_entry") for s in _SWAP), {3, 4}),
    "two rows and seals swapped": (
        tuple(s.format(t) for t in ("progress_entry", "progress_seal") for s in _SWAP),
        {3, 4},
    ),
    "contents swapped": (
        (
            f"UPDATE progress_entry SET ({_BODY}) = (SELECT {_BODY} FROM progress_entry WHERE number = 1)"
            " WHERE number = 3",
        ),
        {3},
    ),
    "seal changed": ((f"UPDATE progress_seal SET hash = {_Z} WHERE number = 3",), {3}),
    "seal removed": (("DELETE FROM progress_seal WHERE number = 3",), {3}),
    "last seal removed": (("DELETE FROM progress_seal WHERE number = 8",), {8}),
    "all seals removed": (("DELETE FROM progress_seal",), set(range(1, 9))),
    "seal inserted": ((f"INSERT INTO progress_seal VALUES (9, {_Z})",), {9}),
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry file with eight entries of several kinds, its log written back."""
    path = tmp_path_factory.mktemp("whole") / "r.db"
    with filled(path) as registry:
        enter(registry, Status("完成50%"))
        enter(registry, Review(1, accepted=False, reason="没有证明"))
        enter(registry, Status("完成40%"), task="2")
        enter(registry, Status("完成60%"))
        enter(registry, Proof("文件文号", number="辽财发〔2021〕1号"))
        enter(registry, Verification("完成55%"))
        undo(registry, 6, who="李四", made_on="2021-07-01", reason="看错")
        enter(registry, Status("完成80%"))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    """A copy that may be tampered with."""
    return Path(shutil.copy(whole, tmp_path / "r.db"))


def test_there_are_thirty_kinds_and_an_untouched_chain_is_whole(copied: Path) -> None:
    assert len(CASES) >= 30
    assert len(stored(copied)) == ENTRIES
    tamper(copied)
    assert audited(copied) == []


@pytest.mark.parametrize("name", CASES)
def test_tampering_is_found_and_named(name: str, copied: Path) -> None:
    statements, numbers = CASES[name]
    tamper(copied, *statements)
    assert numbers <= {finding.number for finding in audited(copied)}


def test_only_what_was_changed_is_named(copied: Path) -> None:
    tamper(copied, "UPDATE progress_entry SET who = '李四' WHERE number = 3")
    assert [(f.number, f.kind) for f in audited(copied)] == [(3, "changed")]
    tamper(copied, "DELETE FROM progress_entry WHERE number IN (5, 8)")
    assert [(f.number, f.kind) for f in audited(copied)] == [(3, "changed"), (5, "removed"), (8, "truncated")]


def test_a_chain_cut_off_with_its_seals_is_found_against_a_head(copied: Path) -> None:
    head = head_of(stored(copied))
    assert audited(copied, head=head) == []
    tamper(copied, *(f"DELETE FROM {t} WHERE number > 6" for t in ("progress_entry", "progress_seal")))
    assert {finding.kind for finding in audited(copied)} == {"current"}
    with open_registry(copied, create=False) as registry:
        rebuild(registry)
    assert audited(copied) == []
    assert [(f.number, f.kind) for f in audited(copied, head=head)] == [(8, "truncated")]


def test_a_chain_wholly_rewritten_is_found_against_a_head(copied: Path) -> None:
    found = stored(copied)
    previous, statements = "0" * 64, []
    for entry in found:
        forged = replace(entry, who="李四", previous=previous)
        previous = forged.computed()
        statements += [
            f"UPDATE progress_entry SET who = '李四', previous = '{forged.previous}', hash = '{previous}'"
            f" WHERE number = {entry.number}",
            f"UPDATE progress_seal SET hash = '{previous}' WHERE number = {entry.number}",
        ]
    tamper(copied, *statements)
    assert audited(copied) == []
    assert [f.kind for f in audited(copied, head=head_of(found))] == ["rewritten"]


@pytest.mark.parametrize("head", ["", "8", "0:" + "0" * 64, "8:xyz"])
def test_a_head_that_is_none_is_refused(head: str, copied: Path) -> None:
    with pytest.raises(UsageError, match="--head"):
        audited(copied, head=head)


@pytest.mark.parametrize("statement", PROTECTION["sqlite"])
def test_a_missing_trigger_is_told(statement: str, copied: Path) -> None:
    connection = sqlite3.connect(copied)
    name = statement.split()[2]
    connection.execute(f"DROP TRIGGER {name}")
    connection.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON notice BEGIN SELECT 1; END")
    connection.commit()
    connection.close()
    assert [(f.kind, name in f.words) for f in audited(copied)] == [("unprotected", True)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE progress_entry SET who = '李四' WHERE number = 3",
        "DELETE FROM progress_entry",
        "REPLACE INTO progress_entry SELECT * FROM progress_entry WHERE number = 3",
        _COPY.format(9, "hash", 3).replace("INSERT", "REPLACE", 1),
        "UPDATE progress_seal SET hash = 'x'",
        "DELETE FROM progress_seal WHERE number = 8",
        "REPLACE INTO progress_seal VALUES (8, 'x')",
    ],
)
def test_the_database_itself_refuses(statement: str, copied: Path) -> None:
    connection = sqlite3.connect(copied)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()
    assert audited(copied) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM progress_current",
        "DELETE FROM progress_current WHERE number = (SELECT max(number) FROM progress_current)",
        "INSERT INTO progress_current SELECT undoes FROM progress_entry WHERE undoes IS NOT NULL",
    ],
)
def test_an_index_that_hides_or_revives_an_entry_is_found_and_made_anew(copied: Path, statement: str) -> None:
    tamper(copied, statement)
    assert {finding.kind for finding in audited(copied)} == {"current"}
    with open_registry(copied, create=False) as registry:
        rebuild(registry)
    assert audited(copied) == []
