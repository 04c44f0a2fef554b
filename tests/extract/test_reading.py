"""Bytes become text and the same bytes again; what is no text is refused with a reason and a remedy."""

from __future__ import annotations

import codecs
import hashlib
import random
import zlib

import pytest
from duban.extract import lex, parse_bytes, parse_text, read_text, rebuild, text_source
from duban.extract.reading import MAX_BYTES
from duban.model.errors import BinaryError, DubanError, EmptyError, EncodingError, TooLargeError
from hypothesis import given
from hypothesis import strategies as st

TEXT = "雁汀市人民政府关于印发工作方案的通知\r\n一、抓好落实（责任单位：市水务局）\r\n①建成水库。\n"
CODECS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
#: Encodings that leave something open, write what they read otherwise, or have a memory.
ODD_CODECS = ("gbk", "utf-16", "utf-32", "cp932", "big5hkscs", "utf-7", "hz", "iso2022_jp", "idna", "latin-1")
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("codec", CODECS)
def test_an_encoding_is_told_from_the_bytes(codec: str) -> None:
    raw = TEXT.encode(codec)
    source = read_text(raw, "通知.txt")
    assert (source.text, source.encoding, source.bom) == (TEXT, codec, b"")
    assert source.sha256 == hashlib.sha256(raw).hexdigest()
    assert rebuild(source) == raw


@pytest.mark.parametrize("codec", MARKS)
def test_a_byte_order_mark_is_kept_and_is_no_text(codec: str) -> None:
    raw = MARKS[codec] + TEXT.encode(codec)
    source = read_text(raw)
    assert (source.text, source.encoding, source.bom) == (TEXT, codec, MARKS[codec])
    assert rebuild(source) == raw


def test_utf16_without_a_line_end_has_no_zero_byte_and_is_told_all_the_same() -> None:
    text = "省政府各部门：现将工作方案印发给你们，请认真贯彻执行。"
    for codec in ("utf-16-le", "utf-16-be"):
        raw = text.encode(codec)
        assert b"\x00" not in raw
        assert read_text(raw).text == text


def test_utf16_of_plain_ascii() -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        assert read_text("1. plan\n".encode(codec)).text == "1. plan\n"


def test_gb18030_has_the_characters_that_gbk_lacks() -> None:
    text = "十一项任务和责任单位：⑪做好工作，⑫落实到人。𠮷林省（责任单位：省政府）\n"
    raw = text.encode("gb18030")
    source = read_text(raw)
    assert (source.text, source.encoding) == (text, "gb18030")
    assert rebuild(source) == raw
    assert read_text(raw, encoding="gbk").text == text


@pytest.mark.parametrize("codec", ["gb18030", "big5", "cp950", "cp932"])
def test_bytes_that_a_codec_would_write_otherwise_come_back_as_they_were(codec: str) -> None:
    pairs = (bytes((first, second)) for first in range(0x81, 0xFF) for second in range(0x40, 0xFF))
    odd = [pair for pair in pairs if _written_otherwise(pair, codec)]
    raw = "年".encode(codec).join([b"1.", *odd, b"\n"])
    source = read_text(raw, encoding=codec)
    assert len(source.irregular) == len(odd)
    assert bool(odd) == (codec != "gb18030"), "where GB18030 has such bytes, they are tested here"
    joined = "".join(source.text[token.start : token.end] for token in lex(source.text))
    assert rebuild(source) == rebuild(source, joined) == raw


def _written_otherwise(pair: bytes, codec: str) -> bool:
    try:
        char = pair.decode(codec)
    except UnicodeDecodeError:
        return False
    return len(char) == 1 and char.encode(codec, "replace") != pair


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("臺北市政府辦公廳關於印發工作方案的通知\n一、做好工作（責任單位：財政局）\n", "big5"),
        ("東京都庁からのお知らせ、業務改善計画について。\n" * 4, "shift_jis"),
        ("東京都庁からのお知らせ、業務改善計画について。\n" * 4, "euc-jp"),
        ("대한민국 정부 발표\n" * 4, "euc-kr"),
        ("Überprüfung der Maßnahmen für die Bürger\n" * 5, "latin-1"),
    ],
)
def test_another_encoding_is_refused_unless_it_is_named(text: str, codec: str) -> None:
    raw = text.encode(codec)
    with pytest.raises(EncodingError, match=r"E210.*--encoding"):
        read_text(raw, "通知.txt")
    source = read_text(raw, encoding=codec)
    assert source.text == text
    assert rebuild(source) == raw


