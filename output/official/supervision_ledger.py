"""督查台账 as a document: each milestone of each task with its light in words, progress and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ...model.progress.lights import GRAVEST
from ...model.progress.standings import Standing, TaskStanding
from ...model.progress.state import Key, PieceState, Report, UnitState
from ...model.progress.tracked import TrackedTask
from ..wording import Wording
from .document import Attachment, OfficialDocument, Table
from .kind import framed, wording
from .progress import (
    ABOUT,
    Subject,
    answering,
    evidence,
    helping,
    light_words,
    of_units,
    percent,
    place,
    promised,
    reached,
    said,
    short_day,
    told,
)
from .tasks import Frame

COLUMNS = ("number", "task", "units", "due", "light", "progress", "evidence", "problem", "next")
_SHARES = (17.0, 48.0, 27.0, 19.0, 24.0, 34.0, 22.0, 18.0, 18.0)
_COUNTED = ABOUT | {"total", "milestones", "lights"}
BLOCKS = MappingProxyType(
    {
        "title": _COUNTED,
        "opening": _COUNTED,
        "light": frozenset(("light", "count")),
        "attachment": _COUNTED,
        "helping": frozenset(("units",)),
        "due": frozenset(("due", "supplied", "moved")),
        **{f"head_{name}": frozenset[str]() for name in COLUMNS},
    }
)


def supervision_ledger(
    standings: Sequence[TaskStanding],
    state: Mapping[Key, PieceState],
    subject: Subject,
    *,
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """The ledger; ``state`` is that of every piece. Raises :class:`~duban.model.errors.TemplateError`."""
    words = wording("supervision_ledger", BLOCKS, templates)
    lights = Counter(stone.verified for one in standings for stone in one.milestones)
    about = subject.about() | {
        "total": len(standings),
        "milestones": lights.total(),
        "lights": "、".join(
            words.say("light", light=light.word, count=lights[light]) for light in GRAVEST if lights[light]
        ),
    }
    rows = [_cells(one.task, line, words) for one in standings for line in _lines(one, state)]
    table = Table(tuple(words.say(f"head_{name}") for name in COLUMNS), tuple(rows), _SHARES)
    return framed(
        words.say("title", **about),
        words.say("opening", **about).splitlines(),
        (Attachment(words.say("attachment", **about), (table,), landscape=True),),
        frame,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row tells of a piece; ``due`` is empty where it has no milestone, ``supplied`` where the
    notice names no day."""

    item: str
    due: str
    supplied: bool
    moved: bool
    light: str
    progress: str
    proofs: Sequence[Report]
    units: Sequence[tuple[str, UnitState]]


def _lines(one: TaskStanding, state: Mapping[Key, PieceState]) -> Iterator[_Line]:
    """The task's milestones, else the task as a whole; then its targets and measures that have a milestone or
    an entry of their own."""
    task = one.task
    own = [stone for stone in one.milestones if not stone.milestone.item]
    for stone in own:
        yield _milestone(stone)
    if not own and task.asked(""):
        whole = state.get((task.notice_id, task.key, ""), PieceState())
        units = tuple(whole.units.get("", {}).items())
        due = max((stone.due for stone in one.milestones), default="")
        progress = reached(one.value, one.percent, units) if one.value else percent(one.percent)
        yield _Line("", due, False, False, one.verified.word, progress, whole.proofs.get("", ()), units)
    for piece in task.pieces:
        stones = [stone for stone in one.milestones if stone.milestone.item == piece.item]
        for stone in stones:
            yield _milestone(stone)
        entered = state.get((task.notice_id, task.key, piece.item))
        if not stones and entered is not None and task.asked(piece.item):
            units = tuple(entered.units.get("", {}).items())
            if progress := said(units):
                yield _Line(piece.item, "", False, False, "", progress, entered.proofs.get("", ()), units)


def _milestone(stone: Standing) -> _Line:
    return _Line(
        stone.milestone.item,
        stone.due,
        stone.milestone.supplied,
        stone.due != stone.milestone.due,
        light_words(stone),
        told(stone),
        stone.proofs,
        stone.units,
    )


def _cells(task: TrackedTask, line: _Line, words: Wording) -> tuple[str, ...]:
    owners = task.owners(line.item)
    others = helping(owners)
    also = words.say("helping", units="、".join(others)) if others else ""
    found = (
        place(task, line.item).removeprefix("第").replace("项", "", 1),
        promised(task, line.item),
        "、".join(answering(owners)) + also,
        words.say("due", due=short_day(line.due, task.year), supplied=line.supplied, moved=line.moved)
        if line.due
        else "",
        line.light,
        line.progress,
        evidence(line.proofs),
        of_units(line.units, "problem"),
        of_units(line.units, "next_step"),
    )
    return tuple(cell or "—" for cell in found)
