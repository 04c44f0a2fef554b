"""Titles: the notice's own, set in one line or several, else that of the document it encloses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..model import Span
from .document_numbers import behind_number, without_number_before, without_number_behind
from .line_kinds import ANNEX_LINE, DATE_LINE, KIND, ends_as_title, is_item_line, is_signer
from .metadata import is_metadata
from .page import Line, Page, starts_of
from .patterns import pattern

# What titles of notices begin with: 关于印发….
_ABOUT = pattern(r"关于|印发|转发|推广|表彰|授予")
# The last words of a notice that encloses a document: …的通知.
_ENDS_AS_NOTICE = pattern(r"(?:的|^)(?:通知|函|意见)$")
_KIND = pattern(KIND)
# The first words of the body: 为贯彻…, 根据…, any sentence.
_BODY_START = pattern(r"\s*(?:为(?!了?民)|根据|按照|近年来|各地|现将|经)|[^。]{0,200}。")
# A remark that a page puts before the title: [已废止].
_REMARK = pattern(r"^\[[^\]]{1,6}\]")
# The body that a title begins with: 某某省人民政府办公厅|关于….
_ISSUER = pattern(r"([\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,60}?)(?:关于|印发|转发)")
_BODY_END = pattern(r"(?:府|厅|室|局|部|委|会|院|署|办|组|军区)\s*$")
#: The notice's title stands in the first lines; it has no more lines and characters than these.
_HEAD_LINES, _MOST_LINES, _LONGEST = 40, 5, 160
#: A document's title stands in these lines behind a break; none of its lines is longer.
_DOCUMENT_LINES, _LONGEST_DOCUMENT_LINE = 8, 60
#: A plain title stands in the first lines.
_PLAIN_LINES = 3


def read_title(page: Page, breaks: Sequence[Span], address: int | None) -> tuple[str | None, list[Span]]:
    """The title, and the lines that titles fill.

    The notice's own stands before the addressees (at ``address``); where that is lost, the first document's
    behind one of the ``breaks`` serves.
    """
    taken: list[Span] = []
    limit = len(page.text) if address is None else address
    head = [line for line in page.lines[:_HEAD_LINES] if line[1] <= limit]
    title = _gathered(page, head, taken)
    title = title or _plain(page, head, taken)
    if title is None and address is not None:
        line = next((line for line in page.lines if line[0] <= address < line[1]), None)
        if line is not None and line[0] < address:
            taken.append(Span(line[0], address))
            title = _clean(behind_number(page.text[line[0] : address]))
    starts = starts_of(page.lines)
    attached: str | None = None
    reached = 0
    for part in breaks:
        if part.end < reached:
            continue
        first = bisect_left(starts, part.end)
        found = _of_document(page, page.lines[first : first + _DOCUMENT_LINES], taken)
        attached = attached or found
        reached = part.end
    title = title or attached
    if title is None and address is None:
        title = _of_document(page, page.lines[:_DOCUMENT_LINES], taken)
    return title, taken


def _plain(page: Page, lines: Sequence[Line], taken: list[Span]) -> str | None:
    """A title without 关于 on the very first line of the document, or on the one below the letterhead."""
    for line in [line for line in lines if not is_metadata(page.folded, *line)][:_PLAIN_LINES]:
        words = page.folded[slice(*line)].strip()
        if "\t" in words or "|" in words or "。" in words or len(words) > _LONGEST_DOCUMENT_LINE:
            return None
        if ends_as_title(_bare(words)) and not is_item_line(words) and not words.endswith(":"):
            taken.append(Span(*line))
            return _clean(page.text[slice(*line)])
    return None


def issuer_of_title(title: str | None) -> str | None:
    """The body that a title names as its issuer: 某某省人民政府关于…."""
    match = _ISSUER.match(title or "")
    if match is None or not _BODY_END.search(match[1]):
        return None
    pieces = match[1].split()
    return ("" if all(len(piece) == 1 for piece in pieces) else "、").join(pieces)


def _gathered(page: Page, lines: Sequence[Line], taken: list[Span]) -> str | None:
    """A title from its first line (…关于…) to the line that ends as titles do."""
    folded = page.folded
    for index, (start, end) in enumerate(lines):
        line = folded[start:end].strip()
        if not line or is_metadata(line) or not _ABOUT.search(line) or len(line) > _LONGEST or "。" in line:
            continue
        first, last = index, index
        joined = line
        for start, end in lines[index + 1 : index + _MOST_LINES]:
            if ends_as_title(_bare(joined)) or end - start > 2 * _LONGEST:
                break
            last += 1
            joined += folded[start:end].strip()
        if not ends_as_title(_bare(joined)):
            continue
        if "印发" in joined and not _ENDS_AS_NOTICE.search(joined) and last + 1 < len(lines):
            further = folded[slice(*lines[last + 1])].strip()
            if len(further) <= 40 and _ENDS_AS_NOTICE.search(further):  # the document's name, then its 的通知
                last += 1
        while first > 0 and line.startswith(("关于", "印发")) and is_signer(folded[slice(*lines[first - 1])]):
            first -= 1
            line = folded[slice(*lines[first])].strip()
        taken.extend(Span(*part) for part in lines[first : last + 1])
        return _clean("".join(page.text[slice(*part)].strip() for part in lines[first : last + 1]))
    return None


def _of_document(page: Page, lines: Sequence[Line], taken: list[Span]) -> str | None:
    """Short lines before the first sentence or item: the title of a document set in several lines."""
    found: list[Line] = []
    for start, end in lines:
        line = page.folded[start:end].strip()
        if not line:
            continue
        if len(line) > _LONGEST_DOCUMENT_LINE or "|" in line or _BODY_START.match(line) or is_item_line(line):
            break
        if is_metadata(line) or ANNEX_LINE.match(line) or DATE_LINE.match(line) or line.endswith(":"):
            break
        found.append((start, end))
        if len(found) == _MOST_LINES:
            return None
    if not any(_KIND.search(page.folded, *line) for line in found):
        return None
    taken.extend(Span(*line) for line in found)
    return _clean("".join(page.text[slice(*line)].strip() for line in found))


def _bare(title: str) -> str:
    return without_number_behind(title).strip('《》"“” ')


def _clean(title: str) -> str | None:
    """A title without remark, document number and quotation marks around it."""
    title = without_number_before(_REMARK.sub("", title.strip()))
    if title.startswith("《") and title.endswith("》"):
        title = title[1:-1]
    return without_number_behind(title).strip() or None
