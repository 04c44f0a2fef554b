"""Official documents made from the registry: responsibility lists (责任清单).

Importing this package loads none of its modules, and so neither jinja2 nor python-docx nor lxml: they come
when a document is made. Commands that only write a file (``.files``) start the quicker for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checklist import Checklist, ChecklistRow, Partner
    from .write import write_checklist, write_checklists

__all__ = ["Checklist", "ChecklistRow", "Partner", "write_checklist", "write_checklists"]
_HOLDERS = {name: ".write" if name.startswith("write") else ".checklist" for name in __all__}


def __getattr__(name: str) -> Any:
    if name not in _HOLDERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOLDERS[name], __name__), name)
