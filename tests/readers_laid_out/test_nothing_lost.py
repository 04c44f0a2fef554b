"""Drawn files of each format: what a page shows is read, each word once; what it does not show never is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count

import openpyxl
from duban.extract.readers import Reader, ReadOptions, csv_tables, docx, html, ofd, pdf, xlsx
from duban.model import Source
from hypothesis import given
from hypothesis import strategies as st
from ofd_writer import ofd_of
from pdf_writer import pdf_of, show
from word_files import box, dele, ins, para, run, table, word

#: A word that stands in a file once: 词7末.
_WORD = re.compile(r"词\d+末")


class Words:
    """Words of which no two are alike, those that are shown in order."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = count()
        self.shown: list[str] = []

    def new(self, *, shown: bool = True) -> str:
        """The next word."""
        word = f"词{next(self._numbers)}末"
        if shown:
            self.shown.append(word)
        return word


def _read(reader: Reader, raw: bytes, **options: str) -> Source:
    """What a reader makes of a file; its pieces tile the text."""
    source = reader.read(raw, "x", ReadOptions(**options))  # type: ignore[arg-type]
    position = 0
    for piece in source.pieces:
        assert piece.start == position < piece.end
        position = piece.end
    assert position == len(source.text)
    return source


def _words(source: Source) -> list[str]:
    return _WORD.findall(source.text)


@st.composite
def _word_body(draw: st.DrawFn, words: Words, *, accepted: bool, depth: int = 0) -> str:
    """Paragraphs, tables and controls of Word; boxes stand behind their paragraph."""
    blocks = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(("p", "p", "tbl", "sdt") if depth < 2 else ("p",)))
        if kind == "tbl":
            rows = []
            for _ in range(draw(st.integers(1, 3))):
                cells = [
                    f"<w:tc>{draw(_word_body(words, accepted=accepted, depth=depth + 1))}</w:tc>"
                    for _ in range(draw(st.integers(1, 3)))
                ]
                rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
            blocks.append(table(*rows))
        elif kind == "sdt":
            inside = draw(_word_body(words, accepted=accepted, depth=depth + 1))
            blocks.append(f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>")
        else:
            blocks.append(draw(_word_paragraph(words, accepted=accepted)))
    return "".join(blocks)


@st.composite
def _word_paragraph(draw: st.DrawFn, words: Words, *, accepted: bool) -> str:
    runs, boxed = "", []
    kinds = ("t", "t", "ins", "del", "link", "field", "vanish", "box")
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4)):
        if kind == "ins":
            runs += ins(run(words.new(shown=accepted)))
        elif kind == "del":
            runs += dele(words.new(shown=not accepted))
        elif kind == "link":
            runs += f"<w:hyperlink>{run(words.new())}</w:hyperlink>"
        elif kind == "field":
            runs += f"<w:r><w:instrText>{words.new(shown=False)}</w:instrText></w:r>"
        elif kind == "vanish":
            runs += f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{words.new(shown=False)}</w:t></w:r>"
        elif kind == "box":
            boxed.append(words.new(shown=False))
            runs += box(para(run(boxed[-1])))
        else:
            runs += run(words.new())
    words.shown += boxed
    return f"<w:p>{runs}</w:p>"


@given(st.data(), st.booleans())
def test_word_files(data: st.DataObject, accepted: bool) -> None:
    words = Words()
    raw = word(data.draw(_word_body(words, accepted=accepted)) + para(run(words.new())))
    assert _words(_read(docx.READER, raw, revisions="accepted" if accepted else "rejected")) == words.shown


