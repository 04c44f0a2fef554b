"""What documents on progress share: what they are about, tasks and milestones in words, tasks by unit."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...model.folding import fold_name, plain_radicals
from ...model.progress.identity import PIECE_WORDS
from ...model.progress.lights import Light
from ...model.progress.standings import Standing, TaskStanding
from ...model.progress.state import Report, UnitState
from ...model.progress.tracked import Owner, TrackedTask
from ..checklist import bracketed
from .document import day_text
from .kind import full_width, names, sentence

#: Variables that every block about progress may use.
ABOUT = frozenset(("source", "number", "year", "unit", "section", "day"))
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
#: Blanks and marks about the number of a part or task: 四、 3.
_ENDS = " \u3000、.．"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document on progress is about: the notice, the day (ISO), the unit or part it is limited to."""

    source: str
    number: str
    year: int | None
    day: str
    unit: str = ""
    section: str = ""

    def about(self) -> dict[str, str | int | None]:
        """The values of :data:`ABOUT`."""
        return {
            "source": bracketed(words(self.source)),
            "number": self.number,
            "year": self.year,
            "unit": self.unit,
            "section": self.section,
            "day": iso_text(self.day),
        }


def iso_text(day: str) -> str:
    """An ISO day as documents print it."""
    return day_text(datetime.date.fromisoformat(day))


def short_day(day: str, year: int | None) -> str:
    """An ISO day as tables print it: without its year where that is the notice's."""
    whole = iso_text(day)
    return whole.removeprefix(f"{year}年")


def words(text: str) -> str:
    """Words of the notice without the hard line breaks and look-alike radicals of the file they came from."""
    return plain_radicals("".join(text.splitlines())).strip()


def promised(task: TrackedTask, item: str = "") -> str:
    """The words of a task, or of its target or measure, with full-width points."""
    return full_width(words(task.piece(item).text if item else task.text))


def label(task: TrackedTask) -> str:
    """``第12项``; where the number is not the task's alone, its path: ``第二部分第3项``."""
    if task.number is not None and task.key == str(task.number):
        return f"第{task.number}项"
    *parts, last = (part.strip(_ENDS + "（()）") for part in task.path)
    return "".join(f"第{part}部分" for part in parts) + f"第{last}项"


def place(task: TrackedTask, item: str = "") -> str:
    """A task's label, with its target or measure: ``第3项措施②``."""
    if not item:
        return label(task)
    kind, _, number = item.partition(":")
    piece = task.piece(item)
    word = PIECE_WORDS[kind]
    several = len(task.targets if kind == "target" else task.measures) > 1
    return label(task) + word + (piece.marker.strip() or number if several else "")


def quoted(text: str) -> str:
    """A notice's words as they stand in “” inside a sentence: quotation marks in them become ‘’ (GB/T 15834),
    the full stop at the end is left out."""
    return text.replace("“", "‘").replace("”", "’").rstrip("。")


def rate(one: TaskStanding) -> str:
    """A task's completion rate; that of a report which was returned, or that it is done by a report which
    nobody has looked at, is told as what it is."""
    shown = percent(one.percent)
    if claimed(one):
        return f"自报{shown}，已退回"
    waiting = any(stone.waiting and stone.percent == one.percent for stone in one.milestones)
    return f"自报{shown}，待审核" if waiting else shown


def claimed(one: TaskStanding) -> bool:
    """Whether the task's completion rate is only that of a report which the office returned."""
    return any(
        stone.returned and stone.percent == one.percent and stone.newest.counts is stone.newest.status
        for stone in one.milestones
    )


def paused(one: TaskStanding) -> str:
    """Why the clock of a task, or of what is gravest in it, stands; empty where it runs."""
    if one.stopped:
        return one.stopped
    reasons = (stone.reason for stone in one.milestones if stone.verified is Light.SUSPENDED)
    return next(reasons, "").removeprefix("暂停：") if one.verified is Light.SUSPENDED else ""


def task_units(task: TrackedTask) -> tuple[str, ...]:
    """Who answers for a task; where the task names nobody, who answers for its targets and measures."""
    return answering(task.parties or [owner for piece in task.pieces for owner in piece.parties])


