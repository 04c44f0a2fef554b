"""Writing responsibility lists as .docx: one list, one file per unit, or all units in one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path

from .checklist import Checklist
from .files import make_folder, unique_stems, write_whole
from .official.compose import compose
from .official.duties import ListWords, bare_lists
from .official.proof import prove
from .official.settings import read_settings

SUFFIX = ".docx"
#: Called with the number of lists done, the number of all, and the unit just done.
Progress = Callable[[int, int, str], object]


def write_checklist(
    checklist: Checklist, path: str | PathLike[str], *, templates: str | PathLike[str] | None = None
) -> Path:
    """Write one list to the file ``path`` and return it; the folder is made if need be.

    ``templates`` is a folder with an office's own ``checklist.j2`` or ``official.toml``. Raises
    :class:`~duban.model.errors.OutputError`: nothing is half written, an old file stays as it was.
    """
    target = Path(path)
    write_whole(target, Press(templates).document([checklist]))
    return target


def write_checklists(
    checklists: Sequence[Checklist],
    target: str | PathLike[str],
    *,
    templates: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write many lists: into one file, a new page for each unit, when ``target`` ends in ``.docx`` and is
    no folder; else one file per unit into the folder ``target``, which is made if need be.

    Returns the files in the order of the lists. Raises as :func:`write_checklist`.
    """
    place = Path(target)
    press = Press(templates)
    if place.suffix.lower() == SUFFIX and not os.path.isdir(place):
        write_whole(place, press.document(checklists))
        if progress is not None:
            for number, checklist in enumerate(checklists, 1):
                progress(number, len(checklists), checklist.unit)
        return (place,)
    make_folder(place)
    names = unique_stems([press.file_name(checklist) for checklist in checklists])
    written = []
    for number, (checklist, name) in enumerate(zip(checklists, names, strict=True), 1):
        path = place / f"{name}{SUFFIX}"
        write_whole(path, press.document([checklist]))
        written.append(path)
        if progress is not None:
            progress(number, len(checklists), checklist.unit)
    return tuple(written)


class Press:
    """Wording and layout, read once, and the documents made with them."""

    def __init__(self, templates: str | PathLike[str] | None = None) -> None:
        """Read and check the templates; raises :class:`~duban.model.errors.TemplateError`."""
        self.words = ListWords(templates)
        self.settings = read_settings(None if templates is None else Path(templates))

    def file_name(self, checklist: Checklist) -> str:
        """What the wording calls the file of a list; not yet made safe."""
        return self.words.file_name(checklist)

    def document(self, checklists: Sequence[Checklist]) -> bytes:
        """The bytes of a document with these lists, each beginning on a new page, proven against them."""
        document = bare_lists(checklists, self.words)
        made = compose(document, self.settings)
        prove(made, document)
        return made
