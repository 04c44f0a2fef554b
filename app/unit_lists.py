"""The responsibility lists of units, as the registry has their duties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ..model import Evidence, Role
from ..model.folding import fold_name
from ..model.registry import duties_by_unit, tasks_of_unit
from ..output import Checklist, ChecklistRow, Partner
from ..output.points import plain
from .corpus import directory

if TYPE_CHECKING:
    from ..model.registry import Duty, DutyItem
    from ..model.units import UnitDirectory


#: How words of a notice are printed.
Words = Callable[[str], str]


def lists_of_all(
    target: str,
    *,
    year: int | None = None,
    notice: str | None = None,
    exact: bool = False,
    words: Words = plain,
) -> list[Checklist]:
    """A list for every unit that the registry's notices name."""
    known = directory()
    return [
        Checklist(words(load.name), rows_of(duties, load.name, words, known), year=year_of(duties))
        for load, duties in duties_by_unit(target, known, groups=not exact, year=year, notice=notice)
    ]


def list_of_unit(
    target: str,
    unit: str,
    *,
    year: int | None = None,
    notice: str | None = None,
    exact: bool = False,
    words: Words = plain,
) -> Checklist:
    """The list of one unit, called by whatever name."""
    known = directory()
    duties = tasks_of_unit(target, unit, known, exact=exact, groups=not exact, year=year, notice=notice)
    entry = known.units.get(known.resolve(unit) or "")
    name = entry.name if entry else words(unit)
    return Checklist(name, rows_of(duties, name, words, known), year=year_of(duties))


def year_of(duties: Sequence[Duty]) -> int | None:
    """The year of the list's title, where all of its notices are of one."""
    years = {duty.year for duty in duties}
    return years.pop() if len(years) == 1 else None


def rows_of(
    duties: Sequence[Duty], unit: str, words: Words = plain, known: UnitDirectory | None = None
) -> tuple[ChecklistRow, ...]:
    """Duties of ``unit`` as rows. Who leads a task sees all its items, the others those they answer for."""
    means = named(unit, known or directory())
    return tuple(_row(seq, duty, means, words) for seq, duty in enumerate(duties, 1))


def _row(seq: int, duty: Duty, means: Callable[[str], bool], words: Words) -> ChecklistRow:
    targets, measures = _items(duty.targets, duty.role), _items(duty.measures, duty.role)
    others = [party for party in duty.parties if not means(party.text) and party.text != duty.group]
    marker = duty.path[-2] if len(duty.path) > 1 else ""
    return ChecklistRow(
        seq=seq,
        notice=words(duty.title or ""),
        task=words(duty.text),
        role=duty.role,
        number=duty.number,
        document_number=duty.notice if duty.notice != duty.title else None,
        section=words(f"{marker}{duty.section}") if duty.section else "",
        targets=_item_texts(targets, duty.targets, words),
        measures=_item_texts(measures, duty.measures, words),
        deadlines=tuple(dict.fromkeys(words(d.text) for d in duty.deadlines)),
        dated_items=any(item.deadlines for item in (*targets, *measures)),
        partners=tuple(dict.fromkeys(Partner(p.role, words(p.text)) for p in others)),
        via=words(duty.group) if duty.group else None,
        possible=duty.possible,
        inherited=duty.evidence is Evidence.INHERITED,
        history=duty.history,
        source=words("".join(duty.path)),
        part=duty.path[0] if len(duty.path) > 1 else "",
    )


def named(unit: str, known: UnitDirectory) -> Callable[[str], bool]:
    """Whether a name means the unit, by the directory or to the letter."""
    folded, own = fold_name(unit), known.resolve(unit)

    @cache
    def means(name: str) -> bool:
        return fold_name(name) == folded or (own is not None and known.resolve(name) == own)

    return means


def _items(items: Sequence[DutyItem], role: Role) -> list[DutyItem]:
    own = [item for item in items if item.own]
    return list(items) if role is Role.LEAD or not own else own


def _item_texts(shown: Sequence[DutyItem], items: Sequence[DutyItem], words: Words) -> tuple[str, ...]:
    """The items' words; where others are left out, a line that says so, lest it look like a loss."""
    texts = [_item_text(item, words) for item in shown]
    if len(shown) < len(items):
        texts.append(f"（另有{len(items) - len(shown)}项由其他单位承担，从略）")
    return tuple(texts)


def _item_text(item: DutyItem, words: Words) -> str:
    named = [words(party.text) for party in item.parties if party.evidence is not Evidence.INHERITED]
    return f"{item.marker}{words(item.text)}" + (f"（{'、'.join(named)}）" if named else "")
