"""The written document: what it says, how it is built, and that it is the same every time."""

from __future__ import annotations

import datetime
import posixpath
import random
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from duban.model import Role
from duban.output import Checklist, Partner, write_checklist, write_checklists
from duban.output.checklist import bracketed, totals
from duban.output.text import RUN_CHARACTERS, clean
from duban.output.write import Press
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from made_lists import W, body, long_list, parts, row, table_rows, words, year_of_lists

FULL = Checklist(
    "省财政厅",
    (
        row(
            1,
            "减税降费。",
            Role.LEAD,
            number=7,
            targets=("①完成。", "②到位。"),
            measures=("①沟通。(省财政厅)",),
            deadlines=("6月底前", "年底前", "6月底前"),
            partners=(Partner(Role.COOPERATING, "省税务局"), Partner(Role.COOPERATING, "省商务厅")),
        ),
        row(
            2,
            "清理收费。",
            Role.COOPERATING,
            number=9,
            section="二、促改革",
            partners=(Partner(Role.LEAD, "甲"),),
        ),
        row(3, "共同任务。", via="各有关部门", number=11, section="二、促改革"),
        row(4, "承接任务。", inherited=True, number=None, source="(三)2."),
    ),
    year=2021,
)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def test_a_list_says_everything_that_its_rows_say(press: Press) -> None:
    content = body(press.document([FULL]))
    text = words(content)
    assert "省财政厅2021年重点工作任务责任清单" in text
    assert "责任单位：省财政厅。共4项任务，其中：牵头1项、责任2项、配合1项（含随所属群体承担1项）" in text
    assert "任务来源：《年度重点工作任务》" in text
    head, *lines = table_rows(content.find(f"{W}tbl"))
    assert head == ["序号", "任务内容", "职责", "年度目标", "落实措施", "完成时限", "共同承担单位", "编号"]
    assert lines == [
        ["一、稳增长"],
        [
            *("1", "减税降费。", "牵头", "①完成。\n②到位。", "①沟通。(省财政厅)"),
            *("6月底前、年底前", "配合：省税务局、省商务厅", "第7项"),
        ],
        ["二、促改革"],
        ["2", "清理收费。", "配合", "—", "—", "—", "牵头：甲", "第9项"],
        ["3", "共同任务。", "责任\n随各有关部门", "—", "—", "—", "—", "第11项"],
        ["一、稳增长"],
        ["4", "承接任务。", "责任\n随上级条目", "—", "—", "—", "—", "(三)2."],
    ]


def test_a_doubtful_member_of_a_group_is_shown_as_such(press: Press) -> None:
    doubtful = Checklist("沈阳市人民政府", (row(1, via="相关市人民政府", possible=True),))
    lines = table_rows(body(press.document([doubtful])).find(f"{W}tbl"))
    assert lines[2][2] == "责任\n随相关市人民政府\n（是否承担待确认）"


def test_several_notices_are_named_above_and_marked_in_each_row(press: Press) -> None:
    first = row(1, notice="《甲〈乙〉办法》", document_number="辽政发〔2021〕1号")
    listed = Checklist("甲", (first, row(2, notice="丁《戊》")))
    text = words(body(press.document([listed])))
    assert "来源一：《甲〈乙〉办法》（辽政发〔2021〕1号）" in text
    assert "来源二：《丁〈戊〉》" in text
    assert [line[-1] for line in table_rows(body(press.document([listed])))] == [
        *("编号", "[来源一]一、稳增长", "来源一\n第1项", "[来源二]一、稳增长", "来源二\n第2项")
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("", ""),
        ("通知", "《通知》"),
        ("《通知》", "《通知》"),
        ("甲《乙》丙", "《甲〈乙〉丙》"),
        ("《甲》《乙》", "《〈甲〉〈乙〉》"),
    ],
)
def test_a_title_mark_inside_a_title_becomes_a_single_one(title: str, shown: str) -> None:
    assert bracketed(title) == shown


def test_the_date_stands_there_only_when_given(press: Press) -> None:
    dated = Checklist("甲", (), made_on=datetime.date(2021, 5, 6))
    assert "制表日期：2021年5月6日" in words(body(press.document([dated])))
    assert "制表日期" not in words(body(press.document([FULL])))


def test_an_empty_list_says_so(press: Press) -> None:
    text = words(body(press.document([Checklist("省档案局", ())])))
    assert "共0项任务\n" in text
    assert "所列文件中没有由省档案局承担的任务" in text


