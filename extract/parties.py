"""Parties: reads the inside of a responsibility clause and tells who answers, and as what."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..model import PartyKind, Role
from .lexer import BOXED_KEY, ROLE_KEY, TIME_KEY
from .names import LONGEST_NAME, NEST, ends_as_unit, kind_of, looks_like_party, role_of
from .page import trim_end, without_blanks
from .patterns import pattern


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


#: What may follow a role verb: the next name, the next role, or the end.
_STOP = r"(?=[、,;。:)\]〕\s]|$|会同|等|和|与|并)"
#: 按照各自职责分工负责.
_BY_DUTY = (
    r"(?:按照?|根据|依据?|依照)(?:各自|部门|自身|相关|有关|工作)?的?"
    r"(?:职责|职能|职权|责任|分工|任务|权限|规定){1,6}(?:和?(?:任务|职责)?分工|范围)?"
    r"(?:抓好|做好|分别|共同|各自|具体|组织|分工){0,4}"
    r"(?:负责|落实|实施|推进|配合|抓落实|承担|执行|办理)?(?:落实|组织实施|实施|推进)?"
)
#: Role verbs. Words in a row are counted, lest a text of nothing else be looked at again from each of them.
_VERB = (
    rf"(?:{_BY_DUTY}"
    r"|(?:共同|分别|具体|联合|总)?牵头(?:负责|落实|组织|实施|推进|抓总|办理|协调|抓好){0,4}"
    r"|(?:共同|分别|分工|具体|统筹|组织|主要|统一|联合|抓好){0,4}(?:负责|负总责|抓落实|主抓|抓总)"
    r"(?:落实|组织实施|实施|推进|指导)?"
    r"|(?:积极|协同|密切|协助|做好|共同){0,4}配合(?:落实|实施|做好|推进)?"
    r"|(?:共同|协同|积极)?参与(?:落实|实施)?|协助|协办|主办|承办|(?:共同|分别|具体|组织|统一|分头|抓好){0,3}(?:组织实施|落实|承担|指导))"
)
#: A key whose colon is missing, at the head of a list: 牵头单位省财政厅, but not 牵头单位要….
_BARE_KEY = (
    r"(?:(?<=[,;。\s])|^)(?:牵头|配合|责任|参与|协办|主办)(?:责任)?(?:单位|部门)(?:为(?=[省市县区州国各])"
    r"| ?(?=[^按要应须、,;。)负为]))"
)
#: A remark that names nobody: 下同, 列第一位的为牵头单位, 排名第一…, 分别负责….
_NOTE = (
    r"(?:以下|下同|列在?(?:第一|首)|排(?:名|序|列)?在?(?:第一|首)|首位(?:单位|部门)?为"
    r"|(?:第一|首)[个位]?(?:责任)?(?:单位|部门)为|分别负责)[^;)]*"
)
#: Words before the first key: 注:责任单位:…, 以上任务责任单位:….
_HEAD = r"^\s*(?:注:|(?:以上|上述)?(?:任务|工作|措施)?(?=(?:牵头|责任|配合)(?:责任)?(?:单位|部门)))"
# All that is no part of a plain name; what stands between is one.
_PART = pattern(
    rf"(?P<head>{_HEAD})|"
    rf"(?P<boxkey>{BOXED_KEY})"
    rf"|(?P<nest>(?!<br){NEST})"
    r"|(?P<whole>各(?:设区)?[市区县州盟旗](?:、(?:自治)?[县区市旗州])+)"  # 各市、县 is one name
    rf"|(?P<key>{ROLE_KEY}|{_BARE_KEY})"
    rf"|(?P<note>{_NOTE})"
    rf"|(?P<time>{TIME_KEY}[^;。)]*)"
    r"|(?P<person>(?:[\u4e00-\u9fff]{0,4}(?:领导|责任人|负责人|联系人|牵头人)) ?:[^,;。)]*)"
    rf"|(?P<verb>{_VERB}{_STOP})"
    r"|(?P<join>会同|协调(?=[省市县区州国各中人]))"
    r"|(?P<etc>(?<![高初中平均])等(?!级|教育|院校|学校|职业|专科))"
    r"|(?P<sep>[、,;。:/★☆*]|<br ?/?>)"
)
# A bracket behind a name that tells its role and is no part of it: 市发展改革委(牵头).
_ROLE_NOTE = pattern(
    r"[(〔\[](?:按照?(?:各自)?职责(?:分工)?(?:负责)?|牵头|牵头单位|牵头部门|主责|配合|配合单位|协助|参与|责任|责任单位)[)〕\]]"
)
# A bracket behind a name that tells a person: 市数据局(责任领导:张三).
_PERSON_NOTE = pattern(r"[(〔\[](?:[\u4e00-\u9fff]{0,4}(?:领导|责任人|负责人|联系人)|电话) ?:")
# Words in a list that are a date, not a name: 2025年底, 长期.
_DATE = pattern(r"\d|^(?:长期|持续|年内|全年|每[年月季]|常态|即时|立即)")
#: What may be left of a list and names nobody: 等部门.
_GENERIC = frozenset(("部门", "单位", "", "部门单位", "方面", "等", "地方"))


def read_parties(content: str, default: Role = Role.RESPONSIBLE) -> Reading:
    """Read a clause's folded content, brackets left out. ``default`` is the role where no word tells one."""
    return _remembered(content, default) if len(content) < _LONG else _Reader(content, default).read()


#: Clauses of fewer characters are often repeated word for word and therefore remembered.
_LONG = 200


