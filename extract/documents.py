"""Documents: where one notice of a file ends and the next, with a title and a number of its own, begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .document_numbers import own_number
from .front import Front, front_of, read_front
from .line_kinds import ANNEX_LINE, is_item_line
from .page import Line, Page, starts_of
from .parts import Parts, read_parts
from .patterns import pattern

# The printing office's line closes a document: …办公厅 2021年4月28日印发.
_PRINTED = pattern(r"20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?印发\s*$")
# A document number alone on its line.
_NUMBER_LINE = pattern(
    r"\s*[(〔]?[\u4e00-\u9fff]{2,14} ?[〔\[【(](?:20|19)\d\d[〕\]】)] ?(?:第 ?)?\d{1,5} ?号[)〕]?\s*$"
)
#: A title above its number has no more lines, none longer than this.
_TITLE_LINES, _LONGEST = 6, 80
#: Behind a printing office's line the next document shows its title or number within these lines.
_HEAD_LINES = 14


class Document(NamedTuple):
    """One notice of a file: ``[start, end)`` and its front matter."""

    start: int
    end: int
    front: Front


def read_documents(page: Page) -> tuple[Front, list[Document]]:
    """The front matter of the file, which is its first notice's; all its notices where it holds several.

    A notice begins behind a printing office's line (…印发) or above a further document number alone on its
    line, where it has a title. Linear.
    """
    parts = read_parts(page)
    starts = _starts(page)
    if not starts:
        return front_of(page, parts), []
    borders = [0, *starts, len(page.text)]
    stretches = zip(pairwise(borders), _parted(parts, starts), strict=True)
    documents = [Document(start, end, _front(page, inside, start, end)) for (start, end), inside in stretches]
    first = documents[0].front
    whole = first._replace(breaks=parts.breaks, taken=[t for d in documents for t in d.front.taken])
    return whole, documents


def _parted(parts: Parts, starts: Sequence[int]) -> list[Parts]:
    """What was read of the file, notice by notice; the second and further ones begin at ``starts``."""
    found = [Parts([], [], []) for _ in range(len(starts) + 1)]
    for signature in parts.signatures:
        found[bisect_right(starts, signature.start)].signatures.append(signature)
    for span in parts.breaks:
        found[bisect_right(starts, span.start)].breaks.append(span)
    for span in parts.taken:
        found[bisect_right(starts, span.start)].taken.append(span)
    return found


def _front(page: Page, parts: Parts, start: int, end: int) -> Front:
    """The front matter of a stretch of the page."""
    begins = starts_of(page.lines)
    lines = page.lines[bisect_left(begins, start) : bisect_left(begins, end)]
    return front_of(Page(page.text, page.folded, lines), parts)


def _starts(page: Page) -> list[int]:
    """Where further notices begin, in order."""
    folded, lines = page.folded, page.lines
    own = own_number(page).number
    known = {own} if own else set()
    starts: list[int] = []
    behind_imprint = 0
    numbered = own is not None  # whether the notice at hand has its number already
    for index, (start, end) in enumerate(lines):
        if end - start > 2 * _LONGEST:
            continue
        if _PRINTED.search(folded, start, end):
            behind_imprint = index + 1
            if _begins_here(page, index + 1):
                starts.append(lines[index + 1][0])
                numbered = False
        elif folded.find("号", start, end) >= 0 and _NUMBER_LINE.match(folded, start, end):
            number = own_number(Page(page.text, folded, [(start, end)])).number
            if number is None or number in known:
                continue
            known.add(number)
            if not numbered and index - behind_imprint < _HEAD_LINES:
                numbered = True
                continue
            head = _head(page, index, behind_imprint)
            if head is not None:
                starts.append(head)
                numbered = True
    return sorted(set(starts))


def _begins_here(page: Page, index: int) -> bool:
    """Whether a notice with a title begins at a line; an annex or list of copies does not."""
    lines = page.lines[index : index + _HEAD_LINES]
    if not lines or ANNEX_LINE.match(page.folded, *lines[0]):
        return False
    stretch = Page(page.text, page.folded, _up_to_first_item(page, lines))
    return read_front(stretch).title is not None


def _up_to_first_item(page: Page, lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if is_item_line(page.folded[slice(*line)]):
            break
        found.append(line)
    return found


def _head(page: Page, index: int, lowest: int) -> int | None:
    """Where the head of a notice begins whose number fills the line ``index``; None where it has no title.

    The title stands below the number, or above it; lines above it belong to the head while they are short.
    """
    folded, lines = page.folded, page.lines
    first = index
    while first > max(0, index - _TITLE_LINES) and first != lowest:
        start, end = lines[first - 1]
        words = folded[start:end].strip()
        if (
            end - start > _LONGEST
            or "。" in words
            or "|" in words
            or is_item_line(words)
            or words.endswith((")", ":"))
        ):
            break
        if "年" in words and words.endswith(("日", "印发")):  # the day of the document before
            break
        first -= 1
    if first == 0:
        return None
    stretch = _up_to_first_item(page, lines[first : index + _HEAD_LINES])
    title = read_front(Page(page.text, folded, stretch)).title
    return None if title is None else lines[first][0]
