"""Seeded faults: each is told with its cell, all of a file in one run, and nothing is stored."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import FunctionType
from typing import Any

import openpyxl
import pytest
from duban.output.ledger.rows import RowKey
from ledgers import (
    FIRST,
    HEAD,
    Book,
    Edit,
    cell,
    column,
    duban,
    edited,
    export,
    fill,
    filled,
    repacked,
    stored,
    take,
)
from openpyxl.styles import PatternFill

#: Row 4 is blank, row 7 filled in; see ``ledgers.LAYOUT``.
BLANK, FULL = 4, 7
#: A row of another ledger.
OTHER = RowKey(7, "1", "", "2021-06-30", "省水利厅").text()
LETTERS = dict(zip(
    ("行标识", "序号", "来源", "事项", "目标", "措施", "牵头责任单位", "配合单位", "填报单位", "节点", "节点依据", "灯·自报",
     "灯·核定", "责任处室", "责任人", "完成标准", "计划值", "进展", "完成比例(%)", "问题", "下步", "办结日", "备注", "已报佐证",
     "佐证种类", "佐证编号", "审核", "审核意见", "核验", "核验比例(%)", "另有登记", "行尾标识"),
    (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD", "AE", "AF"), strict=True,
))  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry, its ledger as exported for units and for the office."""
    folder = tmp_path_factory.mktemp("faults")
    filled(folder / "r.db")
    export(folder / "r.db", folder / "unit.xlsx")
    export(folder / "r.db", folder / "office.xlsx", "--role", "office")
    return folder


def typed(head: str, row: int, value: str) -> Edit:
    """A text that Excel holds as text, whatever it begins with."""

    def edit(sheet: Any, _: Book) -> None:
        cell(sheet, head, row).value = value
        cell(sheet, head, row).data_type = "s"

    return edit


def looking(head: str, row: int, value: Any, form: str) -> Edit:
    """A number in a format."""

    def edit(sheet: Any, _: Book) -> None:
        cell(sheet, head, row).value = value
        cell(sheet, head, row).number_format = form

    return edit


