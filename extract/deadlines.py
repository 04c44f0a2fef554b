"""Deadlines in their plain forms: which words date a piece of work, and which date they mean.

The year comes from the notice, never from the clock. Forms and exclusions: GOLD.md, "Deadlines";
layouts.md, "Deadlines".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from ..model import Deadline, Evidence, Span


class Calendar(NamedTuple):
    """What a notice says of its own time: its year, and the day it was issued (ISO) where it tells."""

    year: int | None
    issued_on: str | None = None


_MONTH = r"(?:1[0-2]|0?[1-9])"
_BEFORE = r"(?:之前|以前|前)"
_DATE = re.compile(
    r"(?:(?P<prefix>到|至|截至|截止到?|力争|争取|确保)\s*)?"
    r"(?:(?P<year>20\d\d) ?年|(?P<this>今年|本年度?|当年)|(?P<next>明年|次年|翌年))?"
    r"(?:"
    rf" ?(?P<month>{_MONTH}) ?(?:[—–\-~至] ?(?P<month2>{_MONTH}) ?)?月(?:份)?"
    rf"(?:(?P<day>\d{{1,2}}) ?日|(?P<part>底|末|初|上旬|中旬|下旬))?"
    r"|(?P<quarter>(?:第?[一二三四1-4][、至—\-])?第?[一二三四1-4]季度)(?P<qend>末|底)?"
    r"|(?P<half>上半年|下半年)(?P<hend>末|底)?"
    r"|(?P<yend>年?底|年?末)(?=前|以前|之前|[^\u4e00-\u9fff]|完成|实现|达|建成|基本|全面|力争|全|取得|形成)"
    r"|(?P<within>年内)"
    r")?"
    rf"(?P<before>{_BEFORE})?"
    r"(?P<since>起(?![草步动运诉航]))?"
)
_FULL_YEAR = re.compile(r"全年|年内|年底|年末|每年|每月|每季度?|每半年|每周|“?十[四五六]五”?(?:末|期间|时期)")
_HINT = re.compile(
    r"(?=[\d季半年全每“十时期个日])(?:20\d\d ?年|(?:(?<!\d)\d{1,2} ?[—–\-~至] ?)?(?<!\d)\d{1,2} ?月|季度|半年|年底|年末|(?<![\d一二三四五六七八九十两几])年内|全年|每[年月季周半]|十[四五六]五”?(?:末|期间|时期)|时限|期限|个月内)"
)
_LIMIT_KEY = re.compile(r"(?:完成|办结|工作|整改|推进|时间)*(?:时限|期限|时间|进度)(?:要求|安排)? ?:\s*")
_ONGOING = re.compile(
    r"(?:长期|持续|常态化?|全年|年度内?)(?:坚持|推进|开展|实施|落实|进行)?|(?:贯穿|全程)[^;,。)]{0,6}"
)
_RECURRING = {
    "每年": "yearly",
    "每月": "monthly",
    "每季": "quarterly",
    "每半": "half-yearly",
    "每周": "weekly",
}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WINDOW_BEFORE = re.compile(
    r"(?:之日起|年|月|日|起|始|自|从|现)(?:至|到|—|-|~)$|期限?(?:延长|顺延|截止)?(?:至|到|为|截止)$|有效期(?:限)?(?:为|至|到|:)?[^,。;]{0,12}$|(?:执行|受理|申报|活动|政策)(?:期限?|时间)[^,。;]{0,10}$"
    r"|(?:截至|截止到?)$"
)
_CONDITION_AFTER = re.compile(
    r"[^,。;:]{0,40}?的(?=[,。;:、)])|(?:应|需|须)?[^,。;:]{1,8}的(?=职工|企业|个人|项目|地块|住房|房屋|人员|购房|家庭|正常)|(?:出台|印发|发布|施行|实施|执行|成交|供应|竣工|签订|取得|购)"
)
_HISTORY_BEFORE = re.compile(
    r"(?:较|比|于|高于|低于|超过|不低于|自|从|截至|《[^》]*|〔[^〕]*|对|以|按|与|和|在)$"
)
_NAME_AFTER = re.compile(
    r"(?:以来|版|度?(?:计划|预算|工作要点|政府工作报告|国务院)|〔|\)》|》|以后|之后|及以后|[—–\-~]20)"
)
_PLAN_AFTER = re.compile(
    r"[,，]?[^。;]{0,48}?(?:\d(?![\d]*(?:号|年|月|日))|翻番|全覆盖|全面|基本|实现|形成|建成|完成|达到|力争|培育|建立|初步)"
)
_NUMBER_AFTER = re.compile(
    r"[^。;]{0,60}?(?:(?<![〔\[(\d])\d[\d.]* ?(?:万|亿|千|百|多|余)*(?![\d.年月日号、—\-~〕\])])[\u4e00-\u9fff%]"
    r"|[一二三四五六七八九十百千两]+(?:万|亿|千|百)?(?:个|家|户|人|项|%|元|亩|公里|套|场|座|台|吨|斤|辆|批|所|名|处|次|年以|平方|立方|千瓦|公顷|支|条|件|种|只|头|张|倍|以上|左右))"
)


def find(
    text: str, folded: str, start: int, end: int, calendar: Calendar, *, is_measure: bool = False
) -> list[Deadline]:
    """The deadlines in ``[start, end)``, in order. ``is_measure``: a leading ``6月`` dates the measure."""
    found: list[Deadline] = []
    position = start
    while True:
        hint = _HINT.search(folded, position, end)
        if hint is None:
            return found
        deadline, position = _at(text, folded, start, hint.start(), end, calendar, is_measure)
        if deadline is not None and (not found or deadline.span.start >= found[-1].span.end):
            found.append(deadline)
        position = max(position, hint.end())


def _at(
    text: str, folded: str, start: int, hint: int, end: int, calendar: Calendar, is_measure: bool
) -> tuple[Deadline | None, int]:
    if folded.endswith(("个月内", "日内"), hint, hint + 3):
        return _after_issue(text, folded, start, hint, end)
    key = _LIMIT_KEY.match(folded, hint - 2 if folded[hint : hint + 2] in ("时限", "期限") else hint, end)
    if key is not None:
        return _after_key(text, folded, key.end(), end, calendar)
    back = hint
    while back > start and folded[back - 1] in " \t":
        back -= 1
    gap = hint - back
    for prefix in ("截止到", "截至", "截止", "力争", "争取", "确保", "到", "至", "第"):
        if folded.startswith(prefix, back - len(prefix)) and back - len(prefix) >= start:
            back -= len(prefix)
            break
    else:
        back += gap
    if folded.startswith(("季度", "半年"), hint) and hint - start >= 1:
        back = hint - 1
        if back > start and folded[back - 1] == "第":
            back -= 1
    if folded[back] == "每":
        return _recurring(text, folded, back, end, is_measure)
    if folded.startswith(("全年", "年内", "年底", "年末"), back):
        return _this_year(text, folded, start, back, end, calendar)
    if folded[back] in "“十":
        return _plan_period(text, folded, back, end)
    match = _DATE.match(folded, back, end)
    if match is None or match.end() - match.start() < 2:
        return None, hint
    return _dated(text, folded, start, match, end, calendar, is_measure)


def _last_day(year: int, month: int) -> str:
    return date(year, month, monthrange(year, month)[1]).isoformat()


def _deadline(
    text: str,
    start: int,
    end: int,
    first: str | None,
    due: str | None,
    recurrence: str | None = None,
    derived: bool = False,
) -> Deadline:
    evidence = Evidence.DERIVED if derived else Evidence.QUOTED
    return Deadline(Span(start, end), text[start:end], first, due, recurrence, evidence)


def _after_key(
    text: str, folded: str, start: int, end: int, calendar: Calendar
) -> tuple[Deadline | None, int]:
    """完成时限:2025年底 / 持续推进: whatever stands there is the deadline."""
    stop = start
    while stop < end and folded[stop] not in ";。)]〕】\r\n|":
        stop += 1
    comma = folded.find(",", start, stop)
    if comma >= 0 and _HINT.search(folded, comma, stop):  # 三季度末完成40家,年底前全部建成: two deadlines
        stop = comma
    match = _DATE.match(folded, start, stop)
    if match is not None and match.end() > start and (resolved := _resolve(match, calendar, folded, start)):
        first, due, derived = resolved
        return _deadline(text, start, stop, first, due, derived=derived), stop
    if folded.startswith("每", start):
        return _deadline(text, start, stop, None, None, _RECURRING.get(folded[start : start + 2])), stop
    if folded.startswith(("年底", "年内", "全年", "年末"), start) and calendar.year:
        return _deadline(text, start, stop, None, f"{calendar.year}-12-31", derived=True), stop
    if _ONGOING.match(folded, start, stop):
        return _deadline(text, start, stop, None, None, "ongoing"), stop
    return None, stop


def _after_issue(text: str, folded: str, start: int, hint: int, end: int) -> tuple[Deadline | None, int]:
    """自本政策公布之日起…1个月内: dated by a day that the text does not name."""
    begin = hint
    while begin > start and folded[begin - 1] in "0123456789一二三四五六七八九十两":
        begin -= 1
    sentence = max(folded.rfind(stop, start, begin) for stop in "。;\n")
    stop = hint + 3
    if begin < hint and _SINCE_ISSUE.search(folded, max(sentence, start), begin):
        return _deadline(text, begin, stop, None, None), stop
    return None, stop


_SINCE_ISSUE = re.compile(r"自本?[\u4e00-\u9fff]{0,8}(?:公布|印发|发布|施行|实施)之日起")


def _recurring(
    text: str, folded: str, start: int, end: int, is_measure: bool
) -> tuple[Deadline | None, int]:
    """每月10日前; in a measure 每季度 alone, too: there it says when, elsewhere only how often."""
    match = _EVERY.match(folded, start, end)
    if match is None and is_measure:
        match = _EACH.match(folded, start, end)
    if match is None:
        return None, start + 2
    return _deadline(text, start, match.end(), None, None, _RECURRING[folded[start : start + 2]]), match.end()


_EACH = re.compile(r"每(?:季度?|半年|月|周)(?!个|户|人|天|吨|平)")
_EVERY = re.compile(
    rf"每(?:年|月|季度?|半年|周)(?:{_MONTH} ?月)?(?:\d{{1,2}} ?日|底|末|初|上旬|中旬|下旬)?{_BEFORE}"
)


def _this_year(
    text: str, folded: str, start: int, at: int, end: int, calendar: Calendar
) -> tuple[Deadline | None, int]:
    """全年, 年内, 年底前: the notice's year, or one named earlier in the sentence."""
    word = folded[at : at + 2]
    stop = at + 2
    before = re.compile(_BEFORE).match(folded, stop, end)
    if before is not None:
        stop = before.end()
    year, derived = _governing_year(folded, start, at, calendar)
    if year is None or (at > start and folded[at - 1] in "半逐历去上每两三多跨当"):
        return None, stop
    if word == "全年" and not _NUMBER_AFTER.match(folded, stop, end):
        return None, stop
    if word in ("年底", "年末") and before is None and not _PLAN_AFTER.match(folded, stop, end):
        return None, stop
    first = f"{year}-01-01" if word in ("全年", "年内") else None
    return _deadline(text, at, stop, first, f"{year}-12-31", derived=derived), stop


