"""The words of deadlines, and the days that they mean in a notice's year."""

from __future__ import annotations

import re
from typing import NamedTuple

from .days import days_in_month, iso_day, last_day
from .lexer import TIME_KEY
from .patterns import pattern


class Calendar(NamedTuple):
    """What a notice says of its own time: its year, and the day it was issued (ISO) where it tells."""

    year: int | None
    issued_on: str | None = None
    #: The year is the notice's own, not the one that its text speaks of most.
    told: bool = True


class Stretch(NamedTuple):
    """A stretch ``[start, end)`` of a notice in which deadlines are looked for.

    ``is_measure``: it is a measure (落实措施), whose first words may say when: 6月开展检查.
    """

    text: str
    folded: str
    start: int
    end: int
    calendar: Calendar
    is_measure: bool = False


class Period(NamedTuple):
    """First and last day (ISO, both inclusive); ``derived``: the year was taken over from elsewhere."""

    first: str | None
    due: str | None
    derived: bool


#: 1 … 12, also 06.
MONTH = r"(?:1[0-2]|0?[1-9])"
BEFORE = r"(?:之前|以前|前)"
#: What dates to come may begin with: 到2025年, 力争6月底.
PREFIXES = ("截止到", "截至", "截止", "力争", "争取", "确保", "到", "至", "第")
#: Years told by their distance: 今年6月底前.
YEAR_WORDS = ("今年", "本年", "本年度", "明年", "次年", "翌年", "当年", "同年")
#: A date with all that belongs to it: 到2025年, 2021年6月底前, 7—8月, 第三季度末, 上半年, 5月起.
DATE = pattern(
    r"(?:(?P<prefix>到|至|截至|截止到?|力争|争取|确保)\s*)?"
    r"(?:(?:(?P<year1>20\d\d) ?年? ?[—–\-~至] ?)?(?P<year>20\d\d) ?年"
    r"|(?P<this>今年|本年度?)|(?P<same>当年|同年)|(?P<next>明年)|(?P<after>次年|翌年))?"
    r"(?:"
    rf" ?(?P<month>{MONTH}) ?(?:(?:月份?)? ?[—–\-~至] ?(?:(?P<year2>20\d\d) ?年 ?)?(?P<month2>{MONTH}) ?)?"
    r"月(?:份)?"
    r"(?:(?P<day>\d{1,2}) ?日|(?P<part>底|末|初|上旬|中旬|下旬))?"
    r"|(?P<quarter>(?:第?[一二三四1-4][、至—\-]|前)?第?[一二三四1-4]季度)(?P<qend>末|底)?"
    r"|(?P<half>上半年|下半年)(?P<hend>末|底)?"
    r"|(?P<yend>年?底|年?末)(?![的与和至到数考评]|相比|余额|以来)"
    r"|(?P<within>年内|(?<=年)度?内|(?<=年度)内)"
    r")?"
    rf"(?P<before>{BEFORE})?"
    r"(?P<since>起(?![草步动运诉航]))?"
)
#: Where a deadline may be: the first fixed word of each form.
HINT = pattern(
    r"(?=[\d季半年全每十时期节个日天周持长计预完办工整推实落【\[进本当同次按])"
    rf"(?:{TIME_KEY}|(?:持续推进|长期坚持|长期推进|常态化推进|持续实施)(?=[)〕\]】])"
    r"|(?:20\d\d ?年? ?[—–\-~至] ?)?20\d\d ?年|(?<!\d)\d{1,2} ?月(?= ?[—–\-~至] ?\d)"
    r"|(?:(?<!\d)\d{1,2} ?[—–\-~至] ?)?(?<!\d)\d{1,2} ?月|季度|半年|年底|年末"
    r"|[本当同次]月(?=底|末|内|\d{1,2} ?日)|按(?:季度|月度?|周|半年)"
    r"(?=开展|组织|召开|报|通报|调度|汇总|统计|发布|公布|形成)"
    r"|(?<![\d一二三四五六七八九十两几])年内|全年|每[年月季周半]|十[四五六]五”?(?:末|期间|时期)|本年度内|个月内"
    r"|(?:个?工作日|日|天|周)内)"
)
#: A five-year plan: “十四五”期间, 十四五末.
PLAN_PERIOD = pattern(r"十[四五六]五”?(?:时期末|末期|末|期间|时期)")
#: A day in figures alone: 2021.6.30, 2021/6/30, 2021-06-30, 2021.6.
NUMERIC = pattern(
    r"(?P<year>20\d\d)(?P<sign>[./-])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?(?![\d./-])"
)
#: A stage in brackets of its own: (4月16日至6月30日).
STAGE = pattern(
    rf"(?:(?P<year>20\d\d) ?年 ?)?(?P<month>{MONTH}) ?月 ?(?P<day>\d{{1,2}}) ?日? ?[—–\-~至] ?"
    rf"(?:(?P<year2>20\d\d) ?年 ?)?(?:(?P<month2>{MONTH}) ?月 ?)?(?P<day2>\d{{1,2}}) ?日(?={BEFORE}?[)〕])"
)
#: Work without an end: 持续推进, 长期坚持, 贯穿全年.
ONGOING = pattern(
    r"(?:长期|持续|常态化?|全年|年度内?)(?:坚持|推进|开展|实施|落实|进行)?"
    r"|(?:贯穿|全程)[^;,。)]{0,6}|(?:立行|即知|立查|边查|立知)(?:立|即|边)改|立即"
)
#: 每季度: in a measure it says when, elsewhere only how often.
EACH = pattern(r"每(?:季度?|半年|月|周)(?!个|户|人|天|吨|平)|按(?:季度|月度?|周|半年)")
#: 6月起…实施月调度: how often is told behind the verb.
EACH_LATER = pattern(
    r"[^,。;:每]{0,24}?(?<![\d个本当同次按])(?P<each>半年|季度?|月度?|周)(?=调度|通报|报告|报送|例会|汇总|统计)"
)
#: 每月10日前, 每年3月底前.
EVERY = pattern(
    rf"每(?:年年?|月月?|季度?|半年|周[一二三四五六日]?)(?:{MONTH} ?月)?"
    rf"(?:\d{{1,2}} ?日|底|末|初|上旬|中旬|下旬)?{BEFORE}"
    r"|每(?:季度?|半年)(?:末|首|第[一二三]个)月 ?\d{1,2} ?日前|每季度末 ?\d{1,2} ?日内"
    rf"|每年{MONTH} ?月(?:底|末)?[、和及]{MONTH} ?月(?:底|末)?前"
    r"|每(?:年年?|月|季度?|半年)(?:底|末)(?=[^,。;]{0,24}(?:报|通报|调度))"
)
#: The recurrence that 每 and the character behind it tell.
RECURRENCES = {
    "每年": "yearly",
    "每月": "monthly",
    "每季": "quarterly",
    "每半": "half-yearly",
    "每周": "weekly",
    "按月": "monthly",
    "按季": "quarterly",
    "按半": "half-yearly",
    "按周": "weekly",
}
# A year that may govern the dates behind it in its sentence, but not 2020年以来.
_YEAR = pattern(r"(20\d\d) ?年(?!以来|度?版)")
_MONTH = pattern(rf"(?<!\d)({MONTH}) ?月")
# A month of a year, before which something is due.
_DATED_MONTH = pattern(rf"(20\d\d) ?年 ?({MONTH}) ?月(?:底|末|\d{{1,2}} ?日|[上中下]旬)?(?={BEFORE})")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
#: No sentence reaches further back, in characters.
_LONGEST_SENTENCE = 600


