"""Paging: which rows of a table may break across pages, told from their estimated heights."""

from __future__ import annotations

from collections.abc import Sequence

from .cells import Cells
from .grid import Grid

#: A row that is this much higher than estimated must still not leave a page half empty.
_DOUBT = 1.15


def whole_rows(
    rows: Sequence[Cells], grid: Grid, *, above: float, blank_up_to: float, keep_up_to: float
) -> list[bool]:
    """For each row whether it is kept on one page.

    A row is kept whole wherever that costs at most ``blank_up_to`` of a page left empty before it. It may
    break when it is higher than ``keep_up_to`` of a page (both are shares of the page), or when keeping it
    whole would leave more than that empty: a title alone on its page, a page with one short row.
    ``above`` is the height in millimetres of what stands over the table on its first page.
    """
    page = grid.page
    used = min(above, page)
    whole = []
    for row in rows:
        heading = grid.line + grid.padding_down if row.section else 0.0
        height = heading + grid.height(row)
        blank = page - used
        doubtful = height * _DOUBT > blank
        keep = height <= keep_up_to * page and not (doubtful and blank > blank_up_to * page)
        whole.append(keep)
        if height <= blank:
            used += height
        elif keep:
            used = height
        else:
            used = (used + height) % page
    return whole
