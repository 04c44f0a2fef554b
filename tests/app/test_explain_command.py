"""`duban explain`: every character of the task once, marks with their rules, a page that runs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from duban.app.explain_command import Mark, Sentence, page, pieces
from lxml import html
from word_files import dele, ins, para, word
from word_files import run as words

pytestmark = pytest.mark.slow
MADE = Path(__file__).parents[1] / "fixtures" / "notices"
NOTICE = (
    "关于办好实事的通知\n2021年4月27日\n一、任务\n"
    "1.办好<b>实事</b>。（责任单位：市水务局）\n年度目标：①力争6月底前新建水库3座以上。\n落实措施：①6月落实《办法》。②关停10吨以下锅炉。\n"
)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def test_at_the_terminal(monkeypatch: pytest.MonkeyPatch, notice: Path) -> None:
    ran = run(monkeypatch, "explain", notice, "--task", "1")
    assert ran.status == 0
    assert "目标 ①  力争【6月底前】新建水库【3座以上】。" in ran.out
    assert "目标值 “3座以上” 新建水库 >= 3 座，力争  [quantity.>=]" in ran.out
    assert "时限 “6月底前” 2021-06-01 至 2021-06-30  [deadline.due]" in ran.out
    assert "时限 “6月” 2021-06-01 至 2021-06-30" in ran.out
    assert "文件 “《办法》” 办法  [doc_ref.title]" in ran.out
    assert "不计 “10吨以下” 条件或规格，不是目标  [left_out.threshold]" in ran.out
    coloured = run(monkeypatch, "explain", notice, "--task", "1", "--color", "always").out
    assert "\x1b[32m3座以上\x1b[0m" in coloured
    assert "\x1b" not in ran.out


def test_as_a_page(monkeypatch: pytest.MonkeyPatch, notice: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert run(monkeypatch, "explain", notice, "--task", "1", "--html", "-o", target).status == 0
    made = html.fromstring(target.read_bytes())
    assert [mark.text for mark in made.xpath("//p/mark[@class='quantity']")][1:] == ["3座以上"]
    assert "办好<b>实事</b>。" in made.text_content()
    assert made.xpath("//script | //b | //link | //img") == []


def test_a_task_that_is_not_there(monkeypatch: pytest.MonkeyPatch, notice: Path) -> None:
    ran = run(monkeypatch, "explain", notice, "--task", "9")
    assert ran.status == 2
    assert "没有任务 9" in ran.err
    assert run(monkeypatch, "explain", notice.parent / "none.txt", "--task", "1").status == 3


def test_every_character_comes_once() -> None:
    marks = (Mark(1, 4, "quantity", "r", {}), Mark(2, 3, "deadline", "r", {}), Mark(4, 5, "units", "r", {}))
    sentence = Sentence("任务", "abcdefg", marks)
    assert "".join(words for words, _ in pieces(sentence)) == "abcdefg"
    assert [mark.kind for _, mark in pieces(sentence) if mark] == ["quantity", "units"]


def test_the_page_escapes_what_a_notice_holds() -> None:
    wild = Sentence('"><script>x</script>', "<script>y</script>", (Mark(0, 3, "units", '"><img>', {}),))
    assert html.fromstring(page("<i>", [wild])).xpath("//script | //img | //i") == []


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("f-targets-and-measures.docx", "目标 ②  引进先进制造项目【30个以上】，其中亿元以上项目【8个】。"),
        ("f-targets-and-measures.html", "目标 ②  引进先进制造项目【30个以上】，其中亿元以上项目【8个】。"),
        ("e-table.xlsx", "任务 一、1  划定千人以上供水工程水源保护范围【46处】。"),
    ],
)
def test_notices_of_every_format(monkeypatch: pytest.MonkeyPatch, name: str, marked: str) -> None:
    ran = run(monkeypatch, "explain", MADE / name, "--task", "1")
    assert (ran.status, ran.err) == (0, "")
    assert marked in ran.out.splitlines()


def test_tracked_changes_as_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "改.docx"
    change = words("1.建库") + dele("3") + ins(words("5")) + words("座。（责任单位：市水务局）")
    path.write_bytes(word(para("一、任务") + para(change)))
    for revisions, marked in (("accepted", "建库【5座】。"), ("rejected", "建库【3座】。")):
        ran = run(monkeypatch, "explain", path, "--task", "1", "--revisions", revisions)
        assert marked in ran.out
