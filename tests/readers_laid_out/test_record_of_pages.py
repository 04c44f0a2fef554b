"""The same notice gives the same record, whatever file it comes in: .pdf, .ofd, .doc against the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from duban.extract import parse, parse_text
from duban.extract.readers import read
from duban.model import Notice
from duban.model.border import notice_to_dict
from ofd_writer import ofd_of
from office_files import NOTICES, converted, docx_of, text_of

#: Findings about the file, not about the notice.
_OF_THE_FILE = {"N060", "N061"}


def fields_of(notice: Notice) -> dict[str, Any]:
    """The record without places, and without what is told of the file; spans become the words they quote."""
    text = notice.source.text

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            found = {}
            for key, inner in value.items():
                if key.endswith("span") or key == "scope":
                    found[key] = None if inner is None else "".join(text[slice(*inner)].split())
                else:
                    found[key] = plain(inner)
            return found
        return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value

    record = plain(notice_to_dict(notice))
    record.pop("source")
    record.pop("unparsed")
    record["diagnostics"] = [found for found in record["diagnostics"] if found["code"] not in _OF_THE_FILE]
    return record


def without_bars(record: Any) -> Any:
    """Words of a table row have other bars and blanks in another file."""
    if isinstance(record, dict):
        return {key: without_bars(value) for key, value in record.items()}
    if isinstance(record, list):
        return [without_bars(value) for value in record]
    return record.replace("|", "") if isinstance(record, str) else record


def check(path: Path, notice: str) -> None:
    source = read(path.read_bytes(), path.name)
    mine, expected = (
        without_bars(fields_of(parse(source))),
        without_bars(fields_of(parse_text(text_of(notice)))),
    )
    for key, value in expected.items():
        assert mine[key] == value, key
    assert mine.keys() == expected.keys()


@pytest.fixture(scope="session")
def word_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("word")
    paths = []
    for notice in NOTICES:
        path = folder / f"{Path(notice).name}.docx"
        docx_of(text_of(notice), path, header="内部资料" if "f-" in notice else "")
        paths.append(path)
    return paths


@pytest.fixture(scope="session")
def pdf_files(word_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = converted(word_files, "pdf", tmp_path_factory.mktemp("pdf"))
    return dict(zip(NOTICES, made, strict=True))


@pytest.fixture(scope="session")
def doc_files(word_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = converted(word_files, "doc", tmp_path_factory.mktemp("doc"))
    return dict(zip(NOTICES, made, strict=True))


@pytest.mark.parametrize("notice", NOTICES)
def test_pdf(notice: str, pdf_files: dict[str, Path]) -> None:
    check(pdf_files[notice], notice)


@pytest.mark.parametrize("notice", NOTICES)
def test_ofd(notice: str, tmp_path: Path) -> None:
    path = tmp_path / "notice.ofd"
    path.write_bytes(ofd_of(text_of(notice)))
    check(path, notice)


#: Each .doc is a start of LibreOffice: the others wait for a release.
DOC_ALWAYS = ("liaoning/liaoning-2018-assessment", "samples/e-table")


@pytest.mark.slow
@pytest.mark.parametrize("notice", DOC_ALWAYS)
def test_doc(notice: str, doc_files: dict[str, Path]) -> None:
    check(doc_files[notice], notice)


@pytest.mark.release
@pytest.mark.parametrize("notice", [notice for notice in NOTICES if notice not in DOC_ALWAYS])
def test_every_doc(notice: str, doc_files: dict[str, Path]) -> None:
    check(doc_files[notice], notice)
