"""催办单: one matter a sheet, blue (due soon), yellow (behind) or red (overdue), to who answers for it."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from ...model.progress.summary import Reminder
from .document import OfficialDocument
from .kind import addressee, names, sentence, wording
from .progress import ABOUT, Subject, iso_text, of_units, place, promised, quoted, reason_words, told
from .tasks import Frame, framed

#: Colours of the sheets by light, 蓝黄红三单.
COLOURS = MappingProxyType({"blue": "蓝", "yellow": "黄", "red": "红"})
_MATTER = ABOUT | {
    "colour", "place", "matter", "units", "several", "due", "days_late", "days_left", "reason", "progress",
    "returned", "problem", "supplied", "reply_by",
}  # fmt: skip
BLOCKS = MappingProxyType(dict.fromkeys(("title", "matter", "progress", "ask"), _MATTER))


def reminder_sheet(
    found: Reminder,
    subject: Subject,
    *,
    reply_by: str = "",
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """The sheet about one milestone. With ``subject.unit`` it goes to that unit alone.

    Raises :class:`~duban.model.errors.TemplateError`.
    """
    words = wording("reminder", BLOCKS, templates)
    stone, task = found.standing, found.task.task
    to = (subject.unit,) if subject.unit else tuple(sentence(unit) for unit in found.units)
    about: dict[str, str | int | None] = subject.about() | {
        "colour": COLOURS[found.light.value],
        "place": place(task, stone.milestone.item),
        "matter": quoted(promised(task, stone.milestone.item)),
        "units": names(sentence(unit) for unit in found.units),
        "several": len(to) > 1,
        "due": iso_text(stone.due),
        "days_late": found.days_late,
        "days_left": stone.days_left,
        "reason": sentence(reason_words(found.reason)),
        "progress": told(stone.units),
        "returned": sentence(stone.returned),
        "problem": of_units(stone.units, "problem"),
        "supplied": stone.milestone.supplied,
        "reply_by": reply_by,
    }
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text="\n".join(words.say(block, **about) for block in ("matter", "progress", "ask")),
        addressees=tuple(addressee(unit) for unit in to),
    )


def sheet_name(found: Reminder) -> str:
    """A name for the sheet's file: ``红单-第6项-2024-04-30``."""
    where = place(found.task.task, found.standing.milestone.item)
    return f"{COLOURS[found.light.value]}单-{where}-{found.standing.due}"
