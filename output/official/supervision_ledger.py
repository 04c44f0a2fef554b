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
from .agreements import Parts
from .document import Attachment, OfficialDocument, Table
from .kind import wording
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
    short_day,
    told,
)
from .tasks import Frame, framed

COLUMNS = ("number", "task", "units", "due", "light", "progress", "evidence", "problem", "next")
_COUNTED = ABOUT | {"total", "milestones", "lights"}
BLOCKS = MappingProxyType(
    {
        "title": _COUNTED,
        "opening": _COUNTED,
        "light": frozenset(("light", "count")),
        "attachment": _COUNTED,
        "helping": frozenset(("units",)),
        "due": frozenset(("due", "supplied", "moved", "count", "done")),
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
    table = Table(tuple(words.say(f"head_{name}") for name in COLUMNS), tuple(rows), centred=(0, 3))
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text=words.say("opening", **about),
        attachments=(Attachment(words.say("attachment", **about), (table,), landscape=True),),
        agreements=(
            Parts("亮灯", r"(\d+)个节点", r"(?:灯|未到期|暂停|已完成)(\d+)个", (str(about["source"]),)),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row tells of a piece. ``stone`` is None where it has no milestone of its own; ``of`` are all
    that follow from one deadline, of which the stone is the one that matters now."""

    item: str
    light: str
    progress: str
    proofs: Sequence[Report]
    units: Sequence[tuple[str, UnitState]]
    due: str = ""
    stone: Standing | None = None
    of: Sequence[Standing] = ()


def _lines(one: TaskStanding, state: Mapping[Key, PieceState]) -> Iterator[_Line]:
    """The task's milestones, else the task as a whole; then its targets and measures that have a milestone or
    an entry of their own."""
    task = one.task
    own = list(_milestones(one, "", one.whole))
    if not own and task.asked(""):
        whole = one.whole
        units = tuple(whole.units.get("", {}).items())
        due = max((stone.due for stone in one.milestones), default="")
        progress = told(units) or percent(one.percent)
        yield _Line("", one.verified.word, progress, whole.proofs.get("", ()), units, due)
    yield from own
    for piece in task.pieces:
        entered = state.get((task.notice_id, task.key, piece.item))
        found = list(_milestones(one, piece.item, entered or PieceState()))
        yield from found
        if not found and entered is not None and task.asked(piece.item):
            units = tuple(entered.units.get("", {}).items())
            if progress := told(units):
                yield _Line(piece.item, "", progress, entered.proofs.get("", ()), units)


def _milestones(one: TaskStanding, item: str, piece: PieceState) -> Iterator[_Line]:
    """A row for each deadline of a piece: of one that recurs the milestone that matters now, by its light the
    gravest, of equal ones the earliest; the last one once all are done."""
    by_basis: dict[str, list[Standing]] = {}
    for stone in one.milestones:
        if stone.milestone.item == item:
            by_basis.setdefault(stone.milestone.basis, []).append(stone)
    for stones in by_basis.values():
        still = [stone for stone in stones if not stone.done] or stones[-1:]
        now = min(still, key=lambda stone: (GRAVEST.index(stone.verified), stone.due))
        proofs = piece.evidence(now.milestone.due)
        yield _Line(item, light_words(now), told(now.units), proofs, now.units, now.due, now, stones)


def _cells(task: TrackedTask, line: _Line, words: Wording) -> tuple[str, ...]:
    owners = task.owners(line.item)
    others = helping(owners)
    also = words.say("helping", units="、".join(others)) if others else ""
    due = words.say(
        "due",
        due=short_day(line.due, task.year) if line.due else "",
        supplied=line.stone is not None and line.stone.milestone.supplied,
        moved=line.stone is not None and line.due != line.stone.milestone.due,
        count=len(line.of),
        done=sum(stone.done for stone in line.of),
    )
    found = (
        place(task, line.item).removeprefix("第").replace("项", "", 1),
        promised(task, line.item),
        "、".join(answering(owners)) + also,
        due,
        line.light,
        line.progress,
        evidence(line.proofs),
        of_units(line.units, "problem"),
        of_units(line.units, "next_step"),
    )
    return tuple(cell or "—" for cell in found)