#: What somebody put in: head, row, value; the same cell is at fault, and told with these words.
CELLS: tuple[tuple[str, int, Any, str], ...] = (
    # 完成比例
    ("完成比例(%)", FULL, 0.6, "60% 还是 0.6%"), ("完成比例(%)", FULL, -5, "不是完成比例"),
    ("完成比例(%)", FULL, 6000, "过大"), ("完成比例(%)", FULL, "六成", "不是完成比例"),
    ("完成比例(%)", FULL, "60左右", "不是完成比例"), ("完成比例(%)", FULL, "60%~70%", "不是完成比例"),
    ("完成比例(%)", FULL, datetime.date(2021, 6, 30), "是日期"), ("完成比例(%)", FULL, True, "逻辑值"),
    ("完成比例(%)", FULL, "=3/5", "公式"), ("完成比例(%)", FULL, "#DIV/0!", "错误值"),
    ("完成比例(%)", FULL, "1e2", "不是完成比例"), ("完成比例(%)", FULL, "60.123456", "不是完成比例"),
    # 办结日
    ("办结日", FULL, "6月30日", "不是日期"), ("办结日", FULL, "2021-02-30", "没有这一天"),
    ("办结日", FULL, "30/6/2021", "不是日期"), ("办结日", FULL, "2021.6", "不是日期"),
    ("办结日", FULL, "2021-6/30", "不是日期"), ("办结日", FULL, "20211301", "没有这一天"),
    ("办结日", FULL, "1921-06-30", "年份"), ("办结日", FULL, "待定", "不是日期"),
    ("办结日", FULL, "=TODAY()", "公式"), ("办结日", FULL, "#VALUE!", "错误值"), ("办结日", FULL, True, "逻辑值"),
    ("办结日", FULL, datetime.date(2021, 6, 30), "完成比例不到 100"),
    # 进展
    ("进展", FULL, "=A1", "公式"), ("进展", FULL, "#REF!", "错误值"), ("进展", FULL, False, "逻辑值"),
    ("进展", FULL, None, "undo 2"), ("进展", FULL, "   ", "undo 2"), ("进展", FULL, "清空", "不能清空"),
    ("进展", FULL, "长" * 1001, "1001 字"), ("进展", FULL, "涉及国家秘密", "密级"), ("进展", FULL, "机密★1年", "密级"),
    ("进展", FULL, "见绝密件", "密级"), ("进展", FULL, "秘 密", "密级"), ("进展", FULL, "完成\u202e3公里", "U+202E"),
    ("进展", FULL, "完成_x0007_", "U+0007"),
    # 其余填报列
    ("问题", FULL, None, "清空"), ("下步", FULL, "", "清空"), ("备注", FULL, None, "清空"),
    ("责任处室", FULL, None, "清空"), ("责任人", FULL, "名" * 101, "101 字"), ("责任人", FULL, "=B2", "公式"),
    ("完成标准", FULL, "#NAME?", "错误值"), ("计划值", FULL, datetime.date(2021, 6, 30), "是日期"),
    ("完成比例(%)", FULL, None, "清空"), ("问题", FULL, "难" * 501, "501 字"), ("备注", FULL, True, "逻辑值"),
    # 佐证
    ("佐证种类", BLANK, "文件", "可选"), ("佐证种类", BLANK, 3, "可选"), ("佐证种类", BLANK, "=A1", "公式"),
    ("佐证编号", BLANK, "#N/A", "错误值"), ("佐证编号", BLANK, "机密文件3号", "密级"),
    # 固定列
    ("序号", BLANK, 99, "固定内容"), ("来源", BLANK, "别的", "固定内容"), ("事项", BLANK, "改写", "固定内容"),
    ("目标", BLANK, None, "固定内容"), ("措施", BLANK, "新措施", "固定内容"), ("牵头责任单位", BLANK, "省水利厅", "固定内容"),
    ("配合单位", BLANK, "省水利厅", "固定内容"), ("填报单位", BLANK, "省水利厅", "固定内容"),
    ("节点", BLANK, datetime.date(2021, 7, 31), "固定内容"), ("节点", BLANK, "=A1", "固定内容"),
    ("节点依据", BLANK, "年底", "固定内容"), ("灯·自报", BLANK, "已完成", "固定内容"),
    ("灯·核定", BLANK, "蓝灯", "固定内容"), ("已报佐证", FULL, None, "固定内容"), ("另有登记", BLANK, "x", "固定内容"),
    # 标识
    ("行尾标识", BLANK, "x", "对不上"), ("行尾标识", FULL, None, "对不上"),
    # 督查室的列
    ("审核", FULL, "退回", "督查室"), ("审核", FULL, None, "督查室"), ("审核意见", FULL, "好", "督查室"),
    ("核验", FULL, "属实", "督查室"), ("核验比例(%)", FULL, 50, "督查室"),
)  # fmt: skip


@pytest.mark.parametrize("case", CELLS, ids=lambda case: f"{case[0]} {str(case[2])[:12]} {case[3]}")
def test_a_cell(place: Path, tmp_path: Path, case: tuple[str, int, Any, str]) -> None:
    head, row, value, words = case
    told = faults(place, edited(place / "unit.xlsx", fill((head, row, value)), tmp_path / "a.xlsx"))
    where = f"督查台账!{LETTERS[head]}{row}（"
    assert [(where in line, words in line) for line in told] == [(True, True)], told


