"""The rule pack: an office's own assessment rules as records, each number with the sentence it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

#: Which reading of each unclear sentence holds: id of the sentence to id of the reading.
Readings = Mapping[str, str]
#: Readings under which an entry of the pack exists; empty: always.
When = tuple[tuple[str, str], ...]

TOTAL, BONUS, DEDUCTION = "total", "bonus", "deduction"
#: Among a track's members: the list of units at the end of the notice.
ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Clause:
    """The sentence of an entry: its words, where they stand in the notice (None: not told), the
    requirement that asks for it."""

    quote: str
    span: tuple[int, int] | None
    rule: str


@dataclass(frozen=True, slots=True)
class Track:
    """Those who are scored together: 市, 部门. ``units``: how many the notice declares; ``members``: who they
    are, names of units or groups of the directory (各市人民政府), or :data:`ROSTER`, the notice's own
    list."""

    key: str
    name: str
    units: int | None
    methods: tuple[str, ...]
    members: tuple[str, ...]
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a track's score. The parts below one parent are summed by weight (weights sum to 1), or
    averaged where the parent has ``aggregate`` mean. ``items``: names whose scores may be given instead of
    the part's own, to be averaged. ``ballots``: evaluators' kind, ``results``: made of task results."""

    track: str
    key: str
    name: str
    parent: str
    weight: Decimal | None
    aggregate: str
    items: tuple[str, ...]
    ballots: str
    results: bool
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class BallotSetting:
    """What a valid ballot is: for the part ``part``, or (empty) for each that has none of its own. ``ties``:
    one rank may be given to several; ``scale``: the highest score."""

    part: str
    ties: bool
    scale: Decimal
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class BallotQuota:
    """Of the scores of one ballot at least ``least`` and at most ``most`` lie in ``[low, high)``: counts, or
    with ``share`` shares of the units judged. For ``part`` as in :class:`BallotSetting`."""

    part: str
    low: Decimal | None
    high: Decimal | None
    least: Decimal
    most: Decimal | None
    share: bool
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the ranks of a ballot become scores; ``form`` is linear, step or bands."""

    form: str
    top: Decimal
    bottom: Decimal
    step: Decimal
    bands: tuple[tuple[Decimal, Decimal], ...]
    ties: str
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class TaskBonus:
    """任务数量加分: ``value`` for the most tasks in a role, the others in proportion, added to ``into``."""

    track: str
    role: str
    name: str
    value: Decimal
    into: str
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item of bonus or deduction. ``mode``: each (``each`` per time), range (a mark from ``least`` to
    ``each``), proportional (``each`` for the largest amount, the others in proportion).
    ``cap`` None: the text has none. Items of one ``group`` share their cap."""

    kind: str
    code: str
    name: str
    variant: str
    each: Decimal
    least: Decimal | None
    cap: Decimal | None
    group: str
    tracks: tuple[str, ...]
    mode: str
    unit: str
    fewer_than: int | None
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """The cap of all bonus or all deduction items together; None: said to have none."""

    kind: str
    cap: Decimal | None
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A band (等次): by ``share`` of the ranks (scheme quota) or from a score on (scheme floor)."""

    scheme: str
    name: str
    share: Decimal | None
    least: Decimal | None
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with full marks of its own: a task result of this name takes ``full`` and ``method``
    (empty: told with the result) from here. ``criteria`` are the plan's words for those who score."""

    track: str
    name: str
    full: Decimal
    method: str
    criteria: tuple[str, ...]
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which method scores a task from the registry: one of a ``kind`` (:data:`KINDS`), or those of the
    numbers ``tasks``, which go first. ``settings`` are the method's."""

    track: str
    kind: str
    tasks: tuple[str, ...]
    method: str
    settings: Mapping[str, str]
    clause: Clause
    when: When = ()


#: Kinds of tasks: ``numeric`` has a figure to reach; ``comparable`` too, a rate that a group of units is
#: held to; ``qualitative`` has none.
KINDS = ("numeric", "comparable", "qualitative")


