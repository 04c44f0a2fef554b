"""Comparing: what a returned ledger changes, between what was exported and what the registry holds now.

A cell that is as it was exported says nothing. One that was changed makes a record, unless the registry moved
on in its place since the export: then both versions are shown, and nothing is entered without being told to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from ...model.errors import ProgressError
from ...model.progress.identity import Identity
from ...model.progress.records import Plan, Proof, Record, Review, Status, Verification, is_done
from ...model.progress.state import Key, PieceState, Report, UnitState
from .columns import (
    ACCEPTED,
    BY_KEY,
    CLEARABLE,
    CLEARED,
    ENTERED,
    OFFICE_PARTS,
    OFFLINE,
    RETURNED,
    Column,
    Part,
)
from .findings import Change, Conflict, Note, Place
from .held import entry_cells, proofs_of, reports_of, texts_of
from .returned import Returned, ReturnedRow
from .rows import RowKey
from .ticket import entered_code
from .values import Unfit, meaning, plain

#: A document's number is one line of a title.
_MOST_NUMBER = 200
State = dict[Key, PieceState]
#: Part and row of what was undone: number of the newest undoing.
Undone = Mapping[tuple[str, RowKey], int]


@dataclass(frozen=True, slots=True)
class Today:
    """The registry as it is: ``state`` takes up what the files before this one enter, ``last`` is the number
    of its last entry. ``places`` are the milestones there are (notice, task, piece, day)."""

    state: State
    last: int
    places: frozenset[tuple[int, str, str, str]]

    def after(self, count: int) -> Today:
        """The same, once so many records were taken up."""
        return replace(self, last=self.last + count)


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters for which role on which day; ``force``: also over what the registry took up since."""

    who: str
    on: str
    office: bool = False
    force: bool = False