def sentence_start(stretch: Stretch, at: int) -> int:
    """Where the sentence around ``at`` begins, inside the stretch; never far away."""
    lowest = max(stretch.start, at - _LONGEST_SENTENCE)
    return max(lowest, *(stretch.folded.rfind(stop, lowest, at) for stop in "。;\n"))


def governing_year(stretch: Stretch, at: int) -> tuple[int | None, bool]:
    """The year of a date without one: the last before it in its sentence, else the notice's (derived)."""
    begin = sentence_start(stretch, at)
    years = _YEAR.findall(stretch.folded, begin, at)
    if years:
        return int(years[-1]), False
    if begin > stretch.start and stretch.folded[begin] == ";":  # 2022年6月底前…;12月底前…
        earlier = _DATED_MONTH.findall(stretch.folded, _clause_row_start(stretch, begin), begin)
        own = _MONTH.match(stretch.folded, at)
        if earlier and own is not None and int(earlier[-1][1]) < int(own[1]):
            return int(earlier[-1][0]), False
    return stretch.calendar.year, True


def _clause_row_start(stretch: Stretch, at: int) -> int:
    """Where the row of clauses parted by ; begins that ends at ``at``."""
    lowest = max(stretch.start, at - _LONGEST_SENTENCE)
    return max(lowest, *(stretch.folded.rfind(stop, lowest, at) for stop in "。\n"))


