"""What a web page shows, line by line: blocks, breaks, tables; and which blocks are the site's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..patterns import pattern
from .lines import Line, one_line, row_of

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements that begin and end a line.
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: Elements whose content the page does not show.
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "select",
        "option",
        "textarea",
        "button",
        "input",
        "video",
        "audio",
        "map",
        "canvas",
        "math",
    ]
)
_SITE_TAGS = frozenset(("nav", "footer", "aside"))
# Class or id of blocks that belong to the site: menus, crumbs, sharing, footers.
_SITE_NAME = pattern(
    r"(?:^|[\s_-])(?:nav|navbar|menu|crumbs?|breadcrumbs?|position|location|footer|foot|bottom|header|topbar|top|share"
    r"|bdsharebuttonbox|sidebar|aside|toolbar|copyright|links?|friendlinks?|search|login|qrcode|ewm|related|recommend"
    r"|prevnext|pages?|fontsize|print|banner|logo)(?:$|[\s_-])"
)
_HIDDEN = pattern(r"display\s*:\s*none|visibility\s*:\s*hidden")
#: A block that holds more of the page's text than this is not the site's, whatever its name.
_LARGEST_SITE = 0.4
#: Blocks with at least so many links, and this share of their text in links, are menus.
_MENU_LINKS, _MENU_SHARE = 3, 0.7
_BLANKS = pattern(r"[ \t\r\n\f]+")
_LINE_END = "\n"
_MOST_SPAN = 200
#: Deeper elements are read as text of the one at this depth; browsers stop at 512.
_DEEPEST = 200
_MOST_CELLS = 500_000


def _is_hidden(element: _Element) -> bool:
    """Whether a page keeps an element from being seen by its own style or the attribute ``hidden``."""
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style", "").lower()) is not None


class _Page:
    """One walk over a page; ``lines`` are what it shows, ``site`` what belongs to the site."""

    def __init__(self, root: _Element) -> None:
        self.lines: list[Line] = []
        self.site: list[Line] = []
        self._line: Line = []
        self._sizes, self._links, self._counts = _measure(root)
        self._whole = max(1, self._sizes.get(root, 0))
        self._number: dict[_Element, int] = {
            element: at for at, element in enumerate(root.iter()) if isinstance(element.tag, str)
        }

    def walk(self, element: _Element, *, depth: int = 0) -> None:
        """Read an element with all that it holds."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or _is_hidden(element):
            return
        if tag == "br":
            self._break()
            return
        if tag == "table" and depth < _DEEPEST and self._table(element, depth):
            return
        site = tag in _BLOCKS and self._is_site(element)
        if site:
            self._break_if_any()
            kept, self.lines = self.lines, []
        block = tag in _BLOCKS
        if block:
            self._break_if_any()
        self._text(element.text, element, pre=tag == "pre")
        for child in element:
            if depth < _DEEPEST:
                self.walk(child, depth=depth + 1)
            else:
                self._text(" ".join(child.itertext()) if isinstance(child.tag, str) else None, element)
            self._text(child.tail, element, pre=tag == "pre")
        if block:
            self._break_if_any()
        if site:
            self.site += [line for line in self.lines if any(text.strip() for text, _, _ in line)]
            self.lines = kept

    def _text(self, text: str | None, element: _Element, *, pre: bool = False) -> None:
        if not text:
            return
        where = (self._number.get(element, 0),)
        if pre:
            for index, piece in enumerate(text.splitlines()):
                if index:
                    self._break()
                if piece:
                    self._line.append((piece, where, False))
            return
        shown = _BLANKS.sub(" ", text)
        if not self._line or self._line[-1][0].endswith(" "):
            shown = shown.lstrip(" ")
        if shown:
            self._line.append((shown, where, False))

    def _break(self) -> None:
        while self._line and not self._line[-1][0].rstrip(" "):
            self._line.pop()
        if self._line:
            text, where, generated = self._line[-1]
            self._line[-1] = (text.rstrip(" "), where, generated)
        self.lines.append(self._line)
        self._line = []

    def _break_if_any(self) -> None:
        if any(text.strip(" ") for text, _, _ in self._line):
            self._break()
        self._line = []

    def _is_site(self, element: _Element) -> bool:
        size = self._sizes.get(element, 0)
        if size > _LARGEST_SITE * self._whole or size == 0:
            return False
        if element.tag in _SITE_TAGS or element.get("role") in (
            "navigation",
            "banner",
            "contentinfo",
            "search",
        ):
            return True
        if _SITE_NAME.search(f"{element.get('class', '')} {element.get('id', '')}".lower()):
            return True
        return self._counts[element] >= _MENU_LINKS and self._links[element] >= _MENU_SHARE * size

    def _table(self, table: _Element, depth: int) -> bool:
        """Read a table of data as rows; False for one that only lays out the page."""
        rows = _rows_of(table)
        grid = _grid(rows)
        if max((len(row) for row in grid), default=0) <= 1 or any(
            inner.tag == "table" for row in rows for cell in row for inner in cell.iter("table")
        ):
            return False
        self._break_if_any()
        outer = self.lines
        where = (self._number.get(table, 0),)
        for row in grid:
            cells: list[Line] = []
            for cell in row:
                self.lines = []
                if cell is not None:
                    self._text(cell.text, cell)
                    for child in cell:
                        self.walk(child, depth=depth + 1)
                        self._text(child.tail, cell)
                    self._break_if_any()
                cells.append(one_line(self.lines))
            outer.append(row_of(cells, where))
        self.lines = outer
        return True


