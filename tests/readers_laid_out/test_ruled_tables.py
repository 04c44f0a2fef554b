"""Ruled tables in PDFs: over pages, rows and cells merged, wrapped cells, rules missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from duban.extract import parse
from duban.extract.readers import read
from duban.extract.readers.boxes import Box, Line, Rule
from duban.extract.readers.grid import find_grids
from duban.extract.readers.ruled import Table, cut_at_cells, rows_of, words_of
from office_files import converted, table_document

HEAD = ["序号", "目标任务", "责任单位", "完成时限"]
LONG = "围绕群众办事需要优化服务流程，压减申报材料，推进一件事一次办，建立健全跨部门协同机制（含县区窗口）"


def _rows(count: int) -> list[list[str]]:
    return [
        HEAD,
        *(
            [str(n), f"第{n}项任务：{LONG}。", "市财政局、市教育局（市语委办）", "2025年6月底前"]
            for n in range(1, count + 1)
        ),
    ]


def _lines(rows: Sequence[Sequence[str]]) -> list[str]:
    return [" | ".join(row) + " |" for row in rows]


MERGED = [
    HEAD,
    ["1", "修桥。", "市交通局", "6月底前"],
    ["2", "铺路。", "", "年底前"],
    ["3", "通水。", "市水利局", "年底前"],
]
BOTH = [["一、基础工作（2项）", "", "", ""], *MERGED[1:]]
BREAKS = [HEAD, ["1", "架设灯具。", "市城管局\n市供电公司", "年底前"]]
#: As lists of tasks are often laid out: narrow heads in two lines, a field merged over its rows.
FIELDS = [
    ["序\n号", "领域", "数据集名称", "责任\n单位"],
    ["1", "医疗健康\n（牵头单位：市卫生健康委）", "临床诊疗数据集", "市卫生健康委"],
    ["2", "", "中医药数据集", "市中医院、\n市数据局"],
    ["3", "海洋经济", "港口航运数据集", "市海洋局"],
]
CASES = {
    "fields": (
        FIELDS,
        ((1, 1, 2, 1),),
        False,
        [
            "序 号 | 领域 | 数据集名称 | 责任 单位 |",
            "1 | 医疗健康 （牵头单位：市卫生健康委） | 临床诊疗数据集 | 市卫生健康委 |",
            "2 |  | 中医药数据集 | 市中医院、市数据局 |",
            "3 | 海洋经济 | 港口航运数据集 | 市海洋局 |",
        ],
    ),
    "pages": (_rows(60), (), False, _lines(_rows(60))),
    "repeated": (_rows(60), (), True, _lines(_rows(60))),
    "rowspan": (MERGED, ((1, 2, 2, 2),), False, _lines(MERGED)),
    "colspan": ([HEAD, *BOTH], ((1, 0, 1, 3),), False, _lines([HEAD, *BOTH])),
    "leading": (
        [HEAD, ["1", "修桥。", "市交通局", "6月底前"], ["", "", "市水利局", "年底前"]],
        ((1, 0, 2, 0), (1, 1, 2, 1)),
        False,
        _lines([HEAD, ["1", "修桥。", "市交通局", "6月底前"], ["", "", "市水利局", "年底前"]]),
    ),
    "wrapped": (_rows(3), (), False, _lines(_rows(3))),
    "lines": (
        BREAKS,
        (),
        False,
        ["序号 | 目标任务 | 责任单位 | 完成时限 |", "1 | 架设灯具。 | 市城管局 市供电公司 | 年底前 |"],
    ),
}


#: Which sides are ruled of tables whose cells no rules close.
OPEN: dict[str, tuple[str, ...]] = {
    "three-lines": ("top", "head", "bottom"),
    "level": ("top", "insideH", "bottom"),
    "upright": ("left", "insideV", "right"),
    "none": (),
}


@pytest.fixture(scope="session")
def table_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tables")
    paths = []
    for name, (rows, spans, repeat, _) in CASES.items():
        path = folder / f"{name}.docx"
        table_document(rows, path, spans=spans, repeat_header=repeat, widths=(14, 70, 42, 30))
        paths.append(path)
    for kind, sides in OPEN.items():
        path = folder / f"{kind}.docx"
        document = table_document(_rows(12), path, widths=(14, 70, 42, 30))
        _rule(document.tables[0], sides)
        document.save(str(path))
        paths.append(path)
    return dict(zip((*CASES, *OPEN), converted(paths, "pdf", folder), strict=True))


def _rule(table: Any, sides: Sequence[str]) -> None:
    """Rule these sides of a table only; ``head`` is the line below its first row."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_border(side, "single" if side in sides else "nil"))
    table._tbl.tblPr.append(borders)
    for cell in table.rows[0].cells if "head" in sides else ():
        own = OxmlElement("w:tcBorders")
        own.append(_border("bottom", "single"))
        cell._tc.get_or_add_tcPr().append(own)


def _border(side: str, kind: str) -> Any:
    border = OxmlElement(f"w:{side}")
    border.set(qn("w:val"), kind)
    border.set(qn("w:sz"), "8")
    return border


@pytest.mark.parametrize("kind", OPEN)
def test_tables_that_are_not_closed_are_read_over_pages_too(kind: str, table_files: dict[str, Path]) -> None:
    source = read(table_files[kind].read_bytes(), f"{kind}.pdf")
    body = [piece for piece in source.pieces if not piece.aside]
    assert source.text[: body[-1].end].splitlines() == _lines(_rows(12))


