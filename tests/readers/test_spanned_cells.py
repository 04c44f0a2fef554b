"""Merged cells: what stands once holds for all rows that it spans, in whatever file the table comes."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from duban.extract import parse
from duban.extract.readers import read
from duban.model import Evidence
from short_forms import tasks
from word_files import cell, row, table, word

sys.path.insert(0, str(Path(__file__).parents[1] / "readers_laid_out"))
from pdf_writer import pdf_of, show

HEAD = ("序号", "任务", "责任单位", "完成时限")
#: The second and third task have their unit and deadline in one cell; the fourth has none.
ROWS = (
    ("1", "修渠。", "市水利局", "2021年3月底前"),
    ("2", "办学。", "市教育局", "2021年6月底前"),
    ("3", "助学。", None, None),
    ("4", "植树。", "", ""),
)
TEXT = (
    "序号 | 任务 | 责任单位 | 完成时限 |\n1 | 修渠。 | 市水利局 | 2021年3月底前 |\n"
    "2 | 办学。 | 市教育局 | 2021年6月底前 |\n3 | 助学。 |  |  |\n4 | 植树。 |  |  |\n"
)


def as_word() -> bytes:
    def cells(words: tuple[str | None, ...], below: tuple[str | None, ...]) -> list[str]:
        return [
            cell("", merge="continue")
            if word is None
            else cell(word, merge="restart")
            if under is None
            else cell(word)
            for word, under in zip(words, below, strict=True)
        ]

    rows = [HEAD, *ROWS]
    return word(
        table(*(row(*cells(words, below)) for words, below in zip(rows, [*rows[1:], HEAD], strict=True)))
    )


def as_page() -> bytes:
    made = ""
    for words in (HEAD, *ROWS):
        spans = words[0] == "2"
        cells = [
            f"<td{' rowspan=2' if spans and at > 1 else ''}>{word}</td>"
            for at, word in enumerate(words)
            if word is not None
        ]
        made += f"<tr>{''.join(cells)}</tr>"
    return f"<html><body><table>{made}</table></body></html>".encode()


def as_sheet() -> bytes:
    book = openpyxl.Workbook()
    for words in (HEAD, *ROWS):
        book.active.append(words)
    book.active.merge_cells("C3:C4")
    book.active.merge_cells("D3:D4")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def drawn(rows: Sequence[Sequence[str | None]]) -> bytes:
    """A page with a ruled table; no rule is drawn above None."""
    xs, top, high = (60, 110, 230, 360, 540), 760, 30
    page = b""
    for line, words in enumerate((*rows, HEAD)):
        right = xs[2] if None in words else xs[-1]
        page += b"%d %d m %d %d l S\n" % (xs[0], top - high * line, right, top - high * line)
    for x in xs:
        page += b"%d %d m %d %d l S\n" % (x, top, x, top - high * len(rows))
    for line, words in enumerate(rows):
        for x, word_ in zip(xs, words, strict=False):
            page += show(word_, x + 5, top - high * line - 20, size=12) if word_ else b""
    return page


def as_print() -> bytes:
    return pdf_of([drawn([HEAD, *ROWS])])


@pytest.mark.parametrize(
    "raw", [as_word(), as_page(), as_sheet(), as_print()], ids=["docx", "html", "xlsx", "pdf"]
)
def test_a_merged_cell_stands_once_and_holds_for_all_its_rows(raw: bytes) -> None:
    source = read(raw)
    assert source.text == TEXT
    notice = parse(source)
    assert tasks(notice) == ["1 责=市水利局", "2 责=市教育局", "3 ~责=市教育局", "4"]
    third = notice.tasks[2]
    assert [(party.text, party.evidence) for party in third.parties] == [("市教育局", Evidence.INHERITED)]
    assert third.assignments == ()
    assert [[deadline.due for deadline in task.deadlines] for task in notice.tasks] == [
        ["2021-03-31"], ["2021-06-30"], ["2021-06-30"], [],
    ]  # fmt: skip


def test_one_of_two_columns_of_units_may_span() -> None:
    rows = [
        row("序号", "任务", "牵头单位", "配合单位"),
        row("1", "修渠。", cell("市水利局", merge="restart"), "市财政局"),
        row("2", "植树。", cell("", merge="continue"), "市林业局"),
    ]
    found = tasks(parse(read(word(table(*rows)))))
    assert found[0] == "1 牵=市水利局 配=市财政局"
    assert "牵=市水利局" in found[1]
    assert "配=市林业局" in found[1]


def test_a_cell_that_spans_rows_overleaf() -> None:
    first = [HEAD, ("1", "修渠。", "市水利局", "2021年3月底前"), ("2", "办学。", "市教育局", "2021年6月底前")]
    second = [("3", "助学。", "", ""), ("4", "劝学。", None, None), ("5", "植树。", "市林业局", "")]
    found = tasks(parse(read(pdf_of([drawn(first), drawn(second)]))))
    assert found == [
        "1 责=市水利局", "2 责=市教育局", "3 ~责=市教育局", "4 ~责=市教育局", "5 责=市林业局",
    ]  # fmt: skip
    alone = [("3", "助学。", "", ""), ("4", "植树。", "市林业局", "")]
    assert tasks(parse(read(pdf_of([drawn(first), drawn(alone)]))))[2:] == ["3", "4 责=市林业局"]
