"""Scans read by a real tesseract, by the command itself: pictures of pages, a red seal over the words."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pytest
from commands import run
from duban.extract.readers.ocr import lines_of, with_round_brackets
from office_files import converted, docx_of, text_of
from PIL import Image, ImageDraw

NOTICE = "samples/a-bracket-clauses"
DPI = 200


def need_tesseract() -> None:
    """The test is skipped aloud where tesseract, or its Chinese, is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        pytest.skip("needs tesseract")
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True).stdout
    if "chi_sim" not in listed.split():
        pytest.skip("needs tesseract's chi_sim")


def scan_of(pdf: bytes) -> bytes:
    """A PDF of pictures of the pages; a red ring lies over the words of the first."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
    ImageDraw.Draw(pages[0]).ellipse((500, 400, 900, 800), outline=(220, 30, 30), width=12)
    stream = io.BytesIO()
    images: list[Image.Image] = pages[1:]
    pages[0].save(stream, "PDF", save_all=True, append_images=images, resolution=DPI)
    return stream.getvalue()


@pytest.mark.slow
def test_a_scan_is_read_where_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_tesseract()
    path = tmp_path / "通知.docx"
    docx_of(text_of(NOTICE), path)
    [pdf] = converted([path], "pdf", tmp_path)
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(scan_of(pdf.read_bytes()))
    refused = run(monkeypatch, "parse", scan)
    assert refused.status == 3
    assert "E230" in refused.err
    assert "--ocr" in refused.err
    ran = run(monkeypatch, "parse", "--ocr", scan)
    record = json.loads(ran.out)
    assert "N071" in {found["code"] for found in record["diagnostics"]}
    assert record["source"]["parts"]
    assert all(part.endswith(" (ocr)") for part in record["source"]["parts"])
    text = "".join(run(monkeypatch, "text", "--ocr", scan).out.split())
    expected = "".join(text_of(NOTICE).split())
    blocks = SequenceMatcher(None, expected, text, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in blocks) > 0.85 * len(expected)
    units = {party["text"] for task in record["tasks"] for party in task["parties"]}
    assert len(record["tasks"]) >= 5
    assert {"省农业农村厅", "省生态环境厅", "省商务厅", "省财政厅"} <= units


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (["建港。〈责任单位:省财政厅)"], ["建港。(责任单位:省财政厅)"]),
        (["建港。《责任单位:省财", "政厅)印发《方案》。"], ["建港。(责任单位:省财", "政厅)印发《方案》。"]),
        (["《办法〈试行)》"], ["《办法(试行)》"]),
        (["《办法》(试行)、〈甲〉"], ["《办法》(试行)、〈甲〉"]),
        (["1)甲", "2)乙〉"], ["1)甲", "2)乙〉"]),
    ],
)
def test_brackets_that_a_round_one_closes_are_round(texts: list[str], right: list[str]) -> None:
    assert with_round_brackets(texts) == right


def test_a_blank_stands_between_figures_and_words_only_where_there_is_a_gap() -> None:
    row = "5\t1\t1\t1\t1\t{n}\t{left}\t100\t{width}\t40\t90\t{text}\n"
    places = [("2", 100, 20), (".", 122, 6), ("建库", 150, 80), ("Web", 240, 60), ("GIS", 320, 60)]
    table = "head\n" + "".join(
        row.format(n=n, left=left, width=width, text=text) for n, (text, left, width) in enumerate(places)
    )
    [line] = lines_of(table, 300.0)
    assert line.text == "2.建库Web GIS"
    assert [round(value, 1) for value in line.box] == [24.0, 24.0, 91.2, 33.6]
