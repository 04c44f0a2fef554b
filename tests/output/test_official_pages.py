"""Official documents as LibreOffice draws them, measured against GB/T 9704-2012.

LibreOffice stands in for Word and WPS. Without it or a Chinese font these tests are skipped and say so.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn import draw, missing, pages
from duban.output.official.compose import compose
from duban.output.official.settings import CHARACTERS, LINES, read_settings
from made_officials import DOCUMENTS, FULL

LACKS = missing()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKS), reason=f"pages are not drawn: this machine lacks {LACKS}"),
]
#: Lower edge of the type area, and what is left and right of it.
FOOT = 262.0


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("drawn")
    for profile in "AB":
        for name, document in DOCUMENTS.items():
            made = compose(document, read_settings(profile=profile))
            (folder / f"{name}-{profile}.docx").write_bytes(made)
    names = [f"{name}-{profile}.docx" for name in DOCUMENTS for profile in "AB"]
    return {path.stem: path for path in draw(folder, *names)}


@pytest.mark.parametrize("profile", "AB")
def test_a_full_page_has_22_lines_of_28_characters(drawn: dict[str, Path], profile: str) -> None:
    page = pages(drawn[f"downward-{profile}"])[1]
    assert page.lines(FULL) == [CHARACTERS] * LINES


@pytest.mark.parametrize("name", ["downward", "upward", "joint"])
def test_mark_and_red_line_lie_where_the_standard_says(drawn: dict[str, Path], name: str) -> None:
    page = pages(drawn[f"{name}-A"])[0]
    bands = page.ink(red=True, box=(20, 60, 200, 200))
    assert bands[0][0] == pytest.approx(72, abs=1)
    rule = bands[-1]
    assert rule[2] == pytest.approx(156, abs=0.5)
    number = next(letter for letter in page.letters if letter.text == "〔")
    assert rule[0] - number.bottom == pytest.approx(4, abs=0.5)


@pytest.mark.parametrize("name", [f"{name}-{profile}" for name in DOCUMENTS for profile in "AB"])
def test_the_dash_lies_7_mm_below_and_changes_sides(drawn: dict[str, Path], name: str) -> None:
    for number, page in enumerate(pages(drawn[name]), 1):
        if page.width > page.height:
            continue
        dashes = [letter for letter in page.letters if letter.text == "—" and letter.top > FOOT]
        assert len(dashes) == 2
        middle = (dashes[0].top + dashes[0].bottom) / 2
        assert middle - FOOT == pytest.approx(7, abs=0.3)
        assert (dashes[0].left > 105) == (number % 2 == 1)


@pytest.mark.parametrize("name", ["downward-A", "upward-A", "joint-A", "lying-A", "downward-B", "upward-B"])
def test_the_imprint_s_last_rule_lies_on_the_foot_of_the_last_page(drawn: dict[str, Path], name: str) -> None:
    last = pages(drawn[name])[-1]
    assert "印发" in last.text
    # One page is enough for the upward one.
    assert name != "upward-A" or "国务院" in last.text
    bands = last.ink(red=False, box=(20, 200, 200, 265))
    assert bands[-1][1] == pytest.approx(FOOT, abs=1)
    assert bands[-1][2] == pytest.approx(156, abs=0.5)


def test_body_stands_on_page_1_and_a_landscape_table_has_its_number_at_the_left(
    drawn: dict[str, Path],
) -> None:
    first, *_ = pages(drawn["downward-A"])
    assert FULL in first.text
    lying = [page for page in pages(drawn["landscape-A"]) if page.width > page.height]
    assert lying
    for page in lying:
        dashes = [letter for letter in page.letters if letter.text == "—"]
        assert len(dashes) == 2
        assert all(20 < letter.left < 35 for letter in dashes)


def test_signers_rows_begin_under_the_first_name_and_end_one_character_in(drawn: dict[str, Path]) -> None:
    first, *_ = pages(drawn["upward-A"])
    place = {letter.text: letter for letter in first.letters if letter.text in "张四王" and letter.top < 150}
    assert place["张"].left == pytest.approx(place["王"].left, abs=0.5)
    assert place["四"].right == pytest.approx(184 - 5.56, abs=1)
    number = next(letter for letter in first.letters if letter.text == "〔")
    assert place["王"].bottom == pytest.approx(number.bottom, abs=1)
