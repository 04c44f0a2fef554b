"""Kinds of official documents that `duban report` makes, each in a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .job import Job, Prepared


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: module of this package with ``documents(job)``, and the length guard of its text.

    ``most`` is 5,000 characters for a document on the whole, 4,000 for one on a single matter
    (整治形式主义为基层减负若干规定, 2024), None for a text that is not ours to shorten.
    """

    module: str
    words: str
    most: int | None = 5000

    def documents(self) -> Callable[[Job], Iterable[Prepared]]:
        """The function that prepares the kind's documents; its module is loaded only now."""
        from importlib import import_module

        found: Callable[[Job], Iterable[Prepared]] = import_module(f".{self.module}", __package__).documents
        return found


#: Other names of kinds.
ALIASES = MappingProxyType({"notice": "通知原文"})
KINDS = MappingProxyType(
    {
        "任务清单": Kind("task_list", "tasks of a notice, whole, of a unit or of a part"),
        "考评结果通报": Kind("result_notice", "results of an appraisal"),
        "督查台账": Kind("supervision_ledger", "every milestone with its light, progress and evidence"),
        "督查通报": Kind("progress_notice", "five classes, what is overdue, what was returned"),
        "催办单": Kind("reminder", "a sheet for each matter: blue, yellow or red", 4000),
        "中期评估通报": Kind("midterm_notice", "four classes, the pace needed, where it leads"),
        "年底绩效对账": Kind("reconciliation", "promised words against results, line by line"),
        "扣分告知": Kind("deduction_letter", "what a unit lost, why, and how to object", 4000),
        "时间表": Kind("timetable", "months × tasks, with a picture"),
        "路线图": Kind("roadmap", "chains of nodes by part and task, with a picture"),
        "通知原文": Kind("original", "the notice itself, set again", None),
        "责任清单": Kind("duty_lists", "who answers for what: whole, of a part, of a unit or of each unit"),
        "任务书": Kind("task_books", "a unit's tasks as forms to be filled in and signed", 4000),
    }
)
