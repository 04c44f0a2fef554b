"""Every gold record of the corpus fits its notice, whatever any parser says."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from gold_records import CORPUS, SAMPLES, gold_of

BLANKS = re.compile(r"\s")
each_sample = pytest.mark.parametrize("name", SAMPLES)


def test_every_sample_has_a_record_and_every_record_a_notice() -> None:
    records = {path.stem for path in (CORPUS / "gold").glob("*.json")}
    records -= {path.stem for path in (CORPUS / "gold").glob("*-quantities.json")}  # of the two notices
    assert records == {*SAMPLES, "liaoning-2018", "liaoning-2021"}
    assert len(SAMPLES) >= 10


@each_sample
def test_every_head_stands_right_after_its_marker(name: str) -> None:
    gold = gold_of(name)
    for task, (start, _) in zip(gold.record["tasks"], gold.spans["tasks"], strict=True):
        assert gold.text[:start].rstrip(" |").endswith(task["path"][-1])


@each_sample
def test_every_clause_belongs_to_the_item_it_stands_in(name: str) -> None:
    gold = gold_of(name)
    for clause, (start, _) in zip(gold.record["clauses"], gold.spans["clauses"], strict=True):
        before = [t for t, s in zip(gold.record["tasks"], gold.spans["tasks"], strict=True) if s[0] <= start]
        owner = before[-1]["path"]
        shared = len(clause["path"]) < len(owner)  # a key line that serves a whole section
        assert (
            owner[: len(clause["path"])] == clause["path"]
            if shared
            else clause["path"][: len(owner)] == owner
        )


@each_sample
def test_every_party_stands_in_its_clause_in_order(name: str) -> None:
    for clause in gold_of(name).record["clauses"]:
        position = 0
        for unit in clause["units"]:
            position = clause["text"].index(unit["text"], position) + len(unit["text"])
            assert unit["role"] in ("lead", "cooperating", "responsible")
            assert unit["kind"] in ("unit", "group")


@each_sample
def test_front_matter_and_headings_are_words_of_the_notice(name: str) -> None:
    gold = gold_of(name)
    text = BLANKS.sub("", gold.text)
    for words in (gold.record["title"], gold.record["issuer"], *gold.record["addressees"]):
        assert BLANKS.sub("", words) in text
    if gold.record["document_number"]:
        assert gold.record["document_number"] in gold.text
    year, month, day = (int(part) for part in gold.record["issued_on"].split("-"))
    assert f"{year}年{month}月{day}日" in text
    position = 0
    for section in gold.record["sections"]:
        heading = section["marker"] + BLANKS.sub("", section["title"])
        position = text.index(heading, position)
        below = [t for t in gold.record["tasks"] if t["path"][: len(section["path"])] == section["path"]]
        assert section["declared"] in (None, section["tasks"])
        assert section["tasks"] <= len(below)


@each_sample
def test_task_counts_of_the_top_sections_add_up(name: str) -> None:
    record = gold_of(name).record
    assert sum(s["tasks"] for s in record["sections"] if len(s["path"]) == 1) == len(record["tasks"])


def test_the_byte_forms_are_what_they_are_for() -> None:
    gb18030 = (CORPUS / "samples/k-gb18030-crlf.txt").read_bytes()
    utf16 = (CORPUS / "samples/k-utf16-bom.txt").read_bytes()

    with pytest.raises(UnicodeDecodeError):  # ㉑ is in GB18030, not in GBK
        gb18030.decode("gbk")
    assert gb18030.count(b"\n") == gb18030.count(b"\r\n") > 0
    assert utf16.startswith(b"\xff\xfe")
    assert (CORPUS / "samples/c-one-line.txt").read_bytes().count(b"\n") == 0


@pytest.mark.parametrize("name", ["liaoning-2018", "liaoning-2021"])
def test_the_liaoning_facts_are_those_of_the_stored_files(name: str) -> None:
    record = json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    content = (CORPUS / "liaoning" / record["file"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == record["sha256"]
    assert [s["declared"] for s in record["sections"]] == [s["tasks"] for s in record["sections"]]
    assert sum(s["declared"] for s in record["sections"]) == record["totals"]["tasks"]
