"""Identity: how an entry names its task so that a new version of the notice does not part the two.

A task is its notice's id and its number; where two tasks of the current version have the number (or it has
none), its path instead, 一、/1. — never the row id, which each version has its own of. A piece of it is
``target:1`` or ``measure:2`` as in :mod:`.milestones`, "" for the whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from ..errors import ProgressError
from ..registry.notices import matching_notices
from ..registry.reader import Reader

_PIECE = re.compile(r"(target|measure):([1-9][0-9]*)")
_MOST = 8
#: What people call the kinds of pieces.
PIECE_WORDS = MappingProxyType({"target": "目标", "measure": "措施"})


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """A task, or a piece of it, across the versions of its notice."""

    notice_id: int
    task: str
    piece: str = ""


def identify(reader: Reader, notice: str, task: str, piece: str = "") -> Identity:
    """The identity of what a person names: notice as in searches, task by number or path.

    Raises ProgressError when it is none or several, told with what there is.
    """
    found = matching_notices(reader, notice)
    if len(found) != 1:
        raise ProgressError(
            f"“{notice}”{'对应多份通知' if found else '没有对应的通知'}",
            place=reader.place,
            remedy="请写编号、文号或标题中的字" + "".join(f"；{row.id} {row.label}" for row in found[:_MOST]),
        )
    rows = reader.rows(
        "SELECT t.id, t.number, t.path FROM task t JOIN notice_version v ON v.id = t.version_id"
        " WHERE v.notice_id = :notice AND v.is_current ORDER BY t.ordinal",
        notice=found[0].id,
    )
    paths = {row[0]: path_key(json.loads(row[2])) for row in rows}
    wanted = "".join(task.split())
    same = [row for row in rows if wanted in (str(row[1]), paths[row[0]])]
    if len(same) != 1:
        listed = "、".join(paths[row[0]] for row in (same or rows)[:_MOST])
        raise ProgressError(
            f"任务“{task}”{'不止一项' if same else '不存在'}",
            place=found[0].label,
            remedy=f"请写任务的编号或路径，例如 {listed or '（这份通知没有任务）'}",
        )
    key, number, path = same[0]
    if piece:
        _check_piece(reader, key, piece)
    times = sum(row[1] == number for row in rows)
    return Identity(found[0].id, task_key(number, json.loads(path), unique=times == 1), piece)


def task_key(number: int | None, path: Iterable[str], *, unique: bool) -> str:
    """How entries name a task: by its number where no other task of the version has it (``unique``), else by
    its path."""
    return str(number) if unique and number is not None else path_key(path)


def piece_label(piece: str) -> str:
    """A piece for people: ``措施2``; empty for the task itself."""
    kind, _, place = piece.partition(":")
    return PIECE_WORDS.get(kind, "") + place


def path_key(path: Iterable[str]) -> str:
    """A path of markers as entries write it, ``一、/1.``."""
    return "/".join("".join(part.split()) for part in path)


def _check_piece(reader: Reader, task: int, piece: str) -> None:
    match = _PIECE.fullmatch(piece)
    kinds = [row[0] for row in reader.rows("SELECT kind FROM item WHERE task_id = :task", task=task)]
    if match is None or int(match[2]) > kinds.count(match[1]):
        counts = f"目标 {kinds.count('target')} 条、措施 {kinds.count('measure')} 条"
        raise ProgressError(f"没有“{piece}”这一条", remedy=f"请写 target:1 或 measure:2；本任务有{counts}")
