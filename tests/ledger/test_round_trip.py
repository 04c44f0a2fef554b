"""Round trips: what is written is read, by us, by openpyxl, and after LibreOffice has saved it."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from duban.model.progress.records import Plan, Proof, Status
from duban.model.progress.state import state_on
from duban.model.registry import open_registry, reading
from duban.output.ledger.columns import CLEARED, COLUMNS, ENTERED, FIXED, OFFICE_PARTS, Part, Sort
from duban.output.ledger.held import entry_cells
from duban.output.ledger.rows import LedgerRow, RowKey, row_key
from duban.output.ledger.sheets import Kind, read_workbook
from duban.output.ledger.ticket import Ticket, ticket_of
from duban.output.ledger.values import percent, shown
from duban.output.ledger.writing import HEAD_ROW, LIGHTS, write_ledger
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledgers import (
    FIRST,
    HEAD,
    cell,
    column,
    duban,
    edited,
    enter,
    export,
    fill,
    filled,
    keys_of,
    quickly_filled,
    take,
)

TEXTS = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("=+-@'\"\n\r\t_x005F密　0９"), max_size=40
)
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'quoted", '"two"', "_x0041_", "x005F_", "_x005F_x0041_", "a\nb", "a\r\nb",
    "a\tb", "  blanks  ", "007", "1e5", "TRUE", "#REF!", "2021-06-30", "\x07\x1f", "\ufffe", "𠮷", "&lt;<>&", "{=A1}",
    "http://a.b/c", "mailto:a@b", "internal:x", "长" * 40_000, "\u202e倒", "清空",
)  # fmt: skip
DAYS = st.dates().map(lambda day: day.isoformat())


def written(rows: list[LedgerRow], role: str = "office") -> bytes:
    """A file of these rows."""
    return write_ledger(rows, Ticket((0, "0" * 64), {1: "ab"}, role=role), title="督查台账", about="")


def cells_of(texts: dict[str, str]) -> dict[str, str]:
    return {column.key: texts.get(column.key, "") for column in COLUMNS if column.name not in ("key", "end")}


@given(st.lists(st.dictionaries(
    st.sampled_from([c.key for c in COLUMNS if c.sort in (Sort.TEXT, Sort.CHOICE) and c.name not in ("key", "end", "serial")]),
    TEXTS | st.sampled_from(HOSTILE), max_size=8,
), min_size=1, max_size=6))  # fmt: skip
def test_every_text_is_read_as_it_is_shown(rows: list[dict[str, str]]) -> None:
    made = [
        LedgerRow(RowKey(1, str(at), "", "2021-06-30", "省财政厅"), cells) for at, cells in enumerate(rows)
    ]
    book = read_workbook(written(made), "a.xlsx")
    found = book.sheets[0].rows
    for at, row in enumerate(made, HEAD_ROW + 1):
        cells = {place: one for place, one in found[at].items() if place not in (0, len(COLUMNS) - 1)}
        assert {place: one.text for place, one in cells.items()} == {
            place: text
            for place, column in enumerate(COLUMNS)
            if (text := shown(row.cells.get(column.key, "")))
        }
        assert all(one.kind is Kind.TEXT for one in cells.values()), "no text is run as a formula"


@given(TEXTS | st.sampled_from(HOSTILE))
def test_what_is_shown_stays_as_it_is(text: str) -> None:
    assert shown(shown(text)) == shown(text)


@given(st.integers(0), TEXTS, TEXTS, DAYS, TEXTS)
def test_a_key_is_read_as_it_was_written_and_no_other_text_is_one(
    notice: int, task: str, piece: str, due: str, unit: str
) -> None:
    key = RowKey(notice, task, piece, due, unit)
    if unit == unit.strip():
        assert row_key(key.text()) == key
    assert row_key(key.text()[:-1]) is None
    assert row_key(unit) is None


def test_openpyxl_reads_the_same(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    with open_registry(tmp_path / "r.db") as registry:
        enter(registry, *(Status(text[:900], due="2021-06-30", unit=f"单位{at}") for at, text in enumerate(HOSTILE)
                          if "\ufffe" not in text and "\x07" not in text and "_x" not in text and "x005F" not in text))  # fmt: skip
    file = export(tmp_path / "r.db", tmp_path / "a.xlsx")
    ours = read_workbook(file.read_bytes(), "a.xlsx")
    theirs = openpyxl.load_workbook(file)
    assert [sheet.name for sheet in ours.sheets] == theirs.sheetnames
    for sheet in ours.sheets:
        other = theirs[sheet.name]
        found = {
            (at + 1, place + 1): one.text for at, row in sheet.rows.items() for place, one in row.items()
        }
        expected = {
            (one.row, one.column): _told(one.value)
            for row in other.iter_rows()
            for one in row
            if one.value not in (None, "")
        }
        assert found == expected


def _told(value: Any) -> str:
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def test_the_same_ledger_has_the_same_bytes(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    digests = {
        hashlib.sha256(export(tmp_path / "r.db", tmp_path / f"{n}.xlsx").read_bytes()).hexdigest()
        for n in "ab"
    }
    assert len(digests) == 1


def test_what_an_officer_finds(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    book = openpyxl.load_workbook(export(tmp_path / "r.db", tmp_path / "a.xlsx"))
    sheet = book["督查台账"]
    assert book.sheetnames == ["督查台账", "填写说明", "_duban"]
    assert book["_duban"].sheet_state == "veryHidden"
    assert sheet.freeze_panes == "E4"
    assert sheet.auto_filter.ref == f"A3:AF{sheet.max_row}"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.page_setup.fitToWidth in (None, 1), "1 is what Excel takes where nothing is told"
    assert "&P" in sheet.oddFooter.center.text
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert (sheet.protection.autoFilter, sheet.protection.formatColumns) == (False, False), (
        "allowed, in Excel's way"
    )
    for one in FIXED:
        assert all(cell(sheet, one.head, row).protection.locked for row in range(FIRST, sheet.max_row + 1)), (
            one.head
        )
    for one in ENTERED:
        locked = {cell(sheet, one.head, row).protection.locked for row in range(FIRST, sheet.max_row + 1)}
        assert locked == {one.part in OFFICE_PARTS}, one.head
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for one in ENTERED:
        if one.part not in OFFICE_PARTS:
            rule = rules[f"{cell(sheet, one.head, FIRST).coordinate}"]
            assert rule.promptTitle == one.head
            assert rule.prompt
            assert rule.error
            assert cell(sheet, one.head, HEAD).comment.text
    assert "线下收文号" in rules[cell(sheet, "佐证种类", FIRST).coordinate].formula1
    assert sheet.column_dimensions["A"].hidden
    assert cell(sheet, "节点", FIRST).is_date
    assert cell(sheet, "进展", FIRST).number_format == "@"
    assert cell(sheet, "灯·自报", FIRST).fill.fgColor.rgb == "FF" + LIGHTS["red"][0][1:]
    assert "清空" in " ".join(str(one.value) for row in book["填写说明"].iter_rows() for one in row)


def test_a_ticket_is_known_again_or_told() -> None:
    ticket = Ticket((3, "ab"), {2: "cd", 1: "ef"}, "2021-06-30", "省财政厅", "四", "office", "督查台账")
    lines = ticket.lines()
    assert ticket_of(lines) == ticket
    for at, line in enumerate(lines):
        for place in range(2 if line[0] == "digest" else 3):
            spoilt = [*lines]
            spoilt[at] = (*line[:place], f"{line[place]}x", *line[place + 1 :])
            assert not isinstance(ticket_of(spoilt), Ticket)
    assert not isinstance(ticket_of([]), Ticket)


# Random filling in: the registry holds what the cells say.

_LEGAL: dict[str, st.SearchStrategy[str]] = {
    "text": st.text("完成0９a =+\n(), 公里", min_size=1, max_size=12).filter(
        lambda t: t.strip() and t.strip()[0] not in "=＝"
    ),
    "percent": st.integers(0, 150).map(str),
    "day": st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2021, 7, 1)).map(
        lambda day: day.isoformat()
    ),
}


@settings(max_examples=max(10, settings().max_examples // 6), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_filling_in_is_what_the_registry_holds(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        filled(place / "r.db")
        file = export(place / "r.db", place / "a.xlsx", "--role", "office")
        keys = keys_of(file)
        model = held(place, keys)
        for _ in range(2):
            before = {key: dict(cells) for key, cells in model.items()}
            rows = data.draw(st.lists(st.integers(0, len(keys) - 1), max_size=4, unique=True))
            edits = [(head, FIRST + at, value) for at in rows for head, value in drawn(data, model, keys[at])]
            for key, cells in model.items():  # a review is of one report
                if any(
                    cells[name] != text for name, text in before[key].items() if name.startswith("status")
                ):
                    cells |= {name: "" for name in cells if name.startswith("review")}
            status, told = take(place / "r.db", quickly_filled(file, *edits), "--role", "office")
            assert status == 0, told
            assert held(place, keys) == model
            assert bool(told["entered"]) == (before != model)
            status, told = take(place / "r.db", place / "填好.xlsx", "--role", "office")
            assert (status, told["entered"], told["changes"], told["conflicts"]) == (0, [], [], [])
            file = export(place / "r.db", place / "a.xlsx", "--role", "office")
            assert keys_of(file) == keys


def held(place: Path, keys: list[RowKey]) -> dict[RowKey, dict[str, str]]:
    """What the registry holds for each row, evidence aside."""
    with reading(place / "r.db") as reader:
        state = state_on(reader, "9999-12-31")
    return {key: entry_cells(state, key) for key in keys}


def drawn(data: st.DataObject, model: dict[RowKey, dict[str, str]], key: RowKey) -> list[tuple[str, str]]:
    """Legal edits of a row, noted in the model."""
    edits: list[tuple[str, str]] = []
    cells = model[key]
    part = data.draw(st.sampled_from([Part.PLAN, Part.STATUS, Part.VERIFICATION]))
    columns = [column for column in ENTERED if column.part is part]
    if part is Part.PLAN and any(other != key and other.whole == key.whole for other in model):
        return []  # rows that share a plan: tests of their own
    for one in data.draw(st.lists(st.sampled_from(columns), unique=True)):
        clear = not one.needed and cells[one.key] and data.draw(st.booleans())
        value = "" if clear else shown(data.draw(_LEGAL[one.sort.value]))
        cells[one.key] = percent(value) if one.sort is Sort.PERCENT and value else value
        edits.append((one.head, CLEARED if clear else value))
    if edits and part is not Part.PLAN and not cells[f"{part}.value"]:
        cells[f"{part}.value"] = "有"
        edits.append(("进展" if part is Part.STATUS else "核验", "有"))
    if part is Part.STATUS and cells["status.completed_on"] and float(cells["status.percent"] or 0) < 100:
        cells["status.percent"] = "100"
        edits.append(("完成比例(%)", "100"))
    if part is Part.PLAN and edits and not any(cells[one.key] for one in columns):
        cells["plan.person"] = "某人"
        edits.append(("责任人", "某人"))
    return edits


# LibreOffice.


def libreoffice(*files: Path) -> list[Path]:
    """The files as LibreOffice saves them."""
    folder = files[0].parent / "saved"
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    made = [folder / file.name for file in files]
    assert all(file.is_file() for file in made), "LibreOffice made no file"
    return made


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs LibreOffice (soffice): its round trip is not tested"
)
def test_libreoffice_keeps_every_value(tmp_path: Path) -> None:
    filled(tmp_path / "r.db")
    with open_registry(tmp_path / "r.db") as registry:
        for at, text in enumerate(
            text for text in HOSTILE if text.strip("\ufffe") and "_x" not in text and "x005F" not in text
        ):
            enter(registry, Status(text[:900].replace("\ufffe", ""), f"备注{at}", f"{at}.5", due="2021-06-30", unit=f"单位{at}"),
                  Plan(f"单位{at}", "处", "人", "标准\n二", text[:90]))  # fmt: skip
        enter(registry, Status("完", percent="100", due="2021-06-30", unit="办结", completed_on="2021-06-05"),
              Proof("其他", number="=附件", due="2021-06-30", unit="办结"))  # fmt: skip
    changed = edited(export(tmp_path / "r.db", tmp_path / "plain.xlsx"), fill(
        ("进展", FIRST, "+3亿元\n二"), ("完成比例(%)", FIRST, 33.3), ("佐证种类", FIRST, "其他"), ("佐证编号", FIRST, "1\n2"),
        ("进展", FIRST + 1, "'引号"), ("完成比例(%)", FIRST + 1, 100), ("办结日", FIRST + 1, datetime.date(2021, 6, 9)),
        ("问题", FIRST + 3, CLEARED),
    ), tmp_path / "changed.xlsx")  # fmt: skip
    with open_registry(tmp_path / "r.db") as registry:  # openpyxl spoils these
        enter(
            registry,
            *(
                Status(text, due="2021-06-30", unit=text)
                for text in HOSTILE
                if "_x" in text or "x005F" in text
            ),
        )
    plain = export(tmp_path / "r.db", tmp_path / "plain.xlsx")
    saved, saved_changed = libreoffice(plain, changed)
    ours, theirs = (read_workbook(file.read_bytes(), file.name) for file in (plain, saved))
    for mine, other in zip(ours.sheets, theirs.sheets, strict=True):
        assert (mine.name, mine.visible) == (other.name, other.visible)
        assert mine.rows == other.rows
    assert take(tmp_path / "r.db", saved) == (
        0, {"entered": [], "changes": [], "conflicts": [], "faults": [], "remarks": []}
    )  # fmt: skip
    told = [take(tmp_path / "r.db", file, "--dry-run")[1] for file in (changed, saved_changed)]
    for one in told:
        for change in one["changes"]:
            change["place"].pop("file")
    assert len(told[0]["changes"]) == 8
    assert told[0]["changes"] == told[1]["changes"]
    status, entered = take(tmp_path / "r.db", saved_changed)
    assert status == 0, entered["faults"] + entered["conflicts"]
    status, again = take(tmp_path / "r.db", changed)
    assert (status, again["entered"], again["conflicts"]) == (0, [], [])
    assert column(openpyxl.load_workbook(saved)["督查台账"], "进展") == 18
    assert duban(tmp_path / "r.db", "audit", "verify").status == 0
