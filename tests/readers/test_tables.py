"""Spreadsheets and csv: the header by its words, merged cells, several sheets, numbers as shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from duban.extract import parse
from duban.extract.readers import read, reader_for
from duban.model import places_of
from duban.model.cell_numbers import shown_number
from duban.model.errors import DamagedError, EmptyError
from short_forms import tasks

HEAD = ["序号", "工作任务", "责任单位", "完成时限"]


def book(fill: Callable[[Any], None]) -> bytes:
    """A workbook that ``fill`` writes to."""
    made = openpyxl.Workbook()
    fill(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_ledger_of_several_sheets() -> None:
    def fill(made: Any) -> None:
        first = made.active
        first.title = "水利"
        first.append(["2024年水利任务清单"])
        first.merge_cells("A1:D1")
        first.append([])
        first.append(HEAD)
        first.append(["一、水利"])
        first.merge_cells("A4:D4")
        first.append([1, "修渠。", "市水利局\n市财政局", "6月底前"])
        first.append([2, "建库。", None, "2024年底前"])
        first.merge_cells("C5:C6")
        first.append(["注：按季调度。"])
        second = made.create_sheet("教育")
        second.append(HEAD)
        second.append([1, "办学。", "市教育局", "9月底前"])
        hidden = made.create_sheet("旧表")
        hidden.append(HEAD)
        hidden.append([9, "作废。", "市水利局", ""])
        hidden.sheet_state = "hidden"

    source = read(book(fill), "台账.xlsx")
    assert source.format == "xlsx"
    assert source.text == (
        "2024年水利任务清单\n序号 | 工作任务 | 责任单位 | 完成时限 |\n一、水利 |  |  |  |\n"
        "1 | 修渠。 | 市水利局 市财政局 | 6月底前 |\n2 | 建库。 |  | 2024年底前 |\n注：按季调度。\n"
        "序号 | 工作任务 | 责任单位 | 完成时限 |\n1 | 办学。 | 市教育局 | 9月底前 |\n"
        "序号 | 工作任务 | 责任单位 | 完成时限 |\n9 | 作废。 | 市水利局 |  |\n"
    )
    notice = parse(source)
    assert tasks(notice) == ["一、1 责=市水利局、市财政局", "一、2 ~责=市水利局、市财政局", "1 责=市教育局"]
    at = source.text.index("建库")
    assert [(piece.part, piece.where) for piece in places_of(source.pieces, at, at + 2)] == [("水利", (5, 1))]
    assert all("作废" not in span.of(source.text) for task in notice.tasks for span in [task.span])


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("3", 0, "3"),
        ("0.1", 0, "0.1"),
        ("0.10000000000000001", 0, "0.1"),
        ("0.065", "0.0%", "6.5%"),
        ("0.5", 9, "50%"),
        ("1234567.5", 4, "1,234,567.50"),
        ("45473", 14, "2024/6/30"),
        ("45473", 'yyyy"年"m"月"d"日"', "2024年6月30日"),
        ("45473", "yyyy年m月", "2024年6月"),
        ("45473", "yyyy-mm-dd;@", "2024-06-30"),
        ("45473.5", "[$-804]yyyy/m/d h:mm", "2024/6/30 12:00"),
        ("1", 14, "1900/1/1"),
        ("1E+3", 0, "1000"),
        # words of a format, its sections, digits that are always shown
        ("12", '0"公里"', "12公里"),
        ("3", 'General"个"', "3个"),
        ("3", 'G/通用格式"个"', "3个"),
        ("7", '"第"0"次"', "第7次"),
        ("12345.6", '#,##0.00"万元"', "12,345.60万元"),
        ("12345", '0.0,"千"', "12.3千"),
        ("8", "000", "008"),
        ("0.5", "0.##", "0.5"),
        ("2.5", "0", "3"),
        ("12.5", "[$¥-804]#,##0.00;-[$¥-804]#,##0.00", "¥12.50"),
        ("-5", "0;[Red](0)", "(5)"),
        ("0", '0;-0;"—"', "—"),
        ("1234", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "1,234"),
        ("999999999999999", "0." + "0" * 22, "999999999999999." + "0" * 22),
        ("1", "0" * 300, "1"),
        # what is left as it is stored
        ("0.5", "# ?/?", "0.5"),
        ("12", "[>=10]0;0.0", "12"),
        ("1200", "0.0E+00", "1200"),
        ("1234567", "000-0000", "1234567"),
        ("-0.5", "0.00_ ", "-0.50"),
        ("nan", 0, "nan"),
        ("1e999999", 0, "1e999999"),
    ],
)
def test_numbers_are_as_shown(value: str, form: str | int, shown: str) -> None:
    assert shown_number(value, form) == shown


def test_hidden_rows_and_columns_stand_aside() -> None:
    def fill(made: Any) -> None:
        sheet = made.active
        sheet.append([*HEAD[:3], "原责任单位", HEAD[3]])
        for number in range(1, 4):
            sheet.append([number, "修渠。", "市水利局", "市农机局", "6月底前"])
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True

    source = read(book(fill))
    assert tasks(parse(source)) == ["1 责=市水利局", "3 责=市水利局"]
    aside = "".join(source.text[piece.start : piece.end] for piece in source.pieces if piece.aside)
    assert "原责任单位" in aside
    assert "2 | 修渠。 | 市水利局 | 市农机局 | 6月底前 |" in aside


def test_digits_in_chinese() -> None:
    def fill(made: Any) -> None:
        sheet = made.active
        sheet.append([12, 20, 45473])
        for cell, form in zip(
            sheet[1], ("[DBNum1]General", "[DBNum2]0", '[DBNum1]yyyy"年"m"月"'), strict=True
        ):
            cell.number_format = form

    assert read(book(fill)).text == "一十二 | 贰拾 | 二〇二四年六月 |\n"


def edited(raw: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose parts went through ``edit``."""
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)))
    return stream.getvalue()


