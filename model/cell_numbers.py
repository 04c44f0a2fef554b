"""Numbers of a spreadsheet as their cells show them: days, shares, decimals; else as they are stored."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

# Built-in formats (ECMA-376-1 §18.8.30) that matter; 27 to 36 and 50 to 58 are dates in Chinese Excel.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy",
    17: "mmm-yy", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 57: "yyyy年m月", 31: "yyyy年m月d日",
    28: "m月d日", 58: "m月d日", 27: "yyyy年m月", 30: "m-d-yy",
}  # fmt: skip
# What of a format is no sign of it: literals in quotes, colours and locales in brackets, escapes.
_LITERAL = re.compile(r"\[[^\]]*\]|\\.|_.|\*.")
_QUOTED = re.compile(r'"([^"]*)"')
_TOKEN = re.compile(r"y+|m+|d+|h+|s+|AM/PM|[^ymdhs]+")
# One sign of a number's format: a literal, room, colours and locales, General, the digits, any other sign.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<general>General|G/通用格式)|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<other>.)",
    re.IGNORECASE,
)
# What is left alone: conditions, fractions, powers of ten.
_ODD = re.compile(r"\[[<>=]|[0#?]\s*/\s*[0#?\d]|E[+-]", re.IGNORECASE)
#: Room for all digits of a number with all its decimals.
_WIDE = Context(prec=80)
#: Excel takes no longer code, and shows no more decimals.
_LONGEST_CODE, _MOST_DECIMALS = 255, 30
_LARGEST_DAY = 2_958_465  # 9999-12-31


def is_date(code: str) -> bool:
    """Whether a format code shows a day or time."""
    bare = _LITERAL.sub("", _QUOTED.sub("", code.split(";", maxsplit=1)[0])).lower()
    return any(letter in bare for letter in "ymdh") and "general" not in bare


def format_code(form: str | int) -> str:
    """A format's code; empty for a built-in one that shows a number as it is."""
    return _BUILT_IN.get(form, "") if isinstance(form, int) else form


def is_share(code: str) -> bool:
    """Whether a format code shows a number as hundredths: 0.6 as 60%."""
    return "%" in _LITERAL.sub("", _QUOTED.sub("", code.split(";", maxsplit=1)[0]))


def first_day(value: Decimal, *, dates_1904: bool) -> datetime:
    """Where a serial day is counted from; day 60 (29 February 1900) counts as 1 March."""
    return datetime(1904, 1, 1) if dates_1904 else datetime(1899, 12, 30 if value >= 60 else 31)  # noqa: DTZ001


def serial_day(text: str, *, dates_1904: bool = False) -> str:
    """The serial number of an ISO day or moment; the text itself where it is none."""
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return text
    passed = moment - datetime(1904, 1, 1) if dates_1904 else moment - datetime(1899, 12, 30)  # noqa: DTZ001
    return str(passed.days + Decimal(passed.seconds) / 86_400)


def shown_number(text: str, form: str | int, *, dates_1904: bool = False) -> str:
    """A stored number as the cell shows it. ``form`` is a format code, or a built-in format's number."""
    code = format_code(form)
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value) > Decimal(10) ** 15:
        return text
    if code and is_date(code) and 0 <= value <= _LARGEST_DAY:
        return _day(value, code, dates_1904=dates_1904)
    return _plain(value, code)


def _plain(value: Decimal, code: str) -> str:
    """A number in its format; as it is stored where the format is none, or one that is left alone here."""
    if not code or len(code) > _LONGEST_CODE or _ODD.search(_QUOTED.sub("", code)):
        return _general(value)
    sections = _sections(code)
    if value < 0 and len(sections) > 1 and sections[1]:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    else:
        section = sections[0]
    share = "%" in _LITERAL.sub("", _QUOTED.sub("", section))
    sign = "-" if value < 0 else ""
    words, numbers = [], 0
    for part in _PART.finditer(section):
        if part["general"] or part["digits"]:
            numbers += 1
            words.append(_digits(abs(value) * (100 if share else 1), part["digits"] or ""))
        else:
            words.append(part["quoted"] or part["escaped"] or part["currency"] or part["other"] or "")
    if numbers > 1 or (not numbers and "@" in section):  # 000-0000: a code's parts
        return _general(value)
    return sign + "".join(words).strip()


def _sections(code: str) -> list[str]:
    """A format's sections: for numbers above, below and at zero, and for texts."""
    literals = [found.span() for found in _QUOTED.finditer(code)]
    cuts = [at for at, sign in enumerate(code) if sign == ";" and not any(a < at < b for a, b in literals)]
    return [code[a:b] for a, b in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(code)], strict=True)]


def _general(value: Decimal) -> str:
    # Excel keeps 15 digits; a binary 0.1 is stored as 0.10000000000000001
    shown = f"{Decimal(f'{value:.15g}'):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _digits(value: Decimal, form: str) -> str:
    """A number that is not negative in digits: 0 stands for one that is always shown, # for one that may be
    left out, a comma parts thousands, or at the end divides by a thousand."""
    if not form:
        return _general(value)
    whole, _, behind = form.rstrip(",").partition(".")
    value = Decimal(f"{value:.15g}") / 1000 ** (len(form) - len(form.rstrip(",")))
    places = min(sum(sign in "0#?" for sign in behind), _MOST_DECIMALS)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    shown = f"{rounded:{',' if ',' in whole else ''}.{places}f}"
    before, _, after = shown.partition(".")
    while after and len(after) > behind.count("0") and after.endswith("0"):
        after = after[:-1]
    return before.rjust(whole.count("0"), "0") + ("." + after if after else "")


def _day(value: Decimal, code: str, *, dates_1904: bool) -> str:
    """A serial day in a format of y, m, d, h, s."""
    start = first_day(value, dates_1904=dates_1904)
    moment = start + timedelta(days=int(value), seconds=round((value % 1) * 86_400))
    section = _LITERAL.sub(
        lambda found: found[0][1:] if found[0][0] == "\\" else "", code.split(";", maxsplit=1)[0]
    )
    literals: list[str] = []

    def keep(found: object) -> str:
        literals.append(found[1])  # type: ignore[index]
        return "\0"

    section = _QUOTED.sub(keep, section)
    words, after_hour = [], False
    for token in _TOKEN.findall(section):
        sign, size = token[0].lower(), len(token)
        if sign == "y":
            words.append(f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}")
        elif sign == "m" and after_hour:
            words.append(f"{moment.minute:02d}")
        elif sign == "m":
            words.append(f"{moment.month:02d}" if size == 2 else str(moment.month))
        elif sign == "d":
            words.append(f"{moment.day:02d}" if size == 2 else str(moment.day))
        elif sign == "h":
            words.append(f"{moment.hour:02d}" if size == 2 else str(moment.hour))
        elif sign == "s":
            words.append(f"{moment.second:02d}")
        else:
            words.append(token)
            after_hour = after_hour and ":" in token
        after_hour = after_hour or sign == "h"
    shown = "".join(words).replace("@", "").strip()
    for literal in literals:
        shown = shown.replace("\0", literal, 1)
    return shown
