"""Number formats of Word (ECMA-376-1 §17.18.59 ST_NumberFormat): a value as the label shows it."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..patterns import pattern

_CHINESE = "一二三四五六七八九"
_LEGAL = "壹贰叁肆伍陆柒捌玖"
_LEGAL_OLD = "壹貳參肆伍陸柒捌玖"
_JAPANESE_LEGAL = "壱弐参四伍六七八九"
_KOREAN = "일이삼사오육칠팔구"
_KOREAN_HAN = "一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_AIUEO_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

#: Word's own limit for letters: zzz… of thirty signs.
_MOST_REPEATED = 780

Format = Callable[[int], str]


def label_of(value: int, form: str) -> str:
    """``value`` in the number format ``form``; in Arabic digits where the format is unknown or lacks it.

    >>> [label_of(21, form) for form in ("chineseCounting", "chineseLegalSimplified", "upperRoman")]
    ['二十一', '贰拾壹', 'XXI']
    """
    make = FORMATS.get(form)
    if make is None or not 0 <= value < 1_000_000:
        return str(value)
    return make(value) or ("" if form == "none" else str(value))


def _set(characters: str) -> Format:
    """One sign for each value; nothing beyond."""
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else ""


def _cycle(characters: str) -> Format:
    """The signs again and again (Word begins anew, see [MS-OI29500] 2.1.540 c)."""
    return lambda value: characters[(value - 1) % len(characters)] if value else ""


def _repeat(characters: str) -> Format:
    """a … z, aa … zz: the sign once more for each round."""
    size = len(characters)

    def make(value: int) -> str:
        return (
            characters[(value - 1) % size] * ((value - 1) // size + 1) if 0 < value <= _MOST_REPEATED else ""
        )

    return make


def _digits(characters: str) -> Format:
    """Digit by digit; ``characters`` are 0 to 9."""
    table = str.maketrans("0123456789", characters)
    return lambda value: str(value).translate(table)


def _counting(
    digits: str, units: str, zero: str, *, tens: str = "short", one: bool = True, group: str = "万"
) -> Format:
    """The counting system 一百零一: ``units`` are ten, hundred, thousand, ``zero`` stands for a gap.

    ``tens``: ``short`` writes 10–19 as 十, 十一; ``full`` as 一十. Without ``one`` one goes before no unit.
    """

    def below(value: int, *, lead: bool) -> str:
        words, gap = "", False
        for power in (3, 2, 1, 0):
            digit = value // 10**power % 10
            if not digit:
                gap = gap or bool(words)
                continue
            if gap or (lead and not words and value < 10**3):
                words += zero
            gap = False
            silent = (
                power
                and digit == 1
                and (not one or (power == 1 and tens == "short" and not words and not lead))
            )
            words += ("" if silent else digits[digit - 1]) + (units[power - 1] if power else "")
            lead = False
        return words

    def make(value: int) -> str:
        if not value:
            return zero
        high, low = divmod(value, 10_000)
        words = below(high, lead=False) + group if high else ""
        return words + (below(low, lead=bool(high)) if low else "")

    return make


def _below_hundred(digits: str, ten: str, zero: str) -> Format:
    """Counting to 99 with 十, from 100 on digit by digit: 一○○ (chineseCounting)."""
    by_digit = _digits(zero + digits)
    small = _counting(digits, ten * 3, zero)
    return lambda value: small(value) if 0 < value < 100 else by_digit(value)


def _roman(value: int) -> str:
    if not 0 < value < 40_000:
        return ""
    words = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        words += sign * count
    return words


def _range(first: str, count: int) -> Format:
    return _set("".join(chr(ord(first) + index) for index in range(count)))


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_THOUSAND = _counting(_CHINESE, "十百千", "零")
_SEXAGENARY = tuple(_STEMS[index % 10] + _BRANCHES[index % 12] for index in range(60))

#: ST_NumberFormat: what it makes of a value; an empty string where it has no sign.
FORMATS: dict[str, Format] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _repeat(_LATIN.upper()),
    "lowerLetter": _repeat(_LATIN),
    "russianUpper": _repeat(_RUSSIAN.upper()),
    "russianLower": _repeat(_RUSSIAN),
    "chicago": _repeat("*†‡§"),
    "none": lambda _: "",
    "chineseCounting": _below_hundred(_CHINESE, "十", "○"),
    "chineseCountingThousand": _THOUSAND,
    "chineseLegalSimplified": _counting(_LEGAL, "拾佰仟", "零", tens="full"),
    "taiwaneseCounting": _below_hundred(_CHINESE, "十", "○"),
    "taiwaneseCountingThousand": _counting(_CHINESE, "十百千", "零", group="萬"),
    "taiwaneseDigital": _digits("○" + _CHINESE),
    "ideographDigital": _digits("〇" + _CHINESE),
    "ideographLegalTraditional": _counting(_LEGAL_OLD, "拾佰仟", "零", tens="full", group="萬"),
    "ideographTraditional": _set(_STEMS),
    "ideographZodiac": _set(_BRANCHES),
    "ideographZodiacTraditional": lambda value: _SEXAGENARY[(value - 1) % 60] if value else "",
    "ideographEnclosedCircle": _range("㈠", 10),
    "japaneseCounting": _counting(_CHINESE, "十百千", "", one=False),
    "japaneseLegal": _counting(_JAPANESE_LEGAL, "拾百阡", "", tens="full", group="萬"),
    "japaneseDigitalTenThousand": _digits("〇" + _CHINESE),
    "koreanDigital": _digits("영" + _KOREAN),
    "koreanDigital2": _digits("零" + _KOREAN_HAN),
    "koreanCounting": _counting(_KOREAN, "십백천", "", one=False, group="만"),
    "decimalEnclosedCircle": _range("①", 20),
    "decimalEnclosedCircleChinese": _range("①", 20),
    "decimalEnclosedFullstop": _range("⒈", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "aiueo": _cycle(_AIUEO_HALF),
    "aiueoFullWidth": _cycle(_AIUEO),
    "irohaFullWidth": _cycle(_IROHA),
    "ganada": _cycle(_GANADA),
    "chosung": _cycle(_CHOSUNG),
}

# Whole numbers; with a year's four digits read one by one.
_WHOLE = pattern(r"(\d{4})(?=年)|\d+(?![\d.,])")


def chinese_digits(shown: str, code: str) -> str:
    """A number or day of a spreadsheet in Chinese digits, as ``[DBNum1]`` and ``[DBNum2]`` (壹拾贰) show it.

    >>> chinese_digits("2024年6月30日", "[DBNum1]yyyy年m月d日"), chinese_digits("12", "[DBNum1]General")
    ('二〇二四年六月三十日', '一十二')
    """
    formal = "[DBNum2]" in code
    if not formal and "[DBNum1]" not in code:
        return shown
    dated = "年" in shown or "月" in shown
    digits = "零壹贰叁肆伍陆柒捌玖" if formal else "〇一二三四五六七八九"

    def written(match: re.Match[str]) -> str:
        if match[1]:
            return match[1].translate(str.maketrans("0123456789", digits))
        if formal:
            return label_of(int(match[0]), "chineseLegalSimplified")
        counted = label_of(int(match[0]), "chineseCountingThousand")
        return counted if dated or not counted.startswith("十") else "一" + counted

    return _WHOLE.sub(written, shown)
