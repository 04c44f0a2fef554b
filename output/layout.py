"""Layout: page, fonts, sizes and places of a document, read from ``official.toml`` and checked."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from types import MappingProxyType

from ..model.errors import TemplateError
from ..model.reasons import toml_place
from .sources import SourceText

#: Keys that take one of a few words.
_CHOICES = {"profile": ("A", "B")}
#: A4 upright, in millimetres.
A4 = (210.0, 297.0)

#: Allowed range by ending of the key; a key that stands here by name overrides its ending.
_RANGES = {
    "_mm": (0.0, 297.0),
    "_pt": (4.0, 144.0),
    "padding_mm": (0.0, 3.0),
    "padding_pt": (0.0, 40.0),
    "tighten_pt": (0.0, 1.0),
    "mark_rise_pt": (-40.0, 40.0),
    "keep_whole_up_to": (0.0, 1.0),
    "blank_up_to": (0.0, 1.0),
}

Value = str | float


@dataclass(frozen=True, slots=True)
class Layout:
    """Checked layout values by table and key; lengths in millimetres or points as the key's ending says."""

    tables: MappingProxyType[str, MappingProxyType[str, Value]]

    def number(self, table: str, key: str) -> float:
        """The numeric value of a key."""
        value = self.tables[table][key]
        return float(value)

    def text(self, table: str, key: str) -> str:
        """The textual value of a key."""
        return str(self.tables[table][key])


def read_layout(standard: SourceText, own: SourceText | None) -> Layout:
    """The standard layout with the values of the office's own file in place of its own.

    Raises :class:`TemplateError` with file, line and remedy: broken TOML, unknown keys, bad values.
    """
    tables = {name: dict(keys) for name, keys in _load(standard).items()}
    if own is not None:
        known = _load(standard)
        for name, keys in _load(own).items():
            if name not in known:
                raise _error(own, name, f"不认识的表 [{name}]", f"只能用 {'、'.join(known)}")
            for key, value in keys.items():
                if key not in known[name]:
                    raise _error(own, key, f"[{name}] 中不认识的项 {key}", f"只能用 {'、'.join(known[name])}")
                tables[name][key] = value
    return Layout(MappingProxyType({name: MappingProxyType(keys) for name, keys in tables.items()}))


def _load(source: SourceText) -> dict[str, dict[str, Value]]:
    try:
        tables = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        at = toml_place(error) if isinstance(error, ValueError) else None
        place = f"{source.place}:{at[0]}" if at else source.place
        raise TemplateError("不是正确的 TOML", place=place, remedy="对照自带的同名文件改正") from error
    for name, keys in tables.items():
        if not isinstance(keys, dict):
            raise _error(source, name, f"{name} 不在任何表中", "把它写在 [page]、[fonts] 等表头之下")
        for key, value in keys.items():
            keys[key] = _checked(source, key, value)
    return tables


def _checked(source: SourceText, key: str, value: object) -> Value:
    if choices := _CHOICES.get(key):
        if value not in choices:
            raise _error(source, key, f"{key} = {value!r} 不可用", f"只能用 {'、'.join(choices)}")
        return str(value)
    limits = _RANGES.get(key) or _RANGES.get(key[-3:])
    if limits is None:
        if not isinstance(value, str) or not value.strip() or len(value) > 64 or not value.isprintable():
            raise _error(source, key, f"{key} 应当是字体名", '写成引号中的字体名称,如 "仿宋_GB2312"')
        return value
    low, high = limits
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise _error(source, key, f"{key} = {value!r} 不在 {low:g} 到 {high:g} 之间", "改成这个范围内的数")
    return float(value)


def _error(source: SourceText, key: str, message: str, remedy: str) -> TemplateError:
    """An error at the line of ``source`` where ``key`` stands; at the file when it stands nowhere."""
    pattern = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}\b")
    for number, line in enumerate(source.text.splitlines(), 1):
        if pattern.match(line):
            return TemplateError(message, place=f"{source.place}:{number}", remedy=remedy)
    return TemplateError(message, place=source.place, remedy=remedy)
