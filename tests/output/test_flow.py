"""Flow: a form that would be parted begins a page, headings above it too; other blocks take their place."""

from __future__ import annotations

from duban.output.official.document import Attachment, Table
from duban.output.official.flow import places
from duban.output.official.settings import read_settings

SETTINGS = read_settings()
_, PAGE = SETTINGS.area_mm()


def form(lines: int) -> Table:
    return Table(("任务1",), (("工作任务", "\n".join(["任务"] * lines)),), (1, 3), labels=(0,))


def fresh(*blocks: str | Table, above: float = 50) -> list[int]:
    """The blocks, from 0, that begin a page."""
    found = places(Attachment("任务书", blocks), SETTINGS, above)
    return [at for at, place in enumerate(found) if place.on_new_page]


def test_a_form_that_fits_stays() -> None:
    assert fresh(form(10), form(5)) == []


def test_a_form_that_would_be_parted_begins_a_page_with_its_heading() -> None:
    assert fresh("一、稳增长", form(20), "二、惠民生", form(20), form(1)) == [2]


def test_a_form_goes_on_where_too_much_would_stay_empty() -> None:
    # Hardly anything stands on the page yet.
    assert fresh(form(38), above=60) == []
    # One higher than a page is parted anyway.
    assert fresh(form(5), form(60), form(1), above=150) == []


def test_the_last_form_is_not_signed_on_a_page_of_its_own() -> None:
    # Without the one to be signed the second form would fit.
    assert fresh(form(20), form(10), above=50) == []
    assert fresh(form(20), form(5), form(8), above=50) == [1]


def test_lists_and_paragraphs_are_never_moved() -> None:
    rows = tuple((str(n), "任务" * 20) for n in range(200))
    found = places(Attachment("清单", ("说明" * 20, Table(("序号", "任务"), rows), "注")), SETTINGS, 30)
    assert [place.on_new_page for place in found] == [False] * 3
    assert found[0].above_mm == 30
    assert found[2].above_mm > 5 * PAGE
