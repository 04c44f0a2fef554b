"""What a web page shows, line by line: blocks, breaks, tables; and which blocks are the site's own."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ...model.folding import fold
from ..patterns import pattern
from .html_lists import ListNumbers
from .html_tables import TABLE_PARTS, in_columns, is_hidden, rows_of
from .joiner import MARKER
from .lines import INVISIBLE, SPANNED_CELL, Line, as_power, one_line, row_of
from .task_tables import is_header

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
    r"(?:^|[\s_-])(?:nav|navbar|menu|crumbs?|breadcrumbs?|position|location|footer|topbar|share"
    r"|bdsharebuttonbox|sidebar|aside|toolbar|copyright|links?|friendlinks?|search|login|qrcode|ewm|related|recommend"
    r"|prevnext|fontsize|logo)(?:$|[\s_-])"
)
# Names that the text's own blocks have, too: a title's header, what is to be printed …
_EITHER_NAME = pattern(r"(?:^|[\s_-])(?:foot|bottom|header|top|print|banner)(?:$|[\s_-])")
# … and a page of a converted file, if nothing in it leads to another one.
_PAGE_NAME = pattern(r"(?:^|[\s_-])pages?(?:$|[\s_-])")
_TEXT_NAME = pattern(
    r"(?:^|\s)(?:article|content|contents|detail|details|text|news|doc|con|xxgk|zw|pdf|word)[_-](?:foot|bottom|header|top)"
)
# What only a notice's own blocks say: a sentence, a document number, a title.
_OWN_WORDS = pattern(
    r"[。；]|[〔\[［（(]\d{4}[〕\]］）)]\s*\d{1,5}\s*号|关于.{2,100}的(?:通知|意见|方案|决定|办法|要点|通报|函)"
)
#: A table lays out the page where one of its cells holds this share of the page's text, in so many lines, and
#: no heads of columns stand in its first rows.
_LAID_OUT, _FEWEST_LINES, _HEAD_ROWS = 0.6, 5, 40
#: A block that holds more of the page's text than this is not the site's, whatever its name.
_LARGEST_SITE = 0.4
#: Blocks with at least so many links, and this share of their text in links, are menus.
_MENU_LINKS, _MENU_SHARE = 3, 0.7
_BLANKS = pattern(r"[ \t\r\n\f]+")
_LINE_END = "\n"
#: Deeper elements are read as text of the one at this depth; browsers stop at 512.
_DEEPEST = 200


def _has_own_words(element: _Element) -> bool:
    """Whether an element says outside its links what only a notice says."""
    found: list[str] = []
    waiting: list[_Element | str] = [element]
    while waiting:
        at = waiting.pop()
        if isinstance(at, str):
            found.append(at)
            continue
        if at is not element:
            waiting.append(at.tail or "")
        if isinstance(at.tag, str) and at.tag != "a" and at.tag not in _UNSEEN:
            waiting += reversed(at)
            waiting.append(at.text or "")
    return _OWN_WORDS.search("".join(found)) is not None


class _Page:
    """One walk over a page; ``lines`` are what it shows, ``site`` what belongs to the site."""

    def __init__(self, root: _Element) -> None:
        self.lines: list[Line] = []
        self.site: list[Line] = []
        self._line: Line = []
        self._numbers = ListNumbers()
        # The number of a list's item that waits for the item's first words, with its place.
        self._label: tuple[str, tuple[int, ...]] | None = None
        self._sizes, self._links, self._counts = _measure(root)
        self._whole = max(1, self._sizes.get(root, 0))
        self._number: dict[_Element, int] = {
            element: at for at, element in enumerate(root.iter()) if isinstance(element.tag, str)
        }

    def walk(self, element: _Element, *, depth: int = 0) -> None:
        """Read an element with all that it holds."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or is_hidden(element):
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
        if tag == "li":
            self._label = self._label_of(element)
        self._text(element.text, element, pre=tag == "pre")
        for child in element:
            if depth < _DEEPEST:
                self.walk(child, depth=depth + 1)
            else:
                self._text(" ".join(child.itertext()) if isinstance(child.tag, str) else None, element)
            self._text(child.tail, element, pre=tag == "pre")
        if block:
            self._break_if_any()
        if tag == "li":
            self._label = None
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
        shown = INVISIBLE.sub("", _BLANKS.sub(" ", text))
        if element.tag == "sup":
            shown = as_power(self._line, shown)
        if not self._line or self._line[-1][0].endswith(" "):
            shown = shown.lstrip(" ")
        if shown:
            if self._label is not None and shown.strip():
                self._line.append((*self._label, True))
                self._label = None
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

    def _label_of(self, item: _Element) -> tuple[str, tuple[int, ...]] | None:
        """The number that a browser shows before a list's item. None where the list has none, where the item
        brings its own, and for links, which are a menu's."""
        label = self._numbers.label(item)
        if not label or self._links.get(item, 0) >= _MENU_SHARE * self._sizes.get(item, 0):
            return None
        if MARKER.match(fold("".join(islice(item.itertext(), 20)).lstrip()[:20])):
            return None
        return label, (self._number.get(item, 0),)

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
        names = f"{element.get('class', '')} {element.get('id', '')}".lower()
        if _SITE_NAME.search(names):
            return True
        if _EITHER_NAME.search(names) and not (_TEXT_NAME.search(names) or _has_own_words(element)):
            return True
        if _PAGE_NAME.search(names) and self._counts[element] and not _has_own_words(element):
            return True
        return self._counts[element] >= _MENU_LINKS and self._links[element] >= _MENU_SHARE * size

    def _table(self, table: _Element, depth: int) -> bool:
        """Read a table of data as rows; False for one that only lays out the page."""
        rows = rows_of(table)
        grid = in_columns(rows)
        if (
            max((len(row) for row in grid), default=0) <= 1
            or any(inner.tag == "table" for row in rows for cell in row for inner in cell.iter("table"))
            or self._lays_out(rows)
        ):
            return False
        self._break_if_any()
        self._loose(table, depth)
        self._break_if_any()
        outer = self.lines
        where = (self._number.get(table, 0),)
        for row in grid:
            cells: list[Line] = []
            for cell in row:
                self.lines = []
                if isinstance(cell, bool):
                    cells.append(SPANNED_CELL if cell else [])
                    continue
                self._text(cell.text, cell)
                for child in cell:
                    self.walk(child, depth=depth + 1)
                    self._text(child.tail, cell)
                self._break_if_any()
                cells.append(one_line(self.lines))
            outer.append(row_of(cells, where))
        self.lines = outer
        return True

    def _loose(self, element: _Element, depth: int) -> None:
        """What stands in a table outside its cells, captions and stray words: a browser shows it above."""
        self._text(element.text, element)
        for child in element:
            if child.tag in TABLE_PARTS and depth < _DEEPEST:
                if not is_hidden(child):
                    self._loose(child, depth + 1)
            elif child.tag not in ("td", "th"):
                self.walk(child, depth=depth + 1)
            self._text(child.tail, element)

    def _lays_out(self, rows: list[list[_Element]]) -> bool:
        """Whether a table without heads has a cell that holds most of the page's text, in many lines."""
        largest = max((cell for row in rows for cell in row), key=lambda cell: self._sizes.get(cell, 0))
        if self._sizes.get(largest, 0) < _LAID_OUT * self._whole:
            return False
        lines = sum(1 for _ in largest.iter("p", "div", "br", "li", "h1", "h2", "h3"))
        heads = ([("".join(cell.itertext())) for cell in row] for row in rows[:_HEAD_ROWS])
        return lines >= _FEWEST_LINES and not any(map(is_header, heads))


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
