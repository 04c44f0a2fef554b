"""What the registry tells the scorer about one notice: who is judged, what was accepted of whom, by a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..extract.language.quantities import read as read_figures
from ..model import Notice, Quantity
from ..model.border import notice_from_dict
from ..model.errors import UsageError
from ..model.folding import fold
from ..model.party import PartyKind
from ..model.progress.clock import stopped_on
from ..model.progress.entries import COLUMNS, Entry
from ..model.progress.lights import LightRule
from ..model.progress.standings import TaskStanding, standings_of
from ..model.progress.state import Key, PieceState, Report, UnitState, state_on
from ..model.progress.tracked import Owner, TrackedTask, tracked_tasks
from ..model.progress.voices import Names
from ..model.registry.notices import NoticeRow, matching_notices, notices, record_of, text_of
from ..model.registry.reader import Reader
from ..model.units import GroupEntry, UnitDirectory
from ..model.units.groups import group_words
from ..score.counts import unit_keys
from ..score.pack import ROSTER, RulePack, Track


@dataclass(frozen=True, slots=True)
class Judged:
    """Those who are scored in a track: the name in results by key (id in the directory, else folded name)."""

    track: Track
    names: Mapping[str, str]

    def name_of(self, key: str) -> str | None:
        """The name in results; None for who is not judged."""
        return self.names.get(key)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with the state of its tasks on ``day``. ``key_of``: what a name counts as."""

    notice: Notice
    label: str
    day: str
    directory: UnitDirectory
    key_of: Callable[[str], str]
    standings: tuple[TaskStanding, ...]
    state: Mapping[Key, PieceState]
    #: Quantities by task key and piece (``""``: the statement); those of an approved change in its place.
    quantities: Mapping[tuple[str, str], tuple[Quantity, ...]]
    #: The newest approved change of words in force, by task key and piece.
    changed: Mapping[tuple[str, str], Report]


class Accepted(NamedTuple):
    """What the office holds of a unit's piece: the report, and the number of the review that accepted it
    (None: found on the spot). ``evidence``: what was handed in."""

    report: Report
    review: int | None
    evidence: str


def notice_of(reader: Reader, pack: RulePack, named: str | None) -> NoticeRow:
    """The notice that is scored: the one named, else the pack's own, else the only one. Raises UsageError."""
    wanted = named or pack.document
    found = matching_notices(reader, wanted) if wanted else ()
    if named is None and not found:
        found = notices(reader)
    if len(found) == 1:
        return found[0]
    listed = "、".join(f"{row.id} {row.label}" for row in (found or notices(reader))[:8])
    what = f"“{named}”对应{'多份' if found else '不到'}通知" if named else f"登记库里没有 {pack.document}"
    raise UsageError(what, place=reader.place, remedy=f"请用 --notice 指明：{listed or '登记库里没有通知'}")


def read_told(
    reader: Reader, row: NoticeRow, day: str, directory: UnitDirectory, rule: LightRule | None = None
) -> Told:
    """All that the registry tells of a notice up to ``day`` (ISO). Raises the kinds of RegistryError."""
    notice = notice_from_dict(record_of(reader, row.id), text_of(reader, row.id))
    tasks = tracked_tasks(reader, notice=str(row.id), directory=directory)
    state = state_on(reader, day, notices=[row.id])
    standings = standings_of(tasks, state, day, rule or LightRule(), Names(lambda: directory))
    changed = {(key, piece): found.changes[-1] for (_, key, piece), found in state.items() if found.changes}
    quantities = dict(_quantities(notice, tasks)) | {
        about: read_figures(words := change.text("target"), fold(words), 0, len(words)).quantities
        for about, change in changed.items()
    }
    return Told(
        notice, row.label, day, directory, unit_keys(notice, directory), standings, state, quantities, changed
    )


def _quantities(
    notice: Notice, tasks: Iterable[TrackedTask]
) -> Iterator[tuple[tuple[str, str], tuple[Quantity, ...]]]:
    """A tracked task and the record's are the same by place: both are in the notice's order."""
    for tracked, task in zip(tasks, notice.tasks, strict=True):
        yield (tracked.key, ""), task.quantities
        for place, target in enumerate(task.targets, 1):
            yield (tracked.key, f"target:{place}"), target.quantities


def last_entry(reader: Reader) -> list[Entry]:
    """The registry's newest entry, alone in a list; none where nothing was entered."""
    columns = ", ".join(COLUMNS)
    rows = reader.rows(f"SELECT {columns} FROM progress_entry ORDER BY number DESC LIMIT 1")
    return [Entry(*row) for row in rows]


