"""Joints: where a stretch of a list holds two names, as in 省财政厅及各地区."""

from __future__ import annotations

from .names import LONGEST_NAME, NEST, WHOLE, ends_as_unit, looks_like_party
from .page import trim_end
from .patterns import pattern

# Where two names may join: X及Y, X和Y, X Y; never inside a bracket.
_CUT = pattern(rf"(?P<nest>{NEST}|{WHOLE})|(?P<cut>以及|及其他|及(?!其)|和|与|暨|\s+)")
# What is no name by itself behind 和: 相关部门和单位.
_GENERIC_NEXT = pattern(r"(?:部门|单位)(?:以及|及|和|等|$)")
# What leads to a name and is no part of it: 由省财政厅, 以及各市.
_LEADING = pattern(r"\s*(?:(?:并|由|以及|及|和|与|同)(?=[省市县区州国各有相中]))?\s*")


def split_names(content: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``X及Y`` and ``X Y`` where both sides are names, never inside a bracket or name (文化和旅游厅)."""
    parts: list[tuple[int, int]] = []
    piece_start = start
    for match in _CUT.finditer(content, start, end):
        if match.lastgroup != "cut":
            continue
        joint = match.group()
        left_end = trim_end(content, piece_start, match.start())
        if left_end == piece_start == start:  # the list goes on: 、及各地区
            piece_start = match.end()
            continue
        if "\n" in joint or "\r" in joint:
            continue
        # A name is short: no need to look at all of a long list from each of its joints.
        left = content[max(piece_start, left_end - _FAR) : left_end].strip()
        right = content[match.end() : min(end, match.end() + _FAR)].strip()
        if not ends_as_unit(left) or not right or _GENERIC_NEXT.match(right):
            continue
        if joint.isspace():
            parted = len(right) >= 3 and looks_like_party(right)
        else:
            parted = looks_like_party(right) or right[0] in "各有相"
        if parted:
            parts.append((piece_start, match.start()))
            piece_start = match.end()
    parts.append((piece_start, end))
    return [_trim(content, *part) for part in parts]


#: Beyond this a stretch is no name, however many blanks are in it.
_FAR = 4 * LONGEST_NAME


def _trim(content: str, start: int, end: int) -> tuple[int, int]:
    match = _LEADING.match(content, start, end)
    if match is not None:
        start = match.end()
    end = trim_end(content, start, end)
    if content.endswith(".", start, end):  # a list closed with the wrong kind of stop
        end = trim_end(content, start, end - 1)
    return start, end
