"""Parties: reads the inside of a responsibility clause and tells who answers, and as what."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..model import PartyKind, Role
from .clause_words import PART, PERSON_NOTE, ROLE_NOTE
from .joints import split_names
from .names import kind_of, looks_like_party, role_of
from .page import without_blanks
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


# Words in a list that say when, not who: 2025年底, 长期, 上半年完成.
_DATE = pattern(
    r"\d|^(?:长期|持续|年[内底末]|全年|[今明]年|每[年月季周]|常态|即时|立即|[上下]半年|[第前]?[一二三四]季度|近期|适时"
    r"|按[月季时]|限[时期]|尽快|逐步|同步|分步|春节|国庆|元旦|汛期)|(?:完成|启动|开工|建成|到位|投用|投产|上线)$"
)
# A key that asks for units and persons, and a person behind a unit's name.
_FOR_PERSONS = pattern(r"责任人|负责人|领导")
_PERSON = pattern(r"(?<=\S)(?:\s+[\u4e00-\u9fff]{2,4}|\([\u4e00-\u9fff ]{2,4}\))$")
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
        "after_etc", "before_comma", "content", "done", "joined", "keyed", "name_start", "pending", "persons",
        "role", "settled", "verbal",
    )  # fmt: skip

    def __init__(self, content: str, default: Role) -> None:
        self.content = content
        #: The role of names behind which no verb stands.
        self.role = default
        #: Start, end, whether 等 stands before it, and the role that its own bracket tells.
        self.pending: list[tuple[int, int, bool, Role | None]] = []
        self.done: list[Named] = []
        #: How many of them stand before the last comma.
        self.before_comma = 0
        #: How many parties were done when the last key came.
        self.settled = 0
        self.keyed = self.verbal = self.after_etc = False
        #: The key asks for persons, too: 责任单位及责任人:市财政局 张三.
        self.persons = False
        #: The role that 会同 or 协调 gives the names behind it.
        self.joined: Role | None = None
        self.name_start: int | None = None

    def read(self) -> Reading:
        content = self.content
        position = 0
        for match in PART.finditer(content):
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
        if kind == "nest" and PERSON_NOTE.match(words):
            self._name_ends(start)
            return
        if kind == "nest" and self.name_start is not None and ROLE_NOTE.fullmatch(words):
            self._name_ends(start, None if "职责" in words else role_of(words))
            return
        if kind in ("nest", "whole"):  # part of a name: 各市、县（市、区）人民政府 is one group
            if self.name_start is None:
                self.name_start = start
            return
        self._name_ends(start)
        if kind in ("key", "boxkey"):
            self._settle_group()
            self.role, self.keyed, self.settled = role_of(words), True, len(self.done)
            self.persons = _FOR_PERSONS.search(words) is not None
        elif kind == "verb":
            self._verb(words)
        elif kind == "join":
            self._join(words)
        elif kind == "sep" and (words in ";。" or (words == "," and self.joined is not None)):
            self._settle_group()
        elif words == ",":
            self.before_comma = len(self.pending)
        self.after_etc = kind == "etc"

    def _verb(self, words: str) -> None:
        self.verbal = True
        role = role_of(words)
        if self.joined is not None and role is not Role.LEAD:
            role = self.joined
        self.joined = None
        helped = len(self.done) == self.settled and role is Role.COOPERATING and self.role is not role
        if helped and 0 < self.before_comma < len(self.pending):  # 甲、乙,丙配合: 丙 helps those before
            self._settle(self.role, self.before_comma)
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

    def _settle(self, role: Role, count: int | None = None) -> None:
        """Give the names that wait, or the first ``count`` of them, their role."""
        for start, end, group, own_role in self.pending[:count]:
            kind = PartyKind.GROUP if group else kind_of(self.content[start:end])
            self.done.append(Named(start, end, own_role or role, kind))
        del self.pending[:count]
        self.before_comma = 0

    def _name_ends(self, end: int, role: Role | None = None) -> None:
        start, self.name_start = self.name_start, None
        if start is None:
            return
        for part_start, part_end in split_names(self.content, start, end):
            if self.persons and (person := _PERSON.search(self.content, part_start, part_end)):
                part_end = person.start()
            bare = without_blanks(self.content[part_start:part_end])
            if bare in _GENERIC or (_DATE.search(bare) and not looks_like_party(bare)):
                continue
            self.pending.append((part_start, part_end, self.after_etc, role))
