"""年底绩效对账: line by line what was promised, what came of it, who confirmed it, the conclusion (R58)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from ...model.progress.clock import stopped_on
from ...model.progress.sides import side_of
from ...model.progress.standings import Standing, TaskStanding
from ...model.progress.state import Key, PieceState, Report, UnitState
from ...model.progress.summary import shares
from ...model.progress.tracked import TrackedTask
from ...model.progress.voices import Voices
from ..wording import Wording
from .agreements import Agreement, Parts, Rows, Said, Same
from .document import Attachment, OfficialDocument, Table
from .kind import items, length, names, sections, sentence, shares_of_100, wording
from .progress import (
    ABOUT,
    Subject,
    answering,
    evidence,
    iso_text,
    newest,
    place,
    promised,
    share,
    told,
)
from .tasks import Frame, framed

MOST = 5000
COLUMNS = ("number", "promise", "units", "result", "confirmed", "evidence", "conclusion")


class Conclusion(StrEnum):
    """How a promise was kept by the office's word."""

    KEPT = "兑现"
    LATE = "逾期兑现"
    BROKEN = "未兑现"
    STOPPED = "暂停计时"
    SILENT = "没有填报"
    #: Its day is still to come: a promise of several years, or one that was postponed.
    PENDING = "未到期"


@dataclass(frozen=True, slots=True)
class Line:
    """A promise: a target, a measure that was followed on its own, or the task where it has no target."""

    task: TrackedTask
    item: str
    units: tuple[str, ...]
    #: What came of it, in words; empty where nothing was told.
    result: str
    #: What was said last of it, by unit.
    said: Sequence[tuple[str, UnitState]]
    returned: str
    proofs: Sequence[Report]
    conclusion: Conclusion
    #: Approved changes: of the words, and of the day.
    changes: tuple[Report, ...]


_HEADINGS = ("overall", "broken", "late", "open", "next")
BLOCKS = MappingProxyType(
    {
        "title": ABOUT,
        "opening": ABOUT,
        **{f"heading_{name}": frozenset[str]() for name in _HEADINGS},
        "overall": ABOUT | {"total", "tasks", "conclusions"},
        "conclusion": frozenset(("name", "count", "share")),
        "line": frozenset(("unit", "lines", "count")),
        "in_annex": frozenset(),
        "confirmed": frozenset(("how", "reason")),
        "changed": frozenset(("words", "approval", "day")),
        "next": ABOUT | {"broken", "reply_by"},
        "attachment": ABOUT,
        **{f"head_{name}": frozenset[str]() for name in COLUMNS},
    }
)


def reconciliation(
    standings: Sequence[TaskStanding],
    state: Mapping[Key, PieceState],
    subject: Subject,
    *,
    reply_by: str = "",
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """The document; ``state`` is that of every piece. Raises :class:`~duban.model.errors.TemplateError`."""
    words = wording("reconciliation", BLOCKS, templates)
    about = subject.about()
    found = [line for one in standings for line in lines_of(one, state)]
    opening = words.say("opening", **about).splitlines()
    text = [*opening, *_text(found, subject, words, reply_by, listed=True)]
    if length(text) > MOST:
        text = [*opening, *_text(found, subject, words, reply_by, listed=False)]
    table = Table(
        tuple(words.say(f"head_{name}") for name in COLUMNS),
        tuple(_row(line, words) for line in found),
        centred=(0, 6),
    )
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text="\n".join(text),
        attachments=(Attachment(words.say("attachment", **about), (table,), landscape=True),),
        agreements=_agreements(str(about["source"])),
    )


def _agreements(source: str) -> tuple[Agreement, ...]:
    """Conclusions sum to the promises and are those of the table; shares sum to 100."""
    total, quoted = r"项任务的(\d+)条承诺", (source,)
    return (
        Parts("结论", total, r"(\d+)条（占", quoted),
        shares_of_100(source),
        Same("承诺数", (Said(total, quoted=quoted), Rows(0))),
        *(
            Same(
                one.value,
                (Said(rf"[，、]{one.value}(\d+)条（占", quoted=quoted), Rows(0, 6, f"{one.value}$")),
            )
            for one in Conclusion
        ),
    )


def lines_of(one: TaskStanding, state: Mapping[Key, PieceState]) -> Iterator[Line]:
    """A task's promises in the notice's order."""
    task = one.task
    followed = {stone.milestone.item for stone in one.milestones}
    if not task.targets and task.asked(""):
        yield _line(one, "", state)
    for piece in task.pieces:
        entered = state.get((task.notice_id, task.key, piece.item))
        followed_alone = piece.item in followed or (entered is not None and bool(entered.units))
        if task.asked(piece.item) and (piece in task.targets or followed_alone):
            yield _line(one, piece.item, state)


