"""Addressees (主送机关): 各市人民政府，省政府各厅委、各直属机构："""

from __future__ import annotations

from typing import NamedTuple

from ..model import Span
from .document_numbers import without_number_behind
from .line_kinds import ends_as_title, is_item_line
from .metadata import is_metadata
from .names import ends_as_unit, looks_like_party
from .page import Page
from .patterns import pattern

# A line that ends with a colon and holds no sentence.
_LINE = pattern(r"\s*[^。:|#]{3,400}[:：]\s*$")
# Words that only addressees are: 各市人民政府, 各直属机构, 有关单位:.
_WORDS = pattern(
    r"各[\u4e00-\u9fff(（]{0,12}(?:人民政府|政府|委员会|部门|单位|机构|管委会|厅|局|成员|区县|高校|会议)|人民政府"
    r"|各直属|各省、|[省区市]?[\u4e00-\u9fff]{2,8}厅\(局\)|委、办、局|各[\u4e00-\u9fff]{0,12}(?:领导小组|指挥部|联席会议)|有关(?:单位|部门):"
)
# Addressees in a text without line ends: …的通知各市人民政府，省政府各部门：现将….
_INLINE = pattern(
    r"(?:通知|意见|方案|办法|通报|决定|措施|号|\s|(?<![^\r\n]))"
    r"(?P<list>(?:各|省|市|县|国务院|自治区|北京市?、天津)[^。;:“《]{4,400}?"
    r"(?:部门|单位|机构|政府|厅|局|委|办|会|会议|总站|中心|公司)(?:\([^)]*\))?):"
)
# What parts names, but not inside a bracket.
_SEPARATOR = pattern(r"[(\[〔][^)\]〕]*[)\]〕]|党委、人民政府|([、,;])")
_NEXT_NAME = pattern(r"[^、,;]*")
# 各市 before 、县人民政府: one name for two levels.
_ONE_LEVEL = pattern(r"各[市县区州盟]$")
#: Addressees stand in the first lines, none longer than this.
_HEAD_LINES, _LONGEST = 60, 400
#: In lines longer than the first, they are looked for behind a title, in those longer than the second,
#: anywhere near the head: line ends were lost.
_SHORT_LINE, _LONG_LINE, _INLINE_REACH = 40, 200, 900


class Addressees(NamedTuple):
    """The names, where they stand, and the line that they fill alone."""

    names: tuple[str, ...] = ()
    start: int | None = None
    line: Span | None = None


def read_addressees(page: Page) -> Addressees:
    """The first line, or place in a long line, that addresses somebody."""
    folded = page.folded
    for start, end in page.lines[:_HEAD_LINES]:
        inside = (
            _INLINE.search(folded, start, min(end, start + _INLINE_REACH))
            if end - start > _SHORT_LINE
            else None
        )
        if inside is not None and _WORDS.search(inside["list"]):
            begin = inside.start("list")
            if end - start > _LONG_LINE or (begin > start and _is_title(folded[start:begin])):
                return Addressees(_split(page, *inside.span("list")), begin)
        if (
            end - start <= _LONGEST
            and _LINE.match(folded, start, end)
            and not is_metadata(folded, start, end)
        ):
            line = folded[start:end].strip()
            if is_item_line(line) or not (line.startswith("各") or _WORDS.search(line)):
                continue
            names = _split(page, start, folded.rindex(":", start, end))
            return Addressees(names, start, Span(start, end))
    return Addressees()


def _is_title(words: str) -> bool:
    return "。" not in words and ends_as_title(without_number_behind(words.strip()).strip())


def _split(page: Page, start: int, end: int) -> tuple[str, ...]:
    """Cut a list of addressees; 各省、自治区、直辖市人民政府 stays one."""
    folded = page.folded
    names: list[str] = []
    for match in _SEPARATOR.finditer(folded, start, end):
        if not match[1]:
            continue
        if match[1] == "、":
            left = folded[start : match.start()].strip()
            following = _NEXT_NAME.match(folded, match.end(), end)
            right = following.group().strip() if following else ""
            if not (ends_as_unit(left) and len(right) >= 3 and looks_like_party(right)):
                continue
            if _ONE_LEVEL.search(left) and folded[match.end()] in "县区市州旗":  # 各市、县人民政府 is one
                continue
        names.append(page.text[start : match.start()].strip())
        start = match.end()
    names.append(page.text[start:end].strip())
    return tuple(name for name in names if name)
