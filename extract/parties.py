"""Parties: reads the inside of a responsibility clause and tells who answers, and as what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..model import PartyKind, Role
from .lexer import BOXED_KEY, ROLE_KEY


class Named(NamedTuple):
    """A party inside a clause: positions relative to the clause's content."""

    start: int
    end: int
    role: Role
    kind: PartyKind


class Reading(NamedTuple):
    """What the content of a possible clause says.

    ``keyed``: a role key (责任单位:) stands in it; ``verbal``: a role verb (牵头, 负责) closes a list.
    """

    parties: tuple[Named, ...]
    keyed: bool
    verbal: bool
    #: Every name looks like the name of a unit or group.
    plausible: bool


_NEST = r"[(\[〔〈<][^()\[\]〔〕〈〉<>]*(?:[(\[〔〈<][^()\[\]〔〕〈〉<>]*[)\]〕〉>][^()\[\]〔〕〈〉<>]*)*[)\]〕〉>]"
_STOP = r"(?=[、,;。:)\]〕\s]|$|会同|等|和|与|并)"
_VERB = (
    r"(?:(?:按照?|根据|依据?|依照)(?:各自|部门|自身|相关|有关|工作)?的?(?:职责|职能|职权|责任|分工|任务|权限|规定)+"
    r"(?:和?(?:任务|职责)?分工|范围)?(?:抓好|做好|分别|共同|各自|具体|组织|分工)*"
    r"(?:负责|落实|实施|推进|配合|抓落实|承担|执行|办理)?(?:落实|组织实施|实施|推进)?"
    r"|(?:共同|分别|具体|联合|总)?牵头(?:负责|落实|组织|实施|推进|抓总|办理|协调|抓好)*"
    r"|(?:共同|分别|分工|具体|统筹|组织|主要|统一|联合|抓好)*(?:负责|抓落实)(?:落实|组织实施|实施|推进|指导)?"
    r"|(?:积极|协同|密切|协助|做好|共同)*配合(?:落实|实施|做好|推进)?"
    r"|(?:共同|协同|积极)?参与(?:落实|实施)?|协助|协办|主办|承办|(?:共同|分别)?(?:组织实施|落实|承担))"
)
_PART = re.compile(
    rf"(?P<boxkey>{BOXED_KEY})"
    rf"|(?P<nest>{_NEST})"
    r"|(?P<whole>各(?:设区)?[市区县州盟旗](?:、(?:自治)?[县区市旗州])+)"
    rf"|(?P<key>{ROLE_KEY}|(?:(?<=[,;。\s])|^)(?:牵头|配合|责任|参与|协办|主办)(?:责任)?(?:单位|部门) ?(?=[^按要应须、,;。)负]))"
    r"|(?P<note>(?:以下|下同|列在?(?:第一|首)|排(?:名|序|列)?在?(?:第一|首)|首位(?:单位|部门)?为"
    r"|第一[个位]?(?:责任)?(?:单位|部门)为|分别负责)[^;)]*)"
    r"|(?P<time>(?:完成|办结|工作|整改|推进|时间)*(?:时限|期限|时间|进度)(?:要求|安排)? ?:[^;。)]*)"
    rf"|(?P<verb>{_VERB}{_STOP})"
    r"|(?P<join>会同|协调(?=[省市县区州国各中人]))"
    r"|(?P<etc>(?<![高初中平均])等(?!级|教育|院校|学校|职业|专科))"
    r"|(?P<sep>[、,;。:/])"
)
_CONJUNCTION = re.compile(r"以及|及其他|及|和|与|暨")
_STRONG_TAIL = re.compile(
    r"(?:厅|局|委|办|部|院|署|银行|支行|分行|总行|政府|公司|集团|中心|单位|部门|企业|机构|委员会|办公室|协会|商会|联合会"
    r"|管委会|总会|海关|大学|学院|行署|管理处|地区|区县|县区|市县|各[市县区州]|专班|小组|指挥部|残联|妇联|工商联|社科联|科协|文联"
    r"|开发区|高新区|经开区|示范区|新区|供销社|成员单位|[)\]〕〉>])$"
)
_TAIL = re.compile(
    r"(?:厅|局|委|办|部|院|署|行|会|社|处|站|所|队|库|台|馆|校|园|中心|公司|集团|大学|政府|法院|海关|团|联|协|部门|单位|企业"
    r"|机构|高校|院校|专班|小组|指挥部|区|港|地区|各地|街道|乡镇|镇街|村|镇|乡|县|市|州|盟|旗|省|组织|媒体|主体|平台|行署|班|室|厂|库|军|警|者|科|股|会议|运营商|[城交水农文国]投|供电|监狱|公会)"
    r"(?:\([^)]*\)|〔[^〕]*〕|\[[^\]]*\]|〈[^〉]*〉|<[^>]*>)*$"
)
_GROUP = re.compile(
    r"各|有关|相关|成员单位|^(?:其他|其它|全体|所有|部分)|属地|^沿海|^\d+[个家]|^[一二三四五六七八九十]+[个家]"
    r"|(?:行业|业务|职能|承办|使用|建设|用人|项目)(?:主管)?(?:部门|单位)$|^(?:行业|市|县|省|区)?(?:级|直)?(?:主管)?(?:部门|单位)$|^市县"
)
#: A bracket behind a name that tells its role and is no part of it.
_ROLE_NOTE = re.compile(r"[(〔\[](?:牵头|牵头单位|牵头部门|主责|配合|配合单位|协助|参与|责任|责任单位)[)〕\]]")
_PERSON_NOTE = re.compile(r"[(〔\[](?:[\u4e00-\u9fff]{0,4}(?:领导|责任人|负责人|联系人)|电话) ?:")
_GENERIC = frozenset(("部门", "单位", "", "部门单位", "方面", "等", "地方"))
_DATE = re.compile(r"\d|^(?:长期|持续|年内|全年|每[年月季]|常态|即时|立即)")
_BLANK = re.compile(r"\s+")
_ROLE_LEAD = re.compile("牵头")
_ROLE_COOPERATING = re.compile("配合|参与|参加|协办|协助|协同|协作|支持")
#: A unit's name is seldom longer; what is longer is prose.
_LONGEST_NAME = 42


