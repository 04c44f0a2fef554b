"""Web pages saved from government sites (.html): the lines that a page shows; its menus stand aside."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ...model import Source
from ...model.errors import DamagedError, EmptyError, EncodingError, InflatedError, TooDeepError
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
_LEAD = r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*){0,20}"
_HEAD = pattern(_LEAD + r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)[\s>/]")
# How a part of a page begins that an editor gave: behind it another tag must be closed.
_FRAGMENT = pattern(
    _LEAD
    + r"<(style|script|link|base|span|font|center|b|strong|h[1-6]|ul|ol|br|img|section|article|main|header"
    r"|form|pre|blockquote|frameset)(?:\s[^<>]{0,2000})?/?>"
)
_DECLARATION = pattern(r"[\s\ufeff]*<\?xml(?:[^>]*>)?")
_CHARSET = pattern(r"(?i)<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})")
# A page saved as one file (.mht): mail headers that begin with the boundary's parts.
_MAIL = pattern(r"(?:[A-Za-z-]{2,40}:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n){0,9}){1,20}")
_HEAD_BYTES = 8192
#: A saved page has some thousand tags.
MOST_TAGS = 500_000


def sniff(raw: bytes) -> bool:
    """Whether these bytes begin like a web page, in UTF-8, UTF-16 or a codec that holds ASCII; or like one
    that was saved with its pictures as one file (.mht)."""
    head = raw[:_HEAD_BYTES]
    text = head.decode("utf-16" if head.startswith(_BOMS[1:]) else "latin-1", "replace")
    text = text.removeprefix("\xef\xbb\xbf").lower()
    return (
        _HEAD.match(text) is not None
        or (_FRAGMENT.match(text) is not None and ("</" in text or "<br" in text))
        or _is_mail(head)
    )


def _is_mail(raw: bytes) -> bool:
    head = _MAIL.match(raw[:_HEAD_BYTES].decode("latin-1"))
    if head is None:
        return False
    told = head[0].lower()
    return "mime-version:" in told and ("multipart/related" in told or "text/html" in told)


def read(raw: bytes, name: str, options: ReadOptions) -> Source:
    """The text of a web page. Encoding: byte-order mark, else ``options.encoding``, else the page's own
    ``meta`` where its bytes are of that encoding, else as for plain text. Pieces tell the part (``body`` or
    ``site``) and the element's number in the order of the page. Raises the errors of :func:`read_text`,
    EmptyError, InflatedError and TooDeepError.
    """
    page, told = _page_of_mail(raw, name) if _is_mail(raw) else (raw, None)
    decoded = _decoded(page, name, told, options)
    root = _root(decoded.text.replace("\0", ""), name)
    shown, site = page_lines(root)
    if not any(text.strip() for line in (*shown, *site) for text, _, _ in line):
        raise _empty(root, name)
    builder = TextBuilder()
    add_lines(builder, shown, "body")
    add_lines(builder, site, "site", aside=True)
    return builder.source(name, "html", raw, encoding=decoded.encoding)


def _page_of_mail(raw: bytes, name: str) -> tuple[bytes, str | None]:
    """The first page in a page saved as one file, and its encoding where told; frames are passed over."""
    from email import message_from_bytes

    for part in message_from_bytes(raw).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and b"<frameset" not in page.lower():
                return page, part.get_content_charset()
    raise DamagedError(
        "单个文件网页里没有网页", place=name, remedy="请在浏览器里打开后另存为网页（仅 HTML）再读"
    )


def _decoded(page: bytes, name: str, told: str | None, options: ReadOptions) -> Source:
    """The page as text. A ``meta`` may be wrong: the server's word, which is in no file, goes before it.
    Bytes that are UTF-8 are nothing else."""
    declared = _CHARSET.search(page[:_HEAD_BYTES].decode("latin-1"))
    named = declared[1] if declared is not None and not page.startswith(_BOMS) else told
    if options.encoding is None and named is not None and not _is_utf8(page):
        with suppress(EncodingError):
            return read_text(page, name, encoding=named)
    return read_text(page, name, encoding=options.encoding)


def _is_utf8(page: bytes) -> bool:
    """Whether these bytes hold letters beyond ASCII, all of them as UTF-8 writes them."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not page.isascii()


def _root(markup: str, name: str) -> _Element:
    from lxml import etree, html

    while (declared := _DECLARATION.match(markup)) is not None:  # lxml refuses a text with an encoding
        markup = markup[declared.end() :]
    if markup.count("<") > MOST_TAGS:
        raise InflatedError(f"网页的标签超过 {MOST_TAGS} 个", place=name, remedy="这不像通知，请检查文件")
    parser = html.HTMLParser(huge_tree=True)
    try:
        root: _Element = html.document_fromstring(markup, parser=parser, ensure_head_body=True)
    except etree.ParserError as error:  # nothing but the beginning of a page, or a comment
        raise EmptyError("网页里没有内容", place=name, remedy="请重新保存网页，或换一份") from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise TooDeepError("网页嵌套过深", place=name, remedy="这不像通知，请检查文件")
    return root


def _empty(root: _Element, name: str) -> EmptyError:
    """Why a page shows no text: it stands in other files, is in pictures, or comes with a script."""
    if next(root.iter("frame", "iframe"), None) is not None:
        return EmptyError(
            "网页里只有框架，正文在另一个网页里",
            place=name,
            remedy="请在浏览器里单独打开正文的框架，另存后再读",
        )
    if next(root.iter("img"), None) is not None:
        return EmptyError("网页里只有图片，没有文字", place=name, remedy="请换用文字版")
    return EmptyError(
        "网页里没有文字", place=name, remedy="正文可能由脚本载入，请在浏览器里全选复制，存为文本再读"
    )


READER = Reader("html", "网页", (".html", ".htm", ".mht", ".mhtml"), sniff, read, isolated=True)
