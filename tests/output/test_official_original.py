"""A notice set again: each line becomes the part that it is, and not a character of any notice is lost."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from duban.model.errors import ProofError
from duban.output.official.compose import compose
from duban.output.official.document import OfficialDocument, Table
from duban.output.official.original import Facts, prove_whole, set_again
from duban.output.official.original_lines import edge_of, folded, joined, lines_of
from duban.output.official.proof import prove, read_document
from duban.output.official.settings import read_settings
from hypothesis import given
from hypothesis import strategies as st

FACTS = Facts(
    "某市人民政府关于印发工作方案的通知", "某政发〔2026〕3号", "某市人民政府", ("各县人民政府", "市直各单位")
)
NOTICE = """某市人民政府关于印发工作方案的通知
某政发〔2026〕3号
各县人民政府，市直各单位：
《工作方案》已经市政府同意，现印发给你们。
某市人民政府
2026年3月1日
（此件公开发布）
工作方案
（2026—2028年）
为做好工作，制定本方案。
一、总体要求
附件：1.任务表
2.名单
附件1
任务表
序号 | 任务 | 单位 |
一、水利（1项） | | |
1 | 修水库。 | 市水利局 |
附件2
名单
市水利局、市财政局。
抄送：市委各部门。
某市人民政府办公室 2026年3月2日印发
"""


def again(text: str, facts: Facts = FACTS) -> OfficialDocument:
    return set_again(text, facts).document


def test_every_part_is_recognised() -> None:
    made = again(NOTICE)
    assert made.head is not None
    assert (made.head.issuers, made.head.number) == (("某市人民政府",), "某政发〔2026〕3号")
    assert made.title == FACTS.title
    assert made.addressees == ("各县人民政府，市直各单位",)
    assert made.text == ("《工作方案》已经市政府同意，现印发给你们。",)
    assert made.signature is not None
    assert (made.signature.issuer, made.signature.day) == ("某市人民政府", datetime.date(2026, 3, 1))
    assert made.note == "此件公开发布"
    assert [(one.label, one.title) for one in made.attachments] == [
        ("", "工作方案（2026—2028年）"), ("附件1", "任务表"), ("附件2", "名单"),
    ]  # fmt: skip
    assert made.attachments[0].blocks[-2:] == ("附件：1.任务表", "2.名单")
    (table,) = made.attachments[1].blocks
    assert isinstance(table, Table)
    assert table.rows == (("一、水利（1项）",), ("1", "修水库。", "市水利局"))
    assert made.imprint is not None
    assert made.imprint.copies_to == ("市委各部门",)
    assert made.imprint.printed_on == datetime.date(2026, 3, 2)
    prove(compose(made, read_settings()), made)


@pytest.mark.parametrize(
    ("above", "title", "loose"),
    [
        ("某政发〔2026〕3号《某市人民政府关于印发工作方案的通知》\n", FACTS.title, 0),
        ("某市人民政府文件\n", FACTS.title, 0),
        ("首页 > 政策文件\n索引号：1\n", FACTS.title, 2),
    ],
)
def test_what_stands_above_the_title_is_told_apart(above: str, title: str, loose: int) -> None:
    made = again(above + NOTICE)
    assert made.title == title
    assert made.head is not None
    own = [one for one in made.attachments if one.title.startswith("原件题头")]
    assert sum(len(one.blocks) for one in own) == loose


def test_a_title_that_is_only_that_of_what_is_issued_stays_there() -> None:
    text = NOTICE.split("\n", 2)[2]
    made = again(text, Facts("工作方案（2026—2028年）", None, "某市人民政府", FACTS.addressees))
    assert made.title == ""
    assert made.head is None
    assert made.attachments[0].title == "工作方案（2026—2028年）"
    prove(compose(made, read_settings()), made)


@pytest.mark.parametrize("day", ["2026年03月01日", "二〇二六年三月一日", "2026年2月30日"])
def test_a_day_that_would_read_otherwise_stays_as_it_is(day: str) -> None:
    made = again(NOTICE.replace("2026年3月1日", day))
    assert made.signature is None
    assert day in made.text


def test_a_notice_on_one_line_has_its_parts_again() -> None:
    gap = "　" * 8
    text = (
        "某市人民政府关于印发工作方案的通知各县人民政府，市直各单位：《工作方案》已同意。"
        f"{gap}某市人民政府{gap}2026年3月1日（此件公开发布）工作方案为做好工作，制定本方案。"
    )
    made = again(text)
    assert made.text == ("《工作方案》已同意。",)
    assert made.signature is not None
    assert made.note == "此件公开发布"
    assert made.attachments[0].title == "工作方案"


def test_lines_broken_at_the_paper_s_edge_become_paragraphs() -> None:
    paragraph = (
        "各地要把重点任务放在心上、扛在肩上，一项一项往前推进，市政府督查室要建立台账，按月调度，" * 4
        + "确保完成。"
    )
    broken = [paragraph[at : at + 26] for at in range(0, len(paragraph), 26)]
    lines = ["一、总体目标", *broken, "二、任务", "（一）保障", *broken]
    edge = edge_of(lines)
    assert edge == pytest.approx(26, abs=1)
    assert joined(lines, edge) == ["一、总体目标", paragraph, "二、任务", "（一）保障", paragraph]
    assert edge_of(["一、总体目标", paragraph, "二、任务", paragraph] * 9) is None


_WORDS = st.text(alphabet="一二中国、（）。：|附件1年月日〔〕 \u3000", min_size=1, max_size=30)


@given(lines=st.lists(_WORDS, max_size=25), at=st.integers(0, 25))
def test_nothing_is_lost_whatever_the_lines_are(lines: list[str], at: int) -> None:
    """The characters of the document are those of the text: counted, without a rule of the builder's."""
    text = "\n".join([*lines[:at], *NOTICE.splitlines(), *lines[at:]])
    original = set_again(text, FACTS)
    made = compose(original.document, read_settings())
    prove(made, original.document)
    said = Counter(everything(made))
    wanted = Counter(folded("".join(lines_of(text))))
    wanted -= Counter(folded("".join(original.repeated)))
    assert not wanted - said


def everything(made: bytes) -> str:
    found = read_document(made)
    return folded(
        "".join(found.paragraphs) + "".join(c for table in found.tables for row in table for c in row)
    )


def test_a_line_that_is_not_in_the_document_stops_the_release() -> None:
    made = again(NOTICE)
    lines = lines_of(NOTICE)
    prove_whole(made, lines)
    for more in ("多出来的一行。", "的通知", "某政发〔2026〕3号"):
        with pytest.raises(ProofError, match="没有排进"):
            prove_whole(made, [*lines, more])
    swapped = [*lines[:10], lines[11], lines[10], *lines[12:]]
    with pytest.raises(ProofError):
        prove_whole(made, swapped)
