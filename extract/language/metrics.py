"""What a figure counts: the metric, its direction, and whether the words promise it or only strive for it."""

from __future__ import annotations

from ..patterns import pattern
from .figures import Figure

#: No clause or sentence reaches further back, in characters: what is searched for stays linear.
_FARTHEST = 400
#: Where a clause begins: behind these.
CLAUSE_STOPS = ",。;:!?\n"
_LEAD = pattern(
    r"(?:[、,和及与并且以的\s]+|将|把|以及|同时|其中|全省|全市|全县|全区|我省|我市|全年|年末|年内|今年|本年度?|力争|争取(?=[^,]{0,12}(?:达|增长|提高|实现))|确保|使得?|累计|基本|到(?=20)|至(?=20)"
    r"|20\d\d(?:[—–-]20\d\d)?年(?:底前?|末)?|\d{1,2}月(?:底前?|末)?|[一二三四]季度|到|“?十[四五]五”?(?:期间|末)|力争|确保|实现(?=.{4})|通过(?=.{30}))"
)
_TAIL = pattern(
    r"(?:不|未)?得?(?:均|都|各|分别|平均)?(?:并(?:稳定|保持|维持)在|达到并稳定在|提高到|提高至|提升到|提升至|增加到|增加至|增长到|增长至|上升到|降低到|降低至|降到|降至|下降到|下降至"
    r"|压缩到|压缩至|缩短到|缩短至|减少到|减少至|压减到|压减至|控制在|稳定在|保持在|维持在|扩大到|扩大至|调整到|调整为|调整至|延长到|延长至|达到|达|为|在|到|至|(?<!拥)(?<!具)有|共|均|都|分别|超|约|近|每人每年|每人每月|每年|年均|的|是|占)$"
)
_FOLLOWING = pattern(r"(?:[^,。;、:!?()\n\d“”]|“[^,。;!?()\n\d“”]*”|、(?=[^,。;\d\n]{2,24}[,。;]))+")
_CUT = pattern(r"(?:参加|参展|开展|予以|进行|实行|用于|试点予以|在我|纳入|入驻|落户|实现(?!率)|通过)")
_UP = pattern(r"增长|提高|提升|新增|增加|上升|扩大|增幅|增速|涨幅|翻番|净增|增(?![殖值量])")
_DOWN = pattern(
    r"下降|降低|减少|压减|压缩|缩短|降幅|调减|递减|再降|降到|降至|精简|化解(?!率)|关停|淘汰|降|减(?!排|贫)"
)
_HOLD = pattern(r"保持|稳定在|维持|不减|持平|控制在")
_SOFT = pattern(r"力争|争取|努力|力求|争创")
_SPREAD = ("新增", "新建", "增加", "减少", "降低", "引进", "创建", "培育", "培养")
# 标准增加30元,提高到580元: what is raised is the 标准.
_CHANGED = pattern(r"(?:增加|提高|减少|降低|下降|增长)$")
_LAST_VERB = pattern(
    r"(?:支持|共建|建设|推广|组织|完成|认定|培育|创建|打造|新增|新建|建成|引进|扶持|发展|选派|选取|遴选|实施|开展|建立|设立|布局)$"
)
#: The metric is never longer, in characters.
_LONGEST = 40


def clause_start(folded: str, start: int, at: int) -> int:
    """Where the clause around ``at`` begins, inside the stretch; never far away."""
    lowest = max(start, at - _FARTHEST)
    return max(lowest, *(folded.rfind(stop, lowest, at) + 1 for stop in CLAUSE_STOPS))


def is_soft(folded: str, start: int, at: int) -> bool:
    """Whether the words before the figure in its sentence only strive for it (力争, 争取)."""
    return _SOFT.search(folded, sentence_start(folded, start, at), at) is not None