def test_a_task_without_a_deadline_of_its_own_points_to_those_of_its_items(press: Press) -> None:
    listed = Checklist("甲", (row(1, measures=("①6月底前印发。",), dated_items=True), row(2)))
    head, _, first, second = table_rows(body(press.document([listed])).find(f"{W}tbl"))
    at = head.index("完成时限")
    assert (first[at], second[at]) == ("见各项", "—")


def test_every_task_and_unit_is_read_back_once(press: Press) -> None:
    lists = year_of_lists()
    content = body(press.document(lists))
    tables = content.findall(f"{W}tbl")
    titles = [
        words(style.getparent().getparent()).replace("\n", "")
        for style in content.iterfind(f"{W}p/{W}pPr/{W}pStyle")
        if style.get(f"{W}val") == "Heading1"
    ]
    assert titles == [f"{one.unit}2021年重点工作任务责任清单" for one in lists]
    for one, table in zip((one for one in lists if one.rows), tables, strict=True):
        read = [line for line in table_rows(table)[1:] if len(line) > 1]
        assert [line[-1] for line in read] == [f"第{told.number}项" for told in one.rows]
        assert [line[0] for line in read] == [str(told.seq) for told in one.rows]
        for line, told in zip(read, one.rows, strict=True):
            assert told.task in line
            assert "\n".join(told.measures) in line


def test_the_totals_count_each_row_once() -> None:
    for one in year_of_lists():
        counted = totals(one)
        assert counted.total == len(one.rows) == counted.lead + counted.responsible + counted.cooperating


def test_the_same_list_gives_the_same_bytes_in_every_process(tmp_path: Path, press: Press) -> None:
    lists = year_of_lists(units=6, tasks=9, measures=20)
    assert press.document(lists) == Press().document(lists)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from made_lists import year_of_lists;"
        "from duban.output import write_checklists;"
        "write_checklists(year_of_lists(units=6, tasks=9, measures=20), sys.argv[2])"
    )
    target = tmp_path / "all.docx"
    environment = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    arguments = [sys.executable, "-c", code, str(Path(__file__).parent), str(target)]
    subprocess.run(arguments, check=True, env=environment)
    assert target.read_bytes() == press.document(lists)


def test_every_part_is_well_formed_typed_and_related(press: Press) -> None:
    found = parts(press.document([FULL]))
    roots = {name: etree.fromstring(data) for name, data in found.items()}
    types = roots["[Content_Types].xml"]
    typed = {node.get("PartName") for node in types if node.get("PartName")}
    assert typed == {f"/{name}" for name in found if not name.endswith(".rels") and name[0] != "["}
    targets = set()
    for name in found:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            targets |= {
                posixpath.normpath(posixpath.join(folder, node.get("Target"))) for node in roots[name]
            }
    assert targets == {name[1:] for name in typed}
    used = set(re.findall(rb'r:id="(\w+)"', found["word/document.xml"]))
    known = {node.get("Id").encode() for node in roots["word/_rels/document.xml.rels"]}
    assert used <= known
    styles = {node.get(f"{W}styleId") for node in roots["word/styles.xml"].iter(f"{W}style")}
    named = {
        node.get(f"{W}val")
        for kind in ("pStyle", "tblStyle")
        for node in roots["word/document.xml"].iter(W + kind)
    }
    assert named <= styles


def test_python_docx_opens_it(tmp_path: Path) -> None:
    written = write_checklist(FULL, tmp_path / "一.docx")
    document = docx.Document(str(written))
    assert document.core_properties.title == "省财政厅2021年重点工作任务责任清单"
    assert document.tables[0].rows[1].cells[0].text == "一、稳增长"
    page = document.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == pytest.approx((297, 210), abs=0.1)
    footer = document.sections[0].footer._element
    assert words(footer).strip() == "— 1 —"
    assert [node.text.strip() for node in footer.iter(f"{W}instrText")] == ["PAGE"]


@pytest.mark.slow
@pytest.mark.parametrize("lists", [[FULL], [FULL, Checklist("甲", ())], [Checklist("甲", ())], []])
def test_the_schema_audit_finds_nothing(tmp_path: Path, lists: list[Checklist]) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed: schema not checked")
    (written,) = write_checklists(lists, tmp_path / "a.docx")
    assert audit.OpenXmlValidator().validate(str(written)).errors == []


def test_a_list_without_targets_and_measures_stands_upright(press: Press) -> None:
    content = body(press.document([Checklist("甲", (row(1),))]))
    assert table_rows(content.find(f"{W}tbl"))[0] == ["序号", "任务内容", "职责", "编号"]
    size = content.findall(f".//{W}pgSz")[-1]
    assert (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) == ("11906", "16838", None)