def answering(owners: Sequence[Owner]) -> tuple[str, ...]:
    """Who answers, the leads first; all of them where each only helps."""
    own = sorted((one for one in owners if one.answers), key=lambda one: one.role != "lead")
    return tuple(dict.fromkeys(full_width(words(one.text)) for one in own or owners))


def helping(owners: Sequence[Owner]) -> tuple[str, ...]:
    """Who only helps; none where nobody answers."""
    if not any(one.answers for one in owners):
        return ()
    return tuple(dict.fromkeys(full_width(words(one.text)) for one in owners if not one.answers))


def light_words(standing: Standing) -> str:
    """The office's light in a word, and why where that says more: ``红灯：逾期12天``."""
    light, reason = standing.verified.word, reason_words(standing.reason)
    if standing.verified is Light.DONE or light in reason:
        return reason if light in reason and standing.verified is not Light.DONE else light
    return f"{light}：{reason}"


def reason_words(reason: str) -> str:
    """A light's reason with its days as documents print them."""
    return _ISO.sub(lambda found: iso_text(found[0]), reason)


def percent(value: Decimal | None) -> str:
    """A completion rate to one digit at most: ``62.5%``; empty for none."""
    if value is None:
        return ""
    return f"{value.quantize(Decimal('0.1'), rounding='ROUND_HALF_UP'):f}".removesuffix(".0") + "%"


def share(value: Decimal) -> str:
    """A share as counted: ``33.4%``."""
    return f"{value:f}%"


def told(units: Sequence[tuple[str, UnitState]]) -> str:
    """What was reached, by each unit's report that counts: the value, the completion rate behind it.

    自报 where the office has neither accepted it nor looked on the spot; what it returned is told, too.
    """
    found = [(unit, words) for unit, state in units if (words := _told_by(state))]
    if len(found) == 1:
        return found[0][1]
    return "；".join(f"{unit}：{words}" if unit else words for unit, words in found)


def _told_by(state: UnitState) -> str:
    report = state.counts
    if report is None:
        return ""
    rate, value = percent(report.percent), sentence(report.value)
    words = f"{value}（{rate}）" if rate else value
    returned = state.review is not None and not state.review.fields["accepted"]
    if report is state.verification or report is state.accepted:
        return f"{words}，最新填报已退回" if returned else words
    return f"自报{words}，已退回" if returned else f"自报{words}"


def of_units(units: Iterable[tuple[str, UnitState]], field: str) -> str:
    """A field of each unit's newest report, ``problem`` or ``next_step``; with names where several tell."""
    found = [(unit, sentence(state.status.text(field))) for unit, state in units if state.status]
    said = [(unit, text) for unit, text in found if text]
    if len(said) == 1:
        return said[0][1]
    return "；".join(f"{unit}：{text}" if unit else text for unit, text in said)


def evidence(proofs: Iterable[Report]) -> str:
    """Evidence by number: a document's, a file's name, the receipt of one that was handed in offline."""
    return names(
        proof.text("number")
        or (f"线下收文{proof.text('receipt')}" if proof.text("receipt") else "")
        or proof.text("name")
        or f"文件{proof.text('sha256')[:8]}"
        for proof in proofs
    )


def newest(units: Iterable[tuple[str, UnitState]]) -> UnitState:
    """What was said last."""
    return max((state for _, state in units), key=lambda state: state.newest, default=UnitState())


def by_unit(standings: Sequence[TaskStanding]) -> Iterator[tuple[str, tuple[TaskStanding, ...]]]:
    """Each unit that answers for a task or a milestone of it, in order of appearance, with those tasks.

    A unit that the directory knows is one whatever the notice calls it.
    """
    found: dict[str, list[TaskStanding]] = {}
    called: dict[str, str] = {}
    for one in standings:
        owners = [*one.task.parties]
        owners += [owner for stone in one.milestones for owner in one.task.owners(stone.milestone.item)]
        keys: dict[str, None] = {}
        for owner in owners:
            if owner.answers or not any(other.answers for other in owners):
                key = owner.unit or fold_name(words(owner.text))
                called.setdefault(key, full_width(words(owner.text)))
                keys[key] = None
        for key in keys:
            found.setdefault(key, []).append(one)
    for key, tasks in found.items():
        yield called[key], tuple(tasks)
