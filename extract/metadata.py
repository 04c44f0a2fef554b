"""Metadata lines that web pages and crawls put around a notice: 索引号：…, 发文字号：…, 成文日期：…."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Span
from .days import iso_day
from .page import Page
from .patterns import pattern

# The key of a metadata line: 索引号:, [发布机构], ##政策标题:.
_KEY = pattern(
    r"\s*[\[【]?(?:#+ ?政策(?:标题|频道|时间|描述|内容)|索 *引 *号|文 *号|发文字号|文件编号|统一编号"
    r"|发布机构|发文机[构关]|发布单位|成文日期|生成日期|发布日期|发布时间|主题分类|组配分类|分类|有效性"
    r"|标 *题|信息来源|来源|浏览次数|日期"
    r"|时间 |字体|字号|文件登记号|实施日期|废止日期|联合发文单位|文件来源|主题词|体裁分类|服务对象|当前位置"
    r"|公开方式|公开目录|关键词|效力状态|名称)[\]】]? ?[:\]】]? ?"
)
# What is read from such a line: 发文字号:…政办发〔2021〕8号, 成文日期:2021-04-27, 发文机关:…人民政府.
_FIELD = pattern(
    r"(?P<number>文 *号|发文字号|文件编号)[\]】]?\s*(?::\s*)?"
    r"(?P<value>[\u4e00-\u9fff]{2,12}[〔\[(]20\d\d[〕\])]\d+号)"
    r"|(?P<day>成文日期|生成日期|政策时间|发布日期|日期)[\]】]?\s*(?::\s*)?"
    r"(?P<date>20\d\d ?- ?\d{1,2} ?- ?\d{1,2})"
    r"|(?P<organ>发布机构|发文机[构关])[\]】]?\s*(?::\s*)?"
    r"(?P<name>[\u4e00-\u9fff]{2,30}(?:厅|府|室|局|委|部|院|会))"
)
#: Days that count only while no other was found: of a page, not of the notice.
_WEAK_DAYS = frozenset(("日期", "发布日期"))
#: Metadata stands in the first lines.
_HEAD_LINES = 60
#: A longer line behind a bare key is no value but the text.
_LONGEST_VALUE = 80


class Metadata(NamedTuple):
    """What the metadata says; ``taken`` are its lines."""

    number: str | None
    issued_on: str | None
    organ: str | None
    taken: list[Span]


def is_metadata(folded: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a line begins with the key of a metadata line."""
    return _KEY.match(folded, start, len(folded) if end is None else end) is not None


def read_metadata(page: Page) -> Metadata:
    """The metadata lines at the head of a page."""
    folded, head = page.folded, page.lines[:_HEAD_LINES]
    taken: list[Span] = []
    fields: dict[str, str] = {}
    for index, (start, end) in enumerate(head):
        key = _KEY.match(folded, start, end)
        if key is None:
            continue
        if key.end() == end and index + 1 < len(head) and not is_metadata(folded, *head[index + 1]):
            value_start, value_end = head[index + 1]
            if value_end - value_start <= _LONGEST_VALUE:
                end = value_end  # the value stands on the next line
            else:
                taken.append(Span(start, end))
                continue
        taken.append(Span(start, end))
        for match in _FIELD.finditer(folded, start, end):
            if match["number"]:
                fields.setdefault("number", match["value"])
            elif match["organ"]:
                fields.setdefault("organ", match["name"])
            elif "day" not in fields or match["day"] not in _WEAK_DAYS:
                year, month, day = (int(part) for part in match["date"].split("-"))
                iso = iso_day(year, month, day)
                if iso is not None:
                    fields["day"] = iso
    return Metadata(fields.get("number"), fields.get("day"), fields.get("organ"), taken)
