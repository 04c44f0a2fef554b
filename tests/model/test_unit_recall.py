"""Search by unit on both Liaoning notices against a reading of their bare text: nothing is missed.

The reading below knows neither parser nor directory: it cuts the text at its numbers, takes the names out of
table cells and brackets, and has its own table of what a unit is called and what it became.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from duban.extract import parse_bytes
from duban.model.registry import Query, open_registry, search
from duban.model.units import UnitDirectory

LIAONING = Path(__file__).parents[2] / "corpus" / "liaoning"
FILES = {2018: "liaoning-2018-assessment.txt", 2021: "liaoning-2021-measures.txt"}

CITIES = [
    "沈阳", "大连", "鞍山", "抚顺", "本溪", "丹东", "锦州", "营口", "阜新", "辽阳", "盘锦", "铁岭",
    "朝阳", "葫芦岛",
]  # fmt: skip
EXTERNAL = [
    "中国人民银行沈阳分行", "人民银行沈阳分行", "辽宁银监局", "辽宁保监局", "辽宁证监局",
    "大连银监局", "大连保监局", "大连证监局", "辽宁银保监局", "大连银保监局", "沈阳海关",
    "大连海关", "省国税局", "省税务局", "省通信管理局", "省电力公司", "中铁沈阳局集团",
    "中国信保公司辽宁分公司", "省工商联", "省残联", "省信访局", "省委省政府信访局", "省委网信办",
]  # fmt: skip
OF_2021 = [
    "省工业和信息化厅", "省生态环境厅", "省农业农村厅", "省自然资源厅", "省林草局", "省卫生健康委",
    "省市场监管局", "省应急厅", "省文化和旅游厅", "省金融监管局", "省营商局", "省退役军人厅",
    "省医保局", "省粮食和储备局", "省机关事务局", "省装备制造业工程中心",
]  # fmt: skip
#: What each became, in whole or in part; read in the history of the reform, row by row.
BECAME = {
    "省环保厅": ["省生态环境厅"],
    "省农委": ["省农业农村厅"],
    "省国土资源厅": ["省自然资源厅"],
    "省林业厅": ["省林草局"],
    "省海洋渔业厅": ["省农业农村厅", "省自然资源厅"],
    "省畜牧局": ["省农业农村厅"],
    "省农垦局": ["省农业农村厅"],
    "省工业和信息化委": ["省工业和信息化厅"],
    "省卫生计生委": ["省卫生健康委"],
    "省工商局": ["省市场监管局"],
    "省质监局": ["省市场监管局"],
    "省食品药品监管局": ["省市场监管局"],
    "省物价局": ["省市场监管局"],
    "省安全生产监管局": ["省应急厅"],
    "省文化厅": ["省文化和旅游厅"],
    "省旅游发展委": ["省文化和旅游厅"],
    "省政府金融办": ["省金融监管局"],
    "省地税局": ["省税务局"],
    "省国税局": ["省税务局"],
    "省营商环境建设监督局": ["省营商局"],
    "省政府法制办": ["省司法厅"],
    "省信访局": ["省委省政府信访局"],
    "辽宁银监局": ["辽宁银保监局"],
    "辽宁保监局": ["辽宁银保监局"],
    "大连银监局": ["大连银保监局"],
    "大连保监局": ["大连银保监局"],
}
#: The same body by another name.
SAME = [
    {"省机关事务管理局", "省机关事务局"},
    {"中国人民银行沈阳分行", "人民银行沈阳分行"},
    {"省司法厅(省监狱管理局)", "省司法厅"},
    {"省国土资源厅(省测绘地理信息局)", "省国土资源厅"},
]
_BRACKET = re.compile(r"[(〔]([^()〔〕]*(?:\([^()]*\)[^()〔〕]*)*)[)〕]")
_PARTS = re.compile(r"[、,:;]|协调|落实$|等(?=有关|相关|省|\d)")


def text_of(year: int) -> str:
    return (LIAONING / FILES[year]).read_text(encoding="utf-8")


@cache
def roster() -> tuple[str, ...]:
    """The 53 departments and units, as 附件2 lists them."""
    found = re.search(r"53个部门和单位名单\n(.*?)。", text_of(2018))
    assert found
    return tuple(found[1].split("、"))


@cache
def named() -> dict[tuple[int, int], frozenset[str]]:
    """Year and number of each task, and every name in its cell or its brackets."""
    tasks: dict[tuple[int, int], frozenset[str]] = {}
    for row in re.finditer(r"^(\d+) \| .*? \| (.*?) \|$", text_of(2018), re.M):
        tasks[2018, int(row[1])] = frozenset(_PARTS.split(row[2]))
    body = re.split(r"^(\d+)\.", text_of(2021), flags=re.M)
    for number, words in zip(body[1::2], body[2::2], strict=True):
        words = re.split(r"^[一二三四五六七八九十]+、", words, flags=re.M)[0]
        parts = {part for bracket in _BRACKET.findall(words) for part in _PARTS.split(bracket)}
        tasks[2021, int(number)] = frozenset(parts)
    return tasks


def expected(unit: str) -> set[tuple[int, int]]:
    """The tasks that name the unit by any of its names, what it became or came from, or a group with it."""
    if unit in CITIES:
        # Named rows are 沈阳、大连市人民政府: the name without 市 stands in lists only.
        names = {unit, f"{unit}市人民政府", "各市人民政府", "相关市人民政府"}
    else:
        own = {unit}.union(*(same for same in SAME if unit in same))
        later = {after for name in own for after in BECAME.get(name, ())}
        earlier = {before for before, after in BECAME.items() if own & {*after}}
        names = own | later | earlier
        names |= {other for same in SAME if names & same for other in same}
        if names & {*roster()}:
            names.add("省政府各部门")
    return {task for task, parties in named().items() if names & parties}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory, liaoning: UnitDirectory) -> str:
    target = str(tmp_path_factory.mktemp("recall") / "r.db")
    with open_registry(target) as opened:
        for name in FILES.values():
            raw = (LIAONING / name).read_bytes()
            opened.ingest(parse_bytes(raw, name, directory=liaoning), raw)
    return target


def test_the_reading_is_whole() -> None:
    assert len(roster()) == 53
    assert sum(year == 2018 for year, _ in named()) == 180
    assert sum(year == 2021 for year, _ in named()) == 83
    assert sum("各市人民政府" in parties for parties in named().values()) == 109


@pytest.mark.parametrize("unit", [*roster(), *CITIES, *EXTERNAL, *OF_2021])
def test_a_search_finds_what_stands_there(registry: str, liaoning: UnitDirectory, unit: str) -> None:
    asked = f"{unit}市" if unit in CITIES else unit
    hits = search(registry, Query(unit=asked), liaoning)
    assert {(hit.year, hit.number) for hit in hits} == expected(unit)
    for hit in hits:
        assert hit.why
        names = named()[hit.year or 0, hit.number or 0]
        assert all(match.to_dict()["party"] in names for match in hit.why), "a reason stands in the notice"


def test_a_hit_by_another_name_says_so(registry: str, liaoning: UnitDirectory) -> None:
    """Whatever is found by a name that is not the unit's own has a badge, or a group that names it."""
    for unit in [*roster(), *EXTERNAL, *OF_2021]:
        own = {unit}.union(*(same for same in SAME if unit in same))
        for hit in search(registry, Query(unit=unit), liaoning):
            for match in hit.why:
                told = match.to_dict()
                assert told["party"] in own or told["kind"] == "group" or told["history"]["badge"]


def test_cities_are_possible_where_the_notice_leaves_them_open(
    registry: str, liaoning: UnitDirectory
) -> None:
    for hit in search(registry, Query(unit="丹东市"), liaoning):
        parties = named()[hit.year or 0, hit.number or 0]
        sure = any(not match.to_dict()["possible"] for match in hit.why)
        assert sure == ("各市人民政府" in parties)
