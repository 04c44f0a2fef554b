"""Formulas in Word files (ECMA-376-1 §22.1) as one line: what they hold belongs to the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: A formula, and a line of formulas, inside a paragraph.
MATH = frozenset((_M + "oMath", _M + "oMathPara"))
_RUN, _TEXT, _OVER, _BAR = _M + "r", _M + "t", _M + "den", "/"


def formula(element: _Element) -> Iterator[tuple[str, bool]]:
    """The texts of a formula in order, and whether the file does not hold them: the bar of a fraction."""
    for part in element.iter(_TEXT, _OVER):
        if part.tag == _OVER:
            yield _BAR, True
        elif part.text:
            yield part.text, False
