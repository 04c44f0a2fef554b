"""Official documents made from the registry: responsibility lists (责任清单).

Importing this package loads neither jinja2 nor python-docx nor lxml: they come when a document is made.
"""

from .checklist import Checklist, ChecklistRow, Partner
from .write import write_checklist, write_checklists

__all__ = ["Checklist", "ChecklistRow", "Partner", "write_checklist", "write_checklists"]
