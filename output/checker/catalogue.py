"""Rules: what is checked, after which clause of GB/T 9704-2012, how strongly it speaks, and the verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .reading import Document
from .roles import Roles


class Strength(StrEnum):
    """How strongly a clause speaks. A deviation from 一般, 推荐 or 可以 is no violation."""

    MUST = "规定"
    USUAL = "一般"
    ADVISED = "推荐"
    MAY = "可以"


class Outcome(StrEnum):
    """What a check came to. There is no 通过: a rule met is met as far as the file shows."""

    MET = "符合"
    NOT_MET = "不符"
    UNKNOWN = "未核验"
    NOT_APPLICABLE = "不适用"


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that differs from a rule: where, what stands there, what should."""

    where: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A rule that cannot be judged from what is at hand, and why."""

    reason: str


#: What a check returns: its faults (none: met), Unknown, or None where the rule does not apply.
Verdict = list[Fault] | Unknown | None
Check = Callable[[Document, Roles], Verdict]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the standard: ``code`` is the clause with a letter where it has several."""

    code: str
    strength: Strength
    what: str
    remedy: str
    check: Check

    @property
    def clause(self) -> str:
        """The clause of GB/T 9704-2012."""
        return self.code.rstrip("abcdefghijklmnop")


RULES: dict[str, Rule] = {}


def rule(code: str, strength: Strength, what: str, remedy: str) -> Callable[[Check], Check]:
    """Enter a check under its clause. Raises ValueError when a code stands twice."""

    def enter(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"rule {code} stands twice")
        RULES[code] = Rule(code, strength, what, remedy, check)
        return check

    return enter
