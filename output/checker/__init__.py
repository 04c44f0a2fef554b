"""The checker: a document against GB/T 9704-2012, clause by clause.

Importing this package loads neither lxml nor pypdfium2: they come with the first check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .checking import Report
    from .rendering import CannotRenderError, Rendered
    from .roles import Kind

__all__ = ["check"]


def check(
    raw: bytes,
    name: str = "<bytes>",
    *,
    kind: Kind | None = None,
    rendered: bool = True,
    setting: Rendered | CannotRenderError | None = None,
) -> Report:
    """Check a .docx; see :func:`duban.output.checker.checking.check`."""
    from .checking import check as run

    return run(raw, name, kind=kind, rendered=rendered, setting=setting)