def role_of(words: str) -> Role:
    """The role that a key or verb gives (contract §4)."""
    if _ROLE_LEAD.search(words):
        return Role.LEAD
    if _ROLE_COOPERATING.search(words):
        return Role.COOPERATING
    return Role.RESPONSIBLE


def kind_of(name: str) -> PartyKind:
    """Unit or group, told by the wording of a folded name."""
    return PartyKind.GROUP if _GROUP.search(name) else PartyKind.UNIT


def looks_like_party(name: str) -> bool:
    """Whether a folded name ends as units and groups do and is short enough to be one."""
    bare = _BLANK.sub("", name)
    return 2 <= len(bare) <= _LONGEST_NAME and bool(_TAIL.search(bare)) and "。" not in bare


def ends_as_unit(name: str) -> bool:
    """Whether a folded name ends with a word that only units and groups end with (厅, 局, 海关, 管委会)."""
    return _STRONG_TAIL.search(name) is not None


@lru_cache(maxsize=4096)
def read_parties(content: str, default: Role = Role.RESPONSIBLE) -> Reading:
    """Read a clause's folded content, brackets left out. ``default`` is the role where no word tells one."""
    return _Reader(content, default).read()


class _Reader:
    """One pass over the content; names wait in ``pending`` until a verb or the end tells their role."""

    def __init__(self, content: str, default: Role) -> None:
        self.content = content
        self.role = default
        self.pending: list[tuple[int, int, bool, Role | None]] = []
        self.done: list[Named] = []
        self.keyed = self.verbal = self.after_etc = False
        self.joined: Role | None = None
        self.name_start: int | None = None

    def read(self) -> Reading:
        content = self.content
        position = 0
        for match in _PART.finditer(content):
            start, end = match.span()
            if start > position and self.name_start is None:
                self.name_start = position
            kind = match.lastgroup
            position = end
            if kind == "nest" and _PERSON_NOTE.match(match.group()):
                self._flush(start)  # 市数据局(责任领导:张三)
                continue
            if kind == "nest" and self.name_start is not None and _ROLE_NOTE.fullmatch(match.group()):
                self._flush(start, role_of(match.group()))  # 市发展改革委(牵头)
                continue
            if kind in ("nest", "whole"):  # part of a name: 各市、县（市、区）人民政府 is one group
                if self.name_start is None:
                    self.name_start = start
                continue
            self._flush(start)
            if kind in ("key", "boxkey"):
                self._settle(self.joined or self.role)
                self.joined = None
                self.role, self.keyed = role_of(match.group()), True
            elif kind == "verb":
                self._verb(match.group())
            elif kind == "join":
                self._join(match.group())
            elif kind == "etc":
                self.after_etc = True
            elif kind == "sep" and match.group() in ";。":
                self._settle(self.joined or self.role)
                self.joined = None
            if kind != "etc":
                self.after_etc = False
        if position < len(content) and self.name_start is None:
            self.name_start = position
        self._flush(len(content))
        self._settle(self.joined or self.role)
        names = [content[named.start : named.end] for named in self.done]
        plausible = bool(names) and all(looks_like_party(name) for name in names)
        return Reading(tuple(self.done), self.keyed, self.verbal, plausible)

    def _verb(self, words: str) -> None:
        self.verbal = True
        role = role_of(words)
        if self.joined is not None and role is not Role.LEAD:
            role = self.joined
        self.joined = None
        self._settle(role)

    def _join(self, word: str) -> None:
        """X会同Y负责: X answers, Y helps. X协调Y落实: X leads, Y answers."""
        if word == "会同":
            self._settle(self.role)
            self.joined = Role.COOPERATING
        else:
            self._settle(Role.LEAD)
            self.joined = Role.RESPONSIBLE

    def _settle(self, role: Role) -> None:
        for start, end, group, own_role in self.pending:
            kind = PartyKind.GROUP if group else kind_of(self.content[start:end])
            self.done.append(Named(start, end, own_role or role, kind))
        self.pending.clear()

    def _flush(self, end: int, role: Role | None = None) -> None:
        start, self.name_start = self.name_start, None
        if start is None:
            return
        for part_start, part_end in _split(self.content, start, end):
            bare = _BLANK.sub("", self.content[part_start:part_end])
            if bare in _GENERIC or (_DATE.search(bare) and not looks_like_party(bare)):
                continue
            self.pending.append((part_start, part_end, self.after_etc, role))