#: What somebody did: the edit, and what each fault says, in order, with its cell.
OTHERS: tuple[tuple[Edit, tuple[tuple[str, str], ...]], ...] = (
    (typed("进展", FULL, "=SUM(A1)"), (("R7", "像是没有算出结果的公式"),)),
    (typed("进展", FULL, "＝3"), (("R7", "像是没有算出结果的公式"),)),
    (looking("进展", FULL, 3, '0"公里"'), (("R7", "格式显示成别的样子"),)),
    (looking("计划值", FULL, 44377, "m月d日"), (("Q7", "是日期 2021-06-30"),)),
    (looking("办结日", FULL, 44377, "General"), (("V7", "不是日期"),)),
    (looking("完成比例(%)", FULL, 70, "[$￥-804]0"), (("S7", "格式显示成别的样子"),)),
    (fill(("完成比例(%)", BLANK, 60)), (("R4", "没有填进展"),)),
    (fill(("问题", BLANK, "缺钱")), (("R4", "没有填进展"),)),
    (fill(("佐证种类", BLANK, "其他")), (("Z4", "没有填佐证编号"),)),
    (fill(("佐证编号", BLANK, "财3号")), (("Y4", "没有选佐证种类"),)),
    (fill(("佐证种类", BLANK, "其他"), ("佐证编号", BLANK, "字" * 201)), (("Z4", "201 字"),)),
    (fill(("办结日", FULL, "2021-08-01"), ("完成比例(%)", FULL, 100)), (("V7", "晚于登记日期"),)),
    (fill(*((head, FULL, "清空") for head in ("责任处室", "责任人", "完成标准", "计划值"))), (("N7", "都清空了"),)),
    (fill(("责任人", 8, "甲"), ("责任人", 9, "乙")), (("O8", "不一样"), ("O9", "不一样"))),
    (fill(("完成比例(%)", BLANK, "x"), ("进展", BLANK, "=1"), ("办结日", FULL, "x"), ("事项", 9, "x")),
     (("R4", "公式"), ("S4", "不是完成比例"), ("V7", "不是日期"), ("D9", "固定内容"))),
    (lambda sheet, _: sheet.insert_rows(5) or fill(("进展", 5, "多一行"))(sheet, _), (("R5", "不是导出的"),)),
    (fill(("进展", 12, "表下面再写")), (("R12", "不是导出的"),)),
    (lambda sheet, _: [cell.parent.cell(12, cell.column, cell.value) for cell in sheet[5]] and None,
     (("A12", "与第 5 行是同一行"),)),
    (lambda sheet, _: sheet.delete_cols(18), (("第 3 行（进展", "缺少这一列"),)),
    (lambda sheet, _: sheet.insert_cols(18) or cell_at(sheet, HEAD, 18, "本处意见"), (("R3", "不认识的表头"),)),
    (fill(("进展", HEAD, "工作进展")), (("R3", "不认识的表头"), ("第 3 行（进展", "缺少这一列"))),
    (fill(("问题", HEAD, "进展")), (("T3", "表头重复"), ("第 3 行（问题", "缺少这一列"))),
    (lambda sheet, _: cell_at(sheet, 6, 33, "旁注"), (("AG6", "没有表头"),)),
    (
        fill(("进展", HEAD, "工作进展"), ("问题", HEAD, "进展"), ("完成比例(%)", FULL, "六成"), ("事项", 9, "x")),
        (("R3", "不认识的表头"), ("第 3 行（问题", "缺少这一列"), ("S7", "不是完成比例"), ("D9", "固定内容")),
    ),
    (lambda sheet, _: sheet.merge_cells("R4:R6"), (("R4:R6", "合并"),)),
    (lambda sheet, _: sheet.merge_cells("S8:T8"), (("S8:T8", "合并"),)),
    (fill(("行标识", BLANK, "x")), (("AF4", "对不上"),)),
    (fill(("行标识", BLANK, None)), (("A4", "对不上"),)),
    (fill(("行标识", BLANK, "x"), ("行尾标识", BLANK, "x")), (("A4", "认不出"),)),
    (fill(("行标识", BLANK, OTHER), ("行尾标识", BLANK, OTHER)), (("A4", "不是本表导出的"),)),
    (lambda sheet, _: swap(sheet, 4, 7, last=20), (("AF4", "对不上"), ("AF7", "对不上"))),
    (lambda _, book: book.copy_worksheet(book["督查台账"]) and None, (("A3", "不止一份"),)),
    (lambda _, book: cell_at(book["填写说明"], 60, 1, "机密★1年"), (("填写说明!A60", "密级"),)),
    (lambda sheet, _: cell_at(sheet, 1, 2, "秘密"), (("B1", "密级"),)),
    (lambda _, book: cell_at(book.create_sheet("附"), 2, 3, "绝密 ★ 长期"), (("附!C2", "密级"),)),
    (lambda sheet, _: setattr(sheet.oddHeader.left, "text", "机密★5年"), (("页眉页脚", "密级"),)),
)  # fmt: skip


def cell_at(sheet: Any, row: int, place: int, value: Any) -> None:
    sheet.cell(row, place).value = value


def swap(sheet: Any, row: int, other: int, *, last: int) -> None:
    """Two rows change places up to a column, as when only a part is sorted."""
    for place in range(1, last + 1):
        one, two = sheet.cell(row, place), sheet.cell(other, place)
        one.value, two.value = two.value, one.value


def called(value: object) -> str:
    """A case's name: the same in every process."""
    return value.__qualname__.partition(".")[0] if isinstance(value, FunctionType) else str(value)[:40]


