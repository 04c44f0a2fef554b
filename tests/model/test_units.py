"""The unit directory: exact names, groups, and the Liaoning data against the notices it is for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from duban.model.folding import fold_name
from duban.model.units import GroupEntry, UnitDirectory, UnitEntry, UnitName, load_directory

CORPUS = Path(__file__).parents[2] / "corpus"
ROSTER = re.compile(r"省政府53个部门和单位名单\n(.*?)。")
TASK_ROW = re.compile(r"^\d+ \| .*? \| (.*?) \|$", re.MULTILINE)
CLAUSE = re.compile(r"[(〔](?:(?:责任|牵头|配合)单位:)([^()〔〕]*(?:\([^()]*\)[^()〔〕]*)?)[)〕]")


def notice_text(name: str) -> str:
    return (CORPUS / "liaoning" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("省财政厅", "liaoning/finance"),
        ("辽宁省财政厅", "liaoning/finance"),
        ("liaoning/finance", "liaoning/finance"),
        ("沈阳", "liaoning/shenyang"),
        ("沈阳市", "liaoning/shenyang"),
        ("沈阳市人民政府", "liaoning/shenyang"),
        ("沈阳海关", "liaoning/customs-shenyang"),
        ("省司法厅(省监狱管理局)", "liaoning/justice"),
        ("省司法厅（省监狱管理局）", "liaoning/justice"),
        ("省司法厅〔省监狱管理局〕", "liaoning/justice"),
        ("省人社厅", "liaoning/human-resources"),
        ("省安监局", "liaoning/work-safety"),
        ("中国人民银行沈阳分行", "liaoning/peoples-bank-shenyang"),
        ("省委网信办", "liaoning/cyberspace"),
        ("国家发展改革委", None),
        ("财政厅", None),
        ("省文联", None),
        ("", None),
    ],
)
def test_a_name_means_one_unit_or_none(liaoning: UnitDirectory, name: str, unit: str | None) -> None:
    assert liaoning.resolve(name) == unit


@pytest.mark.parametrize(
    ("older", "newer"),
    [("省环保厅", "省生态环境厅"), ("省工业和信息化委", "省工业和信息化厅"), ("省国税局", "省税务局")],
)
def test_a_reform_makes_another_unit(liaoning: UnitDirectory, older: str, newer: str) -> None:
    ids = {liaoning.resolve(older), liaoning.resolve(newer)}
    assert None not in ids
    assert len(ids) == 2


def test_the_roster_of_2018_is_known_in_full(liaoning: UnitDirectory) -> None:
    match = ROSTER.search(notice_text("liaoning-2018-assessment.txt"))
    assert match
    names = match[1].split("、")
    ids = [liaoning.resolve(name, on="2018-03-09") for name in names]
    assert len(set(ids) - {None}) == len(names) == 53


def test_every_unit_of_the_2018_indicator_table_is_known(liaoning: UnitDirectory) -> None:
    cells = TASK_ROW.findall(notice_text("liaoning-2018-assessment.txt"))
    assert len(cells) == 180
    unknown = set()
    for cell in cells:
        for name in re.split("[、,]|等(?=有关|省|相关)", cell):
            known = liaoning.resolve(name, on="2018-03-09") or liaoning.group_of_text(name)
            if not known and name not in {"有关部门", "有关单位", "各单位", "省政府有关部门"}:
                unknown.add(name)
    assert unknown == set()


def test_every_unit_of_the_2021_clauses_is_known(liaoning: UnitDirectory) -> None:
    clauses = CLAUSE.findall(notice_text("liaoning-2021-measures.txt"))
    assert len(clauses) >= 83
    names = {
        part
        for clause in clauses
        for part in re.split("[、,]|配合单位:|协调", clause.removesuffix("落实").partition("等16个")[0])
    }
    unknown = {n for n in names if n and not liaoning.resolve(n) and not liaoning.group_of_text(n)}
    assert unknown == set()


def test_groups_of_a_city_and_of_a_department(liaoning: UnitDirectory) -> None:
    assert set(liaoning.groups_of("大连")) == {
        "liaoning/all-cities",
        "liaoning/coastal-cities",
        "liaoning/relevant-cities",
    }
    assert "liaoning/coastal-cities" not in liaoning.groups_of("沈阳市")
    assert liaoning.groups_of("省财政厅") == ("liaoning/provincial-departments",)
    assert liaoning.groups_of("没有的单位") == ()


def test_group_sizes_and_certainty(liaoning: UnitDirectory) -> None:
    everybody = liaoning.group_of_text("各市人民政府")
    some = liaoning.group_of_text("相关市人民政府")
    coast = liaoning.group_of_text("沿海6市")
    departments = liaoning.group_of_text("省政府各部门")
    assert everybody
    assert some
    assert coast
    assert departments
    assert (len(everybody.members), everybody.certain) == (14, True)
    assert (len(some.members), some.certain) == (14, False)
    assert (len(coast.members), coast.certain) == (6, True)
    assert len(departments.members) == 53


def test_names_lead_back_to_their_unit(liaoning: UnitDirectory) -> None:
    for unit in liaoning.units.values():
        assert unit.names[0] == unit.name
        for name in liaoning.names_of(unit.id):
            assert unit.id in liaoning.homonyms(name)
            assert fold_name(name) == name, "names in data are written in plain width"


A = UnitEntry("x/a", "省甲局", "province", (UnitName("省甲局"), UnitName("省甲")))
B = UnitEntry("x/b", "省乙局", "province", (UnitName("省乙局"), UnitName("省甲")))


@pytest.mark.parametrize(
    ("units", "groups", "message"),
    [
        ([A, A], [], "写了两次"),
        ([A, B], [], "省甲 既指 x/a 又指 x/b"),
        ([A], [GroupEntry("x/g", ("各局",), ("x/c",))], "没有成员"),
        ([UnitEntry("x/c", "丙", "country", (UnitName("丙"),))], [], "level 不能是"),
    ],
)
def test_a_directory_that_contradicts_itself_is_refused(
    units: list[UnitEntry], groups: list[GroupEntry], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        UnitDirectory.of(units, groups)


def test_several_files_make_one_directory(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.toml").write_text(
            f'[[unit]]\nid = "t/{number}"\nname = "省{number}局"\nlevel = "province"\n', encoding="utf-8"
        )
    directory = load_directory(tmp_path / "1.toml", tmp_path / "2.toml")
    assert [directory.resolve(f"省{number}局") for number in (1, 2)] == ["t/1", "t/2"]


def test_what_is_taken_for_plain_has_nothing_to_fold() -> None:
    """Second way: each character with another that is folded."""
    plain = [chr(code) for code in (*range(0x4E00, 0xA000), *range(ord("0"), ord("9") + 1), 0x3001, 0x3002)]
    assert fold_name("".join(plain) + "Ａ") == "".join(plain) + "a"
