"""Checking: every rule of the catalogue on one document, structural at once, rendered where that can be."""

from __future__ import annotations

from dataclasses import dataclass

# Importing the modules enters their rules, in the order of the clauses.
from . import rules_body, rules_end, rules_forms, rules_head, rules_page, rules_text  # noqa: F401
from .catalogue import RULES, Fault, Outcome, Rule, Strength, Unknown, Verdict
from .measured import MEASURED, substitutions
from .reading import Document, read_document
from .rendering import CannotRenderError, Rendered, render
from .roles import Kind, Roles, roles_of


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule came to: its faults where it is not met, the reason where it is not known."""

    rule: Rule
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A document's results in the order of the clauses."""

    name: str
    kind: Kind
    #: Number of pages as set, None where the document was not set; then ``not_rendered`` says why.
    pages: int | None
    not_rendered: str
    #: Fonts that the file names and that the pages here are not set in.
    substituted: tuple[str, ...]
    results: tuple[Result, ...]

    @property
    def violations(self) -> tuple[Result, ...]:
        """Rules of strength 规定 that are not met."""
        return tuple(
            r for r in self.results if r.outcome is Outcome.NOT_MET and r.rule.strength is Strength.MUST
        )


def check(
    raw: bytes,
    name: str = "<bytes>",
    *,
    kind: Kind | None = None,
    rendered: bool = True,
    setting: Rendered | CannotRenderError | None = None,
) -> Report:
    """Check a .docx against GB/T 9704-2012.

    ``kind``: the form, where the document does not tell it; ``rendered``: also set it with LibreOffice,
    unless ``setting`` brings its pages or why there are none (:func:`~.rendering.render_all` sets many).
    Raises InputError subclasses for bytes that are no .docx; never raises otherwise.
    """
    document = read_document(raw, name)
    roles = roles_of(document, kind)
    pages, why = None, "没有要求排版"
    if rendered:
        try:
            pages, why = _pages(raw, setting), ""
        except CannotRenderError as error:
            why = str(error)
    return Report(
        name,
        roles.kind,
        None if pages is None else len(pages.pages),
        why,
        () if pages is None else tuple(substitutions(pages, document)),
        tuple(_result(rule, document, roles, pages) for rule in in_order()),
    )


def _pages(raw: bytes, setting: Rendered | CannotRenderError | None) -> Rendered:
    if isinstance(setting, CannotRenderError):
        raise setting
    return setting or render(raw)


def in_order() -> list[Rule]:
    """The rules in the order of their clauses."""
    return sorted(RULES.values(), key=lambda rule: _key(rule.code))


def _key(code: str) -> tuple[tuple[int, ...], str]:
    digits = code.rstrip("abcdefghijklmnop")
    return tuple(map(int, digits.split("."))), code


def _result(rule: Rule, document: Document, roles: Roles, pages: Rendered | None) -> Result:
    verdict = rule.check(document, roles)
    measure = MEASURED.get(rule.code)
    if measure is not None and pages is not None and pages.pages and verdict is not None:
        verdict = _settled(verdict, measure(pages, document, roles))
    if verdict is None:
        return Result(rule, Outcome.NOT_APPLICABLE)
    if isinstance(verdict, Unknown):
        return Result(rule, Outcome.UNKNOWN, reason=verdict.reason)
    return Result(rule, Outcome.NOT_MET if verdict else Outcome.MET, tuple(verdict))


def _settled(told: Verdict, seen: Verdict) -> Verdict:
    """What pages show outweighs what settings promise, where they show anything."""
    if seen is None or isinstance(seen, Unknown):
        return seen if isinstance(told, Unknown) and seen is not None else told
    return seen
