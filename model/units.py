"""Unit directory: which names mean the same body, and which bodies a group such as 各市人民政府 means.

Names are compared exactly after folding width and kind of bracket; nothing is guessed from similarity
(省残联 and 省文联 are as alike as 省工信厅 and 省工业和信息化厅). Directories are data:
``corpus/units/*.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from .folding import fold_name

if TYPE_CHECKING:
    from typing import Self

#: What a unit may be; ``vertical`` is a central body's branch (税务局, 海关).
LEVELS = frozenset({"province", "city", "vertical", "enterprise", "party", "other"})


class Readable(Protocol):
    """A file: :class:`pathlib.Path` or a resource of :mod:`importlib.resources`."""

    def read_text(self, encoding: str) -> str:
        """The whole text."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A body. ``names`` holds every form that means it, ``name`` (the usual one) first."""

    id: str
    name: str
    level: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """Words that mean several bodies. ``members`` are unit ids.

    ``certain`` is False where the words leave open which of the members are meant (相关市人民政府).
    ``marks``: the group has these members only in a notice whose issuer, number, title or file name carries
    one of these words; 各市人民政府 in another province means other cities.
    """

    id: str
    texts: tuple[str, ...]
    members: tuple[str, ...]
    certain: bool = True
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitDirectory:
    """Units and groups by id, and the ids by folded name. An empty directory resolves nothing."""

    units: dict[str, UnitEntry] = field(default_factory=dict)
    groups: dict[str, GroupEntry] = field(default_factory=dict)
    #: First part of the unit ids of a region, and the words that tell a notice of that region.
    regions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _by_name: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _by_text: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        units: Iterable[UnitEntry],
        groups: Iterable[GroupEntry] = (),
        regions: dict[str, tuple[str, ...]] | None = None,
    ) -> Self:
        """Index the entries.

        Raises ValueError when an id stands twice, a name means two units, a text two groups, or a member
        is unknown.
        """
        directory = cls(regions=dict(regions or {}))
        for unit in units:
            if unit.id in directory.units:
                raise ValueError(f"unit {unit.id} stands twice")
            if unit.level not in LEVELS:
                raise ValueError(f"unit {unit.id}: level must be one of {sorted(LEVELS)}, not {unit.level!r}")
            directory.units[unit.id] = unit
            for name in unit.names:
                _claim(directory._by_name, fold_name(name), unit.id)
        for group in groups:
            if group.id in directory.groups or group.id in directory.units:
                raise ValueError(f"group {group.id} stands twice")
            if unknown := [member for member in group.members if member not in directory.units]:
                raise ValueError(f"group {group.id}: unknown members {unknown}")
            directory.groups[group.id] = group
            for text in group.texts:
                _claim(directory._by_text, fold_name(text), group.id)
        return directory

    def resolve(self, name: str) -> str | None:
        """Id of the unit that ``name`` means (an id means itself); None where no unit has just this name."""
        return name if name in self.units else self._by_name.get(fold_name(name))

    def resolver_for(self, *words: str | None) -> Callable[[str], str | None] | None:
        """How names resolve in a notice that carries these words (issuer, number, title); None where they
        tell no region. 省财政厅 in another province's notice is another body: only the region's own count.
        """
        carried = fold_name("".join(word or "" for word in words))
        here = {
            region for region, marks in self.regions.items() if any(fold_name(m) in carried for m in marks)
        }
        if not here:
            return None
        by_name = self._by_name

        def resolve(name: str) -> str | None:
            found = by_name.get(fold_name(name))
            return found if found is not None and found.partition("/")[0] in here else None

        return resolve

    def names_of(self, unit_id: str) -> tuple[str, ...]:
        """Every name of a unit; empty for an unknown id."""
        unit = self.units.get(unit_id)
        return unit.names if unit else ()

    def groups_of(self, unit: str) -> tuple[str, ...]:
        """Ids of the groups with ``unit`` (an id or a name) among their members, certain or possible."""
        unit_id = self.resolve(unit)
        return tuple(group.id for group in self.groups.values() if unit_id in group.members)

    def group_of_text(self, text: str) -> GroupEntry | None:
        """The group that these words mean; an id means itself."""
        return self.groups.get(text) or self.groups.get(self._by_text.get(fold_name(text), ""))


def _claim(index: dict[str, str], key: str, owner: str) -> None:
    """Enter a folded name; two owners of one name would make every answer a guess."""
    if index.setdefault(key, owner) != owner:
        raise ValueError(f"{key} means both {index[key]} and {owner}")


def load_directory(*sources: Readable) -> UnitDirectory:
    """Read TOML unit directories into one.

    Each may hold ``[region]`` (``prefix``: a name that begins with 省 also answers to prefix + name;
    ``marks``: see :class:`GroupEntry`), ``[[unit]]`` (id, name, level, names) and ``[[group]]`` (id, texts,
    members, certain).
    Raises KeyError for a missing field and what :meth:`UnitDirectory.of` raises.
    """
    import tomllib

    units: list[UnitEntry] = []
    groups: list[GroupEntry] = []
    regions: dict[str, tuple[str, ...]] = {}
    for source in sources:
        data: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
        region = data.get("region", {})
        if "id" in region:
            regions[region["id"]] = tuple(region.get("marks", ()))
        units += [_unit(row, region.get("prefix", "")) for row in data.get("unit", ())]
        groups += [_group(row, tuple(region.get("marks", ()))) for row in data.get("group", ())]
    return UnitDirectory.of(units, groups, regions)


def _unit(row: dict[str, Any], prefix: str) -> UnitEntry:
    names = [row["name"], *row.get("names", ())]
    if prefix:
        names += [prefix + name for name in names if name.startswith("省")]
    return UnitEntry(row["id"], row["name"], row["level"], tuple(dict.fromkeys(names)))


def _group(row: dict[str, Any], marks: tuple[str, ...]) -> GroupEntry:
    return GroupEntry(row["id"], tuple(row["texts"]), tuple(row["members"]), row.get("certain", True), marks)
