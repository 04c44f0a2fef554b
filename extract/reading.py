"""Reading plain text: bytes become a Source, and a Source gives its bytes back."""

from __future__ import annotations

import codecs
import hashlib

from ..model import Source
from ..model.errors import BinaryError, EmptyError, EncodingError, TooLargeError
from .patterns import pattern

#: A notice is seldom larger than 1 MB; beyond this the file is something else.
MAX_BYTES = 64 * 1024 * 1024
#: Byte-order marks; UTF-32 before UTF-16, whose mark is the head of its own.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Characters without which no Chinese official text does; a wrong decoding has next to none of them.
_COMMON = pattern("[的和人一工作在中省市政府部门责任单位国有发展会年月日为各行]")
_HAN = pattern("[\u4e00-\u9fff]")
#: Control characters that no text has; form feed and escape do occur in converted files.
_CONTROL = pattern("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: The first bytes of files that are often taken for text.
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word/Excel (zip)"),
    (b"\xd0\xcf\x11\xe0", "Word/WPS 97-2003"),
    (b"{\\rtf", "RTF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
#: Of these, what holds other files.
_ARCHIVES = frozenset(("RAR", "7z"))
#: The end of a zip file that is not cut short, and how far from its last byte it may begin.
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 66_000


def read_text(raw: bytes, name: str = "<bytes>", *, encoding: str | None = None) -> Source:
    """Decode a plain text file without changing a character.

    Order: byte-order mark, strict UTF-8, UTF-16 told by its zero bytes, GB18030 (never gbk: it lacks ⑪).
    ``encoding`` overrides the guess. Raises EmptyError, BinaryError, EncodingError or TooLargeError.
    """
    if not raw:
        raise EmptyError("文件是空的", place=name, remedy="请检查是否存错了文件")
    if len(raw) > MAX_BYTES:
        raise too_large(name, len(raw))
    kind = next((kind for magic, kind in _MAGIC if raw.startswith(magic)), None)
    whole_zip = raw.startswith(b"PK") and raw.rfind(_ZIP_END, -_ZIP_TAIL) >= 0
    if kind in _ARCHIVES or whole_zip:
        told = kind if kind in _ARCHIVES else "zip"
        raise BinaryError(
            f"这是 {told} 压缩包（或以此打包的另一种文件），里面没有认得的正文",
            place=name,
            remedy="若是压缩包，请解压后再读；若是文档，请在原来的程序里另存为 .docx、.xlsx 或 .pdf",
        )
    if kind is not None:
        raise BinaryError(
            f"这像 {kind} 文件，不是纯文本；读不出来，可能不完整",
            place=name,
            remedy="请重新下载或传送，或在原来的程序里打开后另存",
        )
    bom, codec = next(((bom, codec) for bom, codec in _BOMS if raw.startswith(bom)), (b"", None))
    body = raw[len(bom) :]
    if encoding is not None:
        codec = _known_codec(encoding, name)
        if not bom and codec == "utf-16-le" and codecs.lookup(encoding).name == "utf-16":
            codec = _byte_order(body)
    text, codec = (_decode(body, codec, name), codec) if codec else _guess(body, name)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise EmptyError("文件里没有文字", place=name, remedy="请检查是否存错了文件")
    if len(_CONTROL.findall(text)) * 200 > len(text):
        raise BinaryError(
            "文件含有大量控制字符，不是纯文本", place=name, remedy="请另存为纯文本（UTF-8）后再读"
        )
    return _source(raw, name, text, codec, bom)


def too_large(place: str, size: int | None = None) -> TooLargeError:
    """The error for a file beyond ``MAX_BYTES``; ``size`` in bytes where it is known."""
    told = "" if size is None else f"有 {size / 2**20:.0f} MB，"
    return TooLargeError(
        f"文件{told}超过上限 {MAX_BYTES // 2**20} MB",
        place=place,
        remedy="通知正文不会这样大，请检查文件，或拆分后再读",
    )


def _source(raw: bytes, name: str, text: str, codec: str, bom: bytes) -> Source:
    """The Source, once it is proved that it gives the file's bytes back."""
    digest = hashlib.sha256(raw).hexdigest()
    try:
        source = Source(name, "txt", digest, codec, text, bom, _irregular(text, codec, raw[len(bom) :]))
        if rebuild(source) != raw:
            raise UnicodeError(codec)
    except UnicodeError:
        raise EncodingError(
            f"按 {codec} 解码后无法逐字节还原", place=name, remedy="请用记事本打开后另存为 UTF-8"
        ) from None
    return source


def text_source(text: str, name: str = "<text>") -> Source:
    """A Source over a text that came from no file; its bytes are the text in UTF-8."""
    return Source(
        name, "txt", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "utf-8", text
    )


def rebuild(source: Source, text: str | None = None) -> bytes:
    """The file's bytes, made from the text (or from the joined tokens given as ``text``).

    A file that is no plain text cannot be made of its text: there the Source's own copy of the bytes is given
    back, once it is proved that ``text`` is all of the text and the bytes are those that were read. Raises
    ValueError where that does not hold.
    """
    text = source.text if text is None else text
    if source.format != "txt":
        if text != source.text:
            raise ValueError("the tokens do not give the text back")
        if hashlib.sha256(source.raw).hexdigest() != source.sha256:
            raise ValueError("the source does not hold the file's bytes")
        return source.raw
    pieces = [source.bom]
    position = 0
    for index, original in source.irregular:
        pieces += [text[position:index].encode(source.encoding), original]
        position = index + 1
    pieces.append(
        text[position:].encode(source.encoding, "surrogatepass" if source.encoding == "utf-8" else "strict")
    )
    return b"".join(pieces)


#: Names that leave something open, or that lack characters: gbk has no ⑪.
_MEANT = {
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "utf-8-sig": "utf-8",
    "gbk": "gb18030",
    "gb2312": "gb18030",
}


def _byte_order(body: bytes) -> str:
    """UTF-16 without a mark: the order in which the text reads like Chinese, else the usual one."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = _try(body, codec)
        if text is not None and _plausible(text):
            return codec
    return "utf-16-le"


def _known_codec(encoding: str, name: str) -> str:
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)  # some codecs are no text encodings
    except (LookupError, ValueError):
        raise EncodingError(
            f"不认识的编码 {encoding}", place=name, remedy="可用 utf-8、utf-16、gb18030"
        ) from None
    return _MEANT.get(codec, codec)


def _decode(body: bytes, codec: str, name: str) -> str:
    try:
        return body.decode(codec)
    except UnicodeError as error:
        where = f"在第 {error.start + 1} 字节处" if isinstance(error, UnicodeDecodeError) else ""
        raise EncodingError(
            f"按 {codec} 解码{where}出错",
            place=name,
            remedy="请用记事本打开后另存为 UTF-8，或用 --encoding 指明编码",
        ) from None


def _guess(body: bytes, name: str) -> tuple[str, str]:
    """Text and codec of a body without mark; only UTF-8 is sure, all else must read like Chinese."""
    if b"\x00" in body:
        for codec in ("utf-16-le", "utf-16-be"):
            text = _try(body, codec)
            if text is not None and "\x00" not in text and (text.isascii() or _plausible(text)):
                return text, codec
        raise BinaryError("文件含有零字节，不是纯文本", place=name, remedy="请另存为纯文本（UTF-8）后再读")
    for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        text = _try(body, codec)
        if text is not None and (codec == "utf-8" or _plausible(text)):
            return text, codec
    raise EncodingError(
        "认不出文字编码（不是 UTF-8、UTF-16 或 GB18030）",
        place=name,
        remedy=f"请用记事本打开后另存为 UTF-8，或用 --encoding 指明编码{_suggestion(body)}",
    )


def _try(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> bool:
    """Whether a decoding reads like Chinese official prose: 1 in 20 of its Han characters is common."""
    sample = text[:20000]
    han = len(_HAN.findall(sample))
    return han > 0 and len(_COMMON.findall(sample)) * 20 >= han


def _suggestion(body: bytes) -> str:
    """The tie-breaker's opinion, for the message only; nothing is decoded by guesswork."""
    from charset_normalizer import from_bytes

    best = from_bytes(body[:65536]).best()
    return f"（可能是 {best.encoding}）" if best is not None else ""


def _irregular(text: str, codec: str, body: bytes) -> tuple[tuple[int, bytes], ...]:
    """Characters that the codec decodes but writes with other bytes (Big5 and cp932 have such)."""
    if text.encode(codec) == body:
        return ()
    found: list[tuple[int, bytes]] = []
    decoder = codecs.getincrementaldecoder(codec)()
    index, begin = 0, 0
    for end in range(1, len(body) + 1):
        piece = decoder.decode(body[end - 1 : end])
        if piece:
            original = body[begin:end]
            if piece.encode(codec) != original:
                found.append((index, original))
            index, begin = index + len(piece), end
    return tuple(found)
