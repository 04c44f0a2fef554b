"""What the ledger tests share: a registry with reports, its ledger, a hand that fills it in (openpyxl)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands import Ran, run
from duban.model.progress.entries import Entry, entries
from duban.model.progress.identity import Identity
from duban.model.progress.log import Draft, append
from duban.model.progress.records import Plan, Proof, Record, Review, Status
from duban.model.registry import open_registry, reading
from duban.model.workbooks import cell_address
from duban.output.ledger.columns import COLUMNS
from duban.output.ledger.rows import RowKey, row_key
from duban.output.ledger.sheets import read_workbook
from notice_builder import build, raw_of

LAYOUT = """
一、财税
1.减税降费,12月底前。(牵头:省财政厅,配合:省税务局)
目标 ①减税100亿元,6月底前。
措施 ①宣传政策,9月底前。(责任:省税务局)
二、农业
2.春耕生产,6月底前。(责任:省农业厅)
3.修路。(责任:省交通厅)
"""
HEAD = 3
#: Rows of the whole ledger, by their place in the sheet: task, piece, day, unit.
FIRST = HEAD + 1
Book = Any
Edit = Callable[[Any, Book], None]


def filled(target: str | Path) -> None:
    """A registry with a notice (id 1) and, for task 2, a plan, a report with evidence and its review."""
    with open_registry(target) as registry:
        notice = build(LAYOUT, document_number="辽政发〔2021〕6号", title="任务")
        registry.ingest(notice, raw_of(notice))
        unit, due = "省农业厅", "2021-06-30"
        enter(
            registry,
            Plan(unit=unit, office="种植处", person="王五", standard="播种完毕", planned="100万亩"),
            Status("播种60万亩", "雨多", "60", due, unit, "缺种子", "调运"),
            Proof("统计报表", number="农统3号", due=due, unit=unit),
            Review(2, accepted=True),
        )


def enter(registry: Any, *records: Record, task: str = "2", piece: str = "", who: str = "张三") -> None:
    """Enter records about a task."""
    append(registry, [Draft(Identity(1, task, piece), record, who, "2021-06-01") for record in records])


def stored(target: str | Path) -> list[Entry]:
    """The entries."""
    with reading(target) as reader:
        return entries(reader)


def duban(target: str | Path, *arguments: str | Path) -> Ran:
    """Run a command on the registry."""
    with pytest.MonkeyPatch.context() as patch:
        return run(patch, *arguments, "--registry", str(target))


def export(target: str | Path, file: Path, *arguments: str) -> Path:
    """Write the ledger, with the lights of 5 July."""
    ran = duban(target, "ledger", "export", "-o", file, "--as-of", "2021-07-05", *arguments)
    assert ran.status == 0, ran.err
    return file


def take(target: str | Path, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """Import; the exit status and what was told."""
    ran = duban(
        target, "ledger", "import", *arguments, "--by", "李四", "--on", "2021-07-02", "--format", "json"
    )
    assert ran.out, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return ran.status, told


def edited(file: Path, edit: Edit, to: Path | None = None) -> Path:
    """The file as somebody leaves it who opens, changes and saves it."""
    book = openpyxl.load_workbook(file)
    edit(book["督查台账"], book)
    target = to or file.with_name("填好.xlsx")
    book.save(target)
    return target


def column(sheet: Any, head: str) -> int:
    """The place of a column, from 1, by its head."""
    return next(cell.column for cell in sheet[HEAD] if cell.value == head)


def cell(sheet: Any, head: str, row: int) -> Any:
    """A cell by its column's head and its row in the sheet."""
    return sheet.cell(row, column(sheet, head))


def fill(*values: tuple[str, int, Any]) -> Edit:
    """Set cells: head, row, value."""

    def edit(sheet: Any, _: Book) -> None:
        for head, row, value in values:
            cell(sheet, head, row).value = value

    return edit


def table(file: Path, heads: Sequence[str]) -> list[list[Any]]:
    """The columns of these heads, row by row."""
    sheet = openpyxl.load_workbook(file)["督查台账"]
    places = [column(sheet, head) for head in heads]
    return [[sheet.cell(row, place).value for place in places] for row in range(FIRST, sheet.max_row + 1)]


def repacked(raw: bytes, change: Callable[[str, bytes], Iterable[tuple[str, bytes]]]) -> bytes:
    """The package with its parts changed: for each name and content, what stands in its place."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            for part, data in change(name, old.read(name)):
                new.writestr(part, data)
    return out.getvalue()


def quickly_filled(file: Path, *values: tuple[str, int, str]) -> Path:
    """As :func:`fill`, texts only, written straight into the sheet's XML; for runs of many files."""
    import re
    from xml.sax.saxutils import escape

    places = {column.head: place for place, column in enumerate(COLUMNS)}

    def change(name: str, data: bytes) -> list[tuple[str, bytes]]:
        if name != "xl/worksheets/sheet1.xml":
            return [(name, data)]
        text = data.decode()
        for head, row, value in values:
            address = cell_address(row - 1, places[head])
            made = (
                rf'<c r="{address}" s="\g<1>" t="inlineStr"><is><t xml:space="preserve">'
                + escape(value).replace("\\", "\\\\")
                + "</t></is></c>"
            )
            text, count = re.subn(rf'<c r="{address}" s="([0-9]+)"[^>]*?(?:/>|>.*?</c>)', made, text, count=1)
            assert count == 1, address
        return [(name, text.encode())]

    target = file.with_name("填好.xlsx")
    target.write_bytes(repacked(file.read_bytes(), change))
    return target


def keys_of(file: Path) -> list[RowKey]:
    """The keys of a ledger's rows, in their order."""
    sheet = read_workbook(file.read_bytes(), file.name).sheets[0]
    return [key for at in sorted(sheet.rows) if at >= HEAD and (key := row_key(sheet.rows[at][0].text))]
