"""A folder of hostile files: each ends within the limits with its own error; memory is bounded.

The attacks are those of docs/formats-pdf.md; limits here are lower than the default so that the run is short.
"""

from __future__ import annotations

import io
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from duban.extract.readers import ReadOptions, read, worker
from duban.model.errors import (
    DamagedError,
    DubanError,
    EncryptedError,
    ForbiddenXmlError,
    InflatedError,
    NoTextError,
    ReadCrashError,
    ReadMemoryError,
    ReadTimeoutError,
    TooDeepError,
    TooLargeError,
    UnsafePackageError,
)
from ofd_writer import NS, ofd_of, package, pages_of
from pdf_writer import (
    encrypted_pdf,
    flate_bomb,
    many_operators,
    many_pages,
    nested_forms,
    page_tree_loop,
    plain_pdf,
)

LIMITS = ReadOptions(seconds=4, memory=1 << 30)
#: Errors by which a file may end that eats time or memory: which comes first is the machine's.
EATERS = (ReadTimeoutError, ReadMemoryError, ReadCrashError)
TEXT = "一、任务\n1.修桥。（责任单位：市交通局）\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _with(name: str, data: bytes | str) -> bytes:
    """The good OFD with one part put in its place."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(ofd_of(TEXT))) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for info in good.infolist():
            if info.filename != name:
                bad.writestr(info.filename, good.read(info))
        bad.writestr(name, data)
    return stream.getvalue()


def _document(pages: str) -> str:
    return f"<ofd:Document {NS}><ofd:CommonData/><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"


def _encrypted_zip() -> bytes:
    data = bytearray(ofd_of(TEXT))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


PAGE = b'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>'
CONTENT = "Doc_0/Pages/Page_0/Content.xml"
XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = (
    "<!DOCTYPE a ["
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&e9;</a>"
)
#: Files that are stopped only after seconds.
SLOW = re.compile("operators|forms|attributes|spans")
Expected = type[DubanError] | tuple[type[DubanError], ...] | None

CASES: dict[str, tuple[Callable[[], bytes], Expected]] = {
    "pdf-flate-1GB": (lambda: flate_bomb(1 << 30, 1), (*EATERS, NoTextError, DamagedError)),
    "pdf-double-flate-2GB": (lambda: flate_bomb(2 << 30, 2), (*EATERS, NoTextError, DamagedError)),
    "pdf-page-tree-loop": (page_tree_loop, (DamagedError, NoTextError)),
    "pdf-300000-pages": (lambda: many_pages(300_000), InflatedError),
    "pdf-3M-operators": (lambda: many_operators(3_000_000), (*EATERS, DamagedError)),
    "pdf-nested-forms": (lambda: nested_forms(levels=11, times=10), EATERS),
    "pdf-encrypted": (encrypted_pdf, EncryptedError),
    "pdf-truncated": (lambda: plain_pdf(["字" * 30] * 9)[:600], (DamagedError, NoTextError)),
    "pdf-head-only": (lambda: b"%PDF-1.7\n", DamagedError),
    "ofd-zip-bomb": (lambda: _with(CONTENT, b"<a>" + b" " * (300 << 20) + b"</a>"), InflatedError),
    "ofd-many-entries": (
        lambda: package([pages_of(TEXT)], extra=[(f"x/{n}", "") for n in range(6000)]),
        InflatedError,
    ),
    "ofd-deep": (lambda: _with(CONTENT, "<a>" * 100_000 + "</a>" * 100_000), TooDeepError),
    "ofd-xxe": (lambda: _with(CONTENT, XXE), ForbiddenXmlError),
    "ofd-xxe-utf16": (lambda: _with(CONTENT, XXE.encode("utf-16")), ForbiddenXmlError),
    "ofd-laughs": (lambda: _with(CONTENT, LAUGHS), ForbiddenXmlError),
    "ofd-path": (lambda: package([pages_of(TEXT)], extra=[("../../etc/x", "")]), UnsafePackageError),
    "ofd-outside-page": (
        lambda: _with("Doc_0/Document.xml", _document('<ofd:Page ID="1" BaseLoc="../../../etc/passwd"/>')),
        DamagedError,
    ),
    "ofd-absurd-pages": (
        lambda: _with("Doc_0/Document.xml", _document(f'<ofd:Page ID="1" BaseLoc="/{CONTENT}"/>' * 3000)),
        InflatedError,
    ),
    "ofd-long-run": (
        lambda: _with(CONTENT, _text_page('<ofd:TextCode Y="9" DeltaX="g 9999999999 5">字字</ofd:TextCode>')),
        None,
    ),
    "ofd-encrypted-zip": (_encrypted_zip, EncryptedError),
    "ofd-encrypted": (lambda: package([pages_of(TEXT)], extra=[("Encryptions.xml", "")]), EncryptedError),
    "ofd-truncated": (lambda: ofd_of(TEXT)[:-80], DamagedError),
    "ofd-loop": (lambda: _with("OFD.xml", f"<ofd:OFD {NS}/>"), DamagedError),
    "html-attributes": (
        lambda: PAGE + b"<p " + b"".join(b'a%d="" ' % n for n in range(200_000)) + b">1",
        EATERS,
    ),
    "html-spans": (
        lambda: PAGE + b"<table>" + b"<tr>" + "<td colspan=200 rowspan=200>甲".encode() * 130_000, EATERS,
    ),
    "csv-open-quote": (lambda: "序号,工作任务,责任单位\n1,\"".encode() + b"a\n" * 500_000, DamagedError),
    "doc-encrypted": (lambda: OLE + b"\0" * 504 + b"\xec\xa5" + b"\0" * 9 + b"\x01" + b"\0" * 500
                      + "WordDocument".encode("utf-16-le"), EncryptedError),
    "docx-behind-password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedError),
}  # fmt: skip


def _text_page(code: str) -> str:
    text = f'<ofd:TextObject ID="1" Boundary="20 20 90 9" Size="5">{code}</ofd:TextObject>'
    return f"<ofd:Page {NS}><ofd:Content><ofd:Layer>{text}</ofd:Layer></ofd:Content></ofd:Page>"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {name: make() for name, (make, _) in CASES.items() if "flate" not in name}


def _bytes_of(name: str, files: dict[str, bytes]) -> bytes:
    return files[name] if name in files else CASES[name][0]()


@pytest.mark.parametrize("name", [name for name in CASES if "flate" not in name])
def test_each_ends_with_its_own_error(name: str, files: dict[str, bytes]) -> None:
    expected = CASES[name][1]
    if expected is None:
        read(files[name], name, LIMITS)
        return
    with pytest.raises(expected) as told:
        read(files[name], name, LIMITS)
    assert told.value.place
    assert told.value.remedy


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="RLIMIT_AS and ru_maxrss as on Linux")
@pytest.mark.parametrize("name", ["pdf-flate-1GB", "pdf-double-flate-2GB"])
def test_bombs_keep_within_memory(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading process never holds more than its limit, and this one next to nothing."""
    peaks: list[int] = []
    end = worker._Child._end

    def ended(child: worker._Child) -> tuple[int, int]:
        told = end(child)
        peaks.append(told[1])
        return told

    raw = _bytes_of(name, {})
    worker.stop_worker()
    monkeypatch.setattr(worker._Child, "_end", ended)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CASES[name][1]):  # type: ignore[arg-type]
        read(raw, name, LIMITS)
    worker.stop_worker()
    assert peaks
    assert max(peaks) <= LIMITS.memory  # of this process: other tests' LibreOffice may have taken more
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 50 << 20


def test_a_sparse_gigabyte_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(1 << 30)
    ran = run(monkeypatch, "text", path)
    assert ran.status == 3
    assert TooLargeError.code in ran.err


def test_the_registry_is_untouched(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ingesting hostile files next to a good one: the good one is in, the others leave no trace."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.pdf").write_bytes(plain_pdf(TEXT.splitlines()))
    for name, raw in files.items():
        if CASES[name][1] is not None and not SLOW.search(name):
            (folder / f"{name}.{name.split('-')[0]}").write_bytes(raw)
    registry = tmp_path / "r.db"
    ran = run(monkeypatch, "ingest", "--registry", registry, *sorted(folder.iterdir()))
    assert ran.status == 1
    assert "Traceback" not in ran.err
    import sqlite3

    with sqlite3.connect(registry) as connection:
        assert connection.execute("select count(*) from notice").fetchone() == (1,)
