"""Deductions of 过程考核 and events from the registry: milestones missed, published findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal

from ..model.progress.lights import Light, Seen
from ..model.progress.sides import side_of
from ..model.progress.standings import Standing, TaskStanding
from ..model.registry.failures import intact
from ..model.registry.reader import Reader
from ..score.decimals import exactly, printed
from ..score.inputs import Event
from ..score.pack import NodeDeduction, RulePack
from ..score.results import Deduction
from ..score.trace import Origin
from .score_registry import Judged, Told, answering, states_by_key, word_on
from .score_results import reached


@exactly
def process_deductions(told: Told, pack: RulePack, among: Judged) -> dict[str, list[Deduction]]:
    """What missed milestones cost each unit (by name), by the pack's ``node_deduction`` (requirements R35).

    A milestone that has passed: ``late`` where it is not done or was done after its day, ``quantity`` instead
    where the office holds a rate below 100; ``quality`` where the newest report was returned, passed or not.
    A stopped clock costs nothing.
    """
    rules = {rule.key: rule for rule in pack.node_deductions}
    counted = next((o.value for o in pack.options if o.name == "supplied_nodes"), "last")
    found: dict[str, list[Deduction]] = {}
    for one in told.standings if rules else ():
        last = max((stone.milestone.due for stone in one.milestones), default="")
        figures: dict[str, Callable[[str], tuple[Decimal, str] | None]] = {}
        for stone in one.milestones:
            item, supplied = stone.milestone.item, stone.milestone.supplied
            if supplied and (counted == "none" or (counted == "last" and stone.milestone.due != last)):
                continue
            if item not in figures:
                figures[item] = reached(told, one.task, item, among)
            states = states_by_key(told, stone.units)
            surely, possibly = answering(told, one.task.owners(item), among)
            held = surely | (possibly & states.keys())
            for key in (key for key in among.names if key in held):
                own = word_on(states, key)
                seen = side_of(own, office=True)
                if seen.percent is None and (figure := figures[item](key)) is not None:
                    share, day = figure
                    seen = seen._replace(done=share >= 1, done_on=day, percent=share * 100)
                report = max((state.newest for state in own.values()), default=0)
                source = f"第 {report} 条" if report else f"截至 {told.day} 没有进展"
                missed = _missed(one, stone, seen, rules, source)
                found.setdefault(among.names[key], []).extend(missed)
    return found


def _missed(
    one: TaskStanding, stone: Standing, seen: Seen, rules: dict[str, NodeDeduction], source: str
) -> Iterator[Deduction]:
    """What a unit loses by one milestone, by what the office holds of it."""
    passed = stone.due < one.day and stone.verified is not Light.SUSPENDED
    late = seen.done and seen.done_on > stone.due
    if not (late or seen.returned or (passed and not seen.done)):
        return
    kind, _, number = stone.milestone.item.partition(":")
    piece = {"target": f"目标{number}", "measure": f"措施{number}"}.get(kind, "")
    basis = "" if stone.milestone.supplied else f" {stone.milestone.basis}"
    place = f"{one.task.name}{piece}{basis}（{stone.due}{'，系统补设' if stone.milestone.supplied else ''}）"
    if late and "late" in rules:
        yield _taken(rules["late"], f"{place}逾期办结（{seen.done_on}）", source)
    elif passed and not seen.done and seen.percent is not None and "quantity" in rules:
        yield _taken(rules["quantity"], f"{place}完成 {printed(seen.percent, 1)}%", source)
    elif passed and not seen.done and "late" in rules:
        yield _taken(rules["late"], f"{place}未办结", source)
    if seen.returned and "quality" in rules:
        yield _taken(rules["quality"], f"{place}退回：{seen.returned}", source)


def _taken(rule: NodeDeduction, words: str, source: str) -> Deduction:
    return Deduction(rule.amount, f"{rule.name}：{words}", Origin("entry", source))


def inspection_events(
    reader: Reader, told: Told, pack: RulePack, among: Judged, notice_id: int
) -> tuple[dict[str, list[Event]], list[str]]:
    """Findings about judged units that were published up to the day, as events of the pack's code (R57); and
    what cannot be counted, in Chinese."""
    code = next((o.value for o in pack.options if o.name == "inspection_code"), "")
    found: dict[str, list[Event]] = {}
    untold: list[str] = []
    with intact(reader.place):
        rows = reader.rows(
            "SELECT number, after FROM progress_entry WHERE kind = 'inspection' AND notice_id = :notice"
            " AND made_on <= :day AND number NOT IN (SELECT undoes FROM progress_entry"
            " WHERE undoes IS NOT NULL AND made_on <= :day) ORDER BY number",
            notice=notice_id, day=told.day,
        )  # fmt: skip
        findings = [(number, json.loads(after)) for number, after in rows]
    for number, fields in findings:
        published = fields.get("published_on")
        if not published or published > told.day:
            continue
        words = f"第 {number} 条{fields['sort']}：{fields['finding']}"
        if not code:
            untold.append(f"{words}（规则没有写 inspection_code，未计）")
        elif not fields.get("unit"):
            untold.append(f"{words}（没有写明单位，未计）")
        elif (unit := among.name_of(told.key_of(fields["unit"]))) is not None:
            event = Event(code, Decimal(1), event=f"检查{number}", place=words, evidence=words)
            found.setdefault(unit, []).append(event)
    return found, untold