@pytest.mark.parametrize(("edit", "expected"), OTHERS, ids=called)
def test_a_sheet(place: Path, tmp_path: Path, edit: Edit, expected: tuple[tuple[str, str], ...]) -> None:
    told = faults(place, edited(place / "unit.xlsx", edit, tmp_path / "a.xlsx"))
    assert len(told) == len(expected), told
    for line, (where, words) in zip(told, expected, strict=True):
        assert where in line, told
        assert words in line, told


#: The office's columns, imported by the office.
OFFICE: tuple[tuple[Edit, str, str], ...] = (
    (fill(("审核", FULL, "退回")), "AB7", "没有写理由"),
    (fill(("审核", FULL, "同意")), "AA7", "可选 通过、退回"),
    (fill(("审核", FULL, None)), "AA7", "undo 4"),
    (fill(("审核", FULL, "清空")), "AA7", "不能清空"),
    (fill(("审核", BLANK, "通过")), "AA4", "没有报进展"),
    (fill(("审核", FULL, "退回"), ("审核意见", FULL, "再报"), ("进展", FULL, "新报")), "AA7", "先导入进展"),
    (fill(("核验比例(%)", FULL, 50)), "AC7", "没有填核验结果"),
    (fill(("核验", FULL, "=1")), "AC7", "公式"),
    (fill(("核验比例(%)", FULL, "半"), ("核验", FULL, "属实")), "AD7", "不是完成比例"),
)


@pytest.mark.parametrize(("edit", "where", "words"), OFFICE, ids=[words for _, _, words in OFFICE])
def test_a_cell_of_the_office(place: Path, tmp_path: Path, edit: Edit, where: str, words: str) -> None:
    told = faults(place, edited(place / "office.xlsx", edit, tmp_path / "a.xlsx"), "--role", "office")
    assert [(where in line, words in line) for line in told] == [(True, True)], told


def test_there_are_as_many_as_promised() -> None:
    assert len(CELLS) + len(OTHERS) + len(OFFICE) >= 60


def faults(place: Path, file: Path, *options: str) -> list[str]:
    """The faults of a file; nothing may be stored."""
    before = stored(place / "r.db")
    status, told = take(place / "r.db", file, *options)
    assert (status, told["entered"]) == (1, [])
    assert stored(place / "r.db") == before
    return list(told["faults"])


#: Files that are refused as a whole: what was done to the bytes, exit status, code and words.
def _without(part: str) -> Any:
    return lambda raw: repacked(raw, lambda name, data: [] if part in name else [(name, data)])


def _with(part: str, content: bytes) -> Any:
    def change(raw: bytes) -> bytes:
        return repacked(
            raw,
            lambda name, data: (
                [(name, data), (part, content)] if name == "xl/workbook.xml" else [(name, data)]
            ),
        )

    return change


