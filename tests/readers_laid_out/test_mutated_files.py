"""Mutated real files of each format: each is read or refused with an error of its own, in time."""

from __future__ import annotations

import copy
import functools
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from duban.extract.readers import ReadOptions, read
from duban.model.errors import InputError, ReadCrashError, ReadTimeoutError
from lxml import etree
from ofd_writer import ofd_of
from office_files import converted
from pdf_writer import pdf_of, plain_pdf, show
from word_files import box, dele, ins, level, lists, para, row, run, table, word

LIMITS = ReadOptions(seconds=4, memory=1 << 30)
MADE = Path(__file__).parents[1] / "fixtures" / "notices"
TEXT = "一、任务\n1.修桥。（责任单位：市交通局）\n"
#: Parts that no reader opens are changed seldom.
_READ = re.compile(r"word/|xl/|\[Content_Types\]|_rels/|Doc_0/|OFD\.xml")
_UNREAD = re.compile(r"theme|settings|fontTable|docProps")
_VALUES = ("", "-1", "0", "1", "9" * 9, "9" * 400, "A0", "XFD1048577", "甲", "%1%9", "true", "rId1", "../x")


def _cut(raw: bytes, source: random.Random) -> bytes:
    """A file with some bytes changed, a stretch cut out or doubled, or its end lost."""
    data = bytearray(raw)
    for _ in range(source.randint(1, 8)):
        at = source.randrange(len(data))
        kind = source.randrange(4)
        if kind == 0:
            data[at] = source.randrange(256)
        elif kind == 1:
            del data[at : at + source.randint(1, 200)]
        elif kind == 2:
            data[at:at] = data[at : at + source.randint(1, 200)]
        else:
            data = data[: max(1, at)] if source.random() < 0.2 else data
        if not data:
            return b"x"
    return bytes(data)


def _grafted(raw: bytes, source: random.Random) -> bytes:
    """An XML part that is well-formed still: elements gone, doubled, put into others, values changed."""
    try:
        root = etree.fromstring(raw)
    except etree.XMLSyntaxError:
        return _cut(raw, source)
    for _ in range(source.randint(1, 6)):
        elements = list(root.iter("*"))
        chosen, other = source.choice(elements), source.choice(elements)
        kind = source.randrange(5)
        if kind == 0 and chosen.getparent() is not None:
            chosen.getparent().remove(chosen)
        elif kind == 1 and len(chosen) < 50:
            other.append(copy.deepcopy(chosen))
        elif kind == 2 and chosen.attrib:
            chosen.set(source.choice(list(chosen.attrib)), source.choice(_VALUES))
        elif kind == 3:
            chosen.tag = other.tag
        else:
            chosen.text = source.choice(_VALUES)
    return etree.tostring(root)


def _repacked(raw: bytes, source: random.Random) -> bytes:
    """A package one part of which was changed before it was packed: its checksums are right."""
    stream = io.BytesIO()
    change = _grafted if source.random() < 0.7 else _cut
    with zipfile.ZipFile(io.BytesIO(raw)) as good, zipfile.ZipFile(stream, "w") as bad:
        names = [name for name in good.namelist() if good.getinfo(name).file_size]
        read_ones = [name for name in names if _READ.search(name) and not _UNREAD.search(name)]
        chosen = source.choice(read_ones if source.random() < 0.9 else names)
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, change(data, source) if name == chosen else data)
    return stream.getvalue()


def _tags_moved(raw: bytes, source: random.Random) -> bytes:
    """A page with tags lost, doubled and put elsewhere; a browser would show it all the same."""
    tokens = re.split(rb"(<[^>]*>)", raw)
    for _ in range(source.randint(1, 12)):
        at, other = source.randrange(len(tokens)), source.randrange(len(tokens))
        kind = source.randrange(3)
        if kind == 0:
            tokens[at] = b""
        elif kind == 1:
            tokens[other] += tokens[at]
        else:
            tokens[at] = re.sub(rb"span=\"?\d+", b'span="%d' % source.choice((0, 3, 10**9)), tokens[at])
    return b"".join(tokens)


def _mutated(raw: bytes, source: random.Random) -> bytes:
    # what is changed in a packed file, its checksums mostly refuse
    if raw.startswith(b"PK"):
        return (_repacked if source.random() < 0.8 else _cut)(raw, source)
    if raw.lstrip().startswith(b"<"):
        return (_tags_moved if source.random() < 0.5 else _cut)(raw, source)
    return _cut(raw, source)


