"""The second calculator: evaluates each formula of a trace anew, in fractions, and compares.

It shares nothing with the methods but the trace: what a reader sees as the formula is what is computed here.

Notation: names of inputs, decimal numbers and percentages, ``+ − × ÷``, brackets, ``最大(…)``, ``最小(…)``,
``合计(全部)`` and ``平均(全部)`` over all inputs of the node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from .trace import Node

_Values = tuple[Mapping[str, Fraction], Sequence[Fraction]]
_Part = Callable[[_Values], Fraction]
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)(%?)|([+−×÷(),])|([^\d\s+−×÷(),%][^\s+−×÷(),%]*))")
#: Characters that a name in a formula cannot have.
NOT_IN_NAMES = frozenset("+−×÷(),% \t\n")
#: Forty digits of a division, sharpened by at most ten digits in front.
_TOLERANCE = Fraction(1, 10**28)


class FormulaError(ValueError):
    """A formula that cannot be read: a bug of a method, never of a user."""


class _Reader:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, formula: str) -> None:
        self.formula = formula
        self.tokens: list[tuple[str, str]] = []
        self.divides = False
        at = 0
        while at < len(formula.rstrip()):
            match = _TOKEN.match(formula, at)
            if match is None:
                raise FormulaError(f"{formula!r}: cannot read {formula[at:]!r}")
            if match[1]:
                self.tokens.append(("number", match[1] + match[2]))
            elif match[3]:
                self.tokens.append((match[3], match[3]))
            else:
                self.tokens.append(("name", match[4]))
            at = match.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, kind: str) -> str:
        if self.peek() != kind:
            raise FormulaError(f"{self.formula!r}: expected {kind} at token {self.at + 1}")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def sum(self) -> _Part:
        parts = [(1, self.product())]
        while self.peek() in ("+", "−"):
            sign = 1 if self.take(self.peek()) == "+" else -1
            parts.append((sign, self.product()))
        if len(parts) == 1:
            return parts[0][1]
        return lambda values: sum((sign * part(values) for sign, part in parts), Fraction(0))

    def product(self) -> _Part:
        made = self.atom()
        while self.peek() in ("×", "÷"):
            operator = self.take(self.peek())
            made = _joined(operator, made, self.atom())
            self.divides = self.divides or operator == "÷"
        return made

    def atom(self) -> _Part:
        if self.peek() == "number":
            word = self.take("number")
            value = Fraction(word.rstrip("%")) / (100 if word.endswith("%") else 1)
            return lambda _: value
        if self.peek() == "−":
            self.take("−")
            inner = self.atom()
            return lambda values: -inner(values)
        if self.peek() == "(":
            self.take("(")
            inner = self.sum()
            self.take(")")
            return inner
        name = self.take("name")
        if self.peek() != "(":
            return lambda values: values[0][name]
        return self.call(name)

    def call(self, name: str) -> _Part:
        self.take("(")
        if name in ("合计", "平均"):
            if self.take("name") != "全部":
                raise FormulaError(f"{self.formula!r}: {name} takes 全部")
            self.take(")")
            if name == "合计":
                return lambda values: sum(values[1], Fraction(0))
            self.divides = True
            return lambda values: sum(values[1], Fraction(0)) / len(values[1])
        if name not in ("最大", "最小"):
            raise FormulaError(f"{self.formula!r}: no function {name}")
        parts = [self.sum()]
        while self.peek() == ",":
            self.take(",")
            parts.append(self.sum())
        self.take(")")
        choose = max if name == "最大" else min
        return lambda values: choose(part(values) for part in parts)


def _joined(operator: str, left: _Part, right: _Part) -> _Part:
    if operator == "×":
        return lambda values: left(values) * right(values)
    return lambda values: left(values) / right(values)


@lru_cache(maxsize=4096)
def _read(formula: str) -> tuple[_Part, bool]:
    reader = _Reader(formula)
    part = reader.sum()
    if reader.peek():
        raise FormulaError(f"{formula!r}: nothing may follow token {reader.at}")
    return part, reader.divides


def evaluate(formula: str, inputs: Sequence[tuple[str, Fraction]]) -> Fraction:
    """The value of a formula over named inputs. Raises FormulaError, KeyError for a name that is missing,
    ZeroDivisionError."""
    return _read(formula)[0]((dict(inputs), [value for _, value in inputs]))


def faults(root: Node) -> list[str]:
    """What does not follow from its inputs, by path; empty for a sound trace.

    Without a division a value must be exactly the formula's, with one within 10⁻²⁸ of it (relative above 1).
    """
    found: list[str] = []
    _check(root, root.name, found)
    return found


def _check(node: Node, path: str, found: list[str]) -> None:
    for inner in node.inputs:
        _check(inner, f"{path} › {inner.name}", found)
    if not node.formula:
        if node.inputs:
            found.append(f"{path}: 有下级却没有公式")
        elif node.origin is None:
            found.append(f"{path}: 没有来源")
        return
    try:
        part, divides = _read(node.formula)
        named = {inner.name: Fraction(inner.value) for inner in node.inputs}
        value = part((named, [Fraction(inner.value) for inner in node.inputs]))
    except (FormulaError, KeyError, ZeroDivisionError) as error:
        found.append(f"{path}: 公式 {node.formula} 不能重算（{error}）")
        return
    difference = abs(value - Fraction(node.value))
    if difference > (_TOLERANCE * max(Fraction(1), abs(value)) if divides else 0):
        found.append(f"{path}: {node.formula} 应为 {float(value):.10g}，记的是 {node.value}")
