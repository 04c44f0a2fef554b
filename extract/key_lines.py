"""Clauses without brackets: ``牵头单位:…`` and ``责任单位:…`` on lines of their own or behind a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import LONGEST, Clause, moved
from .lexer import TIME_KEY
from .line_kinds import DAY
from .names import LONGEST_NAME, looks_like_party
from .parties import Reading, read_parties
from .patterns import pattern
from .tokens import BLANK, KEY, KINDS, MARKER, NEWLINE, Tokens

#: A number before a name in a list: 1.省财政厅 (2)省税务局 ③省司法厅.
_NUMBERED = r"\d{1,2}[.、)]|\([\d一二三四五六七八九十]{1,2}\)|[①-⑳]"
_NUMBER = pattern(_NUMBERED)
# Line ends between names, with the next name's number perhaps.
_BETWEEN_LINES = pattern(rf"[\r\n]+\s*(?:{_NUMBERED})?")
# A key of time behind a list of names: 责任单位:甲 完成时限:年底前.
_TIME_BEHIND = pattern(TIME_KEY)
# A further line of names below a list of names, and a date line, which tells that they sign.
_NAMES_BELOW = pattern(r"(?:\r\n|\r|\n)[ \t]*([^\r\n]{2,120})")
_DATED_BELOW = pattern(rf"(?:\r\n|\r|\n)\s*{DAY}\s*(?:$|[\r\n])")
# A line that says when, between two lines that say who.
_TIME_LINE = pattern(rf"{TIME_KEY}[^\r\n]*")


def line_clauses(folded: str, tokens: Tokens, taken: Sequence[Clause]) -> list[Clause]:
    """The clauses made of key lines, in order; ``taken`` are those in brackets, whose keys are their own.

    Keys that follow each other, also over blank lines and a 完成时限 line, are one clause from the first key
    to the end of the last list of names. Linear.
    """
    found: list[Clause] = []
    inside = iter(taken)
    current = next(inside, None)
    run: list[tuple[int, int]] = []  # start of the key and end of its list, for each key of the clause so far
    for index, code in enumerate(tokens.codes):
        if KINDS[code] != KEY:
            continue
        token = tokens[index]
        while current is not None and current.end <= token.start:
            current = next(inside, None)
        if current is not None and current.start <= token.start:
            continue
        if not _begins_statement(folded, tokens, index):
            continue
        end = _list_end(folded, tokens, index)
        if run and not (token.start < run[-1][1] or _only_filler(folded, run[-1][1], token.start)):
            found.extend(_from_run(folded, run))
            run = []
        if not run or token.start >= run[-1][1]:
            run.append((token.start, end))
    found.extend(_from_run(folded, run))
    return found


def _begins_statement(folded: str, tokens: Tokens, index: int) -> bool:
    if folded[tokens[index].start] in "【〔[":
        return True
    before = index - 1
    while before >= 0 and tokens[before].kind == BLANK:
        before -= 1
    if before < 0 or tokens[before].kind in (NEWLINE, MARKER):
        return True
    last = folded[tokens[before].end - 1]
    return before < index - 1 or not ("\u4e00" <= last <= "\u9fff" or last.isalpha())


def _list_end(folded: str, tokens: Tokens, index: int) -> int:
    """Where the list of names of a key ends: at a full stop, an item marker or the line's end."""
    names_start = position = tokens[index].end
    last = ""  # the last character of the list so far that is not blank
    for following in range(index + 1, len(tokens)):
        kind, start, end = tokens[following]
        if kind == KEY or (kind == MARKER and folded[start] != "("):
            break
        if kind == NEWLINE:
            if last and last not in "、," and not _names_below(folded, start):
                break
            continue
        time_key = _TIME_BEHIND.search(folded, start, end)
        if time_key is not None:
            position = max(position, time_key.start())
            break
        stop = folded.find("。", start, end)
        if stop >= 0:
            position = stop
            break
        if kind != BLANK:
            position = end
            last = folded[start:end].rstrip()[-1:] or last
    while position > names_start and folded[position - 1] in " \t;,、":
        position -= 1
    return position


def _names_below(folded: str, line_end: int) -> bool:
    """Whether the next line goes on with the list: names only, and not those of who signs."""
    line = _NAMES_BELOW.match(folded, line_end)
    if line is None or _DATED_BELOW.match(folded, line.end()):
        return False
    reading = read_parties(line[1].strip())
    return (
        reading.plausible and not reading.keyed and not reading.verbal and line[1].strip()[-1] not in "。:;"
    )


def _only_filler(folded: str, start: int, end: int) -> bool:
    if end - start > 200:
        return False
    between = _NUMBER.sub("", _TIME_LINE.sub("", folded[start:end]))
    return not between.strip(" \t\r\n;,。、|")


def _is_list(content: str, reading: Reading) -> bool:
    """Whether the names are those of a list: short, and most of them look like units."""
    names = [content[named.start : named.end] for named in reading.parties]
    likely = sum(looks_like_party(name) for name in names)
    return bool(names) and 2 * likely > len(names) and all(len(name) <= LONGEST_NAME for name in names)


def _from_run(folded: str, run: Sequence[tuple[int, int]]) -> list[Clause]:
    if not run or any(end - start > LONGEST for start, end in run):
        return []
    start, end = run[0][0], run[-1][1]
    # What stands between names and lists parts them, as 、 does; same length, so that positions stay.
    pieces: list[str] = []
    reached = start
    for list_start, list_end in run:
        pieces.append("、" * (list_start - reached))
        pieces.append(_BETWEEN_LINES.sub(lambda match: "、" * len(match[0]), folded[list_start:list_end]))
        reached = list_end
    reading = read_parties("".join(pieces))
    if not reading.keyed or not _is_list(folded[start:end], reading):
        return []
    return [Clause(start, end, moved(reading, start), "lines")]
