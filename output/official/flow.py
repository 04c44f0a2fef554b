"""Flow: where the blocks of an attachment come to stand, and which forms begin a page to stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..lengths import MM_PER_POINT
from .document import Attachment, Picture, Table
from .drawing import fitted
from .fit import rows
from .settings import Settings
from .tables import height_mm

#: A group of blocks higher than this share of a page is parted; so it is where more than the other one of the
#: page before it would stay empty.
_HIGHEST, _MOST_BLANK = 0.95, 0.6


class Place(NamedTuple):
    """Where a block begins: millimetres used above it, counted on from page to page."""

    above_mm: float
    on_new_page: bool = False


class _Group(NamedTuple):
    """Blocks ``[start, end)`` that belong on one page: a form with the headings above it."""

    start: int
    end: int


def places(attachment: Attachment, settings: Settings, above_mm: float) -> list[Place]:
    """A place for each block; ``above_mm`` is what label and title take."""
    _, page = settings.area_mm(landscape=attachment.landscape)
    heights = list(_heights(attachment, settings))
    used = above_mm
    found: list[Place] = []
    for group in _groups(attachment):
        whole = sum(heights[group.start : group.end])
        left = page - used % page
        form = _is_form(attachment, group.end - 1)
        fresh = form and left < whole <= page * _HIGHEST and left <= page * _MOST_BLANK
        used += left if fresh else 0.0
        for at in range(group.start, group.end):
            found.append(Place(used, fresh and at == group.start))
            used += heights[at]
    return found


def _heights(attachment: Attachment, settings: Settings) -> Iterator[float]:
    line = settings.pitch_pt * MM_PER_POINT
    last = len(attachment.blocks) - 1
    for at, block in enumerate(attachment.blocks):
        if at == last and not _is_form(attachment, at):
            yield 0.0  # nothing comes below
        elif isinstance(block, Table):
            parted = at > 0 and isinstance(attachment.blocks[at - 1], Table)
            yield height_mm(block, settings, landscape=attachment.landscape) + (line if parted else 0.0)
        elif isinstance(block, Picture):
            yield fitted(block, *settings.area_mm(landscape=attachment.landscape))[1]
        else:
            yield rows(block) * line


def _groups(attachment: Attachment) -> Iterator[_Group]:
    """Each form with the paragraphs above it, the last two forms together (the last one is to be signed);
    other blocks alone."""
    start = 0
    last = len(attachment.blocks) - 1
    for at, block in enumerate(attachment.blocks):
        if _is_form(attachment, at):
            if at == last - 1 and _is_form(attachment, last):
                continue
            yield _Group(start, at + 1)
        elif isinstance(block, Table) or at == last:
            yield from (_Group(one, one + 1) for one in range(start, at + 1))
        else:
            continue
        start = at + 1


def _is_form(attachment: Attachment, at: int) -> bool:
    block = attachment.blocks[at]
    return isinstance(block, Table) and bool(block.labels)
