"""Front matter case by case: title, document number, issuer, day, addressees, in the forms that were met."""

from __future__ import annotations

import pytest
from duban.extract import parse_text

TASK = "一、水利\n1.建库。（责任单位：市水务局）\n"
LINES = """雁汀市人民政府关于印发重点工作方案的通知
雁政发〔2021〕8号
各县（市、区）人民政府，市政府各部门：
现将方案印发给你们，请认真贯彻执行。
雁汀市人民政府
2021年4月27日
"""
WHOLE = {
    "title": "雁汀市人民政府关于印发重点工作方案的通知",
    "document_number": "雁政发〔2021〕8号",
    "issuer": "雁汀市人民政府",
    "issued_on": "2021-04-27",
    "year": 2021,
    "addressees": ("各县（市、区）人民政府", "市政府各部门"),
}


def front(text: str) -> dict[str, object]:
    notice = parse_text(text + TASK)
    return {field: getattr(notice, field) for field in WHOLE}


def test_the_usual_form() -> None:
    assert front(LINES) == WHOLE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("雁汀市人民政府关于印发重点工作方案的通知", "雁汀市人民政府\n关于印发重点工作方案的通知"),
        ("雁汀市人民政府关于印发重点工作方案的通知", "雁汀市人民政府关于印发\n重点工作方案的通知"),
        ("雁汀市人民政府关于印发重点工作方案的通知", "　　雁汀市人民政府关于印发重点工作方案的通知"),
        ("雁汀市人民政府关于印发重点工作方案的通知", "[已废止]雁汀市人民政府关于印发重点工作方案的通知"),
        ("雁政发〔2021〕8号", "雁政发[2021]8号"),
        ("雁政发〔2021〕8号", "雁政发〔2021〕 8 号"),
        ("雁政发〔2021〕8号", "（雁政发〔2021〕8号）"),
        ("2021年4月27日", "二〇二一年四月二十七日"),
        ("2021年4月27日", "2021 年 4 月 27 日"),
        ("2021年4月27日\n", "2021年4月27日\n（此件公开发布）\n"),
        ("2021年4月27日\n", "2021年4月27日\n附件：1.任务清单\n2.责任分工\n附件1\n"),
        ("雁汀市人民政府\n2021", "雁汀市人民政府　　　\n2021"),
        ("雁汀市人民政府\n2021", "　　　　雁汀市人民政府　　2021"),
        ("通知\n雁政发〔2021〕8号\n", "通知雁政发〔2021〕8号"),
        ("。\n雁汀市人民政府\n2021年4月27日\n", "。雁汀市人民政府2021年4月27日（此件公开发布）\n"),
    ],
)
def test_forms_of_the_same(old: str, new: str) -> None:
    found = front(LINES.replace(old, new))
    number = str(found.pop("document_number")).replace("[", "〔").replace("]", "〕")
    assert {**found, "document_number": number} == WHOLE


@pytest.mark.parametrize("gone", ["雁政发〔2021〕8号\n", "各县（市、区）人民政府，市政府各部门：\n"])
def test_what_is_not_there_is_none(gone: str) -> None:
    found = front(LINES.replace(gone, ""))
    missing = {"document_number": None} if "号" in gone else {"addressees": ()}
    assert found == {**WHOLE, **missing}


def test_all_on_one_line() -> None:
    text = (
        "雁汀市人民政府关于印发重点工作方案的通知雁政发〔2021〕8号各县（市、区）人民政府，市政府各部门："
        + "现将方案印发给你们，请认真贯彻执行，并于每季度末报送进展情况，重要事项随时报告。" * 6
        + "雁汀市人民政府2021年4月27日（此件公开发布）一、水利1.建库。（责任单位：市水务局）"
    )
    notice = parse_text(text)
    assert {field: getattr(notice, field) for field in WHOLE} == WHOLE
    assert len(notice.tasks) == 1


LETTER = "现将方案印发给你们，请认真贯彻执行，并于每季度末报送进展情况，重要事项随时报告。" * 6


@pytest.mark.parametrize(
    ("signed", "issuer", "day"),
    [
        # the title of the document follows at once
        (
            "雁汀市人民政府2021年4月27日雁汀市重点工作方案为推进工作，制定本方案。",
            "雁汀市人民政府",
            "2021-04-27",
        ),
        ("　　　雁汀市水务局　　　　2021年4月27日重点工作方案", "雁汀市水务局", "2021-04-27"),
        # bodies of the state, one and several
        ("生态环境部2021年4月27日（此件社会公开）", "生态环境部", "2021-04-27"),
        (
            "教育部 国家发展和改革委员会财政部国家能源局2021年4月27日（此件公开发布）",
            "教育部、国家发展和改革委员会、财政部、国家能源局",
            "2021-04-27",
        ),
        # a day in the text
        ("雁汀市人民政府2021年4月27日印发的方案同时废止。", None, None),
        ("雁汀市人民政府2021年4月27日前完成建库。", None, None),
        ("其中，水务局2021年4月27日建成水库。", None, None),
    ],
)
def test_who_signs_in_a_text_without_line_ends(signed: str, issuer: str | None, day: str | None) -> None:
    head = "关于印发重点工作方案的通知\n各县人民政府：" + LETTER
    notice = parse_text(f"{head}{signed}一、水利建设1.建库。（责任单位：市水务局）")
    assert (notice.issuer, notice.issued_on) == (issuer, day)
    assert len(notice.tasks) == 1


