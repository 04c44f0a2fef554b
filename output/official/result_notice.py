"""考评结果通报: bands and ranking by track, bonus and deduction, problems by name; tables in annexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from ...model.progress.summary import shares
from ...score.bands import spread
from ...score.breakdown import Mark
from ...score.pack import BONUS, DEDUCTION
from ..wording import Wording
from .agreements import Agreement, Parts, Ranked
from .appraisal import Appraisal, ScoredTrack, marks, summed, times
from .document import Attachment, Block, OfficialDocument, Table
from .kind import items, length, names, numbered, sections, sentence, shares_of_100, wording
from .progress import share
from .result_charts import score_charts
from .result_tables import TABLE_BLOCKS, deduction_table, mark_table, method, score_tables
from .tasks import Frame, framed

#: Length guard of a document on the whole; where naming every item would pass it, the annex alone does.
MOST = 5000
#: Causes of deductions that the text names; all of them stand in the annex.
_CAUSES = 10
_HEADINGS = ("overall", "ranking", "marks", "problems", "use")
_ATTACHMENTS = ("scores", "charts", "marks", "deductions", "method")
_ABOUT = frozenset(("matter", "document", "tracks", "approvals"))
BLOCKS = MappingProxyType(
    {
        "title": _ABOUT,
        "opening": _ABOUT,
        **{f"heading_{name}": frozenset[str]() for name in _HEADINGS},
        "track_units": frozenset(("track", "count")),
        "chart_ranking": frozenset(("track",)),
        "chart_composition": frozenset(("track",)),
        "overall": frozenset(("total", "tracks", "several")),
        "overall_track": frozenset(
            ("track", "count", "mean", "highest", "best", "lowest", "last", "deviation")
        ),
        "ranking_track": frozenset(("track", "count")),
        "band": frozenset(("band", "count", "share", "units")),
        "tie": frozenset(("rank", "units")),
        "marks": frozenset(("kind", "count", "total")),
        "mark_item": frozenset(("item", "units")),
        "mark_unit": frozenset(("unit", "times", "total", "occasions", "note")),
        "mark_cut": frozenset(("kind", "unit", "item", "total", "cap")),
        "problem": frozenset(("reason", "units", "count")),
        "problems_more": frozenset(("count",)),
        "use": frozenset(("matter", "problems")),
        **{f"attachment_{name}": frozenset(("matter",)) for name in _ATTACHMENTS},
        **TABLE_BLOCKS,
    }
)


def result_notice(
    appraisal: Appraisal,
    *,
    frame: Frame | None = None,
    templates: Path | None = None,
    pictures: bool = False,
) -> OfficialDocument:
    """The notice, with ``pictures`` of ranking and scores.

    Raises :class:`~duban.model.errors.TemplateError`, and ChartFontError for pictures without a font.
    """
    words = wording("result_notice", BLOCKS, templates)
    matter = appraisal.matter
    about = {
        "matter": matter,
        "document": appraisal.pack.document,
        "tracks": _tracks(appraisal, words),
        "approvals": names(appraisal.approvals),
    }
    text = _text(appraisal, words, about, named=True)
    if length(text) > MOST:
        text = _text(appraisal, words, about, named=False)
    annexes = {
        "scores": score_tables(appraisal, words),
        "charts": score_charts(appraisal, words) if pictures else (),
        "marks": mark_table(appraisal, words),
        "deductions": deduction_table(appraisal, words),
        "method": method(appraisal, words),
    }
    return framed(
        frame or Frame(),
        title=words.say("title", **about),
        text="\n".join(text),
        attachments=tuple(
            Attachment(words.say(f"attachment_{name}", matter=matter), blocks, landscape=name == "scores")
            for name, blocks in annexes.items()
            if blocks
        ),
        agreements=_agreements(annexes["scores"]),
    )


def _agreements(scores: Sequence[Block]) -> tuple[Agreement, ...]:
    """Bands sum to their track and their shares to 100; each table's ranks follow from its scores."""
    tables = [block for block in scores if isinstance(block, Table)]
    return (
        Parts("等次", r"（共(\d+)个", r"(\d+)个（占"),
        shares_of_100(),
        *(Ranked(at, 0, len(table.head) - 2, rounded=True) for at, table in enumerate(tables)),
    )


def _text(appraisal: Appraisal, words: Wording, about: dict[str, str], *, named: bool) -> list[str]:
    """The paragraphs; ``named`` names the units of every item of bonus and deduction."""
    problems = _problems(appraisal, words)
    bodies = {
        "overall": _overall(appraisal, words),
        "ranking": numbered(_ranking(track, words) for track in appraisal.tracks),
        "marks": numbered(_marks(appraisal, words, kind, named=named) for kind in _kinds(appraisal)),
        "problems": problems,
        "use": words.say("use", matter=appraisal.matter, problems=len(problems)).splitlines(),
    }
    return [
        *words.say("opening", **about).splitlines(),
        *sections((words.say(f"heading_{name}"), body) for name, body in bodies.items()),
    ]


