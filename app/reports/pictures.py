"""Pictures where this machine can draw them; without a font the document goes without, and says so."""

from __future__ import annotations

from collections.abc import Callable

from ...model.errors import ChartFontError
from ...output.official.document import OfficialDocument
from ..console import say
from .job import Prepared


def drawn(name: str, made: Callable[[bool], OfficialDocument]) -> Prepared:
    """The document that ``made`` gives when asked with pictures (True), else the one without."""
    try:
        return Prepared(name, made(True), lambda: made(True))
    except ChartFontError as error:
        say(f"{name}：{error}")
        return Prepared(name, made(False), lambda: made(False))