@dataclass(slots=True)
class Outcome:
    """What comes of a file: records to be entered in order, and what is to be told."""

    records: list[tuple[Identity, Record]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Said:
    """A changed cell: where, in which row of the sheet, and its value."""

    place: Place
    at: int
    text: str


_Group = dict[str, _Said]


def compare(
    returned: Returned, base: Mapping[Key, PieceState], undone: Undone, today: Today, entering: Entering
) -> Outcome:
    """What a file enters. ``base`` is the state that it was exported from, ``undone`` what was undone since.

    Where there is no fault and no conflict, ``today.state`` has taken up the records.
    """
    outcome = Outcome(faults=list(returned.faults), remarks=list(returned.remarks))
    comparison = _Comparison(returned, base, undone, today, entering, outcome)
    comparison.run()
    once = {(note.place.sheet, note.place.address, note.words): note for note in outcome.faults}
    outcome.faults = sorted(once.values(), key=lambda note: _order(note.place))
    return outcome


def _order(place: Place) -> tuple[str, int, int, str]:
    digits = "".join(sign for sign in place.address.partition(":")[0] if sign.isdigit())
    return place.sheet, int(digits or 0), len(place.address), place.address


@dataclass(slots=True)
class _Comparison:
    """The comparison of one file."""

    returned: Returned
    base: Mapping[Key, PieceState]
    undone: Undone
    today: Today
    entering: Entering
    outcome: Outcome
    #: What rows say of the plan that they share.
    plans: dict[RowKey, dict[str, list[_Said]]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    #: Cells that the registry changed since the export and the file did not.
    kept: int = 0

    def run(self) -> None:
        """Row by row; plans, which rows of one piece share, at the end."""
        for row in self.returned.rows:
            self._row(row)
        for key, group in self.plans.items():
            self._plan(key, group)
        if self.hidden:
            listed = "、".join(str(at + 1) for at in self.hidden[:10]) + (
                "……" if len(self.hidden) > 10 else ""
            )
            words = f"第 {listed} 行被隐藏或筛掉，其中的改动也已读入"
            self._remark(Place(self.returned.label, self.returned.sheet), words)
        if self.kept:
            words = f"有 {self.kept} 格导出后登记库已更新、本表没有改，保留登记库的内容"
            self._remark(Place(self.returned.label, self.returned.sheet), words)

    def _row(self, row: ReturnedRow) -> None:
        exported = entry_cells(self.base, row.key)
        if entered_code(exported) != row.ticket.entered:
            words = "登记库查不到导出时的内容（登记库被恢复成旧备份？），请重新导出"
            self._fault(self.returned.place(row, "fixed.key"), words)
            return
        groups: dict[Part, _Group] = {}
        unfit: set[Part] = set()
        for column in ENTERED:
            known = len(self.outcome.faults)
            said = self._said(row, column, exported.get(column.key, ""))
            if said is not None:
                groups.setdefault(column.part, {})[column.name] = said
            if len(self.outcome.faults) > known:
                unfit.add(column.part)
        if not groups:
            self._count_kept(row, exported)
            return
        if row.at in self.returned.hidden:
            self.hidden.append(row.at)
        if _place_of(row.key) not in self.today.places:
            first = next(iter(next(iter(groups.values())).values()))
            words = "通知的现行版本里没有这一节点了，不能再填报，请重新导出"
            self._fault(first.place, words)
            return
        for part, group in groups.items():
            if part in unfit:
                continue  # one cell's fault makes no second one of its neighbours
            match part:
                case Part.PLAN:
                    shared = self.plans.setdefault(row.key.whole, {})
                    for name, said in group.items():
                        shared.setdefault(name, []).append(said)
                case Part.STATUS:
                    self._status(row, group)
                case Part.PROOF:
                    self._proof(row, group)
                case Part.REVIEW:
                    self._review(row, group, reports_to_come=Part.STATUS in groups)
                case Part.VERIFICATION:
                    self._verification(row, group)

    def _count_kept(self, row: ReturnedRow, exported: Mapping[str, str]) -> None:
        now = entry_cells(self.today.state, row.key)
        self.kept += sum(now[name] != text for name, text in exported.items())

    def _said(self, row: ReturnedRow, column: Column, exported: str) -> _Said | None:
        """What a cell says; None where it is as exported, or at fault."""
        cell = row.cells.get(column.key)
        text = plain(cell)
        if text == exported:
            return None
        place = self.returned.place(row, column.key)
        if column.part in OFFICE_PARTS and not self.entering.office:
            self._fault(place, "由督查室填写，填报单位不能改；督查室导入请加 --role office")
            return None
        if cell is None or not text:
            self._fault(place, self._emptied(row, column, exported))
            return None
        if text == CLEARED:
            if column in CLEARABLE:
                return _Said(place, row.at, "")
            self._fault(place, f"这一列不能清空；要撤回的请用 {self._undo(row, column)} 撤销")
            return None
        value = meaning(column, cell)
        if isinstance(value, Unfit):
            self.outcome.faults.append(Note(place, value.words, value.classified))
            return None
        if value.text == exported:
            return None
        if value.remark:
            self._remark(place, value.remark)
        return _Said(place, row.at, value.text)

    def _emptied(self, row: ReturnedRow, column: Column, exported: str) -> str:
        if column in CLEARABLE:
            return f"原有“{_short(exported)}”，现为空白：要清空请填“{CLEARED}”二字，不改请恢复原内容"
        undo = self._undo(row, column)
        return f"原有“{_short(exported)}”，现为空白：要撤回请用 {undo} 撤销，不改请恢复原内容"

    def _undo(self, row: ReturnedRow, column: Column) -> str:
        report = reports_of(self.base, row.key).get(column.part)
        return f"duban progress undo {report.number}" if report else "duban progress undo"

    # The parts of a row.

    def _status(self, row: ReturnedRow, group: _Group) -> None:
        settled = self._settle(Part.STATUS, row.key, group)
        if settled is None:
            return
        pending, texts = settled
        anywhere = next(iter(pending.values())).place
        if not texts["value"]:
            self._fault(self.returned.place(row, "status.value"), "填了别的，没有填进展")
            return
        if texts["completed_on"]:
            said = pending.get("completed_on")
            if not is_done(texts["percent"]):
                where = said or pending.get("percent")
                self._fault(where.place if where else anywhere, "有办结日而完成比例不到 100，请核对")
                return
            if said is not None and texts["completed_on"] > self.entering.on:
                self._fault(said.place, f"办结日晚于登记日期 {self.entering.on}，请核对")
                return
        self._enter(
            row.key, Part.STATUS, pending,
            partial(Status,
                texts["value"], texts["note"], texts["percent"], row.key.due, row.key.unit,
                texts["problem"], texts["next_step"], texts["completed_on"] or None,
            ),
        )  # fmt: skip

    def _verification(self, row: ReturnedRow, group: _Group) -> None:
        settled = self._settle(Part.VERIFICATION, row.key, group)
        if settled is None:
            return
        pending, texts = settled
        if not texts["value"]:
            self._fault(self.returned.place(row, "verification.value"), "填了核验比例，没有填核验结果")
            return
        now = reports_of(self.today.state, row.key)[Part.VERIFICATION]
        note = now.text("note") if now else ""
        self._enter(
            row.key, Part.VERIFICATION, pending,
            partial(Verification, texts["value"], note, texts["percent"], row.key.due, row.key.unit),
        )  # fmt: skip

    def _review(self, row: ReturnedRow, group: _Group, *, reports_to_come: bool) -> None:
        was = reports_of(self.base, row.key)[Part.STATUS]
        status = reports_of(self.today.state, row.key)[Part.STATUS]
        anywhere = next(iter(group.values())).place
        if reports_to_come:
            self._fault(anywhere, "同一行的进展也改了：请先导入进展，重新导出后再审核")
            return
        if was is None:
            self._fault(anywhere, "这一行没有报进展，无从审核")
            return
        moved = status is None or status.number != was.number
        settled = self._settle(Part.REVIEW, row.key, group, moved_to=status if moved else None, moved=moved)
        if settled is None:
            return
        pending, texts = settled
        if status is None:
            self._fault(anywhere, "所审核的进展已经撤销，无从审核")
            return
        if not texts["accepted"]:
            self._fault(self.returned.place(row, "review.accepted"), "有审核意见，没有选通过或退回")
            return
        if texts["accepted"] == RETURNED and not texts["reason"]:
            self._fault(self.returned.place(row, "review.reason"), "退回没有写理由")
            return
        self._enter(
            row.key, Part.REVIEW, pending,
            partial(Review, status.number, texts["accepted"] == ACCEPTED, texts["reason"]),
        )  # fmt: skip

    def _plan(self, key: RowKey, shared: Mapping[str, list[_Said]]) -> None:
        group: _Group = {}
        for name, said in shared.items():
            if len({one.text for one in said}) > 1:
                listed = "、".join(one.place.address for one in said)
                for one in said:
                    self._fault(one.place, f"同一事项几行填得不一样（{listed}），请统一")
                return
            group[name] = said[0]
        settled = self._settle(Part.PLAN, key, group)
        if settled is None:
            return
        pending, texts = settled
        if not any(texts.values()):
            place = next(iter(pending.values())).place
            self._fault(place, "处室、责任人、完成标准、计划值都清空了；要撤回请用 duban progress undo 撤销")
            return
        self._enter(key, Part.PLAN, pending, partial(Plan, key.unit, **texts))

    def _proof(self, row: ReturnedRow, group: _Group) -> None:
        sort, numbers = group.get("sort"), group.get("number")
        if numbers is None:
            if sort is not None:
                self._fault(self.returned.place(row, "proof.number"), "选了佐证种类，没有填佐证编号")
            return
        if sort is None:
            self._fault(self.returned.place(row, "proof.sort"), "填了佐证编号，没有选佐证种类")
            return
        there = {
            (proof.text("number"), proof.text("receipt")) for proof in proofs_of(self.today.state, row.key)
        }
        for number in dict.fromkeys(line.strip() for line in numbers.text.split("\n")):
            told = ("", number) if sort.text == OFFLINE else (number, "")
            if not number or told in there:
                continue
            if len(number) > _MOST_NUMBER:
                self._fault(
                    numbers.place, f"一份材料有 {len(number)} 字，至多 {_MOST_NUMBER} 字；几份请分行写"
                )
                return
            undo = self.undone.get((f"proof {told[0]}|{told[1]}", row.key), 0)
            if undo and not self.entering.force:
                self._conflict(row.key, numbers, "佐证编号", ("", f"（第 {undo} 条已撤销）", ""))
                continue
            kind = "其他" if sort.text == OFFLINE else sort.text
            said = {"number": replace(numbers, text=number)}
            about = {"due": row.key.due, "unit": row.key.unit}
            self._enter(
                row.key, Part.PROOF, said,
                partial(Proof, kind, number=told[0], receipt=told[1], **about),
            )  # fmt: skip

    # What stands, and what is to be.

    def _settle(
        self,
        part: Part,
        key: RowKey,
        group: _Group,
        *,
        moved: bool = False,
        moved_to: Report | None = None,
    ) -> tuple[_Group, dict[str, str]] | None:
        """The cells that are still to be entered, and all texts of the record as they are to be; None where
        nothing is left to do, or the registry moved on."""
        before = texts_of(part, reports_of(self.base, key).get(part))
        report = reports_of(self.today.state, key).get(part)
        now = texts_of(part, report)
        pending = {name: said for name, said in group.items() if said.text != now[name]}
        if not pending:
            return None
        told = {name: group[name].text if name in group else text for name, text in before.items()}
        others = [name for name in now if now[name] not in (before[name], told[name])]
        undo = self.undone.get((part, key), 0)
        # a review is of the very report that was shown: it never goes to another one
        if moved or ((others or undo) and not self.entering.force):
            by = moved_to or report
            signed = f"{by.who} {by.made_on} 第 {by.number} 条" if by else f"第 {undo} 条撤销"
            for name in dict.fromkeys((*pending, *others)):
                column = BY_KEY[f"{part}.{name}"]
                said = next(iter(pending.values()))
                place = self.returned.place(said.at, column.key)
                versions = (before[name], now[name], signed)
                self._conflict(key, _Said(place, said.at, told[name]), column.head, versions)
            return None
        whole = {
            name: report.text(name) if report and name != "accepted" else text for name, text in now.items()
        }
        return pending, {**whole, **{name: said.text for name, said in pending.items()}}

    def _enter(self, key: RowKey, part: Part, pending: _Group, make: Callable[[], Record]) -> None:
        """Note the record and what it changes, and take it up in today's state."""
        place = next(iter(pending.values())).place
        try:
            record: Record = make()
        except ProgressError as error:  # what the columns' own checks let through
            self.outcome.faults.append(Note(place, f"{error.message}；{error.remedy}"))
            return
        now = texts_of(part, reports_of(self.today.state, key).get(part))
        for name, said in pending.items():
            column = BY_KEY[f"{part}.{name}"]
            self.outcome.changes.append(
                Change(said.place, key.label, column.head, now.get(name, ""), said.text)
            )
        self.outcome.records.append((key.identity, record))
        report = Report(
            self.today.last + len(self.outcome.records),
            record.kind, self.entering.who, self.entering.on, record.payload(),
        )  # fmt: skip
        take_up(self.today.state, key, part, report)

    def _conflict(self, key: RowKey, said: _Said, head: str, versions: tuple[str, str, str]) -> None:
        exported, now, by = versions
        self.outcome.conflicts.append(Conflict(said.place, key.label, head, exported, now, by, said.text))

    def _fault(self, place: Place, words: str) -> None:
        self.outcome.faults.append(Note(place, words))

    def _remark(self, place: Place, words: str) -> None:
        self.outcome.remarks.append(Note(place, words))


def take_up(state: State, key: RowKey, part: Part, report: Report) -> None:
    """Put a new entry into a state, where reading the registry again would find it."""
    about = (key.notice_id, key.task, key.piece)
    piece = state.setdefault(about, PieceState())
    if part is Part.PLAN:
        piece.plans[key.unit] = report
    elif part is Part.PROOF:
        piece.proofs.setdefault(key.due, []).append(report)
    else:
        said = piece.units.setdefault(key.due, {}).setdefault(key.unit, UnitState())
        if part is Part.STATUS:
            said.status, said.review = report, None
        elif part is Part.REVIEW:
            said.review = report
        else:
            said.verification = report


def _place_of(key: RowKey) -> tuple[int, str, str, str]:
    return key.notice_id, key.task, key.piece, key.due


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:30]}…"
