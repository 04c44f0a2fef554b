"""Tables that no ruled lines close: columns by their text, rows by rules or numbers; else they stay lines."""

from __future__ import annotations

import pytest
from duban.extract import parse
from duban.extract.readers import ReadOptions
from duban.extract.readers.pdf import read_pdf
from duban.model import Source
from pdf_writer import pdf_of, show

#: Where the columns begin, in points; letters are 10 wide, lines 14 apart.
XS = (60, 110, 330, 450)
SIZE, STEP = 10, 14
HEAD = ["序号", "重点任务", "责任单位", "完成时限"]


class Page:
    """A page that is written from top to bottom."""

    def __init__(self) -> None:
        self.content = b""
        self.y = 760.0

    def row(self, *cells: str, room: float = 4) -> Page:
        """A row; line breaks in a cell are kept."""
        lines = [cell.split("\n") for cell in cells]
        for x, cell in zip(XS, lines, strict=True):
            for number, words in enumerate(cell):
                if words:
                    self.content += show(words, x, self.y - number * STEP, size=SIZE)
        self.y -= STEP * max(map(len, lines)) + room
        return self

    def line(self, words: str, x: float = 60, *, room: float = 4) -> Page:
        """A line of prose."""
        self.content += show(words, x, self.y, size=SIZE)
        self.y -= STEP + room
        return self

    def rule(self, left: float = 55, right: float = 540, *, pieces: int = 1) -> Page:
        """A level rule between the last row and the next, drawn in one or many pieces."""
        step = (right - left) / pieces
        for n in range(pieces):
            end = left + n * step + (step * 0.6 if pieces > 1 else step)
            self.content += f"{left + n * step} {self.y + 11} m {end} {self.y + 11} l S\n".encode()
        return self


def _read(*pages: Page) -> Source:
    return read_pdf(pdf_of([page.content for page in pages]), "a.pdf", ReadOptions())


def _body(source: Source) -> list[str]:
    end = next((piece.start for piece in source.pieces if piece.aside), len(source.text))
    return source.text[:end].splitlines()


def _aside(source: Source) -> str:
    return "".join(source.text[piece.start : piece.end] for piece in source.pieces if piece.aside)


LONG = [
    "2",
    "围绕群众办事需要优化服务流程压减申报材\n料，推进一件事一次办。",
    "市财政局、市教育局\n（市语委办）",
    "年底前",
]
READ = [
    "序号 | 重点任务 | 责任单位 | 完成时限 |",
    "1 | 修桥。 | 市交通局 | 6月底前 |",
    "2 | 围绕群众办事需要优化服务流程压减申报材料，推进一件事一次办。 | "
    "市财政局、市教育局（市语委办） | 年底前 |",
    "3 | 通水。 | 市水利局 | 年底前 |",
]


def _three(page: Page, *, ruled: str = "", pieces: int = 1) -> Page:
    """The table of READ; ``ruled`` says above which rows a rule stands: h(ead), 1 to 3, e(nd)."""
    for sign, cells in zip(
        "h123",
        (HEAD, ["1", "修桥。", "市交通局", "6月底前"], LONG, ["3", "通水。", "市水利局", "年底前"]),
        strict=True,
    ):
        if sign in ruled:
            page.rule(pieces=pieces)
        page.row(*cells)
    return page.rule(pieces=pieces) if "e" in ruled else page


@pytest.mark.parametrize("ruled", ["", "h1e", "h123e", "h123", "he", "1"])
def test_rules_may_be_missing(ruled: str) -> None:
    assert _body(_read(_three(Page(), ruled=ruled))) == READ


def test_rules_may_be_drawn_in_pieces() -> None:
    assert _body(_read(_three(Page(), ruled="h123e", pieces=120))) == READ


