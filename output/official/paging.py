"""Paging: which rows of a table may break across pages, told from their estimated heights."""

from __future__ import annotations

from collections.abc import Iterable

#: A row that is this much higher than estimated must still not leave a page half empty.
_DOUBT = 1.15


def whole_rows(
    heights: Iterable[float],
    page: float,
    *,
    above: float,
    lost: float,
    blank_up_to: float,
    keep_up_to: float,
) -> list[bool]:
    """For each row whether it is kept on one page; all lengths in one unit.

    A row is kept whole wherever that costs at most ``blank_up_to`` of a page left empty before it. It may
    break when it is higher than ``keep_up_to`` of a page (both are shares of the page), or when keeping it
    whole would leave more than that empty: a title alone on its page, a page with one short row.
    ``above`` is the height of what stands over the rows on their first page, ``lost`` what stays empty at the
    foot where a row breaks: a line, because none of a paragraph's goes alone.
    """
    used = min(above, page)
    whole = []
    for height in heights:
        blank = page - used
        doubtful = height * _DOUBT > blank
        keep = height <= keep_up_to * page and not (doubtful and blank > blank_up_to * page)
        whole.append(keep)
        if height <= blank:
            used += height
        elif keep:
            used = height
        else:
            used = (used + height + lost) % page
    return whole