def test_each_list_of_one_file_begins_its_own_section_on_a_new_page(press: Press) -> None:
    content = body(press.document([FULL, Checklist("甲", (row(1),)), Checklist("乙", ())]))
    breaks = [node.get(f"{W}val") for node in content.iter(f"{W}type")]
    turned = [node.get(f"{W}orient") for node in content.iter(f"{W}pgSz")]
    assert breaks == ["nextPage"] * 3
    assert turned == ["landscape", None, None]


def test_every_font_slot_is_named_and_no_theme_font_wins(press: Press) -> None:
    styles = etree.fromstring(parts(press.document([FULL]))["word/styles.xml"])
    fonts = list(styles.iter(f"{W}rFonts"))
    assert {len({node.get(W + slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}) for node in fonts} == {
        1
    }
    assert {node.get(f"{W}eastAsia") for node in fonts} == {
        *("方正小标宋简体", "黑体", "仿宋_GB2312", "楷体_GB2312", "宋体")
    }
    assert not [name for node in fonts for name in node.attrib if "Theme" in name]
    assert styles.find(f".//{W}lang").get(f"{W}eastAsia") == "zh-CN"


def test_the_head_is_repeated_and_widths_are_fixed(press: Press) -> None:
    for table in body(press.document(year_of_lists(units=5, tasks=9, measures=30))).iter(f"{W}tbl"):
        lines = table.findall(f"{W}tr")
        heads = [line.find(f"{W}trPr/{W}tblHeader") is not None for line in lines]
        assert heads == [True] + [False] * (len(lines) - 1)
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        grid = [int(node.get(f"{W}w")) for node in table.find(f"{W}tblGrid")]
        assert sum(grid) == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        for line in lines:
            cells = [int(node.get(f"{W}w")) for node in line.iter(f"{W}tcW")]
            assert cells == grid or cells == [sum(grid)]


def test_short_rows_are_never_split(press: Press) -> None:
    table = body(press.document([long_list(400)])).find(f"{W}tbl")
    assert all(line.find(f"{W}trPr/{W}cantSplit") is not None for line in table.iter(f"{W}tr"))


def test_a_row_higher_than_a_page_may_break(press: Press) -> None:
    tall = row(2, measures=tuple(f"第{number}条措施。" for number in range(80)))
    table = body(press.document([Checklist("甲", (row(1), tall, row(3)))])).find(f"{W}tbl")
    kept = [line.find(f"{W}trPr/{W}cantSplit") is not None for line in table.iter(f"{W}tr")]
    assert kept == [True, True, True, False, True]


ANY_TEXT = st.text(st.characters(codec=None), max_size=40)


@given(task=ANY_TEXT, unit=ANY_TEXT, measure=ANY_TEXT)
def test_any_characters_come_through_or_are_shown_as_replaced(task: str, unit: str, measure: str) -> None:
    data = PRESS.document(
        [Checklist("甲", (row(1, f"[{task}]", measures=(measure,), partners=((Role.LEAD, unit),)),))]
    )
    read = table_rows(body(data).find(f"{W}tbl"))[2]
    shown = re.sub("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", "\n", f"[{task}]")
    assert read[1] == clean(shown)


PRESS = Press()


def test_a_text_of_many_megabytes_stays_readable(tmp_path: Path) -> None:
    text = "长" * (RUN_CHARACTERS * 12)
    written = write_checklist(Checklist("甲", (row(1, text),)), tmp_path / "长.docx")
    assert docx.Document(str(written)).tables[0].rows[2].cells[1].text == text


def test_importing_the_room_loads_no_document_library() -> None:
    code = "import sys, duban.output; print([m for m in ('docx', 'jinja2', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_widths_follow_the_text(press: Press) -> None:
    dice = random.Random(1)
    wide_task = [row(n, "很长的任务" * 40, measures=("短",)) for n in range(1, 6)]
    wide_measure = [row(n, "短", measures=("很长的措施" * dice.randint(30, 40),)) for n in range(1, 6)]
    first, second = (
        [
            int(c.get(f"{W}w"))
            for c in body(press.document([Checklist("甲", tuple(rows))])).find(f".//{W}tblGrid")
        ]
        for rows in (wide_task, wide_measure)
    )
    assert first[1] > 2 * first[3]
    assert second[3] > 2 * second[1]
