"""Task tables in .csv: told by a header row of the right words and rows of its width."""

from __future__ import annotations

import csv
import io

from ...model import Source
from ...model.errors import DamagedError, InputError
from ..patterns import pattern
from ..reading import read_text
from .builder import TextBuilder
from .lines import add_lines
from .registry import Reader, ReadOptions
from .task_tables import header_row, is_header, table_lines

#: What is looked at to tell the format: lines, and bytes.
_LINES, _BYTES = 40, 16_384
_SEPARATORS = ",;"
#: Cells parted by tabs are read as text as well; but where quotation marks hold cells together, they are not.
_QUOTED_CELL = pattern(r'(?:^|\t)"[^"]*(?:"\t|\r?\n)')
# The line in which a file for Excel names its separator.
_NAMED = pattern(r"(?i)sep=(.)\r?\n")
#: A longer line is prose with commas.
_LONGEST_HEADER = 200
#: csv's own limit is 131,072 characters a cell; a missing quote swallows the rest of the file.
_LONGEST_CELL = 100_000


def sniff(raw: bytes) -> bool:
    """Whether these bytes are a text whose first lines hold a header of a task table, comma by comma."""
    head = raw[:_BYTES]
    if not any(separator in head for separator in (b",", b";", b'\t"', b'\t\0"', b'\n"', b'\0"')):
        return False
    for codec in ("utf-8-sig", "utf-16", "gb18030"):
        if codec == "utf-16" and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        # a cut character at the end is no matter
        text = head.decode(codec, "ignore")
        if _separator(text) is not None:
            return True
    return False


def _separator(text: str) -> str | None:
    """The separator of the header row; None where no line is one."""
    separators = _SEPARATORS + ("\t" if _QUOTED_CELL.search(text) else "")
    for line in text.splitlines()[:_LINES]:
        for separator in separators:
            cells = line.replace('"', "").split(separator)
            if len(line) <= _LONGEST_HEADER and len(cells) >= 3 and is_header(cells):
                return separator
    return None


def read(raw: bytes, name: str, options: ReadOptions) -> Source:
    """A table's rows; pieces tell row and column, from 0. Raises the errors of :func:`read_text`, and
    DamagedError where a quotation mark is not closed."""
    decoded = read_text(raw, name, encoding=options.encoding)
    separator = _separator(decoded.text[:_BYTES])
    if separator is None:
        raise InputError("找不到表头（序号、任务、责任单位）", place=name, remedy="请检查表格第一行")
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise DamagedError(
            "表格读不下去", place=name, remedy="请检查引号是否成对，或用 Excel 打开后另存"
        ) from error
    if header_row(rows) is None:
        raise DamagedError("表头里的引号不成对", place=name, remedy="请用 Excel 打开后另存")
    named = _NAMED.match(decoded.text) is not None
    builder = TextBuilder()
    add_lines(builder, table_lines(list(enumerate(rows))[named:]), "csv")
    if named:
        add_lines(builder, [[(decoded.text.splitlines()[0], (0, 0), False)]], "csv", aside=True)
    return builder.source(name, "csv", raw, encoding=decoded.encoding)


READER = Reader("csv", "CSV 表格", (".csv", ".tsv"), sniff, read, isolated=True)