def page_lines(root: _Element) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those of the site around it. A table of data is one line a row."""
    page = _Page(root)
    body = root.find("body")
    page.walk(root if body is None else body)
    page._break_if_any()
    return page.lines, page.site


def _measure(root: _Element) -> tuple[dict[_Element, int], dict[_Element, int], dict[_Element, int]]:
    """For each element: characters, characters in links, number of links. One pass, deepest first."""
    sizes: dict[_Element, int] = {}
    links: dict[_Element, int] = {}
    counts: dict[_Element, int] = {}
    for element in reversed(list(root.iter())):
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        size = len("".join((element.text or "").split()))
        linked = count = 0
        for child in element:
            size += sizes.get(child, 0) + len("".join((child.tail or "").split()))
            linked += links.get(child, 0)
            count += counts.get(child, 0)
        if element.tag == "a":
            linked, count = size, 1
        sizes[element], links[element], counts[element] = size, linked, count
    return sizes, links, counts


def _rows_of(table: _Element) -> list[list[_Element]]:
    """The cells of a table's own rows, those of tables inside left out."""
    rows = []
    for child in table:
        inside = child if child.tag in ("thead", "tbody", "tfoot") else [child]
        rows += [[cell for cell in row if cell.tag in ("td", "th")] for row in inside if row.tag == "tr"]
    return rows


def _grid(rows: list[list[_Element]]) -> list[list[_Element | None]]:
    """The cells in their columns: a cell stands where it begins, what it spans is empty."""
    grid: list[list[_Element | None]] = []
    taken: dict[int, int] = {}  # column: rows that a cell from above still covers
    made = 0
    for row in rows:
        cells: list[_Element | None] = []
        covering = taken
        taken = {column: left - 1 for column, left in covering.items() if left > 1}

        def skip(cells: list[_Element | None] = cells, covering: dict[int, int] = covering) -> None:
            while len(cells) in covering:
                cells.append(None)

        for cell in row:
            skip()
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(width):
                if height > 1:
                    taken[len(cells)] = height - 1
                cells.append(cell if offset == 0 else None)
        skip()
        made += len(cells)
        if made > _MOST_CELLS:
            break
        if cells:
            grid.append(cells)
    return grid


def _span(cell: _Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), _MOST_SPAN)) if text.isdecimal() else 1
