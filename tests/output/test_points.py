"""Points: half-width marks beside Chinese words become full width, figures and Latin words keep theirs."""

from __future__ import annotations

import pytest
from duban.model.folding import fold
from duban.output.points import full_width, plain, printed
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("减税,降费;完成:是!", "减税，降费；完成：是！"),
        ("提高到75%,将比例提高到100%,用税收优惠", "提高到75%，将比例提高到100%，用税收优惠"),
        ("“放管服”,完善", "“放管服”，完善"),
        ("(省财政厅)", "（省财政厅）"),
        ("老旧小区改造(含加装电梯(二期)),完成", "老旧小区改造（含加装电梯（二期）），完成"),
        # figures, ratios, times and Latin words stay
        ("投资1,000万元,10:30开工,比例1:1", "投资1,000万元，10:30开工，比例1:1"),
        ("IPv6(IPv4)", "IPv6(IPv4)"),
        ("Word, Excel", "Word, Excel"),
        ("3.5%。", "3.5%。"),
        # brackets that lack their other half
        ("省财政厅)负责", "省财政厅）负责"),
        ("(省财政厅", "（省财政厅"),
        (")", ")"),
    ],
)
def test_marks(text: str, shown: str) -> None:
    assert full_width(text) == shown


@given(st.text(st.sampled_from("省厅,;:?!()（），“”1%a 《\n"), max_size=30))
def test_nothing_but_the_width_changes_and_once_is_enough(text: str) -> None:
    shown = full_width(text)
    assert len(shown) == len(text)
    assert fold(shown) == fold(text)
    assert full_width(shown) == shown


def test_hard_line_breaks_and_radicals_go() -> None:
    assert plain("⼈⼯智\n能,") == "人工智能,"
    assert printed("⼈⼯智\r\n能,") == "人工智能，"