@pytest.mark.parametrize("ruled", ["", "h1e", "h123e"])
def test_what_stands_around_the_table_is_no_part_of_it(ruled: str) -> None:
    page = (
        Page()
        .line("一、总体要求。各部门要把各项工作往前赶，确保全年目标任务按时完成，不得拖延。")
        .line("附件1")
    )
    page = _three(page, ruled=ruled).line(
        "注：本表各项任务由市政府办公室按季度调度，逾期未完成的予以通报批评，结果报市委。"
    )
    page.y -= 30
    page.line("市政府办公室", 450)
    body = _body(_read(page))
    assert body[2:6] == READ
    assert body[0].startswith("一、总体要求")
    assert body[1] == "附件1"
    assert body[6].startswith("注：本表")
    assert body[-1].endswith("市政府办公室")


def test_a_closing_rule_keeps_out_what_would_fit_below() -> None:
    page = _three(Page(), ruled="h1e").line("另行通知", 110)
    assert _body(_read(page)) == [*READ, "另行通知"]


def test_headings_inside_the_table_are_rows_of_their_own() -> None:
    page = Page().row(*HEAD).line("一、基础设施建设（牵头部门：市发展和改革委员会，共2项）")
    page.row("1", "修桥。", "市交通局", "6月底前").row(*LONG)
    page.line("二、公共服务提升（牵头部门：市人力资源和社会保障局，共1项）").row(
        "3", "通水。", "市水利局", "年底前"
    )
    assert _body(_read(page)) == [
        READ[0],
        "一、基础设施建设（牵头部门：市发展和改革委员会，共2项） |  |  |  |",
        *READ[1:3],
        "二、公共服务提升（牵头部门：市人力资源和社会保障局，共1项） |  |  |  |",
        READ[3],
    ]


@pytest.mark.parametrize("repeated", [False, True])
def test_the_table_goes_on_overleaf_with_the_same_columns(repeated: bool) -> None:
    first, second = Page().row(*HEAD), Page()
    for n in range(1, 4):
        first.row(str(n), "修桥。", "市交通局", "6月底前")
    first.row("4", "围绕群众办事需要优化服务流程压减申报材", "市财政局、市教育局", "年底前")
    if repeated:
        second.row(*HEAD)
    second.row("", "料，推进一件事一次办。", "（市语委办）", "")
    second.row("5", "通水。", "市水利局", "年底前")
    source = _read(first, second)
    assert _body(source) == [
        READ[0],
        *(f"{n} | 修桥。 | 市交通局 | 6月底前 |" for n in range(1, 4)),
        READ[2].replace("2 |", "4 |"),
        READ[3].replace("3 |", "5 |"),
    ]
    assert ("责任单位" in _aside(source)) == repeated
    assert [task.number for task in parse(source).tasks] == [1, 2, 3, 4, 5]


def test_one_table_ends_and_another_begins_on_a_page() -> None:
    first = Page().row(*HEAD)
    for n in range(1, 4):
        first.row(str(n), "修桥。", "市交通局", "6月底前")
    second = Page().row("4", "铺路。", "市交通局", "6月底前").line("附件2")
    second = _three(second).line("附件3")
    assert _body(_read(first, _three(second))) == [
        READ[0],
        *(
            f"{n} | {what}。 | 市交通局 | 6月底前 |"
            for n, what in zip("1234", ("修桥",) * 3 + ("铺路",), strict=True)
        ),
        "附件2",
        *READ,
        "附件3",
        *READ,
    ]


def test_running_headers_are_no_rows() -> None:
    pages = []
    for n in range(1, 5):
        page = Page().line("望川市2024年重点工作任务责任分工一览表（征求意见稿）")
        if n == 1:
            page.row(*HEAD)
        pages.append(page.row(str(n), "修桥。", "市交通局", "6月底前"))
    source = _read(*pages)
    assert _body(source) == [READ[0], *(f"{n} | 修桥。 | 市交通局 | 6月底前 |" for n in range(1, 5))]
    assert _aside(source).count("征求意见稿") == 4