def _split(content: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``X及Y`` and ``X Y`` where both sides are names, never inside a bracket or a name (文化和旅游厅)."""
    parts: list[tuple[int, int]] = []
    piece_start = start
    for match in _CUT.finditer(content, start, end):
        if match.lastgroup != "cut":
            continue
        left = content[piece_start : match.start()].strip()
        right = content[match.end() : end].strip()
        if not left and piece_start == start:  # the list goes on: 、及各地区
            piece_start = match.end()
            continue
        blank = match.group().isspace()
        if "\n" in match.group() or "\r" in match.group():
            continue
        if not _STRONG_TAIL.search(left) or right in _GENERIC:
            continue
        if blank and not (len(right) >= 3 and looks_like_party(right)):
            continue
        if blank or looks_like_party(right) or right[0] in "各有相":
            parts.append((piece_start, match.start()))
            piece_start = match.end()
    parts.append((piece_start, end))
    return [_trim(content, *part) for part in parts]


_CUT = re.compile(rf"(?P<nest>{_NEST})|(?P<cut>以及|及其他|及(?!其)|和|与|暨|\s+)")
_LEADING = re.compile(r"\s*(?:(?:并|由|以及|及|和|与|同)(?=[省市县区州国各有相中]))?\s*")


def _trim(content: str, start: int, end: int) -> tuple[int, int]:
    match = _LEADING.match(content, start, end)
    if match is not None:
        start = match.end()
    while end > start and content[end - 1].isspace():
        end -= 1
    return start, end