@dataclass(frozen=True, slots=True)
class Minimum:
    """Units of a track need so many indicators; what is short is supplemented from ``sources``."""

    track: str
    count: int
    sources: tuple[str, ...]
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A round of the year or a stage of the approval chain."""

    key: str
    name: str
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class NodeDeduction:
    """What a missed milestone costs: ``late``, short in ``quantity``, or returned for ``quality``."""

    key: str
    name: str
    amount: Decimal
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that no number tells; the names and values are :data:`OPTIONS`."""

    name: str
    value: str
    clause: Clause
    when: When = ()


#: Each option's values, the first the default (None: any text). See docs/scoring.md.
OPTIONS: dict[str, tuple[str, ...] | None] = {
    "task_bonus_roles": ("both", "larger"),
    "same_event": ("largest", "each"),
    "void_codes": None,
    "void_part": None,
    "rounds": ("annual", "mean"),
    "process": ("deduct", "half"),
    "above_scale": ("allowed", "cut"),
    "band_scheme": ("quota", "floor"),
    "lead": ("first", "all"),
    "shortfall": ("share", "whole", "none"),
    "supplied_nodes": ("last", "all", "none"),
    "inspection_code": None,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A rule without a number: what it asks for."""

    note: str
    clause: Clause
    when: When = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand an unclear sentence."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """An unclear sentence, its readings, the chosen one, who chose it and when (ISO date)."""

    id: str
    question: str
    readings: tuple[Reading, ...]
    chosen: str
    by: str
    on: str
    clause: Clause


T = TypeVar("T")
_CONDITIONED = frozenset(
    ("tracks", "parts", "conversions", "ballot_settings", "ballot_quotas", "task_bonus", "items", "limits",
     "bands", "indicators", "choices", "minimums", "rounds", "approval", "node_deductions", "sentences",
     "options")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RulePack:
    """A rule pack. ``place`` is its file, for messages; ``sha256`` that of the notice it was made from."""

    id: str
    title: str
    document: str
    notice: str
    sha256: str
    year: int
    scale: Decimal
    place: str = field(compare=False)
    tracks: tuple[Track, ...] = ()
    parts: tuple[Part, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    ballot_settings: tuple[BallotSetting, ...] = ()
    ballot_quotas: tuple[BallotQuota, ...] = ()
    task_bonus: tuple[TaskBonus, ...] = ()
    items: tuple[PackItem, ...] = ()
    limits: tuple[Limit, ...] = ()
    bands: tuple[Band, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    choices: tuple[Choice, ...] = ()
    minimums: tuple[Minimum, ...] = ()
    rounds: tuple[Step, ...] = ()
    approval: tuple[Step, ...] = ()
    node_deductions: tuple[NodeDeduction, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    options: tuple[Option, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    #: What a draft could not read: ``[[gap]]`` entries, each a sentence; a pack with gaps scores nothing.
    gaps: tuple[str, ...] = ()

    def chosen(self) -> dict[str, str]:
        """The readings that the office chose."""
        return {sentence.id: sentence.chosen for sentence in self.unclear}

    def under(self, readings: Readings) -> RulePack:
        """The pack with only what holds under these readings (all sentences have to be decided)."""
        kept: dict[str, Any] = {
            f.name: _holding(getattr(self, f.name), readings) for f in fields(self) if f.name in _CONDITIONED
        }
        return replace(self, **kept)

    def clauses(self) -> list[Clause]:
        """Every sentence of the pack."""
        found = [
            entry.clause for f in fields(self) if f.name in _CONDITIONED for entry in getattr(self, f.name)
        ]
        return found + [sentence.clause for sentence in self.unclear]

    def track(self, key: str) -> Track | None:
        """The track of this key."""
        return next((track for track in self.tracks if track.key == key), None)

    def children(self, track: str, parent: str) -> list[Part]:
        """The parts right below a part, in the pack's order; meant for a pack under readings."""
        return [part for part in self.parts if part.track == track and part.parent == parent]


def _holding(entries: Iterable[T], readings: Readings) -> tuple[T, ...]:
    return tuple(entry for entry in entries if all(readings[key] == value for key, value in entry.when))  # type: ignore[attr-defined]
