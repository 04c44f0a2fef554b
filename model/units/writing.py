"""Writing: unit lists as TOML text, as :mod:`.loading` reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_DELETE = "\x7f"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A unit list that is not on disk yet, to be checked before it is written."""

    name: str
    text: str

    def __str__(self) -> str:
        return self.name

    def read_text(self, encoding: str) -> str:  # noqa: ARG002 - as a path has it
        """The text."""
        return self.text


def to_toml(data: Mapping[str, Any]) -> str:
    """``{"region": {…}, "unit": [{…}, …], …}`` as TOML; keys that begin with _ are left out."""
    parts: list[str] = []
    for name, value in data.items():
        tables = [value] if isinstance(value, Mapping) else value
        head = f"[{name}]" if isinstance(value, Mapping) else f"[[{name}]]"
        for table in tables:
            lines = [f"{key} = {_value(told)}" for key, told in table.items() if not key.startswith("_")]
            parts.append("\n".join([head, *lines]) + "\n")
    return "\n".join(parts)


def _value(value: Any) -> str:
    """A string, a truth value, a whole number or a list. JSON's strings are TOML's, but for DEL."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    if isinstance(value, (bool, int, str)):
        return json.dumps(value, ensure_ascii=False).replace(_DELETE, "\\u007f")
    return json.dumps(str(value), ensure_ascii=False)  # a date
