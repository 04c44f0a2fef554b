"""Tables for the terminal and for spreadsheets, with Chinese widths and without formulas."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: A cell that begins so would be run as a formula by Excel or WPS (also in full width).
_FORMULA = tuple("=+-@\t\r＝＋－＠")


#: Control characters (a notice may hold any) would drive the terminal; line breaks and tabs become blanks.
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), "�")
_CONTROL |= {ord(blank): " " for blank in "\t\n\r\v\f\u2028\u2029"}


def one_line(text: str) -> str:
    """The text on one line, safe to print: blanks folded, control and direction characters replaced."""
    return " ".join(text.translate(_CONTROL).split())


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def cut(text: str, columns: int) -> str:
    """The text on one line in at most so many columns, with … where something was left out."""
    text = one_line(text)
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        used += width(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def lay_out(head: Sequence[str], rows: Sequence[Sequence[str]], limits: Sequence[int]) -> str:
    """A table with aligned columns; column ``i`` takes at most ``limits[i]`` columns."""
    cells = [[cut(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in [head, *rows]]
    widths = [max(width(row[index]) for row in cells) for index in range(len(head))]
    lines = []
    for number, row in enumerate(cells):
        padded = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
        lines.append("  ".join(padded).rstrip())
        if number == 0:
            lines.append("  ".join("-" * wide for wide in widths))
    return "\n".join(lines) + "\n"


def csv_text(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
