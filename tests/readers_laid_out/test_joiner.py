"""Lines to paragraphs: each case is a page in characters, each letter ten points wide."""

from __future__ import annotations

import pytest
from duban.extract.readers.boxes import Box, Line, Sheet, in_reading_order
from duban.extract.readers.laid_out import source_of
from duban.model.errors import EmptyError

#: Full lines that show the column's sides: 20 letters.
FULL = ["甲" * 20, "乙" * 20, "丙" * 20, "丁" * 10 + "。"]


def page(rows: list[str], *, height: float = 800.0, top: float = 120.0) -> Sheet:
    """A page 300 wide; a row begins at 50 and a blank in it is a full blank; ``size`` is ten."""
    lines = []
    for number, row in enumerate(rows):
        text = row.strip("　")
        if not text:
            continue
        left = 50.0 + 10 * (len(row) - len(row.lstrip("　")))
        right = left + sum(5 if letter.isascii() else 10 for letter in text)
        y = top + 20 * number
        lines.append(Line(text, Box(left, y, right, y + 10), 10.0))
    return Sheet("page 1", 300.0, height, lines, [], [])


def text_of(*pages: Sheet) -> str:
    source = source_of(
        [sheet._replace(part=f"page {n + 1}") for n, sheet in enumerate(pages)], "x", "pdf", b"x"
    )
    position = 0
    for piece in source.pieces:
        assert piece.start == position
        position = piece.end
    assert position == len(source.text)
    end = next((piece.start for piece in source.pieces if piece.aside), position)
    return source.text[:end]


@pytest.mark.parametrize(
    ("rows", "paragraphs"),
    [
        pytest.param(
            ["　　" + "一" * 18, "二" * 20, "三三。"],
            ["一" * 18 + "二" * 20 + "三三。"],
            id="a full line goes on",
        ),
        pytest.param(
            ["　　" + "一" * 17 + "。", "　　" + "二" * 18],
            ["一" * 17 + "。", "二" * 18],
            id="an indent begins",
        ),
        pytest.param(
            ["短行", "又一行"],
            ["短行", "又一行"],
            id="what follows would have fitted",
        ),
        pytest.param(
            ["　　" + "一" * 16, "2025年完成"],
            ["一" * 16 + "2025年完成"],
            id="a number is not cut",
        ),
        pytest.param(
            ["一" * 18 + "（市", "住建局）办。"],
            ["一" * 18 + "（市住建局）办。"],
            id="a bracket goes on",
        ),
        pytest.param(
            ["建设（责任单位：市住房城", "乡建设局）。"],
            ["建设（责任单位：市住房城乡建设局）。"],
            id="a hard end in a bracket",
        ),
        pytest.param(
            ["　　（责任单位：市住房城", "　　二、新项"],
            ["（责任单位：市住房城", "二、新项"],
            id="a lost bracket ends",
        ),
        pytest.param(
            ["一" * 19 + "，", "局长。"],
            ["一" * 19 + "，局长。"],
            id="closing marks stay on their line",
        ),
    ],
)  # fmt: skip
def test_paragraphs(rows: list[str], paragraphs: list[str]) -> None:
    indented = ["　　" + "始" * 18]
    assert text_of(page([*indented, *FULL, *rows])).splitlines()[1:] == paragraphs


def held(sheet: Sheet, rows: list[str]) -> Sheet:
    """The page, its blanks as the file's own letters: a row begins at the column's side."""
    blanks = [(row[: len(row) - len(row.lstrip("　"))], row[len(row.rstrip("　")) :]) for row in rows]
    lines = [
        line._replace(ahead=ahead, behind=behind)
        for line, (ahead, behind) in zip(sheet.lines, blanks, strict=True)
    ]
    return sheet._replace(lines=lines)


@pytest.mark.parametrize(
    ("rows", "paragraphs"),
    [
        pytest.param(
            ["一" * 15 + "　" * 5, "　　2024年5月9日"],
            ["一" * 15 + "　" * 7 + "2024年5月9日"],
            id="a run of blanks goes on",
        ),
        pytest.param(
            ["一" * 15 + "　" * 5, "2024年5月9日"],
            ["一" * 15 + "　" * 5 + "2024年5月9日"],
            id="a run of blanks ends with its line",
        ),
        pytest.param(
            ["一" * 15 + "　" * 3, "　　2024年5月9日"],
            ["一" * 15, "2024年5月9日"],
            id="more blanks would have fitted",
        ),
        pytest.param(
            ["　" * 8 + "市政府办公室　　　　", "　" * 10 + "2024年5月9日　　　　"],
            ["市政府办公室", "2024年5月9日"],
            id="signer and day at the right side",
        ),
    ],
)  # fmt: skip
def test_a_line_that_is_broken_inside_a_run_of_blanks(rows: list[str], paragraphs: list[str]) -> None:
    every = ["　　" + "始" * 18, *FULL, *rows]
    assert text_of(held(page(every), every)).splitlines()[1:] == paragraphs


def test_a_sentence_over_pages_goes_on_and_the_page_mark_stands_aside() -> None:
    first = page(["　　" + "始" * 18, *FULL[:3]])
    mark = Line("— 1 —", Box(140, 760, 165, 770), 10.0)
    first.lines.append(mark)
    second = page(["完。", "　　新的一段"])
    assert text_of(first, second).splitlines() == ["始" * 18 + "".join(FULL[:3]) + "完。", "新的一段"]


def test_running_headers_stand_aside_and_nothing_is_lost() -> None:
    pages = []
    for number in range(4):
        sheet = page([f"第{number}段。"])
        sheet.lines.insert(0, Line("某市政府公报", Box(50, 20, 110, 30), 10.0))
        pages.append(sheet)
    assert text_of(*pages).splitlines() == [f"第{number}段。" for number in range(4)]
    whole = source_of(pages, "x", "pdf", b"x")
    assert sum(whole.text[p.start : p.end] == "某市政府公报" for p in whole.pieces if p.aside) == 4


def test_a_seldom_header_is_text() -> None:
    sheet = page(["第一段。"])
    sheet.lines.insert(0, Line("望政发〔2025〕3号", Box(50, 20, 130, 30), 10.0))
    assert text_of(sheet).splitlines() == ["望政发〔2025〕3号", "第一段。"]


def test_parts_of_one_line_are_one_line() -> None:
    parts = [Line("2025年", Box(60, 10, 90, 20), 10), Line("到", Box(50, 10.4, 60, 20.4), 10)]
    assert [line.text for line in in_reading_order(parts)] == ["到2025年"]


def test_pages_without_text_are_told() -> None:
    with pytest.raises(EmptyError):
        text_of(page([]))