def _plan_period(text: str, folded: str, at: int, end: int) -> tuple[Deadline | None, int]:
    match = _FULL_YEAR.match(folded, at, end)
    if match is None:
        return None, at + 2
    words = match.group().strip("“”")
    last = 2020 + 5 * ("四五六".index(words[1]) + 1)
    first = f"{last - 4}-01-01" if "末" not in words else None
    return _deadline(text, at, match.end(), first, f"{last}-12-31"), match.end()


def _governing_year(folded: str, start: int, at: int, calendar: Calendar) -> tuple[int | None, bool]:
    sentence = max(folded.rfind(stop, start, at) for stop in "。;\n")
    years = _YEAR.findall(folded, max(sentence, start), at)
    if years:
        return int(years[-1]), False
    return calendar.year, True


_YEAR = re.compile(r"(20\d\d) ?年(?!以来|度?版)")


def _dated(
    text: str, folded: str, start: int, match: re.Match[str], end: int, calendar: Calendar, is_measure: bool
) -> tuple[Deadline | None, int]:
    at, stop = match.span()
    if not any(match[name] for name in ("year", "this", "next", "month", "quarter", "half")):
        return None, stop
    if match["since"] and not (is_measure and at == start):
        return None, stop
    resolved = _resolve(match, calendar, folded, start)
    if resolved is None:
        return None, stop
    first, due, derived = resolved
    if not _dates_work(folded, start, match, end, calendar, is_measure, due):
        return None, stop
    recurrence = None
    if match["since"]:
        every = _EACH.match(folded, stop, end)
        recurrence = "ongoing" if every is None else _RECURRING.get(every.group()[:2])
        stop, due = (stop if every is None else every.end()), None
    tail = _AND_ON.match(folded, stop, end)
    if tail is not None:
        stop = tail.end()
    if match["prefix"] in ("力争", "争取", "确保"):
        at += 2
    return _deadline(text, at, stop, first, due, recurrence, derived), stop


