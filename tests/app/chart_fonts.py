"""Whether this machine has a font for the pictures in documents."""

from __future__ import annotations

import pytest
from duban.model.errors import ChartFontError


def _missing() -> str:
    from duban.output.charts.fonts import families_for

    try:
        families_for(["督"])
    except ChartFontError as error:
        return str(error)
    return ""


LACKS = _missing()
#: For tests of texts that name the pictures.
needs_font = pytest.mark.skipif(bool(LACKS), reason=f"documents are made without pictures here: {LACKS}")
