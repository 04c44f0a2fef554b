"""Deadlines in their plain forms: which words date a piece of work, and which date they mean.

The year comes from the notice, never from the clock. Forms and their days: deadline_words; which dates
count: deadline_choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Deadline, Evidence, Span
from .deadline_choice import counts, dates_work, plans
from .deadline_words import (
    BEFORE,
    DATE,
    EACH,
    EACH_LATER,
    EVERY,
    HINT,
    NUMERIC,
    ONGOING,
    PLAN_PERIOD,
    PREFIXES,
    RECURRENCES,
    STAGE,
    YEAR_WORDS,
    Period,
    Stretch,
    governing_year,
    near_month,
    numeric,
    resolve,
    sentence_start,
    stage,
)
from .lexer import TIME_KEY
from .page import before_blanks
from .patterns import pattern

#: A deadline or None, and where to look on.
Found = tuple[Deadline | None, int]

_LIMIT_KEY = pattern(rf"{TIME_KEY}\s*")
_BEFORE = pattern(BEFORE)
_NEAR_MONTH = pattern(rf"[本当同次]月(?:(?P<day>\d{{1,2}}) ?日|底|末|内)(?:{BEFORE})?")
# 自本通知印发之日起…3个月内, 会议后7日内: dated by a day that the text does not name.
_SINCE_ISSUE = pattern(
    r"自本?[\u4e00-\u9fff]{0,8}(?:公布|印发|下发|发布|施行|实施)之日起"
    r"|(?:印发|下发|会议(?:召开|结束)?|会|收到(?:本|该|此)?(?:通知|文件|方案|清单|督办单|交办单|任务))"
    r"(?:之日起|之?后|以后),?(?:的|在)?$"
)
_AFTER_UNIT = pattern(r"个月内|个?工作日内|[日天周]内")
# 5月底取得明显成效并持续推进: one deadline, due at the date.
_AND_ON = pattern(r"(?:取得[^,。;]{0,8}成效|完成)?(?:,|并)持续(?:推进|开展|深化|实施)")
_SEVERAL_QUARTERS = pattern(r"(?:第?[一二三][、至—\-]|前)$")
# Work that goes on all year: no day ends it.
_ALL_YEAR = pattern(r"全年(?:持续|长期|常态|推进|坚持|开展|实施)")
# A part of a list of dates: 6月底前、年底前.
_LISTED = pattern(r"[^、;,\s](?:[^、;,]*[^、;,\s])?")
# Words that make a plan of 年底.
_SURE = ("确保", "力争", "争取")
_LATER_YEARS = ("明年", "次年", "翌年")
#: Characters that make 年底 the end of a year near the notice's own: 明年底.
_NEAR_YEARS = frozenset("今本明次翌当同")
#: Words of the notice's own year.
_THIS_YEAR = ("全年", "年内", "年底", "年末")


def find(stretch: Stretch) -> list[Deadline]:
    """The deadlines of a stretch, in order, not overlapping. Linear."""
    found: list[Deadline] = []
    position = stretch.start
    while True:
        hint = HINT.search(stretch.folded, position, stretch.end)
        if hint is None:
            return found
        deadline, position = _at(stretch, hint.start())
        if deadline is not None and (not found or deadline.span.start >= found[-1].span.end):
            found.append(deadline)
        position = max(position, hint.end())


def in_cell(stretch: Stretch) -> list[Deadline]:
    """The deadlines of a table's 完成时限 cell: one, or several where each part of a list is one."""
    parts = [
        stretch._replace(start=part.start(), end=part.end())
        for part in _LISTED.finditer(stretch.folded, stretch.start, stretch.end)
    ]
    several = [_after_key(part, part.start)[0] for part in parts]
    if len(parts) > 1 and all(found is not None and found.due for found in several):
        return [found for found in several if found is not None]
    whole = _after_key(stretch, stretch.start)[0]
    return [] if whole is None else [whole]


