"""Duties, unit counts and suggestions."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from duban.extract import parse, read_text
from duban.model import Evidence, Role, words
from duban.model.registry import (
    Query,
    duties_by_unit,
    open_registry,
    reading,
    suggest,
    suggestions,
    tasks_of_unit,
    units_in,
)
from duban.model.units import UnitDirectory
from notice_builder import build, raw_of

CORPUS = Path(__file__).parents[2] / "corpus"
LAYOUT = """
一、稳增长
1.减税降费。(牵头:省财政厅,配合:省税务局)
  目标 ①减税100亿元。(责任:省税务局)
  目标 ②政策汇编。
  措施 6月底前完成汇编。(责任:省财政厅、省税务局)
2.春耕生产。(责任:各市人民政府)
3.粮食收储。(责任:省发展改革委、省财政厅)
  措施 加强督导。(责任:某某协会)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def registry(registry_target: str) -> str:
    with open_registry(registry_target) as opened:
        for notice in (
            build(LAYOUT, document_number="辽政发〔2021〕9号", issued_on="2021-04-27"),
            build("1.减税。(责任:省发改委,省财政厅)", document_number="辽政发〔2018〕1号", year=2018),
        ):
            opened.ingest(notice, raw_of(notice))
    return registry_target


def test_a_duty_has_everything_a_list_needs(registry: str, liaoning: UnitDirectory) -> None:
    first, second, third = tasks_of_unit(registry, "省财政厅", liaoning)
    assert [(d.notice, d.number, d.role) for d in (first, second, third)] == [
        ("辽政发〔2021〕9号", 1, Role.LEAD),
        ("辽政发〔2021〕9号", 3, Role.RESPONSIBLE),
        ("辽政发〔2018〕1号", 1, Role.RESPONSIBLE),
    ]
    assert (first.section, first.path, first.text) == ("稳增长", ("一、", "1."), "减税降费。")
    assert (first.group, first.evidence) == (None, Evidence.QUOTED)
    assert [(t.marker, t.text, t.own) for t in first.targets] == [
        ("①", "减税100亿元。", False),
        ("②", "政策汇编。", True),
    ]
    (measure,) = first.measures
    assert (measure.text, measure.own) == ("6月底前完成汇编。", True)
    assert [(d.text, d.due) for d in measure.deadlines] == [("6月底前", "2021-06-30")]
    assert [p.text for p in first.parties] == ["省财政厅", "省税务局"]


def test_the_strongest_role_counts(registry: str, liaoning: UnitDirectory) -> None:
    (duty,) = tasks_of_unit(registry, "省税务局", liaoning)
    assert duty.role is Role.RESPONSIBLE, "it cooperates in the task, and answers for one of its targets"
    (helping,) = tasks_of_unit(registry, "省税务局", liaoning, role="cooperating")
    assert helping.role is Role.COOPERATING


def test_conditions_and_groups(registry: str, liaoning: UnitDirectory) -> None:
    (duty,) = tasks_of_unit(registry, "丹东", liaoning)
    assert (duty.number, duty.group, duty.possible) == (2, "各市人民政府", False)
    assert tasks_of_unit(registry, "丹东", liaoning, groups=False) == ()
    assert len(tasks_of_unit(registry, "省财政厅", liaoning, year=2018)) == 1
    assert len(tasks_of_unit(registry, "省财政厅", liaoning, notice="辽政发〔2021〕9号")) == 2
    assert tasks_of_unit(registry, "省财政厅", liaoning, notice="没有的") == ()
    assert tasks_of_unit(registry, "某某协会", liaoning)[0].number == 3


def test_units_are_counted_once_a_task_by_their_strongest_role(
    registry: str, liaoning: UnitDirectory
) -> None:
    loads = {load.name: load for load in units_in(registry, liaoning)}
    counts = {
        name: (load.lead, load.responsible, load.cooperating) for name, load in loads.items() if load.tasks
    }
    assert counts == {
        "省财政厅": (1, 2, 0),
        "省发展改革委": (0, 2, 0),
        "省税务局": (0, 1, 0),
        "某某协会": (0, 1, 0),
    }
    assert loads["某某协会"].unit is None
    assert loads["省发展改革委"].unit == "liaoning/development-reform"
    cities = [load for load in loads.values() if load.grouped]
    assert len(cities) == 14
    assert all((load.tasks, load.grouped) == (0, 1) for load in cities)
    assert next(iter(loads)) == "省财政厅"


def test_all_units_at_once_are_the_same_as_one_by_one(registry: str, liaoning: UnitDirectory) -> None:
    with reading(registry) as reader:
        everything = duties_by_unit(reader, liaoning)
        assert len(everything) == 18
        for load, duties in everything:
            assert duties == tasks_of_unit(reader, load.name, liaoning)
            assert len([duty for duty in duties if duty.group is None]) == load.tasks
    named = duties_by_unit(registry, liaoning, groups=False)
    assert len(named) == 4


