"""Automatic numbers of Word: every label is exactly the one that Word shows, and is told as computed."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest
from duban.extract import parse
from duban.extract.readers import number_formats
from duban.model.border import notice_from_dict, notice_to_dict
from duban.model.office import convert_files, office
from numbering_cases import CASES, NOT_IN_LIBREOFFICE, Case
from word_files import level, lists, para, read_word, word


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_labels_are_those_of_word(case: Case) -> None:
    source = read_word(case.body, **case.parts)
    assert [line.removesuffix("文") for line in source.text.splitlines()] == case.labels


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_labels_are_generated_and_text_is_not(case: Case) -> None:
    source = read_word(case.body, **case.parts)
    quoted = "".join(source.text[p.start : p.end] for p in source.pieces if not p.generated)
    assert quoted == "文" * len(case.labels)


def test_libreoffice_shows_the_same_labels(tmp_path: Path) -> None:
    """A second implementation: every fixture but those whose format or rule it does not know."""
    if office() is None:
        pytest.skip("LibreOffice is not installed")
    files = []
    for index, case in enumerate(CASES):
        files.append(tmp_path / f"{index}.docx")
        files[-1].write_bytes(word(case.body, **case.parts))
    convert_files(files, "txt:Text (encoded):UTF8", tmp_path / "text", seconds=180)
    for index, case in enumerate(CASES):
        lines = (tmp_path / "text" / f"{index}.txt").read_text("utf-8-sig").splitlines()
        labels = [line.strip().removesuffix("文").strip() for line in lines]
        assert (labels == case.labels) is (case.name not in NOT_IN_LIBREOFFICE), (case.name, labels)


def test_the_examples_of_the_formats_hold() -> None:
    assert doctest.testmod(number_formats).failed == 0


@pytest.mark.parametrize(
    ("suff", "text", "line"),
    [
        ("tab", "%1、", "一、文"),
        ("tab", "%1.", "一. 文"),
        ("space", "%1、", "一、 文"),
        ("nothing", "%1.", "一.文"),
    ],
)
def test_what_parts_label_and_text(suff: str, text: str, line: str) -> None:
    made = lists([level(0, "chineseCounting", text, suff=suff)])
    assert read_word(para("文", list_=(1, 0)), numbering=made).text == line + "\n"


def test_tasks_numbered_by_word_are_tasks_with_derived_markers() -> None:
    made = lists([level(0, "chineseCountingThousand", "%1、"), level(1, "decimal", "%2.", suff="tab")])
    body = para("河道治理", list_=(1, 0)) + "".join(
        para(f"疏浚东河{n}公里，6月底前完成。（责任单位：市水利局）", list_=(1, 1)) for n in (12, 13)
    )
    notice = parse(read_word(body, numbering=made))
    text = notice.source.text
    assert [task.path for task in notice.tasks] == [("一、", "1."), ("一、", "2.")]
    assert [task.text_span.of(text) for task in notice.tasks] == [
        "疏浚东河12公里，6月底前完成。",
        "疏浚东河13公里，6月底前完成。",
    ]
    record = notice_to_dict(notice)
    assert [task["marker_evidence"] for task in record["tasks"]] == ["derived", "derived"]
    assert [section["marker_evidence"] for section in record["sections"]] == ["derived"]
    assert notice_from_dict(json.loads(json.dumps(record)), text).source.pieces == notice.source.pieces


def test_typed_markers_are_quoted() -> None:
    notice = parse(read_word(para("一、治理") + para("1.疏浚东河。（责任单位：市水利局）")))
    record = notice_to_dict(notice)
    assert [task["path"] for task in record["tasks"]] == [["一、", "1."]]
    assert all("marker_evidence" not in row for row in (*record["tasks"], *record["sections"]))
