"""Coverage: which stretches of the text some rule took, and which are left for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Span
from .page import Line, trim
from .patterns import pattern

# A line that reads as a sentence or paragraph of the document's body.
_PROSE = pattern(r"[。;:!?][”’)〕]?\s*$|。|\S{25,}")
# Furniture of web pages and crawls, taken as such wherever it stands: 打印, 上一篇:…, — 3 —, ##.
_FURNITURE = pattern(
    r"(?:[\[【]?(?:打印|关闭|收藏|分享|返回|下载|字号|字体|扫一扫|扫描二维码|上一篇|下一篇|相关(?:解读|政策|链接|附件)|网站地图"
    r"|版权所有|主办|承办|联系我们|当前位置|首页|政务公开|政策解读|公报|浏览|ICP备|网站标识|-{2,}|—{2,}"
    r"|[-—] ?\d+ ?[-—])|#+)"
)


def unparsed_spans(folded: str, lines: Sequence[Line], taken: Iterable[Span]) -> list[Span]:
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
            words_start, words_end = trim(folded, position, stop)
            if not _is_known(folded, words_start, words_end):
                left.append(Span(words_start, words_end))
            position = stop
    return left


def _is_known(folded: str, start: int, end: int) -> bool:
    """Whether a stretch is empty, prose or furniture."""
    return start == end or bool(_PROSE.search(folded, start, end) or _FURNITURE.match(folded, start, end))
