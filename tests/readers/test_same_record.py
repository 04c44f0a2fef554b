"""The same notice gives the same record from every format, places aside; and every law holds for each file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from duban.extract import lex, parse, rebuild
from duban.extract.readers import read
from duban.model import Notice, Span
from duban.model.border import notice_from_dict, notice_to_dict

MADE = Path(__file__).parents[1] / "fixtures" / "notices"
CORPUS = Path(__file__).parents[2] / "corpus"
FILES = sorted(path for path in MADE.iterdir() if path.suffix in (".docx", ".html", ".xlsx"))
#: What tells of the file and not of the notice.
OF_THE_FILE = frozenset(
    ("span", "text_span", "scope", "source", "marker_evidence", "unparsed", "diagnostics")
)
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def without_places(record: Any) -> Any:
    """A record without spans, and without what tells of the file."""
    if isinstance(record, dict):
        return {key: without_places(value) for key, value in record.items() if key not in OF_THE_FILE}
    if isinstance(record, list):
        return [without_places(value) for value in record]
    return record


def statements(notice: Notice) -> list[tuple[str, ...]]:
    """The words of each task: statement, clauses, targets, measures; blanks and empty lines aside."""

    def words(span: Span) -> str:
        return "".join(span.of(notice.source.text).split())

    return [
        (
            words(task.text_span),
            *(words(clause.span) for clause in task.assignments),
            *(words(item.text_span) for item in (*task.targets, *task.measures)),
        )
        for task in notice.tasks
    ]


def of_text(name: str) -> Notice:
    """The notice as read from its text file."""
    (path,) = (*CORPUS.glob(f"liaoning/{name}.txt"), *CORPUS.glob(f"samples/{name}.txt"))
    return parse(read(path.read_bytes(), path.name))


def test_every_notice_of_the_corpus_is_there() -> None:
    names = {path.stem for folder in ("liaoning", "samples") for path in (CORPUS / folder).glob("*.txt")}
    assert {path.stem for path in FILES if path.suffix == ".docx"} == names
    assert {path.stem for path in FILES if path.suffix == ".html"} == names
    assert (MADE / "e-table.xlsx").is_file()


@each_file
def test_the_record_is_that_of_the_text_file(path: Path) -> None:
    expected, notice = of_text(path.stem), parse(read(path.read_bytes(), path.name))
    assert notice.source.format == path.suffix.removeprefix(".")
    assert without_places(notice_to_dict(notice)) == without_places(notice_to_dict(expected))
    assert statements(notice) == statements(expected)
    errors = [found.code for found in notice.diagnostics if found.severity == "error"]
    assert errors == [found.code for found in expected.diagnostics if found.severity == "error"]


@each_file
def test_bytes_pieces_and_record_hold_together(path: Path) -> None:
    raw = path.read_bytes()
    source = read(raw, path.name)
    ends = [0, *(piece.end for piece in source.pieces)]
    assert [piece.start for piece in source.pieces] == ends[:-1]
    assert ends[-1] == len(source.text)
    joined = "".join(source.text[token.start : token.end] for token in lex(source.text))
    assert rebuild(source, joined) == raw
    assert source.sha256 == hashlib.sha256(raw).hexdigest()
    with pytest.raises(ValueError, match="tokens"):
        rebuild(source, joined[:-1])
    record = notice_to_dict(parse(source))
    assert notice_from_dict(record, source.text).source.pieces == source.pieces


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".html"], ids=lambda path: path.name
)
def test_the_site_s_own_words_are_kept_as_unparsed(path: Path) -> None:
    notice = parse(read(path.read_bytes(), path.name))
    text = notice.source.text
    unparsed = [span.of(text) for span in notice.unparsed]
    for words in (
        "政务公开",
        "主办单位：某某人民政府办公室",
        "一、版权声明（责任单位：网站编辑部）",
        "分享到：微信",
    ):
        assert words in unparsed, unparsed
    assert "脚本" not in text
    assert all("版权声明" not in task.text_span.of(text) for task in notice.tasks)
