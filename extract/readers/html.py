"""Web pages saved from government sites (.html): the lines that a page shows; its menus stand aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import Source
from ...model.errors import EmptyError, InflatedError, TooDeepError
from ..patterns import pattern
from ..reading import read_text
from .builder import TextBuilder
from .html_lines import page_lines
from .lines import add_lines
from .registry import Reader, ReadOptions

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# How a page begins, comments and an XML declaration left out.
_HEAD = pattern(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*){0,20}"
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)[\s>/]"
)
_CHARSET = pattern(r"(?i)<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})")
_HEAD_BYTES = 8192
#: A saved page has some thousand tags.
MOST_TAGS = 500_000


def sniff(raw: bytes) -> bool:
    """Whether these bytes begin like a web page, in UTF-8, UTF-16 or a codec that holds ASCII."""
    head = raw[:_HEAD_BYTES]
    text = head.decode("utf-16" if head.startswith(_BOMS[1:]) else "latin-1", "replace")
    return _HEAD.match(text.removeprefix("\xef\xbb\xbf").lower()) is not None


def read(raw: bytes, name: str, options: ReadOptions) -> Source:
    """The text of a web page. Encoding: byte-order mark, else ``options.encoding``, else the page's own
    ``meta``, else as for plain text. Pieces tell the part (``body`` or ``site``) and the element's number in
    the order of the page. Raises the errors of :func:`read_text`, EmptyError, InflatedError and
    TooDeepError.
    """
    from lxml import etree, html

    declared = _CHARSET.search(raw[:_HEAD_BYTES].decode("latin-1"))
    named = declared[1] if declared is not None and not raw.startswith(_BOMS) else None
    decoded = read_text(raw, name, encoding=options.encoding or named)
    markup = decoded.text.replace("\0", "")
    if markup.lstrip().startswith("<?xml"):  # lxml refuses a text with an encoding declaration
        markup = markup[markup.index("?>") + 2 :] if "?>" in markup else markup
    if markup.count("<") > MOST_TAGS:
        raise InflatedError(f"网页的标签超过 {MOST_TAGS} 个", place=name, remedy="这不像通知，请检查文件")
    parser = html.HTMLParser(huge_tree=True)
    try:
        root: _Element = html.document_fromstring(markup, parser=parser, ensure_head_body=True)
    except etree.ParserError as error:  # nothing but the beginning of a page, or a comment
        raise EmptyError("网页里没有内容", place=name, remedy="请重新保存网页，或换一份") from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise TooDeepError("网页嵌套过深", place=name, remedy="这不像通知，请检查文件")
    shown, site = page_lines(root)
    builder = TextBuilder()
    add_lines(builder, shown, "body")
    add_lines(builder, site, "site", aside=True)
    return builder.source(name, "html", raw, encoding=decoded.encoding)


READER = Reader("html", "网页", (".html", ".htm"), sniff, read, isolated=True)