def test_strict_files_and_escapes() -> None:
    raw = book(lambda made: made.active.append([1, "修渠。CRLF清淤。", "市水利局"]))
    for old, new in (
        (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"schemas.openxmlformats.org/officeDocument/2006/", b"purl.oclc.org/ooxml/officeDocument/"),
        (b"CRLF", b"_x000D_\n"),
    ):
        raw = edited(raw, lambda part, old=old, new=new: part.replace(old, new))  # type: ignore[misc]
    assert read(raw).text == "1 | 修渠。 清淤。 | 市水利局 |\n"


def test_days_of_strict_files() -> None:
    def fill(made: Any) -> None:
        made.active.append([45473])
        made.active["A1"].number_format = 'yyyy"年"m"月"d"日"'

    raw = edited(book(fill), lambda part: part.replace(b't="n"><v>45473<', b't="d"><v>2024-06-30T00:00:00<'))
    assert read(raw).text == "2024年6月30日\n"


def test_an_independent_reader_sees_the_same_words() -> None:
    from pathlib import Path

    path = Path(__file__).parents[1] / "fixtures" / "notices" / "e-table.xlsx"
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = [
        str(cell).strip()
        for row in book.active.iter_rows(values_only=True)
        for cell in row
        if cell not in (None, "")
    ]
    book.close()
    words = read(path.read_bytes()).text.replace(" |", "\n").split("\n")
    assert [word.strip() for word in words if word.strip()] == cells


CSV = '重点任务\r\n序号,工作任务,责任单位,完成时限\r\n1,"修渠,\r\n清淤。",市水利局、市财政局,6月底前\r\n2,建库。,市水利局,\r\n'


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv(codec: str) -> None:
    source = read(CSV.encode(codec), "表.csv")
    assert source.format == "csv"
    assert source.text == (
        "重点任务\n序号 | 工作任务 | 责任单位 | 完成时限 |\n1 | 修渠, 清淤。 | 市水利局、市财政局 | 6月底前 |\n"
        "2 | 建库。 | 市水利局 |  |\n"
    )
    assert tasks(parse(source)) == ["1 责=市水利局、市财政局", "2 责=市水利局"]


def test_cells_parted_by_tabs_with_quotation_marks() -> None:
    tabs = CSV.replace(",", "\t").replace("修渠\t", "修渠，")
    for codec in ("utf-8", "gb18030", "utf-16"):
        source = read(tabs.encode(codec), "表.txt")
        assert source.format == "csv"
        assert "1 | 修渠， 清淤。 | 市水利局、市财政局 | 6月底前 |\n" in source.text


def test_a_line_that_names_the_separator_stands_aside() -> None:
    source = read(("sep=;\r\n" + CSV.partition("\n")[2].replace(",", ";")).encode(), "表.csv")
    assert source.text.startswith("序号 | ")
    assert source.text[source.pieces[-2].start :] == "sep=;\n"
    assert source.pieces[-2].aside


@pytest.mark.parametrize(
    "text",
    [
        '序号\t任务\t责任单位\n1\t"一网通办"改革\t市水利局\n',
        "各部门要明确任务,落实责任,按时完成。\n一、总体要求\n",
        "序号 | 工作任务 | 责任单位 |\n1 | 修渠,建库。 | 市水利局 |\n",
        "序号\t任务\t责任单位\n1\t修渠,清淤\t市水利局\n",
    ],
)
def test_prose_with_commas_is_no_csv(text: str) -> None:
    assert reader_for(text.encode()) is None


def test_a_quotation_mark_that_is_never_closed() -> None:
    text = '序号,工作任务,责任单位\n1,"修渠' + "甲\n" * 60_000
    with pytest.raises(DamagedError, match="引号"):
        read(text.encode(), "表.csv")


def test_an_empty_workbook() -> None:
    with pytest.raises(EmptyError):
        read(book(lambda _: None), "空.xlsx")
