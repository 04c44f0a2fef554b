"""Regular expressions that are compiled when they are first used, so that start-up does not pay for them."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "sub")


class _WhenNeeded:
    """Stands for a compiled expression; its methods are put in place at the first use of any of them."""

    __slots__ = ("_expression", *_METHODS)

    def __init__(self, expression: str) -> None:
        self._expression = expression

    def __getattr__(self, name: str) -> Any:  # only for what is not in place yet
        compiled = re.compile(self._expression)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(expression: str) -> re.Pattern[str]:
    """``re.compile(expression)``, put off until the pattern is used. Meant for constants of modules."""
    return cast("re.Pattern[str]", _WhenNeeded(expression))
