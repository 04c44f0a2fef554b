"""Scoring rules of a notice: weights, items of bonus and deduction, caps, criteria of scoring tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.scoring import CountBonus, ScoreItem, Scoring, TotalCap, Weight
from ..model.span import Span
from .numerals import chinese_number
from .page import Page, trim
from .patterns import pattern
from .scoring_criteria import NUMBER, find_criteria, lines_with
from .scoring_formulas import find_formulas
from .scoring_pieces import HEAD, tie
from .scoring_tables import HEAD_SIGNS, Found, find_tables, has_table

#: Without one of these a notice says nothing about scoring: looked for before anything else.
_SIGNS = ("得分", "扣分", "加分", "减分", "计分", "扣完为止", "分值")
#: Longer lists are no scoring rule (and would cost a square of their length).
_LONGEST_NAMES, _MOST_VALUES = 300, 12
_MARK_SIGN = pattern(
    r"[加减扣得奖(]\d{1,3}(?:\.\d+)?[分–—~至-]|得分 ?=|不得分|比例得分|扣完为止"
    r"|分的[\u4e00-\u9fff]{0,4}[加扣减]分"
)
# Marks that can mean nothing else, even where the notice has none of the words: 得1分, 每次扣0.5分.
_PLAIN_MARKS = pattern(r"[扣得]\d{1,3}(?:\.\d+)?分(?=[,;。|)\s])|每[次项起例件个][加减]\d{1,2}(?:\.\d+)?分")
# A clause of a scoring rule: up to a stop, a cell's border or a line end.
_CLAUSE = pattern(r"[^;。|\r\n]+")
_LIST = rf"{NUMBER}(?:[-–—~至]{NUMBER})?分?(?:[、,和或]{NUMBER}(?:分|(?=[、,和或]\d)))*"
# Marks given or taken: 每次加0.2分, 分别减1分、2分、3分, 加0.1-0.2分; 分别给予单位5分、3分或1分的信用加分.
_MARKS = pattern(
    r"(?:每(?:次|项|起|例|件|个|篇|人|处|条|户|名))?,?(?:分别)?"
    rf"(?:(?P<verb>加|减|扣|奖)(?P<list>{_LIST})(?<=分)(?!值|数|比)"
    rf"|(?:给予|予以)[^,;。|\d]{{0,12}}(?P<given>{_LIST})(?<=分)的?[^,;。|\d]{{0,4}}(?P<noun>加|减|扣|奖)(?:分|励))"
)
_VALUE = pattern(rf"({NUMBER})(?:[-–—~至]({NUMBER}))?")
_ITEM_CAP = pattern(
    r"[,(](?:累计|合计|最多|最高|总计|共)?(?:加分|扣分|减分)?(?:累计|最多|最高|总计)?"
    rf"(?:不超过|不得超过|以)({NUMBER})分(?:为限)?"
)
_TOTAL_CAP = pattern(
    r"(?:以上|上述)?(?:所有|各项|全部|总)(?P<kind>加分|减分|扣分)(?:项目?|因素)?,?"
    rf"(?:累计|合计|总计|最高|最多)?(?:不超过|不得超过)(?P<value>{NUMBER})分"
    r"|(?:每个?|全|本|一个?)(?:记分)?(?:周期|年度|年|季度)(?:内)?[^,;。|\d]{0,4}?(?P<yearly>加分|减分|扣分),?"
    rf"(?:累计|合计|总计|最高|最多)(?:不超过|不得超过)?(?P<most>{NUMBER})分"
)
# What ends before the occasion of an item begins: another rule's marks, a number inside a cell.
_RULE_BEFORE = pattern(
    rf"\({NUMBER}分[,)]|[得计]{NUMBER}分(?:[、,]{NUMBER}分)*[,。]?|扣完为止|(?<![\d.])\d{{1,2}}\.(?!\d)"
)
_OTHERS = pattern(r",其[他它余][^,;。]{0,10}按比例(?:加|减|扣)分")
_MOST = pattern(
    rf"最多的(?P<one>[^、,和]{{2,12}})和(?P<two>[^、,和]{{2,12}}?)分别加(?P<a>{NUMBER})分[和、](?P<b>{NUMBER})分"
)
_WEIGHTS = pattern(rf",?权重(?:分别)?(?:占|为|是)?:?(?P<list>{NUMBER}%(?:[、,和]{NUMBER}%)*)")
_SHARE = pattern(rf"{NUMBER}%")
# What leads a list of weighted names, and what follows it.
_LEADS = pattern(r"^(?:.*[,。;:]|.*?(?:实行|采取|采用|包括|分为))")
_FOLLOWS = pattern(r"(?:相结合|结合)?(?:的方式|的办法|的方法)$|(?:等)$")
_LIST_SIGNS = pattern(r"[、或和]")
# Who praises or blames, from high to low: 省、市, 国家、省、市.
_LEVEL = pattern("国家|中央|全国|[省市县区乡镇](?:级)?")
_LEVELS = pattern(
    rf"(?:{'国家|中央|全国|[省市县区乡镇](?:级)?'})(?:[、或和]?(?:国家|[省市县区乡镇](?:级)?))+"
)
_TOP = pattern(r"前(\d{1,2}|[一二三四五六七八九十]{1,2})[名位]")
_VERBS = pattern(r"^(?:发生|受到|获得|出现|被|部门|单位)+")


def read_scoring(page: Page) -> Scoring | None:
    """What the notice says about scoring; None where it says nothing. Linear in the length of the text."""
    folded = page.folded
    tabled = any(sign in folded for sign in HEAD_SIGNS) and has_table(page)
    told = any(sign in folded for sign in _SIGNS) and _MARK_SIGN.search(folded)
    if not (told or tabled or _PLAIN_MARKS.search(folded)):
        return None
    formulas = find_formulas(page)
    count_bonus = list(_count_bonus(page))
    caps = [
        TotalCap(
            Span(*m.span()),
            "bonus" if (m["kind"] or m["yearly"]) == "加分" else "deduction",
            m["value"] or m["most"],
        )
        for low, high in lines_with(page, "超过")
        for m in _TOTAL_CAP.finditer(folded, low, high)
    ]
    taken = [(b.span.start, b.span.end) for b in count_bonus] + [(c.span.start, c.span.end) for c in caps]
    tables = find_tables(page) if tabled else Found([], [], [], set())
    items = sorted([*_items(page, taken), *tables.items], key=lambda item: item.span)
    indicators, items, criteria = tie(page, tables, items, list(find_criteria(page, items)))
    made = Scoring(
        tuple(_weights(page)), tuple(formulas), tuple(items), tuple(caps), tuple(count_bonus),
        tuple(criteria), tuple(indicators),
    )  # fmt: skip
    return made if made != Scoring() else None


def _weights(page: Page) -> Iterator[Weight]:
    lines = lines_with(page, "权重")
    for match in (m for low, high in lines for m in _WEIGHTS.finditer(page.folded, low, high)):
        shares = [
            (match.start("list") + m.start(), match.start("list") + m.end())
            for m in _SHARE.finditer(match["list"])
        ]
        far = max(0, match.start() - _LONGEST_NAMES)
        low = max(far - 1, *(page.folded.rfind(stop, far, match.start()) for stop in "。;\n|")) + 1
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
    covered = {place for left, right in taken for place in range(left, right)}
    lines = lines_with(page, "分")
    for clause in (found for low, high in lines for found in _CLAUSE.finditer(folded, low, high)):
        if "分" not in clause.group():
            continue
        start, end = clause.span()
        for marks in _MARKS.finditer(folded, start, end):
            if max(marks.start("verb"), marks.start("noun")) in covered:
                continue
            yield from _item(page, start, end, marks)
            start = marks.end()


def _item(page: Page, start: int, end: int, marks: re.Match[str]) -> Iterator[ScoreItem]:
    folded, text = page.folded, page.text
    cap = _ITEM_CAP.match(folded, marks.end(), end)
    others = _OTHERS.match(folded, marks.end(), end)
    stop = cap.end() if cap else others.end() if others else marks.end()
    head = HEAD.match(folded[start : marks.start()])
    begin = start + (head.end() if head else 0)
    for before in _RULE_BEFORE.finditer(folded, begin, marks.start()):
        begin = before.end()
    begin, last = trim(folded, begin, marks.start())
    while begin < last and folded[begin] in ",、:()":
        begin += 1
    while begin < last and (folded[last - 1] in ",、:" or folded[last - 1].isspace()):
        last -= 1
    kind = "bonus" if (marks["verb"] or marks["noun"]) in "加奖" else "deduction"
    values = list(_VALUE.finditer(marks["list"] or marks["given"]))
    if len(values) > _MOST_VALUES:
        return
    variants = _variants(page, begin, last, len(values))
    for value, variant in zip(values, variants, strict=True):
        upper = value[2]
        mode = "range" if upper else "proportional" if others else "each"
        yield ScoreItem(
            Span(begin, stop), kind, text[begin:last], value[1], upper, cap[1] if cap else None, variant, mode
        )


def _variants(page: Page, begin: int, last: int, count: int) -> list[str]:
    """What each of several marks is for: 较大、重大、特大安全事故; levels (省、市); the first places. Empty
    words where that is not told."""
    folded, text = page.folded, page.text
    if count == 1:
        return [""]
    for levels in _LEVELS.finditer(folded, begin, last):
        found = [(levels.start() + m.start(), levels.start() + m.end()) for m in _LEVEL.finditer(levels[0])]
        if len(found) == count:
            return [text[left:right] for left, right in found]
    top = _TOP.search(folded, begin, last)
    if top and (int(top[1]) if top[1].isdigit() else chinese_number(top[1])) == count:
        return [f"第{place}名" for place in range(1, count + 1)]
    return _parallel(page, begin, last, count) or [""] * count


def _parallel(page: Page, begin: int, last: int, count: int) -> list[str]:
    """The words of a list whose last one ends as the first does: 综合性工作或单项工作; else none."""
    folded, text = page.folded, page.text
    places, at = [], begin
    for sign in _LIST_SIGNS.finditer(folded, begin, last):
        places.append((at, sign.start()))
        at = sign.end()
    places.append((at, last))
    if len(places) != count:
        return []
    first, end = places[0]
    verb = _VERBS.match(folded[first:end])
    first += verb.end() if verb else 0
    tail = folded[max(first, end - 2) : end]
    left, right = places[-1]
    for common in (tail, tail[-1:]):
        found = folded.find(common, left, right)
        if found >= 0:
            places = [(first, end), *places[1:-1], (left, found + len(common))]
            return [text[left:right] for left, right in places]
    return []