def test_words_that_do_occur_are_proposed(registry: str, liaoning: UnitDirectory) -> None:
    found = suggest(registry, Query(words=("减税春耕",)), liaoning)
    assert [(s.kind, s.text, s.tasks) for s in found] == [("word", "减税", 2), ("word", "春耕", 1)]
    apart = suggest(registry, Query(words=("春耕", "收储")), liaoning)
    assert [(s.text, s.tasks) for s in apart] == [("春耕", 1), ("收储", 1)]
    assert suggest(registry, Query(words=("航天",)), liaoning) == ()


@pytest.mark.parametrize(
    ("asked", "proposed"), [("省财厅", "省财政厅"), ("省税局", "省税务局"), ("省财政厅", "省财政厅")]
)
def test_units_of_a_like_name_are_proposed(
    registry: str, liaoning: UnitDirectory, asked: str, proposed: str
) -> None:
    found = suggest(registry, Query(unit=asked), liaoning)
    assert found[0].kind == "unit"
    assert found[0].text == proposed
    assert found[0].tasks > 0
    assert suggest(registry, Query(unit="外星人"), liaoning) == ()


def test_notices_are_listed_for_one_that_is_not_there(registry: str, liaoning: UnitDirectory) -> None:
    found = suggest(registry, Query(notice="没有的"), liaoning)
    assert [(s.text, s.tasks) for s in found] == [("辽政发〔2021〕9号", 3), ("辽政发〔2018〕1号", 1)]


def test_jieba_keeps_its_dictionary_in_our_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    words.tokenizer.cache_clear()
    assert set(suggestions.cut("减税春耕")) == {"减税", "春耕"}
    import jieba

    assert words.tokenizer() is not jieba.dt, "words added to the shared one must not change ours"
    assert [path.name for path in (tmp_path / "cache" / "duban").iterdir()] == ["jieba-0.42.1.cache"]
    assert logging.getLogger("jieba").level == logging.CRITICAL
    assert capfd.readouterr().err == ""


def test_suggestions_work_without_a_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    words.tokenizer.cache_clear()
    assert set(suggestions.cut("减税春耕")) == {"减税", "春耕"}
    words.tokenizer.cache_clear()
    assert capfd.readouterr().err == ""


def test_groups_that_no_directory_knows_have_a_list_of_their_own(
    registry_target: str, liaoning: UnitDirectory
) -> None:
    with open_registry(registry_target) as opened:
        for notice in (
            build(LAYOUT),
            build(
                "1.甲。(责任:各有关部门)\n2.乙。(牵头:各市人民政府,配合:省财政厅)", issuer="安徽省人民政府"
            ),
        ):
            opened.ingest(notice, raw_of(notice))
    with reading(registry_target) as reader:
        listed = {load.name: (load, duties) for load, duties in duties_by_unit(reader, liaoning)}
        known = {load.name for load in units_in(reader, liaoning)}
    departments, duties = listed["各有关部门"]
    assert (departments.group, departments.unit, departments.responsible) == (True, None, 1)
    assert [(d.text, d.role, d.group) for d in duties] == [("甲。", Role.RESPONSIBLE, None)]
    cities, duties = listed["各市人民政府"]
    assert (cities.group, cities.lead, cities.tasks) == (True, 1, 1)
    assert [d.text for d in duties] == ["乙。"], "in Liaoning's notice its cities are known"
    assert [load.group for load, _ in listed.values() if load.grouped] == [False] * 14
    assert known == listed.keys()
    named = duties_by_unit(registry_target, liaoning, groups=False)
    assert not any(load.group for load, _ in named)


@pytest.mark.parametrize("known", [True, False])
def test_every_task_of_the_corpus_that_has_a_party_is_on_a_list(
    tmp_path: Path, liaoning: UnitDirectory, known: bool
) -> None:
    directory = liaoning if known else UnitDirectory()
    files = sorted((CORPUS / "samples").glob("*.txt")) + sorted((CORPUS / "liaoning").glob("*.txt"))
    tasks = set()
    with open_registry(tmp_path / "r.db") as opened:
        for file in files:
            raw = file.read_bytes()
            notice = parse(read_text(raw, file.name), directory=directory)
            stored = opened.ingest(notice, raw)
            tasks |= {
                (stored.notice, task.span)
                for task in notice.tasks
                if task.parties or any(item.parties for item in (*task.targets, *task.measures))
            }
    lists = duties_by_unit(tmp_path / "r.db", directory)
    assert len(tasks) > 200
    assert {(duty.notice_id, duty.span) for _, duties in lists for duty in duties} == tasks
    assert any(load.group for load, _ in lists)
    assert all(len(duties) == load.tasks for load, duties in lists if load.group)
