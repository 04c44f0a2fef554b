"""The parts of a file: where a document ends (signature, imprint) and where an annex begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..model import Span
from .days import iso_day
from .line_kinds import ANNEX_LINE, DATE_LINE, DAY, is_signer
from .numerals import chinese_number
from .page import Line, Page, trim, trim_end
from .patterns import pattern

# A day inside a line, in a text without line ends.
_INLINE_DAY = pattern(rf"(?=[\d二〇○零一])(?:{DAY})(?P<public>\s*[(〔](?:此件|本文)[^)〕]{{0,24}}[)〕])?")
# (此件公开发布).
_PUBLIC = pattern(r"\s*[(〔](?:此件|本文|此文)[^)〕]{0,24}[)〕]\s*")
# The body before a day inside a line: …人民政府办公厅2021年4月27日.
_SIGNER_INLINE = pattern(
    r"(?:国务院办公厅|国务院|中共[\u4e00-\u9fff]{2,8}委"
    r"|[\u4e00-\u9fff]{2,12}?(?:省|市|县|区|州|自治区)"
    r"(?:人民政府|[\u4e00-\u9fff]{1,10}(?:厅|局|委员会|委|办))?(?:办公厅|办公室)?)\s*$"
)
# Bodies of the state, which sign without a blank between them: 生态环境部国家能源局2021年4月27日.
_NATIONAL = (
    r"(?:(?:教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|生态环境|环境保护"
    r"|住房(?:和)?城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|应急管理|退役军人事务)部"
    r"|国家(?:发展(?:和)?改革委(?:员会)?|卫生健康委(?:员会)?|[\u4e00-\u9fff]{2,8}?(?:总局|局|署))"
    r"|(?:中国)?人民银行|审计署|海关总署|(?:税务|市场监管|广电|体育)总局|国务院国资委|全国(?:总工会|妇联)|共青团中央)"
)
_NATIONAL_NAME = pattern(_NATIONAL)
_NATIONAL_SIGNERS = pattern(rf"(?:{_NATIONAL}(?:办公厅)?[ \u3000、]*)+$")
# All that stands between a full stop and a day, where line ends were lost: …抓好落实。某市政府2021年4月27日.
_BEHIND_SENTENCE = pattern(r"。[)\s]*([\u4e00-\u9fff、 \u3000]{4,80}?(?:府|厅|室|局|部|委|会|院|署|组))\s*$")
# What follows a day that dates something, not the signature: …市政府2021年4月27日印发的….
_GOES_ON = pattern(
    r"[前起止底至以到,。;、)]|(?:印发|发布|批准|公布|召开|下发|出台|实施|施行|通过|成立|组织|开展|启动|会同|联合|下达|作出"
    r"|修订|废止|发文|第|在|对|与|的)"
)
# The printing office's line: …办公厅 2021年4月28日印发, 抄送:.
_IMPRINT = pattern(r"(?:办公厅|办公室|秘书处|秘书局|综合处)[^。]{0,12}20\d\d年\d+月\d+日印发\s*$|\s*抄送\s*:")
# The list of annexes: 附件:1.任务清单, its further lines 2.….
_ANNEX_LIST = pattern(r"\s*附\s*件\s*:\s*\S")
_ANNEX_ITEM = pattern(r"\s*\d{1,2} ?[.、]")
#: A signature has no more lines of issuers.
_MOST_SIGNERS = 12
#: In a longer line, the last words may be a signature: line ends were lost.
_LONG_LINE = 200
#: Inside a line, who signs stands so near before the day, blanks counted.
_SIGNER_REACH = 240
#: Behind a full stop, in the first characters of such a line, a day signs; letters to all have no more.
_LETTER = 3000
#: What a page may put behind the last line: 字号, 打印.
_CHROME = 6
#: A line's first words that may be one, with the blanks before and behind them.
_LONGEST_SIGNER = 100
#: A date alone on its line, without anybody who signs, counts in these first lines.
_HEAD_LINES = 30


class Signature(NamedTuple):
    """Who signed (several joined by 、), when (ISO), and where it begins."""

    signer: str | None
    day: str | None
    start: int


class Parts(NamedTuple):
    """``breaks``: stretches between a file's documents, in order. ``taken``: all that these rules took."""

    signatures: list[Signature]
    breaks: list[Span]
    taken: list[Span]


def read_parts(page: Page) -> Parts:
    """Signatures, imprints and annex headings of a page."""
    parts = Parts([], [], [])
    for index in range(len(page.lines)):
        _ending(page, index, parts)
    parts.breaks.extend(_annexes(page, sorted(parts.breaks)))
    parts.taken.extend(parts.breaks)
    parts.breaks.sort(key=lambda part: part.start)
    return parts


def _ending(page: Page, index: int, parts: Parts) -> None:
    """Add what of a document's end stands on a line: a date under issuers, an imprint, (此件公开发布)."""
    folded, lines = page.folded, page.lines
    start, end = lines[index]
    dated = DATE_LINE.match(folded, start, end) if folded.find("年", start, end) >= 0 else None
    if dated is not None:
        first = index
        while first > 0 and index - first < _MOST_SIGNERS and is_signer(folded[slice(*lines[first - 1])]):
            first -= 1
        stop = end
        if index + 1 < len(lines) and _PUBLIC.fullmatch(folded, *lines[index + 1]):
            stop = lines[index + 1][1]
        alone = not parts.signatures and index < _HEAD_LINES and end - start < 24
        if first < index or stop > end or alone:
            signer = _signers(page.text, lines[first:index])
            parts.signatures.append(Signature(signer, _iso(dated), lines[first][0]))
            parts.breaks.append(Span(lines[first][0], stop))
    elif end - start <= 120 and _IMPRINT.search(folded, start, end):
        parts.breaks.append(Span(start, end))
    elif _PUBLIC.fullmatch(folded, start, end):
        parts.taken.append(Span(start, end))
    if dated is None and folded.find("日", start, end) >= 0:
        _endings_inside(page, (start, end), parts)


