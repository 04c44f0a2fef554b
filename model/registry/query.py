"""Query and Hit: what is asked of the registry, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from ..errors import UsageError
from ..party import Party, Role
from ..span import Span
from ..units import Relation
from .bigrams import search_key

#: The largest number that both databases take.
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Conditions that all have to hold; one that is left out holds everywhere.

    Raises UsageError for an empty unit, notice or role, an unknown role, characters that are no text, a year
    outside 1–9999, a date that is none, or a limit below 1 or of more than 63 bits.
    """

    #: Each has to occur in the task as it stands in the notice; blanks separate further words.
    words: tuple[str, ...] = ()
    #: A unit by any of its names or its directory id.
    unit: str | None = None
    #: Only parties with these very words: no other names of the unit, no groups.
    exact: bool = False
    #: ``lead``, ``cooperating`` or ``responsible``: the unit's role, or without a unit anybody's.
    role: str | None = None
    year: int | None = None
    #: Id, document number, or part of title, file name or issuer.
    notice: str | None = None
    #: ISO date: tasks with something due on an earlier day.
    due_before: str | None = None
    #: At most so many hits; None for all.
    limit: int | None = None

    def __post_init__(self) -> None:
        for option, value in (("unit", self.unit), ("notice", self.notice), ("role", self.role)):
            if value is not None:
                check_words(value, f"--{option}")
        for word in self.words:
            check_characters(word, "查找的词")
        roles = [role.value for role in Role]
        if self.role is not None and self.role not in roles:
            raise UsageError(f"没有“{self.role}”这种责任", remedy=f"--role 可以是 {'、'.join(roles)}")
        if self.due_before is not None and not _is_date(self.due_before):
            raise UsageError(f"“{self.due_before}”不是日期", remedy="请写成 2021-06-30 的形式")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise UsageError("年份应在 1 到 9999 之间", remedy="请写成 2021 的形式")
        if self.limit is not None and self.limit < 1:
            raise UsageError("条数至少是 1", remedy="请写正整数，或不写 --limit")
        if self.limit is not None and self.limit > LARGEST:
            raise UsageError("条数太大", remedy="请写小一些的正整数，或不写 --limit")

    @property
    def keys(self) -> tuple[str, ...]:
        """Search keys of the words, each once."""
        split = (search_key(part) for word in self.words for part in word.split())
        return tuple(dict.fromkeys(key for key in split if key))


def check_words(value: str, option: str) -> None:
    """Raises UsageError when what was given for ``option`` is empty or no text."""
    if not value.strip():
        raise UsageError(f"{option} 是空的", remedy=f"请写明 {option} 的内容，或不写 {option}")
    check_characters(value, f"{option} ")


def check_characters(value: str, where: str) -> None:
    """Raises UsageError for characters that no text has: half a surrogate pair (bytes of another encoding),
    NUL."""
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        raise UsageError(f"{where}含有不是文字的字符", remedy="请检查终端的字符编码（应为 UTF-8）后重新输入")


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word that was found. ``span`` is its first place (the statement's, if it stands there), in the
    notice's text; it covers a line break that the word runs over."""

    text: str
    span: Span
    #: ``statement``, ``target``, ``measure``, or ``task`` for its clauses, labels and markers.
    where: str
    #: The statement or item it stands in; for ``task`` the words around it.
    quote: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": "word",
            "text": self.text,
            "span": [*self.span],
            "where": self.where,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A party that was found. ``group``: it answers as a member of the group that the words name."""

    party: Party
    group: bool = False
    #: The words leave open whether this member is meant (相关市人民政府), or nobody has confirmed that the
    #: party continues the unit, or all of it.
    possible: bool = False
    #: The name that was asked only stands inside the party's words.
    partly: bool = False
    #: The party, or the group's member, is a unit that continues the one asked for, or was continued by it.
    relation: Relation | None = None
    #: The name that was asked for, for the badge.
    asked: str = ""

    @property
    def badge(self) -> str:
        """原省环保厅, where the party is a later unit; empty where it is the unit itself."""
        return self.relation.badge(self.asked) if self.relation else ""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        found: dict[str, Any] = {
            "kind": "group" if self.group else "unit",
            "party": self.party.text,
            "span": [*self.party.span],
            "role": self.party.role.value,
            "evidence": self.party.evidence.value,
        }
        if self.group or self.possible:
            found["possible"] = self.possible
        if self.partly:
            found["partly"] = True
        if self.relation is not None:
            found["history"] = self.relation.to_dict(self.asked)
        return found


@dataclass(frozen=True, slots=True)
class DeadlineMatch:
    """A deadline that falls due in time. ``due`` is an ISO date."""

    text: str
    span: Span
    due: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"kind": "deadline", "text": self.text, "span": [*self.span], "due": self.due}


Match: TypeAlias = WordMatch | PartyMatch | DeadlineMatch


@dataclass(frozen=True, slots=True)
class Hit:
    """A task that was found. All spans count in the text of its notice."""

    notice_id: int
    #: Document number, else title, else file name.
    notice: str
    title: str | None
    year: int | None
    number: int | None
    path: tuple[str, ...]
    #: The statement.
    text: str
    text_span: Span
    #: The whole task as it stands.
    body: str
    span: Span
    #: Who answers for the task or any of its items, each text and role once.
    parties: tuple[Party, ...]
    why: tuple[Match, ...]
    #: Every place of every word, merged where they overlap; in order.
    spans: tuple[Span, ...]
    #: Order of relevance, lower first: see :mod:`.statement`.
    rank: int

    def to_dict(self) -> dict[str, Any]:
        """The hit as ``duban search --format json`` prints it (contract §2)."""
        return {
            "notice": self.notice,
            "year": self.year,
            "number": self.number,
            "path": [*self.path],
            "text": self.text,
            "parties": [
                {
                    "text": p.text,
                    "span": [*p.span],
                    "role": p.role.value,
                    "kind": p.kind.value,
                    "evidence": p.evidence.value,
                    "unit": p.unit,
                }
                for p in self.parties
            ],
            "why": [match.to_dict() for match in self.why],
            "spans": [[*span] for span in self.spans],
            "text_span": [*self.text_span],
            "title": self.title,
            "notice_id": self.notice_id,
        }

    def highlighted(
        self,
        before: str,
        after: str,
        *,
        escape: Callable[[str], str] = str,
        part: Literal["text", "body"] = "text",
    ) -> str:
        """The statement, or with ``part="body"`` the whole task, with the words between ``before`` and
        ``after``."""
        inside = self.text_span if part == "text" else self.span
        return highlight(
            self.text if part == "text" else self.body,
            tuple(
                Span(max(s.start, inside.start) - inside.start, min(s.end, inside.end) - inside.start)
                for s in self.spans
                if s.overlaps(inside)
            ),
            before,
            after,
            escape=escape,
        )


def merge(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping and touching ones made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def highlight(
    text: str, spans: tuple[Span, ...], before: str, after: str, *, escape: Callable[[str], str] = str
) -> str:
    """``text`` with ``before`` and ``after`` around each span; computed by position, so nothing in the text
    can be taken for a mark. ``escape`` (``html.escape`` for a page) is applied to the text's own pieces only.

    Raises ValueError when a span lies outside the text.
    """
    pieces: list[str] = []
    at = 0
    for span in merge(list(spans)):
        if not 0 <= span.start <= span.end <= len(text):
            raise ValueError(f"span {tuple(span)} lies outside a text of {len(text)} characters")
        pieces += [escape(text[at : span.start]), before, escape(text[span.start : span.end]), after]
        at = span.end
    return "".join([*pieces, escape(text[at:])])