def test_a_body_of_the_state_signs_at_the_very_end() -> None:
    notice = parse_text(f"关于评估结果的通报\n各县人民政府：{LETTER}附件：名单教育部办公厅2021年4月27日字号")
    assert (notice.issuer, notice.issued_on) == ("教育部办公厅", "2021-04-27")


def test_signers_that_share_a_line_with_the_day_are_parted() -> None:
    text = LINES.replace("雁汀市人民政府关于", "关于")
    found = front(text.replace("雁汀市人民政府\n2021", "雁汀市残疾人联合会　雁汀市卫生健康委员会　2021"))
    assert found["issuer"] == "雁汀市残疾人联合会、雁汀市卫生健康委员会"


def test_a_title_that_says_only_the_citys_government_yields_to_who_signs() -> None:
    found = front(LINES.replace("雁汀市人民政府关于", "市政府关于"))
    assert found["issuer"] == "雁汀市人民政府"


def test_a_letterhead_before_the_number_is_no_title() -> None:
    head = "雁汀市水务局雁汀市教育局文件雁水〔2021〕8号雁汀市水务局关于印发重点工作方案的通知"
    assert (
        front(f"{head}各县水务局、市直有关单位：{LETTER}")["title"]
        == "雁汀市水务局关于印发重点工作方案的通知"
    )


def test_metadata_of_a_page_serves_where_the_notice_says_nothing() -> None:
    text = (
        "索引号：X-1\n发文机关：雁汀市人民政府\n成文日期：2021-04-27\n"
        "发文字号：雁政发〔2021〕8号\n重点工作方案\n"
    )
    found = front(text)
    assert found["document_number"] == "雁政发〔2021〕8号"
    assert (found["issuer"], found["issued_on"], found["year"]) == ("雁汀市人民政府", "2021-04-27", 2021)


@pytest.mark.parametrize(
    ("front_matter", "year"),
    [
        (LINES, 2021),
        (LINES.replace("2021年4月27日\n", ""), 2021),
        (
            LINES.replace("雁政发〔2021〕8号\n", "")
            .replace("2021年4月27日", "")
            .replace("重点", "2022年重点"),
            2022,
        ),
        ("2019年比2018年好，2019年建库。\n", 2019),
        ("建库。\n", None),
    ],
)
def test_the_year_is_of_the_day_the_number_the_title_or_the_text(front_matter: str, year: int | None) -> None:
    assert front(front_matter)["year"] == year


@pytest.mark.parametrize(
    "sentence",
    [
        "根据省政府《关于印发方案的通知》（某政发〔2020〕3号）精神，制定本方案。",
        "按照某政发〔2020〕3号文件要求，制定本方案。",
    ],
)
def test_a_number_that_the_notice_refers_to_is_not_its_own(sentence: str) -> None:
    found = front(LINES.replace("雁政发〔2021〕8号\n", "").replace("现将方案", sentence + "现将方案"))
    assert found["document_number"] is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("各市人民政府，省政府各厅委、各直属机构：", ("各市人民政府", "省政府各厅委", "各直属机构")),
        ("各省、自治区、直辖市人民政府，国务院各部委：", ("各省、自治区、直辖市人民政府", "国务院各部委")),
        ("各市、县人民政府，省直有关单位:", ("各市、县人民政府", "省直有关单位")),
        ("有关单位：", ("有关单位",)),
        ("各县人民政府，东湖园区管委会；市各委办局：", ("各县人民政府", "东湖园区管委会", "市各委办局")),
        ("各县（市、区）党委、人民政府，市直有关单位：", ("各县（市、区）党委、人民政府", "市直有关单位")),
        (
            "各省、自治区、直辖市生态环境厅（局），中国环境监测总站：",
            ("各省、自治区、直辖市生态环境厅（局）", "中国环境监测总站"),
        ),
    ],
)
def test_addressees(line: str, names: tuple[str, ...]) -> None:
    found = front(LINES.replace("各县（市、区）人民政府，市政府各部门：", line))
    assert found["addressees"] == names


@pytest.mark.parametrize(
    "line", ["主要做法如下：", "1.各部门：", "责任单位：市水务局、市教育局", "会议指出，各单位要做到："]
)
def test_lines_that_address_nobody(line: str) -> None:
    text = LINES.replace("各县（市、区）人民政府，市政府各部门：", line)
    assert front(text)["addressees"] in ((), None) or "做到" in line


@pytest.mark.parametrize("day", ["2021年2月30日", "2021年13月1日", "2021年4月0日"])
def test_a_day_that_the_calendar_does_not_have(day: str) -> None:
    assert front(LINES.replace("2021年4月27日", day))["issued_on"] is None


def test_the_printing_office_and_site_furniture_are_no_tasks_text() -> None:
    text = LINES + TASK + "抄送：市委各部门。\n雁汀市人民政府办公室 2021年4月28日印发\n打印\n关闭\n"
    notice = parse_text(text)
    assert notice.tasks[0].span.of(text) == "1.建库。（责任单位：市水务局）"
    assert notice.unparsed == ()
