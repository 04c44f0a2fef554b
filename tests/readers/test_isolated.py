"""Word files and spreadsheets are read in a process that is stopped at its limits of time and memory."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from duban.extract.readers import ReadOptions, docx, read, reader_for, worker, xlsx
from duban.model.errors import DamagedError, ReadMemoryError, ReadTimeoutError, UsageError
from word_files import package as package_of
from word_files import para, parts_of, word

MADE = Path(__file__).parents[1] / "fixtures" / "notices"
GOOD = word(para("文"))
#: A paragraph of so many runs, a sheet of so many rows of three cells: within the limits of the formats.
RUNS, CELL_ROWS = 200_000, 40_000


def _many_runs() -> bytes:
    return word(para("".join(f"<w:r><w:t>字{n * n}</w:t></w:r>" for n in range(RUNS))))


def _many_cells() -> bytes:
    parts: dict[str, str | bytes] = dict(_workbook())
    rows = "".join(
        f'<row><c t="inlineStr"><is><t>任务{n * n}</t></is></c><c><v>1</v></c><c><v>2</v></c></row>'
        for n in range(CELL_ROWS)
    )
    sheet = next(name for name in parts if "worksheets/sheet" in name)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts[sheet] = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return package_of(parts)


def _workbook() -> dict[str, bytes]:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "文"
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


LARGE = {"docx": _many_runs, "xlsx": _many_cells}
each_large = pytest.mark.parametrize("form", LARGE)


@pytest.mark.parametrize("name", ["e-table.docx", "e-table.xlsx", "liaoning-2018-assessment.docx"])
def test_the_source_is_the_same_as_in_this_process(name: str) -> None:
    raw = (MADE / name).read_bytes()
    reader = reader_for(raw)
    assert reader is not None
    assert reader.isolated
    own = {"docx": docx.read, "xlsx": xlsx.read}[reader.format]
    assert read(raw, name) == own(raw, name, ReadOptions())


def test_one_process_reads_files_of_all_formats() -> None:
    read(GOOD)
    first = worker._children[0].process.pid
    for path in sorted(MADE.glob("e-table.*")):
        read(path.read_bytes(), path.name)
    with pytest.raises(DamagedError):
        read(package_of({**parts_of(""), "word/document.xml": ""}), "坏.docx")
    assert read(GOOD).text == "文\n"
    assert worker._children[0].process.pid == first


def test_a_wrong_option_is_told_as_one() -> None:
    with pytest.raises(UsageError) as told:
        read(GOOD, "a.docx", ReadOptions(revisions="none"))
    assert "accepted" in told.value.remedy


@each_large
def test_a_file_that_takes_too_long_is_stopped(form: str) -> None:
    """The process is warm: the time goes into the file."""
    raw = LARGE[form]()
    read(GOOD)
    first = worker._children[0].process.pid
    with pytest.raises(ReadTimeoutError) as told:
        read(raw, "久.docx", ReadOptions(seconds=0.1))
    assert told.value.place == "久.docx"
    assert read(GOOD).text == "文\n"
    assert worker._children[0].process.pid != first


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="RLIMIT_AS holds on Linux only")
@each_large
def test_a_file_that_needs_too_much_memory_is_stopped(form: str) -> None:
    worker.stop_worker()
    read(GOOD)
    with pytest.raises(ReadMemoryError) as told:
        read(LARGE[form](), "大.docx", ReadOptions(memory=100 << 20))
    assert told.value.place == "大.docx"
    assert read(GOOD).text == "文\n"


@each_large
def test_the_same_file_is_read_within_the_default_limits(form: str) -> None:
    source = read(LARGE[form]())
    assert source.format == form
    assert source.characters > RUNS / 2