@pytest.mark.parametrize("name", CASES)
def test_rows_and_cells_are_intact(name: str, table_files: dict[str, Path]) -> None:
    source = read(table_files[name].read_bytes(), f"{name}.pdf")
    body = [piece for piece in source.pieces if not piece.aside]
    assert source.text[: body[-1].end].splitlines() == CASES[name][3]


def test_a_repeated_header_stands_aside_and_each_row_is_a_task(table_files: dict[str, Path]) -> None:
    source = read(table_files["repeated"].read_bytes(), "repeated.pdf")
    aside = "".join(source.text[p.start : p.end] for p in source.pieces if p.aside)
    assert aside.count("责任单位") > 3
    assert [task.number for task in parse(source).tasks] == list(range(1, 61))


def _table(rules: list[Rule], words: dict[tuple[float, float], str]) -> list[list[str]]:
    (grid,) = find_grids(rules)
    table = Table(grid, [[] for _ in grid.cells])
    for (x, y), text in words.items():
        boxes = [Box(x + 10 * i, y, x + 10 * (i + 1), y + 10) for i in range(len(text))]
        assert cut_at_cells(Line(text, boxes[0].joined(boxes[-1]), 10), boxes, [table]) == []
    return [[words_of(cell) for cell in row] for row in rows_of(table, 0)]


def _level(y: float, left: float = 0, right: float = 200) -> Rule:
    return Rule(left, y, right, y)


def _upright(x: float, top: float = 0, bottom: float = 60) -> Rule:
    return Rule(x, top, x, bottom)


WORDS = {
    (10.0, 5.0): "序号",
    (110.0, 5.0): "任务",
    (10.0, 25.0): "甲",
    (110.0, 25.0): "乙",
    (10.0, 45.0): "丙",
}
THREE = [["序号", "任务"], ["甲", "乙"], ["丙", ""]]


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param(None, id="all"),
        pytest.param(_level(0), id="no top rule"),
        pytest.param(_level(60), id="no bottom rule"),
        pytest.param(_upright(0), id="no left side"),
        pytest.param(_upright(200), id="no right side"),
    ],
)
def test_a_missing_outer_rule_loses_no_row(missing: Rule | None) -> None:
    """pdfplumber #1240 loses the first row of a table without a top rule."""
    rules = [*map(_level, (0, 20, 40, 60)), *map(_upright, (0, 100, 200))]
    assert _table([rule for rule in rules if rule != missing], WORDS) == THREE


#: A head, and three rows that no rules part; the third begins a line lower in one column.
STACKED = {
    (5.0, 5.0): "序号", (110.0, 5.0): "任务", (5.0, 25.0): "1", (110.0, 25.0): "修桥。", (5.0, 45.0): "2",
    (110.0, 45.0): "铺路、", (110.0, 60.0): "架灯。", (5.0, 75.0): "3", (110.0, 75.0): "通水。",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ({}, [["1", "修桥。"], ["2", "铺路、架灯。"], ["3", "通水。"]]),
        ({(5.0, 75.0): "4"}, None),  # not one after the other
        ({(5.0, 75.0): "甲"}, None),
        ({(110.0, 12.0): "领头"}, [["1", "修桥。"], ["2", "铺路、架灯。"], ["3", "通水。"]]),  # in the head
        ({(110.0, 75.0): ""}, None),  # nothing stands beside the third
        ({(5.0, 25.0): "", (5.0, 32.0): "1"}, None),  # its text begins above the number
    ],
)
def test_rows_that_only_their_numbers_part(
    change: dict[tuple[float, float], str], rows: list[list[str]] | None
) -> None:
    rules = [*map(_level, (0, 20, 90)), *(_upright(x, 0, 90) for x in (0, 100, 200))]
    words = {place: text for place, text in (STACKED | change).items() if text}
    found = _table(rules, words)[1:]
    assert found == rows if rows is not None else len(found) == 1


def test_a_line_over_several_cells_is_cut_at_their_borders() -> None:
    rules = [*map(_level, (0, 20)), *(_upright(x, 0, 20) for x in (0, 30, 60, 200))]
    assert _table(rules, {(0.0, 5.0): "一二三四五六七八"}) == [["一二三", "四五六", "七八"]]


def test_a_frame_and_a_drawing_are_no_tables() -> None:
    assert find_grids([_level(0), _level(60), _upright(0), _upright(200)]) == []
    assert find_grids([_level(y) for y in range(30_000)]) == []


def test_cells_agree_with_pdfplumber(table_files: dict[str, Path]) -> None:
    """An independent reading of the same rules: as many cells on each page, at the same places."""
    pdfplumber = pytest.importorskip("pdfplumber")
    for name in ("rowspan", "colspan", "leading", "wrapped"):
        with pdfplumber.open(table_files[name]) as document:
            (theirs,) = document.pages[0].find_tables()
            expected = [[(cell or "").replace("\n", "") for cell in row] for row in theirs.extract()]
        source = read(table_files[name].read_bytes(), f"{name}.pdf")
        body = source.text[: next((p.start for p in source.pieces if p.aside), len(source.text))]
        mine = [[cell.strip() for cell in line.split("|")[:-1]] for line in body.splitlines()]
        assert mine == expected, name
