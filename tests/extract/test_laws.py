"""The laws hold on every file at hand, on generated notices, and on injured ones."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from duban.extract import parse_text, read_text
from duban.model import Span
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import BrokenLawError, check_notice, check_source, check_text
from notice_writer import Written
from notices_at_hand import CORPUS_FILES, ROOT, SHARED, SHARED_FILES, each_file, liaoning, skip_without
from strategies import loose_notices, mutate, strict_notices

AT_LENGTH = settings.get_profile("release")
#: Texts to injure: whole samples, and pieces of the long notices.
SEEDS = tuple(
    piece
    for path in CORPUS_FILES
    for text in [read_text(path.read_bytes()).text]
    for piece in ([text] if len(text) < 4000 else [text[:4000], text[9000:12000], text[-3000:]])
)


@each_file
def test_every_law_holds_on_every_file(path: Path) -> None:
    raw = path.read_bytes()
    check_source(read_text(raw, path.name), raw)


def test_the_shared_collection_was_read() -> None:
    skip_without(SHARED / "notices", "the shared collection of real notices")
    assert len(SHARED_FILES) >= 50


@given(strict_notices())
def test_generated_notices(written: Written) -> None:
    check_text(written.text)


@given(loose_notices())
def test_anything_that_notices_are_made_of(text: str) -> None:
    check_text(text)


@given(st.text(max_size=300))
def test_any_text_at_all(text: str) -> None:
    check_text(text)


@given(st.sampled_from(SEEDS), st.data())
def test_injured_files(text: str, data: st.DataObject) -> None:
    check_text(mutate(text, data))


@given(strict_notices(), st.data())
def test_injured_notices(written: Written, data: st.DataObject) -> None:
    check_text(mutate(written.text, data))


@pytest.mark.release
@AT_LENGTH
@given(strict_notices())
def test_ten_thousand_generated_notices(written: Written) -> None:
    check_text(written.text)


@pytest.mark.release
@AT_LENGTH
@given(loose_notices())
def test_ten_thousand_times_anything(text: str) -> None:
    check_text(text)


@pytest.mark.release
@AT_LENGTH
@given(st.one_of(st.sampled_from(SEEDS), strict_notices().map(lambda written: written.text)), st.data())
def test_ten_thousand_injured_notices(text: str, data: st.DataObject) -> None:
    check_text(mutate(text, data, max_steps=8))


def test_the_checks_find_a_span_that_is_off_by_one() -> None:
    notice = parse_text("一、抓好落实（1项）\n1.建成水库。（责任单位：省水利厅）\n")
    check_notice(notice)
    (task,) = notice.tasks
    party = task.parties[0]
    moved = replace(party, span=Span(party.span.start + 1, party.span.end + 1))
    with pytest.raises(BrokenLawError, match="a party is quoted"):
        check_notice(replace(notice, tasks=(replace(task, parties=(moved,)),)))
    with pytest.raises(BrokenLawError, match="no clause is lost"):
        check_notice(replace(notice, tasks=(replace(task, assignments=()),)))
    with pytest.raises(BrokenLawError, match="stands once"):
        check_notice(replace(notice, sections=(replace(notice.sections[0], assignments=task.assignments),)))


CHILD = """
import hashlib, sys
from pathlib import Path
from duban.extract import parse_bytes
from duban.model.border import notice_to_json
digest = hashlib.sha256()
for name in sys.argv[1:]:
    path = Path(name)
    digest.update(notice_to_json(parse_bytes(path.read_bytes(), path.name)).encode())
print(digest.hexdigest(), *(name for name in ("datetime", "locale", "spacy", "jieba") if name in sys.modules))
"""


def test_same_bytes_same_json_under_any_hash_seed_locale_and_time_zone() -> None:
    answers = set()
    for seed, language, zone in (
        ("0", "C", "UTC"),
        ("1", "zh_CN.UTF-8", "Asia/Shanghai"),
        ("4242", "tr_TR.UTF-8", "Pacific/Kiritimati"),
    ):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LANG": language, "LC_ALL": language, "TZ": zone}
        run = subprocess.run(
            [sys.executable, "-c", CHILD, *map(str, CORPUS_FILES)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        answers.add(run.stdout)
    (answer,) = answers
    assert answer.split()[1:] == [], "the parser must not load what knows the day, the place or words"


def test_a_notice_of_one_line_is_read_like_the_same_with_lines() -> None:
    lines = parse_text(liaoning(2021))
    one = parse_text(liaoning(2021).replace("\n", ""))
    assert [task.number for task in one.tasks] == [task.number for task in lines.tasks]
    assert [len(task.measures) for task in one.tasks] == [len(task.measures) for task in lines.tasks]
