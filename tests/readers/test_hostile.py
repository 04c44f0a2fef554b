"""Hostile and broken packages and pages: each ends with its own error, quickly, and nothing is fetched."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from duban.extract.readers import ReadOptions, docx, read
from duban.model import packages
from duban.model.errors import (
    DamagedError,
    EmptyError,
    EncryptedError,
    ForbiddenXmlError,
    InflatedError,
    InputError,
    TooDeepError,
    TooLargeError,
    UnsafePackageError,
)
from word_files import W, package, para, parts_of, word

DOCUMENT = "word/document.xml"
_ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
)


def _with(name: str, content: str | bytes) -> bytes:
    return package({**parts_of(para("文")), name: content})


def _document(head: str, words: str = "&x;") -> str:
    return f"{head}<w:document {W}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"


def _patched(flag: int) -> bytes:
    """A file whose entries carry a general purpose flag, here and in the central directory."""
    raw = bytearray(word(para("文")))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(magic)
        while at >= 0:
            raw[at + offset] |= flag
            at = raw.find(magic, at + 4)
    return bytes(raw)


def _twice() -> bytes:
    stream = io.BytesIO(word(para("文")))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCUMENT, "<a/>")
    return stream.getvalue()


def _lying() -> bytes:
    """A part that is larger than its entry says: the size in the central directory is 10 bytes."""
    raw = bytearray(_with(DOCUMENT, _document("", "甲" * 4000)))
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 24 : at + 28] = struct.pack("<I", 10)
        at = raw.find(b"PK\x01\x02", at + 4)
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (lambda: _with(DOCUMENT, _document(_ENTITY)), ForbiddenXmlError),
        (
            lambda: _with(
                DOCUMENT, _document('<?xml version="1.0" encoding="UTF-16"?>' + _ENTITY).encode("utf-16")
            ),
            ForbiddenXmlError,
        ),
        (
            lambda: _with(DOCUMENT, _document('<?xml version="1.0" encoding="utf-7"?>').encode()),
            ForbiddenXmlError,
        ),
        (
            lambda: _with(
                DOCUMENT, _document('<?xml version="1.0" encoding="utf-32"?>' + _ENTITY).encode("utf-32-be")
            ),
            InputError,
        ),
        (lambda: _with(DOCUMENT, _document(_LAUGHS, "&c;")), ForbiddenXmlError),
        (lambda: _with("_rels/.rels", _ENTITY + "<a/>"), ForbiddenXmlError),
        (lambda: _with(DOCUMENT, f"<w:document {W}>" + "<w:sdt>" * 5000), TooDeepError),
        (lambda: _with(DOCUMENT, f"<w:document {W}><w:body>"), DamagedError),
        (lambda: _with(DOCUMENT, f"<w:document {W}/>"), DamagedError),
        (lambda: _with(DOCUMENT, b""), DamagedError),
        (lambda: _with(DOCUMENT, b" " * 40_000_000), InflatedError),
        (
            lambda: package(
                {**parts_of(para("文")), **{f"x/{n}": b"" for n in range(packages.MOST_ENTRIES)}}
            ),
            InflatedError,
        ),
        (lambda: _with("../../etc/cron.d/x", b""), UnsafePackageError),
        (lambda: _with("/etc/x", b""), UnsafePackageError),
        (lambda: _with("C:\\x", b""), UnsafePackageError),
        (_twice, UnsafePackageError),
        (lambda: _patched(1), EncryptedError),
        (_lying, DamagedError),
        (lambda: word(para("文"))[:-40], DamagedError),
        (lambda: word(para("文"))[:1000], DamagedError),
        (lambda: package({"[Content_Types].xml": "<a/>", "word/x": ""}), DamagedError),
        (lambda: package({"xl/workbook.xml": "<a/>"}), DamagedError),
        (lambda: package({"xl/workbook.xml": _ENTITY + "<a/>"}), ForbiddenXmlError),
        (lambda: b"<html>" + b" " * (65 * 2**20), TooLargeError),
        (lambda: b"<html><script>x</script>", EmptyError),
        (lambda: b"<!DOCTYPE html>", EmptyError),
        (lambda: b"<!DOCTYPE html><!-- cut sh", EmptyError),
        (lambda: b"<html>" + b"<div>" * 100_000, TooDeepError),
        (lambda: b"<html>" + b"<p>" * 600_000, InflatedError),
        (lambda: _with(DOCUMENT, b"<a>" + b"<b/>" * 2_000_001 + b"</a>"), InflatedError),
    ],
)
def test_each_ends_with_its_own_error(raw, error: type[InputError]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error) as told:
        read(raw(), "坏.docx")
    assert told.value.code in str(told.value)
    assert "坏.docx" in str(told.value)
    assert told.value.remedy


def test_outside_parts_are_never_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    parts = parts_of(para("文"))
    relations = str(parts["word/_rels/document.xml.rels"])
    outside = (
        '<Relationship Id="e{}" TargetMode="External" Type="http://x/{}" Target="http://127.0.0.1:9/{}"/>'
    )
    made = "".join(
        outside.format(n, kind, kind)
        for n, kind in enumerate(("numbering", "styles", "header", "attachedTemplate"))
    )
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", made + "</Relationships>")
    parts["word/vbaProject.bin"] = b"macro"
    assert docx.read(package(parts), "a.docx", ReadOptions()).text == "文\n"  # in this process
    pages = b'<html><head><link href="http://127.0.0.1:9/a.css"></head><body><img src="http://127.0.0.1:9/">\xe6\x96\x87</body>'
    assert read(pages).text == "文\n"


@pytest.mark.parametrize("depth", [10, 300, 1_500])
def test_pages_nested_deeply_are_read(depth: int) -> None:
    raw = ("<html><body>" + "<div>" * depth + "<p>一、任务</p>").encode()
    assert "一、任务" in read(raw).text


def test_tables_that_claim_to_be_huge_are_not() -> None:
    raw = (
        '<html><table><tr><td colspan="99999999" rowspan="99999999">甲</td><td>乙</td></tr></table>'.encode()
    )
    assert len(read(raw).text) < 2000
