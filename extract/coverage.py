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
    r"|版权所有|阅读辅助|进入关怀版|无障碍|简体版|繁体版|主办|承办|联系我们|当前位置|首页|政务公开|政策解读|公报|浏览|ICP备|网站标识|-{2,}|—{2,}"
    r"|[-—] ?\d+ ?[-—])|#+|[>»›]\S+ ?[|>»›])"
)
# A line of structured data: "owner": "省科技厅", {, ], export default {, 市委组织部: [.
_DATA = pattern(
    r"(?:export default|(?:var|let|const) \w+ ?=)? ?[{}\[\]();]+,?$|\"?[A-Za-z_][\w-]*\"? ?: ?\S.*$"
    r"|\"[^\"]*\"(?: ?: ?[\[{])?,?$|[^:。]{1,40}: ?[\[{]$"
)
# The red head of a document: 某某省人民政府文件; and the bodies that issue one jointly, several to a line.
_LETTERHEAD = pattern(r"[\u4e00-\u9fff()、 ]{4,40}文件$")
_BODIES = pattern(
    r"(?:专题 )?[\u4e00-\u9fff]{2,20}(?:厅|局|委员会|委|会|部|院|办公室|人民政府|军区)"
    r"(?:[ \u3000]+[\u4e00-\u9fff]{2,20})+$"
)
_PARTED = pattern(r"[\u4e00-\u9fff] [\u4e00-\u9fff]")
#: A line that the page broke off is as long at least; a sentence runs over as many lines at most.
_BROKEN_LINE, _MOST_LINES = 15, 8


def unparsed_spans(folded: str, lines: Sequence[Line], taken: Iterable[Span]) -> list[Span]:
    """The lines, or parts of lines, outside ``taken`` that read neither as prose nor as page furniture.

    Blank space is never listed. Spans come in order and do not overlap; lines below each other are one.
    """
    left: list[Span] = []
    spans = iter(sorted(taken))
    current = next(spans, None)
    reached = 0  # everything before is taken
    joined = (-1, -1)  # the line that goes on with the last span, and where that ends
    for index, (start, end) in enumerate(lines):
        position = max(start, reached)
        while position < end:
            while current is not None and current.end <= position:
                current = next(spans, None)
            if current is not None and current.start <= position:
                position = reached = current.end
                continue
            stop = end if current is None else min(end, current.start)
            words_start, words_end = trim(folded, position, stop)
            known = _is_known(folded, words_start, words_end) or _is_data(folded, lines, index)
            if not known and not (stop == end and _runs_on(folded, lines, index)):
                if left and position == start and joined == (index, left[-1].end):
                    left[-1] = Span(left[-1].start, words_end)
                else:
                    left.append(Span(words_start, words_end))
                joined = (index + 1, words_end) if stop == end else (index, -1)
            position = stop
    return left


def _is_known(folded: str, start: int, end: int) -> bool:
    """Whether a stretch is empty, prose or furniture."""
    return (
        start == end
        or any(form.match(folded, start, end) for form in (_FURNITURE, _LETTERHEAD, _BODIES))
        or _PROSE.search(folded, start, end) is not None
    )


def _is_data(folded: str, lines: Sequence[Line], index: int) -> bool:
    """Whether a line is one of several of structured data; one alone may be anything."""
    if not _DATA.match(folded, *trim(folded, *lines[index])):
        return False
    beside = (place for place in (index - 1, index + 1) if 0 <= place < len(lines))
    return any(_DATA.match(folded, *trim(folded, *lines[place])) for place in beside)


def _runs_on(folded: str, lines: Sequence[Line], index: int) -> bool:
    """Whether a line is broken off, and its sentence ends on one of those right below it."""
    for place in range(index, min(index + _MOST_LINES, len(lines) - 1)):
        start, end = trim(folded, *lines[place])
        if end - start < _BROKEN_LINE or lines[place + 1][0] - lines[place][1] > 2:
            return False
        if _PARTED.search(folded, start, end):  # cells of a broken table, rather
            return False
        if _PROSE.search(folded, *lines[place + 1]):
            return True
    return False
