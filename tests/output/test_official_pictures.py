"""Pictures in official documents: drawn where they stand, told in words, proven, and legal OOXML."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path

import pytest
from charts_at_hand import dot
from drawn import draw, missing
from duban.model.errors import ProofError
from duban.output.checker import check
from duban.output.checker.catalogue import Outcome
from duban.output.official.compose import compose
from duban.output.official.document import Attachment, OfficialDocument, Picture
from duban.output.official.proof import prove, read_document
from duban.output.official.settings import read_settings
from made_officials import DOCUMENTS, TABLE

SETTINGS = read_settings()
FIRST = Picture(dot(10), 100.0, 60.0, '条形图："甲"<3，乙>2。', "各单位进展")
SECOND = Picture(dot(200), 400.0, 600.0, "大图")


def with_pictures(*blocks: Picture, landscape: bool = False) -> OfficialDocument:
    attachment = Attachment("进展图", ("一、进展", *blocks, TABLE), landscape=landscape)
    return dataclasses.replace(DOCUMENTS["downward"], attachments=(attachment,))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(changed: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in changed.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def test_a_picture_comes_back_with_its_words_and_its_bytes() -> None:
    document = with_pictures(FIRST, SECOND)
    made = compose(document, SETTINGS)
    assert made == compose(document, SETTINGS)
    prove(made, document)
    found = read_document(made)
    assert [(one.sha256, one.alt) for one in found.pictures] == [
        (FIRST.sha256, FIRST.alt), (SECOND.sha256, SECOND.alt),
    ]  # fmt: skip
    assert "各单位进展" in found.paragraphs
    held = parts(made)
    assert held["word/media/image1.png"] == FIRST.png
    assert b'Extension="png"' in held["[Content_Types].xml"]


def test_a_document_without_pictures_has_no_picture_s_parts() -> None:
    held = parts(compose(DOCUMENTS["downward"], SETTINGS))
    assert b"png" not in held["[Content_Types].xml"]
    assert not [name for name in held if "media" in name]


@pytest.mark.parametrize("landscape", [False, True])
def test_a_picture_beyond_the_type_area_is_drawn_smaller_in_proportion(landscape: bool) -> None:
    body = parts(compose(with_pictures(SECOND, landscape=landscape), SETTINGS))["word/document.xml"].decode()
    extent = body.split("<wp:inline")[1].split("<wp:extent ")[1].split("/>")[0]
    width, height = (int(piece.split('"')[1]) / 36_000 for piece in extent.split())
    assert width / height == pytest.approx(400 / 600, abs=0.001)
    across, down = (225, 156) if landscape else (156, 225)
    assert width <= across
    assert height <= down - 6


@pytest.mark.parametrize("fault", ["bytes", "alt", "gone", "more", "caption"])
def test_a_falsified_picture_is_stopped(fault: str) -> None:
    document = with_pictures(FIRST, SECOND)
    held = parts(compose(document, SETTINGS))
    body = held["word/document.xml"].decode()
    if fault == "bytes":
        held["word/media/image1.png"] = dot(11)
    elif fault == "alt":
        held["word/document.xml"] = body.replace("乙&gt;2", "乙&gt;3").encode()
    elif fault == "gone":
        del held["word/media/image2.png"]
    elif fault == "more":
        document = with_pictures(FIRST)
    else:
        held["word/document.xml"] = body.replace("各单位进展", "各单位退步").encode()
    with pytest.raises(ProofError) as stopped:
        prove(packed(held), document)
    assert stopped.value.place


@pytest.mark.parametrize("landscape", [False, True])
def test_the_checker_and_the_schema_audit_find_nothing(landscape: bool, tmp_path: Path) -> None:
    document = with_pictures(FIRST, SECOND, landscape=landscape)
    made = compose(document, SETTINGS)
    report = check(made, "made.docx", rendered=False)
    assert [one.rule.code for one in report.results if one.outcome is Outcome.NOT_MET] == []
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed: schema not checked")
    written = tmp_path / "made.docx"
    written.write_bytes(made)
    assert audit.OpenXmlValidator().validate(str(written)).errors == []


@pytest.mark.slow
@pytest.mark.skipif(bool(missing()), reason=f"pages are not drawn: this machine lacks {missing()}")
@pytest.mark.parametrize("landscape", [False, True])
def test_a_picture_is_drawn_whole_and_stands_with_its_caption(landscape: bool, tmp_path: Path) -> None:
    import pypdfium2

    document = with_pictures(FIRST, SECOND, landscape=landscape)
    (tmp_path / "made.docx").write_bytes(compose(document, SETTINGS))
    (pdf,) = draw(tmp_path, "made.docx")
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage().get_text_range()
        for item in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)):
            left, bottom, right, top = (value / 72 * 25.4 for value in item.get_bounds())
            found.append((right - left, top - bottom, "各单位进展" in words))
            assert bottom >= 25 - 1
    assert found[0] == (pytest.approx(100, abs=0.5), pytest.approx(60, abs=0.5), True)
    assert found[1][0] / found[1][1] == pytest.approx(400 / 600, abs=0.01)
    assert len(found) == 2
