"""Scoring rules of a notice: weights, items of bonus and deduction, caps, criteria of scoring tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.scoring import CountBonus, Criterion, ScoreItem, Scoring, TotalCap, Weight
from ..model.span import Span
from .page import Line, Page, trim
from .patterns import pattern
from .scoring_formulas import find_formulas

#: Without one of these a notice says nothing about scoring: looked for before anything else.
_SIGNS = ("得分", "扣分", "加分", "减分", "计分", "扣完为止")
_MARK_SIGN = pattern(r"[加减扣得奖(]\d{1,3}(?:\.\d+)?[分–—~至-]|得分 ?=|不得分|比例得分|扣完为止")
_NUMBER = r"\d+(?:\.\d+)?"
# A clause of a scoring rule: up to a stop, a cell's border or a line end.
_CLAUSE = pattern(r"[^;。|\r\n]+")
# Marks given or taken: 每次加0.2分, 分别减1分、2分、3分, 加0.1-0.2分.
_MARKS = pattern(
    r"(?:每(?:次|项|起|例|件|个|篇|人|处|条|户|名))?,?(?:分别)?(?P<verb>加|减|扣|奖)"
    rf"(?P<list>{_NUMBER}(?:[-–—~至]{_NUMBER})?分?(?:[、,和]{_NUMBER}(?:分|(?=[、,和]\d)))*)(?<=分)(?!值|数|比)"
)
_VALUE = pattern(rf"({_NUMBER})(?:[-–—~至]({_NUMBER}))?")
_ITEM_CAP = pattern(
    r"[,(](?:累计|合计|最多|最高|总计|共)?(?:加分|扣分|减分)?(?:累计|最多|最高|总计)?"
    rf"(?:不超过|不得超过|以)({_NUMBER})分(?:为限)?"
)
_TOTAL_CAP = pattern(
    r"(?:以上|上述)?(?:所有|各项|全部|总)(?P<kind>加分|减分|扣分)(?:项目?|因素)?,?"
    rf"(?:累计|合计|总计|最高|最多)?(?:不超过|不得超过)(?P<value>{_NUMBER})分"
)
# What ends before the occasion of an item begins: another rule's marks, a number inside a cell.
_RULE_BEFORE = pattern(rf"\({_NUMBER}分[,)]|得{_NUMBER}分[,。]?|扣完为止|(?<![\d.])\d{{1,2}}\.(?!\d)")
_OTHERS = pattern(r",其[他它余][^,;。]{0,10}按比例(?:加|减|扣)分")
_MOST = pattern(
    rf"最多的(?P<one>[^、,和]{{2,12}})和(?P<two>[^、,和]{{2,12}}?)分别加(?P<a>{_NUMBER})分[和、](?P<b>{_NUMBER})分"
)
_WEIGHTS = pattern(rf",?权重(?:分别)?(?:占|为|是)?:?(?P<list>{_NUMBER}%(?:[、,和]{_NUMBER}%)*)")
_SHARE = pattern(rf"{_NUMBER}%")
# What leads a list of weighted names, and what follows it.
_LEADS = pattern(r"^(?:.*[,。;:]|.*?(?:实行|采取|采用|包括|分为))")
_FOLLOWS = pattern(r"(?:相结合|结合)?(?:的方式|的办法|的方法)$|(?:等)$")
_ITEM_HEAD = pattern(r"^\s*(?:\(?[\d一二三四五六七八九十]{1,3}[)、.]|[①-⑳])*")
_LIST_SIGNS = pattern(r"[、或和]")
_VERBS = pattern(r"^(?:发生|受到|获得|出现|被|部门|单位)+")
#: Kind, a word without which a line has none of them, and the words themselves.
_CRITERIA: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("points", "分", pattern(rf"(?:\(|得|计){_NUMBER}分")),
    ("proportion", "比例", pattern(r"按[^,;。|]{0,12}?比例(?:得分|计分|扣分|折算|拆算)")),
    ("exhaust", "扣完为止", pattern("扣完为止")),
    ("zero", "得", pattern("不得分|得0分")),
    (
        "rank", "名",
        pattern(rf"(?:第|前|排名)\d+(?:[-–—~至]\d+)?名[^;。|]{{0,16}}?{_NUMBER}分(?:[、,]{_NUMBER}分)*"),
    ),
    (
        "method", "法",
        pattern("功效系数法|直接扣分法|完成比例法|比率法|减分法|层差法|非此即彼法|说明法|加权平均法|排序法|位次法"),
    ),
    (
        "band", "优",
        pattern(
            rf"(?:优秀|良好|优|良|中等|合格|较差|不合格)[^,;。|]{{0,10}}?"
            rf"(?:{_NUMBER}分(?:及以上|以上|以下)|不超过{_NUMBER}%)"
        ),
    ),
    (
        "date", "月",
        pattern(
            r"(?:考核|考评|评价)[^。;|]{0,24}?(?:翌年|次年|每年)?\d{1,2}月(?:份|底|[上中下]旬)?"
            r"[^。;|]{0,4}?(?:开始|完成|结束|进行)"
            r"(?:,(?:翌年|次年)?\d{1,2}月(?:份|底|[上中下]旬)?(?:前)?(?:完成|结束))?"
        ),
    ),
)  # fmt: skip


def read_scoring(page: Page) -> Scoring | None:
    """What the notice says about scoring; None where it says nothing. Linear in the length of the text."""
    folded = page.folded
    if not any(sign in folded for sign in _SIGNS) or not _MARK_SIGN.search(folded):
        return None
    formulas = find_formulas(page)
    count_bonus = list(_count_bonus(page))
    caps = [
        TotalCap(Span(*m.span()), "bonus" if m["kind"] == "加分" else "deduction", m["value"])
        for low, high in _lines_with(page, "超过")
        for m in _TOTAL_CAP.finditer(folded, low, high)
    ]
    taken = [(b.span.start, b.span.end) for b in count_bonus] + [(c.span.start, c.span.end) for c in caps]
    made = Scoring(
        tuple(_weights(page)),
        tuple(formulas),
        tuple(_items(page, taken)),
        tuple(caps),
        tuple(count_bonus),
        tuple(_criteria(page)),
    )
    return made if made != Scoring() else None


def _lines_with(page: Page, word: str) -> Iterator[Line]:
    """The lines that hold a word: most lines of a notice hold none of scoring."""
    for line in page.lines:
        if page.folded.find(word, *line) >= 0:
            yield line


def _weights(page: Page) -> Iterator[Weight]:
    lines = _lines_with(page, "权重")
    for match in (m for low, high in lines for m in _WEIGHTS.finditer(page.folded, low, high)):
        shares = [
            (match.start("list") + m.start(), match.start("list") + m.end())
            for m in _SHARE.finditer(match["list"])
        ]
        low = max(page.folded.rfind(stop, 0, match.start()) for stop in "。;\n|") + 1
        before = page.folded[low : match.start()]
        names = _names(before, len(shares))
        for (start, end), name in zip(shares, names, strict=True):
            words = "" if name is None else page.text[low + name[0] : low + name[1]]
            yield Weight(Span(start, end), words, page.folded[start:end])


def _names(before: str, count: int) -> list[tuple[int, int] | None]:
    """Where the names of ``count`` weighted things stand in the words before the weights."""
    lead = _LEADS.match(before) if count > 1 else re.match(r"^(?:.*[:。;]|[^,]{0,12}?包括)+", before)
    start = lead.end() if lead else 0
    end = len(before)
    follow = _FOLLOWS.search(before, start)
    if follow:
        end = follow.start()
    if count > 1:
        inner = re.match(r".*?(?:实行|采取|采用)", before[start:end])
        start += inner.end() if inner else 0
    if count == 1:
        return [trim(before, start, end)]
    parts, at = [], start
    for sign in re.finditer("[、和]", before[start:end]):
        parts.append((at, start + sign.start()))
        at = start + sign.end()
    parts.append((at, end))
    return [trim(before, *part) for part in parts] if len(parts) == count else [None] * count


def _count_bonus(page: Page) -> Iterator[CountBonus]:
    for match in _MOST.finditer(page.folded):
        for name, value in (("one", "a"), ("two", "b")):
            yield CountBonus(Span(*match.span()), page.text[slice(*match.span(name))], match[value])


def _items(page: Page, taken: list[tuple[int, int]]) -> Iterator[ScoreItem]:
    folded = page.folded
    lines = _lines_with(page, "分")
    for clause in (found for low, high in lines for found in _CLAUSE.finditer(folded, low, high)):
        if "分" not in clause.group():
            continue
        start, end = clause.span()
        for marks in _MARKS.finditer(folded, start, end):
            if any(left < marks.end() and marks.start() < right for left, right in taken):
                continue
            yield from _item(page, start, end, marks)
            start = marks.end()


def _item(page: Page, start: int, end: int, marks: re.Match[str]) -> Iterator[ScoreItem]:
    folded, text = page.folded, page.text
    cap = _ITEM_CAP.match(folded, marks.end(), end)
    others = _OTHERS.match(folded, marks.end(), end)
    stop = cap.end() if cap else others.end() if others else marks.end()
    head = _ITEM_HEAD.match(folded[start : marks.start()])
    begin = start + (head.end() if head else 0)
    for before in _RULE_BEFORE.finditer(folded, begin, marks.start()):
        begin = before.end()
    begin, last = trim(folded, begin, marks.start())
    while begin < last and folded[begin] in ",、:()":
        begin += 1
    kind = "bonus" if marks["verb"] in "加奖" else "deduction"
    values = list(_VALUE.finditer(marks["list"]))
    variants = _variants(folded, begin, last, len(values))
    for value, variant in zip(values, variants, strict=True):
        upper = value[2]
        mode = "range" if upper else "proportional" if others else "each"
        yield ScoreItem(
            Span(begin, stop), kind, text[begin:last], value[1], upper, cap[1] if cap else None,
            text[variant[0] : variant[1]] if variant else "", mode,
        )  # fmt: skip


def _variants(folded: str, begin: int, last: int, count: int) -> list[tuple[int, int] | None]:
    """What each of several marks is for: 较大、重大、特大安全事故; None each where that is not told."""
    if count == 1:
        return [None]
    places, at = [], begin
    for sign in _LIST_SIGNS.finditer(folded, begin, last):
        places.append((at, sign.start()))
        at = sign.end()
    places.append((at, last))
    if len(places) != count:
        return [None] * count
    first, end = places[0]
    verb = _VERBS.match(folded[first:end])
    first += verb.end() if verb else 0
    tail = folded[max(first, end - 2) : end]
    left, right = places[-1]
    for common in (tail, tail[-1:]):  # the last one ends as the first does: 综合性工作 … 单项工作
        found = folded.find(common, left, right)
        if found >= 0:
            right = found + len(common)
            break
    return [(first, end), *places[1:-1], (left, right)]


def _criteria(page: Page) -> Iterator[Criterion]:
    found = []
    folded = page.folded
    for low, high in page.lines:
        for kind, needed, expression in _CRITERIA:
            if folded.find(needed, low, high) < 0:
                continue
            for match in expression.finditer(folded, low, high):
                start, end = match.span()
                start += folded[start] == "("
                numbers = tuple(re.findall(_NUMBER, folded[start:end]))
                found.append(Criterion(Span(start, end), kind, page.text[start:end], numbers))
    yield from sorted(found, key=lambda criterion: (criterion.span, criterion.kind))
