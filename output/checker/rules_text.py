"""Rules of words: what clause 9 takes from GB 3100, GB/T 15834 and GB/T 15835."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .catalogue import Fault, Strength, Verdict, rule
from .reading import Document, Paragraph
from .roles import Roles

_HAN = "\u4e00-\u9fff"
#: Half-width points between or behind Chinese characters; a full stop in 1. or 3.5 is none.
_HALF = re.compile(
    rf"(?<=[{_HAN}”》）])[,;:?!](?=[{_HAN}“《（\s]|$)|(?<=[{_HAN}])\((?=[{_HAN}])|(?<=[{_HAN}])\)"
)
_STRAIGHT = re.compile(rf'["\'](?=[{_HAN}])|(?<=[{_HAN}])["\']')
_DOUBLED = re.compile(r"[，。；：、！？]{2,}|，。|。，|、，")
_CHINESE_DATE = re.compile(
    r"[二一][〇○零O]?[〇○零一二三四五六七八九O]{2,3}年(?:[一二三四五六七八九十]{1,3}月)?(?:[一二三四五六七八九十]{1,3}日)?"
)
_SHORT_YEAR = re.compile(r"(?<![\d〔（(])(?:'|’)?\d{2}年(?=\d{1,2}月)")
_UNITS = re.compile(
    r"(?<=\d)\s*(KM|Km|KG|Kg|CM|Cm|MM|Mw|mw|KW|Kw|kw|KWH|Kwh|kwh|M2|m2|M3|m3|公分|公尺)(?![A-Za-z])"
)
_RIGHT_UNIT = {
    "km": "km", "kg": "kg", "cm": "cm", "mm": "mm", "mw": "MW", "kw": "kW",
    "kwh": "kW·h", "m2": "m²", "m3": "m³", "公分": "厘米", "公尺": "米",
}  # fmt: skip
_RANGE = re.compile(rf"(?<=\d)-(?=\d+(?:\.\d+)?[{_HAN}%])")
_BRACKETED_YEAR = re.compile(rf"[{_HAN}][\[［(（【]\s*20\d\d\s*[\]］)）】]\s*第?\d+号")


def _texts(document: Document, roles: Roles) -> Iterator[Paragraph]:
    """The paragraphs whose wording counts: everything but the 版头."""
    front = {p.index for p in (roles.copy_number, roles.number, roles.secrecy) if p is not None}
    return (p for p in document.written if p.index not in front)


def _found(document: Document, roles: Roles, form: re.Pattern[str], expected: str) -> list[Fault]:
    faults = []
    for paragraph in _texts(document, roles):
        match = form.search(paragraph.text)
        if match is not None:
            start = max(0, match.start() - 4)
            faults.append(Fault(paragraph.where, paragraph.text[start : match.end() + 4].strip(), expected))
    return faults


@rule("9a", Strength.MUST, "汉字之间用全角标点（GB/T 15834）", "把半角的 , ; : ? ! ( ) 改为全角")
def full_width_points(document: Document, roles: Roles) -> Verdict:
    return _found(document, roles, _HALF, "全角标点")


@rule("9b", Strength.MUST, "引号用“”‘’（GB/T 15834）", "把直引号改为弯引号")
def curved_quotes(document: Document, roles: Roles) -> Verdict:
    return _found(document, roles, _STRAIGHT, "“”")


@rule("9c", Strength.MUST, "标点不重叠（GB/T 15834）", "删去多余的标点")
def no_doubled_points(document: Document, roles: Roles) -> Verdict:
    return _found(document, roles, _DOUBLED, "一个标点")


@rule("9d", Strength.MUST, "公历年月日用阿拉伯数字（GB/T 15835）", "如：2026年1月5日")
def arabic_dates(document: Document, roles: Roles) -> Verdict:
    return _found(document, roles, _CHINESE_DATE, "阿拉伯数字")


@rule("9e", Strength.MUST, "年份不简写（GB/T 15835）", "写四位年份")
def whole_years(document: Document, roles: Roles) -> Verdict:
    return _found(document, roles, _SHORT_YEAR, "四位年份")


@rule("9f", Strength.MUST, "计量单位用法定单位和规定的大小写（GB 3100）", "改正单位符号")
def units(document: Document, roles: Roles) -> Verdict:
    faults = []
    for paragraph in _texts(document, roles):
        match = _UNITS.search(paragraph.text)
        if match is not None:
            faults.append(Fault(paragraph.where, match[1], _RIGHT_UNIT[match[1].lower()]))
    return faults


@rule("9g", Strength.MUST, "数值范围用一字线或浪纹线（GB/T 15834）", "把 - 改为 — 或 ～")
def ranges(document: Document, roles: Roles) -> Verdict:
    return _found(document, roles, _RANGE, "—或～")


@rule("9h", Strength.MUST, "引用的发文字号用六角括号〔〕", "改为〔〕，不加“第”字")
def quoted_numbers(document: Document, roles: Roles) -> Verdict:
    return _found(document, roles, _BRACKETED_YEAR, "〔〕")