def _at(stretch: Stretch, hint: int) -> Found:
    """Reads the form whose first fixed word stands at ``hint``."""
    folded, end = stretch.folded, stretch.end
    unit = _AFTER_UNIT.match(folded, hint, end)
    if unit is not None:
        return _after_issue(stretch, hint, unit.end())
    key = _LIMIT_KEY.match(folded, hint, end)
    if key is not None:
        return _after_key(stretch, key.end())
    if folded[hint] in "持长常":
        ongoing = ONGOING.match(folded, hint, end)
        stop = hint + 2 if ongoing is None else ongoing.end()
        return _deadline(stretch, hint, stop, _NO_DAY, "ongoing"), stop
    near = hint > stretch.start and folded[hint - 1] in _NEAR_YEARS
    if near and folded.startswith(("年底", "年末"), hint):  # 明|年底: the year of a date
        return _dated(stretch, _behind(stretch, hint - 1, PREFIXES))
    if folded.startswith(_THIS_YEAR, hint):
        return _this_year(stretch, hint)
    if folded.startswith("本年度内", hint):
        return _dated(stretch, hint)
    if folded[hint] in "本当同次":
        return _near_month(stretch, hint)
    at = hint if folded[hint] == "按" else _date_start(stretch, hint)
    if folded[at] in "每按":
        return _recurring(stretch, at)
    if folded[at] == "十":
        return _plan_period(stretch, at)
    return _dated(stretch, at)


def _date_start(stretch: Stretch, hint: int) -> int:
    """Where a date begins whose first fixed word is at ``hint``: 到|2025年, 第|一季度, 上|半年."""
    folded, start = stretch.folded, stretch.start
    back = _behind(stretch, _behind(stretch, hint, YEAR_WORDS), PREFIXES)
    if folded.startswith(("季度", "半年"), hint) and hint > start:
        back = hint - 1
        if back > start and folded[back - 1] == "第":
            back -= 1
        if (several := _SEVERAL_QUARTERS.search(folded, max(start, back - 3), back)) is not None:
            back = several.start()  # 一至|三季度
    return back


def _behind(stretch: Stretch, at: int, words: Sequence[str]) -> int:
    """Where the one of ``words`` begins that stands before ``at``, blanks between them; else ``at``."""
    folded = stretch.folded
    back = before_blanks(folded, stretch.start, at)
    for word in words:
        if back - len(word) >= stretch.start and folded.startswith(word, back - len(word)):
            return back - len(word)
    return at


def _deadline(
    stretch: Stretch, start: int, end: int, period: Period, recurrence: str | None = None
) -> Deadline:
    evidence = Evidence.DERIVED if period.derived else Evidence.QUOTED
    return Deadline(Span(start, end), stretch.text[start:end], period.first, period.due, recurrence, evidence)


_COMMA = pattern(r"[,、]")
_NO_DAY = Period(None, None, derived=False)


def _after_key(stretch: Stretch, start: int) -> Found:
    """完成时限:2025年底 / 持续推进: whatever stands there is the deadline."""
    folded, end = stretch.folded, stretch.end
    stop = start
    while stop < end and folded[stop] not in ";。()[]〔〕【】\r\n|":
        stop += 1
    comma = _COMMA.search(folded, start, stop)
    if (
        comma is not None
        and HINT.search(folded, comma.end(), stop)
        and HINT.search(folded, start, comma.start())
    ):
        stop = comma.start()  # 三季度末完成40家,年底前全部建成: two deadlines
    match = DATE.match(folded, start, stop)
    if match is not None and match.end() > start and (period := resolve(match, stretch)):
        return _deadline(stretch, start, stop, period), stop
    figures = NUMERIC.match(folded, start, stop)
    if figures is not None and (period := numeric(figures)):
        return _deadline(stretch, start, stop, period), stop
    if folded.startswith("每", start):
        return _deadline(stretch, start, stop, _NO_DAY, RECURRENCES.get(folded[start : start + 2])), stop
    year = stretch.calendar.year
    if year and folded.startswith(_THIS_YEAR, start) and not _ALL_YEAR.match(folded, start, stop):
        return _deadline(stretch, start, stop, Period(None, f"{year}-12-31", derived=True)), stop
    if ONGOING.match(folded, start, stop):
        return _deadline(stretch, start, stop, _NO_DAY, "ongoing"), stop
    return None, stop


def _after_issue(stretch: Stretch, hint: int, stop: int) -> Found:
    """自本政策公布之日起…1个月内, 会议后7日内: a deadline whose day the text does not tell."""
    folded = stretch.folded
    begin = hint
    while begin > stretch.start and folded[begin - 1] in "0123456789一二三四五六七八九十两":
        begin -= 1
    if begin < hint and _SINCE_ISSUE.search(folded, sentence_start(stretch, begin), begin):
        return _deadline(stretch, begin, stop, _NO_DAY), stop
    return None, stop


