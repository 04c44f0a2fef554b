"""Old and other office files: told by their content, read by way of .docx and .xlsx."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from duban.extract import parse
from duban.extract.readers import read, reader_for
from duban.model.errors import EncryptedError
from duban.model.office import convert
from office_files import need_libreoffice
from short_forms import tasks

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
XML = b'<?xml version="1.0"?>\r\n<?mso-application progid="'
WORD_XML = XML + (
    b'Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    + "<w:p><w:r><w:t>1.修渠。（市水利局）</w:t></w:r></w:p></w:body></w:wordDocument>".encode()
)


def open_document(kind: str) -> bytes:
    """The beginning of an OpenDocument package."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), True),
        (OLE + "Workbook\0".encode("utf-16-le"), True),
        (OLE + "Book\0".encode("utf-16-le"), True),
        (OLE + "EncryptedPackage".encode("utf-16-le"), True),
        (OLE + "PowerPoint Document".encode("utf-16-le"), False),
        (WORD_XML, True),
        (XML + b'PowerPoint.Show"?><a/>', False),
        (open_document("text"), True),
        (open_document("spreadsheet"), True),
        (open_document("presentation"), False),
    ],
)
def test_they_are_told_by_their_content(raw: bytes, told: bool) -> None:
    reader = reader_for(raw)
    assert (reader is not None and reader.format == "doc") is told


def test_a_password_is_told() -> None:
    with pytest.raises(EncryptedError):
        read(OLE + "EncryptedPackage".encode("utf-16-le"), "表.xls")


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_old_spreadsheets_are_read_as_new_ones(form: str) -> None:
    need_libreoffice()
    book = openpyxl.Workbook()
    for row in (["序号", "工作任务", "责任单位"], [1, "修渠。", "市水利局"], [2, "办学。", "市教育局"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    raw = convert(stream.getvalue(), ".xlsx", form, "表", seconds=60, memory=1 << 30)
    source = read(raw, f"表.{form}")
    assert (source.format, source.raw) == (form, raw)
    assert source.text == read(stream.getvalue()).text
    assert tasks(parse(source)) == ["1 责=市水利局", "2 责=市教育局"]


def test_a_word_file_in_the_xml_of_2003() -> None:
    need_libreoffice()
    source = read(WORD_XML, "旧.xml")
    assert (source.format, source.text) == ("doc", "1.修渠。（市水利局）\n")
