"""What a PDF's page may hold beside plain lines: hidden, rotated and scattered text, turned pages, scans."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from duban.extract import parse
from duban.extract.readers import ReadOptions
from duban.extract.readers.pdf import is_pdf, read_pdf
from duban.model import Source
from duban.model.errors import ProgramMissingError
from pdf_writer import pdf_of, plain_pdf, show, stream


def pages(*contents: bytes, page: bytes = b"") -> Source:
    return read_pdf(pdf_of(contents, page=page), "x.pdf", ReadOptions())


def body_and_asides(source: Source) -> tuple[str, list[str]]:
    end = next((piece.start for piece in source.pieces if piece.aside), len(source.text))
    return source.text[:end], source.text[end:].splitlines()


def test_pieces_tell_page_and_box() -> None:
    source = pages(show("第一页。", 80, 700), show("第二页", 80, 700))
    first, second = (piece for piece in source.pieces if not piece.generated)
    assert (first.part, second.part) == ("page 1", "page 2")
    assert first.box is not None
    left, top, right, bottom = first.box
    assert (left, right) == (80.0, 144.0)
    assert top == pytest.approx(842 - 700 - 0.88 * 16, abs=0.1)
    assert bottom == pytest.approx(842 - 700 + 0.12 * 16, abs=0.1)


def test_hidden_text_stands_aside_where_there_is_other_text() -> None:
    body, asides = body_and_asides(pages(show("看得见", 80, 700) + show("看不见", 80, 600, more="3 Tr")))
    assert (body, asides) == ("看得见\n", ["看不见"])


def test_the_text_layer_of_a_scan_is_read() -> None:
    assert pages(show("扫描件的文字层", 80, 700, more="3 Tr")).text == "扫描件的文字层\n"


def test_the_text_layer_over_a_picture_is_told_as_recognised() -> None:
    scan = b"q 500 0 0 500 40 200 cm /I Do Q " + show("一、加强领导", 80, 700, more="3 Tr")
    raw = pdf_of([scan], extra=[RED], resources=b"/XObject << /I 4 0 R >>")
    source = read_pdf(raw, "扫描.pdf", ReadOptions())
    assert source.text == "一、加强领导\n"
    assert {piece.part for piece in source.pieces} == {"page 1 (ocr)"}
    assert "N071" in {found.code for found in parse(source).diagnostics}
    unpictured = parse(pages(show("一、加强领导", 80, 700, more="3 Tr")))
    assert "N071" not in {found.code for found in unpictured.diagnostics}


def test_a_running_header_of_two_pages_stands_aside() -> None:
    head = show("澜江市人民政府办公室", 80, 800, size=10)
    first = show("市生态环境局要会同市水利局制定河道治理实施方案并报市政", 80, 700)
    second = show("府同意。", 80, 700)
    body, asides = body_and_asides(pages(head + first, head + second))
    assert "办公室" not in body
    assert asides == ["澜江市人民政府办公室"] * 2
    # where text begins, the same words head two documents
    low = show("澜江市人民政府文件", 80, 740)
    assert body_and_asides(pages(low + first, low + second))[1] == []


def test_footnotes_stand_aside_and_part_no_paragraph() -> None:
    first = show("推进河道治理、清淤护岸、绿化截污、活水补水、管护巡查", 80, 140)
    note = show("1指经市政府批准的重点工程。", 80, 100, size=10) + show("不含一般项目。", 80, 88, size=10)
    body, asides = body_and_asides(pages(first + note, show("等工作。", 80, 700)))
    assert body == "推进河道治理、清淤护岸、绿化截污、活水补水、管护巡查等工作。\n"
    assert asides == ["1指经市政府批准的重点工程。", "不含一般项目。"]


@pytest.mark.parametrize(
    "last", ["1.治理河道清淤护岸。", "1 治理河道 市水利局", "2024年2月20日印发", "抄送：市委。"]
)
def test_other_small_lines_at_a_page_s_end_are_no_footnotes(last: str) -> None:
    content = show("推进河道治理、清淤护岸、绿化截污。", 80, 140) + show(last, 80, 100, size=10)
    assert body_and_asides(pages(content))[1] == []


@pytest.mark.parametrize(
    ("before", "size", "y", "shown"),
    [
        ("种树10", 9, 706, "种树10⁴亩"),
        ("重点工程", 9, 706, "重点工程⁴亩"),
        ("绿化m", 9, 706, "绿化m4亩"),
        ("种树10", 9, 700, "种树104亩"),  # not raised
        ("种树10", 16, 700, "种树104亩"),
    ],
)
def test_raised_figures(before: str, size: int, y: int, shown: str) -> None:
    at = 80 + 16 * len(before)
    content = show(before, 80, 700) + show("4", at, y, size=size) + show("亩", at + size, 700)
    assert pages(content).text == f"{shown}\n"


def test_the_heads_of_annexes_are_no_running_header() -> None:
    sheets = [
        show(f"附件{number}", 80, 760) + show(f"第{number}张任务表。", 80, 700) for number in range(1, 5)
    ]
    body, asides = body_and_asides(pages(*sheets))
    assert [f"附件{number}" in body for number in range(1, 5)] == [True] * 4
    assert asides == []


def test_marks_that_hang_over_the_margin_are_not_where_lines_end() -> None:
    """The margin is at 512: a line that ends at 496 had no room for another letter."""
    letters = "推进河道治理清淤护岸绿化截污活水补水管护巡查监测评估工程建设"
    drawn, y = b"", 760
    for text in (f"{letters[:25]}，\n{letters[:27]}\n完成。", f"{letters[:24]}\n{letters[24:27]}完成。") * 4:
        for at, line in enumerate(text.split("\n")):
            drawn += show(line, 80 if at else 112, y)
            y -= 28
    found = pages(drawn).text.splitlines()
    assert found == [f"{letters[:25]}，{letters[:27]}完成。", f"{letters[:27]}完成。"] * 4


def with_each(texts: list[str]) -> bytes:
    """A page whose lines are drawn each behind its number, as Word does it."""
    return b"".join(
        show(f"{at:>2}", 60, 748 - 28 * at, size=8) + show(text, 90, 748 - 28 * at)
        for at, text in enumerate(texts, 1)
    )


def numbered(texts: list[str], first: int, *, step: int = 1, across: bool = False, top: int = 720) -> bytes:
    """A page whose lines have numbers in the margin, drawn behind them; ``across`` in two parts each."""
    drawn = b""
    for at, text in enumerate(texts):
        parts = text.split() if across else [text]
        drawn += b"".join(show(part, 90 + 320 * place, top - 28 * at) for place, part in enumerate(parts))
    told = [at for at in range(len(texts)) if (at + first) % step == 0]
    return drawn + b"".join(show(f"{at + first:>2}", 60, top - 28 * at, size=8) for at in told)


PROSE = [f"推进第{number}项河道治理工程。" for number in "一二三四五六七八九十" * 2]


@pytest.mark.parametrize(("step", "told"), [(1, 20), (2, 10)])
def test_the_numbers_of_lines_stand_aside(step: int, told: int) -> None:
    body, asides = body_and_asides(pages(numbered(PROSE, 1, step=step)))
    assert body.splitlines() == PROSE
    assert asides == [str(step * number) for number in range(1, told + 1)]


def test_the_numbers_of_lines_may_be_drawn_with_them() -> None:
    body, asides = body_and_asides(pages(with_each(PROSE)))
    assert body.splitlines() == PROSE
    assert len(asides) == len(PROSE)


def test_the_numbers_of_lines_go_on_overleaf() -> None:
    body, asides = body_and_asides(pages(numbered(PROSE, 1), numbered(PROSE[:2], 21)))
    assert body.splitlines() == [*PROSE, *PROSE[:2]]
    assert asides[-2:] == ["21", "22"]


@pytest.mark.parametrize(
    "content",
    [
        # a table's rows are in several parts; its head, and prose above it, have no number
        numbered([f"{line} 市水利局" for line in PROSE], 1, across=True),
        show("责任分工", 90, 720) + numbered(PROSE[:16], 1, top=692),
        # not in a row
        b"".join(
            show(f"{at * at}", 60, 720 - 28 * at) + show("治理。", 90, 720 - 28 * at) for at in range(9)
        ),
    ],
)
def test_other_numbers_at_the_left_are_no_numbers_of_lines(content: bytes) -> None:
    assert not body_and_asides(pages(content))[1]


def test_a_page_that_stands_on_its_head_is_read_from_its_beginning() -> None:
    parts = (("一、", 80), ("推进", 112), ("河道治理工程，", 144), ("落实责任。", 256))
    content = b"".join(show(part, x, 700) for part, x in parts) + show("二、加强领导。", 80, 672)
    for page in (b"", b"/Rotate 180"):
        assert pages(content, page=page).text == "一、推进河道治理工程，落实责任。\n二、加强领导。\n"


def test_a_watermark_across_the_page_stands_aside() -> None:
    mark = (
        b"BT /F 40 Tf 0.7071 0.7071 -0.7071 0.7071 150 300 Tm <" + "内部".encode("utf-16-be").hex().encode()
    )
    body, asides = body_and_asides(
        pages(show("正文一", 80, 700) + mark + b"> Tj ET\n" + show("正文二", 80, 660))
    )
    assert body.splitlines() == ["正文一", "正文二"]
    assert asides == ["内部"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    """The text is turned against the page, as scanners do: seen upright."""
    matrix = {0: "1 0 0 1 100 700", 90: "0 1 -1 0 100 100", 180: "-1 0 0 -1 500 100", 270: "0 -1 1 0 500 700"}
    step = {0: (0, -40), 90: (40, 0), 180: (0, 40), 270: (-40, 0)}[turn]
    content = b""
    for number, words in enumerate(("甲乙丙", "丁戊")):
        *rotation, x, y = matrix[turn].split()
        place = f"{int(x) + number * step[0]} {int(y) + number * step[1]}"
        codes = words.encode("utf-16-be").hex()
        content += f"BT /F 16 Tf {' '.join(rotation)} {place} Tm <{codes}> Tj ET\n".encode()
    source = pages(content, page=b"/Rotate %d" % turn)
    assert source.text.splitlines() == ["甲乙丙", "丁戊"]
    assert all(piece.box is None or piece.box[0] < piece.box[2] for piece in source.pieces)


def test_text_drawn_in_pieces_and_out_of_order_is_one_line() -> None:
    content = show("完成", 80 + 16 * 5, 700) + show("第二行", 80, 660) + show("到2025年", 80, 700)
    assert pages(content).text.splitlines() == ["到2025年完成", "第二行"]


def test_figures_drawn_apart_are_flagged_and_never_put_in() -> None:
    content = show("（一）建成片以上，增长%。（市体育局负责）", 80, 700) + show("40  5.5", 80, 640)
    notice = parse(pages(content))
    flagged = [d for d in notice.diagnostics if d.code == "N070"]
    assert [notice.source.text[d.span.start : d.span.end] for d in flagged if d.span] == ["增长%", "40 5.5"]
    assert "建成40" not in notice.source.text


def test_a_notice_without_holes_is_not_flagged() -> None:
    notice = parse(
        read_pdf(plain_pdf(["1.增长6%，6月底前完成。", "（责任单位：市财政局）"]), "x", ReadOptions())
    )
    assert not [d for d in notice.diagnostics if d.code == "N070"]


def test_a_whole_date_on_a_line_of_its_own_is_no_lifted_figure() -> None:
    notice = parse(pages(show("2023-08-14", 80, 700) + show("2023-08-14.5", 80, 600)))
    flagged = [notice.source.text[slice(*d.span)] for d in notice.diagnostics if d.code == "N070" and d.span]
    assert flagged == ["2023-08-14.5"]


def test_the_head_may_stand_in_the_first_kilobyte() -> None:
    assert is_pdf(b"\n\n" + plain_pdf(["文字"]))
    assert not is_pdf(b"x" * 2000 + b"%PDF-1.7")


RED = stream(
    b"\xff\x00\x00",
    b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8",
)
_TSV = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "5\t1\t1\t1\t1\t1\t300\t300\t200\t60\t96\t一、加强\n5\t1\t1\t1\t1\t2\t510\t300\t100\t60\t91\t领导\n"
    "5\t1\t1\t1\t2\t1\t300\t400\t200\t60\t3\t噪声\n"
)


def _scan() -> bytes:
    return pdf_of([b"q 500 0 0 500 40 200 cm /I Do Q"], extra=[RED], resources=b"/XObject << /I 4 0 R >>")


def test_ocr_is_done_on_demand_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for tesseract, which need not be installed: it looks that no red is left, and answers."""
    program = tmp_path / "tesseract"
    program.write_text(
        "#!/usr/bin/env python3\nimport sys\n"
        "head, _, dots = sys.stdin.buffer.read().partition(b' 255\\n')\n"
        "sys.exit(9) if min(dots) < 250 or 'chi_sim' not in sys.argv else None\n"
        f"sys.stdout.buffer.write({_TSV!r}.encode())\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    notice = parse(read_pdf(_scan(), "扫描.pdf", ReadOptions(ocr=True)))
    assert notice.source.text == "一、加强领导\n"
    assert "N071" in {found.code for found in notice.diagnostics}


def test_ocr_asks_for_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissingError):
        read_pdf(_scan(), "扫描.pdf", ReadOptions(ocr=True))


def test_a_page_of_pictures_among_pages_of_text_is_told() -> None:
    raw = pdf_of(
        [show("正文", 80, 700), b"q 500 0 0 500 40 200 cm /I Do Q"],
        extra=[RED],
        resources=b"/XObject << /I 4 0 R >>",
    )
    assert body_and_asides(read_pdf(raw, "x", ReadOptions()))[1] == ["[page 2：只有图片，没有文字]"]