def test_a_page_of_prose_overleaf_is_no_part_of_the_table() -> None:
    prose = "各部门要切实加强组织领导，压实工作责任，确保各项任务按时保质完成，不得推诿拖延。"
    source = _read(_three(Page()), Page().line("附件2").line(prose).line(prose))
    assert _body(source)[:5] == [*READ, "附件2"]


MIDDLE = "围绕群众办事需要优化服务流程压减\n申报材料，推进一件事一次办，建立健\n全跨部门机制。"


@pytest.mark.parametrize("headed", [True, False])
def test_rows_that_lie_evenly_about_their_numbers(headed: bool) -> None:
    pages = []
    for first in (1, 4):
        page = Page().row(*HEAD) if headed or first == 1 else Page()
        for n in range(first, first + 3):
            page.row(f"\n{n}", MIDDLE, "\n市财政局", "\n年底前", room=0)
        pages.append(page)
    words = MIDDLE.replace("\n", "")
    assert _body(_read(*pages)) == [READ[0], *(f"{n} | {words} | 市财政局 | 年底前 |" for n in range(1, 7))]


def test_rows_whose_numbers_stand_elsewhere_are_left_as_lines_and_it_is_said() -> None:
    page = Page().row(*HEAD)
    for n in range(1, 4):
        page.row(f"\n\n{n}", MIDDLE, "\n\n市财政局", "\n\n年底前", room=0)
    source = _read(page)
    assert not any("|" in line for line in _body(source))
    assert "[page 1：有表头而没有框线，分不出栏，按行读出]" in _aside(source)


def test_numbers_in_the_middle_are_no_trouble_where_rows_are_ruled() -> None:
    page = Page().rule().row(*HEAD)
    for n in range(1, 4):
        page.rule().row(
            f"\n{n}",
            "围绕群众办事需要优化服务流程压减\n申报材料，推进一件事一次办，建立健\n全跨部门机制。",
            "\n市财政局",
            "\n年底前",
        )
    assert _body(_read(page.rule())) == [
        READ[0],
        *(
            f"{n} | 围绕群众办事需要优化服务流程压减申报材料，推进一件事一次办，建立健全跨部门机制。"
            " | 市财政局 | 年底前 |"
            for n in range(1, 4)
        ),
    ]


def test_the_closing_lines_of_an_official_document_are_no_table() -> None:
    """GB/T 9704-2012 7.4: three rules over the whole width at the end, with copies and printing."""
    page = Page().rule().line("抄送：市委各部门，市人大常委会办公室，市政协办公室。").rule()
    page.line("市人民政府办公室").rule()
    source = _read(page)
    assert not any("|" in line for line in _body(source))
    assert _aside(source) == ""


def test_pdfplumber_is_not_asked_about_plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    import pdfplumber

    monkeypatch.setattr(pdfplumber, "open", lambda _: pytest.fail("it was asked"))
    page = (
        Page()
        .line("一、总体要求")
        .line("各部门要把各项工作任务往前赶（责任单位：市财政局）。完成时限：6月底前。")
    )
    assert len(_body(_read(page))) == 2


def test_a_page_that_pdfplumber_cannot_read_is_read_as_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    import pdfplumber

    def fail(_: object) -> None:
        raise KeyError("font")

    monkeypatch.setattr(pdfplumber, "open", fail)
    source = _read(_three(Page()))
    assert "重点任务" in source.text
    assert "分不出栏" in _aside(source)


def test_a_damaged_page_elsewhere_is_no_trouble() -> None:
    """pdfium reads past what pdfminer refuses: the resources of the second page are no dictionary."""
    good = pdf_of([_three(Page()).content, Page().line("附件2").content])
    at = good.rindex(b"/Resources <<")
    raw = good[:at] + good[at:].replace(b"/F 3 0 R >>", b"/F 3 0 R \x11", 1)
    assert "修桥。" in read_pdf(raw, "a.pdf", ReadOptions()).text
