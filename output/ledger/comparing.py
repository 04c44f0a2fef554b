"""Comparing: what a returned ledger changes, between what was exported and what the registry holds now.

A cell that is as it was exported says nothing. One that was changed makes a record, unless the registry moved
on in its place since the export: then both versions are shown, and nothing is entered without being told to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ...model.progress.state import Key, PieceState
from .columns import CLEARABLE, CLEARED, ENTERED, OFFICE_PARTS, Column, Part
from .entering import Entering, Group, Outcome, Said, Today, Undone
from .findings import Note, Place
from .held import entry_cells, reports_of
from .returned import Returned, ReturnedRow
from .rows import RowKey
from .settling import Settling
from .ticket import entered_code
from .values import Unfit, meaning, plain


def compare(
    returned: Returned,
    base: Mapping[Key, PieceState],
    undone: Undone,
    today: Today,
    entering: Entering,
    *,
    moved: Mapping[Key, str] = MappingProxyType({}),
) -> Outcome:
    """What a file enters. ``base`` is the state that it was exported from, ``undone`` what was undone since,
    ``moved`` the places that are another matter since, with what became of them.

    Where there is no fault and no conflict, ``today.state`` has taken up the records.
    """
    outcome = Outcome(faults=list(returned.faults), remarks=list(returned.remarks))
    _Comparison(Settling(returned, base, undone, today, entering, outcome), moved).run()
    once = {(note.place.sheet, note.place.address, note.words): note for note in outcome.faults}
    outcome.faults = sorted(once.values(), key=lambda note: _order(note.place))
    return outcome


def _order(place: Place) -> tuple[str, int, int, str]:
    digits = "".join(sign for sign in place.address.partition(":")[0] if sign.isdigit())
    return place.sheet, int(digits or 0), len(place.address), place.address


@dataclass(slots=True)
class _Comparison:
    """The comparison of one file."""

    settling: Settling
    moved: Mapping[Key, str]
    #: What rows say of the plan that they share.
    plans: dict[RowKey, dict[str, list[Said]]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    #: Cells that the registry changed since the export and the file did not.
    kept: int = 0

    def run(self) -> None:
        """Row by row; plans, which rows of one piece share, at the end."""
        for row in self.settling.returned.rows:
            self._row(row)
        for key, group in self.plans.items():
            self.settling.plan(key, group)
        for rows, words in (
            (self.hidden, "被隐藏或筛掉，其中的改动也已读入"),
            (self.settling.rateless, "填了进展没有填完成比例，到期后仍按没有完成亮灯；已办结的请写 100"),
            (self.settling.accepted_rateless, "通过的进展没有完成比例，不算完成；已办结的请退回补填"),
        ):
            if rows:
                listed = "、".join(str(at + 1) for at in rows[:10]) + ("……" if len(rows) > 10 else "")
                told = f"第 {listed} 行{words}"
                self._remark(Place(self.settling.returned.label, self.settling.returned.sheet), told)
        if self.kept:
            words = f"有 {self.kept} 格导出后登记库已更新、本表没有改，保留登记库的内容"
            self._remark(Place(self.settling.returned.label, self.settling.returned.sheet), words)

    def _row(self, row: ReturnedRow) -> None:
        exported = entry_cells(self.settling.base, row.key)
        if entered_code(exported) != row.ticket.entered:
            words = "登记库查不到导出时的内容（登记库被恢复成旧备份？），请重新导出"
            self._fault(self.settling.returned.place(row, "fixed.key"), words)
            return
        groups: dict[Part, Group] = {}
        unfit: set[Part] = set()  # one cell's fault makes no second one of its neighbours
        for column in ENTERED:
            known = len(self.settling.outcome.faults)
            said = self._said(row, column, exported.get(column.key, ""))
            if said is not None:
                groups.setdefault(column.part, {})[column.name] = said
            if len(self.settling.outcome.faults) > known:
                unfit.add(column.part)
        if not groups:
            self._count_kept(row, exported)
            return
        if row.at in self.settling.returned.hidden:
            self.hidden.append(row.at)
        notice, task, piece, _ = _place_of(row.key)
        became = self.moved.get((notice, task, piece)) or self.moved.get((notice, task, ""))
        if became is not None:
            first = next(iter(next(iter(groups.values())).values()))
            self._fault(first.place, f"通知有了新版本，这一项{became}，不能按旧编号填报，请重新导出")
            return
        if _place_of(row.key) not in self.settling.today.places:
            first = next(iter(next(iter(groups.values())).values()))
            words = "通知的现行版本里没有这一节点了，不能再填报，请重新导出"
            self._fault(first.place, words)
            return
        fit = {part: group for part, group in groups.items() if part not in unfit}
        for name, said in fit.pop(Part.PLAN, {}).items():
            self.plans.setdefault(row.key.whole, {}).setdefault(name, []).append(said)
        self.settling.settle(row, fit)

    def _count_kept(self, row: ReturnedRow, exported: Mapping[str, str]) -> None:
        now = entry_cells(self.settling.today.state, row.key)
        self.kept += sum(now[name] != text for name, text in exported.items())

    def _said(self, row: ReturnedRow, column: Column, exported: str) -> Said | None:
        """What a cell says; None where it is as exported, or at fault."""
        cell = row.cells.get(column.key)
        if cell is None and (not exported or column.key not in self.settling.returned.columns):
            return None
        text = plain(cell)
        if text == exported:
            return None
        place = self.settling.returned.place(row, column.key)
        if column.part in OFFICE_PARTS and not self.settling.entering.office:
            self._fault(place, "由督查室填写，填报单位不能改；督查室导入请加 --role office")
            return None
        if cell is None or not text:
            self._fault(place, self._emptied(row, column, exported))
            return None
        if text == CLEARED:
            if column in CLEARABLE:
                return Said(place, row.at, "")
            self._fault(place, f"这一列不能清空；要撤回的请用 {self._undo(row, column)} 撤销")
            return None
        value = meaning(column, cell)
        if isinstance(value, Unfit):
            self.settling.outcome.faults.append(Note(place, value.words, value.classified))
            return None
        if value.text == exported:
            return None
        if value.remark:
            self._remark(place, value.remark)
        return Said(place, row.at, value.text)

    def _emptied(self, row: ReturnedRow, column: Column, exported: str) -> str:
        if column in CLEARABLE:
            return f"原有“{_short(exported)}”，现为空白：要清空请填“{CLEARED}”二字，不改请恢复原内容"
        undo = self._undo(row, column)
        return f"原有“{_short(exported)}”，现为空白：要撤回请用 {undo} 撤销，不改请恢复原内容"

    def _undo(self, row: ReturnedRow, column: Column) -> str:
        report = reports_of(self.settling.base, row.key).get(column.part)
        return f"duban progress undo {report.number}" if report else "duban progress undo"

    def _fault(self, place: Place, words: str) -> None:
        self.settling.outcome.faults.append(Note(place, words))

    def _remark(self, place: Place, words: str) -> None:
        self.settling.outcome.remarks.append(Note(place, words))


def _place_of(key: RowKey) -> tuple[int, str, str, str]:
    return key.notice_id, key.task, key.piece, key.due


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:30]}…"