def judged(told: Told, track: Track) -> Judged:
    """Who is scored in a track, by the pack's members. Raises UsageError where nobody is told."""
    names: dict[str, str] = {}
    for member in track.members:
        if member == ROSTER:
            names |= {told.key_of(entry.text): entry.text for entry in told.notice.roster}
            continue
        group = group_of(told, member)
        if group is not None:
            names |= {unit: told.directory.units[unit].name for unit in group.members}
        elif group_words(member) is None:
            names[told.key_of(member)] = member
        else:
            raise UsageError(
                f"名录里没有“{member}”这个群体，或分不清是哪一地的", place=told.label,
                remedy=f"请在规则的 [[track]] {track.key}.members 里逐个写单位，或补单位名录（duban units）",
            )  # fmt: skip
    if not names:
        raise UsageError(
            f"不知道“{track.name}”是哪些单位", place=told.label,
            remedy=f'请在规则的 [[track]] {track.key} 写 members = ["roster"]（通知的名单）、群体或单位名称',
        )  # fmt: skip
    return Judged(track, names)


def group_of(told: Told, text: str) -> GroupEntry | None:
    """The group that these words mean in this notice; of several regions' the one whose marks the notice
    carries."""
    groups = told.directory.groups_of_text(text)
    if len(groups) > 1:
        notice = told.notice
        carried = fold("".join(word or "" for word in (notice.issuer, notice.document_number, notice.title)))
        groups = tuple(group for group in groups if any(fold(mark) in carried for mark in group.marks))
    return groups[0] if len(groups) == 1 else None


def answering(told: Told, owners: Iterable[Owner], among: Judged) -> tuple[set[str], set[str]]:
    """Keys of the judged units that answer for a piece: surely (named, or of 各市), and possibly (相关市)."""
    surely: set[str] = set()
    possibly: set[str] = set()
    for owner in owners:
        if not owner.answers:
            continue
        if owner.kind is PartyKind.UNIT:
            surely.add(owner.unit or told.key_of(owner.text))
            continue
        group = group_of(told, owner.text)
        if group is not None:
            (surely if group.certain else possibly).update(group.members)
    return surely & among.names.keys(), (possibly - surely) & among.names.keys()


def in_common(told: Told, owners: Iterable[Owner], among: Judged) -> set[str]:
    """Keys of the judged units that answer for a piece as members of a group (各市), not by their names."""
    found: set[str] = set()
    named: set[str] = set()
    for owner in owners:
        if owner.kind is PartyKind.UNIT:
            named.add(owner.unit or told.key_of(owner.text))
        elif owner.answers and (group := group_of(told, owner.text)) is not None:
            members = among.names.keys() & set(group.members)
            found |= members if len(members) > 1 else set()
    return found - named


def states_by_key(told: Told, units: Iterable[tuple[str, UnitState]]) -> dict[str, dict[str, UnitState]]:
    """What units say themselves, by their keys; what the office says for all, under ``""``."""
    found: defaultdict[str, dict[str, UnitState]] = defaultdict(dict)
    for name, state in units:
        found[told.key_of(name) if name else ""][name] = state
    return found


def word_on(states: Mapping[str, dict[str, UnitState]], key: str) -> dict[str, UnitState]:
    """What holds of a unit: its own word, or the office's for all where that is newer or the only one."""
    own, office = states.get(key, {}), states.get("", {})
    newest = max((state.newest for state in own.values()), default=0)
    return office if any(state.newest >= newest for state in office.values()) else own


def stopped(told: Told, task: TrackedTask, item: str) -> str:
    """Why the clock of a piece, or of the whole task, stands on the day; empty where it runs."""
    for piece in dict.fromkeys((item, "")):
        state = told.state.get((task.notice_id, task.key, piece))
        if state is not None and (reason := stopped_on(state, told.day)):
            return reason
    return ""


def accepted(told: Told, task: TrackedTask, piece: str) -> Callable[[str], Accepted | str]:
    """For a piece of a task: what the office holds of a unit (by key), else why there is nothing, in Chinese.

    The word on the piece as a whole goes before that on its milestones, of these the latest; what was
    found on the spot before what was accepted earlier.
    """
    state = told.state.get((task.notice_id, task.key, piece))
    if state is None:
        return lambda _: "没有进展"
    latest = sorted(state.units, key=lambda due: due or "9999", reverse=True)
    by_due = [(due, states_by_key(told, state.units[due].items())) for due in latest]

    def of_unit(key: str) -> Accepted | str:
        reason = "没有进展"
        for due, states in by_due:
            for unit in word_on(states, key).values():
                report, review = unit.accepted, unit.accepted_at or None
                if unit.verification is not None and unit.verification.number > unit.accepted_at:
                    report, review = unit.verification, None
                if report is not None:
                    return Accepted(report, review, _evidence(told, state, due, key))
                if unit.status is not None and unit.review is not None:
                    reason = f"第 {unit.status.number} 条已退回（{unit.review.text('reason')}）"
                elif unit.status is not None:
                    reason = f"第 {unit.status.number} 条尚未审核"
        return reason

    return of_unit


def _evidence(told: Told, state: PieceState, due: str, key: str) -> str:
    if not state.proofs:
        return ""
    proofs = {report.number: report for report in state.evidence(due)}
    return "、".join(
        report.text("number") or report.text("name") or f"线下 {report.text('receipt')}"
        for report in proofs.values()
        if not report.text("unit") or told.key_of(report.text("unit")) == key
    )
