"""Several notices in one file: each has its own front matter and its own year; annexes are no notices."""

from __future__ import annotations

import pytest
from duban.extract import parse_text
from duban.model import Notice
from duban.model.border import notice_from_dict, notice_to_dict

FIRST = """雁汀市人民政府关于印发重点工作方案的通知
雁政发〔2021〕8号
各县（市、区）人民政府：
现将方案印发给你们。
雁汀市人民政府
2021年4月27日
重点工作方案
一、抓好落实
1.建成水库，9月底前完成。（责任单位：市水务局）
"""
PRINTED = "雁汀市人民政府办公室2021年4月28日印发\n"
SECOND = """雁汀市人民政府办公室关于印发整治方案的通知
雁政办发〔2022〕9号
各县（市、区）人民政府：
现将方案印发给你们。
雁汀市人民政府办公室
2022年3月4日
整治方案
一、整治任务
1.拆违，6月底前完成。（责任单位：市城管局）
"""


def numbers(notice: Notice) -> list[str | None]:
    return [document.document_number for document in notice.documents]


@pytest.mark.parametrize("between", [PRINTED, "", f"抄送：市委办公室。\n{PRINTED}", "\n\n"])
def test_each_notice_has_its_own_front_matter(between: str) -> None:
    notice = parse_text(FIRST + between + SECOND)
    first, second = notice.documents
    assert (notice.title, notice.document_number) == (first.title, first.document_number)
    assert first.document_number == "雁政发〔2021〕8号"
    assert second.title == "雁汀市人民政府办公室关于印发整治方案的通知"
    assert second.document_number == "雁政办发〔2022〕9号"
    assert (second.issuer, second.issued_on, second.year) == ("雁汀市人民政府办公室", "2022-03-04", 2022)
    text = notice.source.text
    assert second.span.of(text).startswith("雁汀市人民政府办公室关于印发整治方案")
    assert first.span.end == second.span.start
    assert second.span.end == len(text)


def test_the_number_may_stand_above_the_title() -> None:
    title, number = SECOND.splitlines()[:2]
    turned = SECOND.replace(f"{title}\n{number}\n", f"雁汀市人民政府办公室文件\n{number}\n{title}\n")
    notice = parse_text(FIRST + PRINTED + turned)
    assert numbers(notice) == ["雁政发〔2021〕8号", "雁政办发〔2022〕9号"]


def test_dates_take_the_year_of_their_own_notice() -> None:
    due = [task.deadlines[0].due for task in parse_text(FIRST + PRINTED + SECOND).tasks]
    assert due == ["2021-09-30", "2022-06-30"]


def test_three_notices() -> None:
    third = SECOND.replace("〔2022〕9号", "〔2023〕3号").replace("2022年", "2023年")
    notice = parse_text(FIRST + PRINTED + SECOND + third)
    assert numbers(notice) == ["雁政发〔2021〕8号", "雁政办发〔2022〕9号", "雁政办发〔2023〕3号"]
    assert [task.deadlines[0].due for task in notice.tasks] == ["2021-09-30", "2022-06-30", "2023-06-30"]


@pytest.mark.parametrize(
    "behind",
    [
        "",
        PRINTED,
        f"{PRINTED}附件1\n任务清单\n1.修路。（责任单位：市交通局）\n",
        f"附件：1.任务清单\n{PRINTED}附件1\n任务清单\n1.修路。（责任单位：市交通局）\n",
        "政策解读：雁汀市人民政府关于印发重点工作方案的通知\n雁政发〔2021〕8号\n",
        f"{PRINTED}上一篇：关于印发整治方案的通知\n雁政办发〔2022〕9号\n",
    ],
)
def test_one_notice_has_no_list_of_documents(behind: str) -> None:
    assert parse_text(FIRST + behind).documents == ()


def test_a_notice_without_tasks_is_no_second_one() -> None:
    covering = SECOND[: SECOND.index("一、整治任务")]
    assert parse_text(FIRST + PRINTED + covering).documents == ()


def test_the_record_gives_the_documents_back() -> None:
    notice = parse_text(FIRST + PRINTED + SECOND)
    record = notice_to_dict(notice)
    assert [row["year"] for row in record["documents"]] == [2021, 2022]
    assert notice_from_dict(record, notice.source.text).documents == notice.documents