@lru_cache(maxsize=4096)
def _remembered(content: str, default: Role) -> Reading:
    return _Reader(content, default).read()


def forget_readings() -> None:
    """Forget remembered clauses, so that a measurement starts as the first notice does."""
    _remembered.cache_clear()


class _Reader:
    """One pass over the content; names wait in ``pending`` until a verb or the end tells their role."""

    __slots__ = (
        "after_etc", "content", "done", "joined", "keyed", "name_start", "pending", "role", "verbal",
    )  # fmt: skip

    def __init__(self, content: str, default: Role) -> None:
        self.content = content
        #: The role of names behind which no verb stands.
        self.role = default
        #: Start, end, whether 等 stands before it, and the role that its own bracket tells.
        self.pending: list[tuple[int, int, bool, Role | None]] = []
        self.done: list[Named] = []
        self.keyed = self.verbal = self.after_etc = False
        #: The role that 会同 or 协调 gives the names behind it.
        self.joined: Role | None = None
        self.name_start: int | None = None

    def read(self) -> Reading:
        content = self.content
        position = 0
        for match in _PART.finditer(content):
            start, end = match.span()
            if start > position and self.name_start is None:
                self.name_start = position
            position = end
            self._part(match.lastgroup, match.group(), start)
        if position < len(content) and self.name_start is None:
            self.name_start = position
        self._name_ends(len(content))
        self._settle_group()
        names = [content[named.start : named.end] for named in self.done]
        plausible = bool(names) and all(looks_like_party(name) for name in names)
        return Reading(tuple(self.done), self.keyed, self.verbal, plausible)

    def _part(self, kind: str | None, words: str, start: int) -> None:
        if kind == "nest" and _PERSON_NOTE.match(words):
            self._name_ends(start)
            return
        if kind == "nest" and self.name_start is not None and _ROLE_NOTE.fullmatch(words):
            self._name_ends(start, None if "职责" in words else role_of(words))
            return
        if kind in ("nest", "whole"):  # part of a name: 各市、县（市、区）人民政府 is one group
            if self.name_start is None:
                self.name_start = start
            return
        self._name_ends(start)
        if kind in ("key", "boxkey"):
            self._settle_group()
            self.role, self.keyed = role_of(words), True
        elif kind == "verb":
            self._verb(words)
        elif kind == "join":
            self._join(words)
        elif kind == "sep" and (words in ";。" or (words == "," and self.joined is not None)):
            self._settle_group()
        self.after_etc = kind == "etc"

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

    def _settle_group(self) -> None:
        """No verb came: the names have the role of the key before them, or of the 会同 among them."""
        self._settle(self.joined or self.role)
        self.joined = None

    def _settle(self, role: Role) -> None:
        for start, end, group, own_role in self.pending:
            kind = PartyKind.GROUP if group else kind_of(self.content[start:end])
            self.done.append(Named(start, end, own_role or role, kind))
        self.pending.clear()

    def _name_ends(self, end: int, role: Role | None = None) -> None:
        start, self.name_start = self.name_start, None
        if start is None:
            return
        for part_start, part_end in _split(self.content, start, end):
            bare = without_blanks(self.content[part_start:part_end])
            if bare in _GENERIC or (_DATE.search(bare) and not looks_like_party(bare)):
                continue
            self.pending.append((part_start, part_end, self.after_etc, role))


# Where two names may join: X及Y, X和Y, X Y; never inside a bracket.
_CUT = pattern(rf"(?P<nest>{NEST})|(?P<cut>以及|及其他|及(?!其)|和|与|暨|\s+)")
# What is no name by itself behind 和: 相关部门和单位.
_GENERIC_NEXT = pattern(r"(?:部门|单位)(?:以及|及|和|等|$)")
# What leads to a name and is no part of it: 由省财政厅, 以及各市.
_LEADING = pattern(r"\s*(?:(?:并|由|以及|及|和|与|同)(?=[省市县区州国各有相中]))?\s*")


def _split(content: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``X及Y`` and ``X Y`` where both sides are names, never inside a bracket or name (文化和旅游厅)."""
    parts: list[tuple[int, int]] = []
    piece_start = start
    for match in _CUT.finditer(content, start, end):
        if match.lastgroup != "cut":
            continue
        joint = match.group()
        left_end = trim_end(content, piece_start, match.start())
        if left_end == piece_start == start:  # the list goes on: 、及各地区
            piece_start = match.end()
            continue
        if "\n" in joint or "\r" in joint:
            continue
        # A name is short: no need to look at all of a long list from each of its joints.
        left = content[max(piece_start, left_end - _FAR) : left_end].strip()
        right = content[match.end() : min(end, match.end() + _FAR)].strip()
        if not ends_as_unit(left) or not right or _GENERIC_NEXT.match(right):
            continue
        if joint.isspace():
            parted = len(right) >= 3 and looks_like_party(right)
        else:
            parted = looks_like_party(right) or right[0] in "各有相"
        if parted:
            parts.append((piece_start, match.start()))
            piece_start = match.end()
    parts.append((piece_start, end))
    return [_trim(content, *part) for part in parts]


#: Beyond this a stretch is no name, however many blanks are in it.
_FAR = 4 * LONGEST_NAME


def _trim(content: str, start: int, end: int) -> tuple[int, int]:
    match = _LEADING.match(content, start, end)
    if match is not None:
        start = match.end()
    end = trim_end(content, start, end)
    return start, end - 1 if content[start:end].endswith(".") else end