def _line(one: TaskStanding, item: str, state: Mapping[Key, PieceState]) -> Line:
    task = one.task
    whole = one.whole
    piece = state.get((task.notice_id, task.key, item), PieceState()) if item else whole
    stones = [stone for stone in one.milestones if stone.milestone.item == item]
    if stones and all(stone.milestone.supplied for stone in stones):
        # The office looks each quarter; what was promised is the year's end.
        stones = stones[-1:]
    units = answering(task.owners(item) or task.parties)
    changes = (*piece.changes, *(piece.moved[day] for day in sorted(piece.moved)))
    stopped = stopped_on(piece, one.day) or one.stopped
    if stones:
        last = stones[-1]
        proofs = {proof.number: proof for stone in stones for proof in piece.evidence(stone.milestone.due)}
        return Line(
            task, item, units, told(last.units), last.units, last.returned,
            list(proofs.values()), _of_stones(stones, stopped), changes,
        )  # fmt: skip
    by_unit = piece.units.get("") or (whole.units.get("", {}) if item else {})
    seen = side_of(by_unit, Voices(task.owners(item)), office=True)
    last_day = max((stone.due for stone in one.milestones), default=one.day)
    if seen.done:
        conclusion = Conclusion.LATE if seen.done_on > last_day else Conclusion.KEPT
    else:
        told_anything = any(unit.newest for unit in by_unit.values())
        conclusion = _open(stopped, told_anything=told_anything, pending=last_day > one.day)
    told_by = tuple(sorted(by_unit.items()))
    proofs_of = [proof for day in sorted(piece.proofs) for proof in piece.proofs[day]]
    return Line(task, item, units, told(told_by), told_by, seen.returned, proofs_of, conclusion, changes)


def _of_stones(stones: Sequence[Standing], stopped: str) -> Conclusion:
    still = [stone for stone in stones if not stone.done]
    if not still:
        late = any(stone.reason.startswith("逾期完成") for stone in stones)
        return Conclusion.LATE if late else Conclusion.KEPT
    told_anything = any(unit.newest for stone in stones for _, unit in stone.units)
    return _open(stopped, told_anything=told_anything, pending=all(stone.days_left > 0 for stone in still))


def _open(stopped: str, *, told_anything: bool, pending: bool) -> Conclusion:
    """Of what is not done."""
    if stopped:
        return Conclusion.STOPPED
    if pending:
        return Conclusion.PENDING
    return Conclusion.BROKEN if told_anything else Conclusion.SILENT


def _text(
    found: Sequence[Line], subject: Subject, words: Wording, reply_by: str, *, listed: bool
) -> list[str]:
    counts = [sum(line.conclusion is one for line in found) for one in Conclusion]
    overall = words.say(
        "overall",
        **subject.about(),
        total=len(found),
        tasks=len({line.task.key for line in found}),
        conclusions="、".join(
            words.say("conclusion", name=one.value, count=count, share=share(part))
            for one, count, part in zip(Conclusion, counts, shares(counts), strict=True)
        ),
    )
    groups = {
        "broken": (Conclusion.BROKEN,),
        "late": (Conclusion.LATE,),
        "open": (Conclusion.STOPPED, Conclusion.SILENT),
    }
    bodies = {"overall": [overall]}
    for name, wanted in groups.items():
        lines = _by_unit([line for line in found if line.conclusion in wanted], words)
        bodies[name] = lines if listed or not lines else [words.say("in_annex")]
    broken = sum(line.conclusion in (Conclusion.BROKEN, Conclusion.SILENT) for line in found)
    bodies["next"] = words.say("next", **subject.about(), broken=broken, reply_by=reply_by).splitlines()
    return sections((words.say(f"heading_{name}"), body) for name, body in bodies.items())


def _by_unit(found: Sequence[Line], words: Wording) -> list[str]:
    """Each unit with its promises by number."""
    by_name: dict[str, list[str]] = {}
    for line in found:
        for unit in line.units:
            by_name.setdefault(unit, []).append(place(line.task, line.item))
    return items(
        words.say("line", unit=unit, lines=names(places), count=len(places))
        for unit, places in by_name.items()
    )


def _row(line: Line, words: Wording) -> tuple[str, ...]:
    promise = promised(line.task, line.item)
    for change in line.changes:
        promise += words.say(
            "changed",
            words=sentence(change.text("target")),
            approval=change.text("approval"),
            day=iso_text(str(change.fields["moved_to"])) if change.fields.get("moved_to") else "",
        )
    return (
        place(line.task, line.item).removeprefix("第").replace("项", "", 1),
        promise,
        "、".join(line.units) or "—",
        line.result or "—",
        _confirmed(line, words),
        evidence(line.proofs) or "—",
        line.conclusion.value,
    )


def _confirmed(line: Line, words: Wording) -> str:
    last = newest(line.said)
    if line.returned:
        how = "returned"
    elif last.counts is None:
        how = "none"
    elif last.counts is last.verification:
        how = "verified"
    else:
        how = "accepted" if last.counts is last.accepted else "reported"
    return words.say("confirmed", how=how, reason=sentence(line.returned))
