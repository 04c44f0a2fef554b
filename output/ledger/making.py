"""Making: the rows of a ledger from the tracked tasks, where they stand and what was entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...model.party import Role
from ...model.progress.milestones import Milestone
from ...model.progress.standings import Standing
from ...model.progress.state import Key, PieceState, Report
from ...model.progress.tracked import Owner, TrackedPiece, TrackedTask
from .columns import FIXED
from .held import entry_cells, piece_of
from .rows import LedgerRow, RowKey

#: Notice, task, piece and day of a milestone: where it stands.
Standings = Mapping[tuple[int, str, str, str], Standing]
_UNKNOWN = "未判定"
#: Characters of a fixed cell; the whole text is in the notice, and a row should fit on the screen.
_SOURCE, _MATTER, _PIECES = 30, 100, 90


def ledger_rows(
    tasks: Iterable[TrackedTask],
    state: Mapping[Key, PieceState],
    standings: Standings | None,
    *,
    unit: str = "",
    names: Iterable[str] = (),
) -> Iterator[LedgerRow]:
    """A row for each milestone and reporting unit, in order of the tasks, by day.

    ``unit`` makes the ledger of one unit, which the notice calls by one of ``names``; else everybody who
    leads or is responsible has a row (those who help, where nobody is), and who has reported besides.
    Without ``standings`` the lights are left open.
    """
    serial = 0
    tasks = tuple(tasks)
    several = len({task.notice_id for task in tasks}) > 1
    known = frozenset(names)
    for task in tasks:
        told = (task.notice if several or not task.section else "", task.section or "")
        source = " ".join(word for word in told if word)
        for stone in _once(task.milestones):
            key = RowKey(task.notice_id, task.key, stone.item, stone.due)
            for name in _reporters(task, stone, piece_of(state, key), unit, known):
                serial += 1
                own = RowKey(task.notice_id, task.key, stone.item, stone.due, name)
                standing = (
                    None
                    if standings is None
                    else standings.get((own.notice_id, own.task, own.piece, own.due))
                )
                yield _row(own, task, stone, state, serial=serial, source=source, standing=standing)


def _once(stones: Sequence[Milestone]) -> Iterator[Milestone]:
    """One of each piece and day: a month and a quarter end on the same day."""
    seen = set()
    for stone in stones:
        if (stone.item, stone.due) not in seen:
            seen.add((stone.item, stone.due))
            yield stone


def _reporters(
    task: TrackedTask, stone: Milestone, piece: PieceState, unit: str, known: frozenset[str]
) -> Iterable[str]:
    owners = task.owners(stone.item)
    if unit:
        return [next((owner.text for owner in owners if owner.text in known), unit)]
    answering = [owner.text for owner in owners if owner.answers] or [owner.text for owner in owners]
    return dict.fromkeys((*(answering or [""]), *sorted(piece.units.get(stone.due, {}))))


def _row(
    key: RowKey,
    task: TrackedTask,
    stone: Milestone,
    state: Mapping[Key, PieceState],
    *,
    serial: int,
    source: str,
    standing: Standing | None,
) -> LedgerRow:
    owners = task.owners(stone.item)
    basis = stone.basis
    if standing is not None and standing.due != stone.due:
        basis = f"{basis}（延至 {standing.due}）"
    fixed = {
        "serial": str(serial),
        "source": _cut(source, _SOURCE),
        "matter": _cut(f"{task.name} {task.text}", _MATTER),
        "targets": _pieces(task.targets, stone.item),
        "measures": _pieces(task.measures, stone.item),
        "lead": _names(owner for owner in owners if owner.answers),
        "support": _names(owner for owner in owners if owner.role is Role.COOPERATING),
        "unit": key.unit,
        "due": stone.due,
        "basis": basis,
        "reported": standing.reported.word if standing else _UNKNOWN,
        "verified": standing.verified.word if standing else _UNKNOWN,
        "proved": "\n".join(map(_proof, _proofs(state, key))),
        "others": "\n".join(_others(state, key)),
    }
    cells = {column.key: fixed[column.name] for column in FIXED if fixed.get(column.name)}
    cells |= {name: text for name, text in entry_cells(state, key).items() if text}
    lights = (standing.reported.value, standing.verified.value) if standing else ("", "")
    return LedgerRow(key, cells, lights)


def _pieces(pieces: Sequence[TrackedPiece], item: str) -> str:
    """The row's own piece; all of them where the row is not about one of the kind."""
    own = [piece for piece in pieces if piece.item == item]
    if item.startswith("target") and not own:
        return ""
    return _cut("\n".join(f"{piece.marker}{piece.text}" for piece in own or pieces), _PIECES)


def _cut(text: str, most: int) -> str:
    """The beginning of a text that is too long for a cell."""
    text = text.strip()
    return text if len(text) <= most else f"{text[:most].rstrip()}……"


def _names(owners: Iterable[Owner]) -> str:
    return "、".join(dict.fromkeys(owner.text for owner in owners))


def _proofs(state: Mapping[Key, PieceState], key: RowKey) -> list[Report]:
    """Evidence of the row's milestone or of its piece as a whole, of its unit or of the office."""
    piece = piece_of(state, key)
    return [
        proof
        for due in dict.fromkeys((key.due, ""))
        for proof in piece.proofs.get(due, ())
        if proof.text("unit") in (key.unit, "")
    ]


def _proof(proof: Report) -> str:
    told = proof.text("number") or proof.text("name")
    receipt = proof.text("receipt")
    return f"{proof.text('sort')} {told}" if told else f"线下收文号 {receipt}"


def _others(state: Mapping[Key, PieceState], key: RowKey) -> Iterator[str]:
    """Reports that count for the row and stand in no row's place: of the piece as a whole, of the office."""
    piece = piece_of(state, key)
    places = dict.fromkeys(((key.due, ""), ("", key.unit), ("", "")))
    for due, unit in places:
        said = piece.units.get(due, {}).get(unit)
        if said is not None and said.status is not None and (due, unit) != (key.due, key.unit):
            about = "" if due else "（整项）"
            yield f"{said.status.made_on} {said.status.who}：{said.status.value}{about}"
    plan = piece.plans.get("")
    if plan is not None and key.unit:
        told = [plan.text(field) for field in ("office", "person", "standard", "planned")]
        yield f"计划：{'，'.join(word for word in told if word)}"


def places_of(tasks: Iterable[TrackedTask]) -> frozenset[tuple[int, str, str, str]]:
    """Every milestone that a row may be about: notice, task, piece, day."""
    return frozenset(
        (task.notice_id, task.key, stone.item, stone.due) for task in tasks for stone in task.milestones
    )
