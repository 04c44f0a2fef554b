"""Deadlines case by case, in a notice of 27 April 2021: which words date work, and which day they mean."""

from __future__ import annotations

import pytest
from duban.extract import parse_text
from duban.model import Evidence
from short_forms import DATED, deadline, deadlines


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # before, at, by
        ("6月底前建成水库。", "6月底前=2021-06-01..2021-06-30"),
        ("2022年底前建成水库。", "2022年底前=2022-12-31"),
        ("2021年6月30日前建成水库。", "2021年6月30日前=2021-06-30"),
        ("9月中旬前建成水库。", "9月中旬前=2021-09-01..2021-09-20"),
        ("年底前建成水库。", "年底前=2021-12-31"),
        ("年内建成水库。", "年内=2021-01-01..2021-12-31"),
        ("到2025年，建成水库3座。", "到2025年=2025-12-31"),
        ("到2025年底，建成水库3座。", "到2025年底=2025-12-31"),
        ("力争6月底建成水库。", "6月底=2021-06-01..2021-06-30"),
        ("6月底完成选址。", "6月底=2021-06-01..2021-06-30"),
        ("一季度末完成选址，三季度末建成。", "三季度末=2021-07-01..2021-09-30"),
        ("2022年第一季度完成选址。", "2022年第一季度=2022-01-01..2022-03-31"),
        ("上半年建成水库，下半年蓄水完成。", "上半年=2021-01-01..2021-06-30 下半年=2021-07-01..2021-12-31"),
        ("2022年6月完成选址。", "2022年6月=2022-06-01..2022-06-30"),
        ("明年6月底前建成水库。", "明年6月底前=2022-06-01..2022-06-30"),
        ("今年12月底前建成水库。", "今年12月底前=2021-12-01..2021-12-31"),
        ("今年年底前建成水库。", "今年年底前=2021-12-31"),
        ("今年底前建成水库。", "今年底前=2021-12-31"),
        ("明年底前建成水库。", "明年底前=2022-12-31"),
        ("到年底建成水库3座。", "年底=2021-12-31"),
        ("2021—2025年新建水库3座。", "2021—2025年=2021-01-01..2025-12-31"),
        ("2024年2月底前建成水库。", "2024年2月底前=2024-02-01..2024-02-29"),
        # a year, and a quantity to be reached in it
        ("全年新增就业10万人。", "全年=2021-01-01..2021-12-31"),
        ("2022年新建水库3座。", "2022年=2022-01-01..2022-12-31"),
        ("“十四五”期间新建水库3座。", "“十四五”期间=2021-01-01..2025-12-31"),
        ("十四五末建成水库。", "十四五末=2025-12-31"),
        # a year that governs the dates behind it in its sentence
        ("2022年完成选址，6月底前开工。", "6月底前=2022-06-01..2022-06-30"),
        # keys
        ("建成水库。完成时限：2025年底", "2025年底=2025-12-31"),
        ("建成水库。完成时限：持续推进", "持续推进=ongoing"),
        ("建成水库。办结时间：年底前", "年底前=2021-12-31"),
        # without a day
        ("长期坚持。工作时限：长期", "长期=ongoing"),
        ("每月10日前报送进展。", "每月10日前=monthly"),
        ("每季度末前报送进展。", "每季度末前=quarterly"),
        ("6月底取得明显成效并持续推进。", "6月底取得明显成效并持续推进=2021-06-01..2021-06-30"),
        ("自本方案印发之日起3个月内建成。", "3个月内="),
        # two in a sentence
        ("6月底前选址，12月底前建成。", "6月底前=2021-06-01..2021-06-30 12月底前=2021-12-01..2021-12-31"),
    ],
)
def test_what_dates_work(sentence: str, expected: str) -> None:
    assert deadlines(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "水库办理时间压缩至5个工作日。",  # how long a service takes
        "每年新增水库3座。",  # how often
        "自2022年1月1日起施行。",  # from when
        "本方案有效期至2025年12月31日。",  # validity
        "执行期限至2023年12月31日。",
        "受理时间为2022年6月1日至2022年6月30日。",  # a window
        "对2024年3月31日之前供应的地块给予优惠。",  # a condition
        "2025年12月31日前，对购买新房的家庭给予补贴。",
        "较2022年增长5%。",  # a base
        "落实《雁汀市2022年工作要点》。",  # a name
        "修订2022年版目录。",
        "2020年以来建成水库3座。",  # history
        "2020年底前建成水库3座。",
        "2021年3月底前建成水库。",  # before the notice's own day
        "截至2021年底已建成水库3座。",
        "按照雁政发〔2022〕6号文件执行。",
        "10吨以下锅炉全部淘汰。",
        "6月31日前建成水库。",  # no such day
        "逐年底数清楚。",
    ],
)
def test_what_does_not(sentence: str) -> None:
    assert deadlines(sentence) == ""


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("6月开展检查。", "6月=2021-06-01..2021-06-30"),
        ("3月开展检查。", "3月=2021-03-01..2021-03-31"),
        ("7—8月开展检查。", "7—8月=2021-07-01..2021-08-31"),
        ("11—2月开展检查。", "11—2月=2021-11-01..2022-02-28"),
        ("5月起每月调度。", "5月起每月=2021-05-01..monthly"),
        ("5月起开展检查。", "5月起=2021-05-01..ongoing"),
        ("12月起草办法。", "12月=2021-12-01..2021-12-31"),
        ("每季度调度。", "每季度=quarterly"),
        ("会同有关部门在6月开展检查。", "6月=2021-06-01..2021-06-30"),
        ("对6月的数据开展检查。", ""),
    ],
)
def test_months_of_measures(measure: str, expected: str) -> None:
    assert deadlines(measure, measure=True) == expected


def test_a_year_that_is_not_written_is_the_notices_never_the_clocks() -> None:
    assert deadlines("6月底前建成水库。", head="") == ""
    assert deadlines("2022年6月底前建成水库。", head="") == "2022年6月底前=2022-06-01..2022-06-30"
    of_1999 = DATED.replace("2021年4月27日", "1999年4月27日")
    assert deadlines("6月底前建成水库。", head=of_1999) == "6月底前=1999-06-01..1999-06-30"


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [("6月底前建成水库。", Evidence.DERIVED), ("2022年6月底前建成水库。", Evidence.QUOTED)],
)
def test_a_year_taken_over_says_so(sentence: str, evidence: Evidence) -> None:
    text = f"{DATED}一、任务\n1.{sentence}（责任单位：市水务局）\n"
    (found,) = parse_text(text).tasks[0].deadlines
    assert found.evidence is evidence


def test_a_deadline_of_a_whole_section() -> None:
    text = f"{DATED}一、水利\n1.建库。\n2.修渠。\n责任单位：市水务局\n完成时限：2021年底前\n二、教育\n"
    (section,) = [section for section in parse_text(text).sections if section.assignments]
    assert [deadline(each) for each in section.deadlines] == ["2021年底前=2021-12-31"]
