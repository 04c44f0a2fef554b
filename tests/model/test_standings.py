"""Where tasks stand on a day: lights of both sides, one case one line, and the laws that hold for all."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from duban.model import Deadline, Item, Span
from duban.model.errors import ProgressError
from duban.model.progress.identity import Identity
from duban.model.progress.lights import GRAVEST, Light, LightRule, read_light_rule
from duban.model.progress.log import Draft, append, undo
from duban.model.progress.records import (
    ClockStop,
    Plan,
    Proof,
    Record,
    Review,
    Status,
    TargetChange,
    Verification,
)
from duban.model.progress.standings import TaskStanding, standings_of, task_standings
from duban.model.progress.state import state_on
from duban.model.progress.summary import (
    Class,
    Outlook,
    class_of,
    five_classes,
    forecasts,
    midterm_classes,
    outlook_of,
    reminders,
    shares,
)
from duban.model.progress.tracked import tracked_tasks
from duban.model.registry import open_registry, reading
from duban.model.registry.store import Registry
from hypothesis import given
from hypothesis import strategies as st
from notice_builder import build, raw_of
from sqlalchemy import text

#: Task 1: due at the end of June. Task 2: its measure at the end of March and of September. Task 3: nothing.
LAYOUT = """
1.减税。(责任:省财政厅、省税务局)
2.春耕。(责任:省农业厅)
措施 ①备耕。
3.修路。(责任:省交通厅)
"""
#: What the office supplied itself is no deadline.
MILD = LightRule(quarter=Light.YELLOW)
RULES = Path(__file__).resolve().parents[2] / "corpus" / "lights.toml"


def filled(path: str | Path) -> Registry:
    notice = build(LAYOUT, document_number="辽政发〔2021〕6号", year=2021, issued_on="2021-01-01")
    first, second, third = notice.tasks
    june = Deadline(Span(0, 1), "6月底前", "2021-06-01", "2021-06-30")
    march = Deadline(Span(0, 1), "3月底前", None, "2021-03-31")
    autumn = Deadline(Span(0, 1), "9月底前", None, "2021-09-30")
    item: Item = replace(second.measures[0], deadlines=(march, autumn))
    tasks = (replace(first, deadlines=(june,)), replace(second, measures=(item,)), third)
    registry = open_registry(path)
    registry.ingest(replace(notice, tasks=tasks), raw_of(notice))
    return registry


STEP = re.compile(
    r"(?:(s|v)(\d*)(?::([^/@]+))?(?:/([\d-]+))?|(ok|no)|stop([\d-]+)\.\.([\d-]*)|move([\d-]+)>([\d-]+))@([\d-]+)"
)


def day(text: str) -> str:
    return f"2021-{text}"


def enter(registry: Registry, steps: str, task: str = "1", piece: str = "") -> None:
    """``s50@05-01`` a report of 50 %, ``s50:省税务局/06-30@…`` a unit's of one milestone, ``v`` found on the
    spot, ``ok`` and ``no`` the review of the newest report, ``stop03-01..04-01``, ``move06-30>08-31``;
    ``@`` the day."""
    last = 0
    for step in steps.split():
        match = STEP.fullmatch(step)
        assert match, step
        kind, percent, unit, due, review, since, until, old, new, made = match.groups()
        record: Record
        if kind:
            sort = Status if kind == "s" else Verification
            record = sort("办了", percent=percent, unit=unit or "", due=day(due) if due else "")
        elif review:
            record = Review(last, accepted=review == "ok", reason="材料不全")
        elif since:
            record = ClockStop(day(since), day(until) if until else None, "待国家批复")
        else:
            record = TargetChange("延期", day(made), "辽政〔2021〕9号", day(old), day(new))
        entry = append(registry, [Draft(Identity(1, task, piece), record, "张三", day(made))])[0]
        if kind == "s":
            last = entry.number


def standing(path: str | Path, on: str, task: int = 0, rule: LightRule | None = None) -> TaskStanding:
    with reading(path) as reader:
        return task_standings(reader, day(on), rule=rule)[task]


@pytest.mark.parametrize(
    ("steps", "on", "lights"),
    [
        # nothing entered: not yet, soon, on the day, passed
        ("", "06-22", "grey/grey 未到期"),
        ("", "06-23", "blue/blue 7天内到期"),
        ("", "06-30", "blue/blue 今日到期"),
        ("", "07-01", "red/red 逾期1天"),
        # done by the unit's word, not yet by the office's
        ("s100@06-20", "06-29", "done/blue 1天内到期，自报已完成，待审核"),
        ("s100@06-20", "07-02", "done/red 逾期2天，自报已完成，待审核"),
        ("s100@06-20 ok@07-02", "07-02", "done/done 按期完成"),
        ("s100@07-05 ok@07-06", "07-08", "yellow/yellow 逾期完成（2021-07-05）"),
        ("s100@06-20 no@06-21", "06-22", "done/yellow 退回：材料不全"),
        ("s100@06-20 no@06-21", "07-01", "done/red 逾期1天"),
        ("s100@06-20 no@06-21 s100@06-25 ok@06-26", "06-27", "done/done 按期完成"),
        # an accepted report is not taken away by a newer one that nobody has looked at
        ("s100@06-20 ok@06-21 s90@06-25", "06-27", "blue/done 按期完成"),
        # 10 points behind: half of the time has passed on 1 April
        ("s41@03-30 ok@03-31", "03-31", "grey/grey 未到期"),
        ("s39@03-30 ok@03-31", "03-31", "yellow/yellow 进度39%，慢于时间进度49.7%"),
        ("s39@03-30", "03-31", "yellow/grey 未到期"),
        # found on the spot: before the report, until a later report is accepted
        ("s100@06-20 ok@06-21 v60@06-25", "06-30", "done/yellow 进度60%，慢于时间进度100%"),
        ("s100@06-20 ok@06-21 v60@06-25", "07-01", "done/red 逾期1天"),
        ("v60@06-10 s100@06-20 ok@06-21", "06-30", "done/done 按期完成"),
        ("s80@06-10 v100@06-20", "07-30", "red/done 按期完成"),
        # what is entered later does not count
        ("s100@06-20 ok@07-02", "07-01", "done/red 逾期1天，自报已完成，待审核"),
        # the clock stands, then the day is later by as many days
        ("stop06-01..@06-01", "07-20", "suspended/suspended 暂停：待国家批复"),
        ("stop06-01..06-10@06-01", "07-10", "blue/blue 今日到期"),
        ("stop06-01..06-10@06-01", "07-11", "red/red 逾期1天"),
        ("stop07-05..07-10@07-05", "07-20", "red/red 逾期20天"),
        # postponed by approval
        ("move06-30>08-31@06-15", "07-20", "grey/grey 未到期"),
        ("move06-30>08-31@06-15", "09-01", "red/red 逾期1天"),
        # several units: the slowest counts, and one who helps or is a stranger finishes nothing
        ("s100:省财政厅@06-01 ok@06-02", "06-05", "done/done 按期完成"),
        ("s100:省财政厅@06-01 ok@06-02 s96:省税务局@06-03 ok@06-04", "06-05", "grey/grey 未到期"),
        ("s100:省交通厅@06-01 ok@06-02", "07-01", "red/red 逾期1天"),
        # the office's own word goes before that of the units while it is the newest
        ("s60:省税务局@06-01 ok@06-02 s100@06-03 ok@06-04", "06-05", "done/done 按期完成"),
        ("s100@06-01 ok@06-02 s96:省税务局@06-03 ok@06-04", "06-05", "grey/grey 未到期"),
        # a report of this very milestone, and of another day
        ("s100/06-30@06-01 ok@06-02", "07-01", "done/done 按期完成"),
        ("s100/05-31@06-01 ok@06-02", "07-01", "red/red 逾期1天"),
        # 6月底前: the time runs from the notice, not from 1 June
        ("s39/06-30@03-30 ok@03-31", "03-31", "yellow/yellow 进度39%，慢于时间进度49.7%"),
        ("s41/06-30@03-30 ok@03-31", "03-31", "grey/grey 未到期"),
        ("s50/06-30@05-31 ok@05-31 s100@06-20 ok@06-21", "07-01", "done/done 按期完成"),
    ],
)
def test_lights(tmp_path: Path, steps: str, on: str, lights: str) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, steps)
    [stone] = standing(tmp_path / "r.db", on).milestones
    assert f"{stone.reported}/{stone.verified} {stone.reason}" == lights
    assert stone.days_late == (int(re.findall(r"逾期(\d+)天", lights)[0]) if "/red" in lights else 0)


def test_a_task_has_the_gravest_light_of_what_is_open(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        assert standing(tmp_path / "r.db", "04-05", 1).verified is Light.RED
        enter(registry, "s100/03-31@04-03 ok@04-04", "2", "measure:1")
        late = standing(tmp_path / "r.db", "04-05", 1)
        assert [one.verified for one in late.milestones] == [Light.YELLOW, Light.GREY]
        assert (late.verified, late.done, late.percent) == (Light.GREY, False, 50)
        enter(registry, "s100@09-01 ok@09-02", "2")
        done = standing(tmp_path / "r.db", "10-05", 1)
    assert (done.verified, done.done, done.percent) == (Light.YELLOW, True, 100)
    assert done.milestones[1].verified is Light.DONE


def test_both_databases_tell_the_same(registry_target: str, tmp_path: Path) -> None:
    for target in (registry_target, tmp_path / "r.db"):
        with filled(target) as registry:
            enter(registry, "s100:省农业厅/03-31@03-20 ok@03-21 stop07-01..07-10@07-01", "2", "measure:1")
            enter(registry, "s50@06-01 no@06-02")
    for task in range(3):
        assert standing(registry_target, "07-20", task) == standing(tmp_path / "r.db", "07-20", task)


@pytest.mark.parametrize(
    ("steps", "on", "lights"),
    [
        # silence is told and chased, but by this rule nothing is overdue before the year's end
        ("", "03-31", "blue,grey,grey,grey"),
        ("", "04-01", "yellow,grey,grey,grey"),
        ("", "12-31", "yellow,yellow,yellow,blue"),
        ("s15@04-05 ok@04-06", "10-01", "done,yellow,yellow,yellow"),
        # a rate told on a quarter's day is of the whole task: a quarter of the year has passed
        ("s25/03-31@03-30 ok@04-02", "04-05", "done,grey,grey,grey"),
        ("s14/03-31@03-30 ok@04-02", "04-05", "yellow,yellow,grey,yellow"),
        ("s25/03-31@03-30 ok@04-02", "06-01", "done,yellow,grey,yellow"),
        # a later report settles what was silent, and one of the quarter before says nothing of this one
        ("s50/06-30@06-20 ok@06-25", "07-01", "done,done,grey,grey"),
        ("s60/03-31@03-30 ok@04-02", "07-01", "done,yellow,grey,grey"),
        ("s60@03-30 ok@04-02 s60@06-20 ok@06-25", "07-01", "done,done,grey,grey"),
        # words without a rate are a report; 100 on a quarter's day says that its part is done
        ("s/03-31@03-30 ok@04-02", "04-05", "done,grey,grey,grey"),
        ("s100/03-31@03-30 ok@04-02", "06-01", "done,grey,grey,grey"),
        ("s100/12-31@06-20 ok@06-25", "07-01", "done,done,done,done"),
        ("s100@06-20 ok@06-25", "07-01", "done,done,done,done"),
        # reported, the office has not looked yet; returned; found on the spot
        ("s25/03-31@03-30", "04-05", "yellow,grey,grey,grey"),
        ("s25/03-31@03-30 no@04-02", "04-05", "yellow,yellow,grey,yellow"),
        ("v30/03-31@03-30", "04-05", "done,grey,grey,grey"),
        # the year's end is one
        ("s95/12-31@12-30 ok@12-31", "12-31", "done,done,done,blue"),
        ("", "01-01+1", "yellow,yellow,yellow,red"),
    ],
)
def test_quarters_that_the_office_supplied(tmp_path: Path, steps: str, on: str, lights: str) -> None:
    """By the mild rule; by the default what has passed and was not accepted, nor is only behind, is red."""
    with filled(tmp_path / "r.db") as registry:
        enter(registry, steps, "3")
    with reading(tmp_path / "r.db") as reader:
        whole = f"2022-{on[:5]}" if on.endswith("+1") else day(on)
        mild = task_standings(reader, whole, rule=MILD)[2].milestones
        strict = task_standings(reader, whole)[2].milestones
    assert ",".join(one.verified for one in mild) == lights
    for one, other in zip(mild, strict, strict=True):
        passed = one.verified is Light.YELLOW and one.days_left < 0 and "慢于" not in one.reason
        assert other.verified is (Light.RED if passed else one.verified)
        assert other.days_late == (-other.days_left if other.verified is Light.RED else 0)


def test_a_supplied_quarter_that_passed_in_silence_is_late_by_default(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db"):
        found = standing(tmp_path / "r.db", "10-05", 2)
    assert (found.verified, class_of(found)) == (Light.RED, Class.BEHIND)
    [only] = reminders([found])
    assert (only.standing.due, only.days_late) == ("2021-09-30", 5)
    assert only.reason == "季度调度节点已过5天，未报进展"
    assert not only.standing.unreported


def test_silence_on_a_supplied_quarter_by_the_mild_rule_is_no_class_of_its_own(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        found = standing(tmp_path / "r.db", "10-05", 2, MILD)
        assert class_of(found) is Class.OTHER
        [only] = reminders([found])
        assert (only.standing.due, only.light, only.days_late) == ("2021-09-30", Light.YELLOW, 0)
        assert only.standing.unreported
        assert only.reason == "季度调度节点已过5天，未报进展"
        enter(registry, "s60/09-30@10-06", "3")
        [only] = reminders([standing(tmp_path / "r.db", "10-07", 2, MILD)])
        assert only.reason == "自报进度60%，慢于时间进度76.7%"
        enter(registry, "s70/09-30@10-07", "3")
        told = standing(tmp_path / "r.db", "10-07", 2, MILD)
    assert reminders([told]) == (), "the report lies with the office"
    assert (class_of(told), told.percent) == (Class.OTHER, 70)
    assert told.milestones[2].reason == "已报进展，待审核"


def test_what_waits_for_the_office_is_not_chased(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, "s100:省财政厅/06-30@06-20")
        found = standing(tmp_path / "r.db", "07-05")
        assert (found.verified, class_of(found), reminders([found])) == (Light.RED, Class.OTHER, ())
        enter(registry, "s50:省税务局/06-30@06-21")
        found = standing(tmp_path / "r.db", "07-05")
        assert (class_of(found), len(reminders([found]))) == (Class.BEHIND, 1), "one of two has not done it"
        enter(registry, "v60:省税务局/06-30@06-25")
        enter(registry, "s100:省税务局/06-30@06-26 no@07-01")
    found = standing(tmp_path / "r.db", "07-05")
    assert len(reminders([found])) == 1, "returned"


def test_a_tasks_rate_is_the_mean_of_what_its_milestones_were_told_to_have_reached(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, "s70:省财政厅/06-30@03-20 ok@03-21")
        found = standing(tmp_path / "r.db", "03-31")
        assert (found.percent, class_of(found), outlook_of(found)) == (70, Class.AHEAD, Outlook.AHEAD)
        enter(registry, "s100/03-31@03-20 ok@03-21", "2", "measure:1")
        enter(registry, "s30/09-30@03-20 ok@03-21", "2", "measure:1")
        assert standing(tmp_path / "r.db", "03-31", 1).percent == 65
        enter(registry, "s40/09-30@03-25 no@03-26", "2", "measure:1")
    assert standing(tmp_path / "r.db", "03-31", 1).percent == 50, "what was returned adds nothing"


def test_a_returned_report_is_behind_whatever_it_says(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, "s100@02-20")
        assert outlook_of(standing(tmp_path / "r.db", "02-22")) is Outlook.AHEAD, "not yet looked at"
        enter(registry, "s100@02-21 no@02-21")
    assert outlook_of(standing(tmp_path / "r.db", "02-22")) is Outlook.BEHIND


def test_an_undoing_counts_from_its_own_day(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, "s100@06-01 ok@06-02")
        undo(registry, 1, who="李四", made_on="2021-06-10")
    assert standing(tmp_path / "r.db", "06-09").done
    assert not standing(tmp_path / "r.db", "06-10").done


def test_plan_evidence_and_changed_words_of_a_milestone(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        records = [
            Plan(unit="省财政厅", office="预算处", person="王五", standard="全部到位", planned="100"),
            Proof("文件文号", number="辽财〔2021〕8号"),
            TargetChange("减税80亿元", "2021-05-01", "辽政〔2021〕9号"),
        ]
        append(registry, [Draft(Identity(1, "1"), record, "张三", "2021-04-01") for record in records])
    with reading(tmp_path / "r.db") as reader:
        [about] = state_on(reader, "2021-06-05").values()
    found = standing(tmp_path / "r.db", "06-05")
    [stone] = found.milestones
    assert [proof.text("number") for proof in about.evidence(stone.milestone.due)] == ["辽财〔2021〕8号"]
    assert [(unit, plan.text("person")) for unit, plan in about.plans.items()] == [("省财政厅", "王五")]
    assert [change.text("target") for change in found.changes] == ["减税80亿元"]
    assert standing(tmp_path / "r.db", "04-30").changes == (), "not in force yet"


def test_what_says_nothing_of_progress_changes_no_light(tmp_path: Path) -> None:
    rule = LightRule(silence_is_behind=True)
    with filled(tmp_path / "r.db") as registry:
        before = standing(tmp_path / "r.db", "05-10", 2, rule)
        shares = [stone.time_share for stone in before.milestones]
        assert [stone.verified for stone in before.milestones] == [
            Light.YELLOW,
            Light.YELLOW,
            Light.GREY,
            Light.YELLOW,
        ]
        for record in (Plan(unit="省交通厅", person="王五"), Proof("文件文号", number="辽交〔2021〕1号")):
            append(registry, [Draft(Identity(1, "3"), record, "张三", "2021-01-05")])
    after = standing(tmp_path / "r.db", "05-10", 2, rule)
    assert [stone.verified for stone in after.milestones] == [stone.verified for stone in before.milestones]
    assert [stone.time_share for stone in after.milestones] == shares


def test_the_rule_is_the_offices(tmp_path: Path) -> None:
    own = tmp_path / "灯.toml"
    own.write_text('soon_days = 30\nlate = "done"\nsilence_is_behind = true\n', encoding="utf-8")
    rule = read_light_rule(own)
    with filled(tmp_path / "r.db") as registry:
        assert standing(tmp_path / "r.db", "06-10", rule=rule).verified is Light.YELLOW
        assert standing(tmp_path / "r.db", "06-10").verified is Light.GREY
        enter(registry, "s100@07-05 ok@07-06")
    assert standing(tmp_path / "r.db", "07-08", rule=rule).verified is Light.DONE
    assert read_light_rule(RULES) == LightRule() == read_light_rule(None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("red_days = 3", "不认识 red_days"),
        ("soon_days = -1", "soon_days"),
        ("soon_days = true", "soon_days"),
        ('late = "red"', "late"),
        ("silence_is_behind = 1", "true"),
        ("soon_days = ", "TOML"),
    ],
)
def test_a_broken_rule_is_told_with_its_file(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "灯.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProgressError, match=words) as caught:
        read_light_rule(tmp_path / "灯.toml")
    assert "灯.toml" in str(caught.value)


def test_five_classes_and_reminders(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as registry:
        enter(registry, "s100@05-01 ok@05-02")
        enter(registry, "s80@05-01 ok@05-02", "3")
    with reading(tmp_path / "r.db") as reader:
        found = task_standings(reader, "2021-05-03")
        classes = {one.name: (one.count, one.share) for one in five_classes(found)}
        assert classes == {
            "已完成": (1, Decimal("33.4")),
            "超进度": (1, Decimal("33.3")),
            "达进度": (0, 0),
            "欠进度": (1, Decimal("33.3")),
            "其它": (0, 0),
        }
        assert [class_of(one) for one in found] == [Class.DONE, Class.BEHIND, Class.AHEAD]
        chased = reminders(found)
    assert [(one.task.task.name, one.days_late, one.units) for one in chased] == [
        ("第2项", 33, ("省农业厅",)),
    ]  # fmt: skip
    assert all(one.light is Light.RED for one in chased)
    middle = {one.standing.task.key: one for one in forecasts(found)}
    assert middle["1"].outlook.value == "提前实现"
    assert middle["3"].outlook.value == "快于预期", "a quarter that the office supplied is no deadline"
    assert middle["3"].pace == Decimal(20) / 242
    assert sum(one.share for one in midterm_classes(found)) == 100


def test_why_a_rule_cannot_be_read_is_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "灯.toml").write_bytes('late = "黄"'.encode("gb18030"))
    for path, words in ((tmp_path / "没有.toml", "没有这个文件"), (tmp_path / "灯.toml", "不是 UTF-8")):
        with pytest.raises(ProgressError, match=words):
            read_light_rule(path)
    (tmp_path / "灯.toml").write_text("soon_days = 3\nlate == 1\n", encoding="utf-8")
    with pytest.raises(ProgressError, match="不是 TOML（第 2 行第 7 字处）"):
        read_light_rule(tmp_path / "灯.toml")


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8), st.integers(0, 2))
def test_shares_sum_to_a_hundred_and_stay_within_one_step(counts: list[int], digits: int) -> None:
    found = shares(counts, digits)
    step = Decimal(1).scaleb(-digits)
    assert sum(found) == (100 if any(counts) else 0)
    for count, share in zip(counts, found, strict=True):
        if any(counts):
            assert abs(share - Decimal(count * 100) / sum(counts)) < step
            assert count or not share


_steps = st.lists(
    st.sampled_from(["s", "v", "ok", "no", "stop"]).flatmap(
        lambda kind: st.tuples(
            st.just(kind), st.integers(0, 120), st.dates(date(2021, 1, 1), date(2021, 12, 31))
        )
    ),
    max_size=6,
)


@given(_steps, st.dates(date(2021, 1, 1), date(2021, 12, 31)))
def test_laws_of_lights(steps: list[tuple[str, int, date]], on: date) -> None:
    """Never raises; a task is as grave as its gravest open milestone; red is overdue, done is not; a day on
    which nothing was entered yet is not changed by what comes later."""
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "r.db") as registry:
        path = Path(folder) / "r.db"
        before = standing(path, f"{on:%m-%d}")
        last = 0
        for kind, percent, made in steps:
            record: Record
            if kind == "s":
                record = Status("办了", percent=str(percent))
            elif kind == "v":
                record = Verification("查了", percent=str(percent))
            elif kind == "stop":
                record = ClockStop(made.isoformat(), (made + timedelta(percent)).isoformat(), "待批")
            elif not last:
                continue
            else:
                record = Review(last, accepted=kind == "ok", reason="退")
            entry = append(registry, [Draft(Identity(1, "1"), record, "张三", made.isoformat())])[0]
            last = entry.number if kind == "s" else last
        found = standing(path, f"{on:%m-%d}")
        if all(made > on for _, _, made in steps):
            assert found == before
        for stone in found.milestones:
            assert (stone.days_late > 0) == (stone.verified is Light.RED)
            assert stone.verified is not Light.DONE or stone.done
        graver = [GRAVEST.index(one.verified) for one in found.milestones if not one.done]
        if graver:
            assert GRAVEST.index(found.verified) == min(graver)
        with reading(path) as reader:
            again = standings_of(
                tracked_tasks(reader), state_on(reader, on.isoformat()), on.isoformat(), LightRule()
            )
        assert again[0] == found
        _through_all_that_was_entered(registry, path, on)


def _through_all_that_was_entered(registry: Registry, path: Path, on: date) -> None:
    """The state of the newest day is the same without the index of what counts today."""
    newest = max(on, date(2021, 12, 31)).isoformat()
    with reading(path) as reader:
        short = state_on(reader, newest)
    with registry.writing() as connection:
        connection.execute(text("DELETE FROM progress_current"))
        connection.execute(text("INSERT INTO progress_current SELECT number FROM progress_entry"))
    with reading(path) as reader:
        assert state_on(reader, newest) == short


def test_a_value_found_on_the_spot_counts_until_a_later_report_is_accepted(tmp_path: Path) -> None:
    with filled(tmp_path / "registry.db") as registry:
        for record, made in (
            (Status("报1500个", percent="90"), "05-01"),
            (Verification("核1000个", percent="50"), "05-10"),
            (Status("报2000个", percent="100"), "06-01"),
        ):
            append(registry, [Draft(Identity(1, "1"), record, "张三", day(made))])
        assert standing(tmp_path / "registry.db", "06-10").value == "核1000个"
        append(registry, [Draft(Identity(1, "1"), Review(3, accepted=True), "李四", day("06-05"))])
    assert standing(tmp_path / "registry.db", "06-10").value == "报2000个"


def test_a_postponed_milestone_has_the_time_up_to_its_new_day(tmp_path: Path) -> None:
    with filled(tmp_path / "registry.db") as registry:
        enter(registry, "move06-30>09-30@03-01 s60@05-30 ok@05-31")
    (stone,) = standing(tmp_path / "registry.db", "06-10").milestones
    assert (stone.verified, stone.due) == (Light.GREY, "2021-09-30")
    assert 58 < stone.time_share < 60
