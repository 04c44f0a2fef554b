"""Pages as LibreOffice draws them: heads repeated, rows whole, no page half empty.

LibreOffice stands in for Word and WPS here. Without it, poppler's tools or a Chinese font these tests are
skipped and say so; ``.ci/run`` installs all three.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from drawn import draw, missing
from duban.output import Checklist, write_checklist, write_checklists
from made_lists import long_list, row, year_of_lists

#: Heads of the columns that every list has.
HEADS = ("序号", "任务内容", "职责", "编号")
#: Seconds that one conversion may take.
PATIENCE = 120


LACKS = missing() or ("" if shutil.which("pdftotext") else "pdftotext")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKS), reason=f"pages are not drawn: this machine lacks {LACKS}"),
]


def convert(path: Path) -> Path:
    """The PDF that LibreOffice makes of a document."""
    (made,) = draw(path.parent, path.name)
    return made


def pages(pdf: Path) -> list[str]:
    """Text of each page, blanks left out."""
    command = ["pdftotext", "-raw", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
    return [re.sub(r"\s", "", page) for page in text.split("\f")[:-1]]


def depths(pdf: Path) -> list[float]:
    """For each page how far down its text reaches, page number left out, as a share of the page."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
    found = []
    for page in text.split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', page)[1])  # type: ignore[index]
        words = [float(y) / height for y in re.findall(r'<word .*?yMax="([\d.]+)"', page)]
        found.append(max((y for y in words if y < 0.92), default=0.0))
    return found


def test_each_page_has_the_head_and_each_row_stands_whole_on_one(tmp_path: Path) -> None:
    rows = [
        row(n, f"始{n:04}甲" + "工作" * (n % 40), measures=(f"①{'措施' * (n * 7 % 60)}", f"②终{n:04}乙"))
        for n in range(1, 121)
    ]
    drawn = pages(convert(write_checklist(Checklist("省财政厅", tuple(rows)), tmp_path / "a.docx")))
    assert 10 < len(drawn) < 40
    for number, page in enumerate(drawn, 1):
        assert all(head in page for head in (*HEADS, "落实措施"))
        assert f"—{number}—" in page
    begun = [[page.count(f"始{n:04}甲") for page in drawn] for n in range(1, 121)]
    ended = [[page.count(f"终{n:04}乙") for page in drawn] for n in range(1, 121)]
    assert begun == ended
    assert all(sum(counts) == 1 for counts in begun)


def test_each_list_begins_on_its_own_page(tmp_path: Path) -> None:
    lists = [Checklist(f"第{n}厅", (row(1, f"任务{n}。"),)) for n in range(1, 5)] + [Checklist("末厅", ())]
    (written,) = write_checklists(lists, tmp_path / "a.docx")
    drawn = pages(convert(written))
    assert len(drawn) == 5
    for one, page in zip(lists, drawn, strict=True):
        assert page.startswith(f"{one.unit}重点工作任务责任清单")
        assert all(head in page for head in HEADS) == bool(one.rows)
        assert ("没有由末厅承担的任务" in page) == (not one.rows)


def test_no_page_is_left_half_empty_before_the_last(tmp_path: Path) -> None:
    rows = [told for one in year_of_lists() for told in one.rows]
    found = depths(convert(write_checklist(Checklist("各单位", tuple(rows)), tmp_path / "a.docx")))
    assert len(found) > 20
    assert min(found[:-1]) > 0.5
    assert found[-1] > 0, "a blank page at the end"


def test_a_row_higher_than_a_page_goes_on_without_loss(tmp_path: Path) -> None:
    tall = row(1, measures=tuple(f"第{n:03}条" + "措施" * 30 for n in range(150)))
    drawn = pages(convert(write_checklist(Checklist("甲", (tall, row(2))), tmp_path / "a.docx")))
    assert len(drawn) > 2
    assert re.findall(r"第(\d\d\d)条", "".join(drawn)) == [f"{n:03}" for n in range(150)]
    assert all("落实措施" in page for page in drawn)
    assert "完成一项工作" in drawn[0]


def test_a_list_of_many_rows_has_no_blank_page(tmp_path: Path) -> None:
    drawn = pages(convert(write_checklist(long_list(300), tmp_path / "a.docx")))
    assert all("任务内容" in page and "第" in page for page in drawn)
    assert sum(page.count("省财政厅") for page in drawn) == 300
