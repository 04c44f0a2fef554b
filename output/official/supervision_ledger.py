"""督查台账 as a document: each milestone of each task with its light in words, progress and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from ...model.progress.lights import GRAVEST
from ...model.progress.standings import Standing, TaskStanding
from .document import Attachment, OfficialDocument, Table
from .kind import framed, wording
from .progress import (
    ABOUT,
    Subject,
    answering,
    evidence,
    helping,
    iso_text,
    light_words,
    of_units,
    place,
    promised,
    told,
)
from .tasks import Frame

COLUMNS = ("number", "task", "units", "due", "light", "progress", "evidence", "problem", "next")
_SHARES = (9.0, 62.0, 24.0, 17.0, 21.0, 34.0, 24.0, 18.0, 18.0)
_COUNTED = ABOUT | {"total", "milestones", "lights"}
BLOCKS = MappingProxyType(
    {
        "title": _COUNTED,
        "opening": _COUNTED,
        "light": frozenset(("light", "count")),
        "attachment": _COUNTED,
        "helping": frozenset(("units",)),
        **{f"head_{name}": frozenset[str]() for name in COLUMNS},
    }
)


def supervision_ledger(
    standings: Sequence[TaskStanding],
    subject: Subject,
    *,
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """The ledger, a row for each milestone. Raises :class:`~duban.model.errors.TemplateError`."""
    words = wording("supervision_ledger", BLOCKS, templates)
    lights = Counter(stone.verified for one in standings for stone in one.milestones)
    about = subject.about() | {
        "total": len(standings),
        "milestones": lights.total(),
        "lights": "、".join(
            words.say("light", light=light.word, count=lights[light]) for light in GRAVEST if lights[light]
        ),
    }
    rows = []
    for one in standings:
        for stone in one.milestones:
            owners = one.task.owners(stone.milestone.item)
            others = helping(owners)
            also = words.say("helping", units="、".join(others)) if others else ""
            rows.append(_row(one, stone, "、".join(answering(owners)) + also))
    table = Table(tuple(words.say(f"head_{name}") for name in COLUMNS), tuple(rows), _SHARES)
    return framed(
        words.say("title", **about),
        words.say("opening", **about).splitlines(),
        (Attachment(words.say("attachment", **about), (table,), landscape=True),),
        frame,
    )


def _row(one: TaskStanding, stone: Standing, units: str) -> tuple[str, ...]:
    return (
        str(one.task.number if one.task.number is not None else one.task.path[-1]),
        promised(one.task, stone.milestone.item),
        units,
        iso_text(stone.due),
        light_words(stone),
        told(stone) or "—",
        evidence(stone.proofs) or "—",
        of_units(stone, "problem") or "—",
        of_units(stone, "next_step") or "—",
    )
