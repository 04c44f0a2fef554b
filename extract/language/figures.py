"""Figures: numbers with the measure word, the comparator and the range that are written with them.

A figure is what stands there; ``targets`` decides whether it is a target, ``metrics`` what it counts.
Forms and conventions: gold conventions of the project (以上 ``>=``, 以内 ``<=``, 突破 ``>``, 左右 ``~``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..numerals import chinese_number
from ..patterns import pattern

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])|[0-9]+(?:\.[0-9]+)?"
_TIMES = r"万亿|千亿|百亿|千万|百万|十万|亿|万|千|百"
#: Measure words, longer ones before those they begin with.
_MEASURES = (
    r"%|‰|个?百分点|个工作日|工作日|个自然日|个小时|小时|分钟|个月|天"
    r"|微克(?:/|每)立方米|毫克(?:/|每)升|毫克(?:/|每)立方米|立方米(?:/秒)?|平方米|平方公里|平方千米|万千瓦时|千瓦时|兆瓦时|千瓦|兆瓦|千伏安|千伏|兆伏安"
    r"|公里/小时|千米|公里|海里|毫米|厘米|公顷|公斤|千克|吨标准煤|吨标煤|吨|蒸吨|美元|欧元|港元|日元|人民币|元"
    r"|标准箱|标箱|架次|人次|人天|人日|户次|家次|批次|车次|班次|台\(套\)|台套|套\(件\)|家\(次\)|辆\(台\)|床位|张床|学位|泊位|车位"
    r"|课时|学时|标准立方米|立方|平方|GW|MW|kW|KW|km|PFLOPS|EFLOPS|Gbps|Tbps|Mbps|TB|PB|EB|GB|MW·h|MWh|GWh"
    r"|家|户|个|项|件|台|套|辆|艘|架|座|所|处|条|里|米|亩|方|克|斤|升|尾|头|只|羽|匹|株|棵|例|人|名|位|次|场|期|部|篇|份|册"
    r"|本|张|幅|种|批|支|队|组|对|折|成|片|块|道|间|床|席|岁|倍|班|站|口|眼|轮|笔|单|宗|起|桩|根|节|门|首|列|盏|面|枚"
)
_PER = (
    r"(?:/(?:套|列|架次|台|辆|名|只|头|人次|人|年|月|日|天|亩|户|吨|件|次|平方米|立方米|升|公里|千瓦时|小时|秒"
    r"|个))*"
)
_UNIT = rf"(?:(?:{_MEASURES})|(?:{_TIMES}) ?(?:多|余)?(?:{_MEASURES})?){_PER}"
_TO = r" ?(?:——|[—–\-~～]|至|到) ?"
_FIGURE = pattern(
    rf"(?P<value>{_NUMBER})"
    rf"(?:(?P<unit1> ?{_UNIT})?{_TO}(?P<upper>{_NUMBER}))?"
    rf"(?P<more> ?[多余](?=[\u4e00-\u9fff]))? ?(?P<unit>{_UNIT})?"
    r"|(?P<percent>百分之)(?P<part>[零一二三四五六七八九十百点]+|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<whole>[二三四五六七八九十]|[0-9]+)分之(?P<share>[一二三四五六七八九十]|[0-9]+)"
    rf"|(?P<chinese>[二三四五六七八九十两百][一二三四五六七八九十百]*)(?P<measure>(?:{_TIMES})?(?:个|家|户|所|座|项|条|套|场|次|批次|名|人次|人"
    r"|支|只|亩|公里|台|处|倍|成))"
)
_AFTER = pattern(
    r" ?(?:\(含\)|\(含本数\))?(?P<words>或?及?以\s?上|及?以\s?下|[以之]\s?内|左\s?右|上下|\+(?!\d))"
    r"|(?P<inner>内)(?=[,。;、)]|$)"
)
#: Comparators written before the number, 有 or 达到 between.
_BEFORE = pattern(
    r"(?:(?P<least>(?:不|未|非)得?(?:少于|低于|小于|下于)|至少|最少|≥|>=|大于等于|不少|保底)"
    r"|(?P<most>不得?(?:超过|高于|大于|多于|超)|至多|最多|≤|<=|小于等于)"
    r"|(?P<above>超过|突破|高于|大于|多于|超|>)|(?P<below>低于|少于|小于|<)|(?P<about>大约|约|近))"
    r"(?:达到?|有|为|到|在|完成)? ?$"
)
_TOP = pattern(r"(?:前|TOP ?)$")
_TIMES_AT_START = pattern(rf"(?:{_TIMES})")
#: How far back a comparator may begin.
_REACH = 12
_AFTER_WORDS = {
    "以上": ">=",
    "+": ">=",
    "以下": "<=",
    "以内": "<=",
    "之内": "<=",
    "内": "<=",
    "左右": "~",
    "上下": "~",
}
_BEFORE_WORDS = {"least": ">=", "most": "<=", "above": ">", "below": "<", "about": "~"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written. ``start``, ``end``: with comparator and measure word; ``at`` is the first digit.

    ``value`` is a decimal string, ``upper`` the other end of a range, ``number_end`` behind the measure word.
    """

    start: int
    end: int
    at: int
    number_end: int
    value: str
    unit: str
    comparator: str
    upper: str | None = None
    #: The measure word stands with a later number: 9.5和8.7折.
    shared: bool = False
    #: Written in Chinese numerals: a name (三年行动) unless something says that it counts.
    chinese: bool = False


