"""`duban check` as a user meets it: exit statuses, both forms of output, files that are no documents."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from made_documents import packed, parts, spoilt


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "通知.docx"
    path.write_bytes(packed(parts()))
    return path


def test_a_conforming_document_ends_with_0(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, "check", good, "--no-render")
    assert ran.status == 0
    assert "不符 0" in ran.out
    assert "未核验" in ran.out
    assert "通过" not in ran.out


def test_a_violation_ends_with_1_and_names_clause_place_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(spoilt("word/document.xml", lambda t: t.replace("〔2026〕10号", "[2026]10号")))
    ran = run(monkeypatch, "check", path, "--no-render", "--format", "json")
    assert ran.status == 1
    (report,) = json.loads(ran.out)
    finding = next(f for f in report["findings"] if f["code"] == "7.2.5a")
    assert (finding["clause"], finding["strength"]) == ("7.2.5", "规定")
    assert "[2026]10号" in finding["where"]
    assert finding["remedy"]
    assert report["violations"] == 1


def test_a_weaker_clause_alone_is_no_violation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(spoilt("word/document.xml", lambda t: t.replace("000012", "12")))
    ran = run(monkeypatch, "check", path, "--no-render")
    assert ran.status == 0
    assert "份号用 6 位阿拉伯数字" in ran.out


def test_a_folder_is_checked_and_what_is_no_document_is_named(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (good.parent / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (good.parent / "空.docx").write_bytes(b"")
    ran = run(monkeypatch, "check", good.parent, "--no-render")
    assert ran.status == 1
    assert "通知.docx" in ran.out
    assert "[E220]" in ran.err
    assert "[E212]" in ran.err


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" + bytes(600), b"text"])
def test_no_document_ends_with_3(raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(raw)
    ran = run(monkeypatch, "check", path, "--no-render")
    assert ran.status == 3
    assert "a.docx" in ran.err
    assert "处理办法" in ran.err


def test_entities_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts().items():
            declared = (
                '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' if "document.xml" in name else ""
            )
            archive.writestr(name, declared + content)
    path = tmp_path / "a.docx"
    path.write_bytes(buffer.getvalue())
    ran = run(monkeypatch, "check", path, "--no-render")
    assert ran.status == 3
    assert "DOCTYPE" in ran.err


@given(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from(["word/document.xml", "word/styles.xml"]))
def test_a_document_with_changed_values_is_checked_all_the_same(at: int, value: int, part: str) -> None:
    """Any number in any attribute may be anything: a check reports, it does not raise."""
    from duban.output.checker import check

    made = parts()
    pieces = made[part].split('"')
    odd = [index for index in range(1, len(pieces), 2) if not pieces[index].startswith("http")]
    pieces[odd[at % len(odd)]] = ("-", "", "1e9", "99999999", "x", "0")[value % 6]
    made[part] = '"'.join(pieces)
    assert check(packed(made), "made.docx", rendered=False).results
