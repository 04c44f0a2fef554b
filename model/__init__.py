"""What a notice, its tasks and its parties *are*: frozen records, standard library only.

The registry that stores and searches them is :mod:`duban.model.registry`, loaded only when asked for.
"""

from .diagnostic import Diagnostic, Severity
from .errors import DubanError
from .notice import SCHEMA, Document, Notice, RosterEntry, Source
from .party import Assignment, Party, PartyKind, Role
from .place import Piece, places_of
from .span import Evidence, Span
from .task import Deadline, Item, Quantity, Section, Share, Task

__all__ = [
    "SCHEMA",
    "Assignment",
    "Deadline",
    "Diagnostic",
    "Document",
    "DubanError",
    "Evidence",
    "Item",
    "Notice",
    "Party",
    "PartyKind",
    "Piece",
    "Quantity",
    "Role",
    "RosterEntry",
    "Section",
    "Severity",
    "Share",
    "Source",
    "Span",
    "Task",
    "places_of",
]
