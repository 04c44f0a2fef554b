"""Loading: unit directories from TOML files and spreadsheets into one :class:`UnitDirectory`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ..errors import UnitFileError
from ..reasons import system_reason, toml_reason
from .directory import UnitDirectory
from .records import KINDS, LEVELS, LINEAGE_KINDS, NAME_KINDS, GroupEntry, Lineage, UnitEntry, UnitName

#: Keys of a unit that list names of one kind; plain ``names`` are informal ones.
_NAME_KEYS = {"names": "informal", **{kind: kind for kind in NAME_KINDS}}
_KEYS = {
    "unit": {"id", "name", "level", "kind", "since", "until", "source", *_NAME_KEYS},
    "group": {"id", "texts", "members", "certain", "size", "source"},
    "lineage": {"from", "to", "kind", "date", "scope", "source", "confirmed"},
    "name": {"unit", "text", "kind", "from", "until", "source"},
    "member": {"group", "unit", "source"},
    "region": {"id", "prefix", "marks"},
}
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Readable(Protocol):
    """A file: :class:`pathlib.Path` or a resource of :mod:`importlib.resources`."""

    @property
    def name(self) -> str:
        """Its name, which ends as its format does."""

    def read_text(self, encoding: str) -> str:
        """The whole text."""


@dataclass(slots=True)
class _Parts:
    """What the files hold, put together."""

    units: list[UnitEntry] = field(default_factory=list)
    groups: list[GroupEntry] = field(default_factory=list)
    regions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lineage: list[Lineage] = field(default_factory=list)
    names: list[tuple[str, UnitName]] = field(default_factory=list)
    members: list[tuple[str, str]] = field(default_factory=list)


def load_directory(*sources: Readable) -> UnitDirectory:
    """Read unit directories, TOML or spreadsheets (.xlsx, .csv; :mod:`.sheets`), into one. Their form:
    docs/units.md.

    Raises UnitFileError, which names file and entry, for a file that cannot be read, is no TOML, lacks a
    field, has an unknown one, or contradicts itself or the files before it.
    """
    parts = _Parts()
    for source in sources:
        _read(source, parts)
    try:
        return UnitDirectory.of(
            parts.units,
            parts.groups,
            parts.regions,
            lineage=parts.lineage,
            names=parts.names,
            members=parts.members,
        )
    except ValueError as error:
        place = "、".join(str(source) for source in sources)
        raise UnitFileError(
            f"单位名录前后矛盾：{error}",
            place=place,
            remedy="请改正所说的条目，或写明有效期；别的地区的名录请写明 marks",
        ) from error


def data_of(source: Readable) -> dict[str, Any]:
    """The content of one file in the form of the TOML files. Raises UnitFileError."""
    if source.name.lower().endswith((".xlsx", ".csv")):
        from .sheets import data_of_sheet

        return data_of_sheet(Path(str(source)))
    import tomllib

    try:
        return tomllib.loads(source.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnitFileError(
            f"读不了（{system_reason(error)}）", place=str(source), remedy="请检查路径和权限"
        ) from error
    except UnicodeDecodeError as error:
        raise UnitFileError("不是 UTF-8 编码", place=str(source), remedy="请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UnitFileError(
            f"不是正确的 TOML（{toml_reason(error)}）", place=str(source), remedy="请改正所说的行"
        ) from error


def _read(source: Readable, parts: _Parts) -> None:
    data = data_of(source)
    region = data.get("region", {})
    place = str(source)
    if not isinstance(region, dict):
        raise UnitFileError("region 应写成 [region]", place=place)
    if unknown := [key for key in data if key not in _KEYS]:
        raise UnitFileError(
            f"不认识的部分：{'、'.join(unknown)}", place=place, remedy=f"可写 {_listed(_KEYS)}"
        )
    if "id" in region:
        parts.regions[region["id"]] = tuple(region.get("marks", ()))
    prefix, marks = region.get("prefix", ""), tuple(region.get("marks", ()))
    for row in _rows(data, "unit", place):
        parts.units.append(_unit(row, prefix))
    known = _Known(parts.units)
    for row in _rows(data, "group", place):
        ids = known.ids(row, row.listed("members"))
        size = row.data.get("size")
        parts.groups.append(
            GroupEntry(
                row.text("id"), row.listed("texts"), ids, row.flag("certain", default=True), marks,
                size if isinstance(size, int) else None, row.text("source", ""),
            )
        )  # fmt: skip
    for row in _rows(data, "lineage", place):
        parts.lineage += _lineage(row, known)
    for row in _rows(data, "name", place):
        form = UnitName(
            row.text("text"), row.choice("kind", NAME_KINDS, "informal"), row.day("from"), row.day("until"),
            row.text("source", ""),
        )  # fmt: skip
        parts.names.append((known.one(row, row.text("unit")), form))
    groups = {group.id for group in parts.groups}
    texts = {text: group.id for group in parts.groups for text in group.texts}
    for row in _rows(data, "member", place):
        group = texts.get(row.text("group"), row.text("group"))
        if group not in groups:
            raise row.wrong(f"名录中没有这个群体：{group}")
        parts.members.append((group, known.one(row, row.text("unit"))))


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry, and how to name it to people."""

    data: dict[str, Any]
    place: str

    def wrong(self, message: str, remedy: str = "请改正这一条") -> UnitFileError:
        return UnitFileError(message, place=self.place, remedy=remedy)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if value is None:
            raise self.wrong(f"缺少 {key}", "请补上这一项")
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(f"{key} 应是文字")
        return value

    def listed(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(part, str) and part.strip() for part in value):
            raise self.wrong(f"{key} 应是文字的列表")
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} 应是 true 或 false")
        return value

    def choice(self, key: str, allowed: Any, default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.wrong(f"{key} 不能是 {value}", f"可写 {_listed(allowed)}")
        return value

    def day(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is None:
            return None
        text = str(value)  # TOML has dates of its own, which print as ISO
        if not _DAY.fullmatch(text):
            raise self.wrong(f"{key} 不是日期：{text}", "请写成 2018-11-02 的形式")
        return text


class _Known:
    """The units read so far, by id and by name."""

    def __init__(self, units: Iterable[UnitEntry]) -> None:
        self._named: dict[str, set[str]] = {}
        for unit in units:
            for name in (unit.id, *unit.names):
                self._named.setdefault(name, set()).add(unit.id)

    def ids(self, row: _Row, names: Iterable[str]) -> tuple[str, ...]:
        """Ids of units that an entry refers to by id or name."""
        return tuple(self.one(row, name) for name in names)

    def one(self, row: _Row, name: str) -> str:
        """The id of one unit."""
        found = self._named.get(name, set())
        if len(found) > 1:
            raise row.wrong(f"“{name}”可指 {'、'.join(sorted(found))}", "请写编号")
        if not found:
            raise row.wrong(f"单位不在名录中：{name}", "请先在名录中写上这个单位，或改正名称")
        return next(iter(found))


def _rows(data: dict[str, Any], part: str, place: str) -> Iterator[_Row]:
    rows = data.get(part, [])
    if not isinstance(rows, list):
        raise UnitFileError(f"{part} 应写成 [[{part}]]", place=place)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise UnitFileError(f"{part} 应写成 [[{part}]]", place=place)
        row = dict(row)
        told = row.pop("_row", None)
        name = row.get("name") or row.get("id") or row.get("text") or row.get("from") or ""
        where = f"第 {told} 行" if told else f"第 {number} 个 [[{part}]]"
        found = _Row(row, f"{place}，{where}" + (f"（{name}）" if isinstance(name, str) and name else ""))
        if unknown := [key for key in row if key not in _KEYS[part]]:
            raise found.wrong(f"不认识 {'、'.join(unknown)}", f"可写 {_listed(_KEYS[part])}")
        yield found


def _unit(row: _Row, prefix: str) -> UnitEntry:
    name, unit_id = row.text("name"), row.text("id")
    if "/" not in unit_id.strip("/"):
        raise row.wrong(f"编号 {unit_id} 没有地区", "请写成 地区/单位 的形式，例如 liaoning/finance")
    level = row.choice("level", LEVELS)
    kind = row.choice("kind", KINDS, "government" if level == "city" else "department")
    since, until, source = row.day("since"), row.day("until"), row.text("source", "")
    forms = [UnitName(name, "std_abbr", since, until, source)]
    for key, kind_of_name in _NAME_KEYS.items():
        forms += [UnitName(text, kind_of_name, since, until, source) for text in row.listed(key)]
    if prefix:
        forms += [
            UnitName(prefix + form.text, form.kind, since, until, source)
            for form in forms
            if form.text.startswith("省")
        ]
    return UnitEntry(unit_id, name, level, tuple(dict.fromkeys(forms)), kind, source)


def _lineage(row: _Row, known: _Known) -> Iterator[Lineage]:
    """One entry may join several predecessors or successors: each pair is a step."""
    kind = row.choice("kind", LINEAGE_KINDS)
    before, after = known.ids(row, row.listed("from")), known.ids(row, row.listed("to"))
    if not before or (not after) != (kind == "abolish"):
        raise row.wrong("沿革要写明 from 和 to；只有撤销（abolish）没有 to")
    confirmed = row.flag("confirmed", default=False)
    if confirmed and kind == "split":
        raise row.wrong("拆分（split）不能写 confirmed = true", "拆分后的任务由人逐项确认")
    for predecessor in before:
        for successor in after or (None,):
            yield Lineage(
                predecessor, successor, kind, row.day("date"), row.text("scope", ""), row.text("source", ""),
                confirmed,
            )  # fmt: skip


def _listed(allowed: Any) -> str:
    return "、".join(sorted(allowed))
