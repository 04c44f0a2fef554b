"""More than 30 documents of every kind, made from the notices on the command line, drawn and measured.

LibreOffice stands in for Word and WPS. What is measured is ink on the page, not what the file promises.
"""

from __future__ import annotations

import os
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from drawn import Page, missing, pages
from duban.app.main import main
from duban.app.reports import KINDS
from duban.model.office import office
from duban.model.office_pdfs import pdfs
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.checker.rendering import measure
from duban.output.official.compose import compose
from duban.output.official.document import Form, OfficialDocument
from duban.output.official.settings import read_settings
from line_breaks import NAMED, broken_lines, office_like, stand_in
from report_jobs import ASKED, prepared, registry_of
from shared_registry import CORPUS

LACKS = missing()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKS), reason=f"pages are not drawn: this machine lacks {LACKS}"),
]
FOOT = 262.0
#: Kinds whose documents are drawn in the other margin profile, too.
PROFILE_B = ("任务清单", "任务书", "路线图", "督查通报", "考评结果通报", "年底绩效对账")
ORIGINALS = (
    "辽政办发〔2018〕10号",
    "澜政办发〔2023〕17号",
    "青政发〔2022〕8号",
    "望政办〔2024〕11号",
    "雁健身办〔2025〕3号",
)


class Made(NamedTuple):
    """A document and its pages."""

    document: OfficialDocument
    docx: bytes
    pdf: bytes
    pages: list[Page]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder = tmp_path_factory.mktemp("layout")
    registry = registry_of(folder)
    samples = [
        str(CORPUS / "samples" / f"{name}.txt")
        for name in ("a-bracket-clauses", "b-key-lines", "e-table", "i-pdf-lines")
    ]
    assert main(["ingest", "-q", "--registry", registry, *samples]) in {0, 1}
    documents: dict[str, tuple[OfficialDocument, str]] = {}
    for kind, several in ASKED.items():
        for at, asked in enumerate(several):
            if kind == "通知原文" or (kind, at) == ("时间表", 1):
                continue  # the originals below; a timetable of 67 pages
            for one in prepared(registry, kind, asked)[:2]:
                for profile in "AB" if kind in PROFILE_B and at == 0 else "A":
                    documents[f"{kind}-{at}-{one.name}-{profile}"] = (one.document, profile)
    for number in ORIGINALS:
        (one,) = prepared(registry, "通知原文", ("--notice", number))
        documents |= {f"通知原文-{number}-{profile}": (one.document, profile) for profile in "AB"}
    assert len(documents) >= 30
    assert {name.split("-")[0] for name in documents} == set(KINDS)
    written = [
        (name, compose(document, read_settings(profile=profile)))
        for name, (document, profile) in documents.items()
    ]
    found = pdfs(written, seconds=120, memory=2 << 30, tagged=False)
    assert found.failures == ()
    drawn = {}
    for (name, docx), pdf in zip(written, found.made, strict=True):
        assert pdf is not None
        target = folder / f"{len(drawn)}.pdf"
        target.write_bytes(pdf)
        drawn[name] = Made(documents[name][0], docx, pdf, pages(target))
    return drawn


def test_mark_and_red_line_lie_where_the_standard_says(made: dict[str, Made]) -> None:
    for name, one in made.items():
        if one.document.head is None or one.document.head.form is not Form.GENERAL:
            continue
        bands = one.pages[0].ink(red=True, box=(20, 66, 200, 150))
        assert bands[0][0] == pytest.approx(72, abs=1), name
        assert bands[-1][2] == pytest.approx(156, abs=0.5), name
        number = next(letter for letter in one.pages[0].letters if letter.text == "〔")
        assert bands[-1][0] - number.bottom == pytest.approx(4, abs=0.5), name


def test_page_numbers_lie_7_mm_below_on_upright_and_on_lying_pages(made: dict[str, Made]) -> None:
    lying = 0
    for name, one in made.items():
        for number, page in enumerate(one.pages, 1):
            where = f"{name}, page {number}"
            if page.width < page.height:
                dashes = [letter for letter in page.letters if letter.text == "—" and letter.top > FOOT]
                assert len(dashes) == 2, where
                assert sum(dash.top + dash.bottom for dash in dashes) / 4 - FOOT == pytest.approx(
                    7, abs=0.3
                ), where
                assert (dashes[0].left > 105) == (number % 2 == 1), where
                continue
            # Clause 8: where it is on an upright page; held upright, the lying page's left edge is its foot.
            lying += 1
            dashes = [letter for letter in page.letters if letter.text == "—" and letter.right < 297 - FOOT]
            assert len(dashes) == 2, where
            assert (297 - FOOT) - sum(dash.left + dash.right for dash in dashes) / 4 == pytest.approx(
                7, abs=0.3
            ), where
            assert (dashes[0].top > 105) == (number % 2 == 1), where
    assert lying >= 10


