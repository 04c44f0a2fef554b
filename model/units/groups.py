"""Groups told by their words alone: 有关部门, 16个行业主管部门, …领导小组成员单位."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..folding import fold_name

_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
_COUNTED = re.compile(
    r"(?P<count>\d{1,3}|[一二三四五六七八九十])(?:个|家)|^沿海(?P<coast>\d{1,2}|[一二三四五六七八九十])市"
)
_MEMBERS = re.compile(r"成员单位$")
_OPEN = re.compile(r"有关|相关|^其他|^其它|属地|行业|主管|承办")
_ALL = re.compile(r"^各|^全体|^所有|各[市县区部地有]")


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What a group's words tell. ``kind``: ``all`` (各市), ``members`` (…成员单位), ``counted`` (16个…) or
    ``open`` (有关部门: which ones the notice leaves to others)."""

    kind: str
    size: int | None = None


def group_words(text: str) -> GroupWords | None:
    """What the words of a group tell; None where they are not those of a group.

    >>> group_words("16个行业主管部门")
    GroupWords(kind='counted', size=16)
    >>> group_words("省安委会成员单位").kind, group_words("省财政厅")
    ('members', None)
    """
    name = fold_name(text)
    if found := _COUNTED.search(name):
        digits = found["count"] or found["coast"]
        return GroupWords("counted", _NUMERALS.get(digits) or int(digits))
    for kind, words in (("members", _MEMBERS), ("open", _OPEN), ("all", _ALL)):
        if words.search(name):
            return GroupWords(kind)
    return None
