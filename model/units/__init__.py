"""Unit directory: which names mean the same body, what became of it, and which bodies a group means.

Names are compared exactly after folding width and kind of bracket; nothing is guessed from similarity
(省残联 and 省文联 are as alike as 省工信厅 and 省工业和信息化厅). Directories are data:
``corpus/units/*.toml`` and an office's own lists (docs/units.md).
"""

from .directory import UnitDirectory
from .groups import GroupWords, group_words
from .history import Relation
from .loading import Readable, load_directory
from .records import KINDS, LEVELS, LINEAGE_KINDS, NAME_KINDS, GroupEntry, Lineage, UnitEntry, UnitName
from .resolving import Resolver

__all__ = [
    "KINDS",
    "LEVELS",
    "LINEAGE_KINDS",
    "NAME_KINDS",
    "GroupEntry",
    "GroupWords",
    "Lineage",
    "Readable",
    "Relation",
    "Resolver",
    "UnitDirectory",
    "UnitEntry",
    "UnitName",
    "group_words",
    "load_directory",
]
