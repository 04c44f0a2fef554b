"""Four-ness (四化四可, R29): whether a task can be followed, and what the office has to add first.

工作项目化、项目目标化、目标节点化、节点责任化; 可量化、可考核、可查验、可追责 (辽政办发〔2018〕10号).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..party import PartyKind, Role
from ..registry.failures import intact
from ..registry.reader import Reader
from ..units import UnitDirectory
from .state import Key, PieceState, Report, state_on
from .tracked import TrackedTask, tracked_tasks

#: Each demand with what to do where it is not met.
DEMANDS = MappingProxyType(
    {
        "项目化": "没有列出工作举措，请补充措施",
        "目标化": "没有目标，请补充年度目标",
        "节点化": "没有时间节点，按季度系统补设，请确认",
        "责任化": "有事项没有明确的责任单位",
        "可量化": "目标没有数量，请补充计划值",
        "可考核": "没有完成标准，请补充怎样算完成",
        "可查验": "没有可查验的成果，请在完成标准里写明成果或数据",
        "可追责": "没有落实到处室和责任人",
    }
)


@dataclass(frozen=True, slots=True)
class Fourfold:
    """A task with the demands that it does not meet, each with what is missing, in the order of DEMANDS."""

    task: TrackedTask
    missing: Mapping[str, str]

    @property
    def whole(self) -> bool:
        """Whether it meets all of them."""
        return not self.missing


def fourfold(
    reader: Reader,
    day: str,
    *,
    notice: str | None = None,
    unit: str | None = None,
    section: str | None = None,
    directory: UnitDirectory | None = None,
) -> tuple[Fourfold, ...]:
    """The tasks with what each of them lacks, by the notice and by the plans entered up to ``day``.

    Raises the kinds of RegistryError.
    """
    tasks = tracked_tasks(reader, notice=notice, unit=unit, section=section, directory=directory)
    state = state_on(reader, day, notices={task.notice_id for task in tasks})
    measured = _measured(reader, {task.notice_id for task in tasks})
    return tuple(
        Fourfold(task, _missing(task, _plans(task, state), measured.get((task.notice_id, task.path), 0)))
        for task in tasks
    )


def _missing(task: TrackedTask, plans: list[Report], quantities: int) -> Mapping[str, str]:
    def planned(*names: str) -> bool:
        return any(plan.text(name) for plan in plans for name in names)

    measurable = bool(quantities) or planned("planned")
    dated = any(not stone.supplied for stone in task.milestones)
    ownerless = [piece for piece in task.pieces if not _answered(task, piece.item)]
    met = {
        "项目化": bool(task.measures),
        "目标化": bool(task.targets) or measurable,
        "节点化": dated,
        "责任化": _answered(task, "") and not ownerless,
        "可量化": measurable,
        "可考核": planned("standard") or (measurable and dated),
        "可查验": planned("standard") or measurable,
        "可追责": _leads(task) and planned("office", "person"),
    }
    found = {name: DEMANDS[name] for name, holds in met.items() if not holds}
    if "责任化" in found and ownerless:
        found["责任化"] += "：" + "、".join(piece.marker or piece.item for piece in ownerless[:5])
    if "可追责" in found and not _leads(task):
        found["可追责"] = "有多个责任单位而没有牵头单位，请明确谁牵头"
    return MappingProxyType(found)


def _answered(task: TrackedTask, item: str) -> bool:
    """Whether a unit, not only a group of them, answers for the piece; for the task itself, or all its
    pieces."""
    owners = task.owners(item)
    if any(owner.answers and owner.kind is PartyKind.UNIT for owner in owners):
        return True
    return not item and bool(task.pieces) and all(_answered(task, piece.item) for piece in task.pieces)


def _leads(task: TrackedTask) -> bool:
    """Whether it is clear who is called to account: a lead, or one unit alone."""
    answering = [owner for owner in task.parties if owner.answers]
    return any(owner.role is Role.LEAD for owner in answering) or len(answering) == 1


def _plans(task: TrackedTask, state: dict[Key, PieceState]) -> list[Report]:
    found: list[Report] = []
    for item in ("", *(piece.item for piece in task.pieces)):
        piece = state.get((task.notice_id, task.key, item))
        found += piece.plans.values() if piece else ()
    return found


def _measured(reader: Reader, notices: Iterable[int]) -> dict[tuple[int, tuple[str, ...]], int]:
    """How many quantities the record has for each task and its items, by notice and path."""
    listed = ", ".join(map(str, notices)) or "NULL"
    found: dict[tuple[int, tuple[str, ...]], int] = {}
    with intact(reader.place):
        for notice, record in reader.rows(
            f"SELECT notice_id, record FROM notice_version WHERE is_current AND notice_id IN ({listed})"
        ):
            for task in json.loads(record)["tasks"]:
                holders = (task, *task["targets"], *task["measures"])
                found[notice, tuple(task["path"])] = sum(len(holder["quantities"]) for holder in holders)
    return found