def test_a_named_encoding_that_does_not_fit_says_where() -> None:
    with pytest.raises(EncodingError, match="第 4 字节"):
        read_text("省".encode() + b"\xff\xfe", encoding="utf-8")


@pytest.mark.parametrize("name", ["klingon", "文", "a\0b", "", "rot13", "base64", "undefined", "idna"])
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(EncodingError):
        read_text(TEXT.encode(), encoding=name)


def test_an_encoding_that_cannot_give_the_bytes_back_is_refused() -> None:
    with pytest.raises(EncodingError, match="无法逐字节还原"):
        read_text(b"plan~{~}", encoding="hz")


def test_archives_are_named() -> None:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("通知.txt", "一、任务")
    for raw in (stream.getvalue(), b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\x00\x04"):
        with pytest.raises(BinaryError, match="解压"):
            read_text(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7\n" + b"text",
        b"\x89PNG\r\n\x1a\n" + bytes(20),
        b"\xff\xd8\xff\xe0JFIF",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1\\ansi}",
    ],
)
def test_known_kinds_of_files_are_named(raw: bytes) -> None:
    with pytest.raises(BinaryError, match="不是纯文本"):
        read_text(raw)


@pytest.mark.parametrize(
    "raw",
    [
        bytes(range(256)) * 4,
        random.Random(7).randbytes(4096),
        zlib.compress(TEXT.encode() * 50),
        "省\x00".encode() * 100,
        b"\x01\x02\x03" * 10,
    ],
    ids=["all bytes", "noise", "compressed", "zeros in text", "control characters"],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises((BinaryError, EncodingError)) as caught:
        read_text(raw, "什么.bin")
    assert "处理办法" in str(caught.value)


@pytest.mark.parametrize(
    "raw", [b"", b" \r\n\t ", "\u3000\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b" \x00"]
)
def test_a_file_without_characters_is_empty(raw: bytes) -> None:
    with pytest.raises(EmptyError):
        read_text(raw)


def test_a_file_that_is_too_large_is_not_decoded() -> None:
    with pytest.raises(TooLargeError, match=r"65 MB.*64 MB"):
        read_text(bytes(MAX_BYTES + 2**20))


def test_a_few_control_characters_are_let_pass() -> None:
    raw = ("省政府各部门的工作任务\x1b\x0c" * 20 + "\x02").encode()
    assert rebuild(read_text(raw)) == raw


@pytest.mark.parametrize("text", ["\ud800", "省\udfff政府\n", "①\ud83d"])
def test_lone_surrogates_in_a_text_that_came_from_no_file(text: str) -> None:
    source = text_source(text)
    assert rebuild(source) == text.encode("utf-8", "surrogatepass")
    assert parse_text(text).source.text == text


def test_lone_surrogates_in_a_file_are_no_text() -> None:
    with pytest.raises(DubanError):
        read_text("省\ud800".encode("utf-8", "surrogatepass"))
    with pytest.raises(DubanError):
        read_text(codecs.BOM_UTF16_LE + "省\ud800".encode("utf-16-le", "surrogatepass"))


def whole_or_refused(raw: bytes, codec: str | None = None) -> bool:
    """Whether the bytes come back from their text, or are refused with a remedy."""
    try:
        return rebuild(read_text(raw, encoding=codec)) == raw
    except DubanError as error:
        return bool(error.remedy)


@given(st.binary(max_size=300))
def test_bytes_are_read_whole_or_refused(raw: bytes) -> None:
    assert whole_or_refused(raw)


@given(st.binary(max_size=60), st.sampled_from((*CODECS, *ODD_CODECS)))
def test_bytes_in_a_named_encoding_are_read_whole_or_refused(raw: bytes, codec: str) -> None:
    assert whole_or_refused(raw, codec)


@given(st.text(alphabet="省市人民政府责任单位、（）：①⑪𠮷a1\r\n", min_size=1), st.sampled_from(CODECS))
def test_the_encoding_changes_nothing_but_the_bytes(text: str, codec: str) -> None:
    text = "省政府各部门的工作任务" + text
    notice = parse_bytes(text.encode(codec))
    assert notice.source.text == text
    assert notice.tasks == parse_text(text).tasks
