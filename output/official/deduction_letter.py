"""扣分告知: one unit's score, every mark it lost and why, how the score came about, how to appeal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from ...score.breakdown import Breakdown, Cut, Loss, Mark
from ...score.decimals import plain
from ...score.pack import BONUS, DEDUCTION
from ...score.scoring import UnitScore
from ...score.trace import Node
from ..wording import Wording
from .appraisal import Appraisal, ScoredTrack, formula, marks, steps, times
from .document import Attachment, OfficialDocument, Table
from .kind import addressee, items, length, sections, sentence, wording
from .tasks import Frame, framed

#: Length guard of a document on a single matter; a text beyond it leaves the items to an annex.
MOST = 4000
_ABOUT = frozenset(("unit", "matter", "document", "track", "count", "score", "rank", "band"))
BLOCKS = MappingProxyType(
    {
        "title": _ABOUT,
        "opening": _ABOUT,
        **{f"heading_{name}": frozenset[str]() for name in ("made", "lost", "short", "uncounted", "appeal")},
        "formula": frozenset(("formula", "parts")),
        "part": frozenset(("part", "score")),
        **dict.fromkeys(("lost", "short_count", "uncounted_count"), frozenset(("count",))),
        "in_annex": frozenset(),
        "deduction": frozenset(("item", "times", "total", "occasion", "evidence", "quote")),
        "loss": frozenset(("part", "task", "reason", "total", "source")),
        "short": frozenset(("task", "total", "reason", "source")),
        "dropped": frozenset(("item", "occasion", "note")),
        "cut": frozenset(("item", "total", "cap", "quote")),
        "void": frozenset(("note",)),
        "appeal": frozenset(("unit", "reply_by")),
        "attachment": _ABOUT,
        "attachment_lines": _ABOUT,
        **{
            f"head_{name}": frozenset[str]()
            for name in ("line", "number", "name", "value", "formula", "source")
        },
    }
)


def letters(appraisal: Appraisal) -> Iterator[tuple[ScoredTrack, UnitScore]]:
    """The units that something was taken from or that fell short of a full mark, in order of rank."""
    for track in appraisal.tracks:
        for unit in track.units:
            apart = track.apart[unit.unit]
            if apart.losses or apart.void or apart.marks_of(DEDUCTION):
                yield track, unit


def deduction_letter(
    appraisal: Appraisal,
    track: ScoredTrack,
    unit: UnitScore,
    *,
    reply_by: str = "",
    frame: Frame | None = None,
    templates: Path | None = None,
) -> OfficialDocument:
    """The letter to a unit; ``reply_by`` is the day until which it may object, as it is to be printed.

    Raises :class:`~duban.model.errors.TemplateError`.
    """
    words = wording("deduction_letter", BLOCKS, templates)
    apart = track.apart[unit.unit]
    about: dict[str, str | int] = {
        "unit": unit.unit,
        "matter": appraisal.matter,
        "document": appraisal.pack.document,
        "track": track.name,
        "count": len(track.units),
        "score": marks(unit.score),
        "rank": unit.rank,
        "band": unit.band,
    }
    text = _text(appraisal, apart, words, reply_by, listed=True)
    opening = words.say("opening", **about).splitlines()
    annexes = []
    if length([*opening, *text]) > MOST:
        rows = tuple((str(at), line) for at, line in enumerate(_all(appraisal, apart, words), 1))
        head = (words.say("head_number"), words.say("head_line"))
        annexes = [Attachment(words.say("attachment_lines", **about), (Table(head, rows, (8, 108)),))]
        text = _text(appraisal, apart, words, reply_by, listed=False)
    table = Table(
        tuple(words.say(f"head_{name}") for name in ("number", "name", "value", "formula", "source")),
        tuple(
            (
                number or "—",
                sentence(appraisal.title(node)),
                _value(node),
                formula(node) or "—",
                "；".join(map(sentence, filter(None, (appraisal.origin(node), node.note)))) or "—",
            )
            for number, node in steps(apart.total)
        ),
        (15, 27, 12, 30, 32),
        centred=(2,),
    )
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text="\n".join([*opening, *text]),
        addressees=(addressee(unit.unit),),
        attachments=(*annexes, Attachment(words.say("attachment", **about), (table,))),
    )


def _text(
    appraisal: Appraisal, apart: Breakdown, words: Wording, reply_by: str, *, listed: bool
) -> list[str]:
    """The paragraphs below the opening; not ``listed``: what is told one by one stands in an annex."""
    lost, short, uncounted = (part(appraisal, apart, words) for part in (_lost, _short, _uncounted))
    bodies = {
        "made": [_made(apart, words)],
        "lost": [words.say("lost", count=len(lost))] if lost else [],
        "short": [words.say("short_count", count=len(short))] if short and not listed else [],
        "uncounted": [words.say("uncounted_count", count=len(uncounted))] if uncounted and not listed else [],
        "appeal": words.say("appeal", unit=apart.unit, reply_by=reply_by).splitlines(),
    }
    if listed:
        for name, lines in (("lost", lost), ("short", short), ("uncounted", uncounted)):
            bodies[name] += items(lines)
    elif lost:
        bodies["lost"].append(words.say("in_annex"))
    return sections((words.say(f"heading_{name}"), body) for name, body in bodies.items())


def _all(appraisal: Appraisal, apart: Breakdown, words: Wording) -> list[str]:
    return [line for part in (_lost, _short, _uncounted) for line in part(appraisal, apart, words)]


def _value(node: Node) -> str:
    """Marks to two digits; what was counted or measured as it was given."""
    if node.formula or node.name.endswith("分"):
        return marks(node.value)
    return plain(node.value)


def _made(apart: Breakdown, words: Wording) -> str:
    parts = [words.say("part", part=node.name, score=marks(node.value)) for node in apart.parts]
    parts += [
        words.say("part", part=name, score=marks(value))
        for name, value in (("加分", apart.bonus), ("减分", apart.deduction))
    ]
    return words.say("formula", formula=formula(apart.total), parts="，".join(parts))


def _lost(appraisal: Appraisal, apart: Breakdown, words: Wording) -> list[str]:
    """What was taken off: events of deduction, deductions from tasks and of 过程考核, parts made void."""
    deductions = apart.marks_of(DEDUCTION)
    stated = [loss for loss in apart.losses if loss.stated]
    lines = [_deduction(appraisal, mark, words) for mark in deductions]
    lines += [_loss(appraisal, loss, words) for loss in stated]
    lines += [words.say("void", note=sentence(note)) for note in apart.void]
    return lines


def _deduction(appraisal: Appraisal, mark: Mark, words: Wording) -> str:
    return words.say(
        "deduction",
        item=sentence(mark.name),
        times=times(mark.times) if mark.times is not None else "",
        total=marks(mark.value),
        occasion=sentence(mark.occasion),
        evidence=sentence(appraisal.source(mark.evidence)),
        quote=sentence(mark.item.clause.quote) if mark.item else "",
    )


def _loss(appraisal: Appraisal, loss: Loss, words: Wording) -> str:
    return words.say(
        "loss",
        part=loss.part,
        task=_quoted(loss.task),
        reason=sentence(loss.reason),
        total=marks(loss.amount),
        source=sentence(appraisal.source(loss.source)),
    )


def _short(appraisal: Appraisal, apart: Breakdown, words: Wording) -> list[str]:
    """Tasks that a method gave less than the full mark."""
    return [
        words.say(
            "short",
            task=_quoted(loss.task),
            total=marks(loss.amount),
            reason=sentence(loss.reason),
            source=sentence(appraisal.source(loss.source)),
        )
        for loss in apart.losses
        if not loss.stated
    ]


def _uncounted(appraisal: Appraisal, apart: Breakdown, words: Wording) -> list[str]:
    """Bonus that does not count: a cap, or an occasion that counts elsewhere."""
    del appraisal
    lines = [
        words.say("dropped", item=sentence(mark.name), occasion=mark.occasion, note=sentence(mark.note))
        for mark in apart.marks_of(BONUS)
        if not mark.value
    ]
    return [*lines, *(_cut(cut, words) for cut in apart.cuts if cut.kind == BONUS)]


def _cut(cut: Cut, words: Wording) -> str:
    return words.say(
        "cut", item=sentence(cut.name), total=marks(cut.total), cap=marks(cut.cap), quote=sentence(cut.quote)
    )


def _quoted(task: str) -> str:
    """A task's name as it stands in “”."""
    return sentence(task).replace("“", "‘").replace("”", "’")
