"""What an entry names is there: the milestone by its day, the unit by the name that the notice has for it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..model.errors import ProgressError
from ..model.folding import fold_name
from ..model.party import PartyKind
from ..model.progress.identity import Identity, identify
from ..model.progress.tracked import TrackedTask, tracked_tasks
from ..model.progress.voices import Names
from ..model.registry.reader import Reader
from .console import say
from .corpus import directory

_OWN_PIECE = re.compile(r"(.+)/((?:target|measure):[0-9]+)")
#: How many days of a task are told.
_MOST = 8


class Place(NamedTuple):
    """What an entry is about: a task, or a piece of it, as entries name it and as the notice has it."""

    about: Identity
    task: TrackedTask


def places_named(reader: Reader, options: argparse.Namespace) -> list[Place]:
    """The places that ``--task`` (69, or 69/measure:2 for a piece of its own) and ``--piece`` name.

    Raises ProgressError where one is none or several, the kinds of RegistryError.
    """
    about = []
    for named in options.task:
        own = _OWN_PIECE.fullmatch(named.strip())
        task, piece = (own[1], own[2]) if own else (named, options.piece)
        about.append(identify(reader, options.notice, task, piece))
    tasks = {
        (task.notice_id, task.key): task
        for notice in dict.fromkeys(one.notice_id for one in about)
        for task in tracked_tasks(reader, notice=str(notice))
    }
    return [Place(one, tasks[one.notice_id, one.task]) for one in about]


def check_due(places: Sequence[Place], due: str | None, *, anywhere: bool = False) -> None:
    """Raises ProgressError where a task has no milestone of the piece (``anywhere``: of any piece) on the
    day: what is entered of it would be seen by nobody."""
    for about, task in places if due else ():
        piece = about.piece
        stones = [stone for stone in task.milestones if (anywhere and not piece) or stone.item == piece]
        if due not in {stone.due for stone in stones}:
            elsewhere = next((stone.item for stone in task.milestones if stone.due == due), "")
            days = "、".join(list(dict.fromkeys(stone.due for stone in stones))[:_MOST])
            remedy = f"{due} 是 {elsewhere} 的节点，请加 --piece {elsewhere}" if elsewhere else ""
            raise ProgressError(
                f"{task.name}{piece and f'的 {piece} '}没有 {due} 这个节点",
                remedy=remedy or (f"节点有 {days}" if days else "这里没有节点，请不写日期"),
            )


def unit_named(places: Sequence[Place], unit: str) -> str:
    """What a unit is called in the notice, which its reports stand under; as it was typed, and told, where
    the notice asks nothing of it."""
    if not unit.strip():
        return ""
    names = Names(directory)
    called = {_called(task, about.piece, unit.strip(), names) for about, task in places}
    found = called.pop() if len(called) == 1 else None
    if found is None:
        owners = [owner.text for about, task in places for owner in task.owners(about.piece)]
        asked = "、".join(dict.fromkeys(owners)) or "空"
        say(f"提示：任务的责任单位里没有“{unit}”（有 {asked}），照原样登记")
        return unit.strip()
    if found != unit.strip():
        say(f"提示：“{unit}”按通知的名称“{found}”登记")
    return found


def _called(task: TrackedTask, piece: str, unit: str, names: Names) -> str | None:
    owners = [*task.owners(piece), *task.parties, *(owner for one in task.pieces for owner in one.parties)]
    folded = fold_name(unit)
    for owner in owners:
        if fold_name(owner.text) == folded:
            return owner.text
    known = names.ids(unit)
    for owner in owners:
        if owner.unit in known:
            return owner.text
    for owner in owners:
        for member in names.possible(owner.text) if owner.kind is PartyKind.GROUP else ():
            if member in known:
                return names.name_of(member)
    return None
