"""Front matter and the parts of a file: title, document number, addressees, signature, annexes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ..model import Span
from .outline import Break
from .parties import ends_as_unit, looks_like_party

_DAY = r"(?:(20\d\d|19\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日|([二〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日)"
_DATE_LINE = re.compile(rf"\s*{_DAY}\s*$")
_SIGNER_LINE = re.compile(r"\s*[(]?[\u4e00-\u9fff、 〔〕()·“”]{2,50}[)]?\s*$")
_PUBLIC = re.compile(r"\s*[(〔](?:此件|本文|此文)[^)〕]{0,24}[)〕]\s*")
_INLINE_DAY = re.compile(rf"(?=[\d二〇○零一])(?:{_DAY})(?P<public>\s*[(〔](?:此件|本文)[^)〕]{{0,24}}[)〕])?")
_ANNEX_LINE = re.compile(r"\s*附\s*[件表录]\s*[\d一二三四五六七八九十]*\s*:?\s*$")
_ANNEX_LIST = re.compile(r"\s*附\s*件\s*:\s*\S")
_IMPRINT = re.compile(
    r"(?:办公厅|办公室|秘书处|秘书局|综合处)[^。]{0,12}20\d\d年\d+月\d+日印发\s*$|\s*抄送\s*:"
)
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2,30})(?:[〔\[【(]|〔〔) ?(20\d\d|19\d\d) ?[〕\]】)] ?(?:第 ?)?(\d{1,5}) ?号"
)
_NUMBER_CUT = re.compile(
    r"通知|意见|方案|办法|措施|计划|决定|规划|公告|通报|文件|条例|规定|要点|细则|清单|根据|按照|贯彻|落实|执行|转发|日|以|的|年"
    r"|人民政府|市政府|省政府|委员会"
)
_KIND = r"(?:通知|意见|方案|办法|通报|决定|措施|计划|规划|要点|清单|细则|举措|公告|函|规定|政策|分工|若干意见|批复|指标体系|体系|名单|目标管理|工作)"
_TITLE_END = re.compile(rf"{_KIND}(?:》)?(?:的(?:通知|函|意见))?(?:\([^)]*\))?$")
_ENDS_AS_NOTICE = re.compile(r"(?:的|^)(?:通知|函|意见)$")
_ABOUT = re.compile(r"关于|印发|转发|推广|表彰|授予")
_META = re.compile(
    r"\s*[\[【]?(?:#+ ?政策(?:标题|频道|时间|描述|内容)|索引号|文号|发文字号|文件编号|统一编号|发布机构|发文机[构关]|发布单位|成文日期|生成日期"
    r"|发布日期|发布时间|主题分类|组配分类|分类|有效性|标题|信息来源|来源|浏览次数|日期|时间 |字体|字号|文件登记号|实施日期|废止日期|联合发文单位"
    r"|文件来源|主题词|体裁分类|服务对象|当前位置|公开方式|公开目录|关键词|效力状态|名称)[\]】]? ?[:\]】]? ?"
)
_META_FIELD = re.compile(
    r"(?P<number>文号|发文字号|文件编号)[\]】]?\s*:?\s*(?P<value>[\u4e00-\u9fff]{2,12}[〔\[(]20\d\d[〕\])]\d+号)"
    r"|(?P<day>成文日期|生成日期|政策时间|发布日期|日期)[\]】]?\s*:?\s*(?P<date>20\d\d ?- ?\d{1,2} ?- ?\d{1,2})"
    r"|(?P<organ>发布机构|发文机[构关])[\]】]?\s*:?\s*(?P<name>[\u4e00-\u9fff]{2,30}(?:厅|府|室|局|委|部|院|会))"
)
_BODY_START = re.compile(r"\s*(?:为(?!了?民)|根据|按照|近年来|各地|现将|经)|[^。]{0,200}。")
_ITEM_START = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,3}[.、]|第[一二三四五六七八九十]+[条章]|[①-⑳])"
)


@dataclass(slots=True)
class Front:
    """What stands around the items: all optional, each with the span that was read."""

    title: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    addressees: tuple[str, ...] = ()
    breaks: list[Break] = field(default_factory=list)
    #: Stretches that a rule of this module took: title, number, addressees, signatures, metadata.
    taken: list[Span] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)


def read_front(text: str, folded: str, lines: Sequence[tuple[int, int]]) -> Front:
    """Front matter of a file. ``lines`` are ``(start, end)`` of the lines that are not empty."""
    front = Front()
    _metadata(front, folded, lines)
    signatures = _signatures(front, text, folded, lines)
    _annexes(front, folded, lines)
    front.breaks.sort(key=lambda part: part.start)
    address = _addressees(front, text, folded, lines)
    _title(front, text, folded, lines, address)
    _number(front, text, folded, lines)
    if signatures:
        front.issuer, front.issued_on = signatures[0]
    if front.issued_on is None:
        front.issued_on = front.metadata.get("date")
    front.issuer = _issuer_of_title(front.title) or front.issuer or front.metadata.get("organ")
    return front


def _metadata(front: Front, folded: str, lines: Sequence[tuple[int, int]]) -> None:
    head = lines[:60]
    for index, (start, end) in enumerate(head):
        key = _META.match(folded, start, end)
        if key is None:
            continue
        if key.end() == end and index + 1 < len(head) and not _META.match(folded, *head[index + 1]):
            if head[index + 1][1] - head[index + 1][0] > 80:
                front.taken.append(Span(start, end))
                continue
            end = head[index + 1][1]  # the value stands on the next line
        front.taken.append(Span(start, end))
        for match in _META_FIELD.finditer(folded, start, end):
            if match["number"]:
                front.metadata.setdefault("number", match["value"])
            elif match["day"] and (match["day"] != "日期" or "date" not in front.metadata):
                year, month, day = (int(part) for part in match["date"].split("-"))
                if (iso := _iso(year, month, day)) and (
                    match["day"] != "发布日期" or "date" not in front.metadata
                ):
                    front.metadata["date"] = iso
            elif match["organ"]:
                front.metadata.setdefault("organ", match["name"])


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _day_of(match: re.Match[str], first: int = 1) -> str | None:
    from .numerals import chinese_number

    groups = match.groups()[first - 1 : first + 5]
    if groups[0]:
        return _iso(int(groups[0]), int(groups[1]), int(groups[2]))
    if groups[3]:
        parts = [chinese_number(part.replace("○", "〇")) for part in groups[3:6]]
        if all(part is not None for part in parts):
            return _iso(*(part or 0 for part in parts))
    return None


def _signatures(
    front: Front, text: str, folded: str, lines: Sequence[tuple[int, int]]
) -> list[tuple[str | None, str | None]]:
    """Signature blocks: lines of issuers, a line with a date, perhaps (此件公开发布). Each ends a part."""
    found: list[tuple[str | None, str | None]] = []
    for index, (start, end) in enumerate(lines):
        if "年" in folded[start:end] and (match := _DATE_LINE.match(folded, start, end)):
            first = index
            while first > 0 and index - first < 12 and _signs(folded, *lines[first - 1]):
                first -= 1
            stop = end
            if index + 1 < len(lines) and _PUBLIC.fullmatch(folded, *lines[index + 1]):
                stop = lines[index + 1][1]
            signer = text[slice(*lines[first])].strip() if first < index else None
            if first < index or stop > end:
                found.append((signer, _day_of(match)))
                front.breaks.append(Break(lines[first][0], stop))
                front.taken.append(Span(lines[first][0], stop))
        elif end - start <= 120 and _IMPRINT.search(folded, start, end):
            front.breaks.append(Break(start, end))
            front.taken.append(Span(start, end))
        elif _PUBLIC.fullmatch(folded, start, end):
            front.taken.append(Span(start, end))
        if end - start > 200:
            found.extend(_inline_signatures(front, text, folded, start, end))
    return found


def _signs(folded: str, start: int, end: int) -> bool:
    line = folded[start:end]
    return (
        _SIGNER_LINE.fullmatch(line) is not None
        and _ITEM_START.match(line) is None
        and not _TITLE_END.search(line.strip())
        and re.search(
            r"(?:府|厅|室|局|部|委|会|组|院|署|办|中心|办公|公章|代章|公司|处|行|社|团)[)]?\s*$", line
        )
        is not None
    )


def _inline_signatures(
    front: Front, text: str, folded: str, start: int, end: int
) -> list[tuple[str | None, str | None]]:
    found: list[tuple[str | None, str | None]] = []
    for match in _INLINE_DAY.finditer(folded, start, end):
        organ = _LAST_ORGAN.search(folded, max(start, match.start() - 40), match.start())
        if not match["public"] and (organ is None or folded[match.end() : end].strip()):
            continue  # a date in the text, no signature
        begin = match.start() if organ is None else organ.start()
        found.append((None if organ is None else text[begin : match.start()].strip(), _day_of(match)))
        front.breaks.append(Break(begin, match.end()))
        front.taken.append(Span(begin, match.end()))
    return found


_LAST_ORGAN = re.compile(
    r"(?:国务院办公厅|国务院|中共[\u4e00-\u9fff]{2,8}委|[\u4e00-\u9fff]{2,12}?(?:省|市|县|区|州|自治区)(?:人民政府|[\u4e00-\u9fff]{1,10}(?:厅|局|委员会|委|办))?(?:办公厅|办公室)?)\s*$"
)


def _annexes(front: Front, folded: str, lines: Sequence[tuple[int, int]]) -> None:
    listing = False
    signatures = iter(sorted((part.start, part.end) for part in front.breaks))
    signature = next(signatures, None)
    signed = 0  # end of the signature block that was last reached
    for index, (start, end) in enumerate(lines):
        while signature is not None and signature[0] <= start:
            signed = max(signed, signature[1])
            signature = next(signatures, None)
        if listing:
            short = end - start < 60 and not folded.startswith(("|",), start)
            if (
                short
                and not _DATE_LINE.match(folded, start, end)
                and not _ANNEX_LINE.match(folded, start, end)
            ):
                if start < signed:
                    listing = False
                    continue
                front.breaks[-1].end = end
                front.taken.append(Span(start, end))
                following = lines[index + 1] if index + 1 < len(lines) else (end, end)
                listing = any(_ANNEX_ITEM.match(folded, *line) for line in ((start, end), following))
                continue
            listing = False
        if end - start < 24 and _ANNEX_LINE.match(folded, start, end):
            front.breaks.append(Break(start, end))
            front.taken.append(Span(start, end))
        elif end - start < 160 and _ANNEX_LIST.match(folded, start, end):
            front.breaks.append(Break(start, end))
            front.taken.append(Span(start, end))
            listing = True


_ANNEX_ITEM = re.compile(r"\s*\d{1,2} ?[.、]")
_ADDRESS_LINE = re.compile(r"\s*[^。;:|#]{3,400}[:：]\s*$")
_ADDRESS_WORDS = re.compile(
    r"各[\u4e00-\u9fff(（]{0,12}(?:人民政府|政府|委员会|部门|单位|机构|管委会|厅|局|成员|区县|高校|会议)|人民政府|各直属|委、办、局|各[\u4e00-\u9fff]{0,12}(?:领导小组|指挥部|联席会议)|有关(?:单位|部门):"
)
_ADDRESS_INLINE = re.compile(
    r"(?:通知|意见|方案|办法|通报|决定|措施|号|\s|(?<![^\r\n]))(?P<list>(?:各|省|市|县|国务院|自治区)[^。;:“《]{4,200}?(?:部门|单位|机构|政府|厅局|局|委|办|会|会议)(?:\([^)]*\))?):"
)


def _addressees(front: Front, text: str, folded: str, lines: Sequence[tuple[int, int]]) -> int | None:
    """Finds 主送机关; returns where they stand."""
    for start, end in lines[:60]:
        if (
            end - start <= 400
            and _ADDRESS_LINE.match(folded, start, end)
            and not _META.match(folded, start, end)
        ):
            if _ITEM_START.match(folded, start, end) or not _ADDRESS_WORDS.search(folded, start, end):
                continue
            stop = folded.rindex(":", start, end)
            front.addressees = _split_names(text, folded, start, stop)
            front.taken.append(Span(start, end))
            return start
        if end - start > 200:
            match = _ADDRESS_INLINE.search(folded, start, min(end, start + 900))
            if match and _ADDRESS_WORDS.search(match["list"]):
                front.addressees = _split_names(text, folded, match.start("list"), match.end("list"))
                return match.start("list")
    return None


_NAME_SEPARATOR = re.compile(r"[(\[〔][^)\]〕]*[)\]〕]|([、,;])")


def _split_names(text: str, folded: str, start: int, end: int) -> tuple[str, ...]:
    """Cut a list of addressees; 各省、自治区、直辖市人民政府 stays one."""
    names: list[str] = []
    for match in _NAME_SEPARATOR.finditer(folded, start, end):
        if not match[1]:
            continue
        if match[1] == "、":
            left = folded[start : match.start()].strip()
            following = _NEXT_NAME.match(folded, match.end(), end)
            right = following.group().strip() if following else ""
            if not (ends_as_unit(left) and len(right) >= 4 and looks_like_party(right)):
                continue
            if _ONE_LEVEL.search(left) and folded[match.end()] in "县区市州旗":  # 各市、县人民政府 is one
                continue
        names.append(text[start : match.start()].strip())
        start = match.end()
    names.append(text[start:end].strip())
    return tuple(name for name in names if name)


_ONE_LEVEL = re.compile(r"各[市县区州盟]$")
_NEXT_NAME = re.compile(r"[^、,;]*")


def _title(
    front: Front, text: str, folded: str, lines: Sequence[tuple[int, int]], address: int | None
) -> None:
    """The notice's own title stands before the addressees; where that is lost, the attached document's serves."""
    limit = address if address is not None else len(folded)
    head = [line for line in lines[:40] if line[1] <= limit]
    title = _gather_title(front, text, folded, head)
    if title is None and address is not None:
        line = next((line for line in lines if line[0] <= address < line[1]), None)
        if line is not None and line[0] < address:
            title = _clean_title(text[line[0] : address])
    starts = [start for start, _ in lines]
    attached: str | None = None
    reached = 0
    for part in front.breaks:  # the titles of attached documents are title, too
        if part.end < reached:
            continue
        first = bisect_left(starts, part.end)
        found = _document_title(front, text, folded, lines[first : first + 8])
        attached = attached or found
        reached = part.end
    if title is None:
        title = attached
    if title is None and address is None:
        title = _document_title(front, text, folded, lines[:8])
    front.title = title


def _gather_title(front: Front, text: str, folded: str, lines: Sequence[tuple[int, int]]) -> str | None:
    for index, (start, end) in enumerate(lines):
        line = folded[start:end].strip()
        if not line or _META.match(line) or not _ABOUT.search(line) or len(line) > 160 or "。" in line:
            continue
        first, last = index, index
        joined = line
        while not _TITLE_END.search(_bare(joined)) and last + 1 < len(lines) and last - index < 4:
            last += 1
            joined += folded[slice(*lines[last])].strip()
        if not _TITLE_END.search(_bare(joined)):
            continue
        if "印发" in joined and not _ENDS_AS_NOTICE.search(joined) and last + 1 < len(lines):
            further = folded[slice(*lines[last + 1])].strip()
            if len(further) <= 40 and _ENDS_AS_NOTICE.search(further):  # the document's name, then its 的通知
                last += 1
        while first > 0 and line.startswith(("关于", "印发")) and _signs(folded, *lines[first - 1]):
            first -= 1
            line = folded[slice(*lines[first])].strip()
        for part in lines[first : last + 1]:
            front.taken.append(Span(*part))
        return _clean_title("".join(text[slice(*part)].strip() for part in lines[first : last + 1]))
    return None


def _bare(title: str) -> str:
    return _without_number(title).strip('《》"“” ')


def _without_number(title: str) -> str:
    """The title without a document number glued to its end."""
    tail = None
    for tail in _NUMBER.finditer(title):
        pass
    if tail is None or tail.end() < len(title) - 1:
        return title
    cut = [found.end() for found in _NUMBER_CUT.finditer(tail.group(1))]
    return title[: tail.start() + (cut[-1] if cut else 0)].rstrip("(（")


def _clean_title(title: str) -> str | None:
    title = re.sub(r"^\[[^\]]{1,6}\]", "", title.strip())
    number = _NUMBER.match(title)
    if number is not None:
        title = title[number.end() :]
    if title.startswith("《") and title.endswith("》"):
        title = title[1:-1]
    return _without_number(title).strip() or None


def _document_title(front: Front, text: str, folded: str, lines: Sequence[tuple[int, int]]) -> str | None:
    """Short lines before the first sentence or item: the title of a document set in several lines."""
    taken: list[tuple[int, int]] = []
    for start, end in lines:
        line = folded[start:end].strip()
        if not line:
            continue
        if len(line) > 60 or "|" in line or _BODY_START.match(line) or _ITEM_START.match(line):
            break
        if _META.match(line) or _ANNEX_LINE.match(line) or _DATE_LINE.match(line) or line.endswith(":"):
            break
        taken.append((start, end))
        if len(taken) > 4:
            return None
    if not taken or not any(re.search(_KIND, folded[start:end]) for start, end in taken):
        return None
    front.taken.extend(Span(*line) for line in taken)
    return _clean_title("".join(text[start:end].strip() for start, end in taken))


def _number(front: Front, text: str, folded: str, lines: Sequence[tuple[int, int]]) -> None:
    """The notice's own 文号: on a line of its own, else glued to the title; never one it refers to."""
    for start, end in lines[:40]:
        match = _NUMBER.search(folded, start, min(end, start + 400))
        if match is None:
            continue
        alone = folded[start:end].strip(" ()〔〕") == match.group().strip()
        prefix = match.group(1)
        cut = [found.end() for found in _NUMBER_CUT.finditer(prefix)]
        begin = match.start() + (cut[-1] if cut else 0)
        if alone or _glued(folded, start, begin, match):
            front.document_number = re.sub(r"\s", "", text[begin : match.end()])
            if alone:
                front.taken.append(Span(start, end))
            return
    front.document_number = front.metadata.get("number")


def _glued(folded: str, start: int, begin: int, match: re.Match[str]) -> bool:
    before = folded[start:begin]
    opened = before.count("《") > before.count("》") or before.rstrip().endswith(("(", "〔"))
    return (
        match.end() - begin <= 24
        and begin - start <= 160
        and not opened
        and (
            before == ""
            or before.rstrip().endswith(("通知", "意见", "文件", "方案", "通报", "决定", "办法", "日", "》"))
            or "市人民政府" in before
        )
        and "。" not in before
    )


def _issuer_of_title(title: str | None) -> str | None:
    if not title:
        return None
    match = re.match(r"([\u4e00-\u9fff]{2,40}?)(?:关于|印发|转发)", title)
    return match[1] if match and re.search(r"(?:府|厅|室|局|部|委|会|院|署|办|组)$", match[1]) else None
