"""Coverage: which stretches of the text some rule took, and which are left for a person to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..model import Span

#: A line that reads as a sentence or paragraph of the document's body.
_PROSE = re.compile(r"[。;:!?][”’)〕]?\s*$|。|\S{25,}")
#: Furniture of web pages and crawls: taken as such wherever it stands (layouts: site chrome).
_FURNITURE = re.compile(
    r"\s*(?:[\[【]?(?:打印|关闭|收藏|分享|返回|下载|字号|字体|扫一扫|扫描二维码|上一篇|下一篇|相关(?:解读|政策|链接|附件)|网站地图|版权所有|主办|承办"
    r"|联系我们|当前位置|首页|政务公开|政策解读|公报|浏览|ICP备|网站标识|-{2,}|—{2,}|[-—] ?\d+ ?[-—])|#+)"
)


def unparsed_spans(folded: str, lines: Sequence[tuple[int, int]], taken: Iterable[Span]) -> list[Span]:
    """The lines, or parts of lines, outside ``taken`` that read neither as prose nor as page furniture.

    Blank space is never listed. Spans come in order and do not overlap.
    """
    left: list[Span] = []
    spans = iter(sorted(taken))
    current = next(spans, None)
    reached = 0  # everything before is taken
    for start, end in lines:
        position = max(start, reached)
        while position < end:
            while current is not None and current.end <= position:
                current = next(spans, None)
            if current is not None and current.start <= position:
                position = reached = current.end
                continue
            stop = end if current is None else min(end, current.start)
            _judge(folded, position, stop, left)
            position = stop
    return left


def _judge(folded: str, start: int, end: int, left: list[Span]) -> None:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    if start < end and not _PROSE.search(folded[start:end]) and not _FURNITURE.match(folded, start, end):
        left.append(Span(start, end))