def sentence_start(folded: str, start: int, at: int) -> int:
    """Where the sentence around ``at`` begins, inside the stretch."""
    lowest = max(start, at - _FARTHEST)
    return max(lowest, *(folded.rfind(stop, lowest, at) + 1 for stop in "。;\n"))


def direction_of(words: str) -> str | None:
    """``up``, ``down``, ``hold`` by the last word of change before the figure; None where there is none."""
    found = [
        (matches[-1].end(), name)
        for name, words_of in (("up", _UP), ("down", _DOWN), ("hold", _HOLD))
        if (matches := list(words_of.finditer(words)))
    ]
    return max(found)[1] if found else None


def metric_of(
    figure: Figure, before: Figure | None, metric_before: str, folded: str, *, start: int, end: int
) -> str:
    """The words that say what is counted: those before the figure, and the noun that it stands before.

    ``before`` is the figure in front with its metric: 新增A9万人、B4万人 spreads 新增, 90%和85% share one.
    """
    begin = max(clause_start(folded, start, figure.start), before.end if before is not None else start)
    gap = folded[begin : figure.start]
    cut = gap.find("、")
    if before is not None and begin == before.end and cut > 0 and _noun_behind(before, folded, begin + cut):
        begin, gap = begin + cut, gap[cut:]  # 60家以上A、20家以上B: A is counted already
        return _listed(figure, metric_before, folded, gap, end)
    joined = before is not None and begin == before.end
    if joined and gap.strip(" 、和及与或") == "" and not _noun_behind(figure, folded, end):
        return metric_before
    words = _stripped(gap)
    noun = _noun_behind(figure, folded, end)
    if noun and (verb := _LAST_VERB.search(words)) is not None and len(words) > 11:
        words = verb.group() + noun  # 通过…政策支持|5项以上环保装备产品
    elif noun and len(words) < 12:
        words += noun
    elif not words or words in _SPREAD or _is_only_change(words):
        words = _earlier(figure, metric_before, folded, start) + words
    return _spread(words, metric_before) if joined and gap.startswith("、") else words[-_LONGEST:]


def _listed(figure: Figure, metric_before: str, folded: str, gap: str, end: int) -> str:
    words = _stripped(gap)
    return _spread(words + _noun_behind(figure, folded, end), metric_before)


def _spread(words: str, metric_before: str) -> str:
    """新增A9万人、B4万人: B is 新增, too."""
    words = next(
        (verb + words for verb in _SPREAD if metric_before.startswith(verb) and not words.startswith(verb)),
        words,
    )
    return words[-_LONGEST:]


def _is_only_change(words: str) -> bool:
    return any(change.fullmatch(words) for change in (_UP, _DOWN, _HOLD))


def _earlier(figure: Figure, metric_before: str, folded: str, start: int) -> str:
    """The clause before, where the figure's own clause tells nothing: X标准增加30元,提高到580元."""
    sentence = sentence_start(folded, start, figure.start)
    stop = clause_start(folded, start, figure.start) - 1
    if stop <= sentence:
        return metric_before
    words = _stripped(folded[clause_start(folded, sentence, stop) : stop])
    if any(char.isdigit() for char in words) and metric_before:
        words = metric_before
    return _CHANGED.sub("", words) or words


def _stripped(words: str) -> str:
    words = words.strip(" 、(")
    while (match := _LEAD.match(words)) is not None and match.end():
        words = words[match.end() :]
    while (match := _TAIL.search(words[-8:])) is not None and match.end() > match.start():
        words = words[: len(words) - (match.end() - match.start())]
    return words.strip(" 、")


def _noun_behind(figure: Figure, folded: str, end: int) -> str:
    """The noun that a number stands before: 35所|省特色普通高中."""
    match = _FOLLOWING.match(folded, figure.end, end)
    if match is None or match.group()[0] in "和及与或并":
        return ""
    words = match.group().removeprefix("的")
    cut = _CUT.search(words, 2)
    return words[: cut.start()] if cut is not None else words
