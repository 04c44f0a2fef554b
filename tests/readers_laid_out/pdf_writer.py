"""Writes small PDFs by hand: plain ones, and such as attackers send (ISO 32000-1)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def objects_to_pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A file of numbered objects, the first of which is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [ "
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] "
    b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >> ] >>"
)
_RESOURCES = b"/Resources << /Font << /F 3 0 R >> >>"


def pdf_of(
    contents: Sequence[bytes], *, extra: Sequence[bytes] = (), resources: bytes = b"", page: bytes = b""
) -> bytes:
    """A file of pages with these contents; ``extra`` objects are numbered from 4."""
    first = 4 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(contents), kids),
        _FONT,
        *extra,
    ]
    for number, content in enumerate(contents):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s "
            b"/Resources << /Font << /F 3 0 R >> %s >> >>" % (first + 2 * number + 1, page, resources),
            stream(content),
        ]
    return objects_to_pdf(objects)


def show(text: str, x: float, y: float, *, size: float = 16, more: str = "") -> bytes:
    """Text at a place; ``more`` are operators before it (``3 Tr``: invisible)."""
    codes = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {more} 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n".encode("ascii")


def plain_pdf(lines: Sequence[str]) -> bytes:
    """A page with one line below the other."""
    return pdf_of([b"".join(show(line, 80, 700 - 28 * number) for number, line in enumerate(lines))])


def nested_forms(*, levels: int, times: int) -> bytes:
    """A page whose forms draw forms: ``times ** levels`` drawings in a few kilobytes."""
    extra = []
    for level in range(levels):
        last = level == levels - 1
        inner = b"" if last else b"/XObject << /N %d 0 R >>" % (5 + level)
        content = show("字", 10, 10) if last else b"/N Do " * times
        extra.append(
            stream(
                content,
                b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F 3 0 R >> %s >>"
                % inner,
            )
        )
    return pdf_of([b"/N Do " * times], extra=extra, resources=b"/XObject << /N 4 0 R >>")


def flate(data: bytes, times: int = 1) -> tuple[bytes, bytes]:
    """Data deflated ``times`` over, and the entries that say so."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data, b"/Filter [ %s ]" % (b"/FlateDecode " * times)


def _blanks(megabytes: int) -> bytes:
    """Megabytes of blanks, deflated without ever being held: one block, as often as need be (RFC 1951)."""
    block = b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + packed * megabytes + b"\x03\x00" + check.to_bytes(4, "big")


def flate_bomb(size: int, times: int) -> bytes:
    """A page whose content unpacks to ``size`` bytes of blanks."""
    packed = _blanks(size >> 20)
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    entries = b"/Filter [ %s ]" % (b"/FlateDecode " * times)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        stream(packed, entries),
    ]
    return objects_to_pdf(objects)


def page_tree_loop() -> bytes:
    """Pages that are their own parents."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 3 /Kids [ 2 0 R 3 0 R ] >>",
        b"<< /Type /Pages /Count 3 /Kids [ 2 0 R 3 0 R ] /Parent 2 0 R >>",
    ]
    return objects_to_pdf(objects)


def many_pages(count: int) -> bytes:
    """One page object that is listed ``count`` times."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (count, b"3 0 R " * count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
    ]
    return objects_to_pdf(objects)


def many_operators(count: int) -> bytes:
    """A page that draws as many letters, one by one."""
    packed, entries = flate(b"BT /F 9 Tf 9 9 Td " + b"<5b57> Tj " * count + b"ET")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [ 4 0 R ] >>",
        _FONT,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R " + _RESOURCES + b" >>",
        stream(packed, entries),
    ]
    return objects_to_pdf(objects)


def encrypted_pdf() -> bytes:
    """A file that asks for a password: standard handler, a user key that fits none."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 0 /Kids [ ] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
    ]
    return objects_to_pdf(objects, trailer=b"/Encrypt 3 0 R /ID [ <00> <00> ]")