def resolve(match: re.Match[str], stretch: Stretch) -> Period | None:
    """The days that a match of ``DATE`` means; None where no year can be told or there is no such day."""
    derived = False
    if match["year"]:
        year = int(match["year"])
    else:
        governing, derived = governing_year(stretch, match.start())
        if match["this"] or match["next"]:
            governing, derived = stretch.calendar.year, True
        if governing is None:
            return None
        year = governing + (1 if match["next"] or match["after"] else 0)
    if match["month"]:
        return _months(match, year, derived=derived)
    if match["quarter"]:
        quarters = [_QUARTERS[char] for char in match["quarter"] if char in _QUARTERS]
        first = 1 if match["quarter"][0] == "前" else quarters[0] * 3 - 2
        return Period(f"{year}-{first:02d}-01", last_day(year, quarters[-1] * 3), derived)
    if match["half"] == "上半年":
        return Period(f"{year}-01-01", f"{year}-06-30", derived)
    if match["half"]:
        return Period(f"{year}-07-01", f"{year}-12-31", derived)
    if match["year1"]:
        return Period(f"{match['year1']}-01-01", f"{year}-12-31", derived)
    by_then = match["yend"] or match["prefix"] in ("到", "至") or match["before"]
    return Period(None if by_then else f"{year}-01-01", f"{year}-12-31", derived)


def near_month(stretch: Stretch, at: int, stop: int, day: int | None) -> Period | None:
    """本月 is the month of issue; 当月, 同月, 次月 point back to the last month of the sentence."""
    word = stretch.folded[at]
    if word == "本":
        if stretch.calendar.issued_on is None:
            return None
        year, month = int(stretch.calendar.issued_on[:4]), int(stretch.calendar.issued_on[5:7])
    else:
        named = _MONTH.findall(stretch.folded, sentence_start(stretch, at), at)
        governing, _ = governing_year(stretch, stop)
        if not named or governing is None:
            return None
        year, month = governing, int(named[-1])
    if word == "次":
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if day is None:
        return Period(f"{year}-{month:02d}-01", last_day(year, month), derived=True)
    due = iso_day(year, month, day)
    return None if due is None else Period(None, due, derived=True)


def stage(match: re.Match[str], stretch: Stretch) -> Period | None:
    """The days of a match of ``STAGE``; None where there is no such day."""
    given, derived = governing_year(stretch, match.start())
    year = int(match["year"]) if match["year"] else given
    if year is None:
        return None
    month = int(match["month"])
    first = iso_day(year, month, int(match["day"]))
    due = iso_day(int(match["year2"] or year), int(match["month2"] or month), int(match["day2"]))
    return None if first is None or due is None else Period(first, due, derived and not match["year"])


def numeric(match: re.Match[str]) -> Period | None:
    """The days of a match of ``NUMERIC``; None where there is no such day."""
    year, month = int(match["year"]), int(match["month"])
    if not match["day"]:
        return (
            Period(f"{year}-{month:02d}-01", last_day(year, month), derived=False) if 0 < month < 13 else None
        )
    due = iso_day(year, month, int(match["day"]))
    return None if due is None else Period(None, due, derived=False)


def _months(match: re.Match[str], year: int, *, derived: bool) -> Period | None:
    month = int(match["month"])
    last = int(match["month2"] or month)
    first = f"{year}-{month:02d}-01"
    if match["year2"]:  # 2021年9月至2022年6月
        year, month = int(match["year2"]), last
    if match["day"]:
        day = int(match["day"])
        if not 1 <= day <= days_in_month(year, last):
            return None
        return Period(first if match["month2"] else None, f"{year}-{last:02d}-{day:02d}", derived)
    if match["part"] in ("初", "上旬"):
        return Period(first, f"{year}-{last:02d}-10", derived)
    if match["part"] == "中旬":
        return Period(first, f"{year}-{last:02d}-20", derived)
    if last < month:  # 11—2月 runs into the next year
        return Period(first, last_day(year + 1, last), derived)
    return Period(first, last_day(year, last), derived)
