"""The reading process: what it gives back, and how it ends at its limits."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest
from duban.extract.readers import Reader, ReadOptions, worker
from duban.extract.readers.pdf import READER as PDF
from duban.extract.readers.pdf import read_pdf
from duban.extract.readers.worker import read_isolated
from duban.model.errors import DamagedError, ReadCrashError, ReadMemoryError, ReadTimeoutError
from pdf_writer import nested_forms, pdf_of, plain_pdf

LIMITS = ReadOptions(seconds=20)


def test_the_source_is_the_same_as_in_this_process() -> None:
    raw = plain_pdf(["一、加强 领导", "（责任单位：市财政局）"])
    assert read_isolated(PDF, raw, "甲.pdf", LIMITS) == read_pdf(raw, "甲.pdf", LIMITS)


def test_a_readers_error_comes_through() -> None:
    with pytest.raises(DamagedError) as told:
        read_isolated(PDF, b"%PDF-1.7 nothing", "乙.pdf", LIMITS)
    assert told.value.place == "乙.pdf"
    assert told.value.remedy


def test_one_process_reads_many_files() -> None:
    raw = plain_pdf(["文字"])
    read_isolated(PDF, raw, "x", LIMITS)
    first = worker._children[0].process.pid
    for _ in range(3):
        read_isolated(PDF, raw, "x", LIMITS)
    assert worker._children[0].process.pid == first


def test_a_file_that_hangs_is_stopped_and_the_next_one_read() -> None:
    with pytest.raises(ReadTimeoutError) as told:
        read_isolated(
            PDF, nested_forms(levels=11, times=10), "挂起.pdf", ReadOptions(seconds=2, memory=8 << 30)
        )
    assert "2 秒" in str(told.value)
    assert read_isolated(PDF, plain_pdf(["还在"]), "x", LIMITS).text == "还在\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="RLIMIT_AS holds on Linux only")
def test_a_file_that_needs_too_much_memory_is_stopped() -> None:
    """The limit is below what Python itself and pdfium need for the file."""
    worker.stop_worker()
    raw = plain_pdf(["文字"]) + b" " * (30 << 20)
    with pytest.raises((ReadMemoryError, ReadCrashError)):
        read_isolated(PDF, raw, "大.pdf", ReadOptions(seconds=20, memory=64 << 20))
    assert read_isolated(PDF, plain_pdf(["还在"]), "x", LIMITS).text == "还在\n"


def test_a_process_that_dies_is_told_and_replaced() -> None:
    read_isolated(PDF, plain_pdf(["文字"]), "x", LIMITS)
    child = worker._children[0]
    killer = threading.Timer(0.5, lambda: os.kill(child.process.pid, 11))
    killer.start()
    with pytest.raises(ReadCrashError):
        read_isolated(PDF, nested_forms(levels=11, times=10), "崩溃.pdf", LIMITS)
    assert read_isolated(PDF, plain_pdf(["还在"]), "x", LIMITS).text == "还在\n"


def test_a_reader_that_the_process_does_not_know_is_told() -> None:
    strange = Reader("strange", "", (), bool, read_pdf, isolated=True)
    with pytest.raises(ReadCrashError):
        read_isolated(strange, b"x", "x", LIMITS)


def test_threads_take_turns() -> None:
    raws = [plain_pdf([f"第{n}份"]) for n in range(8)]
    found: dict[int, str] = {}

    def work(n: int) -> None:
        found[n] = read_isolated(PDF, raws[n], "x", LIMITS).text

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: f"第{n}份\n" for n in range(8)}


def test_libreoffice_is_asked_for_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from duban.extract.readers import read
    from duban.model.errors import ProgramMissingError

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissingError) as told:
        read(b"{\\rtf1 text}", "旧.rtf")
    assert "LibreOffice" in str(told.value)


def test_pages_without_text_ask_for_ocr() -> None:
    from duban.model.errors import NoTextError

    with pytest.raises(NoTextError) as told:
        read_isolated(PDF, pdf_of([b"0 0 10 10 re f"]), "扫描.pdf", LIMITS)
    assert "tesseract" in str(told.value)
