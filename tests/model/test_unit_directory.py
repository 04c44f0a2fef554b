"""Unit directory: names by region and date, prefixes written once, lists from files, mistakes by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from duban.model.errors import UnitFileError
from duban.model.units import GroupWords, Resolver, UnitDirectory, group_words, load_directory
from duban.model.units.suggesting import likely_units
from duban.model.units.writing import TextFile, to_toml
from hypothesis import given
from hypothesis import strategies as st

LIAONING = Path(__file__).parents[2] / "corpus" / "units" / "liaoning.toml"
ANHUI = TextFile(
    "anhui.toml",
    """
[region]
id = "anhui"
prefix = "安徽"
marks = ["安徽", "皖政"]
[[unit]]
id = "anhui/finance"
name = "省财政厅"
level = "province"
[[unit]]
id = "anhui/hefei"
name = "合肥市人民政府"
level = "city"
informal = ["合肥"]
[[group]]
id = "anhui/all-cities"
texts = ["各市人民政府"]
members = ["合肥"]
size = 16
""",
)


def resolver(directory: UnitDirectory, *words: str, on: str | None = None) -> Resolver:
    found = directory.resolver_for(*words, on=on)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("on", "unit"),
    [
        ("2018-03-09", "liaoning/intellectual-property"),
        ("2018-11-02", "liaoning/intellectual-property"),
        ("2018-11-03", "liaoning/intellectual-property-administration"),
        ("2021", "liaoning/intellectual-property-administration"),
        ("2018", None),
        (None, None),
    ],
)
def test_the_date_tells_which_of_two_bodies_a_name_means(
    liaoning: UnitDirectory, on: str | None, unit: str | None
) -> None:
    assert resolver(liaoning, "辽宁省", on=on)("省知识产权局") == unit
    assert liaoning.resolve("省知识产权局", on=on) == unit


def test_an_old_name_still_means_its_body_after_the_reform(liaoning: UnitDirectory) -> None:
    assert resolver(liaoning, "辽宁省", on="2021-04-27")("省环保厅") == "liaoning/environmental-protection"


@pytest.mark.parametrize(
    ("names", "units"),
    [
        ("省发改委、工信厅", ["development-reform", "industry"]),
        ("省发改委、工信厅、教育厅", ["development-reform", "industry", "education"]),
        ("辽宁省发改委、工信厅", ["development-reform", "industry"]),
        ("工信厅、省发改委", [None, "development-reform"]),
        ("省发改委、国家发展改革委", ["development-reform", None]),
        ("省发改委、沈阳市、工信厅", ["development-reform", "shenyang", None]),
        ("省发改委、工信厅、国家税务总局、教育厅", ["development-reform", "industry", None, None]),
        ("省委网信办、工信厅", ["cyberspace", None]),
        ("省发改委、没有的厅、教育厅", ["development-reform", None, "education"]),
        ("大连海关、大连", ["customs-dalian", "dalian"]),
        ("发展改革委", [None]),
    ],
)
def test_a_prefix_written_once(liaoning: UnitDirectory, names: str, units: list[str | None]) -> None:
    found = resolver(liaoning, "辽宁省").listed(names.split("、"))
    assert found == [unit and f"liaoning/{unit}" for unit in units]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("省市场监管局(省药监局)", None),  # the bracket names another body: who is meant is not certain
        ("省市场监管局〔省某某局〕", "liaoning/market-supervision"),
        ("国家发展改革委", None),
        ("大连海关", "liaoning/customs-dalian"),
        ("省委网信办", "liaoning/cyberspace"),
        ("省政府网信办", None),
        ("大连市场监管局", None),
    ],
)
def test_names_are_taken_whole(liaoning: UnitDirectory, name: str, unit: str | None) -> None:
    assert liaoning.resolve(name) == unit


def test_the_longest_name_wins(liaoning: UnitDirectory) -> None:
    resolve = resolver(liaoning, "辽宁省")
    assert resolve.longest_at("会同大连海关、大连市", 2, 20) == (6, "liaoning/customs-dalian")
    assert resolve.longest_at("国家发展改革委", 0, 20) is None
    assert liaoning.units["liaoning/cyberspace"].kind == "party"
    assert liaoning.units["liaoning/customs-dalian"].kind == "vertical"


def test_two_provinces_side_by_side(liaoning: UnitDirectory) -> None:
    both = load_directory(LIAONING, ANHUI)
    assert both.resolve("省财政厅") is None
    assert both.homonyms("省财政厅") == ("liaoning/finance", "anhui/finance")
    assert both.resolve("安徽省财政厅") == "anhui/finance"
    assert resolver(both, "安徽省人民政府")("省财政厅") == "anhui/finance"
    assert resolver(both, "辽政发〔2021〕9号")("省财政厅") == "liaoning/finance"
    assert resolver(both, "安徽省人民政府")("大连") is None
    assert both.resolver_for("湖北省人民政府") is None
    assert both.group_of_text("各市人民政府") is None
    assert {group.id for group in both.groups_of_text("各市人民政府")} == {
        "liaoning/all-cities",
        "anhui/all-cities",
    }
    assert both.groups["anhui/all-cities"].unknown_members == 15
    assert liaoning.groups["liaoning/all-cities"].unknown_members == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("16个行业主管部门", GroupWords("counted", 16)),
        ("沿海六市", GroupWords("counted", 6)),
        ("沿海6市", GroupWords("counted", 6)),
        ("省安委会成员单位", GroupWords("members")),
        ("有关部门", GroupWords("open")),
        ("各有关部门", GroupWords("open")),
        ("各单位", GroupWords("all")),
        ("各市人民政府", GroupWords("all")),
        ("省财政厅", None),
        ("省委组织部", None),
    ],
)
def test_what_a_groups_words_tell(words: str, found: GroupWords | None) -> None:
    assert group_words(words) == found


def test_an_office_adds_names_members_and_confirms(liaoning: UnitDirectory) -> None:
    own = TextFile(
        "own.toml",
        to_toml(
            {
                "name": [{"unit": "省财政厅", "text": "省财厅", "source": "张三"}],
                "member": [{"group": "省安委会成员单位", "unit": "省应急厅", "source": "辽安委〔2021〕1号"}],
                "lineage": [
                    {
                        "from": ["省农委"],
                        "to": ["省农业农村厅"],
                        "kind": "merge",
                        "source": "三定规定",
                        "confirmed": True,
                    }
                ],
            }
        ),
    )
    directory = load_directory(LIAONING, own)
    assert directory.resolve("省财厅") == "liaoning/finance"
    assert directory.groups["liaoning/safety-committee"].members == ("liaoning/emergency",)
    (before,) = [r for r in liaoning.relations_of("liaoning/rural-commission") if r.later]
    (after,) = [r for r in directory.relations_of("liaoning/rural-commission") if r.later]
    assert (before.certain, after.certain) == (False, True)
    assert len(directory.lineage) == len(liaoning.lineage)


UNIT = '[[unit]]\nid = "x/a"\nname = "省甲局"\nlevel = "province"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[unit]]\nname = 1", "第 1 个 [[unit]]"),
        (UNIT + '[[unit]]\nid = "x/b"\nname = "省乙局"\n', "第 2 个 [[unit]]（省乙局）: 缺少 level"),
        (UNIT.replace("province", "planet"), "level 不能是 planet"),
        (UNIT + 'kind = "club"', "kind 不能是 club"),
        (UNIT + 'since = "去年"', "since 不是日期"),
        (UNIT + "colour = 1", "不认识 colour"),
        (UNIT.replace("x/a", "甲"), "没有地区"),
        (UNIT + "full = 3", "full 应是文字的列表"),
        (UNIT + UNIT, "x/a 写了两次"),
        (UNIT + UNIT.replace("x/a", "x/b"), "省甲局 既指 x/a 又指 x/b"),
        ('[[group]]\nid = "x/g"\ntexts = ["各局"]\nmembers = ["省丙局"]', "单位不在名录中：省丙局"),
        (
            UNIT + '[[group]]\nid = "x/g"\ntexts = ["各局"]\nmembers = ["x/a"]\nsize = 0',
            "size 是 0，却有 1 个成员",
        ),
        ('[[name]]\nunit = "省丙局"\ntext = "丙"', "单位不在名录中：省丙局"),
        ('[[member]]\nunit = "省丙局"\ngroup = "各局"', "没有这个群体：各局"),
        (UNIT + '[[lineage]]\nfrom = ["x/a"]\nkind = "rename"', "只有撤销（abolish）没有 to"),
        (
            UNIT + '[[lineage]]\nfrom = ["x/a"]\nto = ["x/a"]\nkind = "split"\nconfirmed = true',
            "拆分（split）不能写 confirmed",
        ),
        ("[[unit]", "不是正确的 TOML"),
        ("[[thing]]\na = 1", "不认识的部分：thing"),
        ("unit = 3", "unit 应写成 [[unit]]"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(UnitFileError) as error:
        load_directory(TextFile("我的.toml", text))
    assert "我的.toml" in str(error.value)
    assert told in str(error.value)


def csv_file(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "shenyang.csv"
    path.write_bytes(text.encode(encoding))
    return path


SHEET = (
    "沈阳市单位名录,,,,\n单位名称,层级,类别,全称,俗称\n市大数据局,市,部门,沈阳市大数据管理局,\n,,,,\n"
    "地铁集团,市,企业,,沈阳地铁、地铁\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_spreadsheet_is_a_list(tmp_path: Path, encoding: str) -> None:
    directory = load_directory(csv_file(tmp_path, SHEET, encoding))
    assert directory.resolve("沈阳市大数据管理局") == "shenyang/市大数据局"
    assert directory.resolve("地铁") == "shenyang/地铁集团"
    assert directory.units["shenyang/地铁集团"].kind == "enterprise"
    # No words tell the region: the names count in every notice.
    assert resolver(directory, "随便什么通知")("市大数据局") == "shenyang/市大数据局"


def test_an_xlsx_file_is_a_list(tmp_path: Path) -> None:
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["名称", "编号", "级别", "起"], ["市数据局", "data", "市级", date(2024, 1, 8)], [None] * 4):
        sheet.append(row)
    book.save(tmp_path / "sy.xlsx")
    directory = load_directory(tmp_path / "sy.xlsx")
    (form,) = directory.units["sy/data"].forms
    assert (form.text, form.valid_from) == ("市数据局", "2024-01-08")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲,乙\n丙,丁\n", "没有表头"),
        ("", "没有表头"),
        ("名称,层级\n市财政局,乡\n", "第 2 行: 层级不能是“乡”"),
        ("名称,层级\n市财政局,市\n,市\n", "第 3 行: 没有写名称"),
        ("名称,层级\n市财政局,\n", "第 2 行: 没有写层级"),
        ("名称,层级,类别\n市财政局,市,俱乐部\n", "第 2 行: 类别不能是“俱乐部”"),
        ("名称,层级,起\n市财政局,市,昨天\n", "第 2 行（市财政局）: since 不是日期"),
        ("名称,层级\n市财政局,市\n市财政局,市\n", "写了两次"),
    ],
)
def test_a_mistake_in_a_spreadsheet_is_told_with_its_row(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnitFileError) as error:
        load_directory(csv_file(tmp_path, text))
    assert told in str(error.value)


@pytest.mark.parametrize("name", ["没有.toml", "没有.csv", "没有.xlsx"])
def test_a_list_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnitFileError, match="读不了"):
        load_directory(tmp_path / name)


def test_a_damaged_xlsx_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UnitFileError, match="已损坏"):
        load_directory(tmp_path / "a.xlsx")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20))
def test_any_text_comes_back_from_toml(text: str) -> None:
    import tomllib

    written = to_toml({"name": [{"text": text, "_row": 1, "list": [text], "flag": True, "size": 3}]})
    assert tomllib.loads(written) == {"name": [{"text": text, "list": [text], "flag": True, "size": 3}]}


def test_likely_units_are_only_a_hint(liaoning: UnitDirectory) -> None:
    (first, *_) = likely_units("省工业信息化厅", liaoning)
    assert first.unit == "liaoning/industry"
    assert liaoning.resolve("省工业信息化厅") is None
    assert likely_units("外星人", liaoning) == ()
