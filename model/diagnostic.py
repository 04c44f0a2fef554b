"""Diagnostic: what a person should look at in a notice, with a stable code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .span import Span


class Severity(StrEnum):
    """``error`` makes a command end with exit status 1; the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding about a notice. Codes are stable; ``docs/diagnostics.md`` explains each."""

    code: str
    severity: Severity
    message: str
    #: Where in the text; None when it concerns the notice as a whole.
    span: Span | None = None