def figures(folded: str, start: int, end: int) -> list[Figure]:
    """All figures of a stretch, in order; a number before one with a measure word shares it. Linear."""
    found = list(_figures(folded, start, end))
    for index in range(len(found) - 2, -1, -1):
        here, there = found[index], found[index + 1]
        if here.unit or not there.unit or there.chinese:
            continue
        if folded[here.end : there.at].strip() in ("、", "和", "及", "与", "或"):
            found[index] = replace(here, unit=there.unit, shared=True)
    return found


def _figures(folded: str, start: int, end: int) -> Iterator[Figure]:
    position = start
    while (match := _FIGURE.search(folded, position, end)) is not None:
        position = match.end()
        figure = _figure(match, folded, start, end)
        if figure is not None:
            yield figure
            position = figure.end


def _figure(match: re.Match[str], folded: str, start: int, end: int) -> Figure | None:
    at, number_end = match.span()
    upper: str | None = None
    chinese = False
    if match["percent"]:
        value, unit = _percent(match["part"]), "%"
    elif match["whole"]:
        # exact and decimal: two of three parts (三分之二) are the value 2 in the unit /3
        value, unit = _numeral(match["share"]), f"/{_numeral(match['whole'])}"
    elif match["chinese"]:
        value, unit, chinese = _numeral(match["chinese"]), match["measure"], True
    else:
        value, upper = match["value"].replace(",", ""), match["upper"]
        unit = re.sub("[多余 ]", "", match["unit"] or "")
        if upper is not None:
            upper = upper.replace(",", "")
            if match["unit1"] and not unit.startswith(match["unit1"].strip()):
                return _first_of_range(match, folded, start, end)
    if value is None:
        return None
    comparator = "range" if upper is not None else "="
    if not chinese and (match["more"] or (match["unit"] and re.search("[多余]", match["unit"]))):
        comparator = ">"
    return _with_comparator(
        Figure(at, number_end, at, number_end, value, unit, comparator, upper, False, chinese),
        folded,
        start,
        end,
    )


def _first_of_range(match: re.Match[str], folded: str, start: int, end: int) -> Figure:
    """1万—5000元: the two ends have measure words of their own, so only the first is read here."""
    stop = match.end("unit1")
    first = Figure(
        match.start(), stop, match.start(), stop, match["value"].replace(",", ""), match["unit1"].strip(), "="
    )
    return _with_comparator(first, folded, start, end)


def _with_comparator(figure: Figure, folded: str, start: int, end: int) -> Figure:
    comparator, begin, stop = figure.comparator, figure.at, figure.number_end
    after = _AFTER.match(folded, stop, end)
    if after is not None:
        words = "".join((after["words"] or after["inner"]).split()).lstrip("或及")
        comparator, stop = _AFTER_WORDS[words], after.end()
    lowest = max(start, begin - _REACH)
    lead = folded[lowest:begin]
    before = _BEFORE.search(lead)
    if before is not None:
        begin = lowest + before.start()
        comparator = _BEFORE_WORDS[str(before.lastgroup)]
    elif figure.unit in ("位", "名", "") and _TOP.search(lead):
        comparator = "<="
    if figure.upper is not None:
        comparator = "range"
    if (begin, stop, comparator) == (figure.start, figure.end, figure.comparator):
        return figure
    return replace(figure, start=begin, end=stop, comparator=comparator)


def _percent(words: str) -> str | None:
    if words.isascii():
        return words
    whole, _, decimals = words.partition("点")
    value = chinese_number(whole)
    if value is None:
        return None
    digits = "".join(str(chinese_number(char)) for char in decimals if chinese_number(char) is not None)
    return f"{value}.{digits}" if digits else str(value)


def _numeral(words: str) -> str | None:
    value = int(words) if words.isascii() else chinese_number(words)
    return None if value is None else str(value)