#: 5月底取得明显成效并持续推进: one deadline, due at the date.
_AND_ON = re.compile(r"(?:取得[^,。;]{0,8}成效|完成)?(?:,|并)持续(?:推进|开展|深化|实施)")


def _dates_work(
    folded: str,
    start: int,
    match: re.Match[str],
    end: int,
    calendar: Calendar,
    is_measure: bool,
    due: str | None,
) -> bool:
    """Whether the date says by when something is to be done, and is no history, window, name or condition."""
    at, stop = match.span()
    lead = folded[max(start, at - 16) : at]
    before_prefix = lead + (match["prefix"] or "")
    if _WINDOW_BEFORE.search(before_prefix) and not (
        match["prefix"] == "到" and not lead.endswith(("起", "日", "月", "年"))
    ):
        return False
    if calendar.year is not None and due is not None and int(due[:4]) < calendar.year:
        return False
    heads_measure = is_measure and at == start and bool(match["month"])
    if calendar.issued_on is not None and due is not None and due < calendar.issued_on and not heads_measure:
        return False
    if _NAME_AFTER.match(folded, stop) or _in_title(folded, start, at):
        return False
    if match["before"]:
        if _RANGE_START.search(lead) or _FOR_THOSE.match(folded, stop, end):
            return False
        return not _CONDITION_AFTER.match(folded, stop, end)
    if match["prefix"] in ("到", "至"):
        if match["prefix"] == "至":
            return lead[-2:] in ("推迟", "延长") or not lead or lead[-1] in ",。;"
        return True
    if heads_measure:
        return True
    if match["month"] or match["quarter"] or match["half"] or match["yend"]:
        if match["part"] in ("底", "末") or match["qend"] or match["yend"]:
            return True
        if match["quarter"] or match["half"]:
            planned = _PLAN_AFTER.match(folded, stop, end) or _DONE_AFTER.match(folded, stop, end)
            return planned is not None and not folded.startswith("经济", stop)
        return bool(_DONE_AFTER.match(folded, stop, end))
    return (
        match["year"] is not None
        and not _HISTORY_BEFORE.search(lead)
        and not folded.startswith(("度", "的"), stop)
        and bool(_NUMBER_AFTER.match(folded, stop, end))
    )


