"""Values: what a filled-in cell means for its column, or why it means nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...model.errors import ClassifiedError
from ...model.progress.classified import refuse_marked_field
from ..text import REPLACEMENT
from .columns import Column, Sort
from .sheets import Cell, Kind

#: A cell of Excel takes no more.
_CELL_CHARACTERS = 32_767
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: What XML or a spreadsheet cannot hold, or what drives a terminal.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Reads as an escape (_x0041_ is A); LibreOffice and openpyxl do not keep such a text, however it is written.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PERCENT = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?)%?")
_DAY = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})([-/.月])([0-9]{1,2})(日?)")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
#: A number in these columns beyond this is no completion rate but a mistyped one.
_MOST_PERCENT = 1000
_NOT_PLAIN = {
    Kind.FORMULA: "是公式（{}），请改成结果（选择性粘贴为数值）",
    Kind.ERROR: "是错误值 {}，请改正",
    Kind.BOOLEAN: "是逻辑值 {}，请改成文字或数",
    Kind.STYLED: "是数 {}，但单元格格式显示成别的样子，请改成文本格式后重填",
}


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says; ``remark`` tells how it was read where that is not plain."""

    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a cell cannot be read, in Chinese; ``classified`` where it bears a mark of secrecy."""

    words: str
    classified: bool = False


def shown(text: str) -> str:
    """A text as a cell of the ledger shows it: what no cell can hold is replaced, ends are trimmed."""
    if "_x" in text:
        text = _ESCAPE.sub("＿", text)
    if text.isascii() and text.isprintable():
        return text.strip()[:_CELL_CHARACTERS].rstrip()
    plain = _UNSEEN.sub(REPLACEMENT, _BREAK.sub("\n", text)).strip()
    while len(plain.encode("utf-16-le")) > 2 * _CELL_CHARACTERS:  # Excel counts UTF-16 units
        plain = plain[: len(plain) - 1000] + "…"
    return plain


def plain(cell: Cell | None) -> str:
    """A cell's text as :func:`shown` makes it, to be compared with what was exported."""
    return "" if cell is None else shown(cell.text)


def percent(text: str) -> str:
    """A percentage in one form only: 60, 33.3."""
    value = Decimal(text)
    told = f"{value:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def meaning(column: Column, cell: Cell) -> Value | Unfit:
    """What a cell that was filled in says."""
    try:
        refuse_marked_field(cell.text, column.head)
    except ClassifiedError:
        return Unfit("标有密级（秘密、机密、绝密），全部内容不予保存；涉密材料请线下报送", classified=True)
    if cell.kind in _NOT_PLAIN:
        return Unfit(_NOT_PLAIN[cell.kind].format(_quoted(cell.text)))
    if found := _UNSEEN.search(cell.text) or _DIRECTIONS.search(cell.text):
        return Unfit(f"含有看不见的控制字符（U+{ord(found[0]):04X}），请删去后重填")
    match column.sort:
        case Sort.PERCENT:
            return _percent(cell)
        case Sort.DAY:
            return _day(cell)
        case Sort.CHOICE:
            return _choice(column, cell)
        case Sort.TEXT:
            return _text(column, cell)


def _text(column: Column, cell: Cell) -> Value | Unfit:
    text = shown(cell.text)
    if cell.kind is Kind.DAY:
        if column.part == "plan" or "T" in text:
            return Unfit(f"是日期 {text}，不是文字；Excel 把填的内容转成了日期，请改成文本格式后重填")
        return Value(text, f"是日期，按 {text} 读")
    if cell.kind is Kind.SHARE:
        return Value(f"{text}%", f"是百分比，按 {text}% 读")
    if len(text) > column.most:
        return Unfit(f"有 {len(text)} 字，至多 {column.most} 字，请精简")
    if text.startswith(("=", "＝")):
        return Unfit("以 = 开头，像是没有算出结果的公式，请写结果")
    if text.startswith(("+", "-", "@", "＋", "－", "＠")):
        return Value(text, f"以 {text[0]} 开头，按文字读")
    return Value(text)


def _percent(cell: Cell) -> Value | Unfit:
    folded = "".join(unicodedata.normalize("NFKC", cell.text).split())
    if cell.kind is Kind.DAY:
        return Unfit(f"是日期 {cell.text}，不是完成比例；请改成常规格式后重填，如 60")
    if cell.kind is Kind.NUMBER and 0 < Decimal(folded) < 1:
        return Unfit(
            f"是 {folded}：是 {percent(str(Decimal(folded) * 100))}% 还是 {folded}%？请写成 60 的样子"
        )
    match = _PERCENT.fullmatch(folded)
    if match is None:
        return Unfit(f"“{_quoted(cell.text)}”不是完成比例，请写成 60 的样子")
    value = percent(match[1])
    if Decimal(value) > _MOST_PERCENT:
        return Unfit(f"{value}% 过大，请核对")
    if cell.kind is Kind.SHARE:
        return Value(value)
    return Value(value, "" if folded == cell.text.strip() else f"“{_quoted(cell.text)}”按 {value} 读")


def _day(cell: Cell) -> Value | Unfit:
    if cell.kind is Kind.DAY:
        told, _, time = cell.text.partition("T")
        return _checked_day(told, f"带有时间，按 {told} 读" if time else "")
    folded = "".join(unicodedata.normalize("NFKC", cell.text).split())
    match = _DAY.fullmatch(folded)
    if match and (match[2], match[4], match[6]) in {
        ("-", "-", ""),
        ("/", "/", ""),
        (".", ".", ""),
        ("年", "月", "日"),
    }:
        told = f"{match[1]}-{int(match[3]):02}-{int(match[5]):02}"
        return _checked_day(told, "" if told == cell.text.strip() else f"“{_quoted(cell.text)}”按 {told} 读")
    if digits := _DIGITS.fullmatch(folded):
        told = "-".join(digits.groups())
        return _checked_day(told, f"“{folded}”按 {told} 读")
    return Unfit(f"“{_quoted(cell.text)}”不是日期，请写成 2021-06-30 的样子")


def _checked_day(told: str, remark: str) -> Value | Unfit:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return Unfit(f"“{told}”不是日期，日历上没有这一天")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return Unfit(f"{told} 的年份不对，请核对")
    return Value(told, remark)


def _choice(column: Column, cell: Cell) -> Value | Unfit:
    text = "".join(cell.text.split())
    if text in column.choices:
        return Value(text)
    return Unfit(f"不能是“{_quoted(cell.text)}”，可选 {'、'.join(column.choices)}")


def _quoted(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40]}…"