def _fuzz(seeds: Sequence[bytes], count: int, seed: int, limits: ReadOptions = LIMITS) -> int:
    """Reads mutations; returns how many were read. Anything but a Source or an InputError fails, and so does
    ReadCrashError: it is what a fault of a reader looks like from outside."""
    good = 0
    for number in range(count):
        source = random.Random(f"{seed}/{number}")
        data = _mutated(seeds[number % len(seeds)], source)
        try:
            found = read(data, "x", limits)
        except (ReadTimeoutError, ReadCrashError) as error:
            pytest.fail(f"mutation {seed}/{number}: {error}")
        except InputError as error:
            if not (error.place and error.remedy):
                pytest.fail(f"mutation {seed}/{number}: no place or remedy: {error}")
            continue
        position = 0
        for piece in found.pieces:
            assert piece.start == position, number
            position = piece.end
        assert not found.pieces or position == len(found.text), number
        good += 1
    return good


def _made(*names: str) -> list[bytes]:
    return [(MADE / name).read_bytes() for name in names]


def _word() -> list[bytes]:
    """Files of LibreOffice, and one with what these lack: numbers, changes, boxes, merged cells, notes."""
    levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "（%2）"),
        level(2, "decimal", "%1.%3"),
    ]
    rich = word(
        para("任务", list_=(1, 0)) + para(ins(run("新")) + dele("旧"), list_=(1, 1)) + para(box(para("框")))
        + table(row("序号", "任务"), row("1", "修桥")) + para("尾", style="S", list_=(1, 2)),
        numbering=lists(levels), styles='<w:style w:type="paragraph" w:styleId="S"/>',
        header1=para("甲〔2025〕1号"),
    )  # fmt: skip
    return [*_made("e-table.docx", "c-one-line.docx"), rich]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "pdf": lambda: [plain_pdf([*TEXT.splitlines(), "2025年6月底前完成", "——"])],
    "ofd": lambda: [ofd_of(TEXT + "序号 | 任务 | 责任单位 |\n1 | 铺路 | 市财政局 |\n")],
    "docx": _word,
    "xlsx": lambda: _made("e-table.xlsx"),
    "html": lambda: _made("e-table.html", "c-one-line.html", "k-gb18030-crlf.html"),
}


@functools.cache
def _of_libreoffice(kind: str) -> bytes:
    """A PDF or .doc of LibreOffice; skips where it is not installed."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return converted([MADE / "e-table.docx"], kind, Path(folder))[0].read_bytes()


@pytest.mark.parametrize("form", SEEDS)
def test_mutated_files_are_read_or_refused(form: str) -> None:
    assert 0 < _fuzz(SEEDS[form](), 100, 4) < 100


def open_table() -> bytes:
    """A PDF page with a table that no rules close, which pdfplumber is asked about."""
    rows = [("序号", "工作任务", "责任单位"), *((str(n), f"修第{n}座桥。", "市交通局") for n in range(1, 9))]
    return pdf_of(
        [
            b"".join(
                show(words, x, 760 - 20 * number, size=10)
                for number, row in enumerate(rows)
                for x, words in zip((60, 110, 330), row, strict=True)
            )
        ]
    )


def test_mutated_open_tables_are_read_or_refused() -> None:
    assert "1 | 修第1座桥。 | " in read(open_table(), "x", LIMITS).text
    _fuzz([open_table()], 40, 6)


@pytest.mark.slow
def test_mutated_prints_of_libreoffice_are_read_or_refused() -> None:
    _fuzz([_of_libreoffice("pdf")], 40, 4)


@pytest.mark.release
@pytest.mark.parametrize("form", SEEDS)
def test_many_mutated_files_are_read_or_refused(form: str) -> None:
    assert 0 < _fuzz(SEEDS[form](), 5000, 5) < 5000


@pytest.mark.release
def test_many_mutated_open_tables_are_read_or_refused() -> None:
    _fuzz([open_table()], 1000, 7)


@pytest.mark.release
def test_many_mutated_prints_of_libreoffice_are_read_or_refused() -> None:
    assert 0 < _fuzz([_of_libreoffice("pdf")], 5000, 5) < 5000


@pytest.mark.release
def test_mutated_files_of_word_97_are_read_or_refused() -> None:
    """A start of LibreOffice each, which takes seconds: a hundred, not thousands."""
    _fuzz([_of_libreoffice("doc")], 100, 5, ReadOptions(seconds=30))