def test_the_imprint_s_last_rule_lies_on_the_foot_of_the_last_page(made: dict[str, Made]) -> None:
    for name, one in made.items():
        if one.document.imprint is None:
            continue
        last = one.pages[-1]
        assert "印发" in last.text, name
        bands = last.ink(red=False, box=(20, 200, 200, 265))
        assert bands[-1][1] == pytest.approx(FOOT, abs=1), name
        assert bands[-1][2] == pytest.approx(156, abs=0.5), name


def test_no_page_is_empty(made: dict[str, Made]) -> None:
    for name, one in made.items():
        for number, page in enumerate(one.pages, 1):
            assert re.search("[\u4e00-\u9fff]", page.text), f"{name}, page {number}"


def test_full_pages_have_22_lines_of_28_characters(made: dict[str, Made]) -> None:
    for profile in "AB":
        lines = broken_lines(made[f"通知原文-{ORIGINALS[0]}-{profile}"].pdf)
        text = [page[:-1] for page in lines[3:9]]  # pages of text alone; the last line is the page number
        for page, after in pairwise(text):
            # A heading goes along to the page of its text.
            assert len(page) == 22 - bool(
                re.match("[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", after[0])
            )
        assert sum(len(page) == 22 for page in text) >= 4
        chinese = [
            line for page in text for line in page if re.fullmatch("[\u4e00-\u9fff、。；：，“”]+", line)
        ]
        full = [len(line) for line in chinese if len(line) > 24]
        assert full.count(28) >= 5
        assert max(full) <= 29  # one mark may hang: LibreOffice reads overflowPunct the wrong way round


def test_the_checker_finds_nothing_in_pages_or_settings(made: dict[str, Made]) -> None:
    faults = []
    for name, one in made.items():
        report = check(one.docx, name, setting=measure(one.pdf))
        for found in report.results:
            # Half-width marks of a notice's own words stay as they are.
            if (
                found.outcome is Outcome.NOT_MET
                and found.rule.code != "9a"
                and not name.startswith("通知原文")
            ):
                faults += [f"{name} {found.rule.code} {fault.where}: {fault.found}" for fault in found.faults]
    assert faults == []


@pytest.mark.release
def test_lines_break_alike_with_two_stand_in_fonts(made: dict[str, Made], tmp_path: Path) -> None:
    assert breaking_otherwise(made, tmp_path) == []


def test_lines_of_short_documents_break_alike_with_two_stand_in_fonts(
    made: dict[str, Made], tmp_path: Path
) -> None:
    short = dict(sorted(made.items(), key=lambda one: (len(one[1].pages), one[0]))[:3])
    assert breaking_otherwise(short, tmp_path) == []


def breaking_otherwise(made: dict[str, Made], folder: Path) -> list[str]:
    """Names of the documents whose lines break otherwise when another font stands in."""
    lines = []
    for family in ("Noto Serif CJK SC", "Noto Sans CJK SC"):
        own = office_like(family, folder / "fonts")
        if own is None:
            pytest.skip(f"no two stand-in fonts: this machine lacks {family}")
        place = folder / family.replace(" ", "")
        place.mkdir()
        settings = stand_in(place, own, folder / "fonts")
        files = {name: place / f"{at}.docx" for at, name in enumerate(made)}
        for name, path in files.items():
            path.write_bytes(made[name].docx)
        command = [
            office() or "soffice",
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
        ]
        command += [
            "--convert-to",
            "pdf",
            "--outdir",
            str(place),
            *map(str, files.values()),
        ]
        environment = {**os.environ, "FONTCONFIG_FILE": str(settings)}
        for named in NAMED:
            match = ["fc-match", "-f", "%{family}", named]
            said = subprocess.run(
                match, check=True, capture_output=True, text=True, timeout=60, env=environment
            )
            assert said.stdout == own
        subprocess.run(command, check=True, capture_output=True, timeout=600, env=environment)
        pdf = {name: path.with_suffix(".pdf").read_bytes() for name, path in files.items()}
        lines.append({name: broken_lines(data) for name, data in pdf.items()})
    return [name for name in made if lines[0][name] != lines[1][name]]
