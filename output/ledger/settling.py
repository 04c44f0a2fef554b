"""Settling: the changed cells of a row become records, where they fit and the registry has not moved on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from ...model.errors import ProgressError
from ...model.progress.records import Plan, Proof, Record, Review, Status, Verification, is_done
from ...model.progress.state import Key, PieceState, Report, UnitState
from .columns import ACCEPTED, BY_KEY, OFFLINE, RETURNED, Part
from .entering import Entering, Group, Outcome, Said, State, Today, Undone
from .findings import Change, Conflict, Note, Place
from .held import proofs_of, reports_of, texts_of
from .returned import Returned, ReturnedRow
from .rows import RowKey

#: A document's number is one line of a title.
_MOST_NUMBER = 200


@dataclass(slots=True)
class Settling:
    """Settles the groups of cells of one file; what comes of them stands in ``outcome``."""

    returned: Returned
    base: Mapping[Key, PieceState]
    undone: Undone
    today: Today
    entering: Entering
    outcome: Outcome
    #: Rows whose report, or accepted report, tells no completion rate.
    rateless: list[int] = field(default_factory=list)
    accepted_rateless: list[int] = field(default_factory=list)

    def settle(self, row: ReturnedRow, groups: Mapping[Part, Group]) -> None:
        """The records of one row; its plan, which other rows share, aside."""
        for part, group in groups.items():
            match part:
                case Part.STATUS:
                    self._status(row, group)
                case Part.PROOF:
                    self._proof(row, group)
                case Part.REVIEW:
                    self._review(row, group, reports_to_come=Part.STATUS in groups)
                case Part.VERIFICATION:
                    self._verification(row, group)

    def _status(self, row: ReturnedRow, group: Group) -> None:
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
        if not texts["percent"]:
            self.rateless.append(row.at)
        self._enter(
            row.key, Part.STATUS, pending,
            partial(Status,
                texts["value"], texts["note"], texts["percent"], row.key.due, row.key.unit,
                texts["problem"], texts["next_step"], texts["completed_on"] or None,
            ),
        )  # fmt: skip

    def _verification(self, row: ReturnedRow, group: Group) -> None:
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

    def _review(self, row: ReturnedRow, group: Group, *, reports_to_come: bool) -> None:
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
        if texts["accepted"] == ACCEPTED and status.percent is None:
            self.accepted_rateless.append(row.at)
        self._enter(
            row.key, Part.REVIEW, pending,
            partial(Review, status.number, texts["accepted"] == ACCEPTED, texts["reason"]),
        )  # fmt: skip

    def plan(self, key: RowKey, shared: Mapping[str, list[Said]]) -> None:
        """The plan of a piece and unit from the cells of all its rows."""
        group: Group = {}
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

    def _proof(self, row: ReturnedRow, group: Group) -> None:
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
        group: Group,
        *,
        moved: bool = False,
        moved_to: Report | None = None,
    ) -> tuple[Group, dict[str, str]] | None:
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
                self._conflict(key, Said(place, said.at, told[name]), column.head, versions)
            return None
        whole = {
            name: report.text(name) if report and name != "accepted" else text for name, text in now.items()
        }
        return pending, {**whole, **{name: said.text for name, said in pending.items()}}

    def _enter(self, key: RowKey, part: Part, pending: Group, make: Callable[[], Record]) -> None:
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
                Change(said.place, self._label(key), column.head, now.get(name, ""), said.text)
            )
        self.outcome.records.append((key.identity, record))
        report = Report(
            self.today.last + len(self.outcome.records),
            record.kind, self.entering.who, self.entering.on, record.payload(),
        )  # fmt: skip
        take_up(self.today.state, key, part, report)

    def _conflict(self, key: RowKey, said: Said, head: str, versions: tuple[str, str, str]) -> None:
        exported, now, by = versions
        self.outcome.conflicts.append(
            Conflict(said.place, self._label(key), head, exported, now, by, said.text)
        )

    def _label(self, key: RowKey) -> str:
        """The row for people; with its notice's number where the ledger is of several."""
        several = len(self.returned.ticket.notices) > 1
        return f"通知{key.notice_id} {key.label}" if several else key.label

    def _fault(self, place: Place, words: str) -> None:
        self.outcome.faults.append(Note(place, words))


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