@st.composite
def _page(draw: st.DrawFn, words: Words, depth: int = 0) -> str:
    """Elements of a web page in one another, as browsers accept them."""
    made = ""
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(("text", "br", "off", "div", "p", "span", "ul", "table", "h2")))
        if kind == "text" or depth > 3:
            made += words.new()
        elif kind == "br":
            made += "<br>" + words.new()
        elif kind == "off":
            hidden = words.new(shown=False)
            made += draw(
                st.sampled_from(
                    (f"<script>{hidden}</script>", f"<style>{hidden}</style>", f"<!-- {hidden} -->",
                     f'<div style="display:none">{hidden}</div>', f"<p hidden>{hidden}</p>")
                )
            )  # fmt: skip
        elif kind == "ul":
            made += f"<ul><li>{draw(_page(words, depth + 1))}<li>{words.new()}</ul>"
        elif kind == "table":
            span = draw(st.sampled_from(("", " colspan=2", " rowspan=2", " colspan=0")))
            first, second = draw(_page(words, depth + 1)), words.new()
            made += f"<table><tr><td{span}>{first}</td><td>{second}<tr><td>{words.new()}</table>"
        else:
            made += f"<{kind}>{draw(_page(words, depth + 1))}</{kind}>"
    return made


@given(st.data())
def test_web_pages(data: st.DataObject) -> None:
    words = Words()
    body = data.draw(_page(words))
    raw = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()
    if words.shown:
        assert Counter(_words(_read(html.READER, raw))) == Counter(words.shown)


GRIDS = st.lists(st.lists(st.sampled_from("wwe"), min_size=1, max_size=4), min_size=1, max_size=5)


@given(GRIDS, st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 2), st.integers(1, 2))))
def test_spreadsheets(grid: list[list[str]], merges: list[tuple[int, int, int, int]]) -> None:
    words = Words()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "工作任务", "责任单位", "完成时限"])
    covered: set[tuple[int, int]] = set()
    for top, left, down, right in merges:
        inside = {
            (row, column) for row in range(top, top + down + 1) for column in range(left, left + right + 1)
        }
        if not inside & covered:
            covered |= inside
            sheet.merge_cells(
                start_row=top + 2, start_column=left + 1, end_row=top + down + 2, end_column=left + right + 1
            )
    for row, cells in enumerate(grid):
        for column, kind in enumerate(cells):
            cell = sheet.cell(row + 2, column + 1)
            if kind == "w" and type(cell).__name__ == "Cell":
                cell.value = words.new()
    stream = io.BytesIO()
    book.save(stream)
    assert _words(_read(xlsx.READER, stream.getvalue())) == words.shown


@given(
    GRIDS,
    st.sampled_from(",;"),
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from(("", "，", "\n", '"', ", ")),
)
def test_csv_tables(grid: list[list[str]], separator: str, end: str, more: str) -> None:
    words = Words()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator=end)
    writer.writerow(["序号", "工作任务", "责任单位", "完成时限"])
    for cells in grid:
        writer.writerow([words.new() + more if kind == "w" else "" for kind in cells])
    assert _words(_read(csv_tables.READER, stream.getvalue().encode())) == words.shown


@given(GRIDS, st.lists(st.integers(0, 60), max_size=4))
def test_ofd_files(grid: list[list[str]], lengths: list[int]) -> None:
    words = Words()
    rows = [[words.new() if kind == "w" else "" for kind in cells] for cells in grid]
    text = "\n".join(f"{' | '.join(cells)} |" for cells in rows if len(cells) > 1 and any(cells))
    words.shown = _WORD.findall(text)
    prose = [words.new() + "，推进各项工作" * length + "。" for length in lengths]
    source = _read(ofd.READER, ofd_of("\n".join(["重点任务", text, *prose]) + "\n"))
    assert Counter(_words(source)) == Counter(words.shown)


#: Where columns begin, in points.
XS = (60, 110, 330, 450)


@given(
    st.lists(st.tuples(st.sampled_from(XS), st.integers(1, 45)), min_size=1, max_size=25, unique=True),
    st.booleans(),
)
def test_pdf_pages(places: list[tuple[int, int]], headed: bool) -> None:
    """Words in columns below a row of heads, or not: as a table or as lines, each is read."""
    words = Words()
    content = b""
    if headed:
        for x, head in zip(XS, ("序号", "工作任务", "责任单位", "完成时限"), strict=True):
            content += show(head, x, 770, size=10)
    for number, (x, line) in enumerate(sorted(places, key=lambda place: place[1]), 1):
        text = str(number) if x == 60 else words.new()
        content += show(text, x, 770 - 16 * line, size=10)
    if headed or words.shown:
        assert Counter(_words(_read(pdf.READER, pdf_of([content])))) == Counter(words.shown)
