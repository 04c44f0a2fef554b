"""Held: what the registry holds for the entry cells of a row, from the state of its piece."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.progress.state import Key, PieceState, Report, UnitState
from .columns import ACCEPTED, OF_PART, RETURNED, Part, Sort
from .rows import RowKey
from .values import percent, shown

_NOTHING = PieceState()
_SILENT = UnitState()
#: Part of a ledger and the entry that fills it.
Reports = Mapping[Part, Report | None]


def piece_of(state: Mapping[Key, PieceState], key: RowKey) -> PieceState:
    """The state of the row's piece."""
    return state.get((key.notice_id, key.task, key.piece), _NOTHING)


def reports_of(state: Mapping[Key, PieceState], key: RowKey) -> Reports:
    """The entries that stand in exactly this row's place: its milestone and unit; for the plan, its unit."""
    piece = piece_of(state, key)
    said = piece.units.get(key.due, {}).get(key.unit, _SILENT)
    return {
        Part.PLAN: piece.plans.get(key.unit),
        Part.STATUS: said.status,
        Part.REVIEW: said.review,
        Part.VERIFICATION: said.verification,
    }


def texts_of(part: Part, report: Report | None) -> dict[str, str]:
    """What the part's columns show of an entry, by the record's field."""
    if report is None or part is Part.PROOF:
        return {column.name: "" for column in OF_PART[part]}
    found = {}
    for column in OF_PART[part]:
        if column.name == "accepted":
            found[column.name] = ACCEPTED if report.fields["accepted"] else RETURNED
        elif column.sort is Sort.PERCENT:
            told = report.text(column.name)
            found[column.name] = percent(told) if told else ""
        else:
            found[column.name] = shown(report.text(column.name))
    return found


def entry_cells(state: Mapping[Key, PieceState], key: RowKey) -> dict[str, str]:
    """The texts of a row's entry cells by column key; those of new evidence are always blank."""
    reports = reports_of(state, key)
    return {
        f"{part}.{field}": text
        for part, report in reports.items()
        for field, text in texts_of(part, report).items()
    }


def proofs_of(state: Mapping[Key, PieceState], key: RowKey) -> list[Report]:
    """The evidence that stands in exactly this row's place."""
    return [proof for proof in piece_of(state, key).proofs.get(key.due, ()) if proof.text("unit") == key.unit]
