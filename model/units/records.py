"""Records of a unit directory: units with their names, lineage between units, groups."""

from __future__ import annotations

from dataclasses import dataclass

#: Whose body a unit is.
LEVELS = frozenset({"central", "province", "city", "county"})
#: What a unit is; ``vertical`` is a central body's branch (税务局, 海关), ``government`` a people's
#: government as a whole (沈阳市人民政府), ``mass`` a mass organisation (工商联, 残联).
KINDS = frozenset(
    {"government", "department", "vertical", "enterprise", "party", "mass", "institution", "other"}
)
#: ``std_abbr``: the standard short form (规范简称), ``bracket``: with another name plate in brackets.
NAME_KINDS = ("std_abbr", "full", "informal", "bracket", "typo")
#: ``split``: duties of a body went to several; ``transfer``: a body that lives on gave duties away.
LINEAGE_KINDS = ("rename", "merge", "split", "transfer", "abolish")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A form of a unit's name. The dates are ISO, ``valid_to`` is the first day on which it no longer holds;
    None: not known, so not limited."""

    text: str
    kind: str = "informal"
    valid_from: str | None = None
    valid_to: str | None = None
    #: Where the form stands or was published; whose decision it is.
    source: str = ""

    def holds(self, first: str, last: str) -> bool:
        """Whether the form was valid on any day from ``first`` to ``last`` (ISO, both included)."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A body. ``forms`` holds every form that means it, the usual one (``name``) first."""

    id: str
    name: str
    level: str
    forms: tuple[UnitName, ...]
    kind: str = "department"
    source: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The texts of all forms, each once, ``name`` first."""
        return tuple(dict.fromkeys(form.text for form in self.forms))


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of a unit. ``successor`` is None where it was abolished.

    ``confirmed`` is False where only general reports tell it; a split is never confirmed, because no task of
    the one body is for sure the task of another.
    """

    predecessor: str
    successor: str | None
    kind: str
    #: ISO date; None where nobody told the day.
    date: str | None = None
    #: Which duties it is about; empty: all.
    scope: str = ""
    source: str = ""
    confirmed: bool = False

    @property
    def certain(self) -> bool:
        """Whether the successor stands for the whole predecessor, and that is confirmed."""
        return self.confirmed and self.kind in ("rename", "merge")


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
    #: How many members it has, as far as told; more than ``members`` where some are not known.
    size: int | None = None
    source: str = ""

    @property
    def unknown_members(self) -> int | None:
        """How many members nobody has named yet; None where the size is not known."""
        return None if self.size is None else max(0, self.size - len(self.members))