def _recurring(stretch: Stretch, start: int) -> Found:
    """每月10日前; in a measure 每季度 alone, too: there it says when, elsewhere only how often."""
    folded, end = stretch.folded, stretch.end
    match = EVERY.match(folded, start, end)
    if match is None and stretch.is_measure:
        match = EACH.match(folded, start, end)
    if match is None:
        return None, start + 2
    recurrence = RECURRENCES[folded[start : start + 2]]
    return _deadline(stretch, start, match.end(), _NO_DAY, recurrence), match.end()


def _near_month(stretch: Stretch, at: int) -> Found:
    """本月底前, 次月10日前: a month told by its distance."""
    match = _NEAR_MONTH.match(stretch.folded, at, stretch.end)
    if match is None:
        return None, at + 2
    period = near_month(stretch, at, match.end(), int(match["day"]) if match["day"] else None)
    return (None if period is None else _deadline(stretch, at, match.end(), period)), match.end()


def _this_year(stretch: Stretch, at: int) -> Found:
    """全年, 年内, 年底前: the notice's year, or one named earlier in the sentence."""
    folded = stretch.folded
    word = folded[at : at + 2]
    stop = at + 2
    before = _BEFORE.match(folded, stop, stretch.end)
    if before is not None:
        stop = before.end()
    year, derived = governing_year(stretch, at)
    if year is None or (at > stretch.start and folded[at - 1] in "半逐历去上每两三多跨当"):
        return None, stop
    if word == "全年" and not counts(stretch, stop):
        return None, stop
    sure = _behind(stretch, at, _SURE) < at
    if word in ("年底", "年末") and before is None and not sure and not plans(stretch, stop):
        return None, stop
    if (later := _behind(stretch, at, _LATER_YEARS)) < at:  # 明年年底前
        at, year, derived = later, year + 1, True
    else:
        at = _behind(stretch, at, YEAR_WORDS)  # 今年年底前, 同年年底前
    first = f"{year}-01-01" if word in ("全年", "年内") else None
    return _deadline(stretch, at, stop, Period(first, f"{year}-12-31", derived)), stop


def _plan_period(stretch: Stretch, at: int) -> Found:
    """“十四五”期间: 2021 to 2025."""
    match = PLAN_PERIOD.match(stretch.folded, at, stretch.end)
    if match is None:
        return None, at + 2
    if at > stretch.start and stretch.folded[at - 1] == "“" and "”" in match.group():
        at -= 1
    if at > stretch.start and stretch.folded[at - 1] == "“":
        at -= 1
    words = match.group().strip("“”")
    last = 2020 + 5 * ("四五六".index(words[1]) + 1)
    first = f"{last - 4}-01-01" if "末" not in words else None
    return _deadline(stretch, at, match.end(), Period(first, f"{last}-12-31", derived=False)), match.end()


def _dated(stretch: Stretch, at: int) -> Found:
    """A date that names year, month, quarter or half year."""
    folded, end = stretch.folded, stretch.end
    if at > stretch.start and folded[at - 1] in "(〔" and (whole := STAGE.match(folded, at, end)):
        period = stage(whole, stretch)
        return (None if period is None else _deadline(stretch, at, whole.end(), period)), whole.end()
    match = DATE.match(folded, at, end)
    if match is None or match.end() - at < 2:
        return None, at
    stop = match.end()
    if not any(match[name] for name in ("year", "this", "same", "next", "after", "month", "quarter", "half")):
        return None, stop
    if match["since"] and not (stretch.is_measure and at == stretch.start):
        return None, stop
    period = resolve(match, stretch)
    if period is None or not dates_work(match, period, stretch):
        return None, stop
    recurrence = None
    if match["since"]:  # 5月起每月, 5月起实施月调度: from then on
        every = EACH.match(folded, stop, end)
        later = None if every is not None else EACH_LATER.match(folded, stop, end)
        recurrence = "ongoing"
        if every is not None:
            recurrence, stop = RECURRENCES[every.group()[:2]], every.end()
        elif later is not None:
            recurrence = RECURRENCES[f"每{later['each'][0]}"]
        period = Period(period.first, None, period.derived)
    tail = _AND_ON.match(folded, stop, end)
    if tail is not None:
        stop = tail.end()
    begin = at + 2 if match["prefix"] in ("力争", "争取", "确保") else at
    return _deadline(stretch, begin, stop, period, recurrence), stop
