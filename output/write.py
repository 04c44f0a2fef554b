"""Writing responsibility lists as .docx: one list, one file per unit, or all units in one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from os import PathLike
from pathlib import Path

from .base import base_parts
from .cells import Cells, cells_of, columns_of, mark_of
from .checklist import Checklist, NoticeLabel, bracketed, notices, totals
from .files import make_folder, unique_stems, write_whole
from .grid import Grid, grid_of, points
from .layout import Layout, read_layout
from .package import PAGE, PAGES, fill, open_base, section
from .paging import whole_rows
from .sources import LAYOUT_FILE, WORDING_FILE, own, shipped
from .table import table
from .text import paragraph
from .wording import Wording

SUFFIX = ".docx"
#: Called with the number of lists done, the number of all, and the unit just done.
Progress = Callable[[int, int, str], object]


def write_checklist(
    checklist: Checklist, path: str | PathLike[str], *, templates: str | PathLike[str] | None = None
) -> Path:
    """Write one list to the file ``path`` and return it; the folder is made if need be.

    ``templates`` is a folder with an office's own ``checklist.j2`` or ``checklist.toml``.
    Raises :class:`~duban.model.errors.OutputError`: nothing is half written, an old file stays as it was.
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
        write_whole(place, press.document(checklists, progress))
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
        folder = None if templates is None else Path(templates)
        self.wording = Wording(shipped(WORDING_FILE), own(folder, WORDING_FILE))
        self.layout: Layout = read_layout(shipped(LAYOUT_FILE), own(folder, LAYOUT_FILE))
        self._base = base_parts(self.layout)
        self._document = open_base(self._base, self.wording.say("footer", page=PAGE, pages=PAGES))

    def file_name(self, checklist: Checklist) -> str:
        """What the wording calls the file of a list; not yet made safe."""
        return self.wording.say("file_name", unit=checklist.unit, year=checklist.year)

    def document(self, checklists: Sequence[Checklist], progress: Progress | None = None) -> bytes:
        """The bytes of a document with these lists, each beginning on a new page."""
        parts = []
        end = ""
        for number, checklist in enumerate(checklists, 1):
            if end:
                # The paragraph that must follow a table carries the page set-up of the list it ends.
                parts.append(f'<w:p><w:pPr><w:pStyle w:val="ListEnd"/>{end}</w:pPr></w:p>')
            rows = list(cells_of(checklist, self.wording))
            marked = any(
                row.inherited or row.possible or row.via is not None or row.history is not None
                for row in checklist.rows
            )
            grid = grid_of(columns_of(checklist.rows), rows, self.layout, marked=marked)
            end = section(self.layout, landscape=grid.landscape)
            parts.extend(self._list(checklist, rows, grid))
            if progress is not None:
                progress(number, len(checklists), checklist.unit)
        end = end or section(self.layout, landscape=False)
        parts.append(f'<w:p><w:pPr><w:pStyle w:val="ListEnd"/></w:pPr></w:p>{end}')
        title = self._title(checklists[0]) if checklists else ""
        return fill(self._document, self._base, "".join(parts), title)

    def _list(self, checklist: Checklist, rows: Sequence[Cells], grid: Grid) -> Iterator[str]:
        notes = list(self._notes(checklist))
        yield paragraph(self._title(checklist), "Heading1")
        for note in notes:
            yield paragraph(note, "ListNote")
        whole = whole_rows(
            rows,
            grid,
            above=points(self.layout.number("pitch", "title_pt") * 1.5)
            + points(self.layout.number("pitch", "note_pt") * len(notes)),
            blank_up_to=self.layout.number("rows", "blank_up_to"),
            keep_up_to=self.layout.number("rows", "keep_whole_up_to"),
        )
        values = _values(checklist)
        yield table(rows, whole, grid.widths, self.wording, empty=self.wording.say("empty", **values))
        if closing := self.wording.say("closing", **values):
            yield paragraph(closing, "ListClosing")

    def _notes(self, checklist: Checklist) -> Iterator[str]:
        """The lines between title and table."""
        yield self.wording.say("summary", **_values(checklist))
        labels = notices(checklist.rows)
        for position, label in enumerate(labels):
            yield self._notice(label, position, many=len(labels) > 1)
        if checklist.made_on is not None:
            day = checklist.made_on
            yield self.wording.say("made_on", date=f"{day.year}年{day.month}月{day.day}日")

    def _title(self, checklist: Checklist) -> str:
        if checklist.title is not None:
            return checklist.title
        values = _values(checklist)
        return self.wording.say("title", **values)

    def _notice(self, label: NoticeLabel, position: int, *, many: bool) -> str:
        return self.wording.say(
            "notice",
            mark=mark_of(position),
            many=many,
            notice=bracketed(label.title),
            document_number=label.document_number,
        )


def _values(checklist: Checklist) -> dict[str, str | int | None]:
    """The variables of the blocks that speak of a list as a whole."""
    return {"unit": checklist.unit, "year": checklist.year} | totals(checklist)._asdict()