_DONE_AFTER = re.compile(r"(?:完成|建成|实现|启动|开工|投用|竣工|印发|出台|召开|举办|开展|组织|制定|公布)")
#: 2025年12月31日前,对…给予…: a window in which somebody benefits.
_FOR_THOSE = re.compile(r",?(?:对|凡|购买|新购)")
_RANGE_START = re.compile(r"(?:自|从|于)[^,。;]{0,8}$|起至$|日至$")


def _in_title(folded: str, start: int, at: int) -> bool:
    opened = max(folded.rfind("《", start, at), folded.rfind("(20", start, at))
    closed = max(folded.rfind("》", start, at), folded.rfind(")", start, at))
    return opened > closed


def _resolve(
    match: re.Match[str], calendar: Calendar, folded: str, start: int
) -> tuple[str | None, str | None, bool] | None:
    """First day, last day and whether the year was taken over; None where no year can be told or the day is none."""
    derived = False
    if match["year"]:
        year = int(match["year"])
    else:
        governing, derived = _governing_year(folded, start, match.start(), calendar)
        if match["this"] or match["next"]:
            governing, derived = calendar.year, True
        if governing is None:
            return None
        year = governing + (1 if match["next"] else 0)
    if match["month"]:
        return _months(match, year, derived)
    if match["quarter"]:
        digits = [_QUARTERS[char] for char in match["quarter"] if char in _QUARTERS]
        return f"{year}-{digits[0] * 3 - 2:02d}-01", _last_day(year, digits[-1] * 3), derived
    if match["half"]:
        first_half = match["half"] == "上半年"
        return (
            f"{year}-{'01' if first_half else '07'}-01",
            f"{year}-{'06-30' if first_half else '12-31'}",
            derived,
        )
    first = None if match["yend"] or match["prefix"] in ("到", "至") or match["before"] else f"{year}-01-01"
    return first, f"{year}-12-31", derived


def _months(match: re.Match[str], year: int, derived: bool) -> tuple[str | None, str | None, bool] | None:
    month = int(match["month"])
    last = int(match["month2"] or month)
    first = f"{year}-{month:02d}-01"
    if match["day"]:
        day = int(match["day"])
        if not 1 <= day <= monthrange(year, last)[1]:
            return None
        return (first if match["month2"] else None), f"{year}-{last:02d}-{day:02d}", derived
    if match["part"] in ("初", "上旬"):
        return first, f"{year}-{last:02d}-10", derived
    if match["part"] == "中旬":
        return first, f"{year}-{last:02d}-20", derived
    if last < month:  # 11—2月 runs into the next year
        return first, _last_day(year + 1, last), derived
    return first, _last_day(year, last), derived


def in_cell(text: str, folded: str, start: int, end: int, calendar: Calendar) -> Deadline | None:
    """The deadline of a table's 完成时限 cell."""
    return _after_key(text, folded, start, end, calendar)[0]