def _tracks(appraisal: Appraisal, words: Wording) -> str:
    return "、".join(
        words.say("track_units", track=track.name, count=len(track.units)) for track in appraisal.tracks
    )


def _overall(appraisal: Appraisal, words: Wording) -> list[str]:
    total = sum(len(track.units) for track in appraisal.tracks)
    several = len(appraisal.tracks) > 1
    lines = words.say("overall", total=total, tracks=_tracks(appraisal, words), several=several).splitlines()
    for track in appraisal.tracks:
        scores = [unit.score for unit in track.units]
        far = spread(scores)
        lines.append(
            words.say(
                "overall_track",
                track=track.name,
                count=far.count,
                mean=marks(far.mean),
                highest=marks(far.highest),
                best=names(unit.unit for unit in track.units if unit.score == far.highest),
                lowest=marks(far.lowest),
                last=names(unit.unit for unit in track.units if unit.score == far.lowest),
                deviation=marks(far.deviation),
            )
        )
    return lines


def _ranking(track: ScoredTrack, words: Wording) -> str:
    found = tuple(track.bands())
    parts = shares([len(units) for _, units in found])
    bands = "；".join(
        words.say("band", band=band, count=len(units), share=share(part), units=names(units))
        for (band, units), part in zip(found, parts, strict=True)
    )
    ties = "；".join(words.say("tie", rank=rank, units=names(units)) for rank, units in track.ties())
    start = words.say("ranking_track", track=track.name, count=len(track.units))
    listed = bands or names(unit.unit for unit in track.units)
    return start + "".join(f"{part}。" for part in (listed, ties) if part)


def _kinds(appraisal: Appraisal) -> Iterator[str]:
    """The kinds of which there is anything, bonus first."""
    for kind in (BONUS, DEDUCTION):
        if any(apart.marks_of(kind) for track in appraisal.tracks for apart in track.apart.values()):
            yield kind


def _marks(appraisal: Appraisal, words: Wording, kind: str, *, named: bool) -> str:
    apart = [
        track.apart[unit.unit]
        for track in appraisal.tracks
        for unit in track.units
        if track.apart[unit.unit].marks_of(kind)
    ]
    counted = [one.bonus if kind == BONUS else one.deduction for one in apart]
    parts = [words.say("marks", kind=kind, count=len(apart), total=marks(summed(counted)))]
    if named:
        by_item: dict[str, dict[str, list[Mark]]] = defaultdict(lambda: defaultdict(list))
        for one in apart:
            for mark in one.marks_of(kind):
                by_item[mark.name][one.unit].append(mark)
        order = [item.name for item in appraisal.pack.items]
        ordered = sorted(by_item, key=lambda name: order.index(name) if name in order else len(order))
        parts.append(
            "；".join(
                words.say(
                    "mark_item",
                    item=sentence(name),
                    units="、".join(_of_unit(words, *of) for of in by_item[name].items()),
                )
                for name in ordered
            )
        )
    parts += [
        words.say(
            "mark_cut", kind=kind, unit=one.unit, item=cut.name, total=marks(cut.total), cap=marks(cut.cap)
        )
        for one in apart
        for cut in one.cuts
        if cut.kind == kind
    ]
    return "".join(f"{part}。" for part in parts if part)


def _of_unit(words: Wording, unit: str, found: Sequence[Mark]) -> str:
    count = summed([mark.times for mark in found if mark.times is not None])
    return words.say(
        "mark_unit",
        unit=unit,
        times=times(count) if count > 1 else "",
        total=marks(summed([mark.value for mark in found])),
        occasions=names(mark.occasion for mark in found if mark.occasion),
        note=names(mark.note for mark in found if mark.note and not mark.value),
    )


def _problems(appraisal: Appraisal, words: Wording) -> list[str]:
    """Causes of deductions that persons stated, those of most units first, with the units' names."""
    units: dict[str, list[str]] = defaultdict(list)
    lost: dict[str, Decimal] = defaultdict(Decimal)
    for track in appraisal.tracks:
        for unit in track.units:
            for loss in track.apart[unit.unit].losses:
                if loss.stated:
                    units[sentence(loss.reason)].append(unit.unit)
                    lost[sentence(loss.reason)] += loss.amount
    causes = sorted(units, key=lambda cause: (-len(set(units[cause])), -lost[cause], cause))
    lines = items(
        words.say("problem", reason=cause, units=names(units[cause]), count=len(set(units[cause])))
        for cause in causes[:_CAUSES]
    )
    if len(causes) > _CAUSES:
        lines.append(words.say("problems_more", count=len(causes) - _CAUSES))
    return lines