def _signers(text: str, lines: Sequence[Line]) -> str | None:
    """The names of who signed, one or several to a line; a single name may be spaced out (国 务 院)."""
    names: list[str] = []
    for line in lines:
        pieces = text[slice(*line)].split()
        names += ["".join(pieces)] if all(len(piece) <= 2 for piece in pieces) else pieces
    return "、".join(names) or None


def _endings_inside(page: Page, line: Line, parts: Parts) -> None:
    """Signatures inside a line: a day and (此件公开发布) anywhere; at its end a day behind a body, which is
    all of the line, or, where line ends were lost, the last words of it."""
    folded, (start, end) = page.folded, line
    text_end = trim_end(folded, *line)
    for match in _INLINE_DAY.finditer(folded, *line):
        alone = match.start() - start < _LONGEST_SIGNER and is_signer(folded[start : match.start()])
        if alone:
            begin = trim(folded, start, match.start())[0]
        else:
            begin = _inline_signer(folded, start, match.start())
        at_end = begin < match.start() and match.end() == text_end
        if not match["public"] and not (at_end and (alone or end - start > _LONG_LINE)):
            letter = not parts.signatures and _closes_letter(folded, line, match)
            if not letter:
                continue  # a date in the text, no signature
        parts.signatures.append(Signature(_inline_names(page, begin, match.start()), _iso(match), begin))
        parts.breaks.append(Span(begin, match.end()))


def _inline_signer(folded: str, start: int, day: int) -> int:
    """Where the bodies begin that sign before a day inside a line; ``day`` where there are none."""
    lowest = max(start, day - _SIGNER_REACH)
    national = _NATIONAL_SIGNERS.search(folded, lowest, day)
    if national is not None:
        return national.start()
    behind = _BEHIND_SENTENCE.search(folded, lowest, day)
    if behind is not None:
        return behind.start(1)
    organ = _SIGNER_INLINE.search(folded, max(start, day - 40), day)
    return day if organ is None else organ.start()


def _closes_letter(folded: str, line: Line, day: re.Match[str]) -> bool:
    """Whether a day inside a long line signs: bodies before it, behind a sentence or at the line's very end,
    and another document's title behind it, or nothing."""
    start, end = line
    if end - start <= _LONG_LINE or _GOES_ON.match(folded, day.end(), end):
        return False
    lowest = max(start, day.start() - _SIGNER_REACH)
    if day.start() - start < _LETTER and _BEHIND_SENTENCE.search(folded, lowest, day.start()):
        return True
    return end - day.end() <= _CHROME and _NATIONAL_SIGNERS.search(folded, lowest, day.start()) is not None


def _inline_names(page: Page, start: int, end: int) -> str | None:
    """The names of who signed inside a line, joined by 、."""
    words = page.text[start:end].strip()
    if _NATIONAL_SIGNERS.fullmatch(page.folded, start, end):
        found = [page.text[slice(*name.span())] for name in _NATIONAL_NAME.finditer(page.folded, start, end)]
        return "、".join(found) if len(found) > 1 else words
    pieces = words.split()
    spaced = not all(len(piece) > 2 and is_signer(piece) for piece in pieces)
    return words or None if spaced else "、".join(pieces)


def _iso(match: re.Match[str]) -> str | None:
    """The day of the six groups of ``DAY``."""
    figures, numerals = match.groups()[:3], match.groups()[3:6]
    if figures[0]:
        year, month, day = (int(part) for part in figures)
        return iso_day(year, month, day)
    values = [chinese_number(part.replace("○", "〇")) for part in numerals]
    return iso_day(*(value or 0 for value in values)) if all(value is not None for value in values) else None


def _annexes(page: Page, signatures: list[Span]) -> list[Span]:
    """Headings of annexes, and lists of annexes with all their lines."""
    folded, lines = page.folded, page.lines
    found: list[Span] = []
    listing = False
    signed = 0  # end of the last signature that begins before the line at hand
    coming = iter(signatures)
    signature = next(coming, None)
    for index, (start, end) in enumerate(lines):
        while signature is not None and signature.start <= start:
            signed = max(signed, signature.end)
            signature = next(coming, None)
        if listing:
            following = lines[index + 1] if index + 1 < len(lines) else (end, end)
            if _may_be_listed(folded, start, end):
                if start < signed:
                    listing = False
                    continue
                found[-1] = Span(found[-1].start, end)
                listing = any(_ANNEX_ITEM.match(folded, *line) for line in ((start, end), following))
                continue
            listing = False
        if end - start < 24 and ANNEX_LINE.match(folded, start, end):
            found.append(Span(start, end))
        elif end - start < 160 and _ANNEX_LIST.match(folded, start, end):
            found.append(Span(start, end))
            listing = True
    return found


def _may_be_listed(folded: str, start: int, end: int) -> bool:
    """Whether a line may be one of a list of annexes: short, no table, no date and no heading."""
    if end - start >= 60 or folded.startswith("|", start):
        return False
    return not DATE_LINE.match(folded, start, end) and not ANNEX_LINE.match(folded, start, end)