def _replaced(part: str, old: bytes, new: bytes) -> Any:
    return lambda raw: repacked(
        raw, lambda name, data: [(name, data.replace(old, new) if part in name else data)]
    )


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FILES: dict[str, tuple[Any, str, str]] = {
    "old .xls": (lambda _: _OLE, "E250", "旧版 .xls"),
    "password": (lambda _: _OLE + "EncryptedPackage".encode("utf-16-le"), "E222", "密码"),
    "text": (lambda _: "序号,进展\n1,完成".encode(), "E250", "不是 .xlsx"),
    "cut short": (lambda raw: raw[: len(raw) // 2], "E220", "损坏"),
    "macro": (_with("xl/vbaProject.bin", b"x"), "E250", "宏"),
    "link": (_with("xl/externalLinks/externalLink1.xml", b"<a/>"), "E250", "链接"),
    "embedded": (_with("xl/embeddings/oleObject1.bin", b"x"), "E250", "嵌入"),
    "climbing name": (_with("../../a.xml", b"<a/>"), "E224", "包外"),
    "entity": (
        _replaced("sheet1", b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
        "E223",
        "DOCTYPE",
    ),
    "no workbook": (_without("xl/workbook.xml"), "E250", "不是 Excel"),
    "broken sheet": (_replaced("sheet1", b"</row>", b""), "E220", "不合语法"),
    "bomb": (_with("xl/worksheets/bomb.xml", b"<a>" + b" " * 40_000_000 + b"</a>"), "E221", "过大"),
    "deep": (_with("xl/deep.xml", b"<a>" * 5000 + b"</a>" * 5000), "E225", "过深"),
    "head line": (_replaced("sharedStrings", b">head<", b">hat<"), "E250", "_duban"),
}


@pytest.mark.parametrize(("spoil", "code", "words"), FILES.values(), ids=FILES)
def test_a_file(place: Path, tmp_path: Path, spoil: Any, code: str, words: str) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(spoil((place / "unit.xlsx").read_bytes()))
    before = stored(place / "r.db")
    ran = duban(place / "r.db", "ledger", "import", file, "--by", "李四", "--on", "2021-07-02")
    assert (ran.status, code in ran.err, words in ran.err) == (3, True, True), ran.err
    assert stored(place / "r.db") == before


def test_the_hidden_sheet_cannot_be_changed_or_missed(place: Path, tmp_path: Path) -> None:
    for edit, words in (
        (lambda _, book: cell_at(book["_duban"], 2, 2, "0:" + "0" * 64), "校验不符"),
        (lambda _, book: cell_at(book["_duban"], 1, 2, "duban.ledger/9"), "duban.ledger/9"),
        (lambda _, book: cell_at(book["_duban"], 11, 1, "x"), "校验不符"),
        (lambda _, book: book["_duban"].delete_rows(3), "不全"),
        (lambda _, book: book.remove(book["_duban"]), "缺少隐藏的工作表"),
        (lambda _, book: book.remove(book["督查台账"]), "没有台账的表头"),
        (lambda sheet, _: sheet.delete_rows(HEAD), "没有台账的表头"),
    ):
        file = edited(place / "unit.xlsx", edit, tmp_path / "a.xlsx")
        ran = duban(place / "r.db", "ledger", "import", file, "--by", "李四", "--on", "2021-07-02")
        assert (ran.status, "E250" in ran.err, words in ran.err) == (3, True, True), ran.err


def test_a_ledger_of_another_registry_or_notice(place: Path, tmp_path: Path) -> None:
    filled(tmp_path / "other.db")
    status, told = take(tmp_path / "other.db", place / "unit.xlsx")
    assert (status, told["faults"]) == (0, []), "made alike, it is alike"
    duban(tmp_path / "other.db", "progress", "add", "--task", "1", "--notice", "1", "--value", "x", "--by", "x",
          "--on", "2021-06-01")  # fmt: skip
    theirs = export(tmp_path / "other.db", tmp_path / "theirs.xlsx")
    (fault,) = faults(place, theirs)
    assert "_duban!B2" in fault
    assert "不是从这个登记库导出的" in fault
    (tmp_path / "b.txt").write_text(
        "乙市人民政府关于印发任务的通知\n1.修路。（市交通局负责）\n", encoding="utf-8"
    )
    assert duban(place / "r.db", "ingest", tmp_path / "b.txt").status == 0
    (fault,) = faults(place, place / "unit.xlsx", "--notice", "2")
    assert "_duban!B3" in fault
    assert "另一份通知" in fault


def test_a_marked_file_name_is_refused_and_nothing_of_the_mark_is_printed(
    place: Path, tmp_path: Path
) -> None:
    file = edited(place / "unit.xlsx", fill(("进展", 4, "完成3亿")), tmp_path / "机密台账.xlsx")
    assert "密级" in faults(place, file)[0]
    words = "机密★1年 某地部署如下"
    for head in ("进展", "事项", "审核"):
        file = edited(place / "unit.xlsx", fill((head, 4, words)), tmp_path / "a.xlsx")
        assert not any("部署" in line for line in faults(place, file))


def test_colours_and_widths_are_no_faults(place: Path, tmp_path: Path) -> None:
    def edit(sheet: Any, _: Book) -> None:
        cell(sheet, "进展", FIRST).fill = PatternFill("solid", fgColor="FFFF00")
        sheet.column_dimensions["R"].width = 60
        sheet.row_dimensions[5].height = 99
        sheet.auto_filter.ref = None
        sheet.freeze_panes = "A1"
        sheet.protection.disable()

    file = edited(place / "unit.xlsx", edit, tmp_path / "a.xlsx")
    assert take(place / "r.db", file) == (
        0, {"entered": [], "changes": [], "conflicts": [], "faults": [], "remarks": []}
    )  # fmt: skip
    assert column(openpyxl.load_workbook(file)["督查台账"], "进展") == 18
